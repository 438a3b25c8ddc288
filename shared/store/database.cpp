#include "shared/store/database.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <functional>
#include <sqlite3.h>
#include <utility>

#include "shared/base/file.hpp"

namespace lianxin::store {

namespace {

/// Lets a map of strings be asked with a view: the SQL of every statement goes through here at each use, so
/// only its end is hashed. Statements of one length that also end alike are few.
struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    constexpr std::size_t kEndBytes = 32;
    const std::string_view end = text.substr(text.size() - std::min(text.size(), kEndBytes));
    return std::hash<std::string_view>{}(end) + text.size();
  }
};

}  // namespace

struct Database::Impl {
  sqlite3* handle = nullptr;
  bool attach_allowed = false;
  const char* counted_table = nullptr;
  std::uint64_t counted_writes = 0;
  std::function<void()> while_working;
  /// By SQL; entries stay where they are.
  std::unordered_map<std::string, IdleStatements, ViewHash, std::equal_to<>> idle;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    for (auto& [sql, statements] : idle) {
      for (sqlite3_stmt* statement : statements)
        sqlite3_finalize(statement);
    }
    sqlite3_close_v2(handle);
  }
};

namespace {

constexpr std::int64_t kJournalBytesMax = 16LL * 1024 * 1024;
/// Pages in the write-ahead log before it is moved into the file (64 MB): one big transaction after another
/// would write everything twice.
constexpr int kCheckpointPages = 4000;
#ifdef LX_SQLCIPHER
constexpr const char* kPageSize = "";  // SQLCipher's own, part of how it encrypts
#else
/// Of a new file; one that is there keeps its own. A state or a change is a kilobyte and more, and every page
/// that is written costs the system two calls.
constexpr const char* kPageSize = "PRAGMA page_size=16384;";
#endif
constexpr int kPageCacheChunkKib = 512;

/// Once, before SQLite starts: pages come from chunks instead of one allocation each, and nobody counts them.
void configure_library() {
  static const bool done = [] {
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, -kPageCacheChunkKib);
    return true;
  }();
  (void)done;
}

/// Nothing but our own backup may attach a file: ATTACH with an empty key would write plain text.
int authorize(void* impl, int action, const char*, const char*, const char*, const char*) {
  return action == SQLITE_ATTACH && !*static_cast<const bool*>(impl) ? SQLITE_DENY : SQLITE_OK;
}

/// The raw key, without any derivation: it comes out of a key file.
std::string key_sentence(BytesView key) {
#ifdef LX_SQLCIPHER
  return "PRAGMA key=\"x'" + to_hex(key) + "'\"";
#else
  return "PRAGMA cipher='aegis'; PRAGMA key=\"raw:" + to_hex(key) + "\"";
#endif
}

/// id_text(blob): the canonical text of a 16-byte id; NULL for anything else.
void id_text(sqlite3_context* context, int, sqlite3_value** values) {
  const void* bytes = sqlite3_value_blob(values[0]);
  if (bytes == nullptr) return;
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
  const auto id = Id::from_bytes(BytesView(static_cast<const char*>(bytes), size));
  if (!id.ok()) return;
  const std::string text = id->text();
  sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

using CompareTexts = int(std::string_view, std::string_view);

int compare_texts(void* compare, int a_size, const void* a, int b_size, const void* b) {
  return reinterpret_cast<CompareTexts*>(compare)(
      {static_cast<const char*>(a), static_cast<std::size_t>(a_size)},
      {static_cast<const char*>(b), static_cast<std::size_t>(b_size)});
}

using MakeBlob = std::optional<Bytes>(const Database::Arguments&);

void call_function(sqlite3_context* context, int, sqlite3_value** values) {
  const auto result = reinterpret_cast<MakeBlob*>(sqlite3_user_data(context))(Database::Arguments(values));
  if (!result) return;
  sqlite3_result_blob64(context, result->data(), result->size(), SQLITE_TRANSIENT);
}

std::string_view code_word(int code) {
  switch (code & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "store.damaged";
    case SQLITE_FULL:
      return "store.full";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "store.busy";
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return "store.io";
    default:
      return "store.failed";
  }
}

}  // namespace

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::Database(Database&& other) noexcept = default;
Database& Database::operator=(Database&& other) noexcept = default;
Database::~Database() = default;

