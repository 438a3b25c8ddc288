#include "sync/server/admin/bundle_commands.hpp"

#include <doctest/doctest.h>

#include "shared/base/file.hpp"
#include "tests/sync/server/admin/desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE(
    "what a file of a stick holds is told without taking it in, and a foreign file is refused by name") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const auto added = desk.json({"device", "add", "--worker", worker, "--out", desk.file("offer.lxb")});
  const auto seen = desk.json({"bundle", "inspect", desk.file("offer.lxb")});
  CHECK(seen.at("kind") == "offer");
  CHECK(seen.at("to") == added.at("device"));
  CHECK(seen.at("enrols") == true);
  CHECK(desk.try_json({"bundle", "import", desk.file("offer.lxb")}).error() == "bundle.for_laptop");
  REQUIRE(replace_file(desk.file("other"), "PK some other file").ok());
  CHECK(desk.try_json({"bundle", "import", desk.file("other")}).error() == "bundle.not_one");
  CHECK(desk.try_json({"bundle", "import", desk.file("nothing")}).error() == "file.missing");
}

TEST_CASE("nothing can be sealed for a laptop that is not enrolled yet") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const std::string device = desk.json({"device", "add", "--worker", worker}).at("device");
  CHECK(desk.try_json({"bundle", "export", "--device", device, "--out", desk.file("x.lxb")}).error() ==
        "bundle.not_enrolled");
}

}  // namespace
