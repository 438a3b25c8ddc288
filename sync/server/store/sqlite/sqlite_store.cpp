// The store in one encrypted SQLite file.
#include "sync/server/store/sql/pool.hpp"
#include "sync/server/store/sqlite/sqlite_connection.hpp"

namespace lianxin::sync::server::store {
namespace {

/// An answer reads feeds and states once, from front to back: only the writer profits from more.
constexpr int kReaderCacheKib = 6000;

using Opened = Result<std::unique_ptr<SqlConnection>>;

class SqliteStore final : public Store {
 public:
  SqliteStore(std::filesystem::path file, Bytes key)
      : file_(std::move(file)),
        key_(std::move(key)),
        pool_([this] { return open_reader(); }, [this] { return open(); }, file_.parent_path()) {}

  Result<std::unique_ptr<Reader>> read() override { return pool_.read(); }
  Result<std::unique_ptr<Writer>> write() override { return pool_.write(); }

  Status backup(const std::filesystem::path& target) override {
    LX_TRY(const auto connection, SqliteConnection::open(file_, key_));
    return connection->database().vacuum_into(target);
  }

  Status check_files() override {
    LX_TRY(const auto connection, SqliteConnection::open(file_, key_));
    return connection->database().integrity_check();
  }

  Status empty_log() override {
    LX_TRY(const auto connection, SqliteConnection::open(file_, key_));
    auto statement = connection->database().prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    LX_TRY(const bool found, statement.step());
    return found && statement.integer(0) == 0 ? Status() : Status(fail("store.busy"));
  }

 private:
  Opened open() {
    LX_TRY(auto connection, SqliteConnection::open(file_, key_));
    return std::unique_ptr<SqlConnection>(std::move(connection));
  }
  Opened open_reader() {
    LX_TRY(auto reader, open());
    LX_DO(reader->exec("PRAGMA cache_size=-" + std::to_string(kReaderCacheKib)));
    return reader;
  }

  const std::filesystem::path file_;
  const Bytes key_;
  SqlPool pool_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& file, BytesView key,
                                                 bool create) {
  {
    LX_TRY(const auto connection, SqliteConnection::open(file, key, create));
    LX_DO(connection->migrate());
  }
  return std::unique_ptr<Store>(std::make_unique<SqliteStore>(file, Bytes(key)));
}

}  // namespace lianxin::sync::server::store
