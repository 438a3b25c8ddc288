#include "client/store/journal_tail.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <string_view>

#include "client/store/purging.hpp"
#include "shared/base/file.hpp"
#include "shared/base/log.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::store {

namespace fs = std::filesystem;
using sync::change::ChainEnd;

namespace {

Status drop_purged_from(lianxin::store::Database& database, JournalEntry& entry) {
  const auto body = sync::change::decode_body(entry.body);
  if (!body.ok()) return {};
  auto values = sync::change::decode_values(entry.values, *body);
  if (!values.ok()) return {};
  LX_TRY(const bool lost, drop_purged(database, *body, *values));
  if (lost) entry.values = sync::change::encode_values(*values);
  return {};
}

}  // namespace

JournalTail::JournalTail(lianxin::store::Database& database, TailFiles files)
    : database_(database), files_(std::move(files)) {}

/// The save itself is durable already; whatever fails here makes it "one copy only", never a failed save.
Status JournalTail::saved(const std::vector<JournalEntry>& entries, const HeadMark& mark) {
  if (const Status written = journal_ ? journal_->append(entries) : catch_up(); !written.ok())
    lose(written.error());
  if (auto marked = write_head_mark(files_.head_mark, files_.head_key, mark); !marked.ok())
    log_error("head_mark.failed", marked.error());
  if (tell_) tell_(copies());
  return {};
}

Status JournalTail::acknowledged(ReplicaId replica, std::uint64_t counter, const HeadMark& mark) {
  LX_TRY(const auto hash, OwnChains(database_).hash_at({replica, counter}));
  Status forgotten;
  if (!journal_) {
    forgotten = catch_up();
  } else if (hash && counter > 0) {
    forgotten = journal_->forget({replica, counter, *hash});
  }
  if (!forgotten.ok()) lose(forgotten.error());
  if (auto marked = write_head_mark(files_.head_mark, files_.head_key, mark); !marked.ok())
    log_error("head_mark.failed", marked.error());
  return {};
}

namespace {

/// Files of this folder whose names begin so.
void remove_old_copies(const fs::path& folder, std::initializer_list<std::string_view> beginnings) {
  std::error_code why;
  for (fs::directory_iterator at(folder, why), end; !why && at != end; at.increment(why)) {
    const std::string name = at->path().filename().string();
    const bool is_one = std::any_of(beginnings.begin(), beginnings.end(),
                                    [&](std::string_view beginning) { return name.starts_with(beginning); });
    if (!is_one) continue;
    std::error_code failed;
    fs::remove(at->path(), failed);
    log_event(failed ? "store.old_copy_left" : "store.old_copy_removed", {{"file", name}});
  }
  if (why) log_event("store.old_copies_unknown", {{"why", why.message()}});
}

/// 1 = there was a purge, and journals that were set aside are still to be looked at.
constexpr std::string_view kMetaAsideDue = "journals_aside_due";
constexpr std::string_view kBeforeMigration = "store.db.before-";
constexpr std::string_view kRuined = "store.db.damaged-";

}  // namespace

/// Copies of the database from before a change of its schema, or set aside as ruined, hold old values too,
/// and so may a journal that was set aside.
Status JournalTail::purged() {
  remove_old_copies(files_.head_mark.parent_path(), {kBeforeMigration, kRuined});
  LX_DO(Meta(database_).set(kMetaAsideDue, std::int64_t{1}));
  offered_again();
  return {};
}

void JournalTail::offered_again() {
  if (const Status written = catch_up(); !written.ok()) lose(written.error());
}

/// A journal that is away, or cannot be written now, is made anew when it is caught up. A ruined database may
/// be the last place of unsent work: it stays until a purge.
Status JournalTail::erased() {
  remove_old_copies(files_.head_mark.parent_path(), {kBeforeMigration});
  LX_DO(Meta(database_).set(kMetaJournalPurge, std::int64_t{1}));
  if (!journal_) return {};
  if (const Status written = fill(*journal_); !written.ok()) lose(written.error());
  return {};
}

void JournalTail::lose(const Error& why) {
  log_error("journal.lost", why);
  journal_.reset();
}

Status JournalTail::catch_up() {
  if (!is_folder(files_.journal.parent_path()))
    return fail("journal.unwritable", {{"path", files_.journal.string()}});
  LX_TRY(Journal journal, Journal::open(files_.journal, files_.journal_key));
  LX_DO(fill(journal));
  LX_DO(look_at_set_aside());
  journal_ = std::move(journal);
  return {};
}

