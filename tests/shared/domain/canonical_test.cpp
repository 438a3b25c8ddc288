#include <doctest/doctest.h>
#include <string>

#include "shared/base/bytes.hpp"
#include "shared/domain/check.hpp"
#include "shared/domain/strokes.hpp"

using namespace lianxin;
using namespace lianxin::domain;

namespace {

Field field_of(Type type, std::string target = "", std::string check = "") {
  Field field;
  field.name = "thing";
  field.type = type;
  field.target = std::move(target);
  field.check = std::move(check);
  return field;
}

std::string read(const Field& field, std::string_view typed) {
  const auto value = canonical_value(field, typed);
  return value.ok() ? *value : value.error().code;
}

TEST_CASE("text is one line, long text keeps its lines") {
  const Field text = field_of(Type::kText);
  CHECK(read(text, "  三合村1组\n3号 ") == "三合村1组 3号");
  CHECK(read(text, "A 路 1 号（东）") == "A 路 1 号（东）");
  CHECK(read(text, "a\x01z") == "az");
  CHECK(read(text, " 　 ") == "");
  const Field lines = field_of(Type::kLongText);
  CHECK(read(lines, "一\r\n二\r三\n") == "一\n二\n三");
}

TEST_CASE("bytes that are no text, and too many of them, are refused") {
  CHECK(read(field_of(Type::kText), "\xC3\x28") == "problem.invalid_text");
  CHECK(read(field_of(Type::kText), std::string("a\0b", 3)) == "problem.invalid_text");
  CHECK(read(field_of(Type::kLongText), std::string(kValueMaxBytes, 'a')).size() == kValueMaxBytes);
  CHECK(read(field_of(Type::kLongText), std::string(kValueMaxBytes + 1, 'a')) == "problem.too_large");
}

TEST_CASE("numbers of persons and phones in their one form; doubtful ones stay as typed") {
  const Field phone = field_of(Type::kText, "", "phone");
  CHECK(read(phone, "138 0000 1234") == "13800001234");
  CHECK(read(phone, "村部 12") == "村部 12");
  const Field account = field_of(Type::kText, "", "account");
  CHECK(read(account, "+86 13800001234") == "13800001234");
  CHECK(read(account, "wx_lianxin") == "wx_lianxin");
  const Field id = field_of(Type::kText, "", "id_number");
  CHECK(read(id, "22069919790308002x") == "22069919790308002X");
  CHECK(read(id, "220699199507142938") == "220699199507142938");
  CHECK(read(field_of(Type::kText, "", "name"), "张  三") == "张三");
  CHECK(read(field_of(Type::kText, "", "division"), "２２０６９９") == "220699");
}

TEST_CASE("dates keep their precision, whole days are asked where they are needed") {
  CHECK(read(field_of(Type::kPartialDate), "1979年3月") == "1979-03");
  CHECK(read(field_of(Type::kPartialDate), "1979") == "1979");
  CHECK(read(field_of(Type::kDate), "2026.9.30") == "2026-09-30");
  CHECK(read(field_of(Type::kDate), "2026.9") == "problem.date_day");
  CHECK(read(field_of(Type::kDate), "soon") == "problem.date_whole");
  CHECK(read(field_of(Type::kDate), "1800-02-03") == "problem.date_whole");
  CHECK(read(field_of(Type::kDate), "") == "");
}

TEST_CASE("times") {
  const Field time = field_of(Type::kTime);
  for (const std::string_view text :
       {"9:05", "09:05", "9：05", "0905", "9:05:59", "9点5分", "9时05分", "9.05"})
    CHECK_MESSAGE(read(time, text) == "09:05", text);
  CHECK(read(time, "9点") == "09:00");
  CHECK(read(time, "23:59") == "23:59");
  for (const std::string_view text : {"24:00", "9:60", "9", "morning", "9:5:60", "1:2:3:4", ":05", "123:00"})
    CHECK_MESSAGE(read(time, text) == "problem.time", text);
}

TEST_CASE("whole numbers") {
  const Field integer = field_of(Type::kInteger);
  CHECK(read(integer, "007") == "7");
  CHECK(read(integer, "-05") == "-5");
  CHECK(read(integer, "-0") == "0");
  CHECK(read(integer, "+１２") == "12");
  CHECK(read(integer, "000") == "0");
  CHECK(read(integer, "999999999999999999") == "999999999999999999");
  for (const std::string_view text : {"1.5", "1e3", "-", "1000000000000000000", "--1", "一"})
    CHECK_MESSAGE(read(integer, text) == "problem.integer", text);
}

TEST_CASE("yes and no, codes, lists of codes") {
  CHECK(read(field_of(Type::kBool), "是") == "1");
  CHECK(read(field_of(Type::kBool), "0") == "0");
  CHECK(read(field_of(Type::kBool), "perhaps") == "problem.bool");
  CHECK(read(field_of(Type::kCode, "gender"), "男") == "1");
  CHECK(read(field_of(Type::kCodeSet, "visit_purpose"), "送学") == "study");
  const auto unknown = canonical_value(field_of(Type::kCode, "gender"), "七");
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().code == "problem.code");
  CHECK(unknown.error().args.at(0).value == "thing");
  CHECK(unknown.error().args.at(1).value == "七");
  const Field list = field_of(Type::kCodeList, "care");
  CHECK(read(list, "体弱、年老，ill; old") == "ill,infirm,old");
  CHECK(read(list, "old,strong") == "problem.code");
}

