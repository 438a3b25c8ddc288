#include "shared/domain/catalogue.hpp"

#include <doctest/doctest.h>
#include <set>
#include <string>

#include "assets/assets.hpp"
#include "shared/base/message.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalogue_reader.hpp"
#include "shared/domain/catalogue_words.hpp"
#include "shared/domain/codes.hpp"

using namespace lianxin;
using namespace lianxin::domain;

namespace {

const std::string kHead = "version\t1\n";
const std::string kKind = "kind\t1\tthing\tprofile\tshelf\n";

std::string field_row(const std::string& words) { return "field\t" + words + "\n"; }

std::string why_of(const std::string& tsv) {
  const auto parsed = Catalogue::parse(tsv);
  REQUIRE_FALSE(parsed.ok());
  CHECK(parsed.error().code == "catalogue.malformed");
  return parsed.error().args.at(1).value;
}

Messages texts(std::string_view language) {
  auto parsed = Messages::parse(assets::texts(language));
  REQUIRE(parsed.ok());
  return *parsed;
}

bool holds_codes(const Field& field) {
  return field.type == Type::kCode || field.type == Type::kCodeSet || field.type == Type::kCodeList;
}

TEST_CASE("the program's own catalogue is whole: numbers, targets, places") {
  const auto parsed = Catalogue::parse(assets::file("assets/catalogue/base.tsv"));
  const std::string fault =
      parsed.ok() ? "" : parsed.error().args.at(0).value + ": " + parsed.error().args.at(1).value;
  REQUIRE_MESSAGE(parsed.ok(), fault);
  std::set<std::uint16_t> kinds;
  for (const Kind& kind : parsed->kinds()) {
    CHECK_MESSAGE(kinds.insert(kind.wire).second, kind.name);
    std::set<std::uint16_t> fields;
    for (const Field& field : kind.fields) {
      INFO(kind.name, ".", field.name);
      CHECK(fields.insert(field.wire).second);
      CHECK(field.wire >= kFirstKindField);
      CHECK(field.wire < kFirstCustomField);
      if (holds_codes(field)) CHECK(code_list(field.target) != nullptr);
      const bool refers = field.type == Type::kReference || field.type == Type::kReferenceSet;
      if (refers) CHECK(parsed->kind(field.target) != nullptr);
    }
    const bool has_place =
        kind.scope_rule == ScopeRule::kShelf || !kind.scope_field.empty() || !kind.parent_fields.empty();
    CHECK_MESSAGE(has_place, kind.name);
  }
}

TEST_CASE("every kind and field has its name in both languages") {
  for (const std::string_view language : {"zh-CN", "en"}) {
    const Messages messages = texts(language);
    for (const Field& field : Catalogue::common_fields())
      CHECK(messages.has("field.common." + field.name));
    for (const Kind& kind : Catalogue::base().kinds()) {
      CHECK_MESSAGE(messages.has("kind." + kind.name), kind.name);
      for (const Field& field : kind.fields) {
        CHECK_MESSAGE(messages.has("field." + kind.name + "." + field.name), kind.name, ".", field.name);
      }
    }
  }
}

TEST_CASE("no name in the texts is left over from a field that is gone") {
  for (const std::string& key : texts("en").keys()) {
    const std::vector<std::string> parts = split(key, '.');
    if (parts.front() != "field" || parts.size() != 3 || parts[1] == "common") continue;
    const Kind* kind = Catalogue::base().kind(parts[1]);
    REQUIRE_MESSAGE(kind != nullptr, key);
    CHECK_MESSAGE(kind->field(parts[2]) != nullptr, key);
  }
}

TEST_CASE("only a place, a name, a period and the facts' own questions block saving") {
  std::set<std::string> blocking;
  for (const Kind& kind : Catalogue::base().kinds()) {
    if (kind.is_fact) continue;
    std::set<std::string> places(kind.parent_fields.begin(), kind.parent_fields.end());
    places.insert(kind.scope_field);
    for (const Field& field : kind.fields) {
      const bool is_place = places.count(field.name) > 0;
      if (field.required == Required::kBlocks && !is_place) blocking.insert(kind.name + "." + field.name);
    }
  }
  const std::vector<std::string> names(blocking.begin(), blocking.end());
  CHECK(join(names, " ") ==
        "duty_shift.from member.name month_close.month township_register.quarter village_table.quarter");
}

TEST_CASE("facts carry the organisation and the division of their day, unless they hang on another record") {
  for (const std::string_view name :
       {"visit", "contact_attempt", "stock_movement", "delivery", "delivery_event", "case_event",
        "consultation", "activity", "attendance", "content_push", "aid", "points_entry", "survey_answer",
        "pledge", "correction", "quarter_refresh"}) {
    const Kind* kind = Catalogue::base().kind(name);
    REQUIRE(kind != nullptr);
    CHECK(kind->field("org_id_at_event") != nullptr);
    CHECK(kind->field("division_code_at_event") != nullptr);
  }
}

TEST_CASE("signatures, sensitive lists and classes as decided") {
  const Catalogue& base = Catalogue::base();
  CHECK(base.kind("visit")->field("ack_strokes")->type == Type::kStrokes);
  CHECK(base.kind("delivery")->field("receipt_strokes")->type == Type::kStrokes);
  const Kind& member = *base.kind("member");
  CHECK(member.field("care_flag")->type == Type::kCodeList);
  CHECK_FALSE(member.field("care_flag")->is_set());
  CHECK(member.field("care_flag")->privacy == PrivacyClass::kHardship);
  CHECK(member.field("id_no")->privacy == PrivacyClass::kIdentity);
  CHECK(member.field("home_address")->privacy == PrivacyClass::kContact);
  CHECK(member.field("remark")->privacy == PrivacyClass::kNotes);
  CHECK(member.field("home_village_id")->privacy == PrivacyClass::kGeneral);
  CHECK(base.kind("visit")->field("members")->policy == Policy::kBoth);
  CHECK(base.kind("contact_attempt")->field("outcome")->policy == Policy::kFact);
}

TEST_CASE("a hardship file and its aid are of class hardship throughout, the place they hang on too") {
  for (const std::string_view name : {"hardship_record", "aid"}) {
    const Kind& kind = *Catalogue::base().kind(name);
    CHECK(kind.parent_fields == std::vector<std::string>{"member_id"});
    for (const Field& field : kind.fields)
      CHECK_MESSAGE(field.privacy == PrivacyClass::kHardship, kind.name, ".", field.name);
  }
}

TEST_CASE("how the fields of the later kinds merge, kind by kind") {
  struct Row {
    std::string_view kind;
    std::string_view scalars;  ///< policy of every field that is no set
    bool is_fact;
  };
  const std::vector<Row> rows{
      {"venue", "review", false},
      {"contact_group", "review", false},
      {"contact_group_member", "review", false},
      {"team", "review", false},
      {"team_member", "review", false},
      {"activity", "review", true},
      {"content_push", "review", true},
      {"support_pair", "review", false},
      {"hardship_record", "review", false},
      {"aid", "review", true},
      {"points_rule", "review", false},
      {"points_entry", "review", true},
      {"survey", "review", false},
      {"survey_answer", "fact", true},
      {"pledge", "review", true},
      {"duty_role", "review", false},
      {"transfer_request", "review", false},
      {"correction", "review", false},
      {"village_table", "review", false},
      {"township_register", "review", false},
      {"month_close", "review", false},
      {"quarter_refresh", "fact", true},
      {"report_snapshot", "fact", true},
      {"report_part", "fact", true},
      {"duty_shift", "review", false},
      {"festival_day", "review", false},
      {"parameter", "review", false},
      {"audit_entry", "fact", true},
  };
  for (const Row& row : rows) {
    const Kind* kind = Catalogue::base().kind(row.kind);
    REQUIRE_MESSAGE(kind != nullptr, row.kind);
    CHECK_MESSAGE(kind->is_fact == row.is_fact, row.kind);
    for (const Field& field : kind->fields) {
      INFO(row.kind, ".", field.name);
      CHECK(word(field.policy) == (field.is_set() ? "both" : row.scalars));
    }
  }
  // Who came to what on which day is said once; how they were marked may be corrected later.
  const Kind& attendance = *Catalogue::base().kind("attendance");
  for (const Field& field : attendance.fields) {
    const bool mark = field.name == "status" || field.name == "via" || field.name == "made_up_on";
    CHECK_MESSAGE(word(field.policy) == (mark ? "review" : "fact"), field.name);
  }
}

TEST_CASE("fields are found by name and number, those of every record too") {
  const Kind& member = *Catalogue::base().kind("member");
  CHECK(Catalogue::base().kind(member.wire) == &member);
  CHECK(member.field("name")->wire == 32);
  CHECK(member.field(32)->name == "name");
  CHECK(member.field(kFieldVoided)->name == "voided");
  CHECK(member.field("alias_of")->wire == kFieldAliasOf);
  CHECK(member.field("nothing") == nullptr);
  CHECK(member.field(31) == nullptr);
  CHECK(Catalogue::base().kind("nothing") == nullptr);
  CHECK(Catalogue::base().kind(std::uint16_t{9999}) == nullptr);
}

TEST_CASE("a file with a fault is refused, with its line") {
  CHECK(why_of(kKind) == "no version");
  CHECK(why_of("version\t0\n") == "version");
  CHECK(why_of(kHead + "row\n") == "unknown row row");
  CHECK(why_of(kHead + "kind\t1\tthing\tevent\tshelf\n") == "neither fact nor profile: event");
  CHECK(why_of(kHead + "kind\t1\tThing\tfact\tshelf\n") == "kind name Thing");
  CHECK(why_of(kHead + kKind + kKind) == "kind number twice: 1");
  CHECK(why_of(kHead + "kind\t1\tthing\tfact\tfield:place\n") == "scope of thing: place");
  CHECK(why_of(kHead + field_row("32\ta\ttext\treview\tgeneral\t-\t-\t-\t-\t1")) ==
        "a field before the first kind");
  CHECK(why_of(kHead + kKind + field_row("31\ta\ttext\treview\tgeneral\t-\t-\t-\t-\t1")) ==
        "field number 31");
  CHECK(why_of(kHead + kKind + field_row("32\ta\tword\treview\tgeneral\t-\t-\t-\t-\t1")) ==
        "unknown word at field a");
  CHECK(why_of(kHead + kKind + field_row("32\ta\tcode\treview\tgeneral\t-\t-\tno_list\t-\t1")) ==
        "code list of thing.a");
  CHECK(why_of(kHead + kKind + field_row("32\ta\treference\treview\tgeneral\t-\t-\tno\t-\t1")) ==
        "kind of thing.a");
  CHECK(why_of(kHead + kKind + field_row("32\ta\ttext\tboth\tgeneral\t-\t-\t-\t-\t1")) ==
        "policy of thing.a");
  CHECK(why_of(kHead + kKind + field_row("32\ta\ttext\treview\tgeneral\t-\t-\t-\tlenght:1..2\t1")) ==
        "check of thing.a: lenght:1..2");
  CHECK(why_of(kHead + kKind + field_row("32\ta\tdate\treview\tgeneral\t-\t-\t-\tnot_before:b\t1")) ==
        "check of thing.a: not_before:b");
  const std::string a = field_row("32\ta\ttext\treview\tgeneral\t-\t1\t-\t-\t1");
  CHECK(why_of(kHead + kKind + a + field_row("32\tb\ttext\treview\tgeneral\t-\t-\t-\t-\t1")) ==
        "field number twice: thing.b");
  CHECK(why_of(kHead + kKind + a + field_row("33\ta\ttext\treview\tgeneral\t-\t-\t-\t-\t1")) ==
        "field twice: thing.a");
  CHECK(why_of(kHead + kKind + a + field_row("33\tvoided\ttext\treview\tgeneral\t-\t-\t-\t-\t1")) ==
        "field twice: thing.voided");
  CHECK(why_of(kHead + kKind + a + field_row("33\tb\ttext\treview\tnotes\t-\t1\t-\t-\t1")) ==
        "group across classes: thing.a");
  const auto second_line = Catalogue::parse(kHead + "nonsense\n");
  CHECK(second_line.error().args.at(0).value == "2");
}

TEST_CASE("comments, blank lines and Windows line ends are no fault") {
  const auto parsed = Catalogue::parse("# note\r\n\r\nversion\t3\r\nkind\t7\tthing\tfact\tshelf\r\n");
  REQUIRE(parsed.ok());
  CHECK(parsed->version() == 3);
  CHECK(parsed->kind("thing")->is_fact);
}

TEST_CASE("words of the rows read back") {
  CHECK(word(Policy::kReview) == "review");
  CHECK(word(PrivacyClass::kHardship) == "hardship");
  CHECK(word(Type::kPartialDate) == "partial_date");
  CHECK(word(Required::kBlocks) == "blocks");
  CHECK(type_of("code_list") == Type::kCodeList);
  CHECK(policy_of("both") == Policy::kBoth);
  CHECK(privacy_of("notes") == PrivacyClass::kNotes);
  CHECK(required_of("-") == Required::kNo);
  CHECK_FALSE(type_of("word").has_value());
  CHECK_FALSE(policy_of("").has_value());
}

}  // namespace
