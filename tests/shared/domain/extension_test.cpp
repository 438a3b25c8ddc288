#include "shared/domain/extension.hpp"

#include <cstdlib>
#include <doctest/doctest.h>

#include "assets/assets.hpp"
#include "shared/base/file.hpp"
#include "shared/base/message.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/check.hpp"
#include "shared/domain/optional_fields.hpp"

using namespace lianxin;
using namespace lianxin::domain;

namespace {

const std::string kMemberHead = "version\t2\nkind\tmember\n";

/// A field with its name and its purpose, `words` from the type on.
std::string own_field(const std::string& number, const std::string& name, const std::string& words) {
  return "field\t" + number + "\t" + name + "\t" + words + "\nlabel\t" + name +
         "\t车次\tBus line\npurpose\t" + name + "\t安排接送车辆\n";
}
const std::string kPlainText = "text\treview\tgeneral\t-\t-\t-\t-\t1";

Extension read_file_of(const std::string& file) {
  auto read = read_extension(file);
  REQUIRE_MESSAGE(read.ok(), read.error().code);
  return *read;
}

/// The first error of a file, "" = all of it is taken.
std::string fault_of(const std::string& file) {
  const auto read = read_extension(file);
  if (!read.ok()) return read.error().code;
  const Extended all = extend(Catalogue::base(), read->rows);
  return all.refused.empty() ? "" : all.refused.front().code;
}

std::string argument_of(const Error& error, std::string_view name) {
  for (const ErrorArg& arg : error.args) {
    if (arg.name == name) return arg.value;
  }
  return "";
}

Messages texts_in(std::string_view language) {
  auto parsed = Messages::parse(assets::texts(language));
  REQUIRE(parsed.ok());
  return *parsed;
}

}  // namespace

TEST_CASE("a county's own fields stand behind the program's, with their names, choices and checks") {
  const Extension file =
      read_file_of(kMemberHead + "codes\tride\ncode\tbus\t班车\tBus\ncode\tcar\t自家车\tOwn car\n" +
                   own_field("10002", "own_ride", "code\treview\tgeneral\tcomplete\t-\town:ride\t-\t2") +
                   own_field("10001", "own_note", "text\tlatest\tnotes\t-\t-\t-\tlength:0..9\t1"));
  CHECK(file.version == 2);
  const Extended all = extend(Catalogue::base(), file.rows);
  CHECK(all.refused.empty());
  const Kind& member = *all.catalogue.kind("member");
  const Kind& before = *Catalogue::base().kind("member");
  REQUIRE(member.fields.size() == before.fields.size() + 2);
  const Field& note = *member.field("own_note");
  const Field& ride = *member.field(std::uint16_t{10002});
  CHECK(&note < &ride);
  CHECK(note.privacy == PrivacyClass::kNotes);
  CHECK(note.policy == Policy::kLatest);
  CHECK(note.check == "length:0..9 private");
  CHECK(ride.required == Required::kComplete);
  CHECK(canonical_value(ride, "自家车").ok());
  CHECK(*canonical_value(ride, "自家车") == "car");
  CHECK(canonical_value(ride, "plane").error().code == "problem.code");
  CHECK(code_name(ride.target, "bus", "en") == "Bus");
  CHECK(field_label(texts_in("zh-CN"), member, "own_ride") == "车次");
  CHECK(field_label(texts_in("en"), member, "own_ride") == "Bus line");
  CHECK(field_label(texts_in("zh-CN"), member, "name") == "姓名");
  CHECK(before.field("own_ride") == nullptr);
  CHECK(all.catalogue.digest() != Catalogue::base().digest());
  CHECK(is_optional_field("member.own_ride"));
}

TEST_CASE("the example is taken as it is") {
  const char* root = std::getenv("LX_SOURCE_DIR");
  REQUIRE(root != nullptr);
  const auto bytes = read_file(std::string(root) + "/tests/data/extension.tsv", kExtensionBytesMax);
  REQUIRE(bytes.ok());
  CHECK(fault_of(*bytes) == "");
}

