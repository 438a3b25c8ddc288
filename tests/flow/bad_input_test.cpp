// Bad input gets one clear line and changes nothing.
#include <algorithm>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;

/// Exit 1, one JSON error with this code, and a sentence that is not its own key.
void check_refused(const Said& said, const std::string& code) {
  INFO(said.out, said.err);
  CHECK(said.exit_code == 1);
  REQUIRE(said.json.is_object());
  const Json& error = said.json.at("error");
  CHECK(error.at("code") == code);
  const std::string message = error.at("message");
  CHECK(message.find("error.") == std::string::npos);
  CHECK(message.find('\n') == std::string::npos);
  CHECK(!message.empty());
}

TEST_CASE("wrong passphrase, used code, wrong certificate, server gone, no roster, invalid values") {
  County county;
  const std::string worker =
      county.server({"worker", "add", "--name", "甲", "--role", "worker", "--scope", kSanhe}).at("worker");
  const std::string join = county.server({"device", "add", "--worker", worker}).at("join");
  Laptop a(county.folder() / "a", "a");
  a.ctl({"enrol", join});
  const std::string id =
      a.ctl({"put", "member", "name=吴正", std::string("home_village_id=") + kSanhe}).at("id");
  const std::string before = a.dump();

  check_refused(a.try_ctl({"status"}, {{"LIANXIN_PASSPHRASE", "not-the-right-passphrase"}}),
                "store.wrong_passphrase");
  check_refused(Laptop(county.folder() / "b", "b").try_ctl({"enrol", join}), "enrol.used");
  CHECK(!std::filesystem::exists(county.folder() / "b" / "store.db"));
  check_refused(Laptop(county.folder() / "c", "c").try_ctl({"enrol", "not a join line"}), "enrol.join_line");

  std::string other_pin = county.server({"device", "add", "--worker", worker}).at("join");
  const std::size_t pin = other_pin.rfind("sha256//") + 8;
  other_pin[pin] = other_pin[pin] == 'A' ? 'B' : 'A';
  check_refused(Laptop(county.folder() / "d", "d").try_ctl({"enrol", other_pin}), "net.certificate");

  const Said invalid = a.try_ctl({"put", "contact_point", "member_id=" + id, "kind=mobile", "value=1390000"});
  CHECK(invalid.exit_code == 1);
  REQUIRE(invalid.json.at("error").at("fields").size() == 1);
  CHECK(invalid.json.at("error").at("fields").at(0).at("field") == "value");
  CHECK(a.try_ctl({"put", "member", "gender=7", "name=某某"}).exit_code == 1);
  CHECK(a.try_ctl({"put", "no_such_kind", "x=1"}).exit_code != 0);
  CHECK(a.try_ctl({"frobnicate"}).exit_code == 2);

  const auto text = county.folder() / "list.xlsx";
  std::ofstream(text) << "this is no workbook";
  check_refused(a.try_ctl({"import", "roster", text.string()}), "import.not_roster");

  county.stop();
  check_refused(a.try_ctl({"sync"}), "net.unreachable");
  CHECK(a.dump() == before);
  county.start();
  county.settle({&a});
}

TEST_CASE(
    "a day no calendar has is said to be none, and what is edited after it was voided is said to count no "
    "more") {
  County county;
  Laptop a = county.laptop("a", "worker", kSanhe);
  const std::string member =
      a.ctl({"put", "member", "name=吴正", std::string("home_village_id=") + kSanhe}).at("id");
  const auto visited = [&](const char* day) {
    return a.try_ctl({"put", "visit", "members=" + member, std::string("occurred_on=") + day, "mode=door",
                      "outcome=nobody"});
  };
  for (const char* day : {"2026-09-31", "2026-02-29", "2100-02-29"}) {
    const std::string said = visited(day).json.at("error").at("fields").at(0).at("message");
    CHECK_MESSAGE(said.find("日历上没有") != std::string::npos, said);
  }
  const std::string visit = visited("2024-02-29").json.at("id");
  const auto edited = [&](const std::string& what) {
    return a.ctl({"put", "visit", "--id", visit, what}).value("warnings", Json::array()).dump();
  };
  CHECK(edited("mode=venue").find("voided") == std::string::npos);
  a.ctl({"void", visit, "--reason", "登记有误"});
  CHECK(edited("mode=door").find("voided=") != std::string::npos);
  CHECK(edited("voided=").find("voided=") == std::string::npos);
  CHECK(a.ctl({"get", visit}).at("voided") == false);
}

TEST_CASE("a program started without output writes into no file of its own, saves, and ends with 1") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  const auto closed = [](const std::string& how, std::vector<std::string> words) {
    words.insert(words.begin(), {"/bin/sh", "-c", "exec \"$@\" " + how, "sh"});
    return run(words, {{"LIANXIN_PASSPHRASE", kPassphrase}}).exit_code;
  };
  const std::string village = std::string("home_village_id=") + kSanhe;
  for (const char* how : {">&-", "2>&- >&-", "<&- >&- 2>&-"}) {
    CHECK(closed(how, {program("lianxinctl").string(), "--home", a.home().string(), "put", "member",
                       "name=郑全", village}) == 1);
    CHECK(closed(how, {program("lianxin-server").string(), "stats", "--data", county.data().string()}) == 1);
  }
  CHECK(a.ctl({"status"}).at("records").at("member") == 3);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(a.home())) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string all((std::istreambuf_iterator<char>(file)), {});
    CHECK_MESSAGE(all.find("已保存") == std::string::npos, entry.path().string());
  }
  county.settle({&a});
}

TEST_CASE("a damaged store is repaired from the journal, and the program says so") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  a.ctl({"put", "member", "name=郑全", std::string("home_village_id=") + kSanhe});
  a.ctl({"sync"});
  const std::string id =
      a.ctl({"put", "member", "name=冯未传", std::string("home_village_id=") + kSanhe}).at("id");

  // The tail of the database is lost: the write-ahead log is gone, as after a bad disk.
  std::filesystem::remove(a.home() / "store.db-wal");
  std::fstream database(a.home() / "store.db", std::ios::in | std::ios::out | std::ios::binary);
  database.seekp(4096 * 3 + 100);
  database.write("\x55\xAA\x55\xAA", 4);
  database.close();

  const Said opened = a.try_ctl({"status"});
  INFO(opened.out, opened.err);
  if (opened.exit_code != 0) {
    CHECK(opened.json.at("error").at("code") == "store.damaged");
    const Said recovered = a.try_ctl({"recover"});
    INFO(recovered.out, recovered.err);
    REQUIRE(recovered.exit_code == 0);
  }
  county.settle({&a});
  CHECK(a.ctl({"get", id}).at("fields").at("name").at("value") == "冯未传");
}

}  // namespace
