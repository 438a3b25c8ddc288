#include "client/store/purging.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "client/store/pictures.hpp"
#include "shared/base/log.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
namespace merge = sync::merge;
namespace wire = sync::wire;

namespace {

Bytes field_bytes(const std::vector<std::uint16_t>& fields) {
  Bytes out;
  for (const std::uint16_t field : fields) {
    out += static_cast<char>(field & 0xFF);
    out += static_cast<char>(field >> 8);
  }
  return out;
}

std::vector<std::uint16_t> fields_in(const Bytes& bytes) {
  std::vector<std::uint16_t> out;
  for (std::size_t at = 0; at + 2 <= bytes.size(); at += 2) {
    const unsigned low = static_cast<unsigned char>(bytes[at]);
    const unsigned high = static_cast<unsigned char>(bytes[at + 1]);
    out.push_back(static_cast<std::uint16_t>(low | high << 8));
  }
  return out;
}

}  // namespace

Result<std::vector<merge::PurgeWord>> purges_of(lianxin::store::Database& database, const Id& record) {
  std::vector<merge::PurgeWord> out;
  auto select = database.prepare("SELECT number, fields FROM purge WHERE record = ? ORDER BY number");
  select.bind(1, record);
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    out.push_back({select.natural(0), fields_in(select.blob(1))});
  }
}

Result<std::uint64_t> purge_number_of(RecordsImpl& records, const Id& record, std::uint16_t kind,
                                      const Id& parent) {
  LX_TRY(const auto own, purges_of(records.database(), record));
  const std::uint64_t number = own.empty() ? 0 : own.back().number;
  if (!merge::is_attached(records.catalogue().kind(kind))) return number;
  LX_TRY(const auto around, purges_of(records.database(), parent));
  return std::max(number, merge::whole_number(around));
}

Result<bool> drop_purged(lianxin::store::Database& database, const change::ChangeBody& body,
                         change::ChangeValues& values) {
  LX_TRY(const auto purges, purges_of(database, body.record));
  return !purges.empty() && merge::purge_change(body, values, purges);
}

Result<bool> drop_purged(RecordsImpl& records, RecordBox& box) {
  LX_TRY(const auto purges, purges_of(records.database(), box.base.record));
  if (purges.empty()) return false;
  bool dropped = false;
  for (auto& [privacy, owner] : box.base.classes) {
    std::map<ChangeId, std::uint64_t> numbers;
    for (const auto& [id, meta] : owner.metas) {
      LX_TRY(const auto known, records.log().find(id));
      numbers[id] = known ? known->body.purge_number : 0;
    }
    const auto is_purged = [&](const ChangeId& id, std::uint16_t field) {
      return std::any_of(purges.begin(), purges.end(), [&](const merge::PurgeWord& purge) {
        return numbers.at(id) < purge.number &&
               std::find(purge.fields.begin(), purge.fields.end(), field) != purge.fields.end();
      });
    };
    dropped = merge::purge_heads(owner, is_purged) || dropped;
  }
  return dropped;
}

Result<std::uint64_t> Purging::held() {
  LX_TRY(const auto held, records_.meta().integer(kMetaPurgesHeld));
  return static_cast<std::uint64_t>(held.value_or(0));
}

Result<bool> Purging::take(const wire::PurgeAnswer& answer, const wire::PurgeProofs& proofs) {
  LX_TRY(const auto unasked, records_.meta().integer(kMetaPurgesUnasked));
  if (unasked.value_or(0) != 0) LX_DO(records_.meta().set(kMetaPurgesUnasked, std::int64_t{0}));
  LX_TRY(std::uint64_t sequence, held());
  std::set<Id> fresh;
  const bool has_proofs = proofs.proofs.size() == answer.purges.size();
  for (std::size_t i = 0; i < answer.purges.size(); ++i) {
    const wire::Purge& purge = answer.purges[i];
    if (purge.sequence <= sequence) continue;
    LX_DO(carry_out(purge, has_proofs ? BytesView(proofs.proofs[i]) : BytesView()));
    sequence = purge.sequence;
    fresh.insert(purge.record);
  }
  if (fresh.empty()) return false;
  LX_DO(purge_offers(fresh));
  LX_DO(records_.meta().set(kMetaPurgesHeld, static_cast<std::int64_t>(sequence)));
  LX_DO(records_.meta().set(kMetaJournalPurge, std::int64_t{1}));
  return true;
}

