#pragma once
// SQLite (Multiple Ciphers build) behind RAII and Result. One Database belongs to one thread; exactly one
// writing connection per file and process (notes on the WAL-reset bug: README). Everything durable: WAL,
// synchronous=FULL.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;
struct sqlite3_value;

namespace lianxin::store {

class Database;
/// Prepared and not on loan: the statements of one SQL text.
using IdleStatements = std::vector<sqlite3_stmt*>;

/// A prepared statement on loan from its database's cache; gives itself back, reset, when it goes.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  // Parameters count from 1.
  Statement& bind(int at, std::int64_t value);
  Statement& bind(int at, std::uint64_t value) { return bind(at, static_cast<std::int64_t>(value)); }
  Statement& bind(int at, int value) { return bind(at, static_cast<std::int64_t>(value)); }
  Statement& bind(int at, bool value) { return bind(at, static_cast<std::int64_t>(value ? 1 : 0)); }
  Statement& bind_text(int at, std::string_view utf8);
  Statement& bind_blob(int at, BytesView bytes);
  Statement& bind_null(int at);
  // Without a copy: what is lent stays as it is until the statement has run.
  Statement& lend_text(int at, std::string_view utf8);
  Statement& lend_blob(int at, BytesView bytes);
  Statement& lend(int at, const Id& id) { return lend_blob(at, id.bytes()); }
  Statement& lend(int at, Id&& id) = delete;
  Statement& bind(int at, const Id& id) { return bind_blob(at, id.bytes()); }
  /// NULL for nullopt.
  Statement& bind_text_or_null(int at, const std::optional<std::string>& utf8);

  /// True = a row is there, false = done.
  [[nodiscard]] Result<bool> step();
  /// Runs to the end; rows are passed over.
  [[nodiscard]] Status run();
  /// Back to the start with its parameters cleared.
  void reset();

  // Columns count from 0; views live until the next step.
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::uint64_t natural(int column) const {
    return static_cast<std::uint64_t>(integer(column));
  }
  [[nodiscard]] std::string text(int column) const;
  /// Octets of a text or a blob without a copy; NULL is empty.
  [[nodiscard]] std::string_view view(int column) const;
  [[nodiscard]] Bytes blob(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::optional<std::string> text_or_null(int column) const;
  /// A blob of 16 bytes; anything else is a damaged store and gives the nil id.
  [[nodiscard]] Id id(int column) const;

 private:
  friend class Database;
  Statement(Database& database, sqlite3_stmt* statement, IdleStatements& home)
      : database_(&database), statement_(statement), home_(&home) {}
  Database* database_;
  sqlite3_stmt* statement_;
  IdleStatements* home_;  ///< where it came from and goes back to
};

struct OpenOptions {
  std::filesystem::path path;
  Bytes key;                ///< 32 bytes, or empty for an unencrypted file (tests and exports only)
  bool create = false;      ///< refuses an existing file when true, a missing one when false
  bool must_be_new = true;  ///< with create: false also opens an existing file
  std::string vfs;          ///< for fault tests; "" = the system's
  int busy_timeout_ms = 10000;
};

/// One step of the schema.
struct Migration {
  int number = 0;
  std::string name;
  std::string sql;
};

class Database {
 public:
  Database(Database&& other) noexcept;
  Database& operator=(Database&& other) noexcept;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  /// Errors: "store.missing", "store.exists", "store.damaged" (also a wrong key: a cipher cannot tell),
  /// "store.io", "store.busy".
  [[nodiscard]] static Result<Database> open(const OpenOptions& options);

