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

}  // namespace