TEST_CASE("references are ids") {
  const Field reference = field_of(Type::kReference, "member");
  CHECK(read(reference, "0190F5A0-0000-7000-8000-00000000000A") == "0190f5a0-0000-7000-8000-00000000000a");
  CHECK(read(reference, "220622101200") == "problem.reference");
  CHECK(read(reference, "00000000-0000-0000-0000-000000000000") == "problem.reference");
}

TEST_CASE("signatures: points within the field, at most 8 KB") {
  const Field strokes = field_of(Type::kStrokes);
  CHECK(read(strokes, "0,0 1000,1000;5,7") == "0,0 1000,1000;5,7");
  for (const std::string_view text : {"1001,0", "1,2,3", "1;2", "a,b", "1, 2", "1,2;;3,4", "-1,2", "01,2"}) {
    CHECK_FALSE_MESSAGE(is_strokes(text), text);
    CHECK_MESSAGE(read(strokes, text) == "problem.strokes", text);
  }
  std::string long_one = "1,1";
  while (long_one.size() <= kStrokesMaxBytes)
    long_one += " 1,1";
  CHECK(read(strokes, long_one) == "problem.too_large");
}

TEST_CASE("a canonical value is its own canonical form") {
  const struct {
    Field field;
    std::string typed;
  } samples[] = {
      {field_of(Type::kText, "", "phone"), "(0439)7221234"},
      {field_of(Type::kText, "", "name"), "买买提 . 艾力"},
      {field_of(Type::kPartialDate), "90.5"},
      {field_of(Type::kTime), "9点5分"},
      {field_of(Type::kInteger), "-007"},
      {field_of(Type::kCodeList, "care"), "患病、年老"},
      {field_of(Type::kCode, "ethnic"), "满"},
      {field_of(Type::kLongText), "a\r\nb"},
  };
  for (const auto& sample : samples) {
    const std::string once = read(sample.field, sample.typed);
    CHECK(read(sample.field, once) == once);
  }
}

TEST_CASE("a thumbnail is a JPEG in base64 of at most 8 KB") {
  const Field thumbnail = field_of(Type::kThumbnail);
  const std::string small = to_base64("\xFF\xD8\xFF\xE0 the rest");
  CHECK(canonical_value(thumbnail, small).value() == small);
  CHECK(canonical_value(thumbnail, " " + small + " ").value() == small);
  CHECK(canonical_value(thumbnail, to_base64("GIF89a")).error().code == "problem.thumbnail");
  CHECK(canonical_value(thumbnail, "no base64!").error().code == "problem.thumbnail");
  const Bytes large = "\xFF\xD8\xFF" + Bytes(kThumbnailMaxBytes / 4 * 3, 'x');
  CHECK(canonical_value(thumbnail, to_base64(large)).error().code == "problem.too_large");
}

}  // namespace
