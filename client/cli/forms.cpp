// report f1, f10 ...: the office's forms as files.
#include "client/report/forms.hpp"

#include <filesystem>

#include "client/app/audit.hpp"
#include "client/cli/reveal.hpp"
#include "client/figures/units.hpp"
#include "client/report/sheet_csv.hpp"
#include "client/report/sheet_xlsx.hpp"
#include "shared/base/file.hpp"

namespace lianxin::client::cli {
namespace {

Json json_of(const std::vector<report::Sheet>& sheets) {
  Json out = Json::array();
  for (const report::Sheet& sheet : sheets) {
    Json columns = Json::array();
    for (const report::Heading& column : report::columns_of(sheet))
      columns.push_back(column.words);
    Json rows = Json::array();
    for (const report::SheetRow& row : sheet.rows)
      rows.push_back(row.cells);
    out.push_back({{"name", sheet.name}, {"title", sheet.title}, {"columns", columns}, {"rows", rows}});
  }
  return out;
}

/// Beside its place first: what is there stays whole until the new one is.
Status write_workbook(const std::vector<report::Sheet>& sheets, const std::string& path) {
  const std::string beside = path + ".part.xlsx";
  LX_DO(report::write_xlsx(sheets, beside));
  std::error_code failed;
  std::filesystem::rename(beside, path, failed);
  if (!failed) return {};
  std::filesystem::remove(beside, failed);
  return fail("report.failed", {{"why", path}});
}

Status write(const std::vector<report::Sheet>& sheets, const std::string& path, bool gb18030) {
  if (path.ends_with(".xlsx")) return write_workbook(sheets, path);
  if (path.ends_with(".json")) return replace_file(path, json_of(sheets).dump(1) + "\n");
  if (!path.ends_with(".csv")) return fail("report.kind", {{"file", path}, {"kinds", ".xlsx .csv .json"}});
  if (sheets.size() != 1) return fail("report.one_sheet", {{"count", std::to_string(sheets.size())}});
  LX_TRY(const Bytes bytes, report::sheet_csv(sheets.front(), gb18030 ? report::CsvEncoding::kGb18030
                                                                      : report::CsvEncoding::kUtf8));
  return replace_file(path, bytes);
}

}  // namespace

Exit form(Call& call) {
  const report::FormDefinition* definition = report::form_definition(call.options.kind);
  if (definition == nullptr) return fail("report.form", {{"form", call.options.kind}});
  LX_TRY(const auto store, open_store(call));
  if (call.options.unmasked) LX_DO(app::may_take_unmasked(*store));
  LX_TRY(const figures::Asked asked, figures_asked(call, *store));
  report::FormFacts facts;
  facts.today = Date::of(call.clock.now_ms());
  facts.unmasked = call.options.unmasked;
  facts.language = call.terminal.language();
  LX_TRY(const auto unit, figures::unit(store->database(), asked.scope));
  if (unit) facts.unit = unit->name;
  LX_TRY(auto ledger, figures::Ledger::open(store->database(), asked));
  LX_TRY(const std::vector<report::Sheet> sheets,
         report::fill_form(ledger, *definition, facts, call.terminal.messages()));
  std::size_t rows = 0;
  for (const report::Sheet& sheet : sheets)
    rows += sheet.rows.size();
  LX_DO(note_export(call, *store, {call.options.kind, asked.scope, facts.unit, Id{}, rows}));
  LX_DO(write(sheets, call.options.out, call.options.gb18030));
  if (call.terminal.json())
    call.terminal.value({{"file", call.options.out}, {"sheets", sheets.size()}, {"rows", rows}});
  else
    call.terminal.say("cli.report.sheets", {{"file", call.options.out},
                                            {"sheets", std::to_string(sheets.size())},
                                            {"rows", std::to_string(rows)}});
  return 0;
}

}  // namespace lianxin::client::cli
