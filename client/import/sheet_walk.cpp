#include "client/import/sheet_walk.hpp"

#include <algorithm>
#include <array>

#include "client/import/roster_values.hpp"
#include "client/import/village_name.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/id_number.hpp"

namespace lianxin::client::import {
namespace {

constexpr std::size_t kShownCharacters = 60;
/// A village row has the name and perhaps a count; more cells without a person's name are a damaged row.
constexpr std::size_t kGroupCellsMax = 3;

std::string plain(const Cell& cell) {
  std::string out;
  for (const char32_t c : to_utf32(half_width(cell.text))) {
    if (c > U' ' && c != 0xA0 && c != 0x200B) out += to_utf8(std::u32string_view(&c, 1));
  }
  return out;
}

template <std::size_t N>
bool starts_with_any(const std::string& text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.rfind(word, 0) == 0; });
}

bool is_total_word(const std::string& text) {
  static constexpr std::array<std::string_view, 9> kWords{"合计", "小计", "总计",   "共计",  "累计",
                                                          "总数", "总共", "本页计", "本页合"};
  return starts_with_any(text, kWords);
}

bool is_note_word(const std::string& text) {
  static constexpr std::array<std::string_view, 18> kWords{
      "说明",       "注:",    "备注:", "填表", "制表", "审核",     "负责人", "填报",  "统计时间",
      "党支部书记", "书记签", "签字",  "盖章", "日期", "以下空白", "续表",   "第1页", "注1"};
  return starts_with_any(text, kWords);
}

bool is_sample_word(const std::string& text) {
  static constexpr std::array<std::string_view, 5> kWords{"示例", "样例", "例如", "范例", "填写示例"};
  return text == "例" || text == "例:" || starts_with_any(text, kWords) ||
         text.find("示例") != std::string::npos;
}

std::string row_text(const Row& row, bool epoch_1904) {
  std::string out;
  for (const Cell& cell : row.cells) {
    if (out.size() > kShownCharacters * 4) break;
    out += (out.empty() ? "" : " ") + shown_text(cell, epoch_1904);
  }
  return first_code_points(out, kShownCharacters);
}

}  // namespace

SheetWalk::SheetWalk(const Workbook& workbook, std::size_t sheet_index, const RosterOptions& options,
                     RosterSheet& out, std::vector<RosterRow>& rows)
    : workbook_(workbook),
      sheet_(workbook.sheets[sheet_index]),
      sheet_index_(sheet_index),
      options_(options),
      out_(out),
      rows_(rows) {
  index_merges();
}

void SheetWalk::index_merges() {
  for (const Merge& merge : sheet_.merges) {
    if (merge.last_row == merge.first_row) continue;
    if (merged_down_.size() <= merge.first_column) merged_down_.resize(merge.first_column + 1);
    merged_down_[merge.first_column].push_back(merge);
  }
  for (auto& areas : merged_down_) {
    std::sort(areas.begin(), areas.end(),
              [](const Merge& a, const Merge& b) { return a.first_row < b.first_row; });
  }
}

void SheetWalk::walk(std::vector<RosterTable> tables) {
  std::size_t next = 0;
  std::uint32_t header_until = 0;
  std::uint32_t expected = 0;
  for (const Row& row : sheet_.rows) {
    if (next < tables.size() && row.number >= tables[next].first_header_row) {
      header_until = tables[next].last_header_row;
      const bool repeated = inside_ && tables[next].fingerprint == table_.fingerprint;
      if (repeated) skip(row, "repeated_header");
      if (!repeated) enter(std::move(tables[next]));
      if (repeated) out_.skipped.back().last_row = std::max(row.number, header_until);
      ++next;
    }
    if (expected != 0 && row.number > expected && inside_) skip_blank(expected, row.number - 1);
    expected = std::max(row.number, header_until) + 1;
    if (row.number <= header_until) continue;
    if (inside_) {
      take_row(row);
    } else {
      take_lines_above(row);
    }
  }
}

void SheetWalk::enter(RosterTable table) {
  inside_ = true;
  has_person_ = false;
  if (!pending_village_.empty()) title_village_ = pending_village_;
  group_village_.clear();
  previous_.assign(table.columns.size(), {});
  table_ = table;
  out_.tables.push_back(std::move(table));
}

void SheetWalk::take_lines_above(const Row& row) {
  for (const Cell& cell : row.cells) {
    if (cell.kind != CellKind::kText) continue;
    if (std::string village = village_in(cell.text); !village.empty()) pending_village_ = std::move(village);
  }
  skip(row, "above_header");
}

void SheetWalk::take_row(const Row& row) {
  if (is_continuation(row)) {
    add_continuation(
        {sheet_, table_, options_.own, workbook_.epoch_1904, options_.today, nullptr, &merged_down_}, row,
        rows_.back());
    return skip(row, "continuation");
  }
  if (const std::string why = why_no_person(row); !why.empty()) return skip(row, why);
  take_person(row);
}

void SheetWalk::take_person(const Row& row) {
  RosterRow person = read_row(
      {sheet_, table_, options_.own, workbook_.epoch_1904, options_.today, &previous_, &merged_down_}, row);
  person.sheet_index = sheet_index_;
  set_village(person);
  rows_.push_back(std::move(person));
  take_samples(row);
  pending_village_.clear();
  has_person_ = true;
}

/// What stands in each column of the table, for the eyes of who says what the column means.
void SheetWalk::take_samples(const Row& row) {
  for (RosterColumn& column : out_.tables.back().columns) {
    if (!column.sample.empty()) continue;
    if (const Cell* cell = find_cell(row, column.column))
      column.sample = first_code_points(shown_text(*cell, workbook_.epoch_1904), kShownCharacters);
  }
}

