// A purge between real programs (sync.md 11): asked for at the office, carried out on every laptop, kept by a
// restore of an older backup.
#include <doctest/doctest.h>
#include <filesystem>

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
