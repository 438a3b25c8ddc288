#include "sync/server/admin/backup_commands.hpp"

#include <cerrno>
#include <optional>

#include "shared/base/told_as.hpp"
#include "sync/server/admin/backup_file.hpp"
#include "sync/server/admin/list_check.hpp"
#include "sync/server/admin/passphrase.hpp"
#include "sync/server/service/pictures.hpp"
#include "sync/server/service/purging.hpp"
#include "sync/server/store/lists.hpp"

namespace lianxin::sync::server::admin {
namespace {

namespace fs = std::filesystem;

/// Removed when it goes, whatever happened.
class PassingFile {
 public:
  explicit PassingFile(fs::path path) : path_(std::move(path)) {}
  PassingFile(const PassingFile&) = delete;
  PassingFile& operator=(const PassingFile&) = delete;
  ~PassingFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// Kinds of files that stand beside a backup while it is made.
constexpr std::string_view kCopied = ".store-";
constexpr std::string_view kWritten = ".part-";
constexpr std::string_view kVerified = ".verify-";

fs::path passing_name(const fs::path& file, std::string_view kind, WallMs now_ms) {
  return file.string() + std::string(kind) + Id::make(now_ms).text();
}

/// When a file of these kinds was begun, as its number says; nullopt = it is none.
std::optional<WallMs> passing_file_made(std::string_view name) {
  for (const std::string_view kind : {kCopied, kWritten, kVerified}) {
    const std::size_t at = name.rfind(kind);
    if (at == std::string_view::npos) continue;
    const auto id = Id::parse(name.substr(at + kind.size()));
    if (!id.ok()) continue;
    constexpr std::size_t kTimeOctets = 6;
    WallMs begun = 0;
    for (std::size_t i = 0; i < kTimeOctets; ++i)
      begun = begun << 8 | id->octets[i];
    return begun;
  }
  return std::nullopt;
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

bool has_lists_in(const fs::path& folder) {
  const store::Lists lists(folder);
  std::error_code ignored;
  return fs::exists(lists.purges(), ignored) || fs::exists(lists.grants(), ignored);
}

/// What backups that were cut short left beside theirs, found by the name: those of this backup, and of any
/// other that nobody can be writing any more.
void remove_left_over(const fs::path& file, WallMs now_ms) {
  constexpr WallMs kAbandonedMs = 24LL * 60 * 60 * 1000;
  const std::string own = file.filename().string() + ".";
  std::error_code why;
  for (fs::directory_iterator at(folder_of(file), why), end; !why && at != end; at.increment(why)) {
    const std::string name = at->path().filename().string();
    const auto made = passing_file_made(name);
    if (!made || (!name.starts_with(own) && now_ms - *made < kAbandonedMs)) continue;
    std::error_code ignored;
    fs::remove(at->path(), ignored);
  }
}

/// A second backup under the same name would take what the first is writing for left over.
Result<FileLock> lock_for_backup(const DataFolder& folder) {
  auto lock = FileLock::take(folder.root() / "backup.lock");
  if (!lock.ok() && lock.error().code == "file.in_use") return fail("backup.running");
  return lock;
}

/// Reads it back whole: laptops let go of what only a verified backup may replace (sync.md 6.3).
Status verify_backup(const fs::path& file, const std::string& passphrase, WallMs now_ms) {
  const PassingFile copy(passing_name(file, kVerified, now_ms));
  LX_TRY(const BackupSecrets secrets, read_backup(file, copy.path(), passphrase));
  LX_TRY(const auto opened, store::open_sqlite_store(copy.path(), secrets.store_key, false));
  return opened->check_files();
}

/// Under its own name only when it is whole and reads back whole.
Status write_whole(const fs::path& file, const fs::path& store, const BackupSecrets& secrets,
                   const std::string& passphrase, const store::PictureFiles* pictures, WallMs now_ms) {
  const PassingFile part(passing_name(file, kWritten, now_ms));
  LX_DO(told_as(write_backup(part.path(), store, secrets, passphrase, pictures), part.path(), file));
  // The copy that is read back has a name that begins with that of the part.
  LX_DO(told_as(verify_backup(part.path(), passphrase, now_ms), part.path(), file));
  if (is_there(file)) return fail("backup.exists", {{"file", file.string()}});
  return rename_durably(part.path(), file);
}

}  // namespace

Status copied_beside(Status copied, const std::string& file) {
  if (copied.ok()) return copied;
  const std::string& detail = copied.error().detail;
  if (copied.error().code == "store.full")
    return fail("file.unwritable", {{"path", file}, {"why", "why.no_space"}}, detail);
  // A stick that may only be read is told by its own name, not as the disk of the county's records.
  const Status stick = may_write(folder_of(file));
  if (stick.ok() || copied.error().code != "store.io") return copied;
  return fail("file.unwritable", {{"path", file}, stick.error().args.at(1)}, detail);
}

Result<int> backup_command(const Context& context) {
  const DataFolder folder = context.folder();
  const std::string& file = context.options.file;
  LX_TRY(const auto store, folder.open_store());
  std::error_code ignored;
  if (fs::exists(file, ignored)) return fail("backup.exists", {{"file", file}});
  if (!is_folder(folder_of(file))) return fail("file.unwritable", {{"path", file}, {"why", why_key(ENOENT)}});
  LX_TRY(const std::string passphrase,
         read_passphrase(context.options.passphrase_file, context.out.messages().get("server.backup.ask")));
  LX_DO(check_administrator(*store, passphrase));
  LX_TRY(const FileLock only_one, lock_for_backup(folder));
  remove_left_over(file, context.clock.now_ms());
  const PassingFile copy(passing_name(file, kCopied, context.clock.now_ms()));
  std::uint64_t reach = 0;
  {
    LX_TRY(const auto reader, store->read());
    LX_TRY(const store::Counts counts, reader->counts());
    reach = counts.changes;  // nothing is ever taken out of the log: the last one has this number
  }
  LX_DO(copied_beside(store->backup(copy.path()), file));
  BackupSecrets secrets;
  LX_TRY(secrets.store_key, folder.read_key());
  LX_TRY(secrets.tls, folder.read_tls());
  LX_TRY(const auto pictures, folder.open_pictures());
  LX_DO(write_whole(file, copy.path(), secrets, passphrase, pictures.get(), context.clock.now_ms()));
  {
    LX_TRY(const auto writer, store->write());
    LX_DO(writer->put_meta(kMetaBackupSequence, std::to_string(reach)));
    LX_DO(writer->commit());
  }
  const auto bytes = fs::file_size(file, ignored);
  context.out.value(Json{{"file", file}, {"bytes", bytes}});
  context.out.say("server.backup.done", {{"file", file}, {"kilobytes", std::to_string(bytes / 1024)}});
  return 0;
}

namespace {

/// The store gets its name: nobody has seen it before.
Status put_in_place(const DataFolder& folder, const fs::path& restored, const Bytes& key,
                    const std::string& kind) {
  if (store::is_postgres_url(kind)) {
    { LX_TRY(const auto made, store::open_postgres_store(kind, folder.root(), key, true)); }
    LX_TRY(const std::uint64_t rows, store::fill_postgres_store(restored, key, kind));
    (void)rows;
    return folder.write_store_url(kind);
  }
  return folder.place_store(restored);
}

}  // namespace

Result<int> restore_command(const Context& context) {
  const DataFolder folder = context.folder();
  const std::string& kind = context.options.store;
  if (kind != "sqlite" && !store::is_postgres_url(kind)) return fail("server.store_kind", {{"store", kind}});
  if (folder.has_store()) return fail("server.made");
  if (!is_there(context.options.file)) return fail("backup.read", {{"file", context.options.file}});
  const std::string& lost = context.options.lists;
  if (!lost.empty() && !has_lists_in(lost)) return fail("restore.lists", {{"folder", lost}});
  LX_TRY(const std::string passphrase,
         read_passphrase(context.options.passphrase_file, context.out.messages().get("server.restore.ask")));
  LX_DO(folder.make());
  LX_TRY(const FileLock only_one, folder.lock());
  if (folder.has_store()) return fail("server.made");  // while the passphrase was typed
  // Under another name until all of it is there: a cut restore leaves a folder that can be restored into.
  const PassingFile store(folder.root() / "restoring.db");
  std::error_code ignored;
  fs::remove(store.path(), ignored);
  LX_TRY(const BackupSecrets secrets,
         read_backup(context.options.file, store.path(), passphrase, folder.pictures()));
  const store::Lists lists(folder.root());
  if (!lost.empty()) LX_DO(lists.bring_from(store::Lists(lost)));
  LX_DO(folder.write_key(secrets.store_key));
  LX_DO(folder.write_tls(secrets.tls));
  County county;
  const bool has_lists = has_lists_in(folder.root());
  std::uint64_t purges = 0;
  std::uint64_t passed_over = 0;
  {
    LX_TRY(const store::Listed listed, lists.read());
    passed_over = listed.passed_over;
    LX_TRY(const auto opened, store::open_sqlite_store(store.path(), secrets.store_key, false));
    // Before anybody sees a record: what was purged since the backup, and who may still come in.
    LX_TRY(purges,
           replay_lists(*opened, domain::Catalogue::base(), listed.purges, listed.grants, listed.devices));
    LX_TRY(const auto pictures, folder.open_pictures());
    LX_DO(sweep_pictures(*opened, domain::Catalogue::base(), *pictures, 0));
    LX_TRY(county, begin_new_epoch(*opened, context.clock));
  }
  LX_DO(put_in_place(folder, store.path(), secrets.store_key, kind));
  {
    LX_TRY(const OpenCounty restored, open_county(context));
    LX_DO(complete_lists(restored, lists));
  }
  context.out.value(Json{{"server", county.server.text()},
                         {"name", county.name},
                         {"epoch", county.epoch},
                         {"lists", has_lists},
                         {"purges", purges},
                         {"lines_passed_over", passed_over}});
  context.out.say("server.restore.done", {{"name", county.name}});
  if (!has_lists) context.out.aside("server.restore.no_lists");
  if (purges > 0) context.out.say("server.restore.purged", {{"count", std::to_string(purges)}});
  if (passed_over > 0)
    context.out.aside("server.restore.passed_over", {{"count", std::to_string(passed_over)}});
  return 0;
}

}  // namespace lianxin::sync::server::admin
