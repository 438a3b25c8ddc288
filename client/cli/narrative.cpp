// report f9: the county's report in words, with its annex.
#include "client/report/narrative.hpp"

#include "client/cli/call.hpp"
#include "client/cli/freezing.hpp"
#include "client/cli/report_files.hpp"
#include "client/figures/units.hpp"
#include "shared/base/file.hpp"

namespace lianxin::client::cli {
Exit narrative(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const figures::Asked asked, figures_asked(call, *store));
  report::NarrativeFacts facts{"", asked.from, asked.as_of, Date::of(call.clock.now_ms())};
  LX_TRY(const auto unit, figures::unit(store->database(), asked.scope));
  if (unit) facts.unit = unit->name;
  std::string text(report::narrative_template());
  if (!call.options.file.empty()) {
    constexpr std::size_t kTemplateBytesMax = 1 << 20;
    LX_TRY(text, read_file(call.options.file, kTemplateBytesMax));
  }
  LX_TRY(auto ledger, figures::Ledger::open(store->database(), asked));
  LX_TRY(const std::vector<figures::Figure> all, figures::all_figures(ledger));
  const Messages& messages = call.terminal.messages();
  LX_TRY(report::Narrative narrative, report::write_narrative(text, all, facts, messages));
  LX_TRY(std::optional<Freezing> freezing, Freezing::begin(call, *store, "f9", asked));
  if (freezing) narrative.snapshot = freezing->words();
  LX_TRY(const Bytes bytes, narrative_file(narrative, call.options.out, messages));
  Json said = {{"file", call.options.out}, {"bytes", bytes.size()}, {"warnings", narrative.warnings}};
  if (freezing) {
    report::Snapshot snapshot;
    snapshot.narrative = narrative;
    LX_DO(freezing->keep(std::move(snapshot), bytes, said));
  }
  LX_DO(replace_file(call.options.out, bytes));
  if (call.terminal.json()) {
    call.terminal.value(said);
    return 0;
  }
  call.terminal.say("cli.report.written",
                    {{"file", call.options.out}, {"bytes", std::to_string(bytes.size())}});
  if (freezing) freezing->say();
  for (const std::string& warning : narrative.warnings)
    call.terminal.table({{warning}});
  return 0;
}

}  // namespace lianxin::client::cli
