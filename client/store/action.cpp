#include "client/store/action.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <map>
#include <tuple>

#include "client/store/peer_changes.hpp"
#include "client/store/purging.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/merge/children.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
namespace merge = sync::merge;

namespace {

void sort_once(Seen& seen) {
  std::sort(seen.begin(), seen.end());
  seen.erase(std::unique(seen.begin(), seen.end(),
                         [](const change::SeenRef& a, const change::SeenRef& b) { return a.id == b.id; }),
             seen.end());
}

NewWrite saying(const RecordBox& box, const NewWrite& about, const std::string& note) {
  NewWrite out;
  out.field = domain::kFieldDecided;
  out.element = std::to_string(about.field);
  out.privacy = about.privacy;
  out.value = note;
  out.seen = merge::heads_of(box.shown, {out.field, out.element});
  return out;
}

bool is_removal(const NewWrite& write) {
  return (write.field == domain::kFieldDeleted || write.field == domain::kFieldVoided) && write.value;
}

/// A removal with all that its author was shown below the record, and the marks that go on with it (3.5). A
/// mark replaces those of the removals that this one replaces.
std::vector<NewWrite> naming(const RecordBox& box, const NewWrite& removal, const Seen& below) {
  std::vector<NewWrite> out{removal};
  const auto pieces = merge::name_children(out.front().group_seen, below);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    NewWrite mark;
    mark.field = domain::kFieldLookedAt;
    mark.element = merge::naming_element(i);
    mark.privacy = removal.privacy;
    mark.value = "1";
    mark.group_seen = pieces[i];
    for (const change::SeenRef& ref : merge::heads_of(box.shown, {mark.field, mark.element})) {
      const bool is_replaced = std::any_of(removal.seen.begin(), removal.seen.end(),
                                           [&](const change::SeenRef& one) { return one.id == ref.id; });
      if (is_replaced) mark.seen.push_back(ref);
    }
    out.push_back(std::move(mark));
  }
  return out;
}

/// A reader refuses a change with longer values or ones that are no text: saved, it would close the store.
bool fits_in_change(std::string_view value) {
  return value.size() <= change::kValueBytesMax && is_valid_text(value);
}

}  // namespace

Result<Action> Action::begin(RecordsImpl& records) {
  LX_TRY(auto transaction, lianxin::store::Transaction::begin(records.database()));
  Action action(records, std::move(transaction));
  LX_TRY(action.own_, records.own());
  action.action_ = action.own_.end.counter + 1;
  return action;
}

Status Action::write(RecordBox& box, const Id& supposed, const std::vector<NewWrite>& writes,
                     const WriteCause& why) {
  if (writes.empty()) return {};
  const bool all_fit = std::all_of(writes.begin(), writes.end(), [](const NewWrite& write) {
    return fits_in_change(write.value.value_or(""));
  });
  if (!all_fit || !fits_in_change(why.note)) return fail("record.text");
  LX_TRY(const Id scope, records_.scope_seen(box, supposed));
  if (!box.is_known) box.enters = supposed;
  // What confirms a new value names its change, so it goes into a second one.
  std::map<std::uint8_t, std::array<std::vector<const NewWrite*>, 2>> by_class;
  const auto add = [&](const NewWrite& write) {
    by_class[write.privacy][write.confirms_new ? 1 : 0].push_back(&write);
  };
  std::deque<NewWrite> removals;  // with what they name
  for (const NewWrite& write : writes) {
    if (!box.is_known || !is_removal(write)) {
      add(write);
      continue;
    }
    LX_TRY(const Seen below, records_.heads_below(box.base.record));
    for (NewWrite& one : naming(box, write, below))
      add(removals.emplace_back(std::move(one)));
  }
  std::optional<NewWrite> said;
  if (!why.note.empty()) {
    // In the most private class of what it is about.
    const auto& about = by_class.rbegin()->second;
    said = saying(box, *(about[0].empty() ? about[1] : about[0]).front(), why.note);
    by_class.rbegin()->second[about[0].empty() ? 1 : 0].push_back(&*said);
  }
  for (auto& [privacy, turns] : by_class) {
    for (auto& same : turns) {
      std::sort(same.begin(), same.end(), [](const NewWrite* a, const NewWrite* b) {
        return std::tie(a->field, a->element) < std::tie(b->field, b->element);
      });
      for (std::size_t from = 0; from < same.size(); from += change::kWritesMax) {
        const std::size_t to = std::min(same.size(), from + change::kWritesMax);
        LX_DO(write_class(box, scope,
                          {same.begin() + static_cast<std::ptrdiff_t>(from),
                           same.begin() + static_cast<std::ptrdiff_t>(to)},
                          why));
      }
    }
  }
  box.has_overlay = true;
  LX_DO(records_.store(box));
  return {};
}

