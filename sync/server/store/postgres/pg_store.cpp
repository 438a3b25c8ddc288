// The store in a PostgreSQL database (15 or newer) that several programs may read, one of them writing at a
// time.
#include "shared/store/database.hpp"
#include "sync/server/store/postgres/pg_connection.hpp"
#include "sync/server/store/sql/copy_rows.hpp"
#include "sync/server/store/sql/pool.hpp"
#include "sync/server/store/sqlite/sqlite_connection.hpp"

namespace lx_sync_server_postgres_migrations {
std::string_view file(std::string_view path);
std::vector<std::string_view> files();
}  // namespace lx_sync_server_postgres_migrations

namespace lianxin::sync::server::store {
namespace {

using Opened = Result<std::unique_ptr<SqlConnection>>;

std::vector<::lianxin::store::Migration> migrations() {
  return ::lianxin::store::migrations_of(lx_sync_server_postgres_migrations::files(),
                                         lx_sync_server_postgres_migrations::file);
}

/// A store has facts about itself from its first moment on.
Result<bool> holds_rows(PgConnection& connection) {
  SqlStatement any(connection.prepare("SELECT 1 FROM meta LIMIT 1"));
  return any.step();
}

class PgStore final : public Store {
 public:
  PgStore(std::string url, const std::filesystem::path& folder, Bytes key)
      : url_(std::move(url)),
        key_(std::move(key)),
        pool_([this] { return open(); }, [this] { return open(); }, folder) {}

  Result<std::unique_ptr<Reader>> read() override { return pool_.read(); }
  Result<std::unique_ptr<Writer>> write() override { return pool_.write(); }

  /// A file like that of the other engine, so that a backup can be restored anywhere.
  Status backup(const std::filesystem::path& target) override {
    LX_TRY(const auto from, PgConnection::open(url_));
    LX_DO(from->begin_reading());
    LX_TRY(const auto to, SqliteConnection::open(target, key_, true));
    LX_DO(to->migrate());
    LX_DO(to->begin_writing());
    LX_TRY(const auto tables, to->tables());
    LX_TRY(const std::uint64_t rows, copy_rows(tables, *from, *to));
    (void)rows;
    LX_DO(to->exec("COMMIT"));
    return to->database().checkpoint();
  }

  Status check_files() override {
    LX_TRY(const auto connection, PgConnection::open(url_));
    LX_TRY(const bool is_kept, holds_rows(*connection));
    return is_kept ? Status() : Status(fail("store.missing", {{"path", pg_place(url_)}}));
  }

  /// Deleted rows go at once; what the database's own log and its backups hold is its administrator's.
  Status empty_log() override {
    LX_TRY(const auto connection, PgConnection::open(url_));
    for (const char* table : {"change_log", "state", "feed", "unit"})
      LX_DO(connection->exec(std::string("VACUUM ") + table));
    return fail("store.log_elsewhere");
  }

 private:
  Opened open() {
    LX_TRY(auto connection, PgConnection::open(url_));
    return std::unique_ptr<SqlConnection>(std::move(connection));
  }

