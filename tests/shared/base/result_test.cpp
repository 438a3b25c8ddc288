#include "shared/base/result.hpp"

#include <doctest/doctest.h>
#include <memory>

namespace lianxin {
namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return fail("number.odd", {{"n", std::to_string(n)}});
  return n / 2;
}

Result<int> quarter(int n) {
  LX_TRY(const int h, half(n));
  LX_TRY(const int q, half(h));
  return q;
}

Status both(int a, int b) {
  LX_DO(half(a));
  LX_DO(half(b));
  return {};
}

TEST_CASE("LX_TRY hands on the first error and goes on with the value") {
  CHECK(quarter(8).value() == 2);
  CHECK(quarter(6).error().args.front().value == "3");
  CHECK(both(2, 4).ok());
  CHECK(both(2, 5).error().code == "number.odd");
}

TEST_CASE("a Result carries what can only be moved") {
  Result<std::unique_ptr<int>> made(std::make_unique<int>(7));
  REQUIRE(made.ok());
  const std::unique_ptr<int> taken = std::move(made).value();
  CHECK(*taken == 7);
}

}  // namespace
}  // namespace lianxin
