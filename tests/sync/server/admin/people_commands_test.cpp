#include "sync/server/admin/people_commands.hpp"

#include <doctest/doctest.h>

#include "shared/base/file.hpp"
#include "sync/laptop/bundle.hpp"
#include "sync/laptop/session.hpp"
#include "sync/server/service/good_faith.hpp"
#include "tests/sync/server/admin/desk.hpp"

namespace lianxin::test {
namespace {

TEST_CASE("a worker is added, granted more, and ended") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const auto grant = desk.json({"worker", "grant", worker, "--role", "secretary", "--scope", "220622101"});
  nlohmann::json listed;
  for (const nlohmann::json& entry : desk.json({"worker", "list"})) {
    if (entry.at("worker") == worker) listed = entry;
  }
  CHECK(listed.at("name") == "甲");
  REQUIRE(listed.at("grants").size() == 2);
  CHECK(desk.text({"worker", "list"}).find("甲") != std::string::npos);
  CHECK(desk.json({"worker", "end", grant.at("grant")}).at("ended") == 1);
  CHECK(desk.json({"worker", "end", worker}).at("ended") == 1);
}

TEST_CASE(
    "a name that is no text, as from a terminal of another encoding, or is too long reaches no laptop") {
  const Desk desk;
  static_cast<void>(desk.county_with_worker());
  const std::size_t workers = desk.json({"worker", "list"}).size();
  for (const auto& [name, why] : {std::pair(std::string("\xD5\xC5\xC8\xFD"), "own.text"),
                                  std::pair(std::string(51, 'x'), "worker.name_long"),
                                  std::pair(std::string(70'000, 'x'), "worker.name_long")}) {
    const Answer refused =
        desk.try_json({"worker", "add", "--name", name, "--role", "worker", "--scope", "220622101200"});
    CHECK(refused.exit_code == 1);
    CHECK(refused.error() == why);
  }
  CHECK(desk.try_json({"worker", "add", "--name", " ", "--role", "worker", "--scope", "220622101200"})
            .error() == "worker.name");
  CHECK(desk.json({"worker", "list"}).size() == workers);
  CHECK(desk.json({"verify"}).at("ok") == true);
}

TEST_CASE("unknown roles, divisions and people are refused by name") {
  const Desk desk;
  static_cast<void>(desk.county_with_worker());
  const auto add = [&](const std::string& role, const std::string& scope) {
    return desk.try_json({"worker", "add", "--name", "乙", "--role", role, "--scope", scope}).error();
  };
  CHECK(add("king", kSanheCode) == "role.unknown");
  CHECK(add("worker", "000000") == "division.unknown");
  CHECK(desk.try_json({"device", "report", "nothing"}).error() == "id.malformed");
}

TEST_CASE(
    "the join line is one a laptop can read; for a laptop without a network an offer is written instead") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const auto device = desk.json({"device", "add", "--worker", worker});
  const auto join = sync::laptop::parse_join_line(device.at("join").get<std::string>());
  REQUIRE(join.ok());
  CHECK(join->url == "https://127.0.0.1:8443");
  CHECK(join->code.size() == 10);
  const auto written = desk.json({"device", "add", "--worker", worker, "--out", desk.file("join")});
  CHECK_FALSE(written.contains("join"));
  const std::vector<std::string> over = {"device", "add", "--worker", worker, "--out", desk.file("join")};
  CHECK(desk.try_json(over).error() == "device.offer_exists");
  CHECK(desk.json({"device", "list"}).size() == 2);
  const auto offer = sync::laptop::read_offer(read_file(desk.file("join"), 100'000).value());
  REQUIRE(offer.ok());
  CHECK(offer->url == "https://127.0.0.1:8443");
  CHECK(offer->answer.device.text() == written.at("device"));
  CHECK(desk.text({"device", "add", "--worker", worker}).starts_with("https://"));
}

TEST_CASE("a laptop is listed, reported and revoked") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const std::string device = desk.json({"device", "add", "--worker", worker}).at("device");
  CHECK(desk.json({"device", "list"}).at(0).at("state") == "waiting");
  const auto report = desk.json({"device", "report", device});
  CHECK(report.at("worker_name") == "甲");
  CHECK(report.at("members").empty());
  CHECK(desk.json({"device", "revoke", device}).at("revoked") == true);
  CHECK(desk.json({"device", "list"}).at(0).at("state") == "revoked");
  CHECK(desk.text({"device", "list"}).find("revoked") != std::string::npos);
}

TEST_CASE("the report says of a scope whose right has ended whether the laptop has erased it") {
  namespace admin = sync::server::admin;
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const std::string device = desk.json({"device", "add", "--worker", worker}).at("device");
  const auto store = admin::DataFolder(desk.data()).open_store().value();
  const Id id = Id::parse(device).value();
  Id scope;
  {
    const auto writer = store->write().value();
    scope = writer->unit_by_code(kSanheCode).value().value().id;
    REQUIRE(writer->put_device_cursors(id, {{scope, 0, 1}}).ok());
    REQUIRE(writer->commit().ok());
  }
  const auto told = [&] {
    const auto report = desk.json({"device", "report", device});
    for (const auto& one : report.at("scopes")) {
      if (one.at("scope") == kSanheCode) return one;
    }
    return nlohmann::json();
  };
  CHECK(told().at("ended") == false);
  static_cast<void>(desk.json({"worker", "end", worker}));
  CHECK(told().at("ended") == true);
  CHECK(told().at("erased") == "");
  CHECK(desk.text({"device", "report", device}).find("has not confirmed") != std::string::npos);
  {
    const auto writer = store->write().value();
    sync::server::GoodFaith faith(*writer, id, Id::parse(worker).value(), 1'800'000'000'000);
    REQUIRE(faith.note({{{scope, 0, ReplicaId{1}, 0}}}).ok());
    REQUIRE(writer->erase_device_cursors(id, scope).ok());
    REQUIRE(writer->commit().ok());
  }
  CHECK(told().at("erased") != "");
  CHECK(desk.text({"device", "report", device}).find("the laptop confirmed on") != std::string::npos);
}

/// A laptop that only others have told of: its changes 3 and 4 are here, 1 and 2 are not.
std::string laptop_with_gap(const Desk& desk, const std::string& worker) {
  namespace admin = sync::server::admin;
  namespace kept = sync::server::store;
  const std::string device = desk.json({"device", "add", "--worker", worker}).at("device");
  const auto store = admin::DataFolder(desk.data()).open_store().value();
  const auto writer = store->write().value();
  kept::DeviceRow row = writer->device(Id::parse(device).value()).value().value();
  row.replica = ReplicaId{0xA1};
  REQUIRE(writer->put_device(row).ok());
  for (const std::uint64_t counter : {std::uint64_t{3}, std::uint64_t{4}}) {
    kept::LogRow change;
    change.id = {row.replica, counter};
    change.record = row.worker;
    change.early = true;
    REQUIRE(writer->append_change(change).ok());
  }
  REQUIRE(writer->commit().ok());
  return device;
}

TEST_CASE("what a lost laptop never brought is waited for until it is closed on record") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  const std::string device = laptop_with_gap(desk, worker);
  CHECK(desk.json({"device", "list"}).at(0).at("missing") == 2);
  CHECK(desk.text({"device", "list"}).find("waiting for 2 missing changes") != std::string::npos);
  CHECK(desk.text({"device", "report", device}).find("waiting for changes 1 to 2 of 00000000000000a1") !=
        std::string::npos);

  const std::vector<std::string> words = {"device", "close-gap", device, "--reason", "掉进河里"};
  CHECK(desk.try_json(words).error() == "device.not_revoked");
  static_cast<void>(desk.json({"device", "revoke", device}));
  CHECK(desk.try_json({"device", "close-gap", device, "--reason", ""}).error() == "device.gap_reason");
  CHECK(desk.try_json({"device", "close-gap", device}).exit_code == 2);
  const auto closed = desk.json(words);
  CHECK(closed.at("device") == device);
  CHECK(closed.at("closed_missing") == 2);
  CHECK(closed.at("gaps").empty());
  CHECK(desk.try_json(words).error() == "device.no_gap");

  const auto listed = desk.json({"device", "list"}).at(0);
  CHECK(listed.at("missing") == 0);
  CHECK(listed.at("closed_missing") == 2);
  CHECK(listed.at("arrived_late") == 0);
  CHECK(desk.text({"device", "list"}).find("closed, 2 changes missing") != std::string::npos);
  const auto gap = desk.json({"device", "report", device}).at("closed_gaps").at(0);
  CHECK(gap.at("replica") == "00000000000000a1");
  CHECK(gap.at("first") == 1);
  CHECK(gap.at("last") == 2);
  CHECK(gap.at("missing") == 2);
  CHECK(gap.at("who") == "admin");
  CHECK(gap.at("reason") == "掉进河里");
  const Answer read = run_words({"device", "report", device, "--data", desk.data(), "--lang", "zh"});
  CHECK(read.out.find("的第 1 至 2 项更改：管理员于 ") != std::string::npos);
  CHECK(read.out.find("原因：掉进河里。仍缺 2 项，其后补到 0 项") != std::string::npos);
  const auto audit = desk.json({"audit"});
  CHECK(audit.back().at("action") == "device.close_gap");
  CHECK(audit.back().at("parts") ==
        nlohmann::json({{"device", device}, {"count", "2"}, {"runs", "1"}, {"reason", "掉进河里"}}));
}

TEST_CASE("clocks that all differ to one side speak of this machine's own") {
  const auto laptop = [](std::int64_t offset_ms, WallMs seen_ms) {
    sync::server::store::DeviceRow row;
    row.clock_offset_ms = offset_ms;
    row.last_seen_ms = seen_ms;
    return row;
  };
  constexpr std::int64_t kYear = 365LL * 24 * 3600 * 1000;
  using sync::server::admin::is_own_clock_doubtful;
  CHECK(is_own_clock_doubtful({laptop(-kYear, 1), laptop(-kYear + 5000, 1), laptop(0, 0)}));
  CHECK_FALSE(is_own_clock_doubtful({laptop(-kYear, 1)}));  // one alone may be the laptop's
  CHECK_FALSE(is_own_clock_doubtful({laptop(-kYear, 1), laptop(kYear, 1)}));
  CHECK_FALSE(is_own_clock_doubtful({laptop(-kYear, 1), laptop(-kYear, 1), laptop(1000, 1)}));
  CHECK_FALSE(is_own_clock_doubtful({}));
}

TEST_CASE("what a list says of people is in their words") {
  const Desk desk;
  const std::string worker = desk.county_with_worker();
  CHECK(desk.text({"device", "list"}).starts_with("No laptops yet"));
  CHECK(desk.text({"quarantine", "list"}).starts_with("Nothing waits"));
  CHECK(desk.text({"audit", "--who", "nobody"}).starts_with("No entries"));
  const std::string listed = desk.text({"worker", "list"});
  CHECK(listed.find("三合村 (220622101200)") != std::string::npos);
  CHECK(listed.find("- no grants") != std::string::npos);  // the administrator
  const std::string granted = desk.text({"worker", "grant", worker, "--role", "secretary", "--scope",
                                         "220622101", "--from", "2027-01-01", "--to", "2027-06-30"});
  CHECK(granted.find("village secretary, 220622101, 2027-01-01 to 2027-06-30") != std::string::npos);
  CHECK(desk.text({"stats"}).find("the server is not running") != std::string::npos);
}

TEST_CASE("the state of a laptop follows from its row") {
  sync::server::store::DeviceRow row;
  row.join_expires_ms = 1000;
  CHECK(sync::server::admin::state_of(row, 1000) == "waiting");
  CHECK(sync::server::admin::state_of(row, 1001) == "expired");
  row.sign_key = "key";
  CHECK(sync::server::admin::state_of(row, 1001) == "enrolled");
  row.revoked_ms = 5;
  CHECK(sync::server::admin::state_of(row, 1001) == "revoked");
}

}  // namespace
}  // namespace lianxin::test
