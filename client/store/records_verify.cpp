// Everything derived, made anew or compared with what it is derived from.
#include <set>

#include "client/store/records_impl.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

namespace {

/// What the database keeps of how many count, against counting them.
Status verify_counts(lianxin::store::Database& database, const RecordsImpl::OnProblem& problem) {
  auto select = database.prepare(
      "SELECT kind FROM (SELECT kind, sum(flags & 707 = 0) AS counted FROM record GROUP BY kind) now FULL "
      "JOIN "
      "kind_count kept USING(kind) WHERE ifnull(now.counted, 0) <> ifnull(kept.counted, 0)");
  static_assert(kNotInKindCount == 707);
  return each_row(select, [&] { problem("counts", "", std::to_string(select.integer(0))); });
}

/// Texts of records that are not here.
Status verify_texts(lianxin::store::Database& database, const RecordsImpl::OnProblem& problem) {
  auto select = database.prepare("SELECT record FROM search WHERE record NOT IN (SELECT id FROM record)");
  return each_row(select, [&] { problem("search", select.id(0).text(), "without a record"); });
}

/// States that lie in the log as a change (told_state.hpp). False = some do not, and cannot be read.
Result<bool> verify_told(lianxin::store::Database& database, const RecordsImpl::OnProblem& problem) {
  bool are_there = true;
  auto select = database.prepare(
      "SELECT r.id FROM state s JOIN record r ON r.number = s.place >> 8 LEFT JOIN change c ON c.seq = "
      "s.base "
      "WHERE typeof(s.base) = 'integer' AND (c.record IS NOT r.id OR c.privacy <> s.place & 255)");
  LX_DO(each_row(select, [&] {
    are_there = false;
    problem("told", select.id(0).text(), "not by a change of this class");
  }));
  return are_there;
}

}  // namespace

Result<std::vector<Id>> RecordsImpl::all_records() {
  std::vector<Id> out;
  auto select =
      database_.prepare("SELECT id FROM record UNION SELECT record FROM change WHERE in_overlay = 1");
  LX_DO(each_row(select, [&] { out.push_back(select.id(0)); }));
  return out;
}

Result<RecordsImpl::Digests> RecordsImpl::count_digests() {
  Digests out;
  auto select = database_.prepare(
      "SELECT m.scope, s.privacy, s.record, s.base FROM membership m CROSS JOIN class_state s "
      "ON s.record = m.record WHERE length(s.base) > 0");
  while (true) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    const auto privacy = static_cast<std::uint8_t>(select.integer(1));
    LX_TRY(const merge::ClassState state, merge::decode_class_state(select.blob(3)));
    const Digest128 leaf = merge::digest_leaf(select.id(2), privacy, state);
    if (leaf == Digest128{}) continue;  // nothing but changes kept aside
    auto& [records, digest] = out.by_place[{select.id(0), privacy}];
    ++records;
    digest += leaf;
  }
}

Status RecordsImpl::rebuild() {
  std::optional<lianxin::store::Transaction> transaction;
  if (!database_.in_transaction()) {
    LX_TRY(auto begun, lianxin::store::Transaction::begin(database_));
    transaction.emplace(std::move(begun));
  }
  LX_TRY(const std::vector<Id> records, all_records());
  LX_DO(tables_.clear());
  LX_DO(clusters_.clear());
  LX_DO(twins_.clear());
  LX_DO(search_.clear());
  LX_DO(database_.exec(
      "DELETE FROM conflict; DELETE FROM digest; DELETE FROM kind_count; INSERT INTO kind_count SELECT "
      "kind, count(*) FROM record WHERE flags & 707 = 0 GROUP BY kind"));
  std::size_t made = 0;
  for (const Id& record : records) {
    if (upgrade_ != nullptr && made++ % kRecordsInStep == 0) upgrade_->begin();
    LX_TRY(RecordBox box, load(record));
    if (!box.is_known) {
      auto first = database_.prepare("SELECT kind, scope FROM change WHERE record = ? ORDER BY seq");
      LX_TRY(const bool found, first.bind(1, record).step());
      if (!found) continue;
      box.base.kind = static_cast<std::uint16_t>(first.integer(0));
      box.shown.kind = box.base.kind;
      box.enters = first.id(1);
    }
    LX_DO(lay_overlay(box));
    LX_DO(store(box));
  }
  LX_DO(membership_.mend());
  LX_TRY(const Digests digests, count_digests());
  for (const auto& [place, sum] : digests.by_place) {
    auto insert = database_.prepare("INSERT INTO digest VALUES(?, ?, ?, ?)");
    insert.bind(1, place.first).bind(2, int{place.second}).bind(3, sum.first);
    LX_DO(insert.bind_blob(4, sum.second.bytes()).run());
  }
  return transaction ? transaction->commit() : Status{};
}

