// A purge between real programs (sync.md 11): asked for at the office, carried out on every laptop, kept by a
// restore of an older backup.
#include <doctest/doctest.h>
#include <filesystem>
#include <set>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;
namespace fs = std::filesystem;

constexpr const char* kAddress = "三合村旧屋77号";

/// Two laptops and the county know of a member and where he lives.
struct Told {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);
  std::string id = a.ctl({"put", "member", "name=赵志远", std::string("home_village_id=") + kSanhe,
                          std::string("home_address=") + kAddress})
                       .at("id");
  Told() { county.settle({&a, &b}); }
};

TEST_CASE("a purge asked for at the office reaches every laptop, and counts, dumps and proofs stand") {
  Told told;
  auto& [county, a, b, id] = told;
  const auto laptop_backup = county.folder() / "b.backup";
  const auto server_backup = county.folder() / "server.backup";
  b.ctl({"backup", laptop_backup.string()});
  county.server({"backup", server_backup.string()});

  b.ctl({"put", "member", "--id", id, "home_address=没有发送的旧址"});
  const Json purged = county.server({"purge", id, "home_address", "--reason", "本人要求删除"});
  CHECK(purged.at("before") == purged.at("after"));
  CHECK(purged.at("fields") == Json::array({"home_address"}));
  county.settle({&a, &b});
  for (const Laptop* laptop : {&a, &b}) {
    const Json field = laptop->ctl({"get", id}).at("fields").at("home_address");
    CHECK(field.at("value").is_null());
    CHECK(field.at("purged") == true);
    CHECK(laptop->dump().find(kAddress) == std::string::npos);
    CHECK(laptop->dump().find("没有发送的旧址") == std::string::npos);
    CHECK(laptop->ctl({"list", "member"}).size() == 1);
  }
  CHECK(county.server({"audit"}).dump().find(kAddress) == std::string::npos);

  // A laptop put back from a backup asks before it shows anything.
  Laptop old(county.folder() / "old", "旧");
  CHECK(old.ctl({"restore", laptop_backup.string()}).at("purges_asked") == true);
  CHECK(old.ctl({"get", id}).at("fields").at("home_address").at("value").is_null());

  // So does the server: its list was not rolled back.
  county.stop();
  const auto lost = county.folder() / "lost-server";
  fs::rename(county.data(), lost);
  const Json restored = county.server({"restore", server_backup.string(), "--lists", lost.string()});
  CHECK(restored.at("purges") == 1);
  CHECK(county.dump({"--scope", kSanhe}).find(kAddress) == std::string::npos);
  county.start();
  county.settle({&a, &b, &old});
  CHECK(county.dump({"--scope", kSanhe}).find(kAddress) == std::string::npos);
  CHECK(a.ctl({"get", id}).at("fields").at("home_address").at("purged") == true);
}

/// Ids of one list of an answer whose mark is as asked.
std::set<std::string> ids_in(const Json& related, const char* mark, bool is) {
  std::set<std::string> out;
  for (const Json& one : related) {
    if (one.at(mark) == is) out.insert(one.at("id").get<std::string>());
  }
  return out;
}

