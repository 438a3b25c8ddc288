// kill -9 of laptop and server in every phase of a sync. Nothing acknowledged is lost, nothing comes twice.
// LX_KILLS sets the number of kills (default 24; the documented long run uses 100 and more).
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <doctest/doctest.h>
#include <random>
#include <set>
#include <signal.h>
#include <thread>

#include "tests/support/county.hpp"

namespace {

using namespace lianxin::test;

int kills_wanted() {
  const char* text = std::getenv("LX_KILLS");
  return text != nullptr ? static_cast<int>(std::strtol(text, nullptr, 10)) : 24;
}

unsigned seed() {
  const char* text = std::getenv("LX_SEED");
  const unsigned value =
      text != nullptr ? static_cast<unsigned>(std::strtoul(text, nullptr, 10)) : std::random_device{}();
  MESSAGE("LX_SEED=", value);
  return value;
}

void sleep_ms(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

/// Starts a laptop command and kills it after `ms`; true if it had already ended well.
bool killed_at(const Laptop& laptop, const std::vector<std::string>& words, int ms,
               const std::filesystem::path& log, std::string& said) {
  Background running(laptop.words(words), {{"LIANXIN_PASSPHRASE", kPassphrase}}, log);
  sleep_ms(ms);
  if (!running.is_running()) {
    said = running.first_line(1000);
    return running.wait() == 0;
  }
  running.signal(SIGKILL);
  said = running.first_line(1000);
  running.wait();
  return false;
}

TEST_CASE("kill -9 of laptop and server at random moments of saving and syncing") {
  std::mt19937 random(seed());
  County county;
  Laptop a = county.laptop("甲", "worker", kSanhe);
  Laptop b = county.laptop("乙", "worker", kSanhe);
  const auto log = county.folder() / "laptop.log";
  std::set<std::string> acknowledged;
  // Moments are drawn over the time a command really takes here, so that they fall into all of its phases.
  const auto began = std::chrono::steady_clock::now();
  acknowledged.insert(
      a.ctl({"put", "member", "name=头一个", std::string("home_village_id=") + kSanhe}).at("id"));
  a.ctl({"sync"});
  const auto took = std::chrono::steady_clock::now() - began;
  const int span = std::max(
      20, static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()) * 2 / 3);
  auto moment = [&] { return static_cast<int>(random() % static_cast<unsigned>(span)); };

  for (int n = 0; n < kills_wanted(); ++n) {
    const std::string name = "name=第" + std::to_string(n) + "人";
    std::string said;
    if (n % 3 == 0) {  // in the middle of saving
      killed_at(a, {"put", "member", name, std::string("home_village_id=") + kSanhe}, moment(), log, said);
      const Json answer = Json::parse(said, nullptr, false);
      if (answer.is_object() && answer.contains("id"))
        acknowledged.insert(answer.at("id").get<std::string>());
    } else {
      acknowledged.insert(a.ctl({"put", "member", name, std::string("home_village_id=") + kSanhe}).at("id"));
      if (n % 3 == 1) {  // the laptop, while syncing
        killed_at(a, {"sync"}, moment(), log, said);
      } else {  // the server, while a laptop syncs
        Background running(a.words({"sync"}), {{"LIANXIN_PASSPHRASE", kPassphrase}}, log);
        sleep_ms(moment());
        county.kill();
        running.wait();
        county.start();
      }
    }
  }
  county.settle({&a, &b});
  std::set<std::string> at_b;
  for (const Json& record : b.ctl({"list", "member"}))
    at_b.insert(record.at("id").get<std::string>());
  for (const std::string& id : acknowledged)
    CHECK_MESSAGE(at_b.count(id) == 1, "lost: ", id);
  CHECK(at_b.size() >= acknowledged.size());
  CHECK(a.dump() == b.dump());
}

}  // namespace
