#include "sync/server/admin/options.hpp"

#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>

#include "assets/assets.hpp"

namespace lianxin::test {
namespace {

using sync::server::admin::Parsed;

Messages messages_in(const char* language) {
  Result<Messages> messages = Messages::parse(assets::texts(language));
  REQUIRE(messages.ok());
  return *messages;
}

Parsed parse(const std::vector<const char*>& words) {
  return sync::server::admin::parse_words({words.begin(), words.end()}, messages_in("zh-CN"));
}

TEST_CASE("options may stand before, between and after the words of a command") {
  const std::vector<std::vector<const char*>> orders = {
      {"--data", "d", "--json", "worker", "add", "--name", "n", "--role", "worker", "--scope", "1"},
      {"worker", "--data", "d", "add", "--name", "n", "--json", "--role", "worker", "--scope", "1"},
      {"worker", "add", "--name", "n", "--role", "worker", "--scope", "1", "--data", "d", "--json"},
  };
  for (const auto& words : orders) {
    const Parsed parsed = parse(words);
    INFO(parsed.message);
    REQUIRE(parsed.ok);
    CHECK(parsed.options.command == "worker add");
    CHECK(parsed.options.data == "d");
    CHECK(parsed.options.json);
    CHECK(parsed.options.name == "n");
    CHECK(parsed.options.role == "worker");
    CHECK(parsed.options.scope == "1");
  }
}

TEST_CASE("every command of the contract is known by its words") {
  const std::vector<std::pair<std::string, std::vector<const char*>>> commands = {
      {"init", {"init", "--name", "n", "--host", "h", "--host", "i", "--listen", "l", "--store", "sqlite"}},
      {"serve", {"serve", "--listen", "127.0.0.1:0"}},
      {"division import", {"division", "import", "f.csv"}},
      {"division list", {"division", "list"}},
      {"worker list", {"worker", "list"}},
      {"worker grant", {"worker", "grant", "id", "--role", "r", "--scope", "s"}},
      {"worker end", {"worker", "end", "id"}},
      {"device add", {"device", "add", "--worker", "w", "--out", "f"}},
      {"device list", {"device", "list"}},
      {"device revoke", {"device", "revoke", "id"}},
      {"device report", {"device", "report", "id"}},
      {"device close-gap", {"device", "close-gap", "id", "--reason", "r"}},
      {"bundle import", {"bundle", "import", "f", "--answer", "g"}},
      {"bundle export", {"bundle", "export", "--device", "id", "--out", "f"}},
      {"bundle inspect", {"bundle", "inspect", "f"}},
      {"quarantine list", {"quarantine", "list"}},
      {"quarantine accept", {"quarantine", "accept", "id"}},
      {"quarantine close", {"quarantine", "close", "id", "--reason", "r"}},
      {"dump", {"dump", "--scope", "s", "--shelf"}},
      {"verify", {"verify"}},
      {"stats", {"stats"}},
      {"audit", {"audit", "--who", "w", "--record", "r", "--since", "2026-09-30"}},
      {"backup", {"backup", "f"}},
      {"restore", {"restore", "f"}},
  };
  for (const auto& [called, given] : commands) {
    const std::string& name = called;  // what is told of a failure must have a name of its own
    std::vector<const char*> words = given;
    words.insert(words.end(), {"--data", "d"});
    const Parsed parsed = parse(words);
    INFO(name, ": ", parsed.message);
    CHECK(parsed.ok);
    CHECK(parsed.options.command == name);
  }
}

TEST_CASE("wrong words end with 2 and say what is wrong, help ends with 0") {
  const std::vector<std::vector<const char*>> wrong = {
      {},
      {"--data", "d"},
      {"frobnicate", "--data", "d"},
      {"worker", "--data", "d"},
      {"worker", "add", "--name", "n", "--data", "d"},
      {"serve", "--data", "d", "--colour", "red"},
      {"stats", "--data", "d", "--lang", "fr"},
      {"stats", "extra", "--data", "d"},
      {"quarantine", "close", "id", "--data", "d"},
  };
  unsetenv("LIANXIN_DATA");
  for (const auto& words : wrong) {
    const Parsed parsed = parse(words);
    CHECK_FALSE(parsed.ok);
    CHECK(parsed.exit_code == 2);
    CHECK_FALSE(parsed.message.empty());
  }
  CHECK(parse({"stats"}).exit_code == 2);  // no data folder
  CHECK_FALSE(parse({"stats"}).ok);
  CHECK(parse({"--help"}).exit_code == 0);
  CHECK(parse({"worker", "add", "--help"}).message.find("--role") != std::string::npos);
}

TEST_CASE("every command and every option has its help in both languages, and no help is left over") {
  for (const char* language : {"zh-CN", "en"}) {
    const Messages messages = messages_in(language);
    const HelpKeys keys = sync::server::admin::help_keys(messages);
    CHECK(keys.missing == std::vector<std::string>{});
    for (const std::string& key : messages.keys()) {
      if (!key.starts_with("usage.lianxin-server.")) continue;
      INFO(key);
      CHECK(std::find(keys.used.begin(), keys.used.end(), key) != keys.used.end());
    }
  }
}

TEST_CASE("the data folder may come from the environment, the language as well") {
  setenv("LIANXIN_DATA", "from-environment", 1);
  CHECK(parse({"stats"}).options.data == "from-environment");
  CHECK(parse({"stats", "--data", "typed"}).options.data == "typed");
  unsetenv("LIANXIN_DATA");
  CHECK(parse({"stats", "--data", "d"}).options.language == "zh");
  setenv("LIANXIN_LANG", "en", 1);
  CHECK(parse({"stats", "--data", "d"}).options.language == "en");
  setenv("LIANXIN_LANG", "zh", 1);
}

}  // namespace
}  // namespace lianxin::test
