#include "sync/server/store/postgres/pg_connection.hpp"

#include <array>
#include <cstring>
#include <libpq-fe.h>

#include "shared/base/check.hpp"
#include "shared/base/text.hpp"

namespace lianxin::sync::server::store {
namespace {

// Types of parameters, by the numbers of PostgreSQL's catalogue (pg_type.dat, fixed for ever).
constexpr unsigned kBytea = 17;
constexpr unsigned kInt8 = 20;
constexpr unsigned kText = 25;
constexpr int kBinary = 1;
/// Their answers are small: with this many the server never waits for us to read while we wait for it.
constexpr std::size_t kWaitingMax = 64;
constexpr std::size_t kIntegerBytes = 8;
constexpr int kRowsAtOnce = 500;

/// ?1 of our SQL is $1 there; no text of ours has a question mark.
std::string with_dollars(std::string_view sql) {
  std::string out(sql);
  for (char& c : out) {
    if (c == '?') c = '$';
  }
  return out;
}

class PgStep final : public SqlStep {
 public:
  PgStep(PgConnection& connection, std::string sql, bool is_kept = true)
      : connection_(connection), sql_(std::move(sql)), is_kept_(is_kept) {}

  void bind_integer(int at, std::int64_t value) override {
    Bytes bytes(kIntegerBytes, '\0');
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = kIntegerBytes; i > 0; --i, rest >>= 8)
      bytes[i - 1] = static_cast<char>(rest & 0xFF);
    put(at, {kInt8, std::move(bytes)});
  }
  /// What PostgreSQL does not keep as text (the octet 0, wrong UTF-8) can only be a name read off a record;
  /// the record itself is kept as octets. It must not stop what it came with.
  void bind_text(int at, std::string_view utf8) override {
    const bool is_kept = is_valid_text(utf8);
    put(at, {kText, is_kept ? Bytes(utf8) : Bytes("?")});
  }
  void bind_blob(int at, BytesView bytes) override { put(at, {kBytea, Bytes(bytes)}); }

  Result<bool> step() override {
    if (result_ == nullptr) {
      LX_TRY(result_, is_kept_ ? connection_.query(sql_, parameters_) : connection_.query_once(sql_));
      row_ = -1;
    }
    return ++row_ < PQntuples(result_.get());
  }
  Status run() override { return connection_.put_off(sql_, parameters_); }
  void reset() override {
    parameters_.clear();
    result_.reset();
  }

  [[nodiscard]] std::int64_t integer(int column) const override {
    const std::string_view octets = bytes(column);
    if (octets.empty()) return 0;
    std::uint64_t number = (octets.front() & 0x80) == 0 ? 0 : ~std::uint64_t{0};
    for (const char octet : octets)
      number = number << 8 | static_cast<unsigned char>(octet);
    return static_cast<std::int64_t>(number);
  }
  [[nodiscard]] std::string_view bytes(int column) const override {
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
  }
  [[nodiscard]] bool is_null(int column) const override {
    return PQgetisnull(result_.get(), row_, column) != 0;
  }
  [[nodiscard]] int rows() const { return PQntuples(result_.get()); }

 private:
  void put(int at, PgParameter parameter) {
    const auto place = static_cast<std::size_t>(at);
    if (parameters_.size() < place) parameters_.resize(place);
    parameters_[place - 1] = std::move(parameter);
  }

  PgConnection& connection_;
  std::string sql_;
  bool is_kept_;
  std::vector<PgParameter> parameters_;
  PgResult result_;
  int row_ = -1;
};

/// By the classes of SQLSTATE (PostgreSQL manual, appendix A).
std::string_view code_of(std::string_view state) {
  if (state == "55P03" || state == "40001" || state == "40P01") return "store.busy";
  if (state.substr(0, 2) == "53") return state == "53300" ? "store.busy" : "store.full";
  if (state == "XX001" || state == "XX002") return "store.damaged";
  if (state.empty() || state.substr(0, 2) == "58") return "store.io";
  return "store.failed";
}

/// Said before the line is cut: the database is being stopped, or somebody ended our part of it.
bool is_farewell(std::string_view state) {
  return state.substr(0, 4) == "57P0" || state.substr(0, 2) == "08";
}

}  // namespace