/// A disk without room also shows as an error of reading and writing: where the file that readers and writers
/// share cannot grow.
Error Database::error_of(int code) const {
  const int number = sqlite3_system_errno(impl_->handle);
  const bool is_full =
      (code & 0xFF) == SQLITE_IOERR && (number == ENOSPC || number == EDQUOT || code == SQLITE_IOERR_SHMSIZE);
  return fail(is_full ? "store.full" : code_word(code), {}, sqlite3_errmsg(impl_->handle));
}

namespace {

/// Asked before anything is opened: SQLite opens what it may not write for reading, and leaves a file beside
/// it that nobody may write, even when the first one can be written again.
Status may_be_written(const std::filesystem::path& path) {
  LX_DO(may_write(path.has_parent_path() ? path.parent_path() : std::filesystem::path(".")));
  for (const std::string_view beside : {"", "-wal", "-shm"}) {
    const std::filesystem::path file = path.string() + std::string(beside);
    if (is_there(file)) LX_DO(may_write(file));
  }
  return {};
}

}  // namespace

Result<Database> Database::open(const OpenOptions& options) {
  configure_library();
  const bool exists = is_there(options.path);
  const ErrorArg path{"path", options.path.string()};
  if (options.vfs.empty() && options.create && options.must_be_new && exists)
    return fail("store.exists", {path});
  if (options.vfs.empty() && !options.create && !exists) return fail("store.missing", {path});
  if (options.vfs.empty()) LX_DO(may_be_written(options.path));
  Database database(std::make_unique<Impl>());
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (options.create ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(options.path.c_str(), &database.impl_->handle, flags,
                                   options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (code != SQLITE_OK) return database.error_of(code);
  LX_DO(database.prepare_connection(options));
  return database;
}

/// The order matters: the key before anything is read, the first read before anything else is set.
Status Database::prepare_connection(const OpenOptions& options) {
  sqlite3* handle = impl_->handle;
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, options.busy_timeout_ms);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  // A plan never depends on what is bound: else each new LIMIT ? would have its statement planned anew.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  if (!options.key.empty()) {
    LX_DO(exec(key_sentence(options.key)));
  }
  if (auto first = exec("SELECT count(*) FROM sqlite_master"); !first.ok()) {
    Error error = std::move(first).error();
    // With a cipher a wrong key and a damaged first page look alike; the key file tells them apart, so this
    // is damage.
    return error;
  }
  if (sqlite3_db_readonly(handle, "main") != 0) return fail("store.io", {}, "read-only");
  LX_DO(exec(std::string(kPageSize) +
             "PRAGMA temp_store=2; PRAGMA mmap_size=0; PRAGMA secure_delete=ON; PRAGMA journal_mode=WAL; "
             "PRAGMA synchronous=FULL;"
             "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA "
             "cache_size=-32000;"
             "PRAGMA wal_autocheckpoint=" +
             std::to_string(kCheckpointPages) +
             ";PRAGMA journal_size_limit=" + std::to_string(kJournalBytesMax)));
  sqlite3_set_authorizer(handle, authorize, &impl_->attach_allowed);
  sqlite3_create_function_v2(handle, "id_text", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                             nullptr, id_text, nullptr, nullptr, nullptr);
  return {};
}

