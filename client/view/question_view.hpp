#pragma once
// Which unit and which period a page of numbers or forms is about.
#include <string>
#include <vector>

#include "client/view/part_view.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::view {

struct QuestionView {
  std::string unit_name;    ///< "靖宇县"
  std::string period_text;  ///< "2026年1月1日 至 9月30日"
  Choices periods;          ///< this month, last month, this quarter ...
  std::string period;
  Choices units;  ///< the unit above (if there is one here) and those below
  Id unit;
  std::string undecided;            ///< "含 2 组疑似重复，待核：…"; "" = none
  std::vector<std::string> checks;  ///< numbers that do not agree, and what they leave out, a sentence each
};

}  // namespace lianxin::client::view
