// Intake: may the author do this? What he may not is kept aside for a person (sync.md 4.3).
#include "sync/server/service/intake_rights.hpp"

#include <algorithm>

#include "shared/domain/extension.hpp"
#include "sync/server/service/aliases.hpp"
#include "sync/server/service/intake.hpp"
#include "sync/server/service/pairings.hpp"

namespace lianxin::sync::server {
namespace {

/// Records a change hangs its own on: what it writes into the fields that name a parent.
std::vector<Id> parents_named(const domain::Kind* kind, const change::ChangeBody& body,
                              const change::ChangeValues& values) {
  std::vector<Id> ids;
  for (std::size_t i = 0; kind != nullptr && i < body.writes.size(); ++i) {
    const domain::Field* field = kind->field(body.writes[i].field);
    const bool names_parent =
        field != nullptr && std::find(kind->parent_fields.begin(), kind->parent_fields.end(), field->name) !=
                                kind->parent_fields.end();
    if (!names_parent) continue;
    const auto id = Id::parse(field->is_set() ? body.writes[i].element : values.values[i].text);
    if (id.ok()) ids.push_back(*id);
  }
  return ids;
}

}  // namespace

Result<bool> is_of_another_kind(Workspace& workspace, const change::ChangeBody& body) {
  LX_TRY(const merge::RecordState* const state, workspace.state_of(body.record));
  return state != nullptr && merge::has_heads(*state) && state->kind != body.kind;
}

/// What one record may hold has an end: above it the record could be told to nobody.
Result<Intake::Judgement> Intake::judge(const store::DeviceRow& device, const change::Change& change,
                                        const change::ChangeBody& body) {
  LX_TRY(Judgement judgement, judge_right(device, body, change.values));
  if (judgement.status != store::ChangeStatus::kApplied || body.writes.empty()) return judgement;
  const std::size_t bytes = change.body_bytes.size() + change::encode_values(change.values).size();
  LX_TRY(const bool fits, workspace_.has_room(body.record, body.writes.front().privacy, bytes));
  if (fits) return judgement;
  LX_TRY(std::string owner, owner_of(body.scope));
  return Judgement{store::ChangeStatus::kQuarantined, "too_large", std::move(owner)};
}

/// Right is judged in the scope the author saw (4.3). What may not be applied is kept all the same (P1).
Result<Intake::Judgement> Intake::judge_right(const store::DeviceRow& device, const change::ChangeBody& body,
                                              const change::ChangeValues& values) {
  const auto held_back = [&](std::string_view reason) -> Result<Judgement> {
    LX_TRY(std::string owner, owner_of(body.scope));
    return Judgement{store::ChangeStatus::kQuarantined, std::string(reason), std::move(owner)};
  };
  if (device.revoked_ms != 0) return held_back("device_revoked");
  const bool holds = body.scope.is_nil() ? access_.scopes.size() > 1 : access_.holds(body.scope);
  LX_TRY(const auto late,
         holds || body.scope.is_nil() ? Result(std::optional<EndedRight>()) : late_right(body));
  LX_TRY(const Id scope, holds || late ? Result(body.scope) : held_instead_of(body.scope));
  const bool has_right = holds || scope != body.scope;
  if (access_.grants.empty() && !late) return held_back("no_grant");
  if (body.author != device.worker) return held_back("author");
  LX_TRY(const bool is_mistaken, saw_another_body(body));
  if (is_mistaken) return held_back("seen_other");
  // What follows asks the kind that the head names, and the write goes to the record as it is.
  LX_TRY(const bool other_kind, is_of_another_kind(workspace_, body));
  if (other_kind) return held_back("kind");
  const domain::Kind* kind = catalogue_.kind(body.kind);
  const bool on_shelf = kind != nullptr && kind->scope_rule == domain::ScopeRule::kShelf;
  // The county's own fields are given out at the server, where they are checked.
  if (on_shelf && kind->name == domain::kCustomFieldKind) return held_back("own_field");
  if (on_shelf) return access_.writes_shelf ? Result<Judgement>(Judgement{}) : held_back("shelf");
  if (has_right || late) {
    const bool had_whole = late ? late->whole : access_.holds_whole(scope, kSharedClass);
    LX_TRY(const bool pairs, pairs_without_right(kind, body, had_whole));
    if (pairs) return held_back("pairing");
    LX_TRY(const bool may, may_touch_all(kind, body, values));
    if (!may) return held_back("scope");
    LX_TRY(const bool takes, joins_unheld(workspace_, access_, body, values, body.scope));
    if (takes) return held_back("scope");
    LX_TRY(const bool too_many, joins_too_many(workspace_, body, values));
    return too_many ? held_back("alias_many") : Result<Judgement>(Judgement{});
  }
  LX_TRY(const bool tells, tells_of_new_member(kind, body, values));
  if (!tells) return held_back("scope");
  LX_TRY(const bool takes, joins_unheld(workspace_, access_, body, values, Id{}));
  if (takes) return held_back("scope");
  LX_TRY(const bool too_many, joins_too_many(workspace_, body, values));
  return too_many ? held_back("alias_many") : Result<Judgement>(Judgement{});
}

/// A pairing of a worker opens a file of hardship to that worker, so it is for those who hold all of the
/// class themselves, or did when they wrote: else everybody could open every file.
Result<bool> Intake::pairs_without_right(const domain::Kind* kind, const change::ChangeBody& body,
                                         bool had_whole) {
  if (!is_pairing_kind(kind) || had_whole || access_.holds_whole(body.scope, kSharedClass)) return false;
  const auto any = [&](bool (*is)(const domain::Kind&, std::uint16_t)) {
    return std::any_of(body.writes.begin(), body.writes.end(),
                       [&](const auto& write) { return is(*kind, write.field); });
  };
  if (any(is_worker_of_pairing)) return true;
  LX_TRY(const merge::RecordState* state, workspace_.state_of(body.record));
  return state != nullptr && names_worker(*state, *kind) && any(is_part_of_pairing);
}

/// All that is known of the record was told in this same action.
Result<bool> Intake::began_here(const Id& record, const change::ChangeBody& body) {
  LX_TRY(const auto history, writer_.changes_of_record(record));
  return !history.empty() && std::all_of(history.begin(), history.end(), [&](const store::LogRow& row) {
    return row.status == store::ChangeStatus::kApplied && row.id.replica == body.id.replica &&
           row.action == body.action;
  });
}

/// Anybody may tell of a member who is on no list yet, wherever that member belongs (design.md 12). One
/// action is several changes (sync.md 2.8): what it says of the same person, and hangs on that person, comes
/// along.
Result<bool> Intake::tells_of_new_member(const domain::Kind* kind, const change::ChangeBody& body,
                                         const change::ChangeValues& values) {
  if (kind == nullptr) return false;
  LX_TRY(const bool known, workspace_.knows(body.record));
  if (known) return began_here(body.record, body);
  if (kind->name == "member") return true;
  LX_TRY(const bool pairs, pairs_without_right(kind, body, false));
  const std::vector<Id> parents = parents_named(kind, body, values);
  if (pairs || parents.empty()) return false;
  for (const Id& parent : parents) {
    LX_TRY(const bool new_too, began_here(parent, body));
    if (!new_too) return false;
  }
  return true;
}

/// The right that has ended since its author wrote this in good faith.
Result<std::optional<EndedRight>> Intake::late_right(const change::ChangeBody& body) {
  LX_TRY(const auto ended, good_faith_->scope_ended(body.scope));
  if (!ended) return std::optional<EndedRight>();
  LX_TRY(const bool covers, good_faith_->covers(body.id, body.scope, *ended));
  return covers ? ended : std::nullopt;
}

/// Whose village went up in another holds that one now: a laptop that does not know, or whose disk has
/// forgotten what it had stated, goes on in the old one's name. The scope itself = no such right.
Result<Id> Intake::held_instead_of(const Id& scope) {
  LX_TRY(const Id present, workspace_.present_unit(scope));
  if (present == scope || !access_.holds(present)) return scope;
  LX_TRY(const auto ended, good_faith_->scope_ended(scope));
  return ended ? present : scope;
}

Result<bool> Intake::may_touch_all(const domain::Kind* kind, const change::ChangeBody& body,
                                   const change::ChangeValues& values) {
  std::vector<Id> touched = parents_named(kind, body, values);
  touched.push_back(body.record);
  touched.push_back(body.parent);
  for (const Id& record : touched) {
    LX_TRY(const bool may, may_touch(record, body));
    if (!may) return false;
  }
  return true;
}

/// What has nothing in the class that every record has leaves with what it hangs on.
Result<std::optional<EndedRight>> Intake::left_with_parent(const Id& scope, const Id& record) {
  constexpr int kDepthMax = 16;
  std::optional<EndedRight> left;
  Id at = record;
  for (int depth = 0; depth < kDepthMax && !left && !at.is_nil(); ++depth) {
    LX_TRY(left, good_faith_->record_left(scope, at));
    LX_TRY(const merge::RecordState* const state, workspace_.state_of(at));
    at = state != nullptr ? state->parent : Id{};
  }
  return left;
}

/// A record is touched by who holds it now, or through a scope it stands in or once stood in (its mover
/// cannot take the work of the one who had it before, as long as that was done in good faith, 4.3). What is
/// unknown, or stands on the shelf, says nothing against.
Result<bool> Intake::may_touch(const Id& record, const change::ChangeBody& body) {
  const Id& through = body.scope;
  if (record.is_nil()) return true;
  LX_TRY(const auto scopes, workspace_.scopes_of(record));
  if (scopes.empty() || scopes.front().is_nil()) return true;
  if (std::any_of(scopes.begin(), scopes.end(), [&](const Id& scope) { return access_.holds(scope); }))
    return true;
  if (through.is_nil()) return false;
  // Who writes of a member whose home is a village that went up in another names the old one.
  LX_TRY(const Id present, workspace_.present_unit(through));
  for (const Id& scope : std::set<Id>{through, present}) {
    if (std::find(scopes.begin(), scopes.end(), scope) != scopes.end()) return true;
    LX_TRY(const auto left, left_with_parent(scope, record));
    if (left) return good_faith_->covers(body.id, scope, *left);
  }
  LX_TRY(const auto history, writer_.changes_of_record(record));
  return std::any_of(history.begin(), history.end(), [&](const store::LogRow& row) {
    return row.status == store::ChangeStatus::kApplied && row.head_scope == through;
  });
}

/// The office above a village decides; for a township or an unknown scope the county ("").
Result<std::string> Intake::owner_of(const Id& scope) {
  LX_TRY(const auto unit, writer_.unit(scope));
  if (!unit) return std::string();
  LX_TRY(const auto above, writer_.unit(unit->parent));
  return above ? above->code : std::string();
}

}  // namespace lianxin::sync::server