Statement Database::prepare(std::string_view sql) {
  auto home = impl_->idle.find(sql);
  if (home == impl_->idle.end()) home = impl_->idle.emplace(sql, IdleStatements()).first;
  IdleStatements& idle = home->second;
  if (!idle.empty()) {
    sqlite3_stmt* statement = idle.back();
    idle.pop_back();
    return {*this, statement, idle};
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(impl_->handle, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  // Damage or a lack of memory may also show here; the first step then reports it.
  LX_CHECK(code != SQLITE_ERROR || sqlite3_errcode(impl_->handle) != SQLITE_ERROR,
           sqlite3_errmsg(impl_->handle));
  return {*this, statement, idle};
}

Status Database::exec(const std::string& sql) {
  const int code = sqlite3_exec(impl_->handle, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return error_of(code);
  return {};
}

void Database::add_order(const char* name, CompareTexts* compare) {
  const int code = sqlite3_create_collation_v2(impl_->handle, name, SQLITE_UTF8,
                                               reinterpret_cast<void*>(compare), compare_texts, nullptr);
  LX_CHECK(code == SQLITE_OK, "an order before the queries that use it");
}

void Database::add_function(const char* name, int count, MakeBlob* make) {
  const int code = sqlite3_create_function_v2(
      impl_->handle, name, count, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
      reinterpret_cast<void*>(make), call_function, nullptr, nullptr, nullptr);
  LX_CHECK(code == SQLITE_OK, "a function before the queries that use it");
}

std::int64_t Database::Arguments::integer(int at) const { return sqlite3_value_int64(values_[at]); }

BytesView Database::Arguments::view(int at) const {
  const void* bytes = sqlite3_value_blob(values_[at]);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_value_bytes(values_[at]))};
}

bool Database::Arguments::is_null(int at) const { return sqlite3_value_type(values_[at]) == SQLITE_NULL; }

void Database::count_writes(const char* table) {
  impl_->counted_table = table;
  sqlite3_update_hook(
      impl_->handle,
      [](void* impl, int, const char*, const char* written, sqlite3_int64) {
        auto& counting = *static_cast<Impl*>(impl);
        if (std::strcmp(written, counting.counted_table) == 0) ++counting.counted_writes;
      },
      impl_.get());
}

void Database::while_working(std::function<void()> tell) {
  constexpr int kInstructions = 100'000;
  impl_->while_working = std::move(tell);
  const auto told = [](void* impl) {
    static_cast<Impl*>(impl)->while_working();
    return 0;  // goes on
  };
  sqlite3_progress_handler(impl_->handle, impl_->while_working ? kInstructions : 0,
                           impl_->while_working ? +told : nullptr, impl_.get());
}

std::uint64_t Database::rows_scanned() const {
  std::uint64_t rows = 0;
  for (const auto& [sql, statements] : impl_->idle) {
    for (sqlite3_stmt* statement : statements)
      rows += static_cast<std::uint64_t>(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0));
  }
  return rows;
}

bool Database::counts_writes() const { return impl_->counted_table != nullptr; }

std::uint64_t Database::counted_writes() const { return impl_->counted_writes; }

std::int64_t Database::last_row_number() const { return sqlite3_last_insert_rowid(impl_->handle); }

std::int64_t Database::changes() const { return sqlite3_changes64(impl_->handle); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(impl_->handle) == 0; }

Status Database::vacuum_into(const std::filesystem::path& target) {
  if (is_there(target)) return fail("store.exists", {{"path", target.string()}});
  impl_->attach_allowed = true;
  Statement statement = prepare("VACUUM INTO ?1");
  statement.bind_text(1, target.string());
  Status done = statement.run();
  impl_->attach_allowed = false;
  return done;
}

Status Database::integrity_check() {
  Statement statement = prepare("PRAGMA integrity_check(1)");
  LX_TRY(const bool row, statement.step());
  if (!row || statement.text(0) != "ok")
    return fail("store.damaged", {}, row ? statement.text(0) : "no answer");
  return {};
}

Status Database::checkpoint() { return exec("PRAGMA wal_checkpoint(TRUNCATE)"); }

Result<int> Database::version() {
  Statement statement = prepare("PRAGMA user_version");
  LX_TRY(const bool row, statement.step());
  return row ? static_cast<int>(statement.integer(0)) : 0;
}

