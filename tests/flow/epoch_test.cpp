// A server put back from a backup, between real programs (sync.md 7.1): what a destroyed laptop had handed in
// comes back from the one that read it.
#include <doctest/doctest.h>
#include <filesystem>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;
namespace fs = std::filesystem;

std::string put_member(const Laptop& laptop, const std::string& name) {
  return laptop.ctl({"put", "member", "name=" + name, std::string("home_village_id=") + kSanhe}).at("id");
}

TEST_CASE("acknowledged work of a destroyed laptop comes back from the laptop that had read it") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);
  const std::string id = put_member(a, "赵志远");
  county.settle({&a, &b});
  const auto backup = county.folder() / "server.backup";
  county.server({"backup", backup.string()});
  a.ctl({"put", "member", "--id", id, "home_address=备份以后写的"});
  const std::string later = put_member(a, "单立新");
  county.settle({&a, &b});
  const std::string before = b.dump();
  fs::remove_all(a.home());

  county.put_back(backup, true);
  county.settle({&b});
  CHECK(b.dump() == before);
  CHECK(b.ctl({"get", id}).at("fields").at("home_address").at("value") == "备份以后写的");
  CHECK(b.ctl({"get", later}).at("fields").at("name").at("value") == "单立新");
  CHECK(county.server({"stats"}).at("early").get<int>() > 0);
}

TEST_CASE("an author who comes late after a restore loses nothing and keeps the name") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);
  const std::string id = put_member(a, "赵志远");
  county.settle({&a, &b});
  const auto backup = county.folder() / "server.backup";
  county.server({"backup", backup.string()});
  a.ctl({"put", "member", "--id", id, "home_address=备份以后写的"});
  county.settle({&a, &b});
  const Json replica = a.ctl({"status"}).at("replica");
  const std::string unsent = put_member(a, "未发送");

  county.put_back(backup, true);
  county.settle({&b});
  county.settle({&a, &b});
  CHECK(a.ctl({"status"}).at("replica") == replica);
  CHECK(county.server({"stats"}).at("early") == 0);
  CHECK(b.ctl({"get", unsent}).at("fields").at("name").at("value") == "未发送");
  CHECK(a.ctl({"get", id}).at("fields").at("home_address").at("value") == "备份以后写的");
  CHECK(a.ctl({"conflict", "list"}).empty());
}

TEST_CASE("a laptop that a restored county does not know is enrolled again and goes on with all its work") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  county.settle({&a});
  const auto backup = county.folder() / "server.backup";
  county.server({"backup", backup.string()});
  Laptop b = county.laptop("乙", "worker", kSanhe);
  const std::string sent = put_member(b, "上交过的");
  county.settle({&a, &b});
  const std::string unsent = put_member(b, "没上交的");
  const Json replica = b.ctl({"status"}).at("replica");

  county.put_back(backup, false);
  const Said refused = b.try_ctl({"sync"});
  CHECK(refused.exit_code == 1);
  CHECK(refused.json.at("error").at("code") == "exchange.device");
  county.settle({&a});  // knows of the new worker
  county.server({"worker", "grant", county.worker_id("乙"), "--role", "worker", "--scope", kSanhe});
  const auto join = [&](const std::string& worker) -> std::string {
    return county.server({"device", "add", "--worker", county.worker_id(worker)}).at("join");
  };
  const Said other = b.try_ctl({"enrol", join("甲"), "--again"});
  CHECK(other.exit_code == 1);
  CHECK(other.json.at("error").at("code") == "enrol.other_worker");
  CHECK(b.ctl({"enrol", join("乙"), "--again"}).at("replica") == replica);
  county.settle({&a, &b});
  for (const std::string& member : {sent, unsent})
    CHECK(a.ctl({"get", member}).at("id") == member);
  CHECK(Json::parse(county.try_server({"quarantine", "list"}).out).empty());
}

/// One array, whatever the words.
Json listed(const County& county, const std::vector<std::string>& words) {
  return Json::parse(county.try_server(words).out);
}

/// Row of `device list` of the worker's laptop.
Json device_of(const County& county, const std::string& worker) {
  for (const Json& device : listed(county, {"device", "list"})) {
    if (device.at("worker") == county.worker_id(worker)) return device;
  }
  return {};
}

TEST_CASE(
    "what a lost laptop alone had is waited for, closed on record, and taken all the same when it turns up") {
  constexpr const char* kDajing = "220622101201";
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  county.server({"worker", "grant", county.worker_id("甲"), "--role", "worker", "--scope", kDajing});
  Laptop b = county.laptop("乙", "worker", kSanhe);
  put_member(a, "赵志远");
  county.settle({&a, &b});
  const auto backup = county.folder() / "server.backup";
  county.server({"backup", backup.string()});
  const std::string alone =
      a.ctl({"put", "member", "name=只有甲有", std::string("home_village_id=") + kDajing}).at("id");
  const std::string shared = put_member(a, "单立新");
  county.settle({&a, &b});

  county.put_back(backup, true);
  county.settle({&b});  // brings back what it had read, not what lies before it
  const std::string device = device_of(county, "甲").at("device");
  const int missing = device_of(county, "甲").at("missing");
  CHECK(missing > 0);
  const std::vector<std::string> close = {"device", "close-gap", device, "--reason", "电脑掉进河里"};
  CHECK(county.try_server(close).exit_code == 1);  // it may still come
  county.server({"device", "revoke", device});
  CHECK(county.server(close).at("closed_missing") == missing);
  CHECK(device_of(county, "甲").at("missing") == 0);
  CHECK(device_of(county, "甲").at("closed_missing") == missing);
  CHECK(listed(county, {"audit"}).back().at("action") == "device.close_gap");
  CHECK(county.server({"verify"}).at("ok") == true);

  (void)a.try_ctl({"sync"});  // somebody has found it
  (void)a.try_ctl({"sync"});
  CHECK(device_of(county, "甲").at("missing") == 0);
  CHECK(device_of(county, "甲").at("closed_missing") == 0);
  CHECK(device_of(county, "甲").at("arrived_late") == missing);
  std::size_t accepted = 0;  // kept aside, as of a revoked laptop
  for (const Json& one : listed(county, {"quarantine", "list"})) {
    if (one.at("record") != alone) continue;
    county.server({"quarantine", "accept", one.at("change")});
    ++accepted;
  }
  CHECK(accepted == static_cast<std::size_t>(missing));
  CHECK(county.server({"dump", "--scope", kDajing}).dump().find("只有甲有") != std::string::npos);
  CHECK(b.ctl({"get", shared}).at("fields").at("name").at("value") == "单立新");
  CHECK(county.server({"verify"}).at("ok") == true);
}

}  // namespace
