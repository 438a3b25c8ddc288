#include "client/store/store_opening.hpp"

#include <algorithm>
#include <functional>

#include "client/store/home_check.hpp"
#include "client/store/machine_mark.hpp"
#include "client/store/own_chains.hpp"
#include "client/store/purging.hpp"
#include "client/store/replay.hpp"
#include "client/store/spare_room.hpp"
#include "shared/base/file.hpp"
#include "shared/base/log.hpp"

namespace lianxin::client::store {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kCheckedAlwaysBytes = 64ULL * 1024 * 1024;
constexpr WallMs kCheckEveryMs = 24LL * 60 * 60 * 1000;
constexpr std::string_view kMetaChecked = "checked_ms";
constexpr std::size_t kMarkSecretBytes = 16;
/// Where earlier programs alone kept what the county has not had.
constexpr std::string_view kMetaEnrolment = "enrolment";

/// Errors after which the database is rebuilt instead of asking a person to do it.
bool is_ruin(const Error& error) {
  return error.code == "store.damaged" || error.code == "store.missing" || error.code == "store.wrong_key" ||
         error.code == "change.malformed" || error.code == "state.malformed";
}

fs::path beside(const fs::path& file, std::string_view suffix) { return file.string() + std::string(suffix); }

lianxin::store::OpenOptions options_of(const fs::path& file, const Vault& vault, bool create) {
  lianxin::store::OpenOptions options;
  options.path = file;
  options.key = vault.data_key();
  options.create = create;
  return options;
}

struct OpenDatabase {
  std::unique_ptr<lianxin::store::Database> database;
  std::unique_ptr<RecordsImpl> records;
};

/// A migration may go wrong in ways nobody foresaw: what was there before it stays beside (design.md 7).
Status keep_copy_before_migration(lianxin::store::Database& database, const fs::path& file,
                                  UpgradeSteps& upgrade) {
  LX_TRY(const int version, database.version());
  const auto steps = laptop_migrations();
  if (version == 0 || steps.empty() || version >= steps.back().number) return {};
  upgrade.expect(1);
  upgrade.begin();
  const fs::path copy = beside(file, ".before-" + std::to_string(version));
  std::error_code ignored;
  fs::remove(copy, ignored);
  return database.vacuum_into(copy);
}

/// Reads every page now and then, so that damage is found before it is needed.
Status check_pages(OpenDatabase& open, const fs::path& file, const Clock& clock) {
  std::error_code ignored;
  const std::uintmax_t bytes = fs::file_size(file, ignored);
  LX_TRY(const auto last, open.records->meta().integer(kMetaChecked));
  const WallMs now = clock.now_ms();
  if (bytes > kCheckedAlwaysBytes && last && now >= *last && now - *last < kCheckEveryMs) return {};
  auto select = open.database->prepare("PRAGMA quick_check(1)");
  LX_TRY(const bool found, select.step());
  if (!found || select.text(0) != "ok") return fail("store.damaged", {}, found ? select.text(0) : "");
  return bytes > kCheckedAlwaysBytes ? open.records->meta().set(kMetaChecked, now) : Status();
}

Result<OpenDatabase> open_database(const HomePaths& home, const Vault& vault, const Clock& clock,
                                   const OpenHow& how) {
  OpenDatabase out;
  UpgradeSteps upgrade(how.on_upgrade, clock);
  LX_TRY(auto database, lianxin::store::Database::open(options_of(home.database(), vault, false)));
  out.database = std::make_unique<lianxin::store::Database>(std::move(database));
  const ToldWhileWorking told(*out.database, upgrade);
  LX_DO(RecordsImpl::expect_steps(*out.database, *how.catalogue, upgrade));
  LX_DO(keep_copy_before_migration(*out.database, home.database(), upgrade));
  LX_TRY(out.records, RecordsImpl::open(*out.database, clock, *how.catalogue, &upgrade));
  LX_DO(check_pages(out, home.database(), clock));
  LX_TRY(const OwnState own, out.records->own());
  if (own.end.replica.number == 0) return fail("store.damaged", {}, "no replica");
  return out;
}

/// Who this is, as every database of this store says it first.
Status write_identity(RecordsImpl& records, const Identity& identity, ReplicaId replica) {
  OwnState own;
  own.end.replica = replica;
  own.worker = identity.worker;
  LX_DO(records.set_own(own));
  LX_DO(records.meta().set_bytes(kMetaWorkerName, identity.worker_name));
  return records.meta().set_bytes(kMetaServerName, identity.server_name);
}

/// What the county gave at enrolment, as every database begins before it has answered.
Status write_arrival(RecordsImpl& records, const Arrival& arrival) {
  LX_DO(records.meta().set(kMetaEpoch, static_cast<std::int64_t>(arrival.epoch)));
  std::vector<HeldScope> held;
  for (const sync::wire::HeldScope& scope : arrival.scopes)
    held.push_back({scope.scope, scope.code, "", scope.classes});
  return records.set_held(held);
}

/// A database under another name, complete before it gets its own: a crash leaves either none or a whole one.
Status build_database(const HomePaths& home, const Vault& vault, const Clock& clock,
                      const domain::Catalogue& catalogue, const std::function<Status(RecordsImpl&)>& fill) {
  const fs::path building = beside(home.database(), ".building");
  remove_database(building);
  {
    LX_TRY(auto database, lianxin::store::Database::open(options_of(building, vault, true)));
    LX_TRY(const auto records, RecordsImpl::open(database, clock, catalogue));
    LX_TRY(auto transaction, lianxin::store::Transaction::begin(database));
    LX_DO(fill(*records));
    LX_DO(transaction.commit());
    LX_DO(database.checkpoint());
  }
  remove_database(home.database());
  std::error_code why;
  fs::rename(building, home.database(), why);
  if (why)
    return fail("file.unwritable", {{"path", home.database().string()}, {"why", why_key(why.value())}});
  fs::permissions(home.database(), fs::perms::owner_read | fs::perms::owner_write, why);
  return sync_folder(home.folder);
}

/// The ruined database keeps its bytes under another name.
Status set_aside(const HomePaths& home, const Clock& clock, OpenReport& report) {
  if (!is_there(home.database())) return {};
  fs::path to = beside(home.database(), ".damaged-" + std::to_string(clock.now_ms()));
  while (is_there(to))
    to += "-again";
  // The write-ahead log goes first: without it the file alone is never taken for a whole database.
  for (const std::string_view suffix : {"-wal", "-shm", ""}) {
    std::error_code why;
    if (!is_there(beside(home.database(), suffix))) continue;
    fs::rename(beside(home.database(), suffix), beside(to, suffix), why);
    if (why)
      return fail("file.unwritable", {{"path", home.database().string()}, {"why", why_key(why.value())}});
  }
  report.set_aside = to;
  return {};
}

Status rebuild(const HomePaths& home, const Vault& vault, const Clock& clock,
               const domain::Catalogue& catalogue, OpenReport& report) {
  LX_DO(set_aside(home, clock, report));
  report.repaired = true;
  log_event("store.rebuilt");
  return build_database(home, vault, clock, catalogue, [&](RecordsImpl& records) -> Status {
    LX_DO(write_identity(records, vault.identity(), ReplicaId::random()));
    if (vault.identity().arrival) LX_DO(write_arrival(records, *vault.identity().arrival));
    LX_DO(records.meta().set(kMetaPurgesUnasked, std::int64_t{1}));  // the list went with the database
    // Higher than any number this laptop can have used: they start at 1.
    return records.meta().set(kMetaExchangeNumber, clock.now_ms());
  });
}

/// What the journals hold; an unreachable one holds nothing now and keeps what it has.
Status read_journals(const StoreParts& parts, const OpenHow& how, ReplayInput& input, OpenReport& report) {
  std::vector<fs::path> files{journal_file(parts.home, parts.vault.identity()), parts.home.journal()};
  if (files[0] == files[1]) files.erase(files.begin());
  for (fs::path& named : journals_at(how.other_journal))
    files.push_back(std::move(named));
  for (const fs::path& file : files) {
    if (!is_there(file)) continue;
    auto journal = Journal::open(file, parts.vault.subkey("journal"));
    if (!journal.ok()) {
      log_error("journal.lost", journal.error());
      continue;
    }
    auto entries = journal->entries();
    if (!entries.ok()) {
      log_error("journal.lost", entries.error());
      continue;
    }
    report.journal_damaged = report.journal_damaged || journal->was_damaged();
    for (JournalEntry& entry : *entries)
      input.entries.push_back(std::move(entry));
    for (const auto& [replica, base] : journal->bases())
      input.bases.push_back(base);
  }
  return {};
}

Status start_tail(StoreParts& parts) {
  parts.tail = std::make_unique<JournalTail>(
      *parts.database, TailFiles{journal_file(parts.home, parts.vault.identity()), parts.home.head_mark(),
                                 parts.vault.subkey("journal"), parts.vault.subkey("head")});
  parts.records->set_tail(parts.tail.get());
  parts.records->set_seal_key(parts.vault.identity().address.seal_key);
  if (auto caught_up = parts.tail->catch_up(); !caught_up.ok()) log_error("journal.lost", caught_up.error());
  return parts.tail->mark();
}

/// A copy must not write into the original's journal on a shared stick.
Status become_copy(Vault& vault) {
  Identity identity = vault.identity();
  identity.machine_mark = to_hex(random_bytes(kMarkSecretBytes));
  identity.journal_folder.clear();
  return vault.set_identity(identity);
}

/// An enrolment that an earlier program kept in the database outlives it from now on.
Status keep_enrolment(StoreParts& parts) {
  Meta& meta = parts.records->meta();
  LX_TRY(const auto request, meta.bytes(kMetaEnrolment));
  if (request.value_or(Bytes()).empty()) return {};
  LX_TRY(const auto epoch, meta.integer(kMetaEpoch));
  LX_TRY(const auto held, parts.records->held());
  Identity identity = parts.vault.identity();
  identity.arrival = Arrival{*request, static_cast<std::uint64_t>(epoch.value_or(0)), {}};
  for (const HeldScope& scope : held)
    identity.arrival->scopes.push_back({scope.scope, scope.code, scope.classes});
  LX_DO(parts.vault.set_identity(identity));
  return meta.set_bytes(kMetaEnrolment, {});
}

/// From an open database to a store that may be written to.
Result<StoreParts> finish_opening(StoreParts parts, const OpenHow& how, ReplayInput input,
                                  OpenReport& report) {
  report.is_copy = !is_marked_here(parts.home.folder, parts.vault.identity().machine_mark);
  input.copied = report.is_copy;
  // Before the mark is written: however the opening is cut short, the next one says so too (sync.md 11).
  if (report.is_copy) LX_DO(parts.records->meta().set(kMetaPurgesUnasked, std::int64_t{1}));
  LX_DO(read_journals(parts, how, input, report));
  auto mark = read_head_mark(parts.home.head_mark(), parts.vault.subkey("head"));
  if (mark.ok()) {
    input.mark = *mark;
  } else {
    log_error("head_mark.failed", mark.error());
  }
  LX_TRY(const Replayed replayed, replay(*parts.records, input));
  report.from_journal = replayed.from_journal;
  report.missing = replayed.missing;
  if (report.is_copy) {
    LX_DO(become_copy(parts.vault));
    LX_DO(write_machine_mark(parts.home.folder, parts.vault.identity().machine_mark));
  }
  LX_DO(keep_enrolment(parts));
  LX_DO(start_tail(parts));
  return parts;
}

}  // namespace

