#include "client/import/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "client/import/sheet_listener.hpp"
#include "shared/base/encoding.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::import {
namespace {

/// The separator that is most often outside quotes in the first lines; a comma when there is none.
char guess_separator(std::string_view text) {
  constexpr std::array<char, 3> kCandidates{',', '\t', ';'};
  std::array<std::size_t, 3> counts{};
  bool quoted = false;
  int lines = 0;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == '\n' && !quoted && ++lines == 50) break;
    for (std::size_t i = 0; i < kCandidates.size(); ++i)
      counts[i] += !quoted && c == kCandidates[i] ? 1U : 0U;
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return *most == 0 ? ',' : kCandidates[static_cast<std::size_t>(most - counts.begin())];
}

/// Walks the text once; one record at a time goes to the sheet.
class CsvParser {
 public:
  CsvParser(std::string_view text, const Limits& limits)
      : text_(text), limits_(limits), separator_(guess_separator(text)) {}

  Status parse(Sheet& sheet) {
    while (at_ < text_.size()) {
      LX_DO(read_record(sheet));
    }
    return {};
  }

 private:
  Status read_record(Sheet& sheet) {
    Row row;
    row.number = ++record_;
    std::uint32_t column = 0;
    for (bool more = true; more; ++column) {
      LX_TRY(std::string field, read_field());
      if (field.size() > limits_.cell_text_bytes) return fail("import.too_large", {}, "one text");
      if (!trim(field).empty()) {
        if (column >= limits_.columns) return fail("import.too_large", {}, "columns");
        Cell cell;
        cell.text = decode_escapes(field);
        cell.column = column;
        row.cells.push_back(std::move(cell));
      }
      more = at_ < text_.size() && text_[at_] == separator_;
      if (more) ++at_;
    }
    skip_line_end();
    return add_row(sheet, std::move(row), limits_, usage_);
  }

  Result<std::string> read_field() {
    if (text_.substr(at_, 2) == "=\"") ++at_;
    if (at_ >= text_.size() || text_[at_] != '"') {
      const std::size_t end =
          std::min(text_.find_first_of(std::string{separator_, '\n', '\r'}, at_), text_.size());
      std::string field(text_.substr(at_, end - at_));
      at_ = end;
      return field;
    }
    std::string field;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        if (text_.substr(at_, 2) != "\"\"") break;
        ++at_;
      }
      field.push_back(text_[at_]);
    }
    if (at_ >= text_.size()) return fail("import.damaged", {}, "quote without end");
    ++at_;
    // Text after the closing quote is wrong but harmless: it is kept.
    const std::size_t end =
        std::min(text_.find_first_of(std::string{separator_, '\n', '\r'}, at_), text_.size());
    field += text_.substr(at_, end - at_);
    at_ = end;
    return field;
  }

  void skip_line_end() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  }

  std::string_view text_;
  const Limits& limits_;
  Usage usage_;
  std::size_t at_ = 0;
  std::uint32_t record_ = 0;
  char separator_;
};

/// `encoding` is set to the one used.
Result<std::string> text_of(BytesView bytes, std::string& encoding, const Limits& limits) {
  if (bytes.size() > limits.file_bytes) return fail("import.too_large", {}, "file bytes");
  auto decoded = decode_text(bytes);
  if (!decoded) return fail("import.damaged", {}, "no text");
  encoding = encoding_name(decoded->encoding);
  return std::move(decoded->text);
}

}  // namespace

Result<Workbook> read_csv(BytesView bytes, std::string_view sheet_name, const Limits& limits) {
  Workbook workbook;
  LX_TRY(const std::string text, text_of(bytes, workbook.encoding, limits));
  const auto controls = std::count_if(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
  });
  if (static_cast<std::size_t>(controls) * 100 > text.size()) return fail("import.not_roster");
  Sheet sheet;
  sheet.name = sheet_name;
  LX_DO(CsvParser(text, limits).parse(sheet));
  workbook.sheets.push_back(std::move(sheet));
  return workbook;
}

}  // namespace lianxin::client::import
