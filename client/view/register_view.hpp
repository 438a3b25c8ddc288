#pragma once
// A plain register: visits, deliveries, activities, questions, hardship, points, reports. One table, one way
// to open a row.
#include <cstdint>
#include <string>
#include <vector>

#include "client/view/part_view.hpp"
#include "client/view/shell_view.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::view {

/// What Enter does with a row.
enum class RowOpens : std::uint8_t { kNothing, kMember, kVisit, kDelivery, kDraft, kRecord };

struct RegisterColumn {
  std::string key;  ///< for the id, "when"
  std::string heading;
  float weight = 1;  ///< share of the width
};

struct RegisterRow {
  Id record;
  std::vector<Words> cells;  ///< one per column
  RowOpens opens = RowOpens::kNothing;
};

struct RegisterView {
  Page page = Page::kVisits;
  ListState state;
  std::string title;
  std::string subtitle;  ///< "本月 21 次 · 按日期排序"
  std::vector<RegisterColumn> columns;
  std::vector<RegisterRow> rows;  ///< the first ones
  std::uint32_t total = 0;
  bool has_more = false;   ///< asked for by MoreRows
  std::string empty_text;  ///< why it is empty
  bool can_add = false;    ///< deliveries: the button that asks for a member; for visits it is in the bar
};

}  // namespace lianxin::client::view
