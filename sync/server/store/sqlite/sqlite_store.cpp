// The store in one encrypted SQLite file: one writing connection, any number of reading ones.
#include <condition_variable>
#include <mutex>

#include "sync/server/store/sqlite/session.hpp"

namespace lx_sync_server_migrations {
std::string_view file(std::string_view path);
std::vector<std::string_view> files();
}  // namespace lx_sync_server_migrations

namespace lianxin::sync::server::store {

SqliteSession::~SqliteSession() {
  if (database_->in_transaction()) (void)database_->exec("ROLLBACK");
  give_back_(std::move(database_));
}

Status SqliteSession::begin(bool writing) {
  if (writing) return database_->exec("BEGIN IMMEDIATE");
  LX_DO(database_->exec("BEGIN"));
  return database_->exec("SELECT 1 FROM meta LIMIT 1");
}

namespace {

constexpr int kBusyTimeoutMs = 30000;
constexpr std::size_t kIdleReadersMax = 8;
/// An answer reads feeds and states once, from front to back: only the writer profits from more.
constexpr int kReaderCacheKib = 6000;

class SqliteStore final : public Store {
 public:
  SqliteStore(std::filesystem::path file, Bytes key, std::unique_ptr<Database> writer)
      : file_(std::move(file)),
        key_(std::move(key)),
        lists_(file_.parent_path()),
        writer_(std::move(writer)) {}

  Result<std::unique_ptr<Reader>> read() override {
    LX_TRY(auto connection, idle_reader());
    auto session =
        std::make_unique<SqliteSession>(std::move(connection), [this](std::unique_ptr<Database> back) {
          const std::lock_guard guard(mutex_);
          if (readers_.size() < kIdleReadersMax) readers_.push_back(std::move(back));
        });
    LX_DO(session->begin(false));
    return std::unique_ptr<Reader>(std::move(session));
  }

  Result<std::unique_ptr<Writer>> write() override {
    std::unique_lock lock(mutex_);
    writer_free_.wait(lock, [this] { return writer_ != nullptr; });
    auto session = std::make_unique<SqliteSession>(
        std::move(writer_),
        [this](std::unique_ptr<Database> back) {
          const std::lock_guard guard(mutex_);
          writer_ = std::move(back);
          writer_free_.notify_one();
        },
        &lists_);
    lock.unlock();
    LX_DO(session->begin(true));
    return std::unique_ptr<Writer>(std::move(session));
  }

  Status backup(const std::filesystem::path& target) override {
    LX_TRY(auto connection, connect(file_, key_));
    return connection->vacuum_into(target);
  }

  Status check_files() override {
    LX_TRY(auto connection, connect(file_, key_));
    return connection->integrity_check();
  }

  Status empty_log() override {
    LX_TRY(auto connection, connect(file_, key_));
    Statement statement = connection->prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    LX_TRY(const bool found, statement.step());
    return found && statement.integer(0) == 0 ? Status() : Status(fail("store.busy"));
  }

  static Result<std::unique_ptr<Database>> connect(const std::filesystem::path& file, BytesView key,
                                                   bool create = false) {
    ::lianxin::store::OpenOptions options;
    options.path = file;
    options.key = Bytes(key);
    options.create = create;
    options.busy_timeout_ms = kBusyTimeoutMs;
    LX_TRY(Database database, Database::open(options));
    return std::make_unique<Database>(std::move(database));
  }

 private:
  Result<std::unique_ptr<Database>> idle_reader() {
    {
      const std::lock_guard guard(mutex_);
      if (!readers_.empty()) {
        auto reader = std::move(readers_.back());
        readers_.pop_back();
        return reader;
      }
    }
    LX_TRY(auto reader, connect(file_, key_));
    LX_DO(reader->exec("PRAGMA cache_size=-" + std::to_string(kReaderCacheKib)));
    return reader;
  }

  const std::filesystem::path file_;
  const Bytes key_;
  Lists lists_;
  std::mutex mutex_;
  std::condition_variable writer_free_;
  std::unique_ptr<Database> writer_;  ///< null while on loan
  std::vector<std::unique_ptr<Database>> readers_;
};

std::vector<::lianxin::store::Migration> migrations() {
  return ::lianxin::store::migrations_of(lx_sync_server_migrations::files(), lx_sync_server_migrations::file);
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& file, BytesView key,
                                                 bool create) {
  LX_TRY(auto writer, SqliteStore::connect(file, key, create));
  LX_DO(writer->migrate(migrations()));
  return std::unique_ptr<Store>(std::make_unique<SqliteStore>(file, Bytes(key), std::move(writer)));
}

int sqlite_store_format() { return migrations().back().number; }

}  // namespace lianxin::sync::server::store
