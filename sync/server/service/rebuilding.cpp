#include "sync/server/service/rebuilding.hpp"

#include "sync/server/service/access.hpp"
#include "sync/server/service/pairings.hpp"

namespace lianxin::sync::server {

Result<Branch> Rebuilder::branch_for(ReplicaId replica) {
  const auto known = branches_.find(replica);
  if (known != branches_.end()) return known->second;
  LX_TRY(const Branch branch, branch_named(reader_, replica));
  return branches_.emplace(replica, branch).first->second;
}

Status Rebuilder::apply(const store::LogRow& row, bool keeps_own, States& states) {
  LX_TRY(const change::ChangeBody signed_body, change::decode_body(row.body));
  LX_TRY(const change::ChangeValues values, change::decode_values(row.values, signed_body));
  LX_TRY(const Branch branch, branch_for(row.id.replica));
  LX_TRY(const change::ChangeBody body, renamed(reader_, signed_body, branch, row.sequence));
  std::optional<Error> failed;
  const merge::IsMissing is_missing = [&](const ChangeId& id) {
    const auto named = reader_.change(id);
    if (!named.ok()) failed = named.error();
    return named.ok() && (!*named || (*named)->sequence > row.sequence);
  };
  const merge::HeadMeta meta{body.hlc, row.effective_ms, row.suspect, body.author, body.cause};
  const auto apply_to = [&](const Id& audience) {
    merge::RecordState& state = states[audience];
    state.record = row.record;
    if (row.status == store::ChangeStatus::kApplied) {
      (void)merge::apply(state, body, values, meta, is_missing);
    } else {
      (void)merge::apply_inert(state, body, is_missing);
    }
  };
  apply_to(Id{});
  if (is_own_only(row.privacy) && !body.author.is_nil() && keeps_own) apply_to(body.author);
  if (failed) return *failed;
  return {};
}

Result<Rebuilder::States> Rebuilder::unshared(const store::RecordRow& row) {
  States states;
  LX_TRY(const auto rows, reader_.changes_of_record(row.id));
  changes_ += rows.size();
  for (const store::LogRow& one : rows)
    LX_DO(apply(one, keeps_own_view(rows.front(), one.privacy, one.author), states));
  return states;
}

Result<merge::ClassState> Rebuilder::own_view(const store::RecordRow& row, std::uint8_t privacy,
                                              const Id& worker) {
  LX_TRY(States states, unshared(row));
  return std::move(states[worker].classes[privacy]);
}

Result<Rebuilder::States> Rebuilder::states_of(const store::RecordRow& row) {
  LX_TRY(States states, unshared(row));
  const auto whole = states.find(Id{});
  if (whole != states.end() && whole->second.classes.count(kSharedClass) > 0) {
    const merge::ClassState all = whole->second.classes.at(kSharedClass);
    LX_TRY(const auto shared, reader_.shared_with(row.id));
    for (const Id& worker : shared)
      states[worker].classes[kSharedClass] = all;
  }
  for (auto& [audience, state] : states) {
    state.record = row.id;
    state.kind = row.kind;
    state.parent = row.parent;
  }
  return states;
}

}  // namespace lianxin::sync::server
