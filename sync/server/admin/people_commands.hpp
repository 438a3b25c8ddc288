#pragma once
// Workers with their grants, and the laptops they carry.
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

[[nodiscard]] Result<int> worker_add(const Context& context);
[[nodiscard]] Result<int> worker_list(const Context& context);
[[nodiscard]] Result<int> worker_grant(const Context& context);
[[nodiscard]] Result<int> worker_end(const Context& context);

/// The join line is told once: shown, or written into --out. It leads to where the server listens now, if one
/// is running.
[[nodiscard]] Result<int> device_add(const Context& context);
[[nodiscard]] Result<int> device_list(const Context& context);
[[nodiscard]] Result<int> device_revoke(const Context& context);
[[nodiscard]] Result<int> device_report(const Context& context);
[[nodiscard]] Result<int> device_close_gap(const Context& context);

/// "revoked", "enrolled", "waiting" for the laptop, or "expired" (the join line).
[[nodiscard]] std::string_view state_of(const store::DeviceRow& device, WallMs now_ms);
/// All laptops that have synced, two at least, found this machine's clock off to one side: it is this one
/// that is wrong.
[[nodiscard]] bool is_own_clock_doubtful(const std::vector<store::DeviceRow>& devices);

}  // namespace lianxin::sync::server::admin
