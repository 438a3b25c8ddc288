#pragma once
// Forms as a PDF for printing.
#include <vector>

#include "client/report/sheet.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::report {

inline constexpr int kSheetPagesMax = 2000;
/// Of all columns, in characters: below that the print would be too small to read.
inline constexpr double kSheetWidthMax = 160;
inline constexpr double kSheetWidthMaxLandscape = 240;

/// A4, each form from a page of its own, a bookmark for each. Title and headings stand again on every page; a
/// row is cut only when it is taller than a page. The same forms give the same bytes. Any thread. Errors
/// "sheet.too_wide" {title}, "sheet.too_long" {pages_max}, "paper.failed" {why}.
[[nodiscard]] Result<Bytes> sheets_pdf(const std::vector<Sheet>& sheets);

}  // namespace lianxin::client::report
