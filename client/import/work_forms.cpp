#include "client/import/work_forms.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "client/import/roster_headings.hpp"
#include "shared/domain/codes.hpp"

namespace lianxin::client::import {
namespace {

/// Two headings that stand together in no roster.
constexpr std::array<std::array<std::string_view, 2>, 4> kOfWork = {
    {{"到会情况", "签到"}, {"封顶后", "累计"}, {"变动类型", "新值"}, {"办理结果", "答复日期"}}};

bool is_work_list(const std::vector<std::string>& words) {
  const auto has = [&](std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  return std::any_of(kOfWork.begin(), kOfWork.end(),
                     [&](const auto& pair) { return has(pair[0]) && has(pair[1]); });
}

/// 性别 and beside it a gender.
bool is_filled_form(const std::vector<std::string>& words) {
  const auto label = std::find(words.begin(), words.end(), "性别");
  return label != words.end() && label + 1 != words.end() && domain::read_code("gender", label[1]).ok();
}

}  // namespace

std::string_view work_form_headed_by(const Row& row) {
  std::vector<std::string> words;
  for (const Cell& cell : row.cells) {
    if (cell.kind == CellKind::kText && !cell.text.empty()) words.push_back(normalize_heading(cell.text));
  }
  if (is_work_list(words)) return "work_list";
  return is_filled_form(words) ? "filled_form" : "";
}

}  // namespace lianxin::client::import
