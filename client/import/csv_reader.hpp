#pragma once
// Comma, tab or semicolon separated text as Excel, WPS and old systems write it.
#include <string>
#include <string_view>

#include "client/import/workbook.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::import {

/// One sheet named `sheet_name`, in any encoding of shared/base/encoding.hpp (domain.md 5, case 2). Quotes,
/// doubled quotes and line breaks inside quotes are understood, and Excel's way of forcing text (="0123").
/// Rows are numbered as Excel numbers them when it opens the file. Every cell is text. Errors:
/// "import.damaged" (no text, or a quote without end), "import.not_roster" (binary), "import.too_large".
[[nodiscard]] Result<Workbook> read_csv(BytesView bytes, std::string_view sheet_name,
                                        const Limits& limits = {});

}  // namespace lianxin::client::import
