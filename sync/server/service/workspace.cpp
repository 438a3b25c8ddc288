#include "sync/server/service/workspace.hpp"

#include <algorithm>

#include "sync/server/service/access.hpp"

namespace lianxin::sync::server {
namespace {

bool contains(const std::vector<Id>& ids, const Id& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

/// Fields that decide where a record lives.
bool may_move(const domain::Kind* kind, const change::ChangeBody& body) {
  if (kind == nullptr) return true;
  for (const change::WriteHead& write : body.writes) {
    const domain::Field* field = kind->field(write.field);
    if (field == nullptr) continue;
    if (field->name == kind->scope_field) return true;
    if (std::find(kind->parent_fields.begin(), kind->parent_fields.end(), field->name) !=
        kind->parent_fields.end())
      return true;
  }
  return false;
}

}  // namespace

Result<Workspace::Box*> Workspace::open(const Id& record) {
  const auto found = boxes_.find(record);
  if (found != boxes_.end()) return &found->second;
  Box box;
  LX_TRY(const auto row, writer_.record(record));
  if (row) {
    box.row = *row;
    box.is_known = true;
    box.scopes_before = row->scopes;
    LX_TRY(const auto states, writer_.states(record));
    for (const store::StateRow& one : states) {
      merge::RecordState& state = box.states[one.audience];
      if (one.audience.is_nil()) box.bytes[one.privacy] = one.state.size();
      LX_TRY(state.classes[one.privacy], merge::decode_class_state(one.state));
    }
  }
  box.row.id = record;
  for (auto& [audience, state] : box.states) {
    state.record = record;
    state.kind = box.row.kind;
    state.parent = box.row.parent;
  }
  return &boxes_.emplace(record, std::move(box)).first->second;
}

Digest128 Workspace::leaf_of(const Box& box, const ClassKey& key) {
  const auto state = box.states.find(key.second);
  if (state == box.states.end()) return {};
  const auto owner = state->second.classes.find(key.first);
  return owner == state->second.classes.end() ? Digest128{}
                                              : merge::digest_leaf(box.row.id, key.first, owner->second);
}

void Workspace::touch(Box& box, const ClassKey& key) {
  if (box.leaves_before.count(key) == 0) box.leaves_before[key] = leaf_of(box, key);
}

Result<bool> Workspace::knows(const Id& record) {
  LX_TRY(const Box* box, open(record));
  return box->is_known;
}

Result<bool> Workspace::has_room(const Id& record, std::uint8_t privacy, std::size_t bytes) {
  LX_TRY(Box* const box, open(record));
  std::size_t& at_most = box->bytes[privacy];
  if (at_most + bytes <= kStateBytesMax) return true;
  at_most = merge::encode_class_state(box->states[Id{}].classes[privacy]).size();
  return at_most + bytes <= kStateBytesMax;
}

Result<std::vector<Id>> Workspace::scopes_of(const Id& record) {
  LX_TRY(const Box* box, open(record));
  return box->row.scopes;
}

Result<const merge::RecordState*> Workspace::state_of(const Id& record) {
  LX_TRY(Box* const box, open(record));
  return box->is_known ? &box->states[Id{}] : static_cast<const merge::RecordState*>(nullptr);
}

Result<merge::Applied> Workspace::apply_to(Box& box, const Id& audience, const store::LogRow& row,
                                           const change::ChangeBody& body,
                                           const change::ChangeValues& values) {
  std::optional<Error> failed;
  const merge::IsMissing is_missing = [&](const ChangeId& id) {
    const auto known = writer_.has_change(id);
    if (!known.ok()) failed = known.error();
    return known.ok() && !*known;
  };
  merge::RecordState& state = box.states[audience];
  state.record = box.row.id;
  state.kind = box.row.kind;
  touch(box, {row.privacy, audience});
  merge::Applied applied;
  if (row.status == store::ChangeStatus::kApplied) {
    const merge::HeadMeta meta{body.hlc, row.effective_ms, row.suspect, body.author, body.cause};
    applied = merge::apply(state, body, values, meta, is_missing);
  } else {
    applied = merge::apply_inert(state, body, is_missing);
  }
  if (failed) return *failed;
  return applied;
}

store::FeedRow Workspace::entry_about(const Box& box, store::FeedKind kind, const ChangeId& change) {
  store::FeedRow entry;
  entry.kind = kind;
  entry.change = change;
  entry.record = box.row.id;
  entry.record_kind = box.row.kind;
  entry.parent = box.row.parent;
  return entry;
}

/// Tells a change to the feeds of some scopes, and to the views there are beside them.
void Workspace::tell_change(const Box& box, const store::LogRow& row, const std::vector<Id>& told,
                            const std::vector<ChangeId>& ghosts, const std::vector<View>& views) {
  const bool applies = row.status == store::ChangeStatus::kApplied;
  store::FeedRow entry =
      entry_about(box, applies ? store::FeedKind::kChange : store::FeedKind::kInert, row.id);
  for (const Id& scope : told) {
    entry.ghosts = ghosts;
    feeds_[{scope, row.privacy, Id{}}].rows.push_back(entry);
    for (const View& view : views) {
      entry.ghosts = view.ghosts;
      auto& rows = feeds_[{scope, row.privacy, view.audience}].rows;
      rows.push_back(entry);
      if (!view.is_hidden) continue;
      rows.push_back(entry_about(box, store::FeedKind::kEnter, row.id));
      rows.back().state = merge::encode_class_state({});
    }
  }
}

Result<Merged> Workspace::merge(const store::LogRow& row, const change::ChangeBody& body,
                                const change::ChangeValues& values) {
  if (boxes_.size() > kRecordsInHandMax) LX_DO(write_boxes());
  LX_TRY(Box* const box, open(body.record));
  const bool is_new = !box->is_known;
  const bool applies = row.status == store::ChangeStatus::kApplied;
  // A change that is only kept aside decides nothing about the record: the first applied one does.
  const bool is_first = is_new || (applies && !merge::has_heads(box->states[Id{}]));
  if (is_first) {
    box->is_known = true;
    box->row_changed = true;
    box->row.kind = body.kind;
    set_parent(*box, body.parent);
  } else if (box->row.parent.is_nil() && applies) {
    set_parent(*box, body.parent);
  }
  const domain::Kind* kind = catalogue_.kind(box->row.kind);
  const std::vector<Id> before = box->row.scopes;
  const Id parent_before = box->row.parent;
  const std::set<Id> others = applies ? others_named(body) : std::set<Id>{};
  const bool moves = is_first || (applies && (box->row.waiting || may_move(kind, body) || !others.empty()));
  const std::map<Id, merge::RecordState> states_before =
      moves && !is_new ? box->states : std::map<Id, merge::RecordState>{};

  std::set<Id> cluster;
  if (moves) {
    LX_TRY(cluster, cluster_of(body.record));
  }
  box->bytes[row.privacy] += row.body.size() + row.values.size();
  LX_TRY(const merge::Applied applied, apply_to(*box, Id{}, row, body, values));
  LX_DO(note_names(*box, others));
  LX_TRY(const std::vector<View> views, apply_to_views(*box, row, body, values, applied.new_ghosts));
  std::vector<Id> wanted = before;
  if (moves) {
    LX_TRY(wanted, joined_scopes(*box, is_first ? std::vector<Id>{row.head_scope} : before));
  }
  std::vector<Id> told = before;
  for (const Id& scope : wanted) {
    if (contains(before, scope)) continue;
    tell_enter(*box, states_before, scope, row.id);
    told.push_back(scope);
  }
  tell_change(*box, row, told, applied.new_ghosts, views);
  if (wanted != before) {
    for (const Id& scope : before) {
      if (!contains(wanted, scope)) tell_evict(*box, scope, row.id);
    }
    for (const auto& [audience, state] : box->states) {
      for (const auto& [privacy, owner] : state.classes)
        touch(*box, {privacy, audience});
    }
    box->row.scopes = wanted;
    box->row_changed = true;
  }
  if (moves || row.privacy == kSharedClass) LX_DO(share(body.record, row.id));
  if (wanted != before || (box->row.parent != parent_before && !is_new))
    LX_DO(move_children(body.record, row.id, 1));
  if (applies && is_pairing_kind(kind)) LX_DO(note_pairing(body.record, row.id, Date::of(row.accepted_ms)));
  if (moves) {
    LX_TRY(const std::set<Id> now, cluster_of(body.record));
    cluster.insert(now.begin(), now.end());
    LX_DO(place_all(cluster, body.record, row.id));
  }
  return Merged{applied.concurrent, !applied.new_ghosts.empty() || box->row.waiting};
}

Status Workspace::remake(const Id& record, std::map<Id, merge::RecordState> states, const ChangeId& cause) {
  LX_TRY(Box* const box, open(record));
  if (!box->is_known) return {};
  for (const auto& by_audience : {box->states, states}) {
    for (const auto& [audience, state] : by_audience) {
      for (const auto& [privacy, owner] : state.classes)
        touch(*box, {privacy, audience});
    }
  }
  LX_TRY(const std::set<Id> cluster, cluster_of(record));
  for (const auto& [audience, state] : box->states) {  // what was taken away before stays empty
    for (const auto& [privacy, owner] : state.classes)
      states[audience].classes.try_emplace(privacy);
  }
  box->states = std::move(states);
  for (const Id& scope : box->row.scopes)
    tell_enter(*box, box->states, scope, cause);
  LX_DO(note_pairing(record, cause));
  if (cluster.size() == 1) return {};
  LX_DO(note_names(*box, cluster));
  return place_all(cluster, Id{}, cause);
}

/// Divisions are also kept in a table of their own: grants cover subtrees, and people name units by code.
Status Workspace::keep_unit(const Box& box) {
  const domain::Kind* kind = catalogue_.kind(box.row.kind);
  if (kind == nullptr || kind->name != "org_unit") return {};
  const merge::RecordState& state = box.states.at(Id{});
  store::UnitRow unit{box.row.id, shown_text(state, *kind, "code"), shown_text(state, *kind, "name"),
                      shown_text(state, *kind, "kind"), Id{}};
  const auto parent = Id::parse(shown_text(state, *kind, "parent_id"));
  if (parent.ok()) unit.parent = *parent;
  if (unit.code.empty()) unit.code = unit.id.text();  // a store has no code of the state's: it goes by its id
  return writer_.put_unit(unit);
}

Status Workspace::write_box(Box& box) {
  if (box.row_changed) LX_DO(writer_.put_record(box.row));
  for (const auto& [key, leaf_before] : box.leaves_before) {
    const Digest128 leaf = leaf_of(box, key);
    const auto& state = box.states.at(key.second).classes;
    const auto owner = state.find(key.first);
    if (owner != state.end())
      LX_DO(writer_.put_state({box.row.id, key.first, key.second, merge::encode_class_state(owner->second)}));
    for (const Id& scope : box.scopes_before) {
      if (leaf_before == Digest128{}) continue;
      FeedPart& part = feeds_[{scope, key.first, key.second}];
      part.minus += leaf_before;
      --part.records;
    }
    for (const Id& scope : box.row.scopes) {
      if (leaf == Digest128{}) continue;
      FeedPart& part = feeds_[{scope, key.first, key.second}];
      part.plus += leaf;
      ++part.records;
    }
  }
  if (!box.leaves_before.empty()) LX_DO(keep_unit(box));
  return {};
}

Status Workspace::write_boxes() {
  for (auto& [id, box] : boxes_) {
    if (!box.is_known) continue;
    if (!box.scopes_before.empty() && box.row.scopes != box.scopes_before) moved_.insert(id);
    LX_DO(write_box(box));
  }
  boxes_.clear();
  return {};
}

Status Workspace::flush() {
  LX_DO(write_boxes());
  for (const auto& [key, part] : feeds_)
    LX_DO(writer_.append_feed(key, part.rows, part.plus, part.minus, part.records));
  boxes_.clear();
  feeds_.clear();
  moved_children_.clear();
  return {};
}

}  // namespace lianxin::sync::server
