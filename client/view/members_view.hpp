#pragma once
// The list of members; search as you type happens in the builder, never in the frame.
#include <cstdint>
#include <string>
#include <vector>

#include "client/view/part_view.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::view {

struct MemberRow {
  Id member;
  std::string name;
  std::string gender;
  std::string village;
  std::string place;         ///< where to now, "广东深圳"
  std::string phone_masked;  ///< "138****1234"
  std::string last_contact;
  Words status;  ///< "● 正常", "▲ 联系中断", "■ 困难"
  bool in_dispute = false;
};

struct MembersView {
  ListState state;
  std::string query;            ///< the search this list answers
  std::uint32_t total = 0;      ///< members in the scope
  std::uint32_t matching = 0;   ///< length of the list, best match first
  std::uint32_t first = 0;      ///< place of rows.front() in it
  std::vector<MemberRow> rows;  ///< the part of it that was asked for, at most 300
};

}  // namespace lianxin::client::view
