#pragma once
// What the server writes down of itself and of its administrator: every action with its parts by name, so
// that whoever reads it takes nothing out of prose.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "sync/server/store/rows.hpp"

namespace lianxin::sync::server {

inline constexpr std::string_view kByAdministrator = "admin";
inline constexpr std::string_view kByServer = "server";

struct AuditAction {
  std::string_view name;    ///< "worker.add"; its sentence is the text "server.audit.worker.add"
  std::string_view parts;   ///< names, with blanks between
  std::string_view before;  ///< the detail as it was written before parts had names: "{role} {place}"
};

/// Every action there is.
[[nodiscard]] const std::vector<AuditAction>& audit_actions();

using AuditParts = std::vector<ErrorArg>;

/// An entry to append. `parts` are exactly those of the action; anything else is a bug.
[[nodiscard]] store::AuditRow audit_row(WallMs at_ms, std::string_view who, std::string_view action,
                                        const Id& record, const AuditParts& parts = {});
/// The parts of an entry, also of one that was written before they had names; nullopt = no action of ours, or
/// another version's.
[[nodiscard]] std::optional<AuditParts> audit_parts(const store::AuditRow& row);

}  // namespace lianxin::sync::server
