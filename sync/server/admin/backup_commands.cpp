#include "sync/server/admin/backup_commands.hpp"

#include <cerrno>

#include "sync/server/admin/backup_file.hpp"
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

bool has_lists_in(const fs::path& folder) {
  const store::Lists lists(folder);
  std::error_code ignored;
  return fs::exists(lists.purges(), ignored) || fs::exists(lists.grants(), ignored);
}

/// The lists of the lost server, where they are not in the folder already.
Status bring_lists(const DataFolder& folder, const std::string& from) {
  if (from.empty()) return {};
  const store::Lists theirs(from);
  const store::Lists ours(folder.root());
  for (const auto& [source, target] :
       {std::pair(theirs.purges(), ours.purges()), std::pair(theirs.grants(), ours.grants())}) {
    std::error_code why;
    if (!fs::exists(source, why) || fs::exists(target, why)) continue;
    fs::copy_file(source, target, why);
    if (why) return fail("server.list", {{"path", source.string()}}, why.message());
  }
  return {};
}

/// Reads it back whole: laptops let go of what only a verified backup may replace (sync.md 6.3).
Status verify_backup(const fs::path& file, const std::string& passphrase, WallMs now_ms) {
  const PassingFile copy(file.string() + ".verify-" + Id::make(now_ms).text());
  LX_TRY(const BackupSecrets secrets, read_backup(file, copy.path(), passphrase));
  LX_TRY(const auto opened, store::open_sqlite_store(copy.path(), secrets.store_key, false));
  return opened->check_files();
}

}  // namespace

Result<int> backup_command(const Context& context) {
  const DataFolder folder = context.folder();
  const std::string& file = context.options.file;
  LX_TRY(const auto store, folder.open_store());
  std::error_code ignored;
  if (fs::exists(file, ignored)) return fail("backup.exists", {{"file", file}});
  const fs::path folder_of_file = fs::path(file).parent_path();
  if (!folder_of_file.empty() && !fs::is_directory(folder_of_file, ignored))
    return fail("file.unwritable", {{"path", file}, {"why", why_key(ENOENT)}});
  LX_TRY(const std::string passphrase,
         read_passphrase(context.options.passphrase_file, context.out.messages().get("server.backup.ask")));
  LX_DO(check_administrator(*store, passphrase));
  const PassingFile copy(file + ".store-" + Id::make(context.clock.now_ms()).text());
  std::uint64_t reach = 0;
  {
    LX_TRY(const auto reader, store->read());
    LX_TRY(const store::Counts counts, reader->counts());
    reach = counts.changes;  // nothing is ever taken out of the log: the last one has this number
  }
  LX_DO(store->backup(copy.path()));
  BackupSecrets secrets;
  LX_TRY(secrets.store_key, folder.read_key());
  LX_TRY(secrets.tls, folder.read_tls());
  LX_TRY(const auto pictures, folder.open_pictures());
  LX_DO(write_backup(file, copy.path(), secrets, passphrase, pictures.get()));
  LX_DO(verify_backup(file, passphrase, context.clock.now_ms()));
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
  std::error_code why;
  fs::rename(restored, folder.store(), why);
  if (why) return fail("backup.write", {{"file", folder.store().string()}}, why.message());
  return {};
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
  LX_DO(bring_lists(folder, lost));
  LX_DO(folder.write_key(secrets.store_key));
  LX_DO(folder.write_tls(secrets.tls));
  County county;
  const store::Lists lists(folder.root());
  const bool has_lists = has_lists_in(folder.root());
  std::uint64_t purges = 0;
  {
    LX_TRY(const store::Listed listed, lists.read());
    LX_TRY(const auto opened, store::open_sqlite_store(store.path(), secrets.store_key, false));
    // Before anybody sees a record: what was purged since the backup, and who may still come in.
    LX_TRY(purges,
           replay_lists(*opened, domain::Catalogue::base(), listed.purges, listed.grants, listed.devices));
    LX_TRY(const auto pictures, folder.open_pictures());
    LX_DO(sweep_pictures(*opened, domain::Catalogue::base(), *pictures, 0));
    LX_TRY(county, begin_new_epoch(*opened, context.clock));
  }
  LX_DO(put_in_place(folder, store.path(), secrets.store_key, kind));
  context.out.value(Json{{"server", county.server.text()},
                         {"name", county.name},
                         {"epoch", county.epoch},
                         {"lists", has_lists},
                         {"purges", purges}});
  context.out.say("server.restore.done", {{"name", county.name}});
  if (!has_lists) context.out.aside("server.restore.no_lists");
  if (purges > 0) context.out.say("server.restore.purged", {{"count", std::to_string(purges)}});
  return 0;
}

}  // namespace lianxin::sync::server::admin
