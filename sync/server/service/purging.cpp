#include "sync/server/service/purging.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "shared/domain/catalogue.hpp"
#include "sync/merge/purge.hpp"
#include "sync/server/service/administration.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/pictures.hpp"
#include "sync/server/service/rebuilding.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {
namespace {

using PurgedWrites = std::set<std::pair<ChangeId, std::uint16_t>>;

std::vector<merge::PurgeWord> words_of(const std::vector<store::PurgeRow>& rows) {
  std::vector<merge::PurgeWord> words;
  words.reserve(rows.size());
  for (const store::PurgeRow& row : rows)
    words.push_back({row.number, row.fields});
  return words;
}

/// The log of the record; `purged` gets every write that has no value any more.
Result<std::uint64_t> purge_log(store::Writer& writer, const std::vector<store::LogRow>& rows,
                                const std::vector<merge::PurgeWord>& words, PurgedWrites& purged) {
  std::uint64_t changes = 0;
  for (const store::LogRow& row : rows) {
    LX_TRY(const change::ChangeBody body, change::decode_body(row.body));
    LX_TRY(change::ChangeValues values, change::decode_values(row.values, body));
    if (merge::purge_change(body, values, words)) {
      LX_DO(writer.set_change_values(row.id, change::encode_values(values)));
      ++changes;
    }
    for (std::size_t i = 0; i < body.writes.size(); ++i) {
      if (values.values[i].state == change::WriteValue::State::kPurged)
        purged.insert({row.id, body.writes[i].field});
    }
  }
  return changes;
}

/// States that feeds told earlier stand in them as they were.
Status purge_entries(store::Writer& writer, const Id& record, const PurgedWrites& purged) {
  LX_TRY(const auto enters, writer.enters_of(record));
  for (const auto& [key, row] : enters) {
    LX_TRY(merge::ClassState state, merge::decode_class_state(row.state));
    const bool changed = merge::purge_heads(state, [&](const ChangeId& id, std::uint16_t field) {
      return purged.count({id, field}) > 0;
    });
    if (changed) LX_DO(writer.set_entry_state(key, row.position, merge::encode_class_state(state)));
  }
  return {};
}

}  // namespace