TEST_CASE("a purge of a person says what else is about him, and takes it along when told to") {
  Told told;
  auto& [county, a, b, id] = told;
  Laptop office = county.laptop("镇", "township_officer", "220622101");
  const auto put = [&writer = a](std::vector<std::string> words) {
    words.insert(words.begin(), "put");
    return writer.ctl(words).at("id").get<std::string>();
  };
  const std::string village = std::string("home_village_id=") + kSanhe;
  const std::string twin = put({"member", "name=赵志远", village, "remark=另一张表上的赵志远"});
  const std::string other = put({"member", "name=钱连心", village});
  const std::string phone = put({"contact_point", "member_id=" + id, "kind=mobile", "value=13900000001"});
  const std::string parcel = put({"delivery", "member_id=" + twin, "mode=courier", "to_address=临江路5号"});
  const auto visit = [&](const std::vector<std::string>& members, const std::string& content) {
    std::vector<std::string> words{"visit", "occurred_on=2026-09-01", "mode=door", "outcome=met", content};
    for (const std::string& one : members)
      words.push_back("members+=" + one);
    return put(words);
  };
  const std::string alone = visit({id}, "content=说家里老人住院");
  const std::string joint = visit({id, other}, "content=两人同去镇上");
  (void)visit({other}, "content=一切都好");
  county.settle({&a, &b, &office});
  office.ctl({"duplicate", "same", id, twin});
  county.settle({&a, &b, &office});

  const std::string table = (county.folder() / "f1.xlsx").string();
  const std::string snapshot =
      office
          .ctl({"report", "f1", "--scope", "220622101", "--as-of", "2026-09-30", "--out", table, "--freeze"})
          .at("snapshot");
  county.settle({&office});
  const Json seen = county.server({"purge", id, "--reason", "本人要求删除"});
  CHECK(seen.at("handed_in") == Json::array({snapshot}));  // kept as it was (K7), and said
  CHECK(ids_in(seen.at("related"), "same_person", true) == std::set<std::string>{twin});
  CHECK(ids_in(seen.at("related"), "of_others", true) == std::set<std::string>{joint});
  CHECK(ids_in(seen.at("related"), "purged", false) ==
        std::set<std::string>{twin, phone, parcel, alone, joint});
  CHECK(county.server({"purge", id, "name", "--reason", "本人要求删除"}).at("related").empty());
  county.settle({&a, &b, &office});
  CHECK(a.dump().find("13900000001") != std::string::npos);

  const Json taken = county.server({"purge", id, "--related", "--reason", "本人要求删除"});
  CHECK(ids_in(taken.at("related"), "purged", true) == std::set<std::string>{twin, phone, parcel, alone});
  county.settle({&a, &b, &office});
  for (const std::string& dump : {a.dump(), office.dump(), county.dump({"--scope", kSanhe})}) {
    for (const char* text : {"赵志远", "13900000001", "临江路5号", "说家里老人住院"})
      CHECK(dump.find(text) == std::string::npos);
    CHECK(dump.find("两人同去镇上") != std::string::npos);
    CHECK(dump.find("一切都好") != std::string::npos);
  }
  const Json after = county.server({"purge", id, "--related", "--reason", "本人要求删除"});
  CHECK(ids_in(after.at("related"), "purged", false) == std::set<std::string>{joint});
  CHECK(after.at("related").size() == 1);
}

TEST_CASE(
    "in a dispute what a purge took is said to be erased by law, and what somebody cleared to be cleared") {
  Told told;
  auto& [county, a, b, id] = told;
  const std::string parcel =
      a.ctl({"put", "delivery", "member_id=" + id, "mode=courier", "to_name=赵志远", "to_phone=13900000001"})
          .at("id");
  county.settle({&a, &b});
  a.ctl({"put", "delivery", "--id", parcel, "to_name="});
  b.ctl({"put", "delivery", "--id", parcel, "to_phone=13900000009"});
  county.settle({&a, &b});
  REQUIRE(a.ctl({"conflict", "list"}).size() == 1);
  county.server({"purge", parcel, "to_name", "to_phone", "--reason", "保存期满"});
  county.settle({&a, &b});
  for (const Laptop* laptop : {&a, &b}) {
    const Json list = laptop->ctl({"conflict", "list"});
    REQUIRE(list.size() == 1);
    for (const Json& head : list.at(0).at("heads")) {
      CHECK(head.at("value").is_null());
      CHECK(head.contains("purged") == (head.at("field") == "to_phone"));
    }
    const std::string text = laptop->text({"conflict", "list"});
    CHECK(text.find("已依法删除") != std::string::npos);
    CHECK(text.find("13900000009") == std::string::npos);
  }
}

TEST_CASE("a county whose disk and lists are lost hears from its laptops what was purged since the backup") {
  Told told;
  auto& [county, a, b, id] = told;
  const auto backup = county.folder() / "server.backup";
  county.server({"backup", backup.string()});
  county.server({"purge", id, "home_address", "--reason", "本人要求删除"});
  a.ctl({"put", "member", "--id", id, "home_address=新居9号"});  // told only then: loses its value
  a.ctl({"sync"});
  a.ctl({"put", "member", "--id", id, "home_address=新居10号"});
  county.settle({&a, &b});
  county.put_back(backup, false);
  CHECK(county.dump({"--scope", kSanhe}).find(kAddress) != std::string::npos);
  county.settle({&a, &b});
  for (const std::string& dump : {a.dump(), b.dump(), county.dump({"--scope", kSanhe})}) {
    CHECK(dump.find(kAddress) == std::string::npos);
    CHECK(dump.find("新居9号") == std::string::npos);
  }
  CHECK(a.ctl({"get", id}).at("fields").at("home_address").at("value") == "新居10号");
  CHECK(county.server({"audit"}).dump().find("record.purge_shown") != std::string::npos);
}

TEST_CASE("a laptop that cannot ask what was purged says so") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  a.ctl({"sync"});
  const auto backup = county.folder() / "a.backup";
  a.ctl({"backup", backup.string()});
  county.stop();
  Laptop old(county.folder() / "old", "旧");
  CHECK(old.ctl({"restore", backup.string()}).at("purges_asked") == false);
  CHECK(old.ctl({"status"}).at("purges_unasked") == true);
  county.start();
  old.ctl({"sync"});
  CHECK(old.ctl({"status"}).at("purges_unasked") == false);
}

}  // namespace
