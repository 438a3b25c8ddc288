// A county whose data move into a database between two syncs, and one that two servers answer for at once.
#include <doctest/doctest.h>
#include <filesystem>
#include <thread>

#include "tests/support/county.hpp"
#include "tests/support/postgres.hpp"

namespace {

using namespace lianxin::test;
namespace fs = std::filesystem;

std::string put_named(const Laptop& laptop, const std::string& name) {
  return laptop.ctl({"put", "member", "name=" + name, std::string("home_village_id=") + kSanhe}).at("id");
}

TEST_CASE("laptops notice nothing of a move into a database and back, whatever they had not sent yet") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);
  const std::string id = put_named(a, "赵连心");
  county.settle({&a, &b});
  a.ctl({"put", "member", "--id", id, "home_address=A 路 1 号"});
  b.ctl({"put", "member", "--id", id, "home_address=B 路 2 号"});
  for (const std::string& to : {postgres->new_database(), std::string("sqlite")}) {
    CHECK(county.try_server({"migrate", "--to", to}).exit_code == 1);  // while it is served
    county.stop();
    county.server({"migrate", "--to", to});
    county.start();
    put_named(b, "单立新");
    county.settle({&a, &b});
    CHECK(a.ctl({"conflict", "list"}).size() == 1);
    CHECK(county.server({"verify"}).at("ok") == true);
  }
}

TEST_CASE(
    "a move that was cut before the folder knew of it is made again; a database in use is not touched") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr || is_postgres_wanted()) return;
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  put_named(a, "赵连心");
  county.settle({&a});
  county.stop();
  const fs::path before = county.folder() / "before";
  fs::copy(county.data(), before, fs::copy_options::recursive);
  const std::string url = postgres->new_database();
  county.server({"migrate", "--to", url});
  // As if the power had gone after the commit: the entry of the move is written after the address.
  postgres->sql(url, "DELETE FROM audit WHERE action = 'store.moved'");
  fs::remove_all(county.data());
  fs::rename(before, county.data());
  county.start();
  put_named(a, "单立新");
  county.settle({&a});
  county.stop();
  fs::copy(county.data(), before, fs::copy_options::recursive);
  county.server({"migrate", "--to", url});
  county.start();
  county.settle({&a});
  CHECK(county.dump({"--scope", kSanhe}).find("单立新") != std::string::npos);
  county.stop();
  // That one is answered from: whoever still has the file does not get at it.
  fs::rename(county.data(), county.folder() / "moved");
  fs::rename(before, county.data());
  CHECK(county.try_server({"migrate", "--to", url}).json.at("error").at("code") == "store.exists");
}

TEST_CASE("two servers on one database answer four laptops at once, and all end equal") {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return;
  County county;
  county.stop();
  if (!is_postgres_wanted()) county.server({"migrate", "--to", postgres->new_database()});
  const fs::path second = county.folder() / "second";
  fs::copy(county.data(), second, fs::copy_options::recursive);
  county.start();
  Background other(
      {program("lianxin-server").string(), "serve", "--data", second.string(), "--listen", "127.0.0.1:0"}, {},
      county.folder() / "second.log");
  const Json said = Json::parse(other.first_line(20000));
  const std::vector<std::string> urls = {"https://127.0.0.1:" + std::to_string(county.port()),
                                         "https://" + said.at("listening").get<std::string>()};
  std::vector<Laptop> laptops;
  for (const char* name : {"甲", "乙", "丙", "丁"})
    laptops.push_back(county.laptop(name, "worker", kSanhe));
  std::vector<std::thread> hands;
  std::atomic<int> failed = 0;
  for (std::size_t n = 0; n < laptops.size(); ++n) {
    hands.emplace_back([&, n] {
      for (std::size_t i = 0; i < 6; ++i) {
        const std::string name = "name=员" + std::to_string(n) + std::to_string(i);
        const bool is_put =
            laptops[n].try_ctl({"put", "member", name, std::string("home_village_id=") + kSanhe}).exit_code ==
            0;
        const bool is_synced = laptops[n].try_ctl({"sync", "--server", urls[(n + i) % 2]}).exit_code == 0;
        if (!is_put || !is_synced) ++failed;
      }
    });
  }
  for (std::thread& hand : hands)
    hand.join();
  CHECK(failed == 0);
  county.settle({&laptops[0], &laptops[1], &laptops[2], &laptops[3]});
  CHECK(county.server({"stats"}).at("records").get<int>() >= 24 + 127);
  CHECK(county.server({"verify"}).at("ok") == true);
}

}  // namespace
