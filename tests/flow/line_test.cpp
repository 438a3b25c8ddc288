// A bad line between real processes: delayed, stalled, cut and bent at any octet of either direction. A sync
// ends well or says in one line why not, and nothing is lost or comes twice. LX_MISHAPS sets how many
// (default 30), LX_SEED repeats a run.
#include <cstdlib>
#include <doctest/doctest.h>
#include <random>
#include <set>
#include <string>

#include "tests/flow/crooked_line.hpp"
#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;
using Kind = Mishap::Kind;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

std::string put_member(const Laptop& laptop, const std::string& name) {
  return laptop.ctl({"put", "member", "name=" + name, std::string("home_village_id=") + kSanhe}).at("id");
}

/// The error's code; "" = it came through and is green.
std::string sync_over(const Laptop& laptop, const CrookedLine& line) {
  const Said said = laptop.try_ctl({"sync", "--server", line.url()});
  if (said.exit_code == 0) {
    CHECK(said.json.at("complete") == true);
    return {};
  }
  CHECK(said.exit_code == 1);
  const std::string code = said.json.at("error").at("code");
  CHECK_MESSAGE(code.starts_with("net."), code);
  CHECK_FALSE(said.json.at("error").at("message").get<std::string>().empty());
  return code;
}

Mishap drawn(std::mt19937_64& random, const CrookedLine& line) {
  constexpr int kLongestDelay = 40;
  constexpr int kLongestStall = 1500;
  Mishap mishap;
  const auto dice = [&](std::uint64_t sides) { return random() % sides; };
  mishap.kind = static_cast<Kind>(dice(5));
  mishap.upwards = dice(2) == 0;
  mishap.at_octet = dice((mishap.upwards ? line.longest_up() : line.longest_down()) + 1);
  mishap.wait_ms = static_cast<int>(dice(mishap.kind == Kind::kDelay ? kLongestDelay : kLongestStall));
  mishap.bit = static_cast<int>(dice(8));
  return mishap;
}

TEST_CASE("a line that delays, stalls, cuts and flips bits loses nothing and doubles nothing") {
  const std::uint64_t seed = from_environment("LX_SEED", std::random_device{}());
  MESSAGE("LX_SEED=", seed);
  std::mt19937_64 random(seed);
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);
  CrookedLine line(county.port());
  std::set<std::string> saved{put_member(a, "头一个")};
  REQUIRE(sync_over(a, line).empty());  // how long a conversation is
  std::uint64_t broken = 0;
  const std::uint64_t mishaps = from_environment("LX_MISHAPS", 30);
  for (std::uint64_t n = 0; n < mishaps; ++n) {
    CAPTURE(n);
    const Laptop& laptop = n % 3 == 2 ? b : a;
    saved.insert(put_member(laptop, "第" + std::to_string(n) + "人"));
    line.set(drawn(random, line));
    if (!sync_over(laptop, line).empty()) ++broken;
  }
  MESSAGE(broken, " of ", mishaps, " syncs broke off");
  CHECK(broken > 0);  // the line does what it says; of 30, none breaks once in 20,000 runs
  county.settle({&a, &b});
  std::set<std::string> at_b;
  for (const Json& record : b.ctl({"list", "member"}))
    CHECK(at_b.insert(record.at("id").get<std::string>()).second);
  CHECK(at_b == saved);
}

TEST_CASE("a line that says nothing any more is given up, and the next sync goes on") {
  constexpr int kLongerThanPatience = 60'000;  // the laptop gives up after 20 s
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  CrookedLine line(county.port());
  REQUIRE(sync_over(a, line).empty());
  const std::string id = put_member(a, "赵连心");
  line.set({Kind::kStall, false, line.longest_down() / 2, kLongerThanPatience, 0});  // within the answer
  CHECK(sync_over(a, line) == "net.timeout");
  line.set({});
  CHECK(sync_over(a, line).empty());
  county.settle({&a});
  CHECK(a.ctl({"get", id}).at("fields").at("name").at("value") == "赵连心");
}

