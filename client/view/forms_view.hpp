#pragma once
// The office's forms: what can be made, what was handed in, and why a number is another one since.
#include <cstdint>
#include <string>
#include <vector>

#include "client/view/folder_view.hpp"
#include "client/view/part_view.hpp"
#include "client/view/question_view.hpp"

namespace lianxin::client::view {

struct FormRowView {
  std::string form;       ///< "f1"
  std::string number;     ///< "F1"
  std::string name;       ///< "流动党员信息登记表（一村一表）"
  std::string period;     ///< its own, "2026年8月"; "" = the period asked for
  bool is_text = false;   ///< the report in words: .docx instead of .xlsx
  bool is_paper = false;  ///< a paper of the office that counts nothing: a PDF, never handed in
};

/// All that should be looked at in the form made or checked last, before it goes out.
struct WarnedFormView {
  std::string form;  ///< "" = nothing
  std::string name;
  std::vector<std::string> warnings;
  std::string problem;        ///< why it could not be made; "" = it could
  std::uint64_t checked = 0;  ///< CheckForm that were answered
};

struct HandedInView {
  Id snapshot;
  std::string name;
  std::string unit;
  std::string period;  ///< "2026年8月", "2026年第3季度"
  std::string number;  ///< "第 2 版"
  std::string when;
  std::string who;
  std::string reason;  ///< why once more
};

struct ComparisonRowView {
  int row = 0;
  std::string phrase;
  std::string numbers;  ///< "231 → 238"
  std::string reasons;  ///< "补报 +5（甲 2，乙 3），更正 +3，作废 -1"
};

struct ComparisonView {
  Id snapshot;  ///< nil = none is open
  std::vector<ComparisonRowView> rows;
};

struct FormsView {
  ListState state;
  QuestionView question;
  std::vector<FormRowView> forms;
  std::vector<HandedInView> handed_in;  ///< newest first, at most 200
  ComparisonView comparison;
  WarnedFormView warned;
  FolderView folder;  ///< for a report that comes back from a word processor
};

}  // namespace lianxin::client::view