void PgClose::operator()(PGconn* connection) const { PQfinish(connection); }
void PgClose::operator()(PGresult* result) const { PQclear(result); }

std::string pg_place(const std::string& url) {
  std::map<std::string, std::string> said;
  PQconninfoOption* const options = PQconninfoParse(url.c_str(), nullptr);
  if (options == nullptr) return "?";
  for (const PQconninfoOption* one = options; one->keyword != nullptr; ++one) {
    if (one->val != nullptr) said[one->keyword] = one->val;
  }
  PQconninfoFree(options);
  const std::string host = said["host"].empty() ? "localhost" : said["host"];
  return host + (said["port"].empty() ? "" : ":" + said["port"]) + "/" + said["dbname"];
}

Result<std::unique_ptr<PgConnection>> PgConnection::open(const std::string& url) {
  // What stands before the URL it may say otherwise: a line that went dead without a word is given up within
  // a minute.
  const std::array<const char*, 9> names = {"connect_timeout",  "keepalives_idle",  "keepalives_interval",
                                            "keepalives_count", "tcp_user_timeout", "application_name",
                                            "dbname",           "client_encoding",  nullptr};
  const std::array<const char*, 9> values = {"10",        "30",   "10",   "3", "30000", "lianxin-server",
                                             url.c_str(), "UTF8", nullptr};
  std::unique_ptr<PgConnection> out(
      new PgConnection(PQconnectdbParams(names.data(), values.data(), 1), pg_place(url)));
  PGconn* const connection = out->connection_.get();
  if (out->is_lost()) return out->error_of(nullptr);
  PQsetNoticeProcessor(
      connection, [](void*, const char*) {}, nullptr);
  LX_DO(out->exec("SET synchronous_commit = on; SET lock_timeout = '30s'; SET statement_timeout = 0"));
  return out;
}

Error PgConnection::error_of(const PGresult* result) {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* text = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string_view known = state == nullptr ? "" : state;
  is_ended_ = is_ended_ || is_farewell(known);
  std::string what = text == nullptr ? trim(PQerrorMessage(connection_.get())) : text;
  if (is_lost()) return fail("store.unreachable", {{"where", place_}}, std::move(what));
  return fail(code_of(known), {}, std::move(what));
}

std::unique_ptr<SqlStep> PgConnection::prepare(std::string_view sql) {
  return std::make_unique<PgStep>(*this, with_dollars(sql));
}

Status PgConnection::enter_pipeline() {
  PGconn* const connection = connection_.get();
  const bool is_in = PQpipelineStatus(connection) != PQ_PIPELINE_OFF || PQenterPipelineMode(connection) == 1;
  return is_in ? Status() : Status(error_of(nullptr));
}

Status PgConnection::send(const std::string& sql, const std::vector<PgParameter>& parameters) {
  PGconn* const connection = connection_.get();
  std::vector<unsigned> types;
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::string signature;
  for (const PgParameter& one : parameters) {
    LX_CHECK(one.type != 0, sql.c_str());
    types.push_back(one.type);
    values.push_back(one.bytes.data());
    lengths.push_back(static_cast<int>(one.bytes.size()));
    signature += std::to_string(one.type) + " ";
  }
  const std::vector<int> formats(parameters.size(), kBinary);
  const auto count = static_cast<int>(parameters.size());
  LX_DO(enter_pipeline());
  std::string& name = prepared_[{sql, signature}];
  if (name.empty()) {
    name = "s" + std::to_string(++names_);
    fresh_.push_back(&name);
    if (PQsendPrepare(connection, name.c_str(), sql.c_str(), count, types.data()) != 1)
      return error_of(nullptr);
  }
  if (PQsendQueryPrepared(connection, name.c_str(), count, values.data(), lengths.data(), formats.data(),
                          kBinary) != 1)
    return error_of(nullptr);
  ++waiting_;
  return {};
}

