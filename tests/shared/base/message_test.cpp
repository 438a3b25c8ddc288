#include "shared/base/message.hpp"

#include <doctest/doctest.h>

namespace lianxin {
namespace {

TEST_CASE("sentences are found by key, names in braces filled in") {
  const auto messages =
      Messages::parse({"# comment\n\na.b = {n} of {n}, not {other}\nline = one\\ntwo\n", "c = x = y\n"});
  REQUIRE(messages.ok());
  CHECK(messages->get("a.b", {{"n", "3"}}) == "3 of 3, not {other}");
  CHECK(messages->get("line") == "one\ntwo");
  CHECK(messages->get("c") == "x = y");
  CHECK(messages->has("c"));
  CHECK_FALSE(messages->has("d"));
  CHECK(messages->keys() == std::vector<std::string>{"a.b", "c", "line"});
}

TEST_CASE("one is spoken of otherwise than many, where the sentence says so") {
  const auto messages = Messages::parse({"k = {n} {n|change waits|changes wait}, {m|a|b} {n|half\n"});
  REQUIRE(messages.ok());
  CHECK(messages->get("k", {{"n", "1"}}) == "1 change waits, {m|a|b} {n|half");
  CHECK(messages->get("k", {{"n", "0"}, {"m", "1"}}) == "0 changes wait, a {n|half");
  CHECK(messages->get("k", {{"n", "1,001"}, {"m", "21"}}) == "1,001 changes wait, b {n|half");
}

TEST_CASE("a missing sentence shows its key, so that it is seen at once") {
  CHECK(Messages().get("no.such") == "no.such");
  CHECK(Messages().sentence(fail("store.full")) == "error.store.full");
}

TEST_CASE("a value that looks like a name in braces is not filled again") {
  const auto messages = Messages::parse({"k = <{a}><{b}>"});
  REQUIRE(messages.ok());
  CHECK(messages->get("k", {{"a", "{b}"}, {"b", "{a}"}}) == "<{b}><{a}>");
}

TEST_CASE("a reason of the system's is said in words, whatever else is not") {
  const auto messages = Messages::parse({"error.file.unwritable = {path}: {why}\nwhy.no_space = full"});
  REQUIRE(messages.ok());
  CHECK(messages->sentence(fail("file.unwritable", {{"path", "a"}, {"why", "why.no_space"}})) == "a: full");
  CHECK(messages->sentence(fail("file.unwritable", {{"path", "a"}, {"why", "because"}})) == "a: because");
}

TEST_CASE("a separator keeps the blank at its end") {
  const auto messages = Messages::parse({"comma = ,\\s\nlines = a\\nb\n"});
  REQUIRE(messages.ok());
  CHECK(messages->get("comma") == ", ");
  CHECK(messages->get("lines") == "a\nb");
}

TEST_CASE("a kind of record is said by its name") {
  const auto messages = Messages::parse({"error.record.field = {kind}: {field}\nkind.visit = Visit"});
  REQUIRE(messages.ok());
  CHECK(messages->sentence(fail("record.field", {{"kind", "visit"}, {"field", "visit"}})) == "Visit: visit");
  CHECK(messages->sentence(fail("record.field", {{"kind", "rumour"}, {"field", "a"}})) == "rumour: a");
}

TEST_CASE("an error's sentence is error.<code>; a problem's code is its own key") {
  const auto messages = Messages::parse({"error.store.full = full\nproblem.date = no date in {field}\n"});
  REQUIRE(messages.ok());
  CHECK(messages->sentence(fail("store.full")) == "full");
  CHECK(messages->sentence(fail("problem.date", {{"field", "born"}})) == "no date in born");
}

TEST_CASE("a line without a key, and a key given twice, are refused") {
  CHECK(Messages::parse({"just words\n"}).error().code == "message.malformed");
  CHECK(Messages::parse({" = x\n"}).error().code == "message.malformed");
  CHECK(Messages::parse({"a = 1\n", "a = 2\n"}).error().code == "message.twice");
}

}  // namespace
}  // namespace lianxin
