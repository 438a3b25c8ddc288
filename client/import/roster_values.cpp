#include "client/import/roster_values.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "shared/base/text.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/domain/codes.hpp"
#include "shared/domain/date_reader.hpp"
#include "shared/domain/id_number.hpp"
#include "shared/domain/name.hpp"

namespace lianxin::client::import {
namespace {

constexpr double kDigitsHeld = 1e15;
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : trim(text)) {
    const bool blank = c == '\n' || c == '\r' || c == '\t';
    if (!blank || (!out.empty() && out.back() != ' ')) out.push_back(blank ? ' ' : c);
  }
  return out;
}

std::string id_reason(const std::string& code) {
  if (code == "id_number.lost_digits") return "id_lost_digits";
  if (code == "id_number.check_digit") return "id_check_digit";
  if (code == "id_number.birth") return "id_birth";
  return "id_malformed";
}

/// A number cell cannot show whether 1990.1 was January or October: Excel drops the zero of 1990.10.
bool may_be_october(const Cell& cell) {
  const double tenths = cell.number * 10;
  return cell.kind == CellKind::kNumber && cell.number > 1900 && cell.number < 2200 &&
         std::fabs(tenths - std::round(tenths)) < 1e-6 && static_cast<int>(std::round(tenths)) % 10 == 1;
}

Result<PartialDate> date_in(const Cell& cell, std::string_view shown, bool epoch_1904) {
  if (cell.kind == CellKind::kDate) return PartialDate::parse(shown);
  const bool serial = cell.kind == CellKind::kNumber && cell.number > 10'000 && cell.number < 75'000;
  if (serial) return domain::read_excel_serial(cell.number, epoch_1904);
  return domain::read_office_date(shown);
}

}  // namespace

const domain::Field* catalogue_field(std::string_view target) {
  const auto dot = target.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const domain::Kind* kind = domain::Catalogue::base().kind(target.substr(0, dot));
  return kind == nullptr ? nullptr : kind->field(target.substr(dot + 1));
}

bool has_text_beside(std::string_view target) {
  return catalogue_field(std::string(target) + "_text") != nullptr;
}

bool says_unknown(std::string_view text) { return trim(text) == "不详"; }

bool says_nothing(std::string_view text) {
  static constexpr std::array<std::string_view, 19> kNothing{
      "无",   "不详", "/",    "-",    "--", "—",    "——", "暂无", "没有", "\\",
      "未知", "N/A",  "不清", "不知", "空", "无。", "?",  "？",   "null"};
  const std::string plain = trim(text);
  return plain.empty() || std::find(kNothing.begin(), kNothing.end(), plain) != kNothing.end();
}

std::optional<std::string> occupation_in(std::string_view text) {
  constexpr std::size_t kTwoCharacters = 6;
  std::set<std::string> found;
  for (const domain::Code& code : *domain::code_list("occupation")) {
    std::vector<std::string> words = code.synonyms;
    words.push_back(code.zh);
    for (const std::string& word : words) {
      if (word.size() >= kTwoCharacters && (text.starts_with(word) || text.ends_with(word)))
        found.insert(code.code);
    }
  }
  return found.size() == 1 ? std::optional(*found.begin()) : std::nullopt;
}

bool names_workplace(std::string_view text) {
  static constexpr std::array<std::string_view, 24> kPlaces{
      "公司", "厂",   "店",     "集团", "工地", "学校", "医院", "幼儿园", "超市",   "酒店", "企业", "矿",
      "物流", "速运", "配送站", "农场", "林场", "市场", "中心", "项目部", "事务所", "银行", "局",   "合作社"};
  return std::any_of(kPlaces.begin(), kPlaces.end(),
                     [&](std::string_view one) { return text.find(one) != std::string_view::npos; });
}

bool is_masked(std::string_view text) { return text.find("***") != std::string_view::npos; }

ReadCell read_name(std::string_view text) {
  ReadCell out;
  std::u32string name;
  std::u32string note;
  int depth = 0;
  for (const char32_t raw : to_utf32(text)) {
    const char32_t c = raw == U'（' ? U'(' : raw == U'）' ? U')' : raw;
    if (c == U'(') {
      ++depth;
    } else if (c == U')') {
      depth = std::max(0, depth - 1);
    } else {
      (depth > 0 ? note : name).push_back(c == U'*' || c == U'★' || c == U'☆' ? U' ' : c);
    }
  }
  out.leftover = trim(to_utf8(note));
  auto plain = domain::normalize_name(to_utf8(name));
  if (!plain.ok()) {
    out.quarantine = plain.error().code == "name.empty" ? "no_name" : "name_unreadable";
    return out;
  }
  out.value = std::move(*plain);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (std::any_of(out.value.begin(), out.value.end(), is_digit)) out.quarantine = "name_unreadable";
  return out;
}

ReadCell read_id(const Cell& cell, std::string_view shown) {
  ReadCell out;
  if (says_nothing(shown)) return out;
  // Beyond 15 digits a number cell has already lost some, even if the check digit happens to fit.
  if (cell.kind == CellKind::kNumber && std::fabs(cell.number) >= kDigitsHeld) {
    out.quarantine = "id_lost_digits";
    return out;
  }
  auto id = domain::normalize_id_number(shown);
  if (id.ok()) {
    out.value = std::move(*id);
  } else {
    out.quarantine = id_reason(id.error().code);
  }
  return out;
}

ReadCell read_date(const Cell& cell, std::string_view shown, bool whole_day, bool epoch_1904) {
  ReadCell out;
  if (says_nothing(shown)) return out;
  const auto date = date_in(cell, shown, epoch_1904);
  if (!date.ok()) {
    out.warning = "date_unreadable";
    out.leftover = shown;
  } else if (whole_day && date->day == 0) {
    out.warning = "date_without_day";
    out.leftover = shown;
  } else {
    out.value = date->text();
    if (may_be_october(cell)) out.warning = "month_may_be_october";
  }
  return out;
}

ReadCell read_field(std::string_view target, Reading reading, const Cell& cell, std::string_view shown,
                    bool epoch_1904, const domain::Field* own) {
  ReadCell out;
  const domain::Field* field = own != nullptr ? own : catalogue_field(target);
  const domain::Type guess = reading == Reading::kDate ? domain::Type::kPartialDate : domain::Type::kText;
  const domain::Type type = field == nullptr ? guess : field->type;
  if (type == domain::Type::kDate || type == domain::Type::kPartialDate) {
    return read_date(cell, shown, type == domain::Type::kDate, epoch_1904);
  }
  if (type == domain::Type::kCode || type == domain::Type::kCodeSet) {
    if (says_nothing(shown)) return out;
    auto code = domain::read_code(field->target, shown);
    if (code.ok()) {
      out.value = std::move(*code);
    } else {
      out.warning = "code_unknown";
      out.leftover = one_line(shown);
    }
    return out;
  }
  if (type == domain::Type::kBool) {
    const auto answer = domain::read_code("yes_no", shown);
    out.value = answer.ok() ? *answer : "";
    if (!answer.ok()) out.leftover = one_line(shown);
    return out;
  }
  // A place or a note may say "不详": that is an answer. For the rest it is a blank.
  if (type != domain::Type::kLongText && says_nothing(shown) && !says_unknown(shown)) return out;
  out.value = type == domain::Type::kLongText ? trim(shown) : one_line(shown);
  return out;
}

}  // namespace lianxin::client::import
