// report f9: the county's report in words, with its annex.
#include "client/report/narrative.hpp"

#include "client/cli/reveal.hpp"
#include "client/figures/units.hpp"
#include "client/report/docx.hpp"
#include "shared/base/file.hpp"

namespace lianxin::client::cli {
namespace {

Json json_of(const report::Narrative& narrative) {
  Json paragraphs = Json::array();
  for (const report::Paragraph& one : narrative.paragraphs)
    paragraphs.push_back(one.text());
  Json annex = Json::array();
  for (const report::AnnexRow& row : narrative.annex)
    annex.push_back({{"row", row.row},
                     {"phrase", row.phrase},
                     {"exact", row.exact},
                     {"unit", row.unit},
                     {"printed", row.printed},
                     {"records", row.records}});
  return {{"unit", narrative.unit},
          {"from", narrative.from.text()},
          {"as_of", narrative.as_of.text()},
          {"paragraphs", paragraphs},
          {"annex", annex},
          {"warnings", narrative.warnings}};
}

Result<Bytes> file_of(const std::string& name, const report::Narrative& narrative, const Messages& messages) {
  if (name.ends_with(".docx")) return report::narrative_docx(narrative, messages);
  if (name.ends_with(".pdf")) return report::narrative_pdf(narrative, messages);
  if (name.ends_with(".json")) return json_of(narrative).dump(1) + "\n";
  return fail("report.kind", {{"file", name}, {"kinds", ".docx .pdf .json"}});
}

}  // namespace

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
  LX_TRY(const report::Narrative narrative, report::write_narrative(text, all, facts, messages));
  LX_TRY(const Bytes bytes, file_of(call.options.out, narrative, messages));
  LX_DO(note_export(call, *store, {"f9", asked.scope, facts.unit, Id{}, narrative.annex.size()}));
  LX_DO(replace_file(call.options.out, bytes));
  if (call.terminal.json()) {
    Json said = {{"file", call.options.out}, {"bytes", bytes.size()}, {"warnings", narrative.warnings}};
    call.terminal.value(said);
    return 0;
  }
  call.terminal.say("cli.report.written",
                    {{"file", call.options.out}, {"bytes", std::to_string(bytes.size())}});
  for (const std::string& warning : narrative.warnings)
    call.terminal.table({{warning}});
  return 0;
}

}  // namespace lianxin::client::cli
