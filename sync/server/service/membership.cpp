// Where a record lives, read off its own fields (design.md 12, sync.md 3.9, 4.4).
#include <algorithm>

#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {

std::vector<Id> references_in(const merge::RecordState& state, const domain::Field& field) {
  std::vector<Id> ids;
  const merge::Register* reg = state.find(field.wire);
  if (reg == nullptr) return ids;
  for (const merge::Head& head : reg->heads) {
    const auto id = Id::parse(head.value.value_or(""));
    if (id.ok()) ids.push_back(*id);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::vector<Id> elements_in(const merge::RecordState& state, const domain::Field& field) {
  std::vector<Id> ids;
  for (const auto& [privacy, owner] : state.classes) {
    for (const auto& [key, reg] : owner.registers) {
      if (key.field != field.wire) continue;
      const bool present = std::any_of(reg.heads.begin(), reg.heads.end(), [](const merge::Head& head) {
        return head.value.has_value() && *head.value != "0";
      });
      const auto id = Id::parse(key.element);
      if (present && id.ok()) ids.push_back(*id);
    }
  }
  return ids;
}

Id parent_in(const merge::RecordState& state, const domain::Kind& kind, const Id& present) {
  for (const std::string& name : kind.parent_fields) {
    const domain::Field* field = kind.field(name);
    if (field == nullptr) continue;
    const std::vector<Id> ids = field->is_set() ? elements_in(state, *field) : references_in(state, *field);
    if (ids.empty()) continue;
    return std::find(ids.begin(), ids.end(), present) != ids.end() ? present : ids.front();
  }
  return present;
}

std::string shown_text(const merge::RecordState& state, const domain::Kind& kind, std::string_view name) {
  const domain::Field* field = kind.field(name);
  if (field == nullptr) return "";
  const merge::Register* reg = state.find(field->wire);
  const auto owner = state.classes.find(static_cast<std::uint8_t>(field->privacy));
  if (reg == nullptr || owner == state.classes.end()) return "";
  return merge::shown(*reg, field->policy, owner->second).value.value_or("");
}

void Workspace::set_parent(Box& box, const Id& parent) {
  if (parent == box.row.parent) return;
  box.row.parent = parent;
  box.row_changed = true;
  if (!parent.is_nil()) moved_children_[parent].insert(box.row.id);
}

Result<Workspace::Placed> Workspace::placed_by_parent(Box& box, const domain::Kind* kind, int depth) {
  constexpr int kDepthMax = 16;
  Placed placed;
  if (kind != nullptr) set_parent(box, parent_in(box.states[Id{}], *kind, box.row.parent));
  const Id parent = box.row.parent;
  if (parent.is_nil() || parent == box.row.id || depth >= kDepthMax) return placed;
  // An organisation unit may be the parent itself (visits without a member): then it is the scope.
  LX_TRY(const auto unit, writer_.unit(parent));
  LX_TRY(const Box* above, open(parent));
  if (unit || (above->is_known && above->row.kind == unit_kind())) {
    LX_TRY(const Id present, present_unit(parent));
    placed.scopes = {present};
  } else if (!above->is_known) {
    placed.waiting = true;
  } else if (above->row.scopes != std::vector<Id>{Id{}}) {
    placed.scopes = above->row.scopes;
  }
  return placed;
}

/// All heads count: a disputed scope delivers to both (3.9). A unit that is not here yet holds nothing.
Result<Workspace::Placed> Workspace::placed_by_field(Box& box, const domain::Field& field) {
  Placed placed;
  for (const Id& id : references_in(box.states[Id{}], field)) {
    LX_TRY(const auto unit, writer_.unit(id));
    bool here = unit.has_value();
    if (!here) {
      LX_TRY(const Box* named, open(id));
      here = named->is_known && named->row.kind == unit_kind();
    }
    placed.waiting = placed.waiting || !here;
    if (!here) continue;
    LX_TRY(const Id present, present_unit(id));
    placed.scopes.push_back(present);
  }
  std::sort(placed.scopes.begin(), placed.scopes.end());
  placed.scopes.erase(std::unique(placed.scopes.begin(), placed.scopes.end()), placed.scopes.end());
  placed.waiting = placed.waiting && placed.scopes.empty();
  return placed;
}

/// A village that went up in another is where late work still names it (4.3). One that was split into several
/// stands for itself: a person says who goes where.
Result<Id> Workspace::present_unit(const Id& unit) {
  constexpr int kStepsMax = 16;
  const domain::Kind* kind = catalogue_.kind("org_unit");
  const domain::Field* merged = kind != nullptr ? kind->field("merged_into") : nullptr;
  Id present = unit;
  for (int step = 0; merged != nullptr && step < kStepsMax; ++step) {
    LX_TRY(Box* const box, open(present));
    if (!box->is_known || box->row.kind != kind->wire) return present;
    const std::vector<Id> into = elements_in(box->states[Id{}], *merged);
    if (into.size() != 1 || into.front() == unit) return present;
    present = into.front();
  }
  return present;
}

std::uint16_t Workspace::unit_kind() const {
  const domain::Kind* kind = catalogue_.kind("org_unit");
  return kind != nullptr ? kind->wire : std::uint16_t{0};
}

Result<std::vector<Id>> Workspace::wanted_scopes(Box& box, const std::vector<Id>& otherwise, int depth) {
  const domain::Kind* kind = catalogue_.kind(box.row.kind);
  if (kind != nullptr && kind->scope_rule == domain::ScopeRule::kShelf) return std::vector<Id>{Id{}};
  Placed placed;
  if (kind == nullptr || kind->scope_rule == domain::ScopeRule::kParent) {
    LX_TRY(placed, placed_by_parent(box, kind, depth));
  }
  const domain::Field* field = kind == nullptr ? nullptr : kind->field(kind->scope_field);
  if (placed.scopes.empty() && !placed.waiting && field != nullptr) {
    LX_TRY(placed, placed_by_field(box, *field));
  }
  if (placed.scopes.empty()) {  // nothing of it counts yet: where it was filed, or what that has become
    std::set<Id> filed;
    for (const Id& scope : otherwise) {
      LX_TRY(const Id present, present_unit(scope));
      filed.insert(present);
    }
    placed.scopes = {filed.begin(), filed.end()};
  }
  // Nothing but reference kinds stands on the shelf that every laptop holds.
  placed.scopes.erase(std::remove(placed.scopes.begin(), placed.scopes.end(), Id{}), placed.scopes.end());
  if (placed.waiting != box.row.waiting) {
    box.row.waiting = placed.waiting;
    box.row_changed = true;
  }
  return placed.scopes;
}

/// What hangs on a record, as this transaction has it.
Result<std::set<Id>> Workspace::children_of(const Id& record) {
  LX_TRY(const auto stored, writer_.children(record));
  std::set<Id> children(stored.begin(), stored.end());
  if (const auto moved = moved_children_.find(record); moved != moved_children_.end())
    children.insert(moved->second.begin(), moved->second.end());
  for (auto at = children.begin(); at != children.end();) {
    LX_TRY(const Box* child, open(*at));
    at = *at == record || child->row.parent != record ? children.erase(at) : std::next(at);
  }
  return children;
}

Status Workspace::move_children(const Id& record, const ChangeId& cause, int depth) {
  LX_TRY(const std::set<Id> children, children_of(record));
  for (const Id& id : children) {
    LX_TRY(Box* const child, open(id));
    const std::vector<Id> before = child->row.scopes;
    LX_TRY(const auto wanted, wanted_scopes(*child, before, depth));
    if (wanted != before) move_box(*child, wanted, cause);
    LX_DO(share(id, cause));
    if (depth < 16) LX_DO(move_children(id, cause, depth + 1));
  }
  return {};
}

/// Tells the feeds of both sides; the digests follow with the flush. A scope in which it stays is told all of
/// it again when it leaves another: a laptop that holds both may have heard the one that ends alone, and have
/// passed over here what that one told no more.
void Workspace::move_box(Box& box, const std::vector<Id>& wanted, const ChangeId& cause) {
  const std::vector<Id> before = box.row.scopes;
  const auto is_among = [](const std::vector<Id>& scopes, const Id& scope) {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
  };
  const bool leaves =
      !std::all_of(before.begin(), before.end(), [&](const Id& scope) { return is_among(wanted, scope); });
  for (const Id& scope : wanted) {
    if (leaves || !is_among(before, scope)) tell_enter(box, box.states, scope, cause);
  }
  for (const Id& scope : before) {
    if (!is_among(wanted, scope)) tell_evict(box, scope, cause);
  }
  for (const auto& [audience, state] : box.states) {
    for (const auto& [privacy, owner] : state.classes)
      touch(box, {privacy, audience});
  }
  box.row.scopes = wanted;
  box.row_changed = true;
}

Status Workspace::place_again(const Id& record, const ChangeId& cause) {
  LX_TRY(Box* const box, open(record));
  if (!box->is_known) return {};
  LX_TRY(const auto wanted, joined_scopes(*box, box->row.scopes));
  if (wanted == box->row.scopes) return {};
  move_box(*box, wanted, cause);
  return move_children(record, cause, 1);
}

namespace {

/// A view that was taken away has nothing to show, and is told all the same: whoever holds the class whole in
/// another scope holds it here as well (whole_elsewhere.hpp).
bool has_feed_entry(const Id& audience, const merge::ClassState& owner) {
  return !audience.is_nil() || !owner.empty();
}

}  // namespace

void Workspace::tell_enter(const Box& box, const std::map<Id, merge::RecordState>& states, const Id& scope,
                           const ChangeId& cause) {
  for (const auto& [audience, state] : states) {
    for (const auto& [privacy, owner] : state.classes) {
      if (!has_feed_entry(audience, owner)) continue;
      store::FeedRow row = entry_about(box, store::FeedKind::kEnter, cause);
      row.state = merge::encode_class_state(owner);
      feeds_[{scope, privacy, audience}].rows.push_back(std::move(row));
    }
  }
}

void Workspace::tell_evict(Box& box, const Id& scope, const ChangeId& cause) {
  for (const auto& [audience, state] : box.states) {
    for (const auto& [privacy, owner] : state.classes) {
      if (!has_feed_entry(audience, owner)) continue;
      feeds_[{scope, privacy, audience}].rows.push_back(entry_about(box, store::FeedKind::kEvict, cause));
    }
  }
}

}  // namespace lianxin::sync::server
