#pragma once
// Commands about one person: the member's file and the points ledger.
#include "client/cli/call.hpp"

namespace lianxin::client::cli {

// member.cpp
[[nodiscard]] Exit member_file(Call& call);
// points.cpp
[[nodiscard]] Exit points_propose(Call& call);
[[nodiscard]] Exit points_approve(Call& call);
[[nodiscard]] Exit points_reject(Call& call);
[[nodiscard]] Exit points_reverse(Call& call);
[[nodiscard]] Exit points_rule(Call& call);
[[nodiscard]] Exit points_sample(Call& call);
[[nodiscard]] Exit points_sum(Call& call);

}  // namespace lianxin::client::cli
