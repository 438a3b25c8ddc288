#include "client/import/roster_rows.hpp"

#include <algorithm>

#include "client/import/roster_headings.hpp"
#include "client/import/roster_phones.hpp"
#include "client/import/roster_values.hpp"
#include "client/import/village_name.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/codes.hpp"
#include "shared/domain/id_number.hpp"
#include "shared/domain/named_check.hpp"
#include "shared/domain/places.hpp"
#include "shared/domain/private_numbers.hpp"

namespace lianxin::client::import {
namespace {

/// The text of one column in one row and where it came from.
struct Written {
  Cell cell;
  std::string shown;
  ValueSource source = ValueSource::kCell;
};

/// Columns in which an area merged down, or "同上", speaks for the rows below. A name or a number of one
/// person never does.
bool may_fill_down(const RosterColumn& column) {
  switch (column.reading) {
    case Reading::kText:
    case Reading::kAddress:
    case Reading::kVillage:
      return column.target != kTargetRemark;
    case Reading::kCode:
      return column.target != kTargetGender;
    case Reading::kDate:
      return column.target != kTargetBorn;
    case Reading::kPhone:
      return column.target == kTargetLiaisonPhone;
    default:
      return false;
  }
}

bool is_ditto(std::string_view text) {
  return text == "同上" || text == "〃" || text == "″" || text == "\"" || text == "”" || text == "同左" ||
         text == "..";
}

const Cell* merged_cell(const RowContext& context, std::uint32_t row, std::uint32_t column) {
  if (context.merged_down == nullptr || column >= context.merged_down->size()) return nullptr;
  const auto& areas = (*context.merged_down)[column];
  auto after = std::upper_bound(areas.begin(), areas.end(), row, [](std::uint32_t number, const Merge& area) {
    return number < area.first_row;
  });
  if (after == areas.begin()) return nullptr;
  const Merge& area = *std::prev(after);
  if (row > area.last_row || row == area.first_row) return nullptr;
  const auto& rows = context.sheet.rows;
  const auto anchor = std::lower_bound(rows.begin(), rows.end(), area.first_row,
                                       [](const Row& r, std::uint32_t number) { return r.number < number; });
  return anchor != rows.end() && anchor->number == area.first_row ? find_cell(*anchor, column) : nullptr;
}

/// Reads one row into one RosterRow.
class RowReader {
 public:
  RowReader(const RowContext& context, const Row& row) : context_(context), row_(row) {
    out_.row = row.number;
    out_.list = context.table.list;
    out_.inflow = context.table.inflow;
    out_.is_printed = context.table.is_printed;
  }

  RosterRow read() {
    if (row_.hidden) warn("hidden_row", "", "");
    for (std::size_t i = 0; i < context_.table.columns.size(); ++i)
      read_column(i);
    if (name_.empty() && out_.quarantine.empty()) quarantine("no_name", "");
    finish_id();
    return std::move(out_);
  }

 private:
  void warn(std::string_view code, std::string_view heading, std::string_view text) {
    out_.warnings.push_back({std::string(code), std::string(heading), std::string(text)});
  }

  /// The first reason stands: one is enough to hold the row.
  void quarantine(std::string_view reason, std::string_view text) {
    if (!out_.quarantine.empty()) return;
    out_.quarantine = reason;
    out_.quarantined_text = text;
  }

  [[nodiscard]] Written written(std::size_t index) {
    const RosterColumn& column = context_.table.columns[index];
    Written out;
    const Cell* cell = find_cell(row_, column.column);
    if (cell == nullptr && may_fill_down(column)) {
      cell = merged_cell(context_, row_.number, column.column);
      if (cell != nullptr) out.source = ValueSource::kMerged;
    }
    if (cell == nullptr) return out;
    out.cell = *cell;
    out.shown = shown_text(*cell, context_.epoch_1904);
    if (is_ditto(out.shown) && may_fill_down(column) && context_.previous != nullptr) {
      out.shown = (*context_.previous)[index];
      out.cell = Cell{out.shown, 0, column.column};
      out.source = ValueSource::kDitto;
    }
    return out;
  }

