#pragma once
// Forms and the report as the bytes of a file, by the ending of its name.
#include <string>
#include <vector>

#include "client/report/forms.hpp"
#include "client/report/narrative.hpp"

namespace lianxin::client::app {

struct FileKind {
  std::string path;  ///< its ending says the kind; a workbook is made beside it first
  bool gb18030 = false;
};

/// .xlsx, .pdf, .csv, .docx or .json. Errors "report.kind" {file, kinds}, "report.one_sheet" {count} (a CSV
/// of many villages), those of the writers.
[[nodiscard]] Result<Bytes> form_file(const report::FormDefinition& form,
                                      const std::vector<report::Sheet>& sheets, const FileKind& kind);

/// .docx, .pdf, .json, or .xlsx and .csv for the annex alone. Error "report.kind" {file, kinds}.
[[nodiscard]] Result<Bytes> narrative_file(const report::Narrative& narrative, const std::string& path,
                                           const Messages& messages);

}  // namespace lianxin::client::app
