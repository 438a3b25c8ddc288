#include "client/cli/options.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "assets/assets.hpp"

namespace lianxin::client::cli {
namespace {

Messages messages_in(const char* language) {
  Result<Messages> messages = Messages::parse(assets::texts(language));
  REQUIRE(messages.ok());
  return *messages;
}

Parsed parse_words(const std::vector<std::string>& words) {
  return cli::parse_words(words, messages_in("zh-CN"));
}

}  // namespace

TEST_CASE("options of the program may stand before or behind the command") {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"--home", "a", "--json", "--lang", "en", "list", "member", "--limit", "3"},
           {"list", "member", "--limit", "3", "--json", "--lang", "en", "--home", "a"},
           {"--json", "list", "--home", "a", "member", "--lang", "en", "--limit", "3"}}) {
    const Parsed parsed = parse_words(words);
    REQUIRE(parsed.ok);
    CHECK(parsed.options.command == "list");
    CHECK(parsed.options.kind == "member");
    CHECK(parsed.options.home == "a");
    CHECK(parsed.options.language == "en");
    CHECK(parsed.options.json);
    CHECK(parsed.options.limit == 3);
  }
}

TEST_CASE("also behind a command of two words") {
  const Parsed parsed = parse_words({"conflict", "resolve", "c1", "--take", "0000000000000001:2", "--json"});
  REQUIRE(parsed.ok);
  CHECK(parsed.options.command == "conflict resolve");
  CHECK(parsed.options.id == "c1");
  CHECK(parsed.options.take == "0000000000000001:2");
  CHECK(parsed.options.json);
}

TEST_CASE("field words keep their blanks, commas, brackets and minus signs") {
  const Parsed parsed = parse_words({"put", "member", "name=赵 一, 二", "remark=[a,b]", "home_address=-",
                                     "purposes+=talk", "purposes-=talk", "name="});
  REQUIRE(parsed.ok);
  CHECK(parsed.options.words == std::vector<std::string>{"name=赵 一, 二", "remark=[a,b]", "home_address=-",
                                                         "purposes+=talk", "purposes-=talk", "name="});
}

TEST_CASE("wrong words are 2, help is 0") {
  CHECK(parse_words({"frobnicate"}).exit_code == 2);
  CHECK(parse_words({}).exit_code == 2);
  CHECK(parse_words({"put"}).exit_code == 2);
  CHECK(parse_words({"list", "member", "--lang", "fr"}).exit_code == 2);
  CHECK(parse_words({"conflict"}).exit_code == 2);
  const Parsed help = parse_words({"--help"});
  CHECK_FALSE(help.ok);
  CHECK(help.exit_code == 0);
  CHECK(help.message.find("put") != std::string::npos);
}

TEST_CASE("every command and every option has its help in both languages, and no help is left over") {
  for (const char* language : {"zh-CN", "en"}) {
    const Messages messages = messages_in(language);
    const HelpKeys keys = help_keys(messages);
    CHECK(keys.missing == std::vector<std::string>{});
    for (const std::string& key : messages.keys()) {
      if (!key.starts_with("usage.lianxinctl.")) continue;
      INFO(key);
      CHECK(std::find(keys.used.begin(), keys.used.end(), key) != keys.used.end());
    }
  }
}

}  // namespace lianxin::client::cli