Status Action::write_class(RecordBox& box, const Id& scope, const std::vector<const NewWrite*>& writes,
                           const WriteCause& why) {
  change::ChangeBody body;
  body.id = {own_.end.replica, own_.end.counter + 1};
  body.action = action_;
  body.wall_ms = records_.clock().now_ms();
  body.hlc = own_.hlc.next(body.wall_ms - own_.clock_offset_ms);
  body.author = own_.worker;
  body.record = box.base.record;
  body.kind = box.shown.kind;
  body.parent = box.shown.parent;
  body.scope = scope;
  if (box.is_known || merge::is_attached(records_.catalogue().kind(body.kind))) {
    LX_TRY(body.purge_number, purge_number_of(records_, body.record, body.kind, body.parent));
  }
  body.scope_position = why.scope_position;
  body.cause = why.cause;
  std::vector<change::WriteValue> values;
  for (const NewWrite* write : writes) {
    change::WriteHead head{write->field, write->element, write->privacy, write->seen, write->group_seen};
    if (write->confirms_new) head.group_seen.push_back({changes_.back(), std::nullopt});
    sort_once(head.seen);
    sort_once(head.group_seen);
    LX_DO(mark_learnt(head));
    body.writes.push_back(std::move(head));
    values.push_back(change::WriteValue::of(write->value));
  }
  LX_DO(remember(box, body));
  const change::Change linked = change::link(own_.end, std::move(body), std::move(values));
  LX_DO(records_.log().append_own(linked));
  Status failed;
  const merge::IsMissing missing = [&](const ChangeId& id) {
    const auto is = records_.is_missing(id);
    if (!is.ok()) failed = is.error();
    return is.ok() && *is;
  };
  const merge::HeadMeta meta{linked.body.hlc, change::hlc_ms(linked.body.hlc), false, linked.body.author,
                             linked.body.cause};
  (void)merge::apply(box.shown, linked.body, linked.values, meta, missing);
  changes_.push_back(linked.body.id);
  entries_.push_back({linked.body.id, linked.hash, linked.body_bytes, change::encode_values(linked.values)});
  return failed;
}

/// What was learnt from another laptop only is named with its hash (2.6); so is what this laptop wrote in an
/// earlier chain: where that parts from another copy's, one name stands for two changes (7.2).
Status Action::mark_learnt(change::WriteHead& head) {
  for (auto* refs : {&head.seen, &head.group_seen}) {
    for (change::SeenRef& ref : *refs) {
      if (!ref.hash8) {
        LX_TRY(ref.hash8, peer_hash8(records_.database(), ref.id));
      }
      if (!ref.hash8) {
        LX_TRY(ref.hash8, earlier_hash8(ref.id));
      }
    }
  }
  return {};
}

Result<std::optional<std::array<std::uint8_t, 8>>> Action::earlier_hash8(const ChangeId& id) {
  std::optional<std::array<std::uint8_t, 8>> out;
  auto select = records_.database().prepare(
      "SELECT hash FROM change WHERE replica = ?1 AND counter = ?2 AND hash IS NOT NULL AND "
      "EXISTS (SELECT 1 FROM old_chain o WHERE o.replica = ?1)");
  LX_TRY(const bool found, select.bind(1, id.replica.number).bind(2, id.counter).step());
  if (!found) return out;
  LX_TRY(const Hash256 hash, Hash256::from_bytes(select.blob(0)));
  out = sync::wire::hash8_of(hash);
  return out;
}