Status Purging::gather() {
  return records_.database().exec("UPDATE purge SET to_show = 1 WHERE proof IS NOT NULL");
}

Result<wire::ProvenPurges> Purging::to_show() {
  wire::ProvenPurges out;
  auto select = records_.database().prepare(
      "SELECT record, number, fields, proof FROM purge WHERE to_show = 1 ORDER BY record, number LIMIT ?");
  select.bind(1, static_cast<std::uint64_t>(wire::kProvenPurgesMax));
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    out.purges.push_back({select.id(0), select.natural(1), fields_in(select.blob(2)), select.blob(3)});
  }
}

Status Purging::shown(const wire::ProvenPurges& purges) {
  for (const wire::ProvenPurge& one : purges.purges) {
    auto update = records_.database().prepare("UPDATE purge SET to_show = 0 WHERE record = ? AND number = ?");
    LX_DO(update.bind(1, one.record).bind(2, one.number).run());
  }
  return {};
}

Status Purging::carry_out(const wire::Purge& purge, BytesView proof) {
  LX_TRY(const auto known, purges_of(records_.database(), purge.record));
  const bool is_told_again = std::any_of(known.begin(), known.end(), [&](const merge::PurgeWord& one) {
    return one.number == purge.number && one.fields == purge.fields;
  });
  auto insert = records_.database().prepare(
      "INSERT INTO purge(record, number, fields, proof) VALUES(?, ?, ?, ?) "
      "ON CONFLICT DO UPDATE SET fields = excluded.fields, proof = excluded.proof, to_show = 0");
  insert.bind(1, purge.record).bind(2, purge.number).bind_blob(3, field_bytes(purge.fields));
  if (proof.empty())
    insert.bind_null(4);
  else
    insert.bind_blob(4, proof);
  LX_DO(insert.run());
  log_event("record.purged", {{"record", purge.record.text()}, {"number", std::to_string(purge.number)}});
  LX_DO(purge_log(purge.record));
  LX_DO(purge_beside(purge));
  // A server that was restored tells its whole list again; a form opened since then knew of the purge.
  if (!is_told_again) LX_DO(purge_drafts(purge.record));
  return show_anew(purge);
}

namespace {

/// What is left of a change's values.
struct LeftValues {
  std::uint64_t replica = 0;
  std::uint64_t counter = 0;
  Bytes values;
};

using PurgesOf = std::function<const std::vector<merge::PurgeWord>*(const Id& record)>;

/// Of selected changes (replica, counter, body, vals) those that lose a value. What is sealed to the county
/// is purged there on arrival.
Result<std::vector<LeftValues>> purged_rows(lianxin::store::Statement& select, const PurgesOf& purges_of) {
  std::vector<LeftValues> left;
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return left;
    LX_TRY(const change::ChangeBody body, change::decode_body(select.blob(2)));
    const auto* purges = purges_of(body.record);
    if (purges == nullptr) continue;
    auto values = change::decode_values(select.blob(3), body);
    if (values.ok() && merge::purge_change(body, *values, *purges))
      left.push_back({select.natural(0), select.natural(1), change::encode_values(*values)});
  }
}

Status write_left(lianxin::store::Database& database, std::string_view sql,
                  const std::vector<LeftValues>& rows) {
  for (const LeftValues& row : rows) {
    auto update = database.prepare(sql);
    LX_DO(update.bind(1, row.replica).bind(2, row.counter).bind_blob(3, row.values).run());
  }
  return {};
}

}  // namespace

