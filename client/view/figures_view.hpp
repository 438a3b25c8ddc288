#pragma once
// The numbers of the report, and the ledger of the one that is open: every number is the sum of its list
// (K8).
#include <cstdint>
#include <string>
#include <vector>

#include "client/view/part_view.hpp"
#include "client/view/question_view.hpp"
#include "client/view/register_view.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::view {

struct FigureRowView {
  int row = 0;
  std::string phrase;  ///< "送学上门"
  std::string number;  ///< "238次", "118/118张（100%）"; "" = only parts
  std::string parts;   ///< "人次 241 · 其中由家属代学 3"
};

struct LedgerRowView {
  Id record;
  RowOpens opens = RowOpens::kNothing;
  Id target;           ///< what it opens: the record, or the member it is about
  std::string day;     ///< "5月4日"
  std::string who;     ///< a member, a unit, a title
  std::string what;    ///< "走访 · 见到本人"
  std::string place;   ///< the village
  std::string amount;  ///< "" = one
};

struct LedgerView {
  int row = 0;  ///< 0 = none is open
  std::string phrase;
  std::string number;
  Choices choices;   ///< what else opens: the parts, and "" = the number itself; empty = only one thing
  std::string part;  ///< whose list it is
  std::string note;  ///< how it is counted, or what it leaves out
  std::vector<LedgerRowView> rows;  ///< at most 300
  std::uint32_t total = 0;
};

struct FiguresView {
  ListState state;
  QuestionView question;
  std::vector<FigureRowView> rows;
  LedgerView ledger;
};

}  // namespace lianxin::client::view
