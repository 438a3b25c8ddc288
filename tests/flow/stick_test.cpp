// Work that travels by USB stick: to the county and back, from laptop to laptop, lost, late and doubled; and
// a laptop that never sees a network (sync.md 8).
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;
namespace fs = std::filesystem;

std::string put_member(const Laptop& laptop, const std::string& name) {
  return laptop.ctl({"put", "member", "name=" + name, std::string("home_village_id=") + kSanhe}).at("id");
}

std::string stick(const County& county, const std::string& name) {
  return (county.folder() / (name + ".lxb")).string();
}

std::string to_server(const County& county, const Laptop& laptop, const std::string& name) {
  laptop.ctl({"bundle", "export", "--to", "server", "--out", stick(county, name)});
  return stick(county, name);
}

Json hand_in(const County& county, const std::string& file, const std::string& answer) {
  return county.server({"bundle", "import", file, "--answer", stick(county, answer)});
}

Json take(const County& county, const Laptop& laptop, const std::string& name) {
  return laptop.ctl({"bundle", "import", stick(county, name)});
}

std::string name_of(const Laptop& laptop, const std::string& id) {
  return laptop.ctl({"get", id}).at("fields").at("name").at("value");
}

/// Everything here and at the county is the same, and nothing is unsent or unproved.
void check_equal(const County& county, const Laptop& laptop) {
  INFO(laptop.name());
  CHECK(laptop.dump() == county.dump({"--worker", laptop.ctl({"status"}).at("worker").get<std::string>()}));
  CHECK(laptop.ctl({"status"}).at("unsent") == 0);
  CHECK(laptop.ctl({"verify"}).at("ok") == true);
}

TEST_CASE("work goes to the county on a stick, and the answer brings acknowledgement and news") {
  County county;
  const Laptop a = county.laptop("甲", "worker", kSanhe);
  const Laptop b = county.laptop("乙", "worker", kSanhe);
  const std::string of_b = put_member(b, "赵志远");
  b.ctl({"sync"});
  const std::string of_a = put_member(a, "单立新");
  const std::string file = to_server(county, a, "one");
  const Json seen = a.ctl({"bundle", "inspect", file});
  CHECK(seen.at("kind") == "to_server");
  CHECK(seen.at("changes").get<int>() > 0);
  CHECK(seen.at("to") == "server");
  CHECK(a.ctl({"status"}).at("unsent").get<int>() > 0);  // exporting alone moves nothing

  const Json taken = hand_in(county, file, "answer");
  CHECK(taken.at("verdict") == "taken");
  CHECK(taken.at("worker_name") == "甲");
  CHECK(county.server({"bundle", "inspect", file}).at("worker_name") == "甲");
  CHECK(taken.at("acknowledged") == seen.at("last"));
  const Json news = take(county, a, "answer");
  CHECK(news.at("outcome") == "taken");
  CHECK(news.at("received").get<int>() > 0);
  for (const Json& scope : news.at("scopes"))
    CHECK(scope.at("equal") == true);
  CHECK(name_of(a, of_b) == "赵志远");
  b.ctl({"sync"});
  CHECK(name_of(b, of_a) == "单立新");
  check_equal(county, a);
  check_equal(county, b);
  CHECK(county.server({"verify"}).at("ok") == true);
}

