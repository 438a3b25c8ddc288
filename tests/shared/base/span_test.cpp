#include "shared/base/span.hpp"

#include <doctest/doctest.h>
#include <limits>

namespace lianxin::test {

TEST_CASE("how long is said in the unit that fits, whichever way it goes") {
  const auto words = [](std::int64_t ms) {
    const Span span = span_of(ms);
    return std::to_string(span.count) + " " + span.key();
  };
  CHECK(words(0) == "0 view.span.seconds");
  CHECK(words(119'999) == "119 view.span.seconds");
  CHECK(words(-120'000) == "2 view.span.minutes");
  CHECK(words(90LL * 60'000) == "90 view.span.minutes");
  CHECK(words(47LL * 3'600'000) == "47 view.span.hours");
  CHECK(words(-729LL * 24 * 3'600'000) == "729 view.span.days");
  CHECK(words(-819'936'000'000) == "26 view.span.years");
  CHECK(span_of(std::numeric_limits<std::int64_t>::min()).unit == "years");
}

}  // namespace lianxin::test
