#pragma once
// What the session needs from an engine: one connection and its statements. SQL is written once, with ?1, ?2
// ... for parameters, and both engines understand it; what they say differently stands in their own folders.
#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "shared/base/bytes.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace lianxin::sync::server::store {

/// An engine's half of a statement. Parameters count from 1, columns from 0.
class SqlStep {
 public:
  virtual ~SqlStep() = default;
  virtual void bind_integer(int at, std::int64_t value) = 0;
  virtual void bind_text(int at, std::string_view utf8) = 0;
  virtual void bind_blob(int at, BytesView bytes) = 0;
  /// True = a row is there, false = done.
  [[nodiscard]] virtual Result<bool> step() = 0;
  /// Nobody wants rows. May be done later, at the latest with the next step, exec or settle of the
  /// connection, which then tells what went wrong.
  [[nodiscard]] virtual Status run() = 0;
  /// Back to the start, without parameters.
  virtual void reset() = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  /// Lives until the next step.
  [[nodiscard]] virtual std::string_view bytes(int column) const = 0;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
};

/// One statement, once.
class SqlStatement {
 public:
  explicit SqlStatement(std::unique_ptr<SqlStep> step) : step_(std::move(step)) {}

  template <std::integral Number>
  SqlStatement& bind(int at, Number value) {
    step_->bind_integer(at, static_cast<std::int64_t>(value));
    return *this;
  }
  SqlStatement& bind(int at, const Id& id) { return bind_blob(at, id.bytes()); }
  SqlStatement& bind_text(int at, std::string_view utf8) {
    step_->bind_text(at, utf8);
    return *this;
  }
  SqlStatement& bind_blob(int at, BytesView bytes) {
    step_->bind_blob(at, bytes);
    return *this;
  }

  [[nodiscard]] Result<bool> step() { return step_->step(); }
  [[nodiscard]] Status run() { return step_->run(); }
  void reset() { step_->reset(); }

  [[nodiscard]] std::int64_t integer(int column) const { return step_->integer(column); }
  [[nodiscard]] std::uint64_t natural(int column) const {
    return static_cast<std::uint64_t>(integer(column));
  }
  /// Lives until the next step.
  [[nodiscard]] std::string_view view(int column) const { return step_->bytes(column); }
  [[nodiscard]] std::string text(int column) const { return std::string(view(column)); }
  [[nodiscard]] Bytes blob(int column) const { return Bytes(view(column)); }
  [[nodiscard]] bool is_null(int column) const { return step_->is_null(column); }
  /// 16 octets; anything else is a damaged store and gives the nil id.
  [[nodiscard]] Id id(int column) const;

 private:
  std::unique_ptr<SqlStep> step_;
};

using OnRow = std::function<Status(const SqlStatement&)>;

/// One connection; one thread at a time. Errors of all calls: those of `Reader` (store.hpp).
class SqlConnection {
 public:
  virtual ~SqlConnection() = default;
  /// The SQL must be ours and right; wrong SQL is a bug.
  [[nodiscard]] virtual std::unique_ptr<SqlStep> prepare(std::string_view sql) = 0;
  /// Takes the rows one after another, whatever their number, until one is not taken. Other statements may be
  /// run meanwhile.
  [[nodiscard]] virtual Status each(std::string_view sql, const OnRow& take) = 0;
  /// Statements without parameters, done when it returns.
  [[nodiscard]] virtual Status exec(const std::string& sql) = 0;
  /// A transaction that writes, alone; waits for another one at most 30 s ("store.busy").
  [[nodiscard]] virtual Status begin_writing() = 0;
  /// A transaction that reads one moment, that of this call.
  [[nodiscard]] virtual Status begin_reading() = 0;
  /// What was put off (`SqlStep::run`) is done; the first error of it.
  [[nodiscard]] virtual Status settle() { return {}; }
  [[nodiscard]] virtual bool in_transaction() const = 0;
  /// The line is gone, and with it what was not committed.
  [[nodiscard]] virtual bool is_lost() const = 0;
};

}  // namespace lianxin::sync::server::store
