#pragma once
// What laptops are shown of rights: roles on the worker's card and dated roles beside it. Private to this
// folder.
#include "sync/server/service/access.hpp"
#include "sync/server/service/own_changes.hpp"

namespace lianxin::sync::server {

/// The word for a role in a worker's own record (code list worker_role).
[[nodiscard]] std::string worker_role(Role role);
/// As a dated role says it: a grant's own `to` is its last day. "" = none.
[[nodiscard]] Result<std::string> first_day_without(const store::GrantRow& grant);
/// A dated role of the grant's own number. `to` is the first day without it, "" = none.
[[nodiscard]] Status write_role(OwnChanges& own, const store::GrantRow& grant, const std::string& to);
/// Of the roles that grants give, the card names those of open ones that hold today; others it names are a
/// person's word and stay.
[[nodiscard]] Status write_card_roles(store::Reader& reader, OwnChanges& own, const Id& worker,
                                      const Date& today);

}  // namespace lianxin::sync::server
