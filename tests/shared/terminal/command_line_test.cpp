#include "shared/terminal/command_line.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <cstdlib>
#include <doctest/doctest.h>

namespace lianxin {
namespace {

constexpr std::string_view kTexts = R"texts(
usage.usage = 用法
usage.options = 选项
usage.command = 命令
usage.commands = 命令
usage.words = 要写的
usage.value = 值
usage.required = （必填）
usage.help = 帮助
usage.version = 版本
usage.version_text = {program}，目录 {catalogue}，{engine}
usage.encrypted = 加密
usage.not_encrypted = 未加密
usage.p.about = 试用
usage.p.word.file = 随便哪个文件
usage.p.word.limit = 最多几条
usage.p.word.name = 名称
usage.p.command.bundle = 文件
usage.p.command.bundle.import = 收入
usage.p.word.bundle.import.file = 收入的文件
usage.p.command.list = 列出
error.words.no_command = {words} 没有 {text}，可写 {choices}
error.words.perhaps = {words} 没有 {text}，或为 {meant}，可写 {choices}
error.words.next = {words} 后面还要写 {choices}
error.words.strange = {words} 看不懂 {text}
error.words.missing = {words} 缺少 {text}
error.words.value = {words} 的 {text} 不对：{meaning}
error.words.excludes = {words} 的 {text} 不能同用
)texts";

const Messages& texts() {
  static const Result<Messages> kMessages = Messages::parse({kTexts});
  REQUIRE(kMessages.ok());
  return *kMessages;
}

struct Program {
  CLI::App app{"", "p"};
  std::string file;
  std::string name;
  int limit = 0;
  std::string command;

  Program() {
    app.require_subcommand(1);
    app.fallthrough();
    app.add_option("--limit", limit);
    CLI::App* bundle = add_group(app, "bundle");
    add_command(*bundle, "import", command)->add_option("file", file)->required();
    CLI::App* list = add_command(app, "list", command);
    CLI::Option* from = list->add_option("--file", file);
    list->add_option("--name", name)->excludes(from);
  }

