#include "sync/server/admin/purge_commands.hpp"

#include <doctest/doctest.h>

#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("a purge needs a reason, a record that is here, and names of its fields") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  CHECK(desk.try_json({"purge", worker}).exit_code == 2);
  CHECK(desk.try_json({"purge", "nobody", "--reason", "r"}).error() == "id.malformed");
  const auto unknown = desk.try_json({"purge", Id::make(7).text(), "--reason", "r"});
  CHECK(unknown.error() == "record.unknown");
  CHECK_MESSAGE(unknown.out.find("县里没有编号为") != std::string::npos, unknown.out);
  CHECK(desk.try_json({"purge", worker, "no_such_field", "--reason", "r"}).error() == "purge.field");
  CHECK(desk.try_json({"purge", worker, "phone", "--reason", ""}).error() == "purge.reason");
  CHECK(desk.try_json({"purge", worker, "phone", "--related", "--reason", "r"}).error() == "purge.related");
}

TEST_CASE("a purge says what it took, keeps every count, and stands in the audit without a value") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const auto done = desk.json({"purge", worker, "--reason", "left and asked for it"});
  CHECK(done.at("number") == 1);
  CHECK(done.at("changes").get<int>() > 0);
  CHECK(done.at("before") == done.at("after"));
  CHECK(done.at("related").empty());
  CHECK(desk.json({"stats"}).at("purges") == 1);
  CHECK(desk.json({"verify"}).at("ok") == true);
  CHECK(desk.json({"audit", "--record", worker}).dump().find("left and asked") == std::string::npos);
  CHECK(desk.json({"purge", worker, "name", "--reason", "again"}).at("number") == 2);
}

}  // namespace
}  // namespace lianxin::test