TEST_CASE(
    "what may not stand is refused, by its number, name, purpose, type, policy, class, target and checks") {
  const std::string label = "label\town_a\t车次\tBus\n";
  const std::string bare = kMemberHead + "field\t10001\town_a\t" + kPlainText + "\n";
  CHECK(fault_of(bare) == "extension.label");
  CHECK(fault_of(bare + label) == "extension.purpose");
  CHECK(fault_of(bare + label + "purpose\town_a\t要\n") == "extension.purpose");
  const std::string good = own_field("10001", "own_a", kPlainText);
  CHECK(fault_of("version\t1\nkind\tpayroll\n" + good) == "extension.kind");
  CHECK(fault_of("version\t1\nkind\tparameter\n" + good) == "extension.kind");
  CHECK(fault_of("version\t1\nkind\taudit_entry\n" + good) == "extension.kind");
  CHECK(fault_of("version\t1\nkind\thardship_record\n" + good) == "extension.privacy");
  for (const char* number : {"9999", "65536", "010001", "-1", "ten"})
    CHECK_MESSAGE(fault_of(kMemberHead + own_field(number, "own_a", kPlainText)) == "extension.number",
                  number);
  for (const char* name : {"name", "own_", "own_A", "own_a\"; DROP"})
    CHECK_MESSAGE(fault_of(kMemberHead + own_field("10001", name, kPlainText)) == "extension.name", name);
  struct Row {
    const char* words;
    const char* fault;
  };
  for (const Row& row : {Row{"word\treview\tgeneral\t-\t-\t-\t-\t1", "extension.word"},
                         {"strokes\treview\tnotes\t-\t-\t-\t-\t1", "extension.word"},
                         {"text\tnewest\tgeneral\t-\t-\t-\t-\t1", "extension.word"},
                         {"text\treview\tsecret\t-\t-\t-\t-\t1", "extension.word"},
                         {"text\treview\tgeneral\tblocks\t-\t-\t-\t1", "extension.blocks"},
                         {"text\treview\tgeneral\t-\t1\t-\t-\t1", "extension.group"},
                         {"text\tboth\tgeneral\t-\t-\t-\t-\t1", "extension.policy"},
                         {"text\tmax\tgeneral\t-\t-\t-\t-\t1", "extension.policy"},
                         {"text\tfact\tgeneral\t-\t-\t-\t-\t1", "extension.policy"},
                         {"integer\tmax\tgeneral\t-\t-\t-\t-\t1", ""},
                         {"code\treview\tgeneral\t-\t-\tno_list\t-\t1", "extension.target"},
                         {"reference\treview\tgeneral\t-\t-\tpayroll\t-\t1", "extension.target"},
                         {"text\treview\tgeneral\t-\t-\tworker\t-\t1", "extension.target"},
                         {"text\treview\tgeneral\t-\t-\t-\tlenght:1..2\t1", "extension.check"},
                         {"date\treview\tgeneral\t-\t-\t-\tnot_before:born_on\t1", ""},
                         {"code_set\tboth\thardship\t-\t-\tgender\t-\t1", "extension.set"}})
    CHECK_MESSAGE(fault_of(kMemberHead + own_field("10001", "own_a", row.words)) == row.fault, row.words);
  const Extended all =
      extend(Catalogue::base(), read_file_of(kMemberHead + own_field("9999", "own_a", kPlainText)).rows);
  CHECK(argument_of(all.refused.front(), "line") == "3");
  CHECK(argument_of(all.refused.front(), "field") == "member.own_a");
}

TEST_CASE("choices are small words with two names each, none twice") {
  const std::string field = own_field("10001", "own_a", "code\treview\tgeneral\t-\t-\town:x\t-\t1");
  const auto with = [&](const std::string& codes) {
    return fault_of("version\t1\ncodes\tx\n" + codes + "kind\tmember\n" + field);
  };
  CHECK(with("code\ta\t甲\tA\ncode\tb\t乙\tB\n") == "");
  CHECK(with("code\ta\t甲\tA\ncode\tb\t甲\tB\n") == "extension.choices");
  CHECK(with("code\tA\t甲\tA\n") == "extension.choices");
  CHECK(with("code\ta\t甲\t \n") == "extension.choices");
  CHECK(with("code\ta\t甲|乙\tA\n") == "extension.choices");
}

TEST_CASE("one row that is wrong takes none of the others away, in whatever order they come") {
  std::vector<ExtensionRow> rows =
      read_file_of(kMemberHead + own_field("10001", "own_a", kPlainText) +
                   own_field("10002", "own_b", kPlainText) + own_field("10003", "own_c", kPlainText))
          .rows;
  rows[1].purpose.clear();
  rows.push_back(rows[0]);
  rows.back().number = "10009";  // the same name once more: the lower number has it
  const Extended all = extend(Catalogue::base(), rows);
  std::reverse(rows.begin(), rows.end());
  const Extended reversed = extend(Catalogue::base(), rows);
  CHECK(all.refused.size() == 2);
  CHECK(all.catalogue.digest() == reversed.catalogue.digest());
  const Kind& member = *all.catalogue.kind("member");
  CHECK(member.field("own_a")->wire == 10001);
  CHECK(member.field("own_b") == nullptr);
  CHECK(member.field("own_c") != nullptr);
}

TEST_CASE("there is an end to how many there may be") {
  std::string file = kMemberHead;
  for (int i = 0; i < 45; ++i)
    file += own_field(std::to_string(10001 + i), "own_f" + std::to_string(i), kPlainText);
  const Extended all = extend(Catalogue::base(), read_file_of(file).rows);
  CHECK(all.refused.size() == 5);
  CHECK(all.refused.front().code == "extension.many");
}

TEST_CASE("a retired field is still there, and counts towards nothing") {
  const std::string words = "text\treview\tgeneral\tcomplete\t-\t-\t-\t1";
  const Extended all =
      extend(Catalogue::base(),
             read_file_of(kMemberHead + own_field("10001", "own_a", words) + "retired\town_a\n").rows);
  const Field& field = *all.catalogue.kind("member")->field("own_a");
  CHECK(field.own->retired);
  CHECK(field.required == Required::kNo);
}

TEST_CASE("a number of a kind has one record, and no field of the program's begins like an own one") {
  const Id id = custom_field_id(7, 10001);
  CHECK(id == custom_field_id(7, 10001));
  CHECK(id != custom_field_id(7, 10002));
  CHECK(id != custom_field_id(8, 10001));
  CHECK(id.text()[14] == '8');
  for (const Kind& kind : Catalogue::base().kinds()) {
    for (const Field& field : kind.fields)
      CHECK_FALSE_MESSAGE(field.name.starts_with("own_"), kind.name, ".", field.name);
  }
}

TEST_CASE("every fault has its sentence in both languages") {
  for (const std::string_view language : {"zh-CN", "en"}) {
    const Messages messages = texts_in(language);
    for (const char* what :
         {"row",   "columns",       "version", "twice", "choices", "order",  "large", "many",
          "group", "unknown_field", "empty",   "kind",  "number",  "name",   "label", "purpose",
          "word",  "policy",        "privacy", "set",   "blocks",  "target", "check"})
      CHECK_MESSAGE(messages.has("error.extension." + std::string(what)), what);
  }
}