Status Database::migrate(const std::vector<Migration>& steps) {
  LX_TRY(const int current, version());
  const int newest = steps.empty() ? 0 : steps.back().number;
  if (current > newest)
    return fail("store.newer", {{"found", std::to_string(current)}, {"known", std::to_string(newest)}});
  for (const Migration& step : steps) {
    if (step.number <= current) continue;
    LX_TRY(Transaction transaction, Transaction::begin(*this));
    LX_DO(exec(step.sql));
    LX_DO(exec("PRAGMA user_version=" + std::to_string(step.number)));
    LX_DO(transaction.commit());
  }
  return {};
}

// --- Statement

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)), home_(other.home_) {}

Statement::~Statement() {
  if (statement_ == nullptr) return;
  reset();
  home_->push_back(statement_);
}

Statement& Statement::bind(int at, std::int64_t value) {
  sqlite3_bind_int64(statement_, at, value);
  return *this;
}

Statement& Statement::bind_text(int at, std::string_view utf8) {
  sqlite3_bind_text64(statement_, at, utf8.data() == nullptr ? "" : utf8.data(), utf8.size(),
                      SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_text_or_null(int at, const std::optional<std::string>& utf8) {
  return utf8 ? bind_text(at, std::string_view(*utf8)) : bind_null(at);
}

Statement& Statement::bind_blob(int at, BytesView bytes) {
  sqlite3_bind_blob64(statement_, at, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(),
                      SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::lend_text(int at, std::string_view utf8) {
  sqlite3_bind_text64(statement_, at, utf8.data() == nullptr ? "" : utf8.data(), utf8.size(), SQLITE_STATIC,
                      SQLITE_UTF8);
  return *this;
}

Statement& Statement::lend_blob(int at, BytesView bytes) {
  sqlite3_bind_blob64(statement_, at, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(),
                      SQLITE_STATIC);
  return *this;
}

Statement& Statement::bind_null(int at) {
  sqlite3_bind_null(statement_, at);
  return *this;
}

Result<bool> Statement::step() {
  if (statement_ == nullptr) return database_->error_of(SQLITE_CORRUPT);
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  Error error = database_->error_of(code);
  sqlite3_reset(statement_);
  return error;
}

Status Statement::run() {
  for (;;) {
    LX_TRY(const bool row, step());
    if (!row) return {};
  }
}

void Statement::reset() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Statement::view(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string Statement::text(int column) const { return std::string(view(column)); }

Bytes Statement::blob(int column) const { return Bytes(view(column)); }

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::optional<std::string> Statement::text_or_null(int column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

Id Statement::id(int column) const {
  Id id;
  const void* data = sqlite3_column_blob(statement_, column);
  const bool is_id = data != nullptr && sqlite3_column_bytes(statement_, column) == sizeof id.octets;
  if (is_id) std::memcpy(id.octets.data(), data, sizeof id.octets);
  return id;
}

// --- Transaction, Savepoint

Result<Transaction> Transaction::begin(Database& database) {
  LX_DO(database.exec("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  if (database_ != nullptr && database_->in_transaction()) (void)database_->exec("ROLLBACK");
}

Status Transaction::commit() {
  LX_DO(database_->exec("COMMIT"));
  database_ = nullptr;
  return {};
}

Result<Savepoint> Savepoint::begin(Database& database) {
  LX_DO(database.exec("SAVEPOINT one"));
  return Savepoint(database);
}

Savepoint::Savepoint(Savepoint&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Savepoint::~Savepoint() {
  if (database_ != nullptr && database_->in_transaction())
    (void)database_->exec("ROLLBACK TO one; RELEASE one");
}

Status Savepoint::keep() {
  LX_DO(database_->exec("RELEASE one"));
  database_ = nullptr;
  return {};
}

std::vector<Migration> migrations_of(const std::vector<std::string_view>& paths,
                                     std::string_view (*file)(std::string_view)) {
  std::vector<Migration> steps;
  for (const std::string_view path : paths) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    Migration step;
    std::from_chars(name.data(), name.data() + 4, step.number);
    step.name = std::string(name);
    step.sql = std::string(file(path));
    steps.push_back(std::move(step));
  }
  std::sort(steps.begin(), steps.end(),
            [](const Migration& a, const Migration& b) { return a.number < b.number; });
  return steps;
}

}  // namespace lianxin::store
