#include "tests/sync/server/admin/desk.hpp"

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <sstream>

#include "sync/server/admin/program.hpp"

namespace lianxin::test {

Answer run_words(const std::vector<std::string>& words) {
  std::vector<const char*> argv = {"lianxin-server"};
  for (const std::string& word : words)
    argv.push_back(word.c_str());
  std::ostringstream out;
  std::ostringstream err;
  Answer answer;
  answer.exit_code = sync::server::admin::run_program(static_cast<int>(argv.size()), argv.data(), out, err);
  answer.out = out.str();
  answer.err = err.str();
  return answer;
}

namespace {

const std::vector<std::string> kInit = {"init",      "--name",   "靖宇",          "--host",
                                        "127.0.0.1", "--listen", "127.0.0.1:8443"};

/// Made once, copied for every test: a county costs a passphrase hash and many durable writes.
struct Made {
  Desk desk;
  std::string worker;
};

const Made& bare_county() {
  static Made made;
  if (!std::filesystem::exists(made.desk.data())) static_cast<void>(made.desk.json(kInit));
  return made;
}

const Made& county() {
  static Made made;
  if (made.worker.empty()) {
    std::filesystem::copy(bare_county().desk.data(), made.desk.data());
    static_cast<void>(
        made.desk.json({"division", "import", source_file("assets/divisions/divisions-220622.csv")}));
    made.worker = made.desk.json({"worker", "add", "--name", "甲", "--role", "worker", "--scope", kSanheCode})
                      .at("worker");
  }
  return made;
}

}  // namespace

Desk::Desk() { setenv("LIANXIN_PASSPHRASE", kAdminPassphrase, 1); }

Answer Desk::try_json(std::vector<std::string> words) const {
  words.insert(words.end(), {"--data", data(), "--json"});
  return run_words(words);
}

nlohmann::json Desk::json(const std::vector<std::string>& words) const {
  const Answer answer = try_json(words);
  INFO(words.front(), ": ", answer.out, answer.err);
  REQUIRE(answer.exit_code == 0);
  return answer.json();
}

std::string Desk::text(std::vector<std::string> words) const {
  words.insert(words.end(), {"--data", data(), "--lang", "en"});
  const Answer answer = run_words(words);
  INFO(words.front(), ": ", answer.out, answer.err);
  REQUIRE(answer.exit_code == 0);
  return answer.out;
}

void Desk::init() const { std::filesystem::copy(bare_county().desk.data(), data()); }

std::string Desk::county_with_worker() const {
  std::filesystem::copy(county().desk.data(), data());
  return county().worker;
}

std::string source_file(const std::string& path) {
  const char* root = std::getenv("LX_SOURCE_DIR");
  return std::string(root == nullptr ? "." : root) + "/" + path;
}

}  // namespace lianxin::test
