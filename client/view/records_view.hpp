#pragma once
// Any kind of record that has no page of its own: activities, certificates, hardship files, points ... A
// list, and a form made from the catalogue.
#include <cstdint>
#include <string>
#include <vector>

#include "client/view/member_file_view.hpp"
#include "client/view/register_view.hpp"

namespace lianxin::client::view {

struct RecordDraft {
  Id draft;          ///< of the form; a new record takes it as its own id
  Id record;         ///< nil = a new one
  std::string kind;  ///< catalogue name
  std::vector<FieldEdit> edits;
};

struct RecordFormView {
  Id form;  ///< nil = none is open
  Id record;
  std::string kind;
  std::string title;     ///< "活动 · 新增"
  std::string subtitle;  ///< where it lives, who wrote it
  std::vector<FieldRow> rows;
  std::string shown_token;
  RecordDraft draft;
  std::string draft_saved;
  Problems problems;
  std::uint64_t answered = 0;  ///< rises when a save was refused
  bool read_only = false;
  std::string why_read_only;
  std::string before_saving;  ///< to be known before it is saved: where it counts only once an office has
                              ///< looked at it; "" = nothing
  bool can_void = true;       ///< of a record: it stands, and is voided by people
  std::string why_not_void;   ///< whose act that is; "" = this person's too
};

struct RecordsView {
  ListState state;
  Choices kinds;
  std::string kind;
  std::string query;
  std::vector<RegisterColumn> columns;
  std::vector<RegisterRow> rows;  ///< at most 500
  std::uint32_t total = 0;
  RecordFormView form;
  std::string found_query;  ///< members found for a field that names one
  Choices found;
};

}  // namespace lianxin::client::view
