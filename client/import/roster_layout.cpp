#include "client/import/roster_layout.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "client/import/work_forms.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::import {
namespace {

constexpr std::size_t kHeaderRowsMax = 3;
constexpr std::size_t kHeadingBytesMax = 180;

/// Targets that make a table a list of persons; a name and a remark alone do not.
bool is_personal(std::string_view target) {
  return target != kTargetIgnored && target != kTargetName && target != kTargetRemark &&
         target != "unit.township" && target != "unit.grid" && target != "member.talent_tags";
}

bool is_data_cell(const Cell& cell) {
  return cell.kind == CellKind::kDate || cell.kind == CellKind::kError || has_long_number(cell);
}

/// "填报单位：", "填报日期：2026年": a label of the form, not of a column.
bool is_form_label(const Cell& cell) {
  const std::string text = half_width(cell.text);
  const auto colon = text.find(':');
  return colon != std::string::npos && colon > 0;
}

struct RowLook {
  std::size_t headings = 0;  ///< cells that are heading words
  bool has_name = false;
  bool has_data = false;
};

RowLook look_at(const Row& row) {
  RowLook look;
  for (const Cell& cell : row.cells) {
    if (is_data_cell(cell)) look.has_data = true;
    if (cell.kind != CellKind::kText || cell.text.size() > kHeadingBytesMax || !is_heading_word(cell.text))
      continue;
    ++look.headings;
    const auto match = match_heading({cell.text});
    if (match && match->target == kTargetName) look.has_name = true;
  }
  return look;
}

/// The header block while it grows; rows are indices into sheet.rows.
struct Block {
  const Sheet& sheet;
  std::size_t first = 0;
  std::size_t last = 0;
  std::vector<Merge> merges;  ///< those that touch rows near the block

  [[nodiscard]] std::size_t count() const { return last - first + 1; }
  [[nodiscard]] const Row& row(std::size_t index) const { return sheet.rows[index]; }
};

std::vector<Merge> merges_near(const Sheet& sheet, std::uint32_t row) {
  std::vector<Merge> out;
  for (const Merge& merge : sheet.merges) {
    if (merge.first_row <= row + kHeaderRowsMax && merge.last_row + kHeaderRowsMax >= row)
      out.push_back(merge);
  }
  return out;
}

bool starts_wide_merge(const Block& block, const Row& row) {
  return std::any_of(row.cells.begin(), row.cells.end(), [&](const Cell& cell) {
    const Merge* merge = merge_around(block.merges, row.number, cell.column);
    return merge != nullptr && merge->last_column > merge->first_column;
  });
}

/// A row of group headings above the row with 姓名: several texts, no form labels, and merged over columns or
/// known words.
bool is_group_row(const Block& block, const Row& row) {
  if (row.cells.size() < 2) return false;
  for (const Cell& cell : row.cells) {
    if (is_data_cell(cell) || is_form_label(cell) || cell.kind != CellKind::kText) return false;
  }
  return starts_wide_merge(block, row) || look_at(row).headings * 2 >= row.cells.size();
}

void grow_up(Block& block) {
  while (block.first > 0 && block.count() < kHeaderRowsMax) {
    const Row& above = block.row(block.first - 1);
    if (above.number + 1 != block.row(block.first).number || !is_group_row(block, above)) return;
    --block.first;
  }
}

/// The lowest row that an area starting in the block reaches; an area taller than a header is data (a
/// village's rows).
std::uint32_t merged_down_to(const Block& block) {
  std::uint32_t lowest = block.row(block.last).number;
  const std::uint32_t top = block.row(block.first).number;
  for (std::size_t i = block.first; i <= block.last; ++i) {
    for (const Cell& cell : block.row(i).cells) {
      const Merge* merge = merge_around(block.merges, block.row(i).number, cell.column);
      if (merge != nullptr && merge->last_row < top + kHeaderRowsMax)
        lowest = std::max(lowest, merge->last_row);
    }
  }
  return lowest;
}

bool is_sub_heading_row(const Row& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) {
    return cell.kind == CellKind::kText && !is_data_cell(cell) && is_heading_word(cell.text);
  });
}

/// Every cell stands under an open group heading or under nothing: none repeats a column that is headed
/// already.
bool continues_groups(const Block& block, const Row& below) {
  const Row& bottom = block.row(block.last);
  return std::all_of(below.cells.begin(), below.cells.end(), [&](const Cell& cell) {
    const Merge* merge = merge_around(block.merges, bottom.number, cell.column);
    return find_cell(bottom, cell.column) == nullptr ||
           (merge != nullptr && merge->last_column > merge->first_column) ||
           find_cell(bottom, cell.column + 1) == nullptr;
  });
}

