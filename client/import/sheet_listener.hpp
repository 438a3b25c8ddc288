#pragma once
// One worksheet part of an .xlsx as it streams by. Used by xlsx_reader only.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/import/workbook.hpp"
#include "client/import/xlsx_package.hpp"

namespace lianxin::client::import {

/// What was counted over all sheets, against Limits.
struct Usage {
  std::uint64_t cells = 0;
  std::uint64_t text_bytes = 0;
  std::uint32_t rows = 0;
};

/// What the sheets of one workbook share.
struct SheetContext {
  const Limits& limits;
  std::vector<std::string> strings;
  std::vector<DatePrecision> styles;
  Usage usage;
};

/// "_x000D_" and its kind become the character they stand for; control characters other than line breaks go.
[[nodiscard]] std::string decode_escapes(std::string_view text);
/// Adds a row with content to the sheet, counting it. Error "import.too_large". CSV uses it as well.
[[nodiscard]] Status add_row(Sheet& sheet, Row row, const Limits& limits, Usage& usage);

class SheetListener final : public XmlListener {
 public:
  explicit SheetListener(SheetContext& context) : context_(context) {}
  void on_start(std::string_view name, const XmlAttributes& attributes) override;
  void on_end(std::string_view name) override;
  void on_text(std::string_view text) override;
  /// The sheet, without name. Error "import.damaged" when it never held rows as it should.
  [[nodiscard]] Result<Sheet> finish() &&;

 private:
  void start_row(const XmlAttributes& attributes);
  void start_cell(const XmlAttributes& attributes);
  void end_cell();
  void end_row();
  void add_merge(std::string_view reference);
  void hide_columns(const XmlAttributes& attributes);
  [[nodiscard]] Status fill_cell();

  SheetContext& context_;
  Sheet sheet_;
  Row row_;
  Cell cell_;
  std::string type_;
  std::string value_;
  std::string inline_text_;
  std::uint32_t style_ = 0;
  std::uint32_t next_column_ = 0;
  std::uint32_t last_row_ = 0;
  int aid_depth_ = 0;
  bool in_cell_ = false;
  bool in_row_ = false;
  enum class Into : std::uint8_t { kNothing, kValue, kInline } into_ = Into::kNothing;
};

}  // namespace lianxin::client::import
