#include "sync/server/admin/migrate_command.hpp"

#include "sync/server/service/audit_log.hpp"

namespace lianxin::sync::server::admin {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "sqlite";

/// A copy of the store in a file: the file itself, or what a database holds as `coming`.
Result<fs::path> as_file(const DataFolder& folder, const fs::path& coming) {
  LX_TRY(const auto store, folder.open_store());
  LX_DO(store->check_files());
  LX_TRY(const auto url, folder.store_url());
  if (!url) return folder.store();
  std::error_code ignored;
  fs::remove(coming, ignored);  // of a move that was cut
  LX_DO(store->backup(coming));
  return coming;
}

Status move_into_database(const DataFolder& folder, const fs::path& file, const std::string& url) {
  LX_TRY(const Bytes key, folder.read_key());
  LX_DO(store::make_postgres_schema(url));
  LX_TRY(const std::uint64_t rows, store::fill_postgres_store(file, key, url));
  (void)rows;
  return folder.write_store_url(url);
}

Status note_move(const DataFolder& folder, WallMs now_ms) {
  LX_TRY(const auto store, folder.open_store());
  LX_TRY(const auto writer, store->write());
  LX_DO(writer->append_audit(audit_row(now_ms, kByAdministrator, "store.moved", Id{})));
  return writer->commit();
}

}  // namespace

Result<int> migrate_command(const Context& context) {
  const DataFolder folder = context.folder();
  const std::string& to = context.options.store;
  LX_DO(folder.must_have_store());
  LX_TRY(const FileLock only_one, folder.lock());
  LX_TRY(const auto before, folder.store_url());
  if (to != kFile && !store::is_postgres_url(to)) return fail("server.store_kind", {{"store", to}});
  if (to == (before ? *before : kFile)) return fail("server.store_same");
  const fs::path coming = folder.root() / "moving.db";
  LX_TRY(const fs::path file, as_file(folder, coming));
  fs::path old;
  if (to != kFile) {
    LX_DO(move_into_database(folder, file, to));
    if (!before) old = folder.store().string() + ".moved";
    std::error_code ignored;
    if (before) fs::remove(coming, ignored);
    if (!before) LX_DO(rename_durably(file, old));
  } else {
    LX_DO(folder.place_store(file));
    LX_DO(folder.forget_store_url());
  }
  LX_DO(note_move(folder, context.clock.now_ms()));
  LX_TRY(const auto store, folder.open_store());
  LX_TRY(const auto reader, store->read());
  LX_TRY(const store::Counts counts, reader->counts());
  const std::string kind = to == kFile ? kFile : "postgresql";
  context.out.value(Json{
      {"store", kind}, {"changes", counts.changes}, {"records", counts.records}, {"kept", old.string()}});
  context.out.say("server.migrate.done",
                  {{"records", std::to_string(counts.records)}, {"changes", std::to_string(counts.changes)}});
  if (!old.empty()) context.out.say("server.migrate.kept", {{"file", old.string()}});
  if (before) context.out.say("server.migrate.database_kept");
  return 0;
}

}  // namespace lianxin::sync::server::admin