/// A stick goes from laptop to laptop: what this key does not open may be the work of somebody else, so it
/// stays and a person is told (Records::status).
Status JournalTail::look_at_set_aside() {
  Meta meta(database_);
  LX_TRY(const auto due, meta.integer(kMetaAsideDue));
  if (due.value_or(0) == 0) return {};
  const std::string beginning = files_.journal.filename().string() + std::string(kSetAside);
  std::vector<std::string> left;
  std::error_code why;
  for (fs::directory_iterator at(files_.journal.parent_path(), why), end; !why && at != end;
       at.increment(why)) {
    const fs::path& file = at->path();
    if (!file.filename().string().starts_with(beginning)) continue;
    std::error_code failed;
    const bool is_ours = Journal::opens(file, files_.journal_key);
    if (is_ours) fs::remove(file, failed);
    if (!is_ours || failed) left.push_back(file.string());
    log_event("journal.set_aside",
              {{"file", file.filename().string()}, {"removed", is_ours && !failed ? "1" : "0"}});
  }
  if (why) return fail("journal.unwritable", {{"path", files_.journal.string()}}, why.message());
  LX_DO(meta.set_bytes(kMetaJournalsAside, join(left, "\n")));
  return meta.set(kMetaAsideDue, std::int64_t{0});
}

Status JournalTail::fill(Journal& journal) {
  OwnChains chains(database_);
  LX_TRY(std::vector<JournalEntry> entries, chains.unsent());
  Meta meta(database_);
  LX_TRY(const auto purge_due, meta.integer(kMetaJournalPurge));
  bool is_whole = !journal.was_damaged() && purge_due.value_or(0) == 0;
  for (const JournalEntry& entry : entries)
    is_whole = is_whole && journal.ids().count(entry.id) > 0;
  if (is_whole) return {};
  std::map<ReplicaId, ChainEnd> bases = journal.bases();
  LX_TRY(const auto own_bases, chains.bases());
  for (const ChainEnd& base : own_bases)
    bases[base.replica] = base;
  // What a restored server is offered from its first change on has no base any more (7.1).
  LX_TRY(const auto all_chains, chains.all());
  for (const OwnChain& chain : all_chains) {
    if (chain.acknowledged == 0) bases.erase(chain.end.replica);
  }
  // A database that was lost while the stick was away does not know what the stick holds.
  LX_TRY(std::vector<JournalEntry> kept, journal.entries());
  for (JournalEntry& entry : kept) {
    LX_TRY(const auto known, chains.hash_at(entry.id));
    if (known) continue;
    LX_DO(drop_purged_from(database_, entry));
    entries.push_back(std::move(entry));
  }
  std::vector<ChainEnd> list;
  list.reserve(bases.size());
  for (const auto& [replica, base] : bases)
    list.push_back(base);
  LX_DO(journal.rewrite(list, entries));
  return purge_due.value_or(0) == 0 ? Status() : meta.set(kMetaJournalPurge, std::int64_t{0});
}

Status JournalTail::move_to(const fs::path& file, const std::function<Status()>& note) {
  if (file == files_.journal) return journal_ ? Status() : catch_up();
  if (!is_folder(file.parent_path()))
    return fail("journal.no_folder", {{"path", file.parent_path().string()}});
  auto opened = Journal::open(file, files_.journal_key);
  const Status filled = opened.ok() ? fill(*opened) : Status(opened.error());
  // Nothing is lost by a new place that takes nothing: the second copy is where it was.
  if (!filled.ok() && filled.error().code == "journal.unwritable")
    return fail("journal.stays", {{"path", file.parent_path().string()}}, filled.error().detail);
  LX_DO(filled);
  Journal next = std::move(opened).value();
  LX_DO(note());
  journal_ = std::move(next);
  std::error_code ignored;  // an old journal that stays behind says nothing new and is sealed
  fs::remove(files_.journal, ignored);
  files_.journal = file;
  return {};
}

Status JournalTail::mark() {
  LX_TRY(const OwnState own, read_own(database_));
  return write_head_mark(files_.head_mark, files_.head_key, {own.end, own.acknowledged});
}

}  // namespace lianxin::client::store
