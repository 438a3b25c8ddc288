#pragma once
// Expected failures are values (README). Nothing crosses a folder by exception.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "shared/base/check.hpp"

namespace lianxin {

/// One named piece of an error message, put where the text has "{name}".
struct ErrorArg {
  std::string name;
  std::string value;
};

/// What failed, for people and programs. `code` is stable ("store.wrong_passphrase") and is the key
/// "error.<code>" of assets/text; the sentence itself is never in code. `record` names the record, if any.
struct Error {
  std::string code;
  std::vector<ErrorArg> args = {};
  std::string record = {};
  /// Technical detail for logs (errno text, library message). Never holds personal values.
  std::string detail = {};
};

/// Shorthand: `return fail("file.missing", {{"path", p}});`
[[nodiscard]] inline Error fail(std::string_view code, std::vector<ErrorArg> args = {},
                                std::string detail = {}) {
  return Error{std::string(code), std::move(args), {}, std::move(detail)};
}

/// A value or an Error. Reading the wrong one stops the program (a bug).
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit on purpose
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() & {
    LX_CHECK(ok(), "value of a failed Result");
    return std::get<0>(state_);
  }
  [[nodiscard]] const T& value() const& {
    LX_CHECK(ok(), "value of a failed Result");
    return std::get<0>(state_);
  }
  [[nodiscard]] T&& value() && {
    LX_CHECK(ok(), "value of a failed Result");
    return std::get<0>(std::move(state_));
  }
  [[nodiscard]] T& operator*() & { return value(); }
  [[nodiscard]] const T& operator*() const& { return value(); }
  [[nodiscard]] T&& operator*() && { return std::move(*this).value(); }
  [[nodiscard]] T* operator->() { return &value(); }
  [[nodiscard]] const T* operator->() const { return &value(); }

  [[nodiscard]] const Error& error() const& {
    LX_CHECK(!ok(), "error of a good Result");
    return std::get<1>(state_);
  }
  [[nodiscard]] Error&& error() && {
    LX_CHECK(!ok(), "error of a good Result");
    return std::get<1>(std::move(state_));
  }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT

  [[nodiscard]] bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  void value() const { LX_CHECK(ok(), "value of a failed Result"); }
  [[nodiscard]] const Error& error() const& {
    LX_CHECK(!ok(), "error of a good Result");
    return *error_;
  }
  [[nodiscard]] Error&& error() && {
    LX_CHECK(!ok(), "error of a good Result");
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace lianxin

#define LX_CONCAT_2(a, b) a##b
#define LX_CONCAT(a, b) LX_CONCAT_2(a, b)
/// LX_TRY(auto x, f()): x is f's value, or the error is returned from here.
#define LX_TRY(decl, expr)                                  \
  auto LX_CONCAT(lx_try_, __LINE__) = (expr);               \
  if (!LX_CONCAT(lx_try_, __LINE__).ok()) {                 \
    return std::move(LX_CONCAT(lx_try_, __LINE__)).error(); \
  }                                                         \
  decl = std::move(LX_CONCAT(lx_try_, __LINE__)).value()
/// LX_DO(f()): the same for a Status.
#define LX_DO(expr)                                     \
  if (auto lx_do_status = (expr); !lx_do_status.ok()) { \
    return std::move(lx_do_status).error();             \
  }
