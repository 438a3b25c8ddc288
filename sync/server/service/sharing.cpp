// Whose view of the class hardship is the whole of it, and what the feeds tell when that changes
// (pairings.hpp).
#include <algorithm>
#include <iterator>

#include "sync/server/service/access.hpp"
#include "sync/server/service/rebuilding.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {
namespace {

std::vector<Id> less(const std::set<Id>& from, const std::set<Id>& taken) {
  std::vector<Id> out;
  std::set_difference(from.begin(), from.end(), taken.begin(), taken.end(), std::back_inserter(out));
  return out;
}

bool is_empty(const std::map<Id, merge::RecordState>& states, const Id& audience) {
  const auto state = states.find(audience);
  if (state == states.end()) return true;
  const auto owner = state->second.classes.find(kSharedClass);
  return owner == state->second.classes.end() || owner->second.empty();
}

}  // namespace

merge::ClassState& Workspace::view_of(Box& box, const Id& audience) {
  touch(box, {kSharedClass, audience});
  merge::RecordState& state = box.states[audience];
  state.record = box.row.id;
  state.kind = box.row.kind;
  state.parent = box.row.parent;
  return state.classes[kSharedClass];
}

/// A change of an own-only class in the views of those who do not hold all of it.
Result<std::vector<Workspace::View>> Workspace::apply_to_views(Box& box, const store::LogRow& row,
                                                               const change::ChangeBody& body,
                                                               const change::ChangeValues& values,
                                                               const std::vector<ChangeId>& ghosts) {
  std::vector<View> views;
  if (!is_own_only(row.privacy)) return views;
  if (row.privacy == kSharedClass) {
    LX_TRY(const auto shared, writer_.shared_with(box.row.id));
    for (const Id& worker : shared) {
      view_of(box, worker) = box.states.at(Id{}).classes.at(kSharedClass);
      views.push_back({worker, ghosts, false});
    }
  }
  const bool is_told =
      std::any_of(views.begin(), views.end(), [&](const View& view) { return view.audience == body.author; });
  if (body.author.is_nil() || is_told) return views;
  LX_TRY(const bool keeps, keeps_own(box.row.id, row.privacy, body.author));
  if (!keeps) {
    view_of(box, body.author) = {};
    views.push_back({body.author, {}, true});
    return views;
  }
  LX_TRY(const merge::Applied own, apply_to(box, body.author, row, body, values));
  views.push_back({body.author, own.new_ghosts, false});
  return views;
}

Result<bool> Workspace::keeps_own(const Id& record, std::uint8_t privacy, const Id& author) {
  if (privacy != kSharedClass) return true;
  LX_TRY(const auto log, writer_.changes_of_record(record));
  return log.empty() || keeps_own_view(log.front(), privacy, author);
}

/// The same walk as `paired_with`, over what this transaction has in hand.
Result<std::set<Id>> Workspace::workers_paired(const Box& box) {
  constexpr int kDepthMax = 16;
  std::set<Id> workers;
  const Box* at = &box;
  for (int depth = 0; depth < kDepthMax; ++depth) {
    LX_TRY(const auto pairings, writer_.pairings_of(at->row.id));
    for (const store::PairingRow& pairing : pairings) {
      if (pairing.open) workers.insert(pairing.worker);
    }
    if (at->row.parent.is_nil() || at->row.parent == at->row.id) break;
    LX_TRY(at, open(at->row.parent));
  }
  return workers;
}

Status Workspace::share(const Id& record, const ChangeId& cause) {
  LX_TRY(Box* const box, open(record));
  if (!box->is_known || is_empty(box->states, Id{})) return {};
  LX_TRY(const auto listed, writer_.shared_with(record));
  const std::set<Id> now(listed.begin(), listed.end());
  LX_TRY(const std::set<Id> wanted, workers_paired(*box));
  if (wanted == now) return {};
  LX_DO(writer_.lock({}, {record}));
  for (const Id& worker : less(wanted, now)) {
    view_of(*box, worker) = box->states.at(Id{}).classes.at(kSharedClass);
    LX_DO(tell_history(*box, worker));
    tell_view(*box, worker, cause);
  }
  for (const Id& worker : less(now, wanted)) {
    LX_TRY(merge::ClassState own, Rebuilder(writer_).own_view(box->row, kSharedClass, worker));
    view_of(*box, worker) = std::move(own);
    tell_view(*box, worker, cause);
  }
  return writer_.put_shared_with(record, {wanted.begin(), wanted.end()});
}

