// Copies and restores: a laptop put back from a backup, a laptop copied whole, a server put back from a
// backup. Nothing acknowledged is lost while one replica has it, and no two writers share a name (sync.md 7).
#include <doctest/doctest.h>
#include <filesystem>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;
namespace fs = std::filesystem;

std::string put_member(const Laptop& laptop, const std::string& name) {
  return laptop.ctl({"put", "member", "name=" + name, std::string("home_village_id=") + kSanhe}).at("id");
}

std::string address_of(const Laptop& laptop, const std::string& id) {
  return laptop.ctl({"get", id}).at("fields").at("home_address").at("value");
}

TEST_CASE("a laptop put back from an old backup goes on under a new name and gets its later work back") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);
  const std::string id = put_member(a, "赵志远");
  a.ctl({"sync"});
  const auto backup = county.folder() / "old.backup";
  a.ctl({"backup", backup.string()});
  a.ctl({"put", "member", "--id", id, "home_address=三合村1组3号"});
  const std::string later = put_member(a, "单立新");
  a.ctl({"sync"});
  const Json replica_before = a.ctl({"status"}).at("replica");

  Laptop restored(county.folder() / "restored", "甲");
  restored.ctl({"restore", backup.string()});
  restored.ctl({"put", "member", "--id", id, "current_address=靖宇镇"});
  county.settle({&restored, &b});
  CHECK(restored.ctl({"status"}).at("replica") != replica_before);
  CHECK(address_of(restored, id) == "三合村1组3号");
  CHECK(restored.ctl({"get", later}).at("fields").at("name").at("value") == "单立新");
  CHECK(b.ctl({"get", id}).at("fields").at("current_address").at("value") == "靖宇镇");
  CHECK(b.ctl({"conflict", "list"}).empty());
}

TEST_CASE("two copies of one laptop both keep what they write") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);
  const std::string id = put_member(a, "赵志远");
  a.ctl({"sync"});
  const Laptop copy(county.folder() / "copy", "甲的副本");
  fs::copy(a.home(), copy.home(), fs::copy_options::recursive);
  a.ctl({"put", "member", "--id", id, "home_address=原件写的"});
  copy.ctl({"put", "member", "--id", id, "home_address=副本写的"});
  const std::string at_a = put_member(a, "原件新增");
  const std::string at_copy = put_member(copy, "副本新增");
  Laptop copied = copy;
  county.settle({&a, &copied, &b});
  for (const Laptop* laptop : {&a, &copied, &b}) {
    INFO(laptop->name());
    CHECK(laptop->ctl({"list", "member"}).size() == 3);
    const Json conflicts = laptop->ctl({"conflict", "list"});
    REQUIRE(conflicts.size() == 1);
    CHECK(conflicts.at(0).at("heads").size() == 2);
  }
  CHECK(a.ctl({"status"}).at("replica") != copied.ctl({"status"}).at("replica"));
}

TEST_CASE("a server put back from a backup gets back from the laptops what it no longer has") {
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);
  const std::string id = put_member(a, "赵志远");
  county.settle({&a, &b});
  const auto backup = county.folder() / "server.backup";
  county.server({"backup", backup.string()});
  a.ctl({"put", "member", "--id", id, "home_address=备份以后写的"});
  const std::string later = put_member(b, "备份以后新增");
  county.settle({&a, &b});

  county.put_back(backup, false);
  county.settle({&a, &b});
  CHECK(address_of(b, id) == "备份以后写的");
  CHECK(a.ctl({"get", later}).at("fields").at("name").at("value") == "备份以后新增");
  CHECK(county.dump({"--scope", kSanhe}) == a.dump());
}

}  // namespace