  std::optional<CommandLineReply> read(const std::vector<std::string>& words) {
    ProgramFormats formats;
    formats.catalogue = 3;
    formats.engine = "SQLite 3.0";
    return read_command_line(app, words, texts(), "p", formats);
  }
};

std::string wrong(const std::vector<std::string>& words) {
  const auto reply = Program().read(words);
  REQUIRE(reply.has_value());
  CHECK(reply->exit_code == 2);
  return reply->message;
}

TEST_CASE("right words are read, and the command is known by all its words") {
  Program program;
  CHECK_FALSE(program.read({"bundle", "import", "a.lxb", "--limit", "3"}).has_value());
  CHECK(program.command == "bundle import");
  CHECK(program.file == "a.lxb");
  CHECK(program.limit == 3);
}

TEST_CASE("wrong words are said in one line: what, where, and what may be written") {
  CHECK(wrong({}) == "p 后面还要写 bundle list\n");
  CHECK(wrong({"frob"}) == "p 没有 frob，可写 bundle list\n");
  CHECK(wrong({"frob", "list"}) == "p 没有 frob，可写 bundle list\n");
  CHECK(wrong({"frob", "bundle"}) == "p 没有 frob，可写 bundle list\n");
  CHECK(wrong({"bundle"}) == "p bundle 后面还要写 import\n");
  CHECK(wrong({"bundle", "f77", "--limit", "1"}) == "p bundle 没有 f77，可写 import\n");
  CHECK(wrong({"bundle", "import"}) == "p bundle import 缺少 file\n");
  CHECK(wrong({"list", "--colour", "red"}) == "p list 看不懂 --colour\n");
  CHECK(wrong({"list", "--limit", "many"}) == "p list 的 --limit 不对：最多几条\n");
  CHECK(wrong({"list", "--file", "f", "--name", "n"}) == "p list 的 --file 不能同用\n");
  CHECK(wrong({"list", "--file"}) == "p list 的 --file 不对：随便哪个文件\n");
}

TEST_CASE("a slip in a command is answered with the command that is probably meant") {
  for (const char* slip : {"bundel", "bundl", "bbundle", "bunble", "bnudle"})
    CHECK(wrong({slip}) == "p 没有 " + std::string(slip) + "，或为 bundle，可写 bundle list\n");
  CHECK(wrong({"bundle", "imprt"}) == "p bundle 没有 imprt，或为 import，可写 import\n");
  CHECK(wrong({"lsit"}).find("或为 list") != std::string::npos);
  CHECK(wrong({"put"}).find("或为") == std::string::npos);
  CHECK(wrong({std::string(100'000, 'b')}).find("或为") == std::string::npos);
}

TEST_CASE("help is in the words of the catalogue, the nearest one first, and lines up by columns") {
  const auto all = Program().read({"--help"});
  REQUIRE(all.has_value());
  CHECK(all->exit_code == 0);
  CHECK(all->message.find("试用") != std::string::npos);
  CHECK(all->message.find("\n  --limit <值>                最多几条\n") != std::string::npos);
  const auto taking = Program().read({"bundle", "import", "--help"});
  REQUIRE(taking.has_value());
  CHECK(taking->message.find("（必填）收入的文件") != std::string::npos);
  const auto list = Program().read({"list", "--help"});
  REQUIRE(list.has_value());
  CHECK(list->message.find("随便哪个文件") != std::string::npos);
}

TEST_CASE("who asks for help by the word gets it, of all or of one command") {
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, {"list"}, {"bundle"}, {"bundle", "import"}}) {
    std::vector<std::string> by_word = {"help"};
    by_word.insert(by_word.end(), more.begin(), more.end());
    std::vector<std::string> by_option = more;
    by_option.emplace_back("--help");
    const auto said = Program().read(by_word);
    REQUIRE(said.has_value());
    CHECK(said->exit_code == 0);
    CHECK(said->message == Program().read(by_option)->message);
  }
  CHECK(wrong({"list", "help"}).find("help") != std::string::npos);
}

TEST_CASE("a text that is missing is told to the tests") {
  Program program;
  CHECK(help_keys(program.app, texts(), "p").missing.empty());
  program.app.add_subcommand("new")->add_option("--colour", program.file);
  CHECK(help_keys(program.app, texts(), "p").missing ==
        std::vector<std::string>{"usage.p.command.new", "usage.p.word.colour"});
}

TEST_CASE("--version tells formats and engine, for people and for programs") {
  const auto people = Program().read({"--version"});
  REQUIRE(people.has_value());
  CHECK(people->exit_code == 0);
  CHECK(people->message == "p，目录 3，SQLite 3.0\n未加密\n");
  const auto json = Program().read({"--version", "--json"});
  REQUIRE(json.has_value());
  CHECK(json->exit_code == 0);
  CHECK(json->message.starts_with("{\"program\":\"p\",\"version\":\""));
  CHECK(json->message.find("\"catalogue\":3,") != std::string::npos);
  CHECK(json->message.ends_with(",\"encrypted\":false}\n"));
}

/// What these variables say for the time of a test.
class Spoken {
 public:
  Spoken() {
    for (const char* name : kNames)
      unsetenv(name);
  }
  Spoken(const Spoken&) = delete;
  Spoken& operator=(const Spoken&) = delete;
  ~Spoken() {
    for (const char* name : kNames)
      unsetenv(name);
    setenv("LIANXIN_LANG", "zh", 1);
  }

 private:
  static constexpr std::array<const char*, 4> kNames = {"LIANXIN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
};

TEST_CASE("the language is the last one asked for, else what the environment says, else Chinese") {
  const Spoken spoken;
  CHECK(language_of({}) == "zh");
  CHECK(language_of({"list", "--lang", "en"}) == "en");
  CHECK(language_of({"--lang=en", "--lang", "zh"}) == "zh");
  setenv("LANG", "en_US.UTF-8", 1);
  CHECK(language_of({}) == "en");
  CHECK(language_of({"--lang", "fr"}) == "en");
  CHECK(language_of({"list", "--lang"}) == "en");
  CHECK(language_of({"--lang", "zh"}) == "zh");
  setenv("LC_MESSAGES", "zh_CN.UTF-8", 1);
  CHECK(language_of({}) == "zh");
  setenv("LC_ALL", "en_GB", 1);
  CHECK(language_of({}) == "en");
  setenv("LC_ALL", "C.UTF-8", 1);
  CHECK(language_of({}) == "zh");
  setenv("LIANXIN_LANG", "en", 1);
  CHECK(language_of({}) == "en");
}

}  // namespace
}  // namespace lianxin