void grow_down(Block& block) {
  while (block.last + 1 < block.sheet.rows.size() && block.count() < kHeaderRowsMax) {
    const Row& below = block.row(block.last + 1);
    const bool merged = below.number <= merged_down_to(block);
    const bool adjacent = below.number == block.row(block.last).number + 1;
    const bool continues = adjacent && is_sub_heading_row(below) && continues_groups(block, below);
    if ((!merged && !continues) || look_at(below).has_data) return;
    ++block.last;
  }
}

/// Text at a place of the block; a merged area speaks for all its columns, once for all its rows.
std::string heading_at(const Block& block, std::size_t index, std::uint32_t column) {
  const Row& row = block.row(index);
  if (const Merge* merge = merge_around(block.merges, row.number, column)) {
    if (merge->first_row != row.number) return {};
    const Cell* anchor = find_cell(row, merge->first_column);
    return anchor == nullptr ? std::string() : trim(anchor->text);
  }
  const Cell* cell = find_cell(row, column);
  return cell == nullptr ? std::string() : shown_text(*cell, false);
}

/// Separated text has no merged areas: there a group heading speaks for the blank cells to its right.
std::string group_from_left(const Block& block, std::size_t index, std::uint32_t column) {
  if (starts_wide_merge(block, block.row(index))) return {};
  for (std::uint32_t left = column; left-- > 0;) {
    const std::string text = heading_at(block, index, left);
    if (text.empty()) continue;
    const bool group = !heading_at(block, index + 1, left).empty();
    return group ? text : std::string();
  }
  return {};
}

std::vector<std::string> heading_path(const Block& block, std::uint32_t column) {
  std::vector<std::string> path;
  for (std::size_t i = block.first; i <= block.last; ++i) {
    std::string text = heading_at(block, i, column);
    const bool below = i < block.last && !heading_at(block, i + 1, column).empty();
    const bool covered = merge_around(block.merges, block.row(i).number, column) != nullptr;
    if (text.empty() && path.empty() && below && !covered) text = group_from_left(block, i, column);
    if (!text.empty() && text.size() <= kHeadingBytesMax) path.push_back(std::move(text));
  }
  return path;
}

std::uint32_t last_column(const Block& block) {
  std::uint32_t last = 0;
  for (std::size_t i = block.first; i <= block.last; ++i) {
    for (const Cell& cell : block.row(i).cells) {
      const Merge* merge = merge_around(block.merges, block.row(i).number, cell.column);
      last = std::max({last, cell.column, merge == nullptr ? 0U : merge->last_column});
    }
  }
  return last;
}

/// What a person said of this column.
void choose(RosterColumn& column, const std::string& target, const OwnColumns& own) {
  column.target = target;
  column.reading = own.reading(target).value_or(Reading::kNone);
  column.confidence = 100;
  column.chosen = true;
}

RosterColumn make_column(const Sheet& sheet, std::uint32_t column, const std::vector<std::string>& path,
                         const ColumnMap& map, const OwnColumns& own) {
  RosterColumn out;
  out.column = column;
  out.heading = join(path, "/");
  out.key = ColumnMap::key_of(path);
  out.hidden = std::binary_search(sheet.hidden_columns.begin(), sheet.hidden_columns.end(), column);
  if (const std::string* chosen = map.find(column, path)) {
    choose(out, *chosen, own);
    return out;
  }
  // What the county itself calls by a name is that.
  auto match = own.match(path);
  if (!match) match = match_heading(path);
  if (match) {
    out.target = std::move(match->target);
    out.reading = match->reading;
    out.confidence = match->confidence;
  }
  return out;
}

void retarget(RosterColumn& column, std::string_view target, int confidence) {
  column.target = target;
  column.reading = reading_of(target).value_or(Reading::kNone);
  column.confidence = confidence;
}

/// A plain "联系电话" belongs to the person named in the column on its left, when the member has a number
/// elsewhere (or when that person is a relative).
void settle_phones(std::vector<RosterColumn>& columns) {
  const auto phones = std::count_if(columns.begin(), columns.end(),
                                    [](const RosterColumn& c) { return c.target == kTargetSelfPhone; });
  for (std::size_t i = 1; i < columns.size(); ++i) {
    const RosterColumn& left = columns[i - 1];
    RosterColumn& phone = columns[i];
    if (phone.target != kTargetSelfPhone || phone.chosen || left.column + 1 != phone.column) continue;
    if (phone.heading.find("本人") != std::string::npos) continue;
    if (left.target == kTargetFamilyName) retarget(phone, kTargetFamilyPhone, 80);
    if (left.target == kTargetLiaison && phones > 1) retarget(phone, kTargetLiaisonPhone, 80);
    if (left.target == kTargetLiaison && phones == 1) phone.confidence = std::min(phone.confidence, 60);
  }
}