TEST_CASE("sticks that are lost, late, doubled or in another order lose nothing and end equal") {
  County county;
  const Laptop a = county.laptop("甲", "worker", kSanhe);
  const Laptop b = county.laptop("乙", "worker", kSanhe);
  put_member(a, "第一个");
  const std::string first = to_server(county, a, "first");
  put_member(a, "第二个");
  to_server(county, a, "second");  // lost
  const std::string third_id = put_member(a, "第三个");
  const std::string third = to_server(county, a, "third");

  hand_in(county, third, "answer3");
  hand_in(county, first, "answer1");  // late: all of it is there already
  hand_in(county, third, "answer3again");
  put_member(b, "乙的");
  b.ctl({"sync"});
  county.server({"bundle", "export", "--device", a.ctl({"bundle", "inspect", third}).at("from"), "--out",
                 stick(county, "unasked")});

  CHECK(take(county, a, "unasked").at("outcome") == "taken");
  take(county, a, "answer3again");
  take(county, a, "answer1");
  take(county, a, "answer3");
  take(county, a, "unasked");
  CHECK(a.ctl({"status"}).at("unsent") == 0);
  CHECK(name_of(b, third_id) == "第三个");
  check_equal(county, a);
  CHECK(county.server({"verify"}).at("ok") == true);
  // Afterwards the network works as ever.
  Laptop a_again = a;
  Laptop b_again = b;
  county.settle({&a_again, &b_again});
}

TEST_CASE("one laptop's work reaches the county by another laptop, and is here before it is there") {
  County county;
  const Laptop a = county.laptop("甲", "worker", kSanhe);
  const Laptop b = county.laptop("乙", "worker", kSanhe);
  const std::string shared = put_member(b, "赵志远");
  b.ctl({"sync"});
  a.ctl({"sync"});
  const std::string of_a = put_member(a, "只在甲处");
  a.ctl({"put", "member", "--id", shared, "home_address=甲写的"});
  const std::string replica_b = b.ctl({"status"}).at("replica");
  // Enrolled later than the list here: the next sync brings it.
  const Said unknown = a.try_ctl({"bundle", "export", "--to", replica_b, "--out", stick(county, "peer")});
  if (unknown.exit_code != 0) {
    const auto unsent = a.ctl({"status"}).at("unsent");
    CHECK(Json::parse(unknown.out).at("error").at("code") == "bundle.unknown_receiver");
    CHECK(unsent.get<int>() > 0);
    put_member(a, "为了名单");
    a.ctl({"sync"});
    a.ctl({"put", "member", "--id", shared, "home_address=甲又写的"});
    a.ctl({"put", "member", "--id", of_a, "name_pinyin=jia"});
    a.ctl({"bundle", "export", "--to", replica_b, "--out", stick(county, "peer")});
  }
  const Json unsent_of_a = a.ctl({"status"}).at("unsent");

  // B does not know A either until it has the list.
  if (b.try_ctl({"bundle", "import", stick(county, "peer")}).exit_code != 0) b.ctl({"sync"});
  const Json taken = take(county, b, "peer");
  CHECK(b.ctl({"get", shared}).at("fields").at("home_address").at("value") == "甲又写的");
  CHECK(b.ctl({"status"}).at("from_peers").get<int>() > 0);
  CHECK(b.ctl({"verify"}).at("ok") == true);
  CHECK(take(county, b, "peer").at("fresh") == 0);  // doubled

  // B writes over what it learnt from A alone, then hands both in.
  b.ctl({"put", "member", "--id", shared, "home_address=乙看过以后写的"});
  b.ctl({"sync"});
  CHECK(b.ctl({"status"}).at("from_peers") == 0);
  CHECK(a.ctl({"status"}).at("unsent") == unsent_of_a);  // only the county's acknowledgement moves it
  CHECK(county.dump({"--scope", kSanhe}) == b.dump());
  CHECK(county.server({"verify"}).at("ok") == true);

  Laptop a_again = a;
  Laptop b_again = b;
  county.settle({&a_again, &b_again});
  CHECK(a.ctl({"get", shared}).at("fields").at("home_address").at("value") == "乙看过以后写的");
  CHECK(a.ctl({"conflict", "list"}).empty());
  // The same stick, much later.
  take(county, b, "peer");
  county.settle({&a_again, &b_again});
}

