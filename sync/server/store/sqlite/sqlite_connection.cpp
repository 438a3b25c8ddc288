#include "sync/server/store/sqlite/sqlite_connection.hpp"

#include "sync/server/store/store.hpp"

namespace lx_sync_server_migrations {
std::string_view file(std::string_view path);
std::vector<std::string_view> files();
}  // namespace lx_sync_server_migrations

namespace lianxin::sync::server::store {
namespace {

constexpr int kBusyTimeoutMs = 30000;

class SqliteStep final : public SqlStep {
 public:
  explicit SqliteStep(::lianxin::store::Statement statement) : statement_(std::move(statement)) {}
  void bind_integer(int at, std::int64_t value) override { statement_.bind(at, value); }
  void bind_text(int at, std::string_view utf8) override { statement_.bind_text(at, utf8); }
  void bind_blob(int at, BytesView bytes) override { statement_.bind_blob(at, bytes); }
  Result<bool> step() override { return statement_.step(); }
  Status run() override { return statement_.run(); }
  void reset() override { statement_.reset(); }
  [[nodiscard]] std::int64_t integer(int column) const override { return statement_.integer(column); }
  [[nodiscard]] std::string_view bytes(int column) const override { return statement_.view(column); }
  [[nodiscard]] bool is_null(int column) const override { return statement_.is_null(column); }

 private:
  ::lianxin::store::Statement statement_;
};

std::vector<::lianxin::store::Migration> sqlite_migrations() {
  return ::lianxin::store::migrations_of(lx_sync_server_migrations::files(), lx_sync_server_migrations::file);
}

}  // namespace

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::filesystem::path& file,
                                                                 BytesView key, bool create) {
  ::lianxin::store::OpenOptions options;
  options.path = file;
  options.key = Bytes(key);
  options.create = create;
  options.busy_timeout_ms = kBusyTimeoutMs;
  LX_TRY(auto database, ::lianxin::store::Database::open(options));
  return std::unique_ptr<SqliteConnection>(new SqliteConnection(std::move(database)));
}

std::unique_ptr<SqlStep> SqliteConnection::prepare(std::string_view sql) {
  return std::make_unique<SqliteStep>(database_.prepare(sql));
}

Status SqliteConnection::each(std::string_view sql, const OnRow& take) {
  SqlStatement statement(prepare(sql));
  for (;;) {
    LX_TRY(const bool found, statement.step());
    if (!found) return {};
    LX_DO(take(statement));
  }
}

Status SqliteConnection::begin_reading() {
  LX_DO(database_.exec("BEGIN"));
  return database_.exec("SELECT 1 FROM meta LIMIT 1");
}

Status SqliteConnection::migrate() { return database_.migrate(sqlite_migrations()); }

Result<std::vector<SqlTable>> SqliteConnection::tables() {
  std::vector<SqlTable> tables;
  LX_DO(each(
      "SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = "
      "'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid",
      [&](const SqlStatement& row) -> Status {
        if (tables.empty() || tables.back().name != row.view(0)) tables.push_back({row.text(0), {}});
        const std::string_view type = row.view(2);
        tables.back().columns.emplace_back(row.text(1), type == "INTEGER" ? SqlType::kInteger
                                                        : type == "TEXT"  ? SqlType::kText
                                                                          : SqlType::kOctets);
        return {};
      }));
  return tables;
}

int sqlite_store_format() { return sqlite_migrations().back().number; }

}  // namespace lianxin::sync::server::store
