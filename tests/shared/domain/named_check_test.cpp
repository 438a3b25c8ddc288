#include "shared/domain/named_check.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <set>
#include <string>

#include "assets/assets.hpp"
#include "shared/domain/private_numbers.hpp"

using namespace lianxin;
using namespace lianxin::domain;

namespace {

constexpr Date kToday{2026, 9, 30};

std::string told(std::string_view word, std::string_view value, Type type = Type::kText,
                 RecordValues record = {}) {
  Field field;
  field.name = "thing";
  field.type = type;
  const auto problem = run_named_check(word, field, value, record, kToday);
  if (!problem) return "";
  CHECK_FALSE(problem->blocks);
  CHECK(problem->args.at(0).value == "thing");
  return problem->code;
}

TEST_CASE("length counts characters, range counts values") {
  CHECK(told("length:1..2", "𬭎𬭎") == "");
  CHECK(told("length:1..2", "三个字") == "length");
  CHECK(told("range:1..20", "20") == "");
  CHECK(told("range:1..20", "0") == "range");
  CHECK(told("nonzero", "-3") == "");
  CHECK(told("nonzero", "0") == "zero");
}

TEST_CASE("phones, accounts, ID numbers, division codes") {
  CHECK(told("phone", "13800001234") == "");
  CHECK(told("phone", "1380000123") == "phone");
  CHECK(told("account", "wx_lianxin") == "");
  CHECK(told("account", "12") == "phone");
  CHECK(told("id_number", "220699199507142937") == "");
  CHECK(told("id_number", "220699199507142938") == "id_number_check_digit");
  CHECK(told("id_number", "220699199507142000") == "id_number_lost_digits");
  CHECK(told("division", "220699") == "");
  CHECK(told("division", "22069") == "division");
  CHECK(told("division_or_unknown", "unknown") == "");
  CHECK(told("division_or_unknown", "nowhere") == "division");
  CHECK(told("division_or_unknown", "440305") == "");
  CHECK(told("division_or_unknown", "220699") == "");  // of a province we know: lists are of some year
  CHECK(told("division_or_unknown", "999999") == "division_place");
  CHECK(told("name", "张三") == "");
}

TEST_CASE("a day ahead is tolerated, two are doubted; a month counts from its first day") {
  CHECK(told("past", "2026-10-01") == "");
  CHECK(told("past", "2026-10-02") == "in_future");
  CHECK(told("past", "2026-10") == "");
  CHECK(told("past", "2026-11") == "in_future");
}

TEST_CASE("quarters and months are written in one way only") {
  for (const char* good : {"2026Q1", "2026Q4"})
    CHECK(told("quarter", good) == "");
  for (const char* bad : {"2026Q0", "2026Q5", "2026q3", "2026-3", "2026Q", "20260Q1", "0026Q1"})
    CHECK_MESSAGE(told("quarter", bad) == "quarter", bad);
  for (const char* good : {"2026-09", "2026-12"})
    CHECK(told("month", good) == "");
  for (const char* bad : {"2026-9", "2026-13", "2026-00", "2026", "2026-09-30", "2026/09", "2026Q3"})
    CHECK_MESSAGE(told("month", bad) == "month", bad);
}

TEST_CASE("an order is doubted only where it cannot be") {
  const auto after = [](std::string_view value, std::string_view other) {
    return told("not_before:other", value, Type::kPartialDate, {{{"other", std::string(other)}}, {}});
  };
  CHECK(after("2001-07-01", "2001-07-01") == "");
  CHECK(after("2001-06-30", "2001-07-01") == "before_other");
  CHECK(after("2001-07", "2001-07-20") == "");
  CHECK(after("2000", "2001") == "before_other");
  CHECK(after("2000", "") == "");
  CHECK(told("not_before:other", "08:59", Type::kTime, {{{"other", "09:00"}}, {}}) == "before_other");
  CHECK(told("not_before:other", "09:00", Type::kTime, {{{"other", "09:00"}}, {}}) == "");
}

TEST_CASE("numbers of persons in free text are noticed, other numbers are not") {
  CHECK(told("private", "换了号 13800001234，已记") == "private_number");
  CHECK(holds_private_number("证号２２０６９９１９９５０７１４２９３７"));
  CHECK(holds_private_number("证号22069919790308002x。"));
  CHECK_FALSE(holds_private_number("证号220699199507142938"));
  CHECK_FALSE(holds_private_number("快递 138000012345"));
  CHECK_FALSE(holds_private_number("2026-09-30 送书3本"));
  CHECK_FALSE(holds_private_number(""));
  // Near misses: a row of digits with dashes, a number of an order before and after, a landline, a year and a
  // month, an ID number of which a figure is missing, a wrong first figure.
  for (const std::string_view other :
       {"单号SF1380000123456", "2026093013800", "0439-7221234", "202609", "22069919950714293", "12800001234",
        "２０２６年０９月３０日", "共12345678901234567890册"})
    CHECK_FALSE_MESSAGE(holds_private_number(other), other);
  CHECK(holds_private_number("电话：１３８００００１２３４。"));
  CHECK(holds_private_number("单号1234，电话13800001234转2"));
  CHECK(mask_private_numbers("电话：１３８００００１２３４。") == "电话:138****1234。");
  CHECK(mask_private_numbers("13800001234、220699199507142937") == "138****1234、220699********2937");
  CHECK(mask_private_numbers("快递　138000012345") == "快递　138000012345");
}

TEST_CASE("words of rows are known or not") {
  const Kind& member = *Catalogue::base().kind("member");
  CHECK(is_named_check(member, "past"));
  CHECK(is_named_check(member, "length:1..5"));
  CHECK(is_named_check(member, "not_before:joined_on"));
  for (const std::string_view word :
       {"", "length:5..1", "length:5", "range:a..b", "not_before:name", "not_before:x", "future"})
    CHECK_FALSE_MESSAGE(is_named_check(member, word), word);
}

/// Texts that may hold a number that looks like one of a person, and why.
const std::map<std::string_view, std::string_view> kNotPrivate = {
    {"mobility_episode.employer_contact", "how to reach somebody: a telephone is what is asked for"},
    {"mobility_episode.origin_contact", "how to reach somebody"},
    {"mobility_episode.dest_contact", "how to reach somebody"},
    {"mobility_episode.abroad_contact", "how to reach somebody"},
    {"certificate.dest_contact", "how to reach somebody"},
    {"delivery.tracking_no", "a courier's number of any length"},
    {"certificate.cert_no", "a certificate's number of any length"},
    {"worker.login", "an account may be a telephone number"},
    {"parameter.value", "a number the county sets"},
    {"correction.old_value", "what is corrected may be the number itself; of class identity"},
    {"correction.new_value", "what is corrected may be the number itself; of class identity"},
    {"import_batch.file_name", "written by the program"},
    {"import_batch.file_hash", "written by the program"},
    {"import_batch.sheets", "written by the program"},
    {"import_batch.header_map", "written by the program"},
    {"import_row.sheet", "written by the program"},
    {"import_row.reason", "written by the program"},
    {"import_row.row_values", "a row of a file as it stood; of class identity"},
    {"attachment.mime", "written by the program"},
    {"correction.field", "written by the program"},
    {"report_snapshot.form", "written by the program"},
    {"report_snapshot.period", "written by the program"},
    {"report_part.content", "written by the program; kept byte for byte"},
    {"month_close.unsynced_devices", "written by the program"},
    {"audit_entry.record_id", "written by the program"},
    {"audit_entry.what", "written by the program"}};

/// Only this shape can stand in it, or it is warned of: a telephone, a code, so many characters.
bool has_a_shape(const Field& field) {
  const std::vector<std::string> words = check_words(field);
  return std::any_of(words.begin(), words.end(), [](const std::string& word) {
    constexpr std::string_view kShapes[] = {
        "phone", "account", "id_number", "division", "division_or_unknown", "quarter", "month"};
    if (std::find(std::begin(kShapes), std::end(kShapes), word) != std::end(kShapes)) return true;
    const auto dots = word.find("..");
    return word.rfind("length:", 0) == 0 && dots != std::string::npos &&
           word.substr(7, dots - 7) == word.substr(dots + 2);
  });
}

TEST_CASE("every text a person types is searched for ID and mobile numbers, or is said not to be and why") {
  std::size_t excepted = 0;
  for (const Kind& kind : Catalogue::base().kinds()) {
    for (const Field& field : kind.fields) {
      if ((field.type != Type::kText && field.type != Type::kLongText) || has_a_shape(field)) continue;
      const std::string name = kind.name + "." + field.name;
      const bool is_excepted = kNotPrivate.count(name) > 0;
      const std::vector<std::string> words = check_words(field);
      INFO(name);
      CHECK((std::count(words.begin(), words.end(), "private") == 1) != is_excepted);
      excepted += is_excepted ? 1 : 0;
      if (is_excepted) continue;
      RecordValues record;
      CHECK(run_named_check("private", field, "电话13800001234", record, {2026, 11, 28}).has_value());
    }
  }
  CHECK(excepted == kNotPrivate.size());
}

}  // namespace