TEST_CASE("a laptop without any network is enrolled, works and ends equal by three files") {
  County county;
  const Laptop b = county.laptop("乙", "worker", kSanhe);
  const std::string of_b = put_member(b, "赵志远");
  b.ctl({"sync"});
  const std::string worker =
      county.server({"worker", "add", "--name", "丙", "--role", "worker", "--scope", kSanhe}).at("worker");
  const std::string offer = stick(county, "offer");
  county.server({"device", "add", "--worker", worker, "--out", offer});
  const Laptop c(county.folder() / "c", "丙");
  // A stick that takes no second file is told before anything is set up.
  const std::string nowhere = (county.folder() / "nowhere" / "second.lxb").string();
  CHECK(c.try_ctl({"enrol", "--file", offer, "--out", nowhere}).json.at("error").at("code") ==
        "enrol.request_place");
  const std::string work = stick(county, "work");
  b.ctl({"bundle", "export", "--to", "server", "--out", work});
  CHECK(c.try_ctl({"enrol", "--file", work}).json.at("error").at("code") == "enrol.file");
  CHECK_FALSE(std::filesystem::exists(c.home() / "store.db"));
  const Json enrolled = c.ctl({"enrol", "--file", offer});
  const std::string request = enrolled.at("request");
  const std::string of_c = put_member(c, "没有网络时写的");  // usable at once
  // The same file on another laptop: what lies on the stick is the first one's, and stays.
  const Laptop other(county.folder() / "other", "丁");
  const auto again = other.try_ctl({"enrol", "--file", offer});
  CHECK(again.exit_code == 1);
  CHECK(Json::parse(again.out).at("error").at("code") == "enrol.request_there");
  CHECK(other.try_ctl({"status"}).exit_code == 1);

  // Cut after the store was made: the second file is not there, and comes when the first is given again.
  fs::remove(request);
  CHECK(c.ctl({"enrol", "--file", offer}).at("request") == request);
  fs::rename(request, request + ".kept");
  std::ofstream(request) << "of somebody else";
  CHECK(name_of(c, of_c) == "没有网络时写的");
  CHECK(Json::parse(c.try_ctl({"enrol", "--file", offer}).out).at("error").at("code") ==
        "enrol.request_there");
  fs::rename(request + ".kept", request);
  CHECK(c.ctl({"enrol", "--file", offer}).at("replica") == enrolled.at("replica"));  // over its own
  const std::string another = stick(county, "another");
  county.server({"device", "add", "--worker", worker, "--out", another});
  CHECK(Json::parse(c.try_ctl({"enrol", "--file", another}).out).at("error").at("code") == "enrol.there");

  // The first stick is lost; a later one carries the enrolment again.
  const std::string second = to_server(county, c, "second");
  CHECK(hand_in(county, second, "answer").at("enrolled") == true);
  CHECK(take(county, c, "answer").at("outcome") == "taken");
  CHECK(name_of(c, of_b) == "赵志远");
  CHECK_FALSE(c.ctl({"enrol", "--file", offer}).contains("request"));  // nothing is left to be done
  check_equal(county, c);
  hand_in(county, request, "answer0");  // found again: harmless
  take(county, c, "answer0");
  check_equal(county, c);
  b.ctl({"sync"});
  CHECK(name_of(b, of_c) == "没有网络时写的");
  CHECK(c.ctl({"sync"}).at("complete") == true);  // and once there is a network, it works too
}

TEST_CASE("a stick pulled out too early is refused, and nothing of it is taken") {
  County county;
  const Laptop a = county.laptop("甲", "worker", kSanhe);
  put_member(a, "赵志远");
  const std::string file = to_server(county, a, "whole");
  const std::string before = county.dump({"--scope", kSanhe});
  fs::resize_file(file, fs::file_size(file) - 1);
  const Said refused = county.try_server({"bundle", "import", file});
  CHECK(refused.exit_code == 1);
  CHECK(refused.err.find("bundle") == std::string::npos);  // a sentence, no code
  CHECK(a.try_ctl({"bundle", "inspect", file}).exit_code == 1);
  CHECK(county.dump({"--scope", kSanhe}) == before);
}

}  // namespace