/// Beside 职业, and where no column asks for the employer, 从事工作 is where somebody works.
void settle_occupation(std::vector<RosterColumn>& columns) {
  const auto has = [&](std::string_view target) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const RosterColumn& column) { return column.target == target; });
  };
  const auto is_plain = [](const RosterColumn& column) {
    return column.target == kTargetOccupation && !asks_for_work(column.heading);
  };
  if (has(kTargetEmployer) || std::none_of(columns.begin(), columns.end(), is_plain)) return;
  const auto work = std::find_if(columns.begin(), columns.end(), [](const RosterColumn& column) {
    return column.target == kTargetOccupation && asks_for_work(column.heading) && !column.chosen;
  });
  if (work != columns.end()) retarget(*work, kTargetEmployer, 60);
}

/// The last part of "结对帮扶/结对党员".
std::string own_word(const RosterColumn& column) {
  return normalize_heading(column.heading.substr(column.heading.rfind('/') + 1));
}

bool has_word(const std::vector<RosterColumn>& columns, std::string_view word) {
  return std::any_of(columns.begin(), columns.end(),
                     [&](const RosterColumn& column) { return own_word(column) == word; });
}

OwnList own_list_of(const std::vector<RosterColumn>& columns) {
  const auto has = [&](std::string_view word) { return has_word(columns, word); };
  if (has("发证时间") && (has("编号") || has("证件编号"))) return OwnList::kCertificates;
  if (has("困难类型") && has("困难程度")) return OwnList::kHardship;
  if (has("联络员") && has("联系党员数")) return OwnList::kPairing;
  return OwnList::kNone;
}

/// 流入时间 or 流入原因: people who came here. 流入地 alone is where somebody left for.
bool is_inflow(const std::vector<RosterColumn>& columns) {
  return std::any_of(columns.begin(), columns.end(), [](const RosterColumn& column) {
    const std::string word = own_word(column);
    const auto match = match_heading({"@inflow", word});
    return word.find("流入") != std::string::npos && match && match->confidence == kByGroup;
  });
}

/// In lists of one sort some words mean what they mean nowhere else: 编号 is the certificate's.
void settle_group(RosterTable& table, const std::string& group) {
  for (RosterColumn& column : table.columns) {
    if (column.chosen) continue;
    const auto match = match_heading({group, own_word(column)});
    if (!match || match->confidence != kByGroup) continue;
    column.target = match->target;
    column.reading = match->reading;
    column.confidence = kByGroup;
  }
}

void settle_own_list(RosterTable& table) {
  const OwnList list = own_list_of(table.columns);
  if (list == OwnList::kNone) {
    const auto has = [&](std::string_view word) { return has_word(table.columns, word); };
    table.is_printed = has("家庭人口") && has("思想状况") && (has("状态") || has("持活动证")) &&
                       table.column_for(kTargetId) == nullptr;
    table.inflow = is_inflow(table.columns);
    if (table.inflow) settle_group(table, "@inflow");
    return;
  }
  settle_group(table, list == OwnList::kCertificates ? "@certificates"
                      : list == OwnList::kHardship   ? "@hardship"
                                                     : "@pairing");
  if (table.column_for(kTargetId) == nullptr) table.list = list;
}

bool may_repeat(std::string_view target) {
  return target.empty() || target == kTargetIgnored || target == kTargetSelfPhone ||
         target == kTargetFamilyPhone || target == kTargetRemark;
}

/// One column per target: a person's choice, else the surest, else the first. The others are not taken, and
/// shown so.
void settle_doubles(std::vector<RosterColumn>& columns) {
  for (RosterColumn& column : columns) {
    if (may_repeat(column.target)) continue;
    for (RosterColumn& other : columns) {
      if (&other == &column || other.target != column.target) continue;
      const bool better =
          std::pair(other.chosen, other.confidence) > std::pair(column.chosen, column.confidence);
      retarget(better ? column : other, "", 0);
      if (better) break;
    }
  }
}

/// Columns headed alike, or by signs only, are told apart by their letters.
void settle_keys(std::vector<RosterColumn>& columns) {
  std::map<std::string, int> times;
  for (const RosterColumn& column : columns)
    ++times[column.key];
  for (RosterColumn& column : columns) {
    if (column.key.empty() || times[column.key] > 1) column.key = "@" + column_letters(column.column);
  }
}

std::string fingerprint_of(const std::vector<RosterColumn>& columns) {
  std::string text = "roster-1";
  for (const RosterColumn& column : columns)
    text += "\n" + normalize_heading(column.heading);
  return hash256(text).hex().substr(0, 16);
}

