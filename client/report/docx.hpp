#pragma once
// The report in words as a file that Word, WPS and LibreOffice open.
#include "client/report/narrative.hpp"

namespace lianxin::client::report {

/// A file of words with styles, each number a content control whose tag names its figure and day, and the
/// annex as a table. The same narrative gives the same bytes. Error "report.failed" {why}.
[[nodiscard]] Result<Bytes> narrative_docx(const Narrative& narrative, const Messages& messages);

}  // namespace lianxin::client::report