  const std::string url_;
  const Bytes key_;
  SqlPool pool_;
};

Result<std::string> shown_setting(PgConnection& connection, const std::string& name) {
  SqlStatement show(connection.prepare("SELECT current_setting('" + name + "')"));
  LX_TRY(const bool found, show.step());
  return found ? show.text(0) : std::string();
}

/// What is promised needs a database that keeps what it says it keeps, and any name.
Status must_be_fit(PgConnection& connection) {
  for (const auto& [name, wanted] : {std::pair("server_encoding", "UTF8"), std::pair("fsync", "on"),
                                     std::pair("full_page_writes", "on")}) {
    LX_TRY(const std::string is, shown_setting(connection, name));
    if (is != wanted) return fail("store.unfit", {{"setting", name}, {"is", is}, {"wanted", wanted}});
  }
  return {};
}

/// 0 = there is no store in it yet.
Result<int> version_of(PgConnection& connection) {
  {
    SqlStatement exists(connection.prepare("SELECT to_regclass('lianxin_schema') IS NOT NULL"));
    LX_TRY(const bool found, exists.step());
    if (!found || exists.integer(0) == 0) return 0;
  }
  SqlStatement version(connection.prepare("SELECT version FROM lianxin_schema"));
  LX_TRY(const bool found, version.step());
  return found ? static_cast<int>(version.integer(0)) : 0;
}

/// Steps above the version, all or none.
Status migrate(PgConnection& connection) {
  LX_DO(
      connection.exec("BEGIN; CREATE TABLE IF NOT EXISTS lianxin_schema (version BIGINT NOT NULL); LOCK "
                      "TABLE lianxin_schema"));
  LX_TRY(const int current, version_of(connection));
  const auto steps = migrations();
  if (current > steps.back().number)
    return fail("store.newer",
                {{"found", std::to_string(current)}, {"known", std::to_string(steps.back().number)}});
  for (const auto& step : steps) {
    if (step.number > current) LX_DO(connection.exec(step.sql));
  }
  LX_DO(connection.exec("DELETE FROM lianxin_schema; INSERT INTO lianxin_schema VALUES (" +
                        std::to_string(steps.back().number) + ")"));
  return connection.exec("COMMIT");
}

}  // namespace

Status is_fit_for_store(const std::string& url) {
  LX_TRY(const auto connection, PgConnection::open(url));
  return must_be_fit(*connection);
}

Result<std::unique_ptr<Store>> open_postgres_store(const std::string& url,
                                                   const std::filesystem::path& folder, BytesView key,
                                                   bool create) {
  {
    LX_TRY(const auto connection, PgConnection::open(url));
    LX_DO(must_be_fit(*connection));
    LX_TRY(const int version, version_of(*connection));
    if (!create && version == 0) return fail("store.missing", {{"path", pg_place(url)}});
    LX_DO(migrate(*connection));
    if (create) {
      LX_TRY(const bool is_taken, holds_rows(*connection));
      if (is_taken) return fail("store.exists", {{"path", pg_place(url)}});
    }
  }
  return std::unique_ptr<Store>(std::make_unique<PgStore>(url, folder, Bytes(key)));
}

namespace {

/// The one value of a statement; "" = no row.
Result<Bytes> value_of(SqlConnection& connection, std::string_view sql, std::uint64_t at = 0) {
  SqlStatement ask(connection.prepare(sql));
  if (sql.find('?') != std::string_view::npos) ask.bind(1, at);
  LX_TRY(const bool found, ask.step());
  return found ? ask.blob(0) : Bytes();
}

Result<std::uint64_t> last_of(SqlConnection& connection, const std::string& table) {
  SqlStatement ask(connection.prepare("SELECT coalesce(max(sequence), 0) FROM " + table));
  LX_TRY(const bool found, ask.step());
  return found ? ask.natural(0) : std::uint64_t{0};
}

/// A move that was cut between its commit and the new address left a copy there: this county's, with nothing
/// in it that is not here. A database that was ever answered from has an entry of its own in the audit.
Result<bool> is_left_of_a_move(SqlConnection& from, SqlConnection& to) {
  constexpr std::string_view kServer = "SELECT value FROM meta WHERE name = 'server'";
  LX_TRY(const Bytes here, value_of(from, kServer));
  LX_TRY(const Bytes there, value_of(to, kServer));
  LX_TRY(const std::uint64_t entries_here, last_of(from, "audit"));
  LX_TRY(const std::uint64_t entries_there, last_of(to, "audit"));
  if (here.empty() || here != there || entries_there > entries_here) return false;
  LX_TRY(const std::uint64_t last, last_of(to, "change_log"));
  constexpr std::string_view kHash = "SELECT hash FROM change_log WHERE sequence = ?1";
  LX_TRY(const Bytes hash_here, value_of(from, kHash, last));
  LX_TRY(const Bytes hash_there, value_of(to, kHash, last));
  return hash_here == hash_there;
}

}  // namespace

Status make_postgres_schema(const std::string& url) {
  LX_TRY(const auto connection, PgConnection::open(url));
  LX_DO(must_be_fit(*connection));
  return migrate(*connection);
}

Result<std::uint64_t> fill_postgres_store(const std::filesystem::path& file, BytesView key,
                                          const std::string& url) {
  LX_TRY(const auto from, SqliteConnection::open(file, key));
  LX_DO(from->begin_writing());  // whoever would write waits until it is clear where
  LX_TRY(const auto to, PgConnection::open(url));
  LX_DO(to->begin_writing());
  LX_TRY(const auto tables, from->tables());
  LX_TRY(const bool is_taken, holds_rows(*to));
  if (is_taken) {
    LX_TRY(const bool is_left, is_left_of_a_move(*from, *to));
    if (!is_left) return fail("store.exists", {{"path", pg_place(url)}});
    for (const SqlTable& table : tables)
      LX_DO(to->exec("DELETE FROM " + table.name));
  }
  LX_TRY(const std::uint64_t rows, copy_rows(tables, *from, *to));
  LX_TRY(const std::uint64_t kept, count_rows(tables, *to));
  if (kept != rows) return fail("store.failed", {}, "rows were lost on the way");
  LX_DO(to->exec("COMMIT"));
  LX_DO(to->exec("ANALYZE"));
  return rows;
}

bool is_postgres_url(std::string_view text) {
  return text.substr(0, 13) == "postgresql://" || text.substr(0, 11) == "postgres://";
}

}  // namespace lianxin::sync::server::store