/// The table whose headings begin with, or have 姓名 in, row `index`.
struct FoundTable {
  RosterTable table;
  std::size_t last_index = 0;
};
std::optional<FoundTable> table_at(const Sheet& sheet, std::size_t index, const ColumnMap& map,
                                   const OwnColumns& own) {
  const RowLook look = look_at(sheet.rows[index]);
  const auto& cells = sheet.rows[index].cells;
  const bool chosen_name = std::any_of(cells.begin(), cells.end(), [&](const Cell& cell) {
    return cell.kind == CellKind::kText && map.gives(cell.text, kTargetName);
  });
  if (look.has_data || (!chosen_name && (!look.has_name || look.headings < 2))) return std::nullopt;
  if (!chosen_name && !work_form_headed_by(sheet.rows[index]).empty()) return std::nullopt;
  Block block{sheet, index, index, merges_near(sheet, sheet.rows[index].number)};
  grow_up(block);
  grow_down(block);
  RosterTable table;
  table.first_header_row = block.row(block.first).number;
  table.last_header_row = std::max(block.row(block.last).number, merged_down_to(block));
  const std::uint32_t last = last_column(block);
  for (std::uint32_t column = 0; column <= last; ++column) {
    const auto path = heading_path(block, column);
    if (!path.empty()) table.columns.push_back(make_column(sheet, column, path, map, own));
  }
  settle_own_list(table);
  settle_phones(table.columns);
  settle_occupation(table.columns);
  settle_doubles(table.columns);
  settle_keys(table.columns);
  const bool personal = std::any_of(table.columns.begin(), table.columns.end(), [](const RosterColumn& c) {
    return !c.target.empty() && is_personal(c.target);
  });
  if (table.column_for(kTargetName) == nullptr || !personal) return std::nullopt;
  table.fingerprint = fingerprint_of(table.columns);
  return FoundTable{std::move(table), block.last};
}

}  // namespace

const RosterColumn* RosterTable::column_for(std::string_view target) const {
  const auto at =
      std::find_if(columns.begin(), columns.end(), [&](const auto& c) { return c.target == target; });
  return at == columns.end() ? nullptr : &*at;
}

const Merge* merge_around(const std::vector<Merge>& merges, std::uint32_t row, std::uint32_t column) {
  for (const Merge& merge : merges) {
    const bool inside = row >= merge.first_row && row <= merge.last_row && column >= merge.first_column &&
                        column <= merge.last_column;
    if (inside) return &merge;
  }
  return nullptr;
}

bool has_long_number(const Cell& cell) {
  if (cell.kind == CellKind::kNumber) return cell.number >= 1e6;
  int run = 0;
  for (const char c : cell.text) {
    run = c >= '0' && c <= '9' ? run + 1 : 0;
    if (run >= 7) return true;
  }
  return false;
}

RosterTable table_by_letters(const Sheet& sheet, const ColumnMap& map, const OwnColumns& own) {
  std::set<std::uint32_t> used;
  for (const Row& row : sheet.rows) {
    for (const Cell& cell : row.cells)
      used.insert(cell.column);
  }
  RosterTable table;
  for (const std::uint32_t column : used) {
    RosterColumn out;
    out.column = column;
    out.heading = out.key = "@" + column_letters(column);
    out.hidden = std::binary_search(sheet.hidden_columns.begin(), sheet.hidden_columns.end(), column);
    if (const std::string* target = map.find(column, {})) choose(out, *target, own);
    table.columns.push_back(std::move(out));
  }
  settle_doubles(table.columns);
  table.fingerprint = fingerprint_of(table.columns);
  return table;
}

std::vector<RosterTable> find_tables(const Sheet& sheet, const ColumnMap& map, const OwnColumns& own) {
  std::vector<RosterTable> tables;
  for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
    auto found = table_at(sheet, i, map, own);
    if (!found) continue;
    tables.push_back(std::move(found->table));
    i = found->last_index;
  }
  if (tables.empty()) {
    RosterTable table = table_by_letters(sheet, map, own);
    if (table.column_for(kTargetName) != nullptr) tables.push_back(std::move(table));
  }
  return tables;
}

NoTable explain_no_table(const Sheet& sheet) {
  NoTable out{sheet.rows.empty() ? "empty" : "no_roster", {}};
  std::size_t best = 0;
  std::size_t people = 0;
  std::string_view form;
  for (const Row& row : sheet.rows) {
    const RowLook look = look_at(row);
    if (form.empty() && look.has_name) form = work_form_headed_by(row);
    const bool texts = !look.has_data && row.cells.size() >= 2;
    // The most heading-like row: known words count most, otherwise the first row of several texts.
    const std::size_t rank = texts ? 1 + look.headings * 2 : 0;
    people += look.has_data && row.cells.size() >= 2 ? 1U : 0U;
    if (rank <= best) continue;
    best = rank;
    out.found.clear();
    for (const Cell& cell : row.cells) {
      if (out.found.size() < 12) out.found.push_back(first_code_points(shown_text(cell, false), 20));
    }
  }
  if (people >= 1 && best <= 1) out.why = "no_header";
  if (!form.empty()) out.why = form;
  return out;
}

}  // namespace lianxin::client::import
