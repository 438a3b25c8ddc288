#include "client/import/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <vector>

#include "client/import/sheet_listener.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::import {
namespace {

using ConverterPtr = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

/// Strict: a byte that has no meaning in the encoding ends it, so that a wrong guess is never shown as "?".
Result<std::string> convert(BytesView bytes, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const ConverterPtr converter(ucnv_open(encoding, &status), &ucnv_close);
  if (U_FAILURE(status)) return fail("import.damaged", {}, u_errorName(status));
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  const icu::UnicodeString wide(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(),
                                status);
  if (U_FAILURE(status)) return fail("import.damaged", {}, u_errorName(status));
  std::string out;
  wide.toUTF8String(out);
  return out;
}

bool starts_with(BytesView bytes, std::string_view mark) { return bytes.substr(0, mark.size()) == mark; }

/// What a list of ours is written in: ASCII, Hanzi with their signs, full width, and rare Hanzi.
bool is_usual(char32_t c) {
  if (c < 0x20) return c == U'\t' || c == U'\n' || c == U'\r';
  return c < 0x7F || c == 0xB7 || (c >= 0x2010 && c <= 0x2027) || (c >= 0x2460 && c <= 0x24FF) ||
         (c >= 0x3000 && c <= 0x303F) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xFF00 && c <= 0xFFEF) ||
         (c >= 0x20000 && c <= 0x323AF);
}

/// UTF-16 without its mark, as some systems write it. Only a file with zero bytes can be that: every comma,
/// digit and line end has one, and no other encoding of ours has any. Read in the wrong order it is not
/// Chinese. nullopt = it is neither order.
std::optional<std::string> unmarked_utf16(BytesView bytes) {
  if (bytes.size() % 2 != 0 || bytes.find('\0') == BytesView::npos) return std::nullopt;
  for (const char* order : {"UTF-16LE", "UTF-16BE"}) {
    auto text = convert(bytes, order);
    if (!text.ok() || !is_valid_text(*text)) continue;
    const std::u32string letters = to_utf32(*text);
    const auto usual = static_cast<std::size_t>(std::count_if(letters.begin(), letters.end(), is_usual));
    if (usual * 20 >= letters.size() * 19) return *std::move(text);
  }
  return std::nullopt;
}

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

}  // namespace

Result<std::string> decode_text(BytesView bytes, std::string& encoding, const Limits& limits) {
  if (bytes.size() > limits.file_bytes) return fail("import.too_large", {}, "file bytes");
  Result<std::string> text = fail("import.damaged");
  if (starts_with(bytes, "\xFF\xFE") || starts_with(bytes, "\xFE\xFF")) {
    encoding = "utf-16";
    text = convert(bytes, "UTF-16");
  } else if (auto unmarked = unmarked_utf16(bytes)) {
    encoding = "utf-16";
    text = *std::move(unmarked);
  } else {
    const BytesView body = starts_with(bytes, "\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
    encoding = "utf-8";
    if (is_valid_text(body)) return std::string(body);
    encoding = "gb18030";
    text = convert(bytes, "gb18030");
  }
  if (text.ok() && !is_valid_text(*text)) return fail("import.damaged", {}, "no text");
  return text;
}

Result<Workbook> read_csv(BytesView bytes, std::string_view sheet_name, const Limits& limits) {
  Workbook workbook;
  LX_TRY(const std::string text, decode_text(bytes, workbook.encoding, limits));
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
