// report f1, f10 ...: the office's forms as files.
#include "client/report/forms.hpp"

#include <algorithm>

#include "client/cli/call.hpp"
#include "client/cli/freezing.hpp"
#include "client/cli/report_files.hpp"
#include "client/figures/units.hpp"
#include "client/report/late.hpp"
#include "client/report/made_forms.hpp"
#include "shared/base/file.hpp"

namespace lianxin::client::cli {
namespace {

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

/// The record that stands for a person who was registered twice.
Result<std::string> standing_for(figures::Ledger& ledger, const std::string& member) {
  if (member.empty()) return member;
  LX_TRY(const Id id, Id::parse(member));
  auto same = ledger.prepare("SELECT stands FROM same WHERE id = ?");
  LX_TRY(const bool found, same.bind_text(1, id.text()).step());
  return found ? same.text(0) : id.text();
}

}  // namespace

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
  LX_TRY(facts.member, standing_for(ledger, call.options.member));
  facts.record = call.options.record;
  LX_TRY(std::vector<report::Sheet> sheets,
         report::make_form(store->database(), ledger, *definition, facts, call.terminal.messages()));
  if (definition->name == "f7")
    LX_DO(report::add_late_lines(store->records(), store->database(), asked, facts, call.terminal.messages(),
                                 sheets.front()));
  LX_TRY(std::optional<Freezing> freezing, Freezing::begin(call, *store, definition->name, asked));
  if (freezing) {
    for (report::Sheet& sheet : sheets)
      sheet.snapshot = freezing->words();
  }
  const FileKind kind{call.options.out, call.options.gb18030};
  LX_TRY(const Bytes file, form_file(*definition, sheets, kind));
  std::size_t rows = 0;
  for (const report::Sheet& sheet : sheets)
    rows += sheet.rows.size();
  Json said = {{"file", call.options.out}, {"sheets", sheets.size()}, {"rows", rows}};
  if (freezing) {
    report::Snapshot snapshot;
    snapshot.sheets = std::move(sheets);
    LX_DO(freezing->keep(std::move(snapshot), file, said));
  }
  LX_DO(replace_file(call.options.out, file));
  if (call.terminal.json()) {
    call.terminal.value(said);
    return 0;
  }
  call.terminal.say("cli.report.sheets", {{"file", call.options.out},
                                          {"sheets", std::to_string(said["sheets"].get<std::size_t>())},
                                          {"rows", std::to_string(rows)}});
  if (freezing) freezing->say();
  return 0;
}

}  // namespace lianxin::client::cli
