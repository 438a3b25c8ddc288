// Records: one record as it is shown, and where it comes from.
#include <algorithm>
#include <set>

#include "client/store/action.hpp"
#include "client/store/renamings.hpp"
#include "client/store/rights.hpp"
#include "client/store/told.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/store/each_row.hpp"
#include "sync/merge/children.hpp"
#include "sync/merge/dump_line.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
namespace merge = sync::merge;

namespace {

using domain::Field;
using domain::Kind;

/// The date of the confirmation that knows every present head of the field; "" = none.
std::string confirmed_on(const merge::RecordState& state, const merge::Register& reg, const Field& field) {
  for (const auto& [privacy, owner] : state.classes) {
    const auto mark = owner.registers.find({domain::kFieldConfirmed, field.name});
    if (mark == owner.registers.end()) continue;
    std::string best;
    for (const merge::Head& head : mark->second.heads) {
      const bool knows = std::all_of(reg.heads.begin(), reg.heads.end(), [&](const merge::Head& one) {
        return std::binary_search(head.group_seen.begin(), head.group_seen.end(), one.id);
      });
      if (knows && head.value) best = std::max(best, *head.value);
    }
    return best;
  }
  return "";
}

/// Adds the registers of one field; nothing when there is neither a value nor a dispute.
void add_field(const merge::RecordState& state, const Field& field, RecordShown& out) {
  FieldShown shown;
  bool any = false;
  for (const auto& [privacy, owner] : state.classes) {
    for (auto at = owner.registers.lower_bound({field.wire, ""});
         at != owner.registers.end() && at->first.field == field.wire; ++at) {
      const merge::Shown now = merge::shown(at->second, field.policy, owner);
      shown.dispute = shown.dispute || now.in_dispute;
      shown.waiting = shown.waiting || now.waiting;
      shown.purged = shown.purged || now.purged;
      const auto meta = owner.metas.find(now.head);
      if (meta != owner.metas.end()) {
        shown.cause = meta->second.cause;
        shown.effective_ms = meta->second.effective_ms;
        shown.author = meta->second.author;
      }
      const bool present = now.value && !now.value->empty();
      if (field.is_set()) {
        if (present && *now.value != "0") shown.elements.push_back(at->first.element);
        any = any || !shown.elements.empty();
      } else {
        shown.value = now.value.value_or("");
        shown.confirmed_on = confirmed_on(state, at->second, field);
        any = any || present || now.purged;
      }
    }
  }
  std::sort(shown.elements.begin(), shown.elements.end());
  if (any || shown.dispute || shown.waiting) out.fields.emplace(field.name, std::move(shown));
}

Status add_children(RecordsImpl& records, RecordShown& out) {
  auto select = records.database().prepare(
      "SELECT kind, id FROM record WHERE parent = ?1 AND parent != x'00000000000000000000000000000000' "
      "AND flags & 512 = 0 UNION SELECT r.kind, r.id FROM element e JOIN record r ON r.id = e.record WHERE "
      "e.kind = ?2 AND "
      "e.field = ?3 "
      "AND e.element = ?4 ORDER BY 1, 2");
  const Kind* visit = records.catalogue().kind("visit");
  const Field* members = visit == nullptr ? nullptr : visit->field("members");
  select.bind(1, out.id).bind(2, visit == nullptr ? 0 : int{visit->wire});
  select.bind(3, members == nullptr ? 0 : int{members->wire}).bind_text(4, out.id.text());
  return each_row(select, [&] {
    const Kind* kind = records.catalogue().kind(static_cast<std::uint16_t>(select.integer(0)));
    if (kind != nullptr) out.children[kind->name].push_back(select.id(1));
  });
}

Result<bool> has_unsent(RecordsImpl& records, const Id& record) {
  auto select = records.database().prepare("SELECT 1 FROM unsent WHERE record = ?");
  return select.bind(1, record).step();
}

}  // namespace

std::string RecordShown::value(std::string_view field) const {
  const auto found = fields.find(std::string(field));
  return found == fields.end() ? std::string() : found->second.value;
}

Result<Id> Records::find_id(std::string_view id_or_code) {
  const std::string text = half_width(trim(id_or_code));
  const auto id = Id::parse(text);
  if (id.ok()) return *id;
  LX_TRY(const auto unit, impl_.unit_of(text));
  if (unit) return *unit;
  return fail("record.unknown", {{"id", text}});
}

const domain::Catalogue& Records::catalogue() const { return impl_.catalogue(); }

Result<std::optional<RecordShown>> Records::get(const Id& record) {
  LX_TRY(const RecordBox box, impl_.load(record));
  if (!box.is_known) return std::optional<RecordShown>{};
  const Kind* kind = impl_.catalogue().kind(box.shown.kind);
  RecordShown out;
  out.id = record;
  out.kind = merge::dump_kind(impl_.catalogue(), box.shown.kind);
  out.scope = box.scope;
  LX_TRY(out.scope_code, impl_.code_of(box.scope));
  out.parent = box.shown.parent;
  if (kind != nullptr) {
    for (const Field& field : kind->fields)
      add_field(box.shown, field, out);
  }
  for (const Field& field : domain::Catalogue::common_fields()) {
    if (!domain::is_mark(field.wire)) add_field(box.shown, field, out);
  }
  LX_DO(add_children(impl_, out));
  LX_TRY(out.cluster, cluster(record));
  if (out.cluster.size() == 1) out.cluster.clear();
  out.voided = (box.flags & kVoided) != 0;
  out.deleted = (box.flags & kDeleted) != 0;
  out.in_dispute = (box.flags & kInDispute) != 0;
  out.quarantined = (box.flags & kQuarantined) != 0;
  out.read_only = (box.flags & kLeaving) != 0;
  if (const merge::HeadMeta* first = first_written(box.shown); kind != nullptr && kind->is_fact && first) {
    LX_TRY(const OwnState own, impl_.own());
    out.of_other = first->author != own.worker;
  }
  LX_TRY(out.unsent, has_unsent(impl_, record));
  return std::optional(std::move(out));
}

