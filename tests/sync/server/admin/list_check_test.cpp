#include "sync/server/admin/list_check.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <signal.h>

#include "shared/base/file.hpp"
#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

void serve_once(const Desk& desk) {
  Background serving(
      {program("lianxin-server").string(), "serve", "--data", desk.data(), "--listen", "127.0.0.1:0"}, {},
      desk.file("log"));
  REQUIRE_FALSE(serving.first_line(20'000).empty());
  serving.signal(SIGTERM);
  REQUIRE(serving.wait() == 0);
}

TEST_CASE(
    "a list that was lost or damaged is told by verify, completed by serve, and a restore forgets nothing") {
  namespace fs = std::filesystem;
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const std::string laptop = desk.json({"device", "add", "--worker", worker}).at("device");
  static_cast<void>(desk.json({"backup", desk.file("b")}));
  static_cast<void>(desk.json({"device", "revoke", laptop}));
  static_cast<void>(desk.json({"purge", worker, "phone", "--reason", "asked for it"}));
  CHECK(desk.json({"verify"}).at("ok") == true);

  // A step that was cut after its line was written: the list says more than the store, and lacks nothing.
  const sync::server::store::Lists lists(desk.data());
  auto ended = lists.read()->grants.front();
  ended.to = "2026-01-01";
  REQUIRE(lists.append({sync::server::store::line_of(ended)}).ok());
  CHECK(desk.json({"verify"}).at("ok") == true);
  serve_once(desk);
  CHECK(lists.read()->grants.front().to.empty());

  fs::remove(desk.data() + "/purges.list");
  const std::string grants = desk.data() + "/grants.list";
  fs::resize_file(grants, fs::file_size(grants) / 2);
  const Answer told = desk.try_json({"verify"});
  CHECK(told.exit_code == 1);
  CHECK(told.json().at("problems").at(0).at("invariant") == "list");
  CHECK_MESSAGE(told.err.find("serve") != std::string::npos, told.err);
  serve_once(desk);
  CHECK(desk.json({"verify"}).at("ok") == true);

  const Desk other;
  CHECK(other.json({"restore", desk.file("b"), "--lists", desk.data()}).at("purges") == 1);
  CHECK(other.json({"device", "list"}).at(0).at("state") == "revoked");
  CHECK(other.json({"verify"}).at("ok") == true);
}

}  // namespace
}  // namespace lianxin::test
