#pragma once
// Bounded reader of .xlsx (and .xlsm): what a person would see, without running anything that is inside.
#include "client/import/workbook.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::import {

/// Whole workbook: sheets in order with hidden state; shared, inline and rich strings (without reading aids);
/// numbers as written; dates known by their style; formulas by their saved value; merged areas. Errors:
/// "import.not_roster" (no .xlsx at all), "import.old_xls", "import.encrypted", "import.damaged",
/// "import.too_large".
[[nodiscard]] Result<Workbook> read_xlsx(BytesView bytes, const Limits& limits = {});

}  // namespace lianxin::client::import