/// `untexted` = whose texts are still to be made.
Status RecordsImpl::verify_search(const RecordBox& box, const std::unordered_set<Id>& untexted,
                                  const OnProblem& problem) {
  const Id& record = box.base.record;
  const domain::Kind* kind = catalogue_->kind(box.shown.kind);
  const bool may_have = kind != nullptr && has_search_text(*kind, box.flags);
  auto select = database_.prepare("SELECT text FROM search WHERE record = ?");
  LX_TRY(const bool found, select.bind(1, record).step());
  if (!found && (!may_have || untexted.count(record) > 0)) return {};
  const std::string wanted = may_have ? search_text(box.shown, *kind) : std::string();
  if ((found ? select.text(0) : std::string()) != wanted) problem("search", record.text(), "text");
  return {};
}

Status RecordsImpl::verify_record(const Id& record, const std::unordered_set<Id>& untexted,
                                  const OnProblem& problem) {
  LX_TRY(const RecordBox box, load(record));
  if (!box.is_known) {
    problem("record", record.text(), "state or overlay without a record");
    return {};
  }
  RecordBox anew = box;
  LX_DO(lay_overlay(anew));
  const auto drop_empty = [](merge::RecordState& state) {
    std::erase_if(state.classes, [](const auto& one) { return one.second.empty(); });
  };
  merge::RecordState stored = box.shown;
  drop_empty(stored);
  drop_empty(anew.shown);
  anew.shown.parent = stored.parent;
  if (stored != anew.shown) problem("state", record.text(), "shown state is not base and overlay");
  LX_TRY(const std::uint32_t flags, flags_of(box));
  if (flags != box.flags) problem("flags", record.text(), std::to_string(box.flags));
  LX_TRY(const std::string column, tables_.difference({box.row.number, box.shown, box.scope, box.flags}));
  if (!column.empty()) problem("row", record.text(), column);
  std::set<std::string> wanted;
  LX_TRY(const auto conflicts, conflicts_of(box.shown, box.flags));
  for (const merge::Conflict& conflict : conflicts)
    wanted.insert(conflict_id(record, conflict));
  auto select = database_.prepare("SELECT id FROM conflict WHERE record = ?");
  select.bind(1, record);
  LX_DO(each_row(select, [&] {
    if (wanted.erase(select.text(0)) == 0) problem("conflict", record.text(), "listed, but settled");
  }));
  if (!wanted.empty()) problem("conflict", record.text(), "not listed");
  return verify_search(box, untexted, problem);
}

