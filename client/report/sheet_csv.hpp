#pragma once
// A form as CSV, for programs that take nothing else.
#include "client/report/sheet.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::report {

enum class CsvEncoding : std::uint8_t {
  kUtf8,     ///< with a byte order mark, so that Excel and WPS see it
  kGb18030,  ///< every character of Unicode has its bytes there
};

/// One heading row ("联系方式/本人电话"), then the rows, last the foot; lines end in CR LF. A cell that a
/// spreadsheet would take for a formula (first character = + - @ tab or CR) gets an apostrophe before it;
/// numbers of number columns stay numbers. Any thread. Error "sheet.encoding" when the words are not UTF-8
/// (GB 18030 only).
[[nodiscard]] Result<Bytes> sheet_csv(const Sheet& sheet, CsvEncoding encoding);
/// Several below each other, each with its title and the labels and values of its card above it, a blank line
/// between; one without a card is written as by `sheet_csv`.
[[nodiscard]] Result<Bytes> sheets_csv(const std::vector<Sheet>& sheets, CsvEncoding encoding);

}  // namespace lianxin::client::report