std::vector<fs::path> journals_at(const fs::path& named) {
  std::error_code ignored;
  if (fs::is_regular_file(named, ignored)) return {named};
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(named, ignored)) {
    const bool is_journal = entry.path().extension() == ".journal" ||
                            entry.path().filename() == HomePaths(named).journal().filename();
    if (is_journal) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

fs::path journal_file(const HomePaths& home, const Identity& identity) {
  if (identity.journal_folder.empty()) return home.journal();
  return fs::path(identity.journal_folder) / ("lianxin-" + identity.device.text() + ".journal");
}

Result<StoreParts> make_parts(const NewStore& made, const Clock& clock) {
  const HomePaths home(made.home);
  std::error_code ignored;
  const bool had_folder = fs::exists(home.folder, ignored);
  if (holds_work(home)) return fail("store.exists", {{"path", home.folder.string()}});
  LX_DO(make_private_folder(home.folder));
  const auto make = [&]() -> Result<StoreParts> {
    LX_TRY(FileLock lock, FileLock::take(home.lock()));
    Identity identity = made.identity;
    identity.machine_mark = to_hex(random_bytes(kMarkSecretBytes));
    identity.arrival = Arrival{made.request, made.epoch, made.scopes};
    LX_TRY(Vault vault, Vault::create(home, identity, made.passphrase, made.cost));
    LX_DO(write_machine_mark(home.folder, identity.machine_mark));
    const auto fill = [&](RecordsImpl& records) -> Status {
      LX_DO(write_identity(records, identity, made.replica));
      return write_arrival(records, *identity.arrival);
    };
    LX_DO(build_database(home, vault, clock, *made.catalogue, fill));
    StoreParts parts{home, std::move(lock), std::move(vault), nullptr, nullptr, nullptr};
    OpenHow how;
    how.catalogue = made.catalogue;
    LX_TRY(OpenDatabase open, open_database(home, parts.vault, clock, how));
    parts.database = std::move(open.database);
    parts.records = std::move(open.records);
    LX_DO(start_tail(parts));
    return parts;
  };
  auto parts = make();
  if (parts.ok()) keep_spare_room(home.folder);
  if (!parts.ok()) {
    remove_database(home.database());
    remove_database(beside(home.database(), ".building"));
    for (const fs::path& file : {home.key_file(), beside(home.key_file(), ".1"), home.journal(),
                                 home.head_mark(), home.lock(), machine_mark_file(home.folder)})
      fs::remove(file, ignored);
    if (!had_folder) fs::remove(home.folder, ignored);
  }
  return parts;
}

namespace {

Result<StoreParts> open_once(const fs::path& folder, std::string_view passphrase, const Clock& clock,
                             const OpenHow& how, OpenReport& report) {
  const HomePaths home(folder);
  LX_DO(must_open(home));
  auto lock = FileLock::take(home.lock());
  if (!lock.ok()) {
    if (lock.error().code == "file.in_use") return fail("store.in_use", {{"path", home.folder.string()}});
    return std::move(lock).error();
  }
  LX_TRY(Vault vault, Vault::open(home, passphrase));
  ReplayInput input;
  if (!how.rebuild) {
    auto open = open_database(home, vault, clock, how);
    // A disk that failed once may answer the next time: nothing is set aside for that.
    if (!open.ok() && is_ruin(open.error())) open = open_database(home, vault, clock, how);
    if (open.ok()) {
      StoreParts parts{
          home,   std::move(*lock), std::move(vault), std::move(open->database), std::move(open->records),
          nullptr};
      return finish_opening(std::move(parts), how, std::move(input), report);
    }
    if (!is_ruin(open.error())) return std::move(open).error();
    log_error("store.ruined", open.error());
  }
  LX_DO(rebuild(home, vault, clock, *how.catalogue, report));
  LX_TRY(OpenDatabase open, open_database(home, vault, clock, how));
  input.rebuilt = true;
  StoreParts parts{
      home, std::move(*lock), std::move(vault), std::move(open.database), std::move(open.records), nullptr};
  return finish_opening(std::move(parts), how, std::move(input), report);
}

}  // namespace

Result<StoreParts> open_parts(const fs::path& folder, std::string_view passphrase, const Clock& clock,
                              const OpenHow& how, OpenReport& report) {
  auto opened = open_once(folder, passphrase, clock, how, report);
  if (!opened.ok() && is_full_disk(opened.error()) && give_up_spare_room(folder)) {
    opened = open_once(folder, passphrase, clock, how, report);
    if (opened.ok()) (void)opened->database->checkpoint();
    take_back_spare_room(folder);
  } else if (opened.ok()) {
    keep_spare_room(folder);
  }
  if (!opened.ok()) return without_spare_room(opened.error());
  return opened;
}

}  // namespace lianxin::client::store