/// What each write replaces, as it was shown.
Status Action::remember(const RecordBox& box, const change::ChangeBody& body) {
  const auto keep = [&](std::uint16_t field, const std::string& element,
                        const std::optional<std::string>& value) -> Status {
    auto insert = records_.database().prepare("INSERT INTO before VALUES(?, ?, ?, ?, ?)");
    insert.bind(1, body.id.replica.number).bind(2, body.id.counter).bind(3, int{field}).bind_text(4, element);
    return insert.bind_text_or_null(5, value).run();
  };
  if (!box.is_known) return keep(0, "", std::nullopt);
  for (const change::WriteHead& write : body.writes) {
    const auto owner = box.shown.classes.find(write.privacy);
    if (owner == box.shown.classes.end()) continue;
    const auto reg = owner->second.registers.find({write.field, write.element});
    if (reg == owner->second.registers.end()) continue;
    const auto policy = merge::policy_of(records_.catalogue(), body.kind, write.field);
    LX_DO(keep(write.field, write.element, merge::shown(reg->second, policy, owner->second).value));
  }
  return {};
}

Result<Saved> Action::commit(Saved saved) {
  saved.ok = true;
  if (changes_.empty()) return saved;
  LX_DO(records_.set_own(own_));
  LX_DO(transaction_.commit());
  LX_DO(records_.tail().saved(entries_, {own_.end, own_.acknowledged}));
  saved.changes = changes_;
  saved.undo_token = UndoToken{own_.end.replica, changes_.front().counter, changes_.back().counter}.text();
  return saved;
}

std::string UndoToken::text() const {
  return replica.text() + ":" + std::to_string(first) + "-" + std::to_string(last);
}

Result<UndoToken> UndoToken::parse(std::string_view text) {
  const std::vector<std::string> ends = split(text, '-');
  if (ends.size() != 2) return fail("token.malformed");
  const auto first = ChangeId::parse(ends[0]);
  std::uint64_t last = 0;
  const char* end = ends[1].data() + ends[1].size();
  const auto [rest, error] = std::from_chars(ends[1].data(), end, last);
  if (!first.ok() || error != std::errc{} || rest != end || last < first->counter)
    return fail("token.malformed");
  return UndoToken{first->replica, first->counter, last};
}

Result<std::uint64_t> position_for(RecordsImpl& records, const Id& scope,
                                   const std::vector<NewWrite>& writes) {
  const bool removes = std::any_of(writes.begin(), writes.end(), [](const NewWrite& write) {
    return write.field == domain::kFieldDeleted || write.field == domain::kFieldVoided;
  });
  if (!removes) return std::uint64_t{0};
  auto select = records.database().prepare("SELECT position FROM cursor WHERE scope = ? AND privacy = 0");
  LX_TRY(const bool found, select.bind(1, scope).step());
  return found ? select.natural(0) : std::uint64_t{0};
}

Seen seen_of(const RecordBox& box, const ShownHeads* shown, std::uint16_t field, std::string_view element) {
  const Seen* on_form = shown == nullptr ? nullptr : shown->find(box.base.record, field, element);
  return on_form != nullptr ? *on_form : merge::heads_of(box.shown, {field, std::string(element)});
}

void add_removals(const RecordBox& box, const ShownHeads* shown, Seen& group_seen) {
  for (const std::uint16_t field : {domain::kFieldDeleted, domain::kFieldVoided}) {
    const Seen heads = seen_of(box, shown, field, "");
    group_seen.insert(group_seen.end(), heads.begin(), heads.end());
  }
}

Seen group_seen_of(const RecordBox& box, const ShownHeads* shown, const domain::Kind& kind,
                   const domain::Field& field) {
  Seen out;
  if (field.group == 0) return out;
  for (const domain::Field& other : kind.fields) {
    if (other.group != field.group || other.wire == field.wire) continue;
    const Seen heads = seen_of(box, shown, other.wire, "");
    out.insert(out.end(), heads.begin(), heads.end());
  }
  sort_once(out);
  return out;
}

std::uint8_t mark_class_of(const domain::Catalogue& catalogue, std::uint16_t kind) {
  const domain::Kind* known = catalogue.kind(kind);
  return known == nullptr ? 0 : static_cast<std::uint8_t>(known->mark_class());
}

const domain::Field* field_of(const domain::Catalogue& catalogue, std::uint16_t kind, std::uint16_t wire) {
  const domain::Kind* known = catalogue.kind(kind);
  if (known != nullptr) return known->field(wire);
  for (const domain::Field& field : domain::Catalogue::common_fields()) {
    if (field.wire == wire) return &field;
  }
  return nullptr;
}

}  // namespace lianxin::client::store
