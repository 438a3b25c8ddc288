// Records: what waits for a person, and what a person should know of.
#include <algorithm>
#include <map>
#include <set>

#include "client/store/conflict_find.hpp"
#include "client/store/told.hpp"
#include "shared/store/each_row.hpp"
#include "sync/merge/dump_line.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

namespace {

using domain::Field;

std::string name_of(RecordsImpl& records, std::uint16_t kind, std::uint16_t wire) {
  const Field* field = field_of(records.catalogue(), kind, wire);
  return field == nullptr ? "#" + std::to_string(wire) : field->name;
}

/// The write a rival stands for: in the register, or, where a group or a deletion is in dispute, its first
/// head.
struct Spoken {
  std::uint16_t field = 0;
  const merge::Head* head = nullptr;
  const merge::HeadMeta* meta = nullptr;
};

Spoken spoken_of(const merge::RecordState& state, const merge::Conflict& conflict, const ChangeId& id,
                 const domain::Kind* kind) {
  for (const auto& [privacy, owner] : state.classes) {
    for (const auto& [key, reg] : owner.registers) {
      bool fits = conflict.kind == merge::ConflictKind::kDelete &&
                  (key.field >= domain::kFirstKindField || key.field == conflict.key.field);
      if (conflict.kind == merge::ConflictKind::kValues) fits = key == conflict.key;
      if (conflict.kind == merge::ConflictKind::kGroup) {
        const Field* field = kind == nullptr ? nullptr : kind->field(key.field);
        fits = field != nullptr && field->group == conflict.group && privacy == conflict.privacy;
      }
      if (!fits) continue;
      const auto head = std::find_if(reg.heads.begin(), reg.heads.end(),
                                     [&](const merge::Head& one) { return one.id == id; });
      if (head != reg.heads.end()) return {key.field, &*head, &owner.metas.at(id)};
    }
  }
  return {};
}

/// The write a change makes to the disputed register; null = none.
const sync::change::WriteHead* write_of(const LoggedChange& change, const merge::RegisterKey& key) {
  for (const sync::change::WriteHead& write : change.body.writes) {
    if (write.field == key.field && write.element == key.element) return &write;
  }
  return nullptr;
}

/// Writes to the register that `id` follows, itself left out, each with those it follows; as far as the log
/// reaches. nullopt = what the rival saw is not known.
using Followed = std::map<ChangeId, std::set<ChangeId>>;
Result<std::optional<Followed>> followed_by(RecordsImpl& records, const merge::RegisterKey& key,
                                            const ChangeId& id) {
  Followed out;
  std::vector<ChangeId> open{id};
  while (!open.empty()) {
    const ChangeId next = open.back();
    open.pop_back();
    LX_TRY(const auto row, records.log().find(next));
    const sync::change::WriteHead* write = row ? write_of(*row, key) : nullptr;
    if (write == nullptr && next == id) return std::optional<Followed>{};
    if (write == nullptr) continue;
    for (const sync::change::SeenRef& ref : write->seen) {
      if (next != id) out[next].insert(ref.id);
      if (out.try_emplace(ref.id).second) open.push_back(ref.id);
    }
  }
  return std::optional(std::move(out));
}

/// The last write to the register that every rival followed; nullopt = none, several, or it cannot be told.
Result<std::optional<ChangeId>> last_common(RecordsImpl& records, const merge::Conflict& conflict) {
  std::optional<Followed> common;
  for (const ChangeId& id : conflict.heads) {
    LX_TRY(auto followed, followed_by(records, conflict.key, id));
    if (!followed) return std::optional<ChangeId>{};
    if (!common)
      common = std::move(followed);
    else
      std::erase_if(*common, [&](const auto& one) { return followed->count(one.first) == 0; });
  }
  if (!common) return std::optional<ChangeId>{};
  std::set<ChangeId> last;
  for (const auto& [id, earlier] : *common)
    last.insert(id);
  for (const auto& [id, earlier] : *common) {
    for (const ChangeId& one : earlier)
      last.erase(one);
  }
  return last.size() == 1 ? std::optional(*last.begin()) : std::optional<ChangeId>{};
}

/// What stood here before an own rival that followed `common` and nothing else.
Result<std::optional<std::string>> kept_before(RecordsImpl& records, const merge::Conflict& conflict,
                                               const ChangeId& common) {
  for (const ChangeId& id : conflict.heads) {
    LX_TRY(const auto row, records.log().find(id));
    const sync::change::WriteHead* write = row ? write_of(*row, conflict.key) : nullptr;
    if (write == nullptr || write->seen.size() != 1 || write->seen.front().id != common) continue;
    auto before = records.database().prepare(
        "SELECT value FROM before WHERE replica = ? AND counter = ? AND field = ? AND element = ?");
    before.bind(1, id.replica.number).bind(2, id.counter).bind(3, int{conflict.key.field});
    LX_TRY(const bool found, before.bind_text(4, conflict.key.element).step());
    if (found) return before.text_or_null(0);
  }
  return std::optional<std::string>{};
}

/// The value every rival had seen; nullopt where it cannot be told.
Result<std::optional<std::string>> value_before(RecordsImpl& records, const merge::Conflict& conflict) {
  LX_TRY(const auto common, last_common(records, conflict));
  if (!common) return std::optional<std::string>{};
  LX_TRY(const auto row, records.log().find(*common));
  if (!row || !row->values) return kept_before(records, conflict, *common);
  for (std::size_t i = 0; i < row->body.writes.size(); ++i) {
    const sync::change::WriteHead& write = row->body.writes[i];
    if (write.field == conflict.key.field && write.element == conflict.key.element)
      return row->values->values[i].value();
  }
  return std::optional<std::string>{};
}

void say_whose(RivalValue& rival, const merge::HeadMeta& meta, const OwnState& own) {
  rival.author = meta.author;
  rival.replica = rival.change.replica;
  rival.hlc = meta.hlc;
  rival.effective_ms = meta.effective_ms;
  rival.suspect = meta.suspect;
  rival.cause = meta.cause;
  rival.mine = meta.author == own.worker;
}

Result<ConflictItem> item_of(RecordsImpl& records, const RecordBox& box, const merge::Conflict& conflict,
                             const OwnState& own) {
  const domain::Kind* kind = records.catalogue().kind(box.shown.kind);
  ConflictItem item;
  item.id = conflict_id(box.base.record, conflict);
  item.record = box.base.record;
  item.kind = kind == nullptr ? std::string() : kind->name;
  item.field = name_of(records, box.shown.kind, conflict.key.field);
  item.element = conflict.key.element;
  item.what = conflict.kind;
  // Of a removal the element is what hangs on the record.
  const bool is_beside = conflict.kind == merge::ConflictKind::kDelete && !conflict.key.element.empty();
  const merge::Register* reg =
      box.shown.find(conflict.key.field, is_beside ? std::string() : conflict.key.element);
  const auto owner = box.shown.classes.find(conflict.privacy);
  if (reg != nullptr && owner != box.shown.classes.end()) {
    const auto policy = merge::policy_of(records.catalogue(), box.shown.kind, conflict.key.field);
    item.shown = merge::shown(*reg, policy, owner->second).value;
  }
  LX_TRY(item.before, value_before(records, conflict));
  for (const ChangeId& id : conflict.heads) {
    const Spoken spoken = spoken_of(box.shown, conflict, id, kind);
    RivalValue rival;
    rival.change = id;
    if (spoken.head != nullptr) {
      rival.field = name_of(records, box.shown.kind, spoken.field);
      rival.value = spoken.head->value;
      say_whose(rival, *spoken.meta, own);
    } else if (is_beside) {
      LX_TRY(const Id child, Id::parse(conflict.key.element));
      LX_TRY(const RecordBox below, records.load(child));
      const merge::HeadMeta* made = below.shown.meta(id);
      if (made == nullptr) continue;
      rival.field = merge::dump_kind(records.catalogue(), below.shown.kind);
      say_whose(rival, *made, own);
    } else {
      continue;
    }
    LX_TRY(const auto row, records.log().find(id));
    if (row) rival.note = note_of(*row);
    item.heads.push_back(std::move(rival));
  }
  auto postponed = records.database().prepare("SELECT 1 FROM postponed WHERE conflict = ?");
  LX_TRY(item.postponed, postponed.bind_text(1, item.id).step());
  return item;
}

}  // namespace

