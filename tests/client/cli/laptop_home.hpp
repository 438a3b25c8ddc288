#pragma once
// A laptop's home for tests of commands, and a command run on it as from a terminal.
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "client/cli/run.hpp"
#include "client/store/laptop_store.hpp"

namespace lianxin::client::cli {

using nlohmann::json;

inline constexpr const char* kPassphrase = "lianxin-test-passphrase";
inline constexpr const char* kVillage = "220622101200";

struct Ran {
  int exit_code = -1;
  std::string out;
  std::string err;
  [[nodiscard]] json value() const { return json::parse(out); }
};

/// A laptop of one village, not yet synced.
class Home {
 public:
  Home() : folder_(std::filesystem::temp_directory_path() / ("lianxin-cli-" + ReplicaId::random().text())) {
    setenv("LIANXIN_PASSPHRASE", kPassphrase, 1);
    store::NewStore made;
    made.home = folder_ / "home";
    made.passphrase = kPassphrase;
    made.identity.worker = Id::make(1);
    made.identity.worker_name = "甲";
    made.identity.server_name = "靖宇";
    made.identity.machine_mark = "0123456789abcdef";
    made.replica = ReplicaId::random();
    made.cost = {1, 8};
    made.scopes = {{Id{}, "", {0, 1, 2, 3, 4}}, {Id::make(2), kVillage, {0, 1, 2, 4}}};
    const auto store = store::LaptopStore::create(made, SystemClock());
    REQUIRE_MESSAGE(store.ok(), store.error().code);
  }
  Home(const Home&) = delete;
  Home& operator=(const Home&) = delete;
  ~Home() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  [[nodiscard]] Ran text(std::vector<std::string> words) const {
    return run_with({"--home", home().string()}, words);
  }
  [[nodiscard]] Ran ctl(std::vector<std::string> words) const {
    return run_with({"--home", home().string(), "--json"}, words);
  }
  json must(const std::vector<std::string>& words) const {
    const Ran ran = ctl(words);
    INFO(words.front(), ": ", ran.out, ran.err);
    REQUIRE(ran.exit_code == 0);
    return ran.value();
  }
  [[nodiscard]] std::filesystem::path home() const { return folder_ / "home"; }
  [[nodiscard]] std::filesystem::path folder() const { return folder_; }

  static Ran run_with(std::vector<std::string> front, const std::vector<std::string>& words) {
    front.insert(front.end(), words.begin(), words.end());
    std::ostringstream out;
    std::ostringstream err;
    Ran ran;
    ran.exit_code = run(front, out, err);
    ran.out = out.str();
    ran.err = err.str();
    return ran;
  }

 private:
  std::filesystem::path folder_;
};

inline std::string put_member(const Home& home, const std::string& name) {
  return home.must({"put", "member", "name=" + name, std::string("home_village_id=") + kVillage}).at("id");
}

/// Exit 1, one JSON error, one line with a sentence that is not its own key.
inline void check_refused(const Ran& ran, const std::string& code) {
  INFO(ran.out, ran.err);
  CHECK(ran.exit_code == 1);
  const json error = ran.value().at("error");
  CHECK(error.at("code") == code);
  const std::string message = error.at("message");
  CHECK(message.find("error.") == std::string::npos);
  CHECK(message.find('\n') == std::string::npos);
}

}  // namespace lianxin::client::cli
