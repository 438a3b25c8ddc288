#pragma once
// The report as it comes back from a word processor. What docx.cpp writes is read here.
#include <optional>
#include <string>

#include "client/report/narrative.hpp"
#include "shared/base/bytes.hpp"

namespace lianxin::client::report {

/// A person's text as a template for write_narrative: what is tied to the records is filled anew, a number
/// typed over stays as typed ("{typed:36|250次}").
struct EditedReport {
  std::string template_text;
  std::optional<Date> as_of;  ///< the day its numbers are of, where the file still says it
  std::size_t left_out = 0;   ///< pictures, tables and footnotes: words only are taken
};

/// At most 20 MB, 64 MB unpacked, 200 KB of words. Text that was struck out under tracked changes is not
/// there, text that was put in is. Errors "report.read.kind" (no .docx), "report.read.old" (.doc),
/// "report.read.locked" (a password), "report.read.damaged", "report.read.too_large", "report.read.foreign"
/// (nothing in it is tied to a figure).
[[nodiscard]] Result<EditedReport> read_docx(BytesView bytes);

}  // namespace lianxin::client::report