  void read_column(std::size_t index) {
    const RosterColumn& column = context_.table.columns[index];
    const Written text = written(index);
    if (context_.previous != nullptr) (*context_.previous)[index] = text.shown;
    if (text.shown.empty() || column.target.empty() || column.target == kTargetIgnored) return;
    if (text.cell.kind == CellKind::kError) return warn("cell_error", column.heading, text.shown);
    switch (column.reading) {
      case Reading::kName:
        return read_name_cell(column, text);
      case Reading::kId:
        return read_id_cell(column, text);
      case Reading::kPhone:
        return read_phone_cell(column, text);
      case Reading::kVillage:
        return read_village_cell(text);
      case Reading::kNone:
        return;
      default:
        return read_plain_cell(column, text);
    }
  }

  void add_value(std::string_view target, std::string value, const std::string& shown, ValueSource source) {
    if (value.empty()) return;
    const auto dot = target.find('.');
    RosterValue out{std::string(target.substr(0, dot)),
                    std::string(target.substr(dot + 1)),
                    std::move(value),
                    {},
                    source};
    if (shown != out.value && source != ValueSource::kIdNumber) out.original = shown;
    out_.values.push_back(std::move(out));
  }

  void read_name_cell(const RosterColumn& column, const Written& text) {
    ReadCell name = read_name(text.cell.text);
    name_ = name.value;
    if (!name.quarantine.empty()) quarantine(name.quarantine, text.shown);
    if (!name.leftover.empty()) out_.leftovers.push_back({column.heading, name.leftover});
    if (name.leftover == "女") gender_note_ = "2";
    // The original keeps its blanks, so that a person can see what was changed.
    add_value(column.target, std::move(name.value), text.cell.text, text.source);
  }

  void read_id_cell(const RosterColumn& column, const Written& text) {
    if (is_masked(text.shown)) {
      is_id_masked_ = true;
      return warn("masked_number", column.heading, text.shown);
    }
    ReadCell id = read_id(text.cell, text.shown);
    if (!id.quarantine.empty()) return quarantine(id.quarantine, text.shown);
    id_ = id.value;
    add_value(column.target, std::move(id.value), text.shown, text.source);
  }

  void read_phone_cell(const RosterColumn& column, const Written& text) {
    if (says_nothing(text.shown)) return;
    if (is_masked(text.shown)) {
      is_family_masked_ = is_family_masked_ || column.target == kTargetFamilyPhone;
      if (column.target == kTargetSelfPhone) out_.masked_phones.push_back(trim(text.shown));
      return warn("masked_number", column.heading, text.shown);
    }
    const bool family = column.target == kTargetFamilyPhone;
    ReadPhones read = read_phones(text.cell, text.shown, family);
    if (read.zero_added) warn("landline_zero_added", column.heading, text.shown);
    for (std::string& unread : read.unread) {
      // Only who it is: the number stands in the column beside, as our own tables have it.
      if (family && family_name_.empty() && domain::read_code("contact_owner", unread).ok()) {
        family_name_ = std::move(unread);
        family_heading_ = column.heading;
        continue;
      }
      warn("phone_unreadable", column.heading, unread);
      out_.leftovers.push_back({column.heading, std::move(unread)});
    }
    if (column.target == kTargetLiaisonPhone) {
      if (!read.phones.empty()) out_.liaison_phone = read.phones.front().value;
      return;
    }
    for (RosterPhone& phone : read.phones)
      add_phone(std::move(phone));
  }

  void add_phone(RosterPhone phone) {
    const bool known = std::any_of(out_.phones.begin(), out_.phones.end(),
                                   [&](const RosterPhone& other) { return other.value == phone.value; });
    if (!known) out_.phones.push_back(std::move(phone));
  }

