#include "client/import/sheet_listener.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "shared/base/text.hpp"

namespace lianxin::client::import {
namespace {

constexpr std::uint32_t kExcelRows = 1'048'576;
constexpr std::uint32_t kExcelColumns = 16'384;

template <class T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct Reference {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
};

/// "AB12" (also "$AB$12") within what Excel allows.
std::optional<Reference> parse_reference(std::string_view text) {
  std::uint32_t column = 0;
  std::uint32_t row = 0;
  for (const char c : text) {
    if (c == '$') continue;
    if (c >= 'A' && c <= 'Z' && row == 0) {
      column = column * 26 + static_cast<std::uint32_t>(c - 'A') + 1;
    } else if (c >= '0' && c <= '9' && column > 0) {
      row = row * 10 + static_cast<std::uint32_t>(c - '0');
    } else {
      return std::nullopt;
    }
    if (column > kExcelColumns || row > kExcelRows) return std::nullopt;
  }
  if (row == 0 || column == 0) return std::nullopt;
  return Reference{row, column - 1};
}

std::optional<char32_t> escape_at(std::string_view text, std::size_t at) {
  if (at + 7 > text.size() || text.substr(at, 2) != "_x" || text[at + 6] != '_') return std::nullopt;
  std::uint32_t value = 0;
  const char* first = text.data() + at + 2;
  const auto [end, error] = std::from_chars(first, first + 4, value, 16);
  if (error != std::errc() || end != first + 4) return std::nullopt;
  return static_cast<char32_t>(value);
}

bool is_kept_character(char32_t c) {
  const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
  return (c >= 0x20 || c == U'\n' || c == U'\t') && c != 0x7F && !surrogate;
}

}  // namespace

std::string decode_escapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const auto escaped = escape_at(text, i)) {
      if (is_kept_character(*escaped)) out += to_utf8(std::u32string_view(&*escaped, 1));
      i += 6;
    } else if (static_cast<unsigned char>(text[i]) >= 0x80 ||
               is_kept_character(static_cast<unsigned char>(text[i]))) {
      out.push_back(text[i]);
    }
  }
  return out;
}

Status add_row(Sheet& sheet, Row row, const Limits& limits, Usage& usage) {
  if (row.cells.empty()) return {};
  usage.rows += 1;
  usage.cells += row.cells.size();
  for (const Cell& cell : row.cells)
    usage.text_bytes += cell.text.size();
  if (usage.rows > limits.rows) return fail("import.too_large", {}, "rows");
  if (usage.cells > limits.cells) return fail("import.too_large", {}, "cells");
  if (usage.text_bytes > limits.text_bytes) return fail("import.too_large", {}, "text");
  if (row.cells.back().column >= limits.columns) return fail("import.too_large", {}, "columns");
  sheet.rows.push_back(std::move(row));
  return {};
}

void SheetListener::on_start(std::string_view name, const XmlAttributes& attributes) {
  if (name == "row") return start_row(attributes);
  if (name == "c") return start_cell(attributes);
  if (name == "mergeCell") return add_merge(attributes.get("ref"));
  if (name == "col") return hide_columns(attributes);
  if (!in_cell_) return;
  if (name == "f") cell_.is_formula = true;
  if (name == "rPh") ++aid_depth_;
  if (name == "v") into_ = Into::kValue;
  if (name == "t" && aid_depth_ == 0) into_ = Into::kInline;
}

void SheetListener::on_end(std::string_view name) {
  if (name == "v" || name == "t") into_ = Into::kNothing;
  if (name == "rPh") --aid_depth_;
  if (name == "c") end_cell();
  if (name == "row") end_row();
}

void SheetListener::on_text(std::string_view text) {
  if (into_ == Into::kNothing) return;
  std::string& into = into_ == Into::kValue ? value_ : inline_text_;
  into.append(text);
  if (into.size() > context_.limits.cell_text_bytes) stop(fail("import.too_large", {}, "one text"));
}

void SheetListener::start_row(const XmlAttributes& attributes) {
  const std::string_view written = attributes.get("r");
  const auto number = written.empty() ? last_row_ + 1 : parse_number<std::uint32_t>(written).value_or(0);
  if (in_row_ || number <= last_row_ || number > kExcelRows)
    return stop(fail("import.damaged", {}, "row order"));
  in_row_ = true;
  last_row_ = number;
  row_ = Row{number, attributes.is_true("hidden"), {}};
  next_column_ = 0;
}