Result<std::optional<FoundConflict>> find_conflict(RecordsImpl& records, std::string_view id) {
  auto select = records.database().prepare("SELECT record FROM conflict WHERE id = ?");
  LX_TRY(const bool found, select.bind_text(1, id).step());
  if (!found) return std::optional<FoundConflict>{};
  LX_TRY(RecordBox box, records.load(select.id(0)));
  LX_TRY(auto conflicts, records.conflicts_of(box.shown, box.flags));
  for (merge::Conflict& conflict : conflicts) {
    if (conflict_id(box.base.record, conflict) != id) continue;
    return std::optional(FoundConflict{std::move(box), std::move(conflict)});
  }
  return std::optional<FoundConflict>{};
}

Result<std::vector<ConflictItem>> Records::conflicts(std::size_t limit) {
  std::vector<Id> disputed;
  {
    auto select = impl_.database().prepare("SELECT DISTINCT record FROM conflict ORDER BY record");
    LX_DO(each_row(select, [&] { disputed.push_back(select.id(0)); }));
  }
  LX_TRY(const OwnState own, impl_.own());
  std::vector<ConflictItem> out;
  std::size_t open = 0;
  for (const Id& record : disputed) {
    if (open >= limit) break;
    LX_TRY(const RecordBox box, impl_.load(record));
    LX_TRY(const auto conflicts, impl_.conflicts_of(box.shown, box.flags));
    for (const merge::Conflict& conflict : conflicts) {
      LX_TRY(ConflictItem item, item_of(impl_, box, conflict, own));
      open += item.postponed ? 0 : 1;
      out.push_back(std::move(item));
    }
  }
  std::stable_partition(out.begin(), out.end(), [](const ConflictItem& item) { return !item.postponed; });
  out.resize(std::min(out.size(), limit));
  return out;
}

