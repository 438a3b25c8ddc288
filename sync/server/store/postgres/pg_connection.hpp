#pragma once
// PostgreSQL through libpq as one of the engines behind the session. What is only written is sent ahead in
// libpq's pipeline mode and its answers are read with the next answer that somebody waits for: a change costs
// one round trip instead of ten. Private to `sync/server/store`.
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sync/server/store/sql/statement.hpp"

using PGconn = struct pg_conn;
using PGresult = struct pg_result;

namespace lianxin::sync::server::store {

struct PgClose {
  void operator()(PGconn* connection) const;
  void operator()(PGresult* result) const;
};
using PgResult = std::unique_ptr<PGresult, PgClose>;

/// Octets as the binary format has them, and of what type.
struct PgParameter {
  unsigned type = 0;
  Bytes bytes;
};

class PgConnection final : public SqlConnection {
 public:
  /// `url` = postgresql://user@host/database?...; where it names no password, libpq's own ways hold (a
  /// password file, the environment). Error "store.unreachable" {where, why}.
  [[nodiscard]] static Result<std::unique_ptr<PgConnection>> open(const std::string& url);

  std::unique_ptr<SqlStep> prepare(std::string_view sql) override;
  Status each(std::string_view sql, const OnRow& take) override;
  Status exec(const std::string& sql) override;
  Status begin_writing() override;
  Status begin_reading() override;
  Status settle() override;
  [[nodiscard]] bool in_transaction() const override;
  [[nodiscard]] bool is_lost() const override;

  /// Sends it; its answer is read later.
  [[nodiscard]] Status put_off(const std::string& sql, const std::vector<PgParameter>& parameters);
  /// Sends it and waits; the rows.
  [[nodiscard]] Result<PgResult> query(const std::string& sql, const std::vector<PgParameter>& parameters);
  /// The same for one that is not asked again; its plan is not kept.
  [[nodiscard]] Result<PgResult> query_once(const std::string& sql);

 private:
  PgConnection(PGconn* connection, std::string place) : connection_(connection), place_(std::move(place)) {}
  [[nodiscard]] Status enter_pipeline();
  [[nodiscard]] Status send(const std::string& sql, const std::vector<PgParameter>& parameters);
  [[nodiscard]] Result<PgResult> read_answers();
  [[nodiscard]] Error error_of(const PGresult* result);

  std::unique_ptr<PGconn, PgClose> connection_;
  std::string place_;      ///< for messages
  bool is_ended_ = false;  ///< the database has said so
  /// Names of prepared statements by their text and the types of their parameters; "" = not there (any more).
  std::map<std::pair<std::string, std::string>, std::string> prepared_;
  std::vector<std::string*> fresh_;  ///< names given since the last answers: an error may have undone them
  std::uint64_t names_ = 0;
  std::uint64_t cursors_ = 0;
  std::size_t waiting_ = 0;  ///< statements whose answers were not read yet
};

/// host:port/database of a URL, without what is secret; "?" where it cannot be read.
[[nodiscard]] std::string pg_place(const std::string& url);

}  // namespace lianxin::sync::server::store
