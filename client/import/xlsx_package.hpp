#pragma once
// The parts of an .xlsx file: a zip of XML. Everything is streamed and counted, nothing outside the file is
// ever fetched.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "client/import/workbook.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::import {

/// Attributes of one element, found by their name without the namespace prefix.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** raw) : raw_(raw) {}
  /// Empty when absent. Valid only during the call that got it.
  [[nodiscard]] std::string_view get(std::string_view local_name) const;
  /// The attribute with a prefix ("r:id"), any prefix.
  [[nodiscard]] std::string_view get_prefixed(std::string_view local_name) const;
  [[nodiscard]] bool is_true(std::string_view local_name) const;

 private:
  const char** raw_;
};

/// Receives one part. Names come without namespace prefix; `stop` ends the reading with that error.
class XmlListener {
 public:
  virtual ~XmlListener() = default;
  virtual void on_start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void on_end(std::string_view name) = 0;
  virtual void on_text(std::string_view text) = 0;

  void stop(Error error) {
    if (!error_) error_ = std::move(error);
  }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  std::optional<Error> error_;
};

/// One opened file. Not thread-safe.
class XlsxPackage {
 public:
  /// Errors: "import.not_roster", "import.old_xls", "import.encrypted", "import.damaged", "import.too_large".
  /// `bytes` must outlive the package.
  [[nodiscard]] static Result<XlsxPackage> open(BytesView bytes, const Limits& limits);
  XlsxPackage(XlsxPackage&& other) noexcept;
  XlsxPackage& operator=(XlsxPackage&& other) noexcept;
  ~XlsxPackage();

  [[nodiscard]] bool has(const std::string& path) const;
  /// Streams a part through the listener. A document type declaration is refused: no entities, no bombs.
  /// Errors: "import.damaged", "import.too_large", "import.encrypted", or what the listener stopped with.
  [[nodiscard]] Status read(const std::string& path, XmlListener& listener);

 private:
  struct State;
  explicit XlsxPackage(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace lianxin::client::import