/// Reads everything that is under way, up to a mark of our own. The rows of the last statement that had any;
/// the first error instead.
Result<PgResult> PgConnection::read_answers() {
  PGconn* const connection = connection_.get();
  if (PQpipelineSync(connection) != 1) return error_of(nullptr);
  waiting_ = 0;
  PgResult rows;
  std::optional<Error> failed;
  for (bool is_done = false; !is_done;) {
    PgResult one(PQgetResult(connection));
    if (one == nullptr) {  // between two statements
      if (PQstatus(connection) == CONNECTION_OK) continue;
      if (!failed) failed = error_of(nullptr);
      break;
    }
    switch (PQresultStatus(one.get())) {
      case PGRES_PIPELINE_SYNC:
        is_done = true;
        break;
      case PGRES_TUPLES_OK:
        rows = std::move(one);
        break;
      case PGRES_COMMAND_OK:
      case PGRES_PIPELINE_ABORTED:
        break;
      default:
        if (!failed) failed = error_of(one.get());
    }
  }
  if (failed) {
    for (std::string* name : fresh_)
      name->clear();
  }
  fresh_.clear();
  if (failed) return *std::move(failed);
  return rows;
}

Status PgConnection::put_off(const std::string& sql, const std::vector<PgParameter>& parameters) {
  LX_DO(send(sql, parameters));
  return waiting_ < kWaitingMax ? Status() : settle();
}

Result<PgResult> PgConnection::query(const std::string& sql, const std::vector<PgParameter>& parameters) {
  LX_DO(send(sql, parameters));
  LX_TRY(PgResult rows, read_answers());
  LX_CHECK(rows != nullptr, sql.c_str());
  return rows;
}

Result<PgResult> PgConnection::query_once(const std::string& sql) {
  LX_DO(enter_pipeline());
  if (PQsendQueryParams(connection_.get(), sql.c_str(), 0, nullptr, nullptr, nullptr, nullptr, kBinary) != 1)
    return error_of(nullptr);
  LX_TRY(PgResult rows, read_answers());
  LX_CHECK(rows != nullptr, sql.c_str());
  return rows;
}

Status PgConnection::settle() {
  if (waiting_ == 0) return {};
  LX_TRY(const PgResult rows, read_answers());
  return {};
}

Status PgConnection::exec(const std::string& sql) {
  Status settled = settle();
  // Only undoing is still right after an error.
  if (!settled.ok() && sql.find("ROLLBACK") == std::string::npos) return settled;
  PGconn* const connection = connection_.get();
  if (PQpipelineStatus(connection) != PQ_PIPELINE_OFF && PQexitPipelineMode(connection) != 1)
    return error_of(nullptr);
  const PgResult result(PQexec(connection, sql.c_str()));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return error_of(result.get());
  // A transaction in which something failed answers its end with "ROLLBACK" and no error.
  if (sql == "COMMIT" && std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0)
    return fail("store.failed", {}, "the transaction had failed");
  return {};
}

Status PgConnection::each(std::string_view sql, const OnRow& take) {
  const std::string name = "c" + std::to_string(++cursors_);
  LX_DO(exec("DECLARE " + name + " NO SCROLL CURSOR FOR " + std::string(sql)));
  for (;;) {
    auto page =
        std::make_unique<PgStep>(*this, "FETCH " + std::to_string(kRowsAtOnce) + " FROM " + name, false);
    PgStep& rows = *page;
    SqlStatement statement(std::move(page));
    for (;;) {
      LX_TRY(const bool found, statement.step());
      if (!found) break;
      LX_DO(take(statement));
    }
    if (rows.rows() < kRowsAtOnce) return exec("CLOSE " + name);
  }
}

/// One row in the table `writer`: who holds it writes, of all processes.
Status PgConnection::begin_writing() { return exec("BEGIN; SELECT one FROM writer FOR UPDATE"); }

Status PgConnection::begin_reading() {
  return exec("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1 FROM meta LIMIT 1");
}

bool PgConnection::in_transaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(connection_.get());
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

bool PgConnection::is_lost() const { return is_ended_ || PQstatus(connection_.get()) != CONNECTION_OK; }

}  // namespace lianxin::sync::server::store
