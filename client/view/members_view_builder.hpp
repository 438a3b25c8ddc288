#pragma once
// Builds MembersView: the list, or what a search finds. Store thread.
#include <string>

#include "client/view/members_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

class DutyBook;

/// At most 300 rows, from the place `from` of the list on: names equal to the query first, then those that
/// begin with it, then the rest; without a query by village and name.
/// `duties` knows when people were last reached; null = it is looked up for each.
[[nodiscard]] Result<MembersView> build_members(const ViewSources& sources, const std::string& query,
                                                DutyBook* duties = nullptr, std::uint32_t from = 0);
/// "● 正常", "▲ 联系中断", "■ 困难".
[[nodiscard]] Words member_status(const Wording& wording, const std::string& standing,
                                  const std::string& link_status, bool needs_care);

}  // namespace lianxin::client::view
