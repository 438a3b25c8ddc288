#include "client/cli/words.hpp"

#include <doctest/doctest.h>

namespace lianxin::client::cli {

using Op = store::FieldEdit::Op;
using sync::change::CauseKind;

TEST_CASE("a field word sets, clears, adds and takes away") {
  const auto set = parse_field_word("name=赵=一");
  REQUIRE(set.ok());
  CHECK(set->field == "name");
  CHECK(set->op == Op::kSet);
  CHECK(set->value == "赵=一");
  CHECK(parse_field_word("name=")->value.empty());
  CHECK(parse_field_word("members+=x")->op == Op::kAdd);
  CHECK(parse_field_word("members+=x")->field == "members");
  CHECK(parse_field_word("members-=x")->op == Op::kRemove);
  for (const char* wrong : {"", "name", "=x", "+=x", "-=", "members+=", "members-="}) {
    CAPTURE(wrong);
    const auto word = parse_field_word(wrong);
    REQUIRE_FALSE(word.ok());
    CHECK(is_about_words(word.error()));
  }
}

TEST_CASE("causes read back as they were written") {
  const std::string id = Id::make(1).text();
  for (const std::string& word : {std::string("phone"), std::string("document"), std::string("family"),
                                  std::string("correction"), "visit:" + id, "import:" + id}) {
    const auto cause = parse_cause(word);
    REQUIRE(cause.ok());
    CHECK(cause_word(*cause) == word);
  }
  CHECK(parse_cause("")->kind == CauseKind::kTyped);
  for (const char* wrong : {"visit", "visit:", "visit:x", "phone:1", "resolve", "rumour"}) {
    CAPTURE(wrong);
    const auto cause = parse_cause(wrong);
    REQUIRE_FALSE(cause.ok());
    CHECK(is_about_words(cause.error()));
  }
}

TEST_CASE("a day is a day") {
  CHECK(parse_day("2026-09-30").ok());
  CHECK(is_about_words(parse_day("2026-9-30").error()));
  CHECK(is_about_words(parse_day("2026-02-30").error()));
}

}  // namespace lianxin::client::cli