TEST_CASE("a long sync that breaks off again and again goes on where it was, and ends with everything") {
  County county;
  Laptop office = county.laptop("县办", "county_officer", "220622");
  Laptop whole = county.laptop("县办二", "county_officer", "220622");
  Laptop late = county.laptop("县办三", "county_officer", "220622");
  office.ctl({"demo", "county", "--seed", "7", "--share", "24"});
  office.ctl({"sync"});
  CrookedLine line(county.port());
  const Said at_once = whole.try_ctl({"sync", "--server", line.url()});
  REQUIRE(at_once.exit_code == 0);
  CHECK(at_once.json.at("complete") == true);
  CHECK(at_once.json.at("round_trips") > 3);  // answers of 2 MB, and one exchange that ends the read
  const std::uint64_t length = line.longest_down();
  int before = 0;
  int broken = 0;
  // In the first answer; in one that is on its way while others are taken in; in one of those left.
  for (const std::uint64_t percent : {5U, 60U, 30U}) {
    line.set({Kind::kCut, false, length * percent / 100, 0, 0});
    if (!sync_over(late, line).empty()) ++broken;
    const int now = late.ctl({"status"}).at("records").value("member", 0);
    CHECK(now >= before);
    before = now;
  }
  CHECK(broken > 1);
  CHECK(before > 0);
  line.set({});
  const Said last = late.try_ctl({"sync", "--server", line.url()});
  REQUIRE(last.exit_code == 0);
  CHECK(last.json.at("complete") == true);
  CHECK(last.json.at("repaired") == 0);
  county.settle({&office, &whole, &late});
}

TEST_CASE("a line that is cut before any answer of the usual size has come is read to its end all the same") {
  County county;
  Laptop office = county.laptop("县办", "county_officer", "220622");
  Laptop late = county.laptop("县办二", "county_officer", "220622");
  office.ctl({"demo", "county", "--seed", "7", "--share", "24"});
  office.ctl({"sync"});
  CrookedLine line(county.port());
  constexpr std::uint64_t kCutAt = 200'000;  // packed, the first answer takes more than twice as much
  line.set({Kind::kCut, false, kCutAt, 0, 0});
  int broken = 0;
  bool is_through = false;
  std::uint64_t records = 0;
  while (!is_through && broken < 100) {
    is_through = sync_over(late, line).empty();
    if (is_through) break;
    ++broken;
    // Two answers at most are lost to the size; after that every sync brings something.
    const auto now = late.ctl({"status"}).at("records");
    std::uint64_t all = 0;
    for (const auto& [kind, count] : now.items())
      all += count.get<std::uint64_t>();
    if (broken > 2) CHECK(all > records);
    records = all;
  }
  MESSAGE(broken, " syncs broke off");
  CHECK(is_through);
  CHECK(broken > 2);
  county.settle({&office, &late});
}

TEST_CASE("a county that moved is found by its new address once, and kept there for good") {
  County county;
  Laptop a = county.laptop("a", "worker", kSanhe);
  put_member(a, "赵连心");
  county.stop();
  Background moved({program("lianxin-server").string(), "serve", "--data", county.data().string(), "--host",
                    "localhost", "--listen", "127.0.0.1:0"},
                   {}, county.folder() / "moved.log");
  const std::string listening = Json::parse(moved.first_line(20'000)).at("listening");
  const std::string url = "https://localhost" + listening.substr(listening.rfind(':'));
  CHECK(a.try_ctl({"sync"}).json.at("error").at("code") == "net.unreachable");
  for (const std::string& no_address :
       {listening, "http://" + listening, url + "/x", std::string("https://")})
    CHECK_MESSAGE(a.try_ctl({"sync", "--server", no_address}).exit_code == 2, no_address);
  CHECK(a.try_ctl({"sync", "--keep"}).exit_code == 2);
  // Another county's server at that address changes nothing.
  County other;
  const std::string foreign = "https://127.0.0.1:" + std::to_string(other.port());
  CHECK(a.try_ctl({"sync", "--server", foreign, "--keep"}).json.at("error").at("code") == "net.certificate");
  CHECK(a.ctl({"sync", "--server", url}).at("complete") == true);
  CHECK(a.try_ctl({"sync"}).exit_code == 1);  // only for that once

  put_member(a, "钱守信");
  CHECK(a.ctl({"sync", "--server", url + "/", "--keep"}).at("complete") == true);
  put_member(a, "孙正");
  CHECK(a.ctl({"sync"}).at("complete") == true);
  CHECK(a.dump() == county.dump({"--worker", county.worker_id("a")}));
  CHECK(a.ctl({"verify"}).at("ok") == true);
}

}  // namespace