/// Changes in the log, own and others'.
Status Purging::purge_log(const Id& record) {
  auto& database = records_.database();
  LX_TRY(const auto purges, purges_of(database, record));
  std::vector<LeftValues> left;
  {
    auto select = database.prepare(
        "SELECT replica, counter, body, vals FROM change WHERE record = ? AND vals IS NOT NULL");
    select.bind(1, record);
    LX_TRY(left, purged_rows(select, [&](const Id& of) { return of == record ? &purges : nullptr; }));
  }
  return write_left(database, "UPDATE change SET vals = ?3 WHERE replica = ?1 AND counter = ?2", left);
}

/// What is kept for a restored county, in one reading for all purges: it has no order by record.
Status Purging::purge_offers(const std::set<Id>& records) {
  auto& database = records_.database();
  std::map<Id, std::vector<merge::PurgeWord>> purges;
  for (const Id& record : records) {
    LX_TRY(purges[record], purges_of(database, record));
  }
  std::vector<LeftValues> left;
  {
    auto select = database.prepare("SELECT replica, counter, body, vals FROM offer");
    LX_TRY(left, purged_rows(select, [&](const Id& of) {
             const auto known = purges.find(of);
             return known == purges.end() ? nullptr : &known->second;
           }));
  }
  return write_left(database, "UPDATE offer SET vals = ?3 WHERE replica = ?1 AND counter = ?2", left);
}

/// What was replaced, what was told, and the picture.
Status Purging::purge_beside(const wire::Purge& purge) {
  auto& database = records_.database();
  for (const std::uint16_t field : purge.fields) {
    auto before = database.prepare(
        "DELETE FROM before WHERE field = ?2 AND EXISTS (SELECT 1 FROM change c WHERE c.replica = "
        "before.replica AND c.counter = before.counter AND c.record = ?1)");
    LX_DO(before.bind(1, purge.record).bind(2, int{field}).run());
    auto told = database.prepare("DELETE FROM told WHERE record = ?1 AND field = ?2");
    LX_DO(told.bind(1, purge.record).bind(2, int{field}).run());
    if (field != domain::kFieldDecided) continue;
    auto note = database.prepare("UPDATE told SET note = '' WHERE record = ?1");
    LX_DO(note.bind(1, purge.record).run());
  }
  LX_TRY(const RecordBox box, records_.load(purge.record));
  const domain::Kind* kind = records_.catalogue().kind(box.shown.kind);
  const domain::Field* names = kind == nullptr ? nullptr : kind->field("sha256");
  if (names != nullptr &&
      std::find(purge.fields.begin(), purge.fields.end(), names->wire) != purge.fields.end())
    LX_DO(forget_picture(database, purge.record));
  return {};
}

/// Forms that are open about the record. One about somebody else's kind (a visit of this member) stays; only
/// its title may name the person.
Status Purging::purge_drafts(const Id& record) {
  auto& database = records_.database();
  LX_TRY(const RecordBox box, records_.load(record));
  const domain::Kind* kind = records_.catalogue().kind(box.shown.kind);
  auto draft = database.prepare("DELETE FROM draft WHERE subject = ?1 AND form = ?2");
  LX_DO(draft.bind(1, record).bind_text(2, kind == nullptr ? std::string() : kind->name).run());
  auto title = database.prepare("UPDATE draft SET title = '' WHERE subject = ?1");
  return title.bind(1, record).run();
}

/// Own work laid over the base again, without what it lost. A base that no feed keeps up to date any more
/// (the record is leaving) loses the fields here.
Status Purging::show_anew(const wire::Purge& purge) {
  LX_TRY(RecordBox box, records_.load(purge.record));
  if (!box.is_known) return {};
  LX_TRY(const auto scopes, records_.membership().scopes_of(purge.record));
  if (scopes.empty()) {
    LX_TRY(const bool dropped, drop_purged(records_, box));
    (void)dropped;
  }
  LX_DO(records_.lay_overlay(box));
  return records_.store(box);
}

}  // namespace lianxin::client::store
