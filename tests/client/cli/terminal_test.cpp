#include "client/cli/terminal.hpp"

#include <doctest/doctest.h>
#include <sstream>

namespace lianxin::client::cli {
namespace {

Messages texts() {
  auto messages = Messages::parse({"error.a.b = no {what}\nhello = hello {who}\n"});
  REQUIRE(messages.ok());
  return std::move(*messages);
}

}  // namespace

TEST_CASE("columns stand under one another, Chinese characters counting two") {
  CHECK(display_width("赵一a") == 5);
  CHECK(display_width("𠮷") == 2);
  CHECK(display_width("e\xCC\x81") == 1);
  const Messages messages = texts();
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal(out, err, messages, "zh", false);
  terminal.table({{"姓名", "a"}, {"x", "b\nc"}, {"单独"}});
  CHECK(out.str() == "姓名  a\nx     b c\n单独\n");
}

TEST_CASE("one endless cell does not push the column of all the others") {
  const Messages messages = texts();
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal(out, err, messages, "zh", false);
  const std::string longest(5000, 'x');
  terminal.table({{longest, "a"}, {"short", "b"}});
  CHECK(out.str() == longest + "  a\nshort" + std::string(37, ' ') + "b\n");
}

TEST_CASE("what a terminal would obey is shown, not sent: controls and marks of direction") {
  const Messages messages = texts();
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal(out, err, messages, "zh", false);
  terminal.table({{"赵\xE2\x80\xAE连心\x1B[2J", "b"}});
  CHECK(out.str() == "赵\xEF\xBF\xBD连心\xEF\xBF\xBD[2J  b\n");
  out.str("");
  terminal.say("hello", {{"who", "a\nb\tc\xC2\x9B\xE2\x81\xA6"}});
  CHECK(out.str() == "hello a\nb\tc\xEF\xBF\xBD\xEF\xBF\xBD\n");
  terminal.note("hello", {{"who", "\x07"}});
  terminal.error(fail("a.b", {{"what", "\x08"}}));
  CHECK(err.str() == "hello \xEF\xBF\xBD\nno \xEF\xBF\xBD\n");
}

TEST_CASE("under --json people's words stay away from standard output") {
  const Messages messages = texts();
  std::ostringstream out;
  std::ostringstream err;
  Terminal terminal(out, err, messages, "zh", true);
  terminal.say("hello", {{"who", "world"}});
  terminal.table({{"x"}});
  CHECK(out.str().empty());
  terminal.note("hello", {{"who", "world"}});
  CHECK(err.str() == "hello world\n");
  Error error = fail("a.b", {{"what", "way"}});
  error.record = "r1";
  terminal.error(error);
  CHECK(out.str() == "{\"error\":{\"code\":\"a.b\",\"message\":\"no way\",\"record\":\"r1\"}}\n");
}

TEST_CASE("for people an error is one sentence on standard error") {
  const Messages messages = texts();
  std::ostringstream out;
  std::ostringstream err;
  Terminal(out, err, messages, "zh", false).error(fail("a.b", {{"what", "way"}}));
  CHECK(out.str().empty());
  CHECK(err.str() == "no way\n");
}

TEST_CASE("bytes that are no text do not break the JSON") {
  const Messages messages = texts();
  std::ostringstream out;
  std::ostringstream err;
  Terminal(out, err, messages, "zh", true).value({{"x", "\xFF"}});
  CHECK(nlohmann::json::accept(out.str()));
}

TEST_CASE("times for programs are UTC, for people the county's") {
  CHECK(iso_time(0) == "1970-01-01T00:00:00Z");
  CHECK(iso_time(1795503845000) == "2026-11-24T07:04:05Z");
  CHECK(iso_time(-1000) == "1969-12-31T23:59:59Z");
  CHECK(time_text(1795503845000) == "2026-11-24 15:04");
}

}  // namespace lianxin::client::cli