Status RecordsImpl::verify(const OnProblem& problem, const OnChecked& checked) {
  LX_TRY(const bool are_told, verify_told(database_, problem));
  if (!are_told) return {};
  LX_TRY(const std::vector<Id> records, all_records());
  LX_TRY(const auto untexted, search_.noted());
  for (const Id& record : records)
    LX_DO(verify_record(record, untexted, problem));
  checked("records", records.size());
  LX_TRY(const std::uint64_t orphans, tables_.orphans());
  if (orphans > 0) problem("row", "", std::to_string(orphans) + " rows without a record");
  LX_DO(verify_counts(database_, problem));
  LX_DO(verify_texts(database_, problem));
  LX_TRY(const std::vector<Id> standings, membership_.wrong());
  for (const Id& record : standings)
    problem("membership", record.text(), "not written by the rule");
  LX_TRY(const std::vector<Id> clusters, clusters_.wrong());
  for (const Id& record : clusters)
    problem("cluster", record.text(), "not what was said of it");
  LX_TRY(const std::vector<Id> twins, twins_.wrong());
  for (const Id& record : twins)
    problem("twins", record.text(), "keys are not of its values");
  LX_TRY(Digests digests, count_digests());
  checked("digests", digests.by_place.size());
  auto select = database_.prepare("SELECT scope, privacy, records, digest FROM digest");
  LX_DO(each_row(select, [&]() -> Status {
    const auto place = digests.by_place.find({select.id(0), static_cast<std::uint8_t>(select.integer(1))});
    LX_TRY(const Digest128 digest, Digest128::from_bytes(select.blob(3)));
    const bool is_empty = select.integer(2) == 0 && digest == Digest128{};
    const bool equal = place != digests.by_place.end() && place->second.first == select.natural(2) &&
                       place->second.second == digest;
    if (!equal && !(is_empty && place == digests.by_place.end())) problem("digest", "", select.id(0).text());
    if (place != digests.by_place.end()) digests.by_place.erase(place);
    return {};
  }));
  if (!digests.by_place.empty()) problem("digest", "", "missing");
  return {};
}

// What an older program kept otherwise than this one would is made anew, once, at the first opening.

Status RecordsImpl::expect_steps(lianxin::store::Database& database, const domain::Catalogue& catalogue,
                                 UpgradeSteps& upgrade) {
  LX_TRY(const int version, database.version());
  if (version == 0) return {};
  for (const lianxin::store::Migration& step : laptop_migrations())
    if (step.number > version) upgrade.expect(1);
  const auto count = [&](std::string_view sql) -> Result<std::size_t> {
    auto select = database.prepare(sql);
    LX_TRY(const bool found, select.step());
    return found ? static_cast<std::size_t>(select.natural(0)) : std::size_t{0};
  };
  LX_TRY(const std::size_t tables, count(KindTables::kCountUnnumbered));
  upgrade.expect(tables);
  LX_TRY(const auto made_by, Meta(database).bytes(kMetaCatalogue));
  if (made_by && *made_by == catalogue.digest().bytes()) return {};
  LX_TRY(const std::size_t records, count("SELECT count(*) FROM record"));
  upgrade.expect((records + kRecordsInStep - 1) / kRecordsInStep);
  return {};
}

/// Each of these once: a mark says that it was done.
Status RecordsImpl::make_anew_once() {
  const auto once = [&](std::string_view mark, const auto& make) -> Status {
    LX_TRY(const auto done, meta_.integer(mark));
    if (done) return {};
    LX_DO(make());
    return meta_.set(mark, std::int64_t{1});
  };
  const auto records_of = [&](std::string_view name) {
    const domain::Kind* kind = catalogue_->kind(name);
    return "SELECT id FROM record WHERE kind = " + std::to_string(kind == nullptr ? 0 : kind->wire);
  };
  // Entries that were kept without looking at who approved them.
  LX_DO(once("approvals_judged", [&] { return store_again(records_of("points_entry")); }));
  // Parcels that were kept without looking at their numbers.
  LX_DO(once("tracking_read",
             [&] { return database_.exec("INSERT INTO twin_todo(record) " + records_of("delivery")); }));
  // Disputes over fields of a group that were kept although all rivals were purged.
  LX_DO(once("purged_groups_judged", [&] { return store_again("SELECT DISTINCT record FROM conflict"); }));
  // Records of which nothing was listed but that they are there.
  static_assert((kWaiting | kQuarantined) == 24);
  return once("unapplied_judged", [&] {
    return store_again(
        "SELECT id FROM record WHERE flags & 24 <> 0 UNION SELECT r.id FROM change c JOIN record r ON r.id = "
        "c.record WHERE c.status <> 0");
  });
}

/// Flags, conflicts and rows of these anew.
Status RecordsImpl::store_again(std::string_view ids_sql) {
  std::vector<Id> ids;
  {
    auto select = database_.prepare(ids_sql);
    LX_DO(each_row(select, [&] { ids.push_back(select.id(0)); }));
  }
  for (const Id& id : ids) {
    LX_TRY(RecordBox box, load(id));
    LX_DO(store(box));
  }
  return {};
}

}  // namespace lianxin::client::store