void SheetWalk::set_village(RosterRow& person) const {
  if (!person.village.empty()) return;
  if (table_.column_for(kTargetVillage) != nullptr) person.warnings.push_back({"village_blank", "", ""});
  const auto take = [&person](std::string village, VillageSource source) {
    if (!person.village.empty() || village.empty()) return;
    person.village = std::move(village);
    person.village_source = source;
  };
  take(group_village_, VillageSource::kGroupRow);
  take(title_village_, VillageSource::kTitle);
  take(village_in(sheet_.name), VillageSource::kSheetName);
  take(village_in(person.value(kTargetAffiliation)), VillageSource::kAffiliation);
  take(options_.default_village, VillageSource::kOption);
  if (person.village.empty()) person.warnings.push_back({"village_missing", "", ""});
}

std::string SheetWalk::text_at(const Row& row, std::string_view target) const {
  const RosterColumn* column = table_.column_for(target);
  const Cell* cell = column == nullptr ? nullptr : find_cell(row, column->column);
  return cell == nullptr ? std::string() : plain(*cell);
}

bool SheetWalk::has_id_number(const Row& row) const {
  const RosterColumn* column = table_.column_for(kTargetId);
  const Cell* cell = column == nullptr ? nullptr : find_cell(row, column->column);
  return cell != nullptr && has_long_number(*cell);
}

bool SheetWalk::is_continuation(const Row& row) const {
  const RosterColumn* column = table_.column_for(kTargetName);
  if (!has_person_ || find_cell(row, column->column) != nullptr) return false;
  if (column->column >= merged_down_.size()) return false;
  const Merge* area = merge_around(merged_down_[column->column], row.number, column->column);
  return area != nullptr && area->first_row < row.number && area->first_row >= rows_.back().row;
}

/// Only a running number, or a village beside it: a form that was printed with empty lines.
bool SheetWalk::only_form_columns(const Row& row) const {
  return std::all_of(row.cells.begin(), row.cells.end(), [this](const Cell& cell) {
    const auto at = std::find_if(table_.columns.begin(), table_.columns.end(),
                                 [&](const RosterColumn& c) { return c.column == cell.column; });
    return at != table_.columns.end() && at->target == kTargetIgnored;
  });
}

/// A table without people says so in one row: 无.
bool SheetWalk::is_nil(const Row& row) const {
  const std::string name = text_at(row, kTargetName);
  return !name.empty() && says_nothing(name) &&
         std::all_of(row.cells.begin(), row.cells.end(),
                     [](const Cell& cell) { return says_nothing(plain(cell)); });
}

std::string SheetWalk::why_no_person(const Row& row) {
  if (is_nil(row)) return "nil_row";
  if (has_id_number(row) && !text_at(row, kTargetName).empty()) {
    const bool sample = is_sample_word(plain(row.cells.front())) || is_sample_word(text_at(row, kTargetName));
    return sample ? "sample" : "";
  }
  if (only_form_columns(row) && text_at(row, kTargetName).empty() &&
      !is_total_word(plain(row.cells.front()))) {
    const bool number = std::all_of(row.cells.begin(), row.cells.end(), [](const Cell& c) {
      return c.kind == CellKind::kNumber || is_digits(plain(c));
    });
    if (number) return "empty_numbered";
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(row.cells.size(), 3); ++i) {
    if (is_total_word(plain(row.cells[i]))) return "total";
  }
  const std::string first = plain(row.cells.front());
  if (is_sample_word(first) || is_sample_word(text_at(row, kTargetName))) return "sample";
  const auto colon = first.find(':');
  if (is_note_word(first) || (colon != std::string::npos && colon > 0)) return "note";
  if (row.cells.size() == 1) return why_single_cell(row);
  if (!text_at(row, kTargetName).empty() || row.cells.size() > kGroupCellsMax || has_id_number(row))
    return {};
  for (const Cell& cell : row.cells) {
    std::string village = village_in(cell.text);
    if (village.empty()) continue;
    group_village_ = pending_village_ = std::move(village);
    return "group_row";
  }
  return {};
}

std::string SheetWalk::why_single_cell(const Row& row) {
  const Cell& cell = row.cells.front();
  const RosterColumn* name = table_.column_for(kTargetName);
  const bool wide = std::any_of(sheet_.merges.begin(), sheet_.merges.end(), [&](const Merge& merge) {
    return merge.first_row == row.number && merge.first_column == cell.column &&
           merge.last_column > cell.column;
  });
  const bool may_be_name = cell.column == name->column && !wide && code_points(plain(cell)) <= 12;
  // Village rows begin at the left edge: further right, in the column of names, even "王新村" is a person.
  if (may_be_name && name != &table_.columns.front()) return {};
  if (std::string village = village_in(cell.text); !village.empty()) {
    group_village_ = pending_village_ = std::move(village);
    return "group_row";
  }
  if (may_be_name) return {};
  if (has_long_number(cell)) return {};  // a number that belongs to somebody is not dropped as a note
  return "note";
}

void SheetWalk::skip(const Row& row, std::string_view why) {
  out_.skipped.push_back({row.number, row.number, std::string(why), row_text(row, workbook_.epoch_1904)});
}

void SheetWalk::skip_blank(std::uint32_t first, std::uint32_t last) {
  out_.skipped.push_back({first, last, "blank", {}});
}

}  // namespace lianxin::client::import