std::vector<std::uint16_t> personal_fields(const domain::Kind& kind) {
  // Reasons: the record stays removed, and what was decided stays decided, without them.
  std::vector<std::uint16_t> out{domain::kFieldVoided, domain::kFieldDecided};
  for (const domain::Field& field : kind.fields) {
    const bool is_text = field.type == domain::Type::kText || field.type == domain::Type::kLongText;
    const bool is_place = field.name == kind.scope_field ||
                          std::find(kind.parent_fields.begin(), kind.parent_fields.end(), field.name) !=
                              kind.parent_fields.end();
    if (!is_place && (is_text || field.privacy != domain::PrivacyClass::kGeneral)) out.push_back(field.wire);
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<bool> change_holds(const store::LogRow& row, const std::vector<std::uint16_t>& fields) {
  LX_TRY(const change::ChangeBody body, change::decode_body(row.body));
  LX_TRY(const change::ChangeValues values, change::decode_values(row.values, body));
  for (std::size_t i = 0; i < body.writes.size(); ++i) {
    if (values.values[i].state == change::WriteValue::State::kText &&
        std::binary_search(fields.begin(), fields.end(), body.writes[i].field))
      return true;
  }
  return false;
}

Result<bool> log_holds(store::Reader& reader, const Id& record, const std::vector<std::uint16_t>& fields) {
  LX_TRY(const auto log, reader.changes_of_record(record));
  for (const store::LogRow& row : log) {
    LX_TRY(const bool holds, change_holds(row, fields));
    if (holds) return true;
  }
  return false;
}

std::size_t field_count(const store::PurgeRow& purge) {
  const auto count = std::count_if(purge.fields.begin(), purge.fields.end(),
                                   [](const std::uint16_t field) { return field != merge::kPurgeWhole; });
  return static_cast<std::size_t>(count);
}

namespace {

/// A field that this program does not know may say anything.
bool is_unknown(const domain::Kind* kind, std::uint16_t field) {
  return field >= domain::kFirstKindField && (kind == nullptr || kind->field(field) == nullptr);
}

/// What a purge as a whole takes of this change: what is personal, and what this program does not know.
std::vector<std::uint16_t> personal_in(const domain::Kind* kind, const change::ChangeBody& body) {
  std::set<std::uint16_t> out{merge::kPurgeWhole};
  if (kind != nullptr) {
    const auto personal = personal_fields(*kind);
    out.insert(personal.begin(), personal.end());
  }
  for (const change::WriteHead& write : body.writes) {
    if (is_unknown(kind, write.field)) out.insert(write.field);
  }
  return {out.begin(), out.end()};
}

/// The purge that what is attached to a record has to follow, as it is to stand of its own; nullopt = its
/// author knew, or its own purges take all of it.
Result<std::optional<store::PurgeRow>> owed_purge(store::Reader& reader, const domain::Catalogue& catalogue,
                                                  const change::ChangeBody& body,
                                                  const change::ChangeValues& values, WallMs now_ms) {
  const std::optional<store::PurgeRow> none;
  const domain::Kind* kind = catalogue.kind(body.kind);
  if (body.parent.is_nil() || !merge::is_attached(kind)) return none;
  LX_TRY(const auto around, reader.purges_of(body.parent));
  store::PurgeRow row;
  row.number = merge::whole_number(words_of(around));
  if (row.number <= body.purge_number) return none;
  row.fields = personal_in(kind, body);
  for (const store::PurgeRow& one : around) {
    if (one.number == row.number) row.reason = one.reason;
  }
  LX_TRY(const auto own, reader.purges_of(body.record));
  change::ChangeValues left = values;
  merge::purge_change(body, left, words_of(own));
  if (!merge::purge_change(body, left, {{row.number, row.fields}})) return none;
  // One number never stands for two purges.
  if (!own.empty()) row.number = std::max(row.number, own.back().number + 1);
  row.record = body.record;
  row.at_ms = now_ms;
  LX_TRY(const std::uint64_t last, reader.last_purge());
  row.sequence = last + 1;
  return std::optional(std::move(row));
}

Status note_owed(store::Writer& writer, const store::PurgeRow& purge, std::uint64_t changes, WallMs now_ms) {
  return writer.append_audit(audit_row(now_ms, kByServer, "record.purge_late", purge.record,
                                       {{"number", std::to_string(purge.number)},
                                        {"fields", std::to_string(field_count(purge))},
                                        {"count", std::to_string(changes)}}));
}

}  // namespace

Result<bool> drop_purged(store::Reader& reader, const change::ChangeBody& body,
                         change::ChangeValues& values) {
  LX_TRY(const auto purges, reader.purges_of(body.record));
  if (purges.empty()) return false;
  return merge::purge_change(body, values, words_of(purges));
}

Result<bool> drop_on_arrival(store::Writer& writer, const domain::Catalogue& catalogue,
                             const change::ChangeBody& body, change::ChangeValues& values, WallMs now_ms) {
  LX_TRY(const auto owed, owed_purge(writer, catalogue, body, values, now_ms));
  if (owed) {
    LX_DO(writer.put_purge(*owed));
    LX_DO(note_owed(writer, *owed, 1, now_ms));
  }
  return drop_purged(writer, body, values);
}

Result<std::uint64_t> carry_out_around(store::Writer& writer, const domain::Catalogue& catalogue,
                                       const store::PurgeRow& purge, WallMs now_ms) {
  std::uint64_t changes = 0;
  if (merge::whole_number(words_of({purge})) == 0) return changes;
  LX_TRY(const auto children, writer.children(purge.record));
  for (const Id& child : children) {
    LX_TRY(const auto rows, writer.changes_of_record(child));
    for (const store::LogRow& log : rows) {
      LX_TRY(const change::ChangeBody body, change::decode_body(log.body));
      LX_TRY(const change::ChangeValues values, change::decode_values(log.values, body));
      LX_TRY(const auto owed, owed_purge(writer, catalogue, body, values, now_ms));
      if (!owed) continue;
      LX_TRY(const std::uint64_t lost, carry_out(writer, catalogue, *owed));
      LX_DO(note_owed(writer, *owed, lost, now_ms));
      changes += lost;
    }
  }
  return changes;
}

Result<std::uint64_t> next_number(store::Reader& reader, const domain::Catalogue& catalogue, const Id& record,
                                  const std::vector<store::LogRow>& log, std::uint64_t epoch) {
  LX_TRY(const auto earlier, reader.purges_of(record));
  std::uint64_t highest = earlier.empty() ? 0 : earlier.back().number;
  for (const store::LogRow& row : log) {
    LX_TRY(const change::ChangeBody body, change::decode_body(row.body));
    highest = std::max(highest, body.purge_number);
    if (body.parent.is_nil() || !merge::is_attached(catalogue.kind(body.kind))) continue;
    LX_TRY(const auto around, reader.purges_of(body.parent));
    highest = std::max(highest, merge::whole_number(words_of(around)));
  }
  return std::max(highest + 1, epoch);
}

Result<std::uint64_t> carry_out(store::Writer& writer, const domain::Catalogue& catalogue,
                                const store::PurgeRow& purge) {
  LX_DO(writer.lock({}, {purge.record}));
  LX_DO(writer.put_purge(purge));
  LX_TRY(const auto rows, writer.changes_of_record(purge.record));
  PurgedWrites purged;
  LX_TRY(const std::uint64_t changes, purge_log(writer, rows, words_of({purge}), purged));
  LX_TRY(const auto record, writer.record(purge.record));
  if (!record || changes == 0) return changes;
  LX_DO(purge_entries(writer, purge.record, purged));
  LX_TRY(auto states, Rebuilder(writer).states_of(*record));
  Workspace workspace(writer, catalogue);
  LX_DO(workspace.remake(purge.record, std::move(states), rows.back().id));
  LX_DO(workspace.flush());
  return changes;
}

Result<std::uint64_t> replay_lists(store::Store& store, const domain::Catalogue& catalogue,
                                   const std::vector<store::PurgeRow>& purges,
                                   const std::vector<store::GrantRow>& grants,
                                   const std::vector<store::DeviceRow>& devices) {
  std::uint64_t carried_out = 0;
  LX_TRY(const auto writer, store.write());
  for (const store::GrantRow& grant : grants)
    LX_DO(writer->put_grant(grant));
  for (const store::DeviceRow& listed : devices) {
    LX_TRY(auto row, writer->device(listed.id));
    store::DeviceRow device = row.value_or(listed);
    device.worker = listed.worker;
    device.sign_key = listed.sign_key;
    device.seal_key = listed.seal_key;
    device.replica = listed.replica;
    device.enrolled_ms = listed.enrolled_ms;
    device.revoked_ms = std::max(device.revoked_ms, listed.revoked_ms);
    LX_DO(writer->put_device(device));
  }
  for (const store::PurgeRow& purge : purges) {
    LX_TRY(const auto known, writer->purges(purge.sequence - 1, 1));
    if (!known.empty() && known.front() == purge) continue;
    LX_TRY(const std::uint64_t changes, carry_out(*writer, catalogue, purge));
    (void)changes;
    ++carried_out;
  }
  LX_DO(writer->commit());
  const Status emptied = store.empty_log();
  if (!emptied.ok() && emptied.error().code != "store.log_elsewhere") return emptied.error();
  return carried_out;
}

namespace {

/// Names to wire numbers; none = what is personal, and what this program does not know.
Result<std::vector<std::uint16_t>> fields_named(const domain::Kind* kind,
                                                const std::vector<std::string>& names,
                                                const std::vector<store::LogRow>& log) {
  std::set<std::uint16_t> out;
  for (const std::string& name : names) {
    const domain::Field* field = kind == nullptr ? nullptr : kind->field(name);
    const bool is_mark = field != nullptr && field->wire < domain::kFirstKindField &&
                         field->wire != domain::kFieldVoided &&
                         field->wire != domain::kFieldDecided;  // counts rest on those
    if (field == nullptr || is_mark) return fail("purge.field", {{"field", name}});
    out.insert(field->wire);
  }
  if (names.empty()) out.insert(merge::kPurgeWhole);
  if (names.empty() && kind != nullptr) {
    const auto personal = personal_fields(*kind);
    out.insert(personal.begin(), personal.end());
  }
  for (const store::LogRow& row : log) {
    LX_TRY(const change::ChangeBody body, change::decode_body(row.body));
    for (const change::WriteHead& write : body.writes) {
      if (names.empty() && is_unknown(kind, write.field)) out.insert(write.field);
      // What was said of a value goes with it.
      const bool is_said = write.field == domain::kFieldDecided &&
                           std::any_of(out.begin(), out.end(), [&](const std::uint16_t field) {
                             return std::to_string(field) == write.element;
                           });
      if (is_said) out.insert(write.field);
    }
  }
  return std::vector<std::uint16_t>(out.begin(), out.end());
}

std::vector<std::string> names_of(const domain::Kind* kind, const std::vector<std::uint16_t>& fields) {
  std::vector<std::string> names;
  for (const std::uint16_t wire : fields) {
    if (wire == merge::kPurgeWhole) continue;
    const domain::Field* field = kind == nullptr ? nullptr : kind->field(wire);
    names.push_back(field != nullptr ? field->name : "#" + std::to_string(wire));
  }
  return names;
}

}  // namespace

namespace {

/// Attachments that hang on the record.
Result<std::vector<Id>> attachments_of(store::Reader& reader, const domain::Catalogue& catalogue,
                                       const Id& record) {
  std::vector<Id> out;
  LX_TRY(const auto children, reader.children(record));
  for (const Id& child : children) {
    LX_TRY(const auto row, reader.record(child));
    if (row && merge::is_attached(catalogue.kind(row->kind))) out.push_back(child);
  }
  return out;
}

struct PurgedOne {
  store::PurgeRow purge;
  std::uint64_t changes = 0;
  const domain::Kind* kind = nullptr;
};

/// One record inside the transaction, with its line in the audit.
Result<PurgedOne> purge_one(store::Writer& writer, const domain::Catalogue& catalogue, std::uint64_t epoch,
                            const Id& record, const std::vector<std::string>& fields, std::string_view reason,
                            WallMs now) {
  PurgedOne out;
  LX_TRY(const auto row, writer.record(record));
  if (!row) return fail("record.unknown", {{"id", record.text()}});
  out.kind = catalogue.kind(row->kind);
  out.purge.record = record;
  LX_TRY(const auto log, writer.changes_of_record(record));
  LX_TRY(out.purge.fields, fields_named(out.kind, fields, log));
  LX_TRY(out.purge.number, next_number(writer, catalogue, record, log, epoch));
  LX_TRY(out.purge.sequence, writer.last_purge());
  ++out.purge.sequence;
  out.purge.at_ms = now;
  out.purge.reason = std::string(reason);
  LX_TRY(out.changes, carry_out(writer, catalogue, out.purge));
  LX_DO(writer.append_audit(audit_row(now, kByAdministrator, "record.purge", record,
                                      {{"number", std::to_string(out.purge.number)},
                                       {"fields", std::to_string(field_count(out.purge))},
                                       {"count", std::to_string(out.changes)}})));
  return out;
}

/// Of these names those that no record has any more.
Result<std::vector<Hash256>> unnamed(store::Reader& reader, const domain::Catalogue& catalogue,
                                     const std::vector<Hash256>& names) {
  if (names.empty()) return names;
  std::vector<Hash256> out;
  LX_TRY(const auto named, all_pictures_named(reader, catalogue));
  std::copy_if(names.begin(), names.end(), std::back_inserter(out),
               [&](const Hash256& name) { return named.count(name) == 0; });
  return out;
}

}  // namespace

Result<PurgeCounts> Administration::purge(const Id& record, const std::vector<std::string>& fields,
                                          std::string_view reason) {
  if (reason.empty()) return fail("purge.reason");
  const WallMs now = clock_->now_ms();
  PurgeCounts counts;
  LX_TRY(const auto writer, store_->write());
  LX_DO(writer->lock({}, {record}));
  LX_TRY(const store::Counts before, writer->counts());
  // A record that goes as a whole takes its pictures along.
  std::vector<Id> attachments;
  if (fields.empty()) {
    LX_TRY(attachments, attachments_of(*writer, *catalogue_, record));
  }
  LX_TRY(std::vector<Hash256> names, pictures_named(*writer, *catalogue_, record));
  for (const Id& one : attachments) {
    LX_TRY(const auto more, pictures_named(*writer, *catalogue_, one));
    names.insert(names.end(), more.begin(), more.end());
  }
  LX_TRY(const PurgedOne purged, purge_one(*writer, *catalogue_, county_.epoch, record, fields, reason, now));
  counts.changes = purged.changes;
  for (const Id& one : attachments) {
    LX_TRY(const PurgedOne with_it, purge_one(*writer, *catalogue_, county_.epoch, one, {}, reason, now));
    counts.changes += with_it.changes;
  }
  counts.attachments = attachments.size();
  LX_TRY(counts.pictures, unnamed(*writer, *catalogue_, names));
  LX_TRY(const store::Counts after, writer->counts());
  LX_DO(writer->commit());
  counts.number = purged.purge.number;
  counts.fields = names_of(purged.kind, purged.purge.fields);
  counts.records_before = before.records;
  counts.records_after = after.records;
  counts.changes_before = before.changes;
  counts.changes_after = after.changes;
  counts.log_is_empty = store_->empty_log().ok();
  return counts;
}

}  // namespace lianxin::sync::server