void SheetListener::start_cell(const XmlAttributes& attributes) {
  if (!in_row_ || in_cell_) return stop(fail("import.damaged", {}, "cell outside a row"));
  cell_ = Cell{};
  cell_.column = next_column_;
  if (const std::string_view written = attributes.get("r"); !written.empty()) {
    const auto reference = parse_reference(written);
    if (!reference || reference->row != row_.number)
      return stop(fail("import.damaged", {}, "cell reference"));
    cell_.column = reference->column;
  }
  next_column_ = cell_.column + 1;
  type_ = attributes.get("t");
  style_ = parse_number<std::uint32_t>(attributes.get("s")).value_or(0);
  value_.clear();
  inline_text_.clear();
  into_ = Into::kNothing;
  in_cell_ = true;
}

Status SheetListener::fill_cell() {
  if (type_ == "s") {
    const auto index = parse_number<std::uint32_t>(value_);
    if (value_.empty()) return {};
    if (!index || *index >= context_.strings.size()) return fail("import.damaged", {}, "string index");
    cell_.text = context_.strings[*index];
    return {};
  }
  if (type_ == "inlineStr" || (value_.empty() && !inline_text_.empty())) {
    cell_.text = decode_escapes(inline_text_);
    return {};
  }
  cell_.text = type_ == "str" ? decode_escapes(value_) : trim(value_);
  if (type_ == "b") cell_.kind = CellKind::kBool;
  if (type_ == "e") cell_.kind = CellKind::kError;
  if (type_ == "d") cell_.text = cell_.text.substr(0, cell_.text.find('T'));
  if (!type_.empty() && type_ != "n") return {};
  const auto number = parse_number<double>(cell_.text);
  if (!number || !std::isfinite(*number)) return {};  // stays a text: nothing of what is written is lost
  cell_.number = *number;
  cell_.kind = CellKind::kNumber;
  if (style_ < context_.styles.size()) cell_.precision = context_.styles[style_];
  if (cell_.precision != DatePrecision::kNone) cell_.kind = CellKind::kDate;
  return {};
}

void SheetListener::end_cell() {
  if (!in_cell_) return;
  in_cell_ = false;
  if (Status filled = fill_cell(); !filled.ok()) return stop(filled.error());
  if (trim(cell_.text).empty()) return;
  if (cell_.column >= context_.limits.columns) return stop(fail("import.too_large", {}, "columns"));
  if (row_.cells.size() > context_.limits.columns) return stop(fail("import.damaged", {}, "cells of a row"));
  row_.cells.push_back(std::move(cell_));
}

void SheetListener::end_row() {
  in_row_ = false;
  const auto by_column = [](const Cell& a, const Cell& b) { return a.column < b.column; };
  const auto same_column = [](const Cell& a, const Cell& b) { return a.column == b.column; };
  std::stable_sort(row_.cells.begin(), row_.cells.end(), by_column);
  row_.cells.erase(std::unique(row_.cells.begin(), row_.cells.end(), same_column), row_.cells.end());
  if (Status added = add_row(sheet_, std::move(row_), context_.limits, context_.usage); !added.ok())
    stop(added.error());
}

void SheetListener::add_merge(std::string_view reference) {
  const auto colon = reference.find(':');
  if (colon == std::string_view::npos) return;
  const auto first = parse_reference(reference.substr(0, colon));
  const auto last = parse_reference(reference.substr(colon + 1));
  if (!first || !last || last->row < first->row || last->column < first->column) {
    return stop(fail("import.damaged", {}, "merged area"));
  }
  if (sheet_.merges.size() >= context_.limits.merges)
    return stop(fail("import.too_large", {}, "merged areas"));
  if (first->column >= context_.limits.columns) return;
  sheet_.merges.push_back(
      {first->row, last->row, first->column, std::min(last->column, context_.limits.columns - 1)});
}

void SheetListener::hide_columns(const XmlAttributes& attributes) {
  if (!attributes.is_true("hidden")) return;
  const auto first = parse_number<std::uint32_t>(attributes.get("min")).value_or(0);
  const auto last =
      std::min(parse_number<std::uint32_t>(attributes.get("max")).value_or(0), context_.limits.columns);
  for (std::uint32_t column = std::max(first, 1U); column <= last; ++column)
    sheet_.hidden_columns.push_back(column - 1);
  if (sheet_.hidden_columns.size() > context_.limits.columns) stop(fail("import.damaged", {}, "columns"));
}

Result<Sheet> SheetListener::finish() && { return std::move(sheet_); }

}  // namespace lianxin::client::import
