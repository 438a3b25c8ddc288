// report f1 ... f16: the office's forms and the report in words as files.
#include "client/report/forms.hpp"

#include <algorithm>

#include "client/app/audit.hpp"
#include "client/app/form_making.hpp"
#include "client/cli/reveal.hpp"
#include "client/cli/warnings.hpp"
#include "client/report/docx_reader.hpp"
#include "shared/base/file.hpp"
#include "shared/base/text.hpp"

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

/// What is handed in is of a time that has begun: a wrong year in --as-of would stay with the office.
Status may_hand_in(const Call& call, const Date& as_of) {
  const Date today = Date::of(call.clock.now_ms());
  const bool is_handed_in = call.options.freeze || call.options.close;
  if (!is_handed_in || Date{as_of.year, as_of.month, 1} <= today) return {};
  return fail("report.not_begun", {{"as_of", as_of.text()}, {"today", today.text()}});
}

/// Of one visit or activity nobody has to say when it was: the year of its day is looked at as well.
Status reach_record(const Call& call, store::LaptopStore& store, figures::Asked& asked) {
  const Options& options = call.options;
  const auto id = Id::parse(options.record);
  if (!id.ok() || !options.period.empty() || !options.from.empty()) return {};
  LX_TRY(const auto record, store.records().get(*id));
  if (!record) return {};
  const auto day = Date::parse(record->value("occurred_on"));
  if (day.ok() && *day < asked.from) asked.from = {day->year, 1, 1};
  return {};
}

std::optional<app::HandIn> hand_in_of(const Options& options) {
  if (!options.freeze && !options.close) return std::nullopt;
  return app::HandIn{options.reason, options.close};
}

void say_handed_in(Call& call, const app::MadeForm& made) {
  if (!made.mark) return;
  call.terminal.say("cli.report.frozen", {{"id", made.mark->id.text()},
                                          {"revision", std::to_string(made.mark->revision)},
                                          {"digest", made.digest.substr(0, 16)}});
}

/// Of what goes to the office on standard error, also where a program asked: the form went as it is.
void say_warnings(Call& call, const app::MadeForm& made) {
  if (made.mark && !made.warnings.empty()) {
    call.terminal.note("cli.report.warned", {{"count", std::to_string(made.warnings.size())},
                                             {"warnings", join(made.warnings, "\n")}});
    return;
  }
  for (const std::string& warning : made.warnings)
    call.terminal.table({{warning}});
}

Json handed_in_json(const Call& call, const app::MadeForm& made, Json said) {
  if (!made.mark) return said;
  said["snapshot"] = made.mark->id.text();
  said["revision"] = made.mark->revision;
  said["period"] = made.period;
  said["digest"] = made.digest;
  said["records"] = made.records;
  return with_copies(call, std::move(said));
}

}  // namespace

Exit form(Call& call) {
  const Options& options = call.options;
  const report::FormDefinition* definition = report::form_definition(options.kind);
  if (definition == nullptr) return fail("report.form", {{"form", options.kind}});
  LX_TRY(const auto store, open_store(call));
  if (options.unmasked) LX_DO(app::may_take_unmasked(*store));
  app::FormAsked asked{definition->name, {}, call.terminal.language(), options.unmasked, options.member,
                       options.record,   {}};
  LX_TRY(asked.asked, figures_asked(call, *store));
  LX_DO(take_period(call, *definition, asked.asked));
  LX_DO(may_hand_in(call, asked.asked.as_of));
  LX_DO(reach_record(call, *store, asked.asked));
  LX_DO(read_all_twins(call, *store));
  LX_TRY(const app::MadeForm made, app::make_file(*store, call.clock, asked, {options.out, options.gb18030},
                                                  hand_in_of(options), call.terminal.messages()));
  LX_DO(note_export(call, *store, {options.kind, asked.asked.scope, made.unit_name, Id{}, made.rows}));
  const auto left = app::hand_out(*store, call.clock, made, options.out, call.terminal.messages());
  if (!left.done.ok()) return refuse_with_kept(call, left.done.error(), left.kept);
  say_warnings(call, made);
  note_kept(call, left.kept);
  if (call.terminal.json()) {
    Json said{
        {"file", options.out}, {"sheets", made.sheets}, {"rows", made.rows}, {"warnings", made.warnings}};
    call.terminal.value(handed_in_json(call, made, with_kept(std::move(said), left.kept)));
    return 0;
  }
  call.terminal.say(
      "cli.report.sheets",
      {{"file", options.out}, {"sheets", std::to_string(made.sheets)}, {"rows", std::to_string(made.rows)}});
  say_handed_in(call, made);
  return 0;
}

Exit narrative(Call& call) {
  const Options& options = call.options;
  LX_TRY(const auto store, open_store(call));
  app::FormAsked asked{"f9", {}, call.terminal.language()};
  LX_TRY(asked.asked, figures_asked(call, *store));
  if (!options.file.empty()) {
    constexpr std::size_t kTemplateBytesMax = 1 << 20;
    LX_TRY(asked.template_text, read_file(options.file, kTemplateBytesMax));
  }
  if (!options.edited.empty()) {
    LX_TRY(report::EditedReport edited, app::read_edited(options.edited));
    asked.template_text = std::move(edited.template_text);
    // Words a person changed go with the numbers they were written beside, unless another day is asked for.
    if (options.as_of.empty() && edited.as_of) {
      asked.asked.as_of = *edited.as_of;
      if (options.from.empty()) asked.asked.from = {edited.as_of->year, 1, 1};
    }
    call.terminal.note("report.read_as_of", {{"as_of", asked.asked.as_of.text()}});
    if (edited.left_out > 0)
      call.terminal.note("report.left_out", {{"count", std::to_string(edited.left_out)}});
  }
  LX_DO(may_hand_in(call, asked.asked.as_of));
  LX_DO(read_all_twins(call, *store));
  LX_TRY(const app::MadeForm made, app::make_file(*store, call.clock, asked, {options.out, false},
                                                  hand_in_of(options), call.terminal.messages()));
  LX_DO(note_export(call, *store, {"f9", asked.asked.scope, made.unit_name, Id{}, made.rows}));
  const auto left = app::hand_out(*store, call.clock, made, options.out, call.terminal.messages());
  if (!left.done.ok()) return refuse_with_kept(call, left.done.error(), left.kept);
  say_warnings(call, made);
  note_kept(call, left.kept);
  if (call.terminal.json()) {
    Json said{{"file", options.out}, {"bytes", made.file.size()}, {"warnings", made.warnings}};
    call.terminal.value(handed_in_json(call, made, with_kept(std::move(said), left.kept)));
    return 0;
  }
  call.terminal.say("cli.report.written",
                    {{"file", options.out}, {"bytes", std::to_string(made.file.size())}});
  say_handed_in(call, made);
  return 0;
}

}  // namespace lianxin::client::cli