  /// The text must be valid SQL of ours; wrong SQL is a bug. Beside SQLite's functions there is
  /// id_text(blob): the canonical text of an id, NULL for anything else.
  [[nodiscard]] Statement prepare(std::string_view sql);
  /// Several statements without parameters.
  [[nodiscard]] Status exec(const std::string& sql);
  /// An order of texts for `COLLATE name` of this connection's queries; `compare` is below, at or above 0 and
  /// stays valid. Never for an index: it would be out of order for whoever compares otherwise.
  void add_order(const char* name, int (*compare)(std::string_view a, std::string_view b));
  /// What a function of ours is called with: from 0; views live until it returns.
  class Arguments {
   public:
    explicit Arguments(sqlite3_value** values) : values_(values) {}
    [[nodiscard]] std::int64_t integer(int at) const;
    /// Octets of a text or a blob; NULL is empty.
    [[nodiscard]] BytesView view(int at) const;
    [[nodiscard]] bool is_null(int at) const;

   private:
    sqlite3_value** values_;
  };
  /// A function for this connection's queries, and for the views and triggers of its file, which cannot be
  /// used without it. It returns a blob, or NULL for nullopt; equal arguments give equal results;
  /// `count` = of the arguments.
  void add_function(const char* name, int count, std::optional<Bytes> (*make)(const Arguments& arguments));
  [[nodiscard]] std::int64_t changes() const;
  /// Of the last row that this connection has inserted into a table with row numbers.
  [[nodiscard]] std::int64_t last_row_number() const;
  /// From now on the rows that this connection writes in one table are counted, also those rolled back; the
  /// table has a rowid, and `table` stays where it is.
  void count_writes(const char* table);
  /// How many since; 0 before anybody asked for it.
  [[nodiscard]] std::uint64_t counted_writes() const;
  /// count_writes was called.
  [[nodiscard]] bool counts_writes() const;
  /// Called every now and then from within statements that take long, some hundred times a second at most;
  /// empty = nobody is. It does not use this connection.
  void while_working(std::function<void()> tell);
  /// Rows that statements at rest have stepped through one by one, as no index led to what they wanted: what
  /// people ask often must not grow with the store (tests).
  [[nodiscard]] std::uint64_t rows_scanned() const;
  /// A consistent copy, encrypted with the same key; the target must not exist.
  [[nodiscard]] Status vacuum_into(const std::filesystem::path& target);
  /// Error "store.damaged" with what SQLite found.
  [[nodiscard]] Status integrity_check();
  /// Moves the write-ahead log into the file and empties it.
  [[nodiscard]] Status checkpoint();
  /// Runs the steps above the file's version, each in its own transaction. Error "store.newer" when the file
  /// is newer.
  [[nodiscard]] Status migrate(const std::vector<Migration>& steps);
  [[nodiscard]] Result<int> version();
  [[nodiscard]] bool in_transaction() const;

 private:
  friend class Statement;
  struct Impl;
  explicit Database(std::unique_ptr<Impl> impl);
  [[nodiscard]] Error error_of(int code) const;
  [[nodiscard]] Status prepare_connection(const OpenOptions& options);
  std::unique_ptr<Impl> impl_;
};

/// BEGIN IMMEDIATE ... COMMIT; rolled back unless committed.
class Transaction {
 public:
  [[nodiscard]] static Result<Transaction> begin(Database& database);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  [[nodiscard]] Status commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;
};

/// Undoes what was done since, unless kept; inside a transaction.
class Savepoint {
 public:
  [[nodiscard]] static Result<Savepoint> begin(Database& database);
  Savepoint(Savepoint&& other) noexcept;
  Savepoint& operator=(Savepoint&&) = delete;
  Savepoint(const Savepoint&) = delete;
  Savepoint& operator=(const Savepoint&) = delete;
  ~Savepoint();
  [[nodiscard]] Status keep();

 private:
  explicit Savepoint(Database& database) : database_(&database) {}
  Database* database_;
};

/// Steps out of embedded files named ".../NNNN_what_it_adds.sql", in order.
[[nodiscard]] std::vector<Migration> migrations_of(const std::vector<std::string_view>& paths,
                                                   std::string_view (*file)(std::string_view));

}  // namespace lianxin::store
