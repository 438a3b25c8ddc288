#pragma once
// The rows of a roster that were not taken, as a file for whoever sent it: as they were written, each with
// the reason, so that it can be put right and imported by itself. Shared by the window and the command line.
#include <filesystem>
#include <vector>

#include "client/app/roster_import.hpp"
#include "client/report/sheet.hpp"
#include "client/store/laptop_store.hpp"
#include "shared/base/message.hpp"

namespace lianxin::client::app {

/// A sheet for each sheet of the file with such rows: its own columns, then the row's number there and why.
/// `bytes` is the file the plan was made from. Error "import.none_rejected"; those of import::read_workbook.
[[nodiscard]] Result<std::vector<report::Sheet>> rejected_rows(const RosterPlan& plan, BytesView bytes,
                                                               const Messages& messages);

struct RejectedFile {
  std::filesystem::path file;
  std::filesystem::path kept;  ///< what a person had made of an earlier one (left_file.hpp); "" = nothing
};

/// Beside the file it came from, else (a stick that cannot be written) in `documents`:
/// "党员名册-没有导入的行.xlsx". Errors of rejected_rows, xlsx_bytes and leave_file.
[[nodiscard]] Result<RejectedFile> save_rejected(store::LaptopStore& store, const RosterPlan& plan,
                                                 const std::filesystem::path& roster,
                                                 const std::filesystem::path& documents,
                                                 const Messages& messages);

}  // namespace lianxin::client::app
