#include "client/app/forms_page.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "client/figures/checks.hpp"
#include "client/report/comparison.hpp"
#include "client/store/touched.hpp"
#include "client/view/figures_view_builder.hpp"

namespace lianxin::client::app {
namespace {

constexpr std::size_t kHandedInMax = 200;
constexpr const char* kNarrative = "f9";

std::string form_name(const view::Wording& wording, const std::string& form) {
  return wording.text("form." + form + ".title");
}

/// "F4b".
std::string number_of(const std::string& form) { return form.empty() ? form : "F" + form.substr(1); }

/// "f4b" after "f4", "f10" after "f9".
std::pair<int, std::string> place_of(const std::string& form) {
  int number = 0;
  std::from_chars(form.data() + std::min<std::size_t>(1, form.size()), form.data() + form.size(), number);
  return {number, form};
}

/// "2026年8月", "2026年第3季度", "2026年", or the first and the last day.
std::string said_period(const view::Wording& wording, const std::string& period) {
  if (const std::size_t quarter = period.find('Q'); quarter != std::string::npos)
    return wording.text("view.forms.of_quarter",
                        {{"year", period.substr(0, quarter)}, {"quarter", period.substr(quarter + 1)}});
  const std::size_t between = period.find('/');
  if (between == std::string::npos) return wording.partial_day(period);
  return wording.text("view.figures.period", {{"from", wording.partial_day(period.substr(0, between))},
                                              {"as_of", wording.partial_day(period.substr(between + 1))}});
}

/// A form of months is of the month of this day.
view::FormRowView row_of(const view::Wording& wording, const std::string& form, const Date& as_of) {
  view::FormRowView row;
  row.form = form;
  row.number = number_of(form);
  row.name = form_name(wording, form);
  row.is_text = form == kNarrative;
  const report::FormDefinition* definition = report::form_definition(form);
  if (definition != nullptr && definition->period) {
    const figures::Period own = figures::period_of(*definition->period, as_of);
    row.period = said_period(wording, report::period_text(own.first, own.last));
  }
  return row;
}

std::vector<view::FormRowView> forms_of(const view::Wording& wording, const Date& as_of) {
  std::vector<std::string> names = {kNarrative};
  for (const report::FormDefinition& form : report::form_definitions())
    names.push_back(form.name);
  std::sort(names.begin(), names.end(),
            [](const std::string& a, const std::string& b) { return place_of(a) < place_of(b); });
  std::vector<view::FormRowView> rows;
  rows.reserve(names.size());
  for (const std::string& name : names)
    rows.push_back(row_of(wording, name, as_of));
  for (const char* paper : {"notice", "assessment", "incident"}) {
    view::FormRowView row;
    row.form = paper;
    row.number = wording.text("view.forms.paper");
    row.name = wording.text(std::string("paper.") + paper + ".title");
    row.is_paper = true;
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<std::vector<view::HandedInView>> handed_in_of(const view::ViewSources& sources) {
  LX_TRY(const std::vector<report::FrozenForm> all,
         report::frozen_forms(sources.store.records(), {}, kHandedInMax));
  std::vector<view::HandedInView> rows;
  for (const report::FrozenForm& one : all) {
    view::HandedInView row;
    row.snapshot = one.id;
    row.name = number_of(one.form) + " " + form_name(sources.wording, one.form);
    LX_TRY(row.unit, store::name_of(sources.store.database(), "org_unit", one.unit));
    row.period = said_period(sources.wording, one.period);
    row.number = sources.wording.text("view.forms.number", {{"revision", std::to_string(one.revision)}});
    row.when = sources.wording.day(one.frozen_on, sources.today());
    LX_TRY(row.who, store::name_of(sources.store.database(), "worker", one.worker));
    row.reason = one.reason;
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<view::ComparisonView> comparison_of(const view::ViewSources& sources, const Id& snapshot) {
  view::ComparisonView view;
  if (snapshot.is_nil()) return view;
  view.snapshot = snapshot;
  store::Records& records = sources.store.records();
  LX_TRY(const report::Snapshot then, report::read_snapshot(records, snapshot));
  LX_TRY(const report::Counting now, counting_now(sources.store, then));
  LX_TRY(const std::vector<report::NumberChange> changes, report::compare(records, then, now));
  const auto name_of = [&](const Id& worker) {
    const auto name = store::name_of(sources.store.database(), "worker", worker);
    return name.ok() ? *name : worker.text();
  };
  for (const report::NumberChange& change : changes) {
    if (!change.part.empty()) continue;
    view.rows.push_back({change.row, sources.wording.text("figure." + std::to_string(change.row)),
                         report::numbers_in_words(change),
                         report::reasons_in_words(change, sources.wording.messages(), name_of)});
  }
  return view;
}

Result<view::ComparisonView> kept_comparison(const view::ViewSources& sources, const Id& snapshot,
                                             ComparisonKept& kept) {
  const std::uint64_t revision = store::shown_revision(sources.store.database());
  const std::string& language = sources.wording.language();
  if (kept.view.snapshot == snapshot && kept.revision == revision && kept.language == language)
    return kept.view;
  LX_TRY(kept.view, comparison_of(sources, snapshot));
  kept.revision = revision;
  kept.language = language;
  return kept.view;
}

Result<std::vector<std::string>> kept_checks(const view::ViewSources& sources, const figures::Asked& asked,
                                             std::uint64_t revision, ChecksKept& kept) {
  const std::string& language = sources.wording.language();
  const bool is_same = kept.asked.scope == asked.scope && kept.asked.from == asked.from &&
                       kept.asked.as_of == asked.as_of && kept.revision == revision &&
                       kept.language == language;
  if (is_same) return kept.failed;
  LX_TRY(auto ledger, figures::Ledger::open(sources.store.database(), asked));
  LX_TRY(const auto checks, figures::checks(ledger));
  kept = {revision, language, asked, figures::failed_checks(checks, sources.wording.messages())};
  return kept.failed;
}

}  // namespace

Result<view::FormsView> build_forms(const view::ViewSources& sources, const FormsAsked& asked,
                                    ComparisonKept& kept, ChecksKept& checks) {
  view::FormsView out;
  LX_TRY(view::Question question, view::build_question(sources, asked.unit, asked.period));
  out.forms = forms_of(sources.wording, question.asked.as_of);
  LX_TRY(out.handed_in, handed_in_of(sources));
  LX_TRY(out.comparison, kept_comparison(sources, asked.compared, kept));
  LX_TRY(question.view.checks, kept_checks(sources, question.asked, kept.revision, checks));
  out.question = std::move(question.view);
  out.state.readiness = view::Readiness::kReady;
  return out;
}

Result<figures::Asked> question_of(const view::ViewSources& sources, const FormsAsked& asked,
                                   const std::string& form) {
  LX_TRY(view::Question question, view::build_question(sources, asked.unit, asked.period));
  const report::FormDefinition* definition = report::form_definition(form);
  if (definition != nullptr && definition->period)
    question.asked.from = figures::period_of(*definition->period, question.asked.as_of).first;
  return question.asked;
}

}  // namespace lianxin::client::app
