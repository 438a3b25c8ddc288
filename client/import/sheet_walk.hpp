#pragma once
// Goes down one sheet and tells persons from titles, totals, notes and village rows. Used by roster_reader.
#include <cstdint>
#include <string>
#include <vector>

#include "client/import/roster_reader.hpp"

namespace lianxin::client::import {

class SheetWalk {
 public:
  /// `out` receives tables and skipped rows, `rows` the persons.
  SheetWalk(const Workbook& workbook, std::size_t sheet_index, const RosterOptions& options, RosterSheet& out,
            std::vector<RosterRow>& rows);
  void walk(std::vector<RosterTable> tables);

 private:
  void enter(RosterTable table);
  void take_row(const Row& row);
  void take_person(const Row& row);
  void take_samples(const Row& row);
  void take_lines_above(const Row& row);
  void skip(const Row& row, std::string_view why);
  void skip_blank(std::uint32_t first, std::uint32_t last);
  void set_village(RosterRow& person) const;
  void index_merges();
  [[nodiscard]] std::string text_at(const Row& row, std::string_view target) const;
  [[nodiscard]] std::string why_no_person(const Row& row);
  [[nodiscard]] std::string why_single_cell(const Row& row);
  [[nodiscard]] bool is_continuation(const Row& row) const;
  [[nodiscard]] bool has_id_number(const Row& row) const;
  [[nodiscard]] bool only_form_columns(const Row& row) const;
  [[nodiscard]] bool is_nil(const Row& row) const;

  const Workbook& workbook_;
  const Sheet& sheet_;
  std::size_t sheet_index_;
  const RosterOptions& options_;
  RosterSheet& out_;
  std::vector<RosterRow>& rows_;
  RosterTable table_;
  bool inside_ = false;
  std::vector<std::vector<Merge>> merged_down_;
  std::vector<std::string> previous_;
  std::string group_village_;    ///< of the last village row in this table
  std::string title_village_;    ///< of the title above this table
  std::string pending_village_;  ///< named since the last person: a title if a header follows
  bool has_person_ =
      false;  ///< the table's last taken row was a person, so a continuation has someone to join
};

}  // namespace lianxin::client::import
