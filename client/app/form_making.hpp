#pragma once
// One of the office's forms, or the report in words, from the question to the bytes of a file, and handed in
// where that is wanted. Shared by the window and the command line. Store thread.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "client/app/report_files.hpp"
#include "client/report/docx_reader.hpp"
#include "client/report/snapshots.hpp"
#include "client/store/laptop_store.hpp"

namespace lianxin::client::app {

struct FormAsked {
  std::string form;  ///< "f1" ... "f16"
  figures::Asked asked;
  std::string language;  ///< "zh" or "en", for codes
  bool unmasked = false;
  std::string member;         ///< a form of one record: only those of this member
  std::string record;         ///< only this one
  std::string template_text;  ///< f9: the county's own; "" = the program's
};

/// The words of a report that comes back from a word processor, for FormAsked::template_text. Errors of
/// read_file and read_docx.
[[nodiscard]] Result<report::EditedReport> read_edited(const std::string& path);

/// Handing in: the file is kept with what it counted.
struct HandIn {
  std::string reason;  ///< of a second time
  bool close_month = false;
};

/// What is kept of a form that is handed in.
struct HandedIn {
  report::ToFreeze what;
  report::Snapshot snapshot;
  bool close_month = false;
};

struct MadeForm {
  Bytes file;
  std::string unit_name;
  std::size_t sheets = 0;
  std::size_t rows = 0;                    ///< of the tables; f9: of the annex
  std::vector<std::string> warnings;       ///< what should be looked at before it is handed in
  std::optional<report::FreezeMark> mark;  ///< when it is handed in
  std::optional<HandedIn> handed_in;       ///< the same
  std::string period;                      ///< of the snapshot
  std::string digest;
  std::size_t records = 0;  ///< that counted
};

/// Nothing is written here. Errors: "report.form" {form}, "figures.not_held" {unit}, handed in also
/// "figures.partly_held" {unit, count, units}, those of make_form, write_narrative, the writers
/// and next_mark.
[[nodiscard]] Result<MadeForm> make_file(store::LaptopStore& store, const Clock& clock,
                                         const FormAsked& asked, const FileKind& kind,
                                         const std::optional<HandIn>& hand_in, const Messages& messages);

/// What became of a form that was to be left or handed in.
struct HandedOut {
  /// Where that lies what a person had made of an earlier one, "" for nothing; also where something failed.
  std::filesystem::path kept;
  Status done;
};

/// Leaves the file (left_file.hpp), and keeps what is handed in only when it is there; what could not be kept
/// leaves no file with its number, and one that was there before as it was. Errors of leave_file and
/// keep_snapshot, of a file that is handed in also those of read_file; "report.not_closed" {file, why}: it is
/// handed in, and its month is as open as before.
[[nodiscard]] HandedOut hand_out(store::LaptopStore& store, const Clock& clock, const MadeForm& made,
                                 const std::filesystem::path& file, const Messages& messages);

/// A handed-in form again: its own bytes where the ending is the same, else the same words. Errors of
/// read_snapshot and the writers.
[[nodiscard]] Result<Bytes> file_again(const report::Snapshot& snapshot, const FileKind& kind,
                                       const Messages& messages);

/// What counts now for the question a snapshot answers.
[[nodiscard]] Result<report::Counting> counting_now(store::LaptopStore& store, const report::Snapshot& then);

}  // namespace lianxin::client::app
