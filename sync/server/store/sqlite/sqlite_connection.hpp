#pragma once
// SQLite as one of the engines behind the session. Private to `sync/server/store`.
#include <filesystem>
#include <memory>
#include <vector>

#include "shared/store/database.hpp"
#include "sync/server/store/sql/copy_rows.hpp"
#include "sync/server/store/sql/statement.hpp"

namespace lianxin::sync::server::store {

class SqliteConnection final : public SqlConnection {
 public:
  /// `key` has 32 bytes. `create` refuses an existing file, else a missing one is an error. Errors of
  /// `Database::open`.
  [[nodiscard]] static Result<std::unique_ptr<SqliteConnection>> open(const std::filesystem::path& file,
                                                                      BytesView key, bool create = false);
  std::unique_ptr<SqlStep> prepare(std::string_view sql) override;
  Status each(std::string_view sql, const OnRow& take) override;
  Status exec(const std::string& sql) override { return database_.exec(sql); }
  /// BEGIN IMMEDIATE, which locks everything.
  Status begin_writing() override { return database_.exec("BEGIN IMMEDIATE"); }
  /// BEGIN and a first read, which fixes the moment.
  Status begin_reading() override;
  [[nodiscard]] bool in_transaction() const override { return database_.in_transaction(); }
  [[nodiscard]] bool is_lost() const override { return false; }
  /// Brings the schema up to date. Error "store.newer".
  [[nodiscard]] Status migrate();
  /// All tables of its schema.
  [[nodiscard]] Result<std::vector<SqlTable>> tables();
  [[nodiscard]] ::lianxin::store::Database& database() { return database_; }

 private:
  explicit SqliteConnection(::lianxin::store::Database database) : database_(std::move(database)) {}
  ::lianxin::store::Database database_;
};

}  // namespace lianxin::sync::server::store
