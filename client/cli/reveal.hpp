#pragma once
// Numbers of persons on their way out of the program: masked for people, whole for programs and for whoever
// asks, and then in the audit first.
#include <string>
#include <string_view>
#include <vector>

#include "client/cli/call.hpp"

namespace lianxin::client::cli {

/// What stands for a value that holds an ID number or a telephone; "" = nothing to hide.
[[nodiscard]] std::string masked(std::string_view kind, std::string_view field, const std::string& value);

/// Values of these that hold a whole number.
[[nodiscard]] std::uint64_t numbers_in(const store::RecordShown& record);
[[nodiscard]] std::uint64_t numbers_in(std::string_view kind,
                                       const std::vector<store::HistoryEntry>& history);
[[nodiscard]] std::uint64_t numbers_in(std::string_view kind, const std::vector<store::ListRow>& rows);

/// True when this command shows numbers whole: programs (--json) and --unmasked.
[[nodiscard]] bool shows_whole(const Call& call);
/// Before `count` whole numbers are shown of this record (nil: of several); nothing to write for 0.
[[nodiscard]] Status note_reveal(store::LaptopStore& store, const Id& unit, const Id& record,
                                 std::string_view what, std::uint64_t count);

/// A file that is about to be left, with what stands in it.
struct LeavingFile {
  std::string_view form;  ///< "f10", "dump", "photo"
  Id unit;                ///< what was asked about
  std::string scope;      ///< its code or name; "" = all of this laptop
  Id record;
  std::uint64_t count = 0;  ///< rows, records
};
/// Before a file named by --out is left (no file: what goes to standard output). --unmasked asks for the
/// right first ("right.unmasked").
[[nodiscard]] Status note_export(const Call& call, store::LaptopStore& store, const LeavingFile& leaving);

}  // namespace lianxin::client::cli