  void read_village_cell(const Written& text) {
    out_.village = village_of_cell(text.shown);
    out_.village_source = text.source == ValueSource::kCell ? VillageSource::kColumn : VillageSource::kMerged;
  }

  void read_plain_cell(const RosterColumn& column, const Written& text) {
    if (column.target == kTargetLiaison) {
      return read_liaison(text);
    }
    ReadCell read = read_field(column.target, column.reading, text.cell, text.shown, context_.epoch_1904,
                               context_.own.field(column.target));
    if (read_work(column, text, read)) return;
    if (column.target == kTargetAddress) {
      // No more than a division, as our own forms print it.
      const std::string place = domain::place_written(read.value);
      if (!place.empty()) return add_value(kTargetDivision, place, text.shown, text.source);
    }
    if (column.target == kTargetCameFrom) return read_came_from(column, text, read.value);
    if (read.warning == "code_unknown" && has_text_beside(column.target)) {
      return add_value(column.target + "_text", std::move(read.leftover), text.shown, text.source);
    }
    if (!read.warning.empty()) warn(read.warning, column.heading, text.shown);
    if (!read.leftover.empty()) out_.leftovers.push_back({column.heading, std::move(read.leftover)});
    if (column.target == kTargetFamilyName) {
      family_name_ = read.value;
      family_heading_ = column.heading;
      return;
    }
    const bool is_remark = column.target == kTargetRemark;
    const bool is_told = is_remark && !family_phones_in(read.value).empty();
    if (is_remark) read_remark(read.value);
    // A number has a column of its own; in a text it is neither found nor masked by field.
    const bool is_free = column.reading == Reading::kText || column.reading == Reading::kAddress;
    if (is_free && !is_told && domain::holds_private_number(read.value))
      warn("private_number", column.heading, domain::mask_private_numbers(read.value));
    if (is_yet_to_come(column.target, read.value)) warn("in_future", column.heading, text.shown);
    add_value(column.target, std::move(read.value), text.shown, text.source);
  }

  /// A day that can only be a past one, such as when somebody left, and is not (the form warns too).
  [[nodiscard]] bool is_yet_to_come(const std::string& target, const std::string& value) const {
    const domain::Field* own = context_.own.field(target);
    const domain::Field* field = own != nullptr ? own : catalogue_field(target);
    if (!context_.today || field == nullptr || value.empty()) return false;
    const std::vector<std::string> checks = domain::check_words(*field);
    return std::find(checks.begin(), checks.end(), "past") != checks.end() &&
           domain::run_named_check("past", *field, value, {}, *context_.today);
  }

  /// A place is kept by its digits; what says more than they, or something else, stays as it is written.
  void read_came_from(const RosterColumn& column, const Written& text, const std::string& written) {
    const std::string whole = domain::place_written(written);
    const std::string place = whole.empty() ? domain::place_begun(written) : whole;
    if (whole.empty() && !written.empty()) out_.leftovers.push_back({column.heading, written});
    add_value(column.target, place, text.shown, text.source);
  }

  /// Asked what he does there, people write where, and the other way round: "苏州某电子厂", "货运司机". True
  /// when everything of the cell has its place.
  bool read_work(const RosterColumn& column, const Written& text, const ReadCell& read) {
    if (!asks_for_work(column.heading) || column.chosen) return false;
    if (column.target == kTargetEmployer) {
      if (context_.table.column_for(kTargetOccupation) != nullptr) return false;
      auto work = domain::read_code("occupation", read.value);
      if (work.ok()) add_value(kTargetOccupation, std::move(*work), text.shown, text.source);
      return work.ok();
    }
    if (column.target != kTargetOccupation || read.warning != "code_unknown") return false;
    const bool is_place =
        context_.table.column_for(kTargetEmployer) == nullptr && names_workplace(text.shown);
    auto work = occupation_in(text.shown);
    if (is_place) add_value(kTargetEmployer, text.shown, text.shown, text.source);
    if (work) add_value(kTargetOccupation, std::move(*work), text.shown, text.source);
    return is_place || work.has_value();
  }

