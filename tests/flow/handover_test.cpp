// What moves: a member while the old laptop is offline, a village that goes up in another, a worker replaced
// in the middle of a month (sync.md 4.3, 6.1-6.3). At the end all are equal, nothing is lost, and the old
// laptop has no value of what left it.
#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;

constexpr const char* kDajing = "220622101201";

/// What a list of the server says: one array.
Json listed(const County& county, const std::vector<std::string>& words) {
  return Json::parse(county.try_server(words).out);
}

std::string today(const County& county) {
  // The county's day is the one its audit writes: no test asks the clock of this machine for it.
  const Json workers = listed(county, {"worker", "list"});
  for (const Json& worker : workers) {
    if (!worker.at("grants").empty()) return worker.at("grants").at(0).at("from");
  }
  FAIL("nobody has a grant");
  return "";
}

std::string put_member(const Laptop& laptop, const std::string& name, const std::string& village,
                       const std::string& address) {
  return laptop
      .ctl({"put", "member", "name=" + name, "gender=1", "born_on=1979-03", "home_village_id=" + village,
            "home_address=" + address})
      .at("id");
}

std::string value(const Laptop& laptop, const std::string& id, const std::string& name) {
  return laptop.ctl({"get", id}).at("fields").at(name).at("value");
}

bool has(const Laptop& laptop, const std::string& id) { return laptop.try_ctl({"get", id}).exit_code == 0; }

/// Every file of a laptop's folder, as it lies on the disk.
std::string files_of(const Laptop& laptop) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(laptop.home())) {
    if (!entry.is_regular_file()) continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    all += text.str();
  }
  return all;
}

/// Neither shown, nor in the history, nor found, nor on the disk.
void check_gone(const Laptop& laptop, const std::string& id, const std::string& name) {
  INFO(laptop.name(), " ", name);
  CHECK(!has(laptop, id));
  CHECK(laptop.dump().find(name) == std::string::npos);
  CHECK(laptop.try_ctl({"list", "member", "--search", name}).out.find(name) == std::string::npos);
  CHECK(files_of(laptop).find(name) == std::string::npos);
  CHECK(laptop.ctl({"verify"}).at("ok") == true);
}

TEST_CASE(
    "a member is handed over while the old laptop works offline: the work is kept, routed, and then gone "
    "there") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop d = county.laptop("丁", "worker", kDajing);
  const std::string id = put_member(a, "孙移交", kSanhe, "三合村1组3号");
  const std::string stays = put_member(a, "周留下", kSanhe, "三合村2组1号");
  county.settle({&a, &d});

  a.ctl({"put", "member", "--id", id, "home_address=离线时记下的新址"});
  const Json preview = county.server({"handover", id, "--to", kDajing, "--preview"});
  CHECK(preview.at("preview") == true);
  const Json moved = county.server({"handover", id, "--to", kDajing});
  for (const Json* one : {&preview, &moved}) {
    const Json& members = one->at("kinds").at("member");
    CHECK(members.at("moved") == 1);
    CHECK(members.at("from") == Json({{"before", 2}, {"after", 1}}));
    CHECK(members.at("into") == Json({{"before", 0}, {"after", 1}}));
  }
  CHECK(county.try_server({"handover", id, "--to", kDajing}).exit_code == 1);

  const Json receipt = a.ctl({"sync"});
  CHECK(receipt.at("complete") == true);
  CHECK(receipt.at("quarantined") == 0);
  CHECK(receipt.at("evicted") == 1);
  county.settle({&a, &d});
  CHECK(value(d, id, "home_address") == "离线时记下的新址");
  check_gone(a, id, "孙移交");
  CHECK(value(a, stays, "name") == "周留下");
  CHECK(listed(county, {"quarantine", "list"}).empty());

  // And back: nothing of it had to stay here for that.
  county.server({"handover", id, "--to", kSanhe});
  county.settle({&a, &d});
  CHECK(value(a, id, "home_address") == "离线时记下的新址");
  check_gone(d, id, "孙移交");
}

TEST_CASE("a village goes up in another: people, grants and late work go along, and everybody ends equal") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop d = county.laptop("丁", "worker", kDajing);
  const std::string id = put_member(a, "吴并村", kSanhe, "三合村1组3号");
  const std::string other = put_member(d, "郑大井", kDajing, "大井村1组1号");
  county.settle({&a, &d});
  a.ctl({"put", "member", "--id", id, "home_address=并村那天还在路上"});
  const std::string late = put_member(a, "王迟到", kSanhe, "三合村5组");
  const std::string on = today(county);
  const Json moved = county.server({"division", "merge", kSanhe, "--into", kDajing, "--on", on});
  CHECK(moved.at("grants") == 1);
  CHECK(moved.at("kinds").at("member").at("from") == Json({{"before", 1}, {"after", 0}}));
  CHECK(moved.at("kinds").at("member").at("into") == Json({{"before", 1}, {"after", 2}}));
  county.settle({&a, &d});
  for (const Laptop* laptop : {&a, &d}) {
    CHECK(value(*laptop, id, "home_address") == "并村那天还在路上");
    CHECK(value(*laptop, other, "name") == "郑大井");
    CHECK(value(*laptop, late, "name") == "王迟到");
    CHECK(laptop->ctl({"status"}).at("scopes") == Json::array({kDajing}));
  }
  CHECK(a.dump() == d.dump());
  CHECK(listed(county, {"quarantine", "list"}).empty());
  // Again: what came late is told of its new village.
  CHECK(county.server({"division", "merge", kSanhe, "--into", kDajing, "--on", on}).at("moved") == 0);
  county.settle({&a, &d});
}

TEST_CASE("a worker is replaced: his offline work counts, his laptop ends empty and may be handed on") {
  County county;
  Laptop old_laptop = county.laptop("旧员", "worker", kSanhe);
  Laptop next = county.laptop("新员", "worker", kDajing);
  const std::string id = put_member(old_laptop, "冯接班", kSanhe, "三合村1组3号");
  Laptop town = county.laptop("镇", "township_officer", "220622101");
  county.settle({&old_laptop, &next, &town});
  town.ctl({"put", "liaison_assignment", "member_id=" + id, "worker_id=" + county.worker_id("旧员"),
            "from=2026-01-01", "reason=initial"});
  town.ctl({"sync"});
  old_laptop.ctl({"sync"});
  old_laptop.ctl({"put", "member", "--id", id, "home_address=交接前一天改的"});
  CHECK(old_laptop.ctl({"status"}).at("may_be_handed_on") == false);
  const std::vector<std::string> replace = {
      "worker", "replace", county.worker_id("旧员"), county.worker_id("新员"), "--on", today(county)};
  const Json moved = county.server(replace);
  for (const char* kind : {"grant", "liaison_assignment"}) {
    CHECK(moved.at("kinds").at(kind).at("moved") == 1);
    CHECK(moved.at("kinds").at(kind).at("from").at("after") == 0);
  }
  county.settle({&old_laptop, &next});
  CHECK(value(next, id, "home_address") == "交接前一天改的");
  CHECK(listed(county, {"quarantine", "list"}).empty());
  check_gone(old_laptop, id, "冯接班");
  const Json status = old_laptop.ctl({"status"});
  CHECK(status.at("scopes").empty());
  CHECK(status.at("leaving") == 0);
  CHECK(status.at("may_be_handed_on") == true);
}

}  // namespace