Status Records::show(const Id& record, ShownHeads& shown) {
  LX_TRY(const RecordBox box, impl_.load(record));
  if (!box.is_known) return fail("record.unknown", {{"id", record.text()}});
  LX_DO(Renamings(impl_.database()).bring_up(shown));
  shown.add_whole(record);  // also that a field was shown empty is something that was shown
  for (const auto& [privacy, owner] : box.shown.classes) {
    for (const auto& [key, reg] : owner.registers)
      shown.add(record, key.field, key.element, merge::heads_of(box.shown, key));
  }
  return {};
}

namespace {

std::string field_name(const domain::Catalogue& catalogue, std::uint16_t kind, std::uint16_t wire) {
  const Field* field = field_of(catalogue, kind, wire);
  return field == nullptr ? "#" + std::to_string(wire) : field->name;
}

HistoryEntry entry_of(const domain::Catalogue& catalogue, const LoggedChange& row) {
  HistoryEntry entry;
  entry.change = row.body.id;
  entry.action = row.body.action;
  entry.author = row.body.author;
  entry.wall_ms = row.body.wall_ms;
  entry.effective_ms = row.effective_ms;
  entry.suspect = row.suspect;
  entry.cause = row.body.cause;
  entry.note = note_of(row);
  if (row.status != ChangeStatus::kApplied) entry.quarantine = row.reason.empty() ? "waiting" : row.reason;
  for (std::size_t i = 0; i < row.body.writes.size(); ++i) {
    const change::WriteHead& write = row.body.writes[i];
    if (write.field == domain::kFieldDecided || merge::is_naming(write.field, write.element)) continue;
    HistoryWrite out;
    out.field = field_name(catalogue, row.body.kind, write.field);
    out.element = write.element;
    if (row.values) {
      out.value = row.values->values[i].value();
      out.purged = row.values->values[i].state == change::WriteValue::State::kPurged;
    }
    for (const change::SeenRef& ref : write.seen)
      out.seen.push_back(ref.id);
    entry.writes.push_back(std::move(out));
  }
  return entry;
}

/// Heads that came with a snapshot: their change is not in the log here, what is known of it stands in the
/// state.
void add_from_state(const domain::Catalogue& catalogue, const merge::RecordState& state,
                    std::map<ChangeId, HistoryEntry>& out) {
  for (const auto& [privacy, owner] : state.classes) {
    for (const auto& [key, reg] : owner.registers) {
      for (const merge::Head& head : reg.heads) {
        const merge::HeadMeta& meta = owner.metas.at(head.id);
        HistoryEntry& entry = out[head.id];
        entry.change = head.id;
        entry.action = head.id.counter;
        entry.author = meta.author;
        entry.wall_ms = change::hlc_ms(meta.hlc);
        entry.effective_ms = meta.effective_ms;
        entry.suspect = meta.suspect;
        entry.cause = meta.cause;
        if (key.field == domain::kFieldDecided) {
          entry.note = head.value.value_or("");
          continue;
        }
        if (merge::is_naming(key.field, key.element)) continue;
        entry.writes.push_back(
            {field_name(catalogue, state.kind, key.field), key.element, head.value, {}, head.purged});
      }
    }
  }
}

/// What the view `unsent` has of one record, led by the record: the view reads all that is unsent.
Result<std::set<ChangeId>> unsent_of(RecordsImpl& records, const Id& record) {
  auto select = records.database().prepare(
      "SELECT c.replica, c.counter FROM change c WHERE c.record = ? AND ("
      "(c.replica = (SELECT value FROM meta WHERE name = 'replica') AND "
      "c.counter > (SELECT value FROM meta WHERE name = 'acknowledged')) OR "
      "(c.hash IS NOT NULL AND EXISTS (SELECT 1 FROM old_chain o WHERE o.replica = c.replica AND "
      "c.counter > o.acknowledged AND c.counter <= o.counter)))");
  select.bind(1, record);
  std::set<ChangeId> out;
  LX_DO(each_row(select, [&] { out.insert({{select.natural(0)}, select.natural(1)}); }));
  return out;
}

}  // namespace

Result<std::vector<HistoryEntry>> Records::history(const Id& record) {
  LX_TRY(const RecordBox box, impl_.load(record));
  LX_TRY(const std::vector<LoggedChange> rows, impl_.log().of_record(record));
  if (!box.is_known && rows.empty()) return fail("record.unknown", {{"id", record.text()}});
  LX_TRY(const std::set<ChangeId> unsent, unsent_of(impl_, record));
  std::map<ChangeId, HistoryEntry> from_state;
  add_from_state(impl_.catalogue(), box.shown, from_state);
  std::vector<HistoryEntry> out;
  for (const LoggedChange& row : rows) {
    from_state.erase(row.body.id);
    HistoryEntry entry = entry_of(impl_.catalogue(), row);
    entry.unsent = unsent.count(row.body.id) > 0;
    out.push_back(std::move(entry));
  }
  for (auto& [id, entry] : from_state)
    out.push_back(std::move(entry));
  std::stable_sort(out.begin(), out.end(), [](const HistoryEntry& a, const HistoryEntry& b) {
    return a.effective_ms < b.effective_ms;
  });
  return out;
}

}  // namespace lianxin::client::store
