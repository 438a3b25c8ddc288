#pragma once
// What every handler gets, and the handlers themselves: one file for each group of commands.
#include <memory>

#include "client/cli/options.hpp"
#include "client/cli/terminal.hpp"
#include "client/figures/ledger.hpp"
#include "client/store/laptop_store.hpp"
#include "shared/base/clock.hpp"

namespace lianxin::client::cli {

struct Call {
  const Options& options;
  Terminal& terminal;
  const Clock& clock;
  bool one_copy = false;  ///< the journal did not take what was saved: it lies in the database alone
};

/// Exit status; an error is printed by the caller of the handler.
using Exit = Result<int>;

/// Says on standard error how far a command is that takes long: every two seconds.
class HowFar {
 public:
  /// `key` = a sentence with {done} and {all}, and {seconds} since it began if it likes; `at_once` = also at
  /// the first word, else not before two seconds.
  HowFar(Call& call, std::string key, bool at_once = false)
      : call_(call),
        key_(std::move(key)),
        began_ms_(call.clock.steady_ms()),
        told_ms_(began_ms_ - (at_once ? kEveryMs : 0)) {}
  void operator()(std::size_t done, std::size_t all);

 private:
  static constexpr WallMs kEveryMs = 2'000;
  Call& call_;
  std::string key_;
  WallMs began_ms_;
  WallMs told_ms_;
};

/// Asks for the passphrase, opens, and tells what opening found. Errors of LaptopStore::open.
[[nodiscard]] Result<std::unique_ptr<store::LaptopStore>> open_store(Call& call);
/// Tells on standard error what opening or rebuilding found; nothing when all was well.
void tell_report(Terminal& terminal, const store::OpenReport& report);
/// Says what was not saved and why, field by field; exit status 1.
[[nodiscard]] int refuse(Call& call, const std::string& kind, const std::vector<domain::Problem>& problems,
                         std::string_view hint = "");

// enrol.cpp
[[nodiscard]] Exit enrol(Call& call);
// status.cpp
[[nodiscard]] Exit status(Call& call);
// put.cpp
[[nodiscard]] Exit put(Call& call);
// read.cpp
[[nodiscard]] Exit get(Call& call);
[[nodiscard]] Exit list(Call& call);
[[nodiscard]] Exit dump(Call& call);
// decide.cpp
[[nodiscard]] Exit void_record(Call& call);
[[nodiscard]] Exit confirm(Call& call);
[[nodiscard]] Exit conflict_list(Call& call);
[[nodiscard]] Exit conflict_resolve(Call& call);
// due.cpp
[[nodiscard]] Exit due(Call& call);
[[nodiscard]] Exit refresh(Call& call);
// duplicate.cpp
/// So that undecided pairs are known to the last record.
[[nodiscard]] Status read_all_twins(Call& call, store::LaptopStore& store);
[[nodiscard]] Exit duplicate_list(Call& call);
[[nodiscard]] Exit duplicate_same(Call& call);
[[nodiscard]] Exit duplicate_different(Call& call);
[[nodiscard]] Exit duplicate_undo(Call& call);
// steps.cpp
[[nodiscard]] Exit member_home(Call& call);
[[nodiscard]] Exit member_returned(Call& call);
[[nodiscard]] Exit member_moved(Call& call);
[[nodiscard]] Exit call_members(Call& call);
/// Own facts of one day to another day, with the reason. Errors "shift.same", "shift.none" {day}.
[[nodiscard]] Exit shift(Call& call);
// exchange.cpp
[[nodiscard]] Exit sync(Call& call);
/// One sync with progress on standard error; remembered whether it ends well or not.
[[nodiscard]] Result<Json> run_one_sync(Call& call, store::LaptopStore& store);
/// Where the store's server is, or where --server says.
[[nodiscard]] sync::laptop::ServerAddress address_of(const Call& call, const store::LaptopStore& store);
// figures.cpp
[[nodiscard]] Exit figures_of(Call& call);
/// --scope (else the unit this laptop serves), --from, --as-of. Errors "record.unknown", "date.malformed".
[[nodiscard]] Result<figures::Asked> figures_asked(Call& call, store::LaptopStore& store);
// forms.cpp
[[nodiscard]] Exit form(Call& call);
[[nodiscard]] Exit narrative(Call& call);
[[nodiscard]] Exit report_list(Call& call);
[[nodiscard]] Exit report_reprint(Call& call);
[[nodiscard]] Exit report_compare(Call& call);
// audit.cpp
[[nodiscard]] Exit audit(Call& call);
// photo.cpp
[[nodiscard]] Exit photo_add(Call& call);
[[nodiscard]] Exit photo_list(Call& call);
[[nodiscard]] Exit photo_get(Call& call);
// notice.cpp
[[nodiscard]] Exit notice(Call& call);
// receipt.cpp
[[nodiscard]] Exit receipt(Call& call);
// bundle.cpp
[[nodiscard]] Exit bundle_export(Call& call);
[[nodiscard]] Exit bundle_inspect(Call& call);
[[nodiscard]] Exit bundle_import(Call& call);
[[nodiscard]] Exit bundle_laptops(Call& call);
// roster.cpp
[[nodiscard]] Exit import_roster(Call& call);
[[nodiscard]] Exit import_undo(Call& call);
[[nodiscard]] Exit import_list(Call& call);
// demo.cpp
[[nodiscard]] Exit demo_county(Call& call);
// upkeep.cpp
[[nodiscard]] Exit verify(Call& call);
[[nodiscard]] Exit backup(Call& call);
[[nodiscard]] Exit restore(Call& call);
[[nodiscard]] Exit recover(Call& call);
[[nodiscard]] Exit journal_set(Call& call);
[[nodiscard]] Exit passphrase_change(Call& call);

}  // namespace lianxin::client::cli