  /// "李书记 13900002222": many rosters have one column for both.
  void read_liaison(const Written& text) {
    if (says_nothing(text.shown)) return;
    const ReadPhones read =
        has_long_number(text.cell) ? read_phones(text.cell, text.shown, false) : ReadPhones{};
    const bool both = !read.phones.empty();
    if (both && out_.liaison_phone.empty()) out_.liaison_phone = read.phones.front().value;
    out_.liaison_name = read_name(both ? read.phones.front().owner_note : text.shown).value;
  }

  void read_remark(const std::string& remark) {
    for (RosterPhone& phone : family_phones_in(remark)) {
      warn("phone_from_remark", "", phone.original);
      add_phone(std::move(phone));
    }
  }

  /// What the number itself says: fills blanks, and is compared with what is written.
  void finish_id() {
    bool used = family_name_.empty() || is_family_masked_;
    for (RosterPhone& phone : out_.phones) {
      if (!phone.is_family || !phone.owner_note.empty()) continue;
      phone.owner_note = family_name_;
      used = true;
    }
    // A relative without a number is still what the office wrote.
    if (!used) out_.leftovers.push_back({family_heading_, family_name_});
    out_.id_missing = id_.empty() && !is_id_masked_ && out_.quarantine.rfind("id_", 0) != 0;
    // "王五（女）": written beside the name is written as well as in a column.
    if (out_.value(kTargetGender).empty())
      add_value(kTargetGender, gender_note_, gender_note_, ValueSource::kCell);
    const std::string gender(out_.value(kTargetGender));
    if (id_.empty()) return;
    const std::string id_gender = domain::gender_of(id_);
    if (gender.empty()) add_value(kTargetGender, id_gender, "", ValueSource::kIdNumber);
    if ((gender == "1" || gender == "2") && gender != id_gender) warn("gender_differs", "", gender);
    const std::string id_born = domain::birth_of(id_).text();
    const std::string born(out_.value(kTargetBorn));
    if (born.empty()) add_value(kTargetBorn, id_born, "", ValueSource::kIdNumber);
    if (id_born.compare(0, born.size(), born) != 0) warn("born_differs", "", born);
  }

  const RowContext& context_;
  const Row& row_;
  RosterRow out_;
  std::string name_;
  std::string id_;
  bool is_id_masked_ = false;
  bool is_family_masked_ = false;
  std::string gender_note_;
  std::string family_name_;
  std::string family_heading_;
};

}  // namespace

std::string_view RosterRow::value(std::string_view target) const {
  const auto dot = target.find('.');
  for (const RosterValue& candidate : values) {
    if (candidate.kind == target.substr(0, dot) && candidate.field == target.substr(dot + 1))
      return candidate.value;
  }
  return {};
}

RosterRow read_row(const RowContext& context, const Row& row) { return RowReader(context, row).read(); }

void add_continuation(const RowContext& context, const Row& row, RosterRow& person) {
  for (const RosterColumn& column : context.table.columns) {
    const Cell* cell = find_cell(row, column.column);
    if (cell == nullptr || column.target == kTargetIgnored) continue;
    const std::string shown = shown_text(*cell, context.epoch_1904);
    if (column.target != kTargetSelfPhone && column.target != kTargetFamilyPhone) {
      person.leftovers.push_back({column.heading, shown});
      continue;
    }
    ReadPhones read = read_phones(*cell, shown, column.target == kTargetFamilyPhone);
    for (RosterPhone& phone : read.phones)
      person.phones.push_back(std::move(phone));
    for (std::string& unread : read.unread)
      person.leftovers.push_back({column.heading, std::move(unread)});
  }
}

}  // namespace lianxin::client::import
