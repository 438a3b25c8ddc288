// Records that people say are one (sync.md 3.8): nothing is moved or rewritten, but while it is said the
// scopes of all of them are the union, so that both villages hold what both know.
//
// The register stands on one record and names the other in its element; who is named by whom is kept in a row
// of meta for each named record.
#include "sync/server/service/aliases.hpp"

#include <algorithm>

namespace lianxin::sync::server {
namespace {

constexpr std::size_t kIdSize = 16;

std::string names_row(const Id& record) { return "alias." + record.text(); }

/// Whom a state says its record is the same as; with rivals, any of them.
std::set<Id> same_in(const merge::RecordState& state) {
  std::set<Id> out;
  for (const auto& [privacy, owner] : state.classes) {
    for (auto at = owner.registers.lower_bound({domain::kFieldAliasOf, ""});
         at != owner.registers.end() && at->first.field == domain::kFieldAliasOf; ++at) {
      const bool says = std::any_of(at->second.heads.begin(), at->second.heads.end(),
                                    [](const merge::Head& head) { return head.value == "1"; });
      const auto other = Id::parse(at->first.element);
      if (says && other.ok() && *other != state.record) out.insert(*other);
    }
  }
  return out;
}

/// Whom a change makes one with its record.
std::set<Id> joined_by(const change::ChangeBody& body, const change::ChangeValues& values) {
  std::set<Id> out;
  for (std::size_t i = 0; i < body.writes.size(); ++i) {
    const auto other = Id::parse(body.writes[i].element);
    const bool joins = body.writes[i].field == domain::kFieldAliasOf && values.values[i].value() == "1";
    if (joins && other.ok()) out.insert(*other);
  }
  return out;
}

}  // namespace

Result<bool> joins_unheld(Workspace& workspace, const Access& access, const change::ChangeBody& body,
                          const change::ChangeValues& values, const Id& through) {
  for (const Id& other : joined_by(body, values)) {
    LX_TRY(const auto scopes, workspace.scopes_of(other));
    const bool held = std::any_of(scopes.begin(), scopes.end(),
                                  [&](const Id& scope) { return scope == through || access.holds(scope); });
    if (!scopes.empty() && !held) return true;
  }
  return false;
}

Result<bool> joins_too_many(Workspace& workspace, const change::ChangeBody& body,
                            const change::ChangeValues& values) {
  for (const Id& other : joined_by(body, values)) {
    LX_TRY(const std::set<Id> ours, workspace.cluster_of(body.record));
    LX_TRY(const std::set<Id> theirs, workspace.cluster_of(other));
    if (ours.count(other) == 0 && ours.size() + theirs.size() > kClusterMax) return true;
  }
  return false;
}

std::set<Id> others_named(const change::ChangeBody& body) {
  std::set<Id> out;
  for (const change::WriteHead& write : body.writes) {
    if (write.field != domain::kFieldAliasOf) continue;
    const auto other = Id::parse(write.element);
    if (other.ok() && *other != body.record) out.insert(*other);
  }
  return out;
}

Result<std::set<Id>> Workspace::named_by(const Id& record) {
  LX_TRY(const auto row, writer_.meta(names_row(record)));
  std::set<Id> out;
  for (std::size_t at = 0; row && at + kIdSize <= row->size(); at += kIdSize) {
    LX_TRY(const Id id, Id::from_bytes(BytesView(*row).substr(at, kIdSize)));
    out.insert(id);
  }
  return out;
}

Status Workspace::note_names(const Box& box, const std::set<Id>& others) {
  const auto state = box.states.find(Id{});
  const std::set<Id> same = state == box.states.end() ? std::set<Id>{} : same_in(state->second);
  for (const Id& other : others) {
    if (other == box.row.id) continue;
    LX_DO(writer_.lock({}, {other}));
    LX_TRY(std::set<Id> names, named_by(other));
    const bool says = same.count(other) > 0;
    const bool changed = says ? names.insert(box.row.id).second : names.erase(box.row.id) > 0;
    if (!changed) continue;
    Bytes row;
    for (const Id& id : names)
      row += id.bytes();
    LX_DO(writer_.put_meta(names_row(other), row));
  }
  return {};
}

Result<std::set<Id>> Workspace::cluster_of(const Id& record) {
  std::set<Id> cluster{record};
  std::vector<Id> next{record};
  while (!next.empty()) {
    const Id id = next.back();
    next.pop_back();
    LX_TRY(Box* const box, open(id));
    LX_TRY(std::set<Id> others, named_by(id));
    if (const auto state = box->states.find(Id{}); state != box->states.end())
      others.merge(same_in(state->second));
    for (const Id& other : others) {
      LX_TRY(const Box* const named, open(other));
      if (!named->is_known || cluster.size() >= kClusterMax) continue;
      if (cluster.insert(other).second) next.push_back(other);
    }
  }
  return cluster;
}

Result<std::vector<Id>> Workspace::joined_scopes(Box& box, const std::vector<Id>& otherwise) {
  LX_TRY(std::vector<Id> scopes, wanted_scopes(box, otherwise, 0));
  const domain::Kind* kind = catalogue_.kind(box.row.kind);
  // What hangs on a record follows it; the shelf is everybody's.
  if (kind == nullptr || kind->scope_rule != domain::ScopeRule::kField) return scopes;
  LX_TRY(const std::set<Id> cluster, cluster_of(box.row.id));
  for (const Id& id : cluster) {
    if (id == box.row.id) continue;
    LX_TRY(Box* const other, open(id));
    if (other->row.kind != box.row.kind) continue;
    LX_TRY(const auto theirs, wanted_scopes(*other, {}, 0));
    scopes.insert(scopes.end(), theirs.begin(), theirs.end());
  }
  std::sort(scopes.begin(), scopes.end());
  scopes.erase(std::unique(scopes.begin(), scopes.end()), scopes.end());
  return scopes;
}

Status Workspace::place_all(const std::set<Id>& records, const Id& but, const ChangeId& cause) {
  for (const Id& record : records) {
    if (record != but) LX_DO(place_again(record, cause));
  }
  return {};
}

}  // namespace lianxin::sync::server
