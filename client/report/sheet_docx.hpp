#pragma once
// A form as a file that Word, WPS and LibreOffice open.
#include "client/report/sheet.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::report {

/// Each sheet on pages of its own, upright or across as it says; headings again on every page. The same
/// sheets give the same bytes. Any thread. Error "report.failed" {why}.
[[nodiscard]] Result<Bytes> sheets_docx(const std::vector<Sheet>& sheets);

}  // namespace lianxin::client::report
