#pragma once
// Dates as offices write them: 1990.5, 1990年5月, 199005, 5/1990, 1990-5-3, 19900503, 90.5, Excel serial
// 45292 = 2024-01-01, 二〇〇五年六月十二日, 1990年元月.
#include <string_view>

#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

namespace lianxin::domain {

/// Keeps the precision that was written. Error "date.unreadable" {text}.
[[nodiscard]] Result<PartialDate> read_office_date(std::string_view text);
/// Excel's day number; `epoch_1904` for workbooks of that kind. Error "date.unreadable" outside 1900..2199.
[[nodiscard]] Result<PartialDate> read_excel_serial(double serial, bool epoch_1904);

}  // namespace lianxin::domain