Status Workspace::share_tree(const Id& record, const ChangeId& cause, int depth) {
  constexpr int kDepthMax = 16;
  LX_DO(share(record, cause));
  if (depth >= kDepthMax) return {};
  LX_TRY(const std::set<Id> children, children_of(record));
  for (const Id& child : children)
    LX_DO(share_tree(child, cause, depth + 1));
  return {};
}

/// What others wrote of a file before, in the order of intake: the state that follows says how it stands.
Status Workspace::tell_history(const Box& box, const Id& worker) {
  LX_TRY(const auto log, writer_.changes_of_record(box.row.id));
  if (log.empty() || log.front().privacy != kSharedClass) return {};
  for (const store::LogRow& row : log) {
    const bool is_news = row.privacy == kSharedClass && row.author != worker;
    if (!is_news || row.status != store::ChangeStatus::kApplied) continue;
    store::FeedRow entry = entry_about(box, store::FeedKind::kChange, row.id);
    for (const Id& scope : box.row.scopes)
      feeds_[{scope, kSharedClass, worker}].rows.push_back(entry);
  }
  return {};
}

void Workspace::tell_view(const Box& box, const Id& worker, const ChangeId& cause) {
  store::FeedRow entry = entry_about(box, store::FeedKind::kEnter, cause);
  entry.state = merge::encode_class_state(box.states.at(worker).classes.at(kSharedClass));
  for (const Id& scope : box.row.scopes)
    feeds_[{scope, kSharedClass, worker}].rows.push_back(entry);
}

Status Workspace::note_pairing(const Id& record, const ChangeId& cause, const std::optional<Date>& today) {
  LX_TRY(Box* const box, open(record));
  const domain::Kind* kind = catalogue_.kind(box->row.kind);
  if (!box->is_known || !is_pairing_kind(kind)) return {};
  LX_TRY(const auto before, writer_.pairing(record));
  auto now = pairing_in(box->states[Id{}], *kind);
  if (now) {
    const bool is_same = before && before->member == now->member && before->worker == now->worker;
    now->open = today ? is_open_on(*now, *today) : is_same && before->open;
  }
  if (before == now) return {};
  LX_DO(now ? writer_.put_pairing(*now) : writer_.erase_pairing(record));
  if (before && before->open) LX_DO(share_tree(before->member, cause, 0));
  if (now && now->open && !(before && before->open && before->member == now->member))
    LX_DO(share_tree(now->member, cause, 0));
  return {};
}

Status Workspace::turn_pairing(const store::PairingRow& pairing, const Date& today) {
  LX_TRY(const auto log, writer_.changes_of_record(pairing.id));
  store::PairingRow turned = pairing;
  turned.open = is_open_on(pairing, today);
  LX_DO(writer_.put_pairing(turned));
  return log.empty() ? Status{} : share_tree(pairing.member, log.back().id, 0);
}

Status Workspace::hide_torn_views(const Id& record) {
  LX_TRY(Box* const box, open(record));
  LX_TRY(const auto log, writer_.changes_of_record(record));
  if (!box->is_known || log.empty()) return {};
  LX_TRY(const auto shared, writer_.shared_with(record));
  std::vector<Id> torn;
  for (const auto& [audience, state] : box->states) {
    const bool is_whole =
        audience.is_nil() || std::find(shared.begin(), shared.end(), audience) != shared.end();
    if (!is_whole && !is_empty(box->states, audience) && !keeps_own_view(log.front(), kSharedClass, audience))
      torn.push_back(audience);
  }
  for (const Id& worker : torn) {
    view_of(*box, worker) = {};
    tell_view(*box, worker, log.back().id);
  }
  return {};
}

}  // namespace lianxin::sync::server
