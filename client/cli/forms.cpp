// report f1, f10 ...: the office's forms as files.
#include "client/report/forms.hpp"

#include <algorithm>
#include <filesystem>

#include "client/cli/call.hpp"
#include "client/figures/units.hpp"
#include "client/report/made_forms.hpp"
#include "client/report/sheet_csv.hpp"
#include "client/report/sheet_pdf.hpp"
#include "client/report/sheet_xlsx.hpp"
#include "shared/base/file.hpp"

namespace lianxin::client::cli {
namespace {

Json card_of(const report::Sheet& sheet) {
  Json out = Json::array();
  for (const auto& line : sheet.card) {
    for (const report::CardCell& cell : line)
      out.push_back({{"label", cell.label}, {"value", cell.value}});
  }
  return out;
}

const char* word_of(report::RowKind kind) {
  switch (kind) {
    case report::RowKind::kNil:
      return "nil";
    case report::RowKind::kSubtotal:
      return "subtotal";
    case report::RowKind::kTotal:
      return "total";
    default:
      return "";
  }
}

Json json_of(const std::vector<report::Sheet>& sheets) {
  Json out = Json::array();
  for (const report::Sheet& sheet : sheets) {
    Json columns = Json::array();
    for (const report::Heading& column : report::columns_of(sheet))
      columns.push_back(column.words);
    Json rows = Json::array();
    Json kinds = Json::array();
    for (const report::SheetRow& row : sheet.rows) {
      rows.push_back(row.cells);
      kinds.push_back(word_of(row.kind));
    }
    Json one = {{"name", sheet.name}, {"title", sheet.title}, {"columns", columns},    {"rows", rows},
                {"row_kinds", kinds}, {"notes", sheet.notes}, {"footer", sheet.footer}};
    if (!sheet.card.empty()) one["card"] = card_of(sheet);
    out.push_back(std::move(one));
  }
  return out;
}

Status write(const report::FormDefinition& form, const std::vector<report::Sheet>& sheets,
             const std::string& path, bool gb18030) {
  if (path.ends_with(".xlsx")) return write_workbook(sheets, path);
  if (path.ends_with(".pdf")) {
    LX_TRY(const Bytes pdf, report::sheets_pdf(sheets));
    return replace_file(path, pdf);
  }
  if (path.ends_with(".json")) return replace_file(path, json_of(sheets).dump(1) + "\n");
  if (!path.ends_with(".csv"))
    return fail("report.kind", {{"file", path}, {"kinds", ".xlsx .pdf .csv .json"}});
  if (form.by == report::SheetsBy::kVillage && sheets.size() != 1)
    return fail("report.one_sheet", {{"count", std::to_string(sheets.size())}});
  LX_TRY(const Bytes bytes,
         report::sheets_csv(sheets, gb18030 ? report::CsvEncoding::kGb18030 : report::CsvEncoding::kUtf8));
  return replace_file(path, bytes);
}

/// Days of --period, else of the period the form is made for, else what `figures_asked` says.
Status take_period(Call& call, const report::FormDefinition& form, figures::Asked& asked) {
  const Options& options = call.options;
  const auto period_words = [&](figures::PeriodKind kind) {
    return call.terminal.words("period." + std::string(figures::word_of(kind)));
  };
  if (options.period.empty()) {
    if (!form.period) return {};
    if (!options.from.empty())
      return fail("period.kind",
                  {{"form", form.name}, {"wanted", period_words(*form.period)}, {"text", options.from}});
    asked.from = figures::period_of(*form.period, asked.as_of).first;
    return {};
  }
  if (!options.from.empty()) return fail("period.twice");
  LX_TRY(const figures::Period period, figures::parse_period(options.period));
  if (form.period && period.kind != *form.period)
    return fail("period.kind",
                {{"form", form.name}, {"wanted", period_words(*form.period)}, {"text", options.period}});
  const Date today = Date::of(call.clock.now_ms());
  if (options.as_of.empty()) {
    if (period.first > today)
      return fail("period.future", {{"text", options.period}, {"today", today.text()}});
    asked.as_of = std::min(period.last, today);
  } else if (asked.as_of < period.first || asked.as_of > period.last) {
    return fail("period.outside", {{"as_of", options.as_of}, {"text", options.period}});
  }
  asked.from = period.first;
  return {};
}

/// Classes that some scope of this unit does not come with.
Result<std::set<domain::PrivacyClass>> missing_classes(store::LaptopStore& store, figures::Ledger& ledger) {
  std::set<std::string> covered;
  auto units = ledger.prepare("SELECT id FROM scope_unit");
  while (true) {
    LX_TRY(const bool found, units.step());
    if (!found) break;
    covered.insert(units.text(0));
  }
  std::set<domain::PrivacyClass> missing;
  LX_TRY(const auto scopes, store.records().scopes());
  for (const store::HeldScope& scope : scopes) {
    if (covered.count(scope.scope.text()) == 0) continue;
    for (std::uint8_t number = 0; number < domain::kPrivacyClassCount; ++number) {
      if (std::count(scope.classes.begin(), scope.classes.end(), number) == 0)
        missing.insert(static_cast<domain::PrivacyClass>(number));
    }
  }
  return missing;
}

/// A worker in the field is given hardship files and notes of one's own members only (design.md 12).
Result<std::set<domain::PrivacyClass>> own_only_classes(store::LaptopStore& store) {
  LX_TRY(const auto worker, store.records().get(store.identity().worker));
  if (worker) {
    const auto roles = worker->fields.find("roles");
    if (roles != worker->fields.end()) {
      for (const std::string& role : roles->second.elements)
        if (role == "secretary" || role == "officer" || role == "admin")
          return std::set<domain::PrivacyClass>{};
    }
  }
  return std::set<domain::PrivacyClass>{domain::PrivacyClass::kHardship, domain::PrivacyClass::kNotes};
}

/// The record that stands for a person who was registered twice.
Result<std::string> standing_for(figures::Ledger& ledger, const std::string& member) {
  if (member.empty()) return member;
  LX_TRY(const Id id, Id::parse(member));
  auto same = ledger.prepare("SELECT stands FROM same WHERE id = ?");
  LX_TRY(const bool found, same.bind_text(1, id.text()).step());
  return found ? same.text(0) : id.text();
}

}  // namespace

Status write_workbook(const std::vector<report::Sheet>& sheets, const std::string& path) {
  const std::string beside = path + ".part.xlsx";
  LX_DO(report::write_xlsx(sheets, beside));
  std::error_code failed;
  std::filesystem::rename(beside, path, failed);
  if (!failed) return {};
  std::filesystem::remove(beside, failed);
  return fail("report.failed", {{"why", path}});
}

Exit form(Call& call) {
  const report::FormDefinition* definition = report::form_definition(call.options.kind);
  if (definition == nullptr) return fail("report.form", {{"form", call.options.kind}});
  LX_TRY(const auto store, open_store(call));
  LX_TRY(figures::Asked asked, figures_asked(call, *store));
  LX_DO(take_period(call, *definition, asked));
  report::FormFacts facts;
  facts.today = Date::of(call.clock.now_ms());
  facts.unmasked = call.options.unmasked;
  facts.language = call.terminal.language();
  LX_TRY(const auto unit, figures::unit(store->database(), asked.scope));
  if (unit) facts.unit = unit->name;
  LX_TRY(auto ledger, figures::Ledger::open(store->database(), asked));
  LX_TRY(facts.missing, missing_classes(*store, ledger));
  LX_TRY(facts.own_only, own_only_classes(*store));
  LX_TRY(facts.member, standing_for(ledger, call.options.member));
  facts.record = call.options.record;
  LX_TRY(const std::vector<report::Sheet> sheets,
         report::make_form(store->database(), ledger, *definition, facts, call.terminal.messages()));
  LX_DO(write(*definition, sheets, call.options.out, call.options.gb18030));
  std::size_t rows = 0;
  for (const report::Sheet& sheet : sheets)
    rows += sheet.rows.size();
  if (call.terminal.json())
    call.terminal.value({{"file", call.options.out}, {"sheets", sheets.size()}, {"rows", rows}});
  else
    call.terminal.say("cli.report.sheets", {{"file", call.options.out},
                                            {"sheets", std::to_string(sheets.size())},
                                            {"rows", std::to_string(rows)}});
  return 0;
}

}  // namespace lianxin::client::cli
