#include "sync/server/admin/output.hpp"

#include <doctest/doctest.h>
#include <sstream>

namespace lianxin::test {
namespace {

using namespace sync::server::admin;  // NOLINT: a test's own file

struct Spoken {
  explicit Spoken(bool json, const char* language = "en")
      : messages(load_messages(language).value()), output(out, err, messages, json) {}
  std::ostringstream out;
  std::ostringstream err;
  Messages messages;
  Output output;
};

TEST_CASE("programs get JSON and nothing else, people get lines and no JSON") {
  Spoken json(true);
  json.output.value(Json{{"a", 1}});
  json.output.say("server.verify.ok");
  json.output.aside("server.verify.ok");
  CHECK(json.out.str() == "{\"a\":1}\n");
  CHECK(json.err.str() == "Everything agrees.\n");
  Spoken people(false);
  people.output.value(Json{{"a", 1}});
  people.output.say("server.verify.ok");
  CHECK(people.out.str() == "Everything agrees.\n");
}

TEST_CASE("a list is one JSON array, also an empty one, and a second one begins anew") {
  Spoken json(true);
  json.output.end_items();
  json.output.item(1);
  json.output.item("two");
  json.output.end_items();
  json.output.item(3);
  json.output.end_items();
  CHECK(json.out.str() == "[]\n[1,\n\"two\"]\n[3]\n");
  Spoken people(false);
  people.output.item(1);
  people.output.end_items();
  CHECK(people.out.str().empty());
}

TEST_CASE("what a terminal would obey is shown to an administrator, not sent") {
  Spoken people(false);
  people.output.line("甲\x1B[31m");
  people.output.aside("server.init.pin", {{"pin", "\x1B]0;x\x07"}});
  people.output.failure(fail("server.file", {{"file", "\x1B[2J"}}, "\x1B[2J"));
  CHECK(people.out.str() == "甲\xEF\xBF\xBD[31m\n");
  CHECK(people.err.str().find('\x1B') == std::string::npos);
  CHECK(people.err.str().find('\x07') == std::string::npos);
}

TEST_CASE("a failure gives exit status 1, its sentence and its record") {
  Spoken json(true);
  Error error = fail("server.file", {{"file", "f.csv"}}, "no such file");
  error.record = "r";
  CHECK(json.output.failure(error) == 1);
  const Json said = Json::parse(json.out.str()).at("error");
  CHECK(said.at("code") == "server.file");
  CHECK(said.at("record") == "r");
  CHECK(said.at("message") == "The file f.csv cannot be read. Check its name and try again.");
  CHECK(json.err.str().find("(no such file)") != std::string::npos);
}

TEST_CASE("what a laptop mends by itself is said otherwise to an administrator") {
  Spoken people(false);
  CHECK(people.output.failure(fail("store.damaged", {{"path", "/srv/county"}})) == 1);
  CHECK(people.err.str().find("The database in /srv/county is damaged") == 0);
  CHECK(people.err.str().find("laptop is damaged") == std::string::npos);
}

TEST_CASE("moments are told in the county's time, 'never' is empty") {
  CHECK(moment_text(0).empty());
  CHECK(moment_text(1'795'534'221'421) == "2026-11-24 23:30");
}

}  // namespace
}  // namespace lianxin::test
