#pragma once
// Forms as an Excel workbook: a tab for each, or for those that are pages of one (Sheet::name).
#include <string>
#include <vector>

#include "client/report/sheet.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::report {

/// Cells are text, so no ID loses digits and nothing is computed; only whole numbers of at most 15 digits in
/// number columns are numbers. Headings stand again on every printed page. The same forms give the same
/// bytes. What is unfinished lies beside `path`, never in a shared folder, and nothing is left of it; the
/// library says nothing on standard error. Any thread. Errors "sheet.empty", "file.unwritable" {path, why},
/// "sheet.failed" {why}: among others a tab named twice or with more than 31 characters.
[[nodiscard]] Result<Bytes> xlsx_bytes(const std::vector<Sheet>& sheets, const std::string& path);
/// The same as a file, by `replace_file`: on an error what stood at `path` stays.
[[nodiscard]] Status write_xlsx(const std::vector<Sheet>& sheets, const std::string& path);

}  // namespace lianxin::client::report
