#pragma once
// Forms as an Excel workbook: a tab for each, or for those that are pages of one (Sheet::name).
#include <string>
#include <vector>

#include "client/report/sheet.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::report {

/// Cells are text, so no ID loses digits and nothing is computed; only whole numbers of at most 15 digits in
/// number columns are numbers. Headings stand again on every printed page. The same forms give the same
/// bytes. What is unfinished lies beside `path`, never in a shared folder; on an error nothing is left of it,
/// what stood at `path` stays, and the library says nothing on standard error. Any thread. Nobody
/// else may read the file. Errors "file.unwritable" {path, why}, "sheet.failed" {why}: among others a tab
/// named twice or with more than 31 characters.
[[nodiscard]] Status write_xlsx(const std::vector<Sheet>& sheets, const std::string& path);

}  // namespace lianxin::client::report