Result<std::optional<ConflictItem>> Records::conflict(std::string_view id) {
  LX_TRY(const auto found, find_conflict(impl_, id));
  if (!found) return std::optional<ConflictItem>{};
  LX_TRY(const OwnState own, impl_.own());
  LX_TRY(ConflictItem item, item_of(impl_, found->box, found->conflict, own));
  return std::optional(std::move(item));
}

Status Records::postpone(std::string_view conflict) {
  LX_TRY(const auto found, find_conflict(impl_, conflict));
  if (!found) return fail("conflict.unknown", {{"id", std::string(conflict)}});
  auto insert = impl_.database().prepare(
      "INSERT INTO postponed VALUES(?, ?) ON CONFLICT DO UPDATE SET at_ms = "
      "excluded.at_ms");
  return insert.bind_text(1, conflict).bind(2, impl_.clock().now_ms()).run();
}

Result<std::vector<Told>> Records::told() {
  auto select = impl_.database().prepare(
      "SELECT t.id, t.record, r.kind, t.field, t.element, t.mine, t.by_replica, t.by_counter, t.by_author, "
      "t.at_ms, "
      "t.note FROM told t JOIN record r ON r.id = t.record ORDER BY t.at_ms, t.id");
  std::vector<Told> out;
  LX_DO(each_row(select, [&]() -> Status {
    const auto kind = static_cast<std::uint16_t>(select.integer(2));
    const auto wire = static_cast<std::uint16_t>(select.integer(3));
    Told told;
    told.id = select.text(0);
    told.record = select.id(1);
    const domain::Kind* known = impl_.catalogue().kind(kind);
    if (known != nullptr) told.kind = known->name;
    told.field = name_of(impl_, kind, wire);
    told.element = select.text(4);
    told.mine = select.text_or_null(5);
    told.by = {{select.natural(6)}, select.natural(7)};
    told.by_author = select.id(8);
    told.at_ms = select.integer(9);
    told.note = select.text(10);
    LX_TRY(const RecordBox box, impl_.load(told.record));
    if (const Field* field = field_of(impl_.catalogue(), kind, wire))
      told.now = shown_value(box.shown, *field);
    out.push_back(std::move(told));
    return {};
  }));
  return out;
}

Status Records::dismiss_told(std::string_view told) {
  auto erase = impl_.database().prepare("DELETE FROM told WHERE id = ?");
  LX_DO(erase.bind_text(1, told).run());
  return impl_.database().changes() > 0 ? Status{}
                                        : Status(fail("told.unknown", {{"id", std::string(told)}}));
}

}  // namespace lianxin::client::store
