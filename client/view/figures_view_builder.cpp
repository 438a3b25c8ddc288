#include "client/view/figures_view_builder.hpp"

#include <algorithm>
#include <tuple>

#include "client/figures/checks.hpp"
#include "client/figures/figures.hpp"
#include "client/figures/handed_over.hpp"
#include "client/figures/undecided.hpp"
#include "client/figures/units.hpp"
#include "client/figures/words.hpp"
#include "client/store/touched.hpp"

namespace lianxin::client::view {
namespace {

constexpr std::size_t kLedgerRowsMax = 300;
constexpr std::string_view kPeriods[] = {"month", "last_month", "quarter", "last_quarter", "year"};

struct Period {
  Date from;
  Date as_of;
};

Period period_of(std::string_view name, const Date& today) {
  const Date month{today.year, today.month, 1};
  if (name == "month") return {month, today};
  if (name == "last_month") return {month.plus_months(-1), month.plus_days(-1)};
  const Date quarter{today.year, (today.month - 1) / 3 * 3 + 1, 1};
  if (name == "quarter") return {quarter, today};
  if (name == "last_quarter") return {quarter.plus_months(-3), quarter.plus_days(-1)};
  return {{today.year, 1, 1}, today};
}

/// "走访 · 见到本人": the kind and the code that says most.
std::string what_of(const ViewSources& sources, const store::RecordShown& record) {
  const domain::Kind* kind = sources.catalogue().kind(record.kind);
  if (kind == nullptr) return record.kind;
  std::string code;
  for (const char* name : {"outcome", "status", "state", "kind", "level", "team_kind"}) {
    const domain::Field* field = kind->field(name);
    if (field == nullptr || field->type != domain::Type::kCode || record.value(name).empty()) continue;
    code = sources.wording.code(field->target, record.value(name));
    break;
  }
  return Wording::dotted({sources.wording.text("kind." + kind->name), code});
}

/// Whose list is open, 0 = that of the number, else of a part, from 1 on; a figure without a number opens its
/// first part.
std::size_t choose_list(const ViewSources& sources, const figures::Figure& figure, const std::string& asked,
                        LedgerView& ledger) {
  const Messages& messages = sources.wording.messages();
  std::size_t list = 0;
  if (figure.value) ledger.choices.push_back({"", figures::words_of(figure, messages).text});
  for (std::size_t i = 0; i < figure.parts.size(); ++i) {
    const figures::Part& part = figure.parts[i];
    const auto words = figures::words_of(figure, part, messages, sources.wording.short_language());
    ledger.choices.push_back({part.name, words.name + " " + words.text});
    const bool is_first = !figure.value && list == 0;
    if (part.name != asked && !is_first) continue;
    list = i + 1;
    ledger.part = part.name;
    ledger.number = words.text;
  }
  if (ledger.choices.size() < 2) ledger.choices.clear();
  return list;
}

/// Of each list what the page shows: a county's are too long to be kept, and too long to be made again.
FiguresKept::Lists lists_of(figures::Figure figure) {
  FiguresKept::Lists out;
  out.totals.push_back(figure.counted.size());
  for (const figures::Part& part : figure.parts)
    out.totals.push_back(part.counted.size());
  const auto cut = [](std::vector<figures::Counted>& list) {
    list.resize(std::min(list.size(), kLedgerRowsMax));
    list.shrink_to_fit();
  };
  cut(figure.counted);
  for (figures::Part& part : figure.parts)
    cut(part.counted);
  out.figure = std::move(figure);
  return out;
}

Status fill_ledger(const ViewSources& sources, const FiguresKept::Lists& lists, const FigureRowView& line,
                   const std::string& part, const std::string& handed_over, LedgerView& ledger) {
  const figures::Figure& figure = lists.figure;
  ledger.row = line.row;
  ledger.phrase = line.phrase;
  ledger.number = line.number;
  ledger.note = figures::note_of(figure, handed_over, sources.wording.messages());
  const std::size_t chosen = choose_list(sources, figure, part, ledger);
  ledger.total = static_cast<std::uint32_t>(lists.totals[chosen]);
  for (const figures::Counted& counted : chosen == 0 ? figure.counted : figure.parts[chosen - 1].counted) {
    LX_TRY(auto row, ledger_row(sources, counted));
    ledger.rows.push_back(std::move(row));
  }
  // By day where there are days, then by name: how a person looks for one.
  std::stable_sort(ledger.rows.begin(), ledger.rows.end(),
                   [](const LedgerRowView& a, const LedgerRowView& b) {
                     return std::tie(a.place, a.who) < std::tie(b.place, b.who);
                   });
  return {};
}

FigureRowView row_of(const ViewSources& sources, const figures::Figure& figure) {
  const Messages& messages = sources.wording.messages();
  const figures::FigureWords words = figures::words_of(figure, messages);
  FigureRowView row{figure.row, words.phrase, words.text, ""};
  std::vector<std::string> parts;
  for (const figures::Part& part : figure.parts) {
    const auto part_words = figures::words_of(figure, part, messages, sources.wording.short_language());
    parts.push_back(part_words.name + " " + part_words.text);
  }
  row.parts = Wording::dotted(parts);
  return row;
}

Status choose_unit(const ViewSources& sources, const Id& asked, QuestionView& view) {
  auto& database = sources.store.database();
  LX_TRY(const auto scopes, sources.store.records().scopes());
  const std::vector<Id> held = figures::held_units(scopes);
  LX_TRY(const auto top, figures::unit_of_laptop(database, held));
  if (!top) return fail("figures.no_unit");
  view.unit = asked.is_nil() ? top->id : asked;
  LX_TRY(const auto unit, figures::unit(database, view.unit));
  if (!unit) return fail("figures.scope", {{"id", view.unit.text()}});
  view.unit_name = unit->name;
  if (view.unit != top->id) view.units.push_back({unit->parent, sources.wording.text("view.figures.up")});
  LX_TRY(const auto below, figures::units_below(database, view.unit, sources.today().text()));
  for (const figures::Unit& one : below) {
    if (std::find(held.begin(), held.end(), one.id) != held.end())
      view.units.push_back({one.id.text(), one.name});
  }
  LX_TRY(const auto holding, figures::holding_of(database, view.unit, held, sources.today().text()));
  if (const auto problem = figures::holding_problem(holding, view.unit_name))
    view.checks.push_back(sources.wording.sentence(*problem));
  return {};
}

/// K4: an event counts for the unit of its day, wherever its member has been handed over to.
Id unit_of_day(const store::RecordShown& record) {
  const auto unit = Id::parse(record.value("org_id_at_event"));
  return unit.ok() ? *unit : record.scope;
}

}  // namespace

Result<LedgerRowView> ledger_row(const ViewSources& sources, const figures::Counted& counted) {
  LedgerRowView row;
  if (counted.amount != 1) row.amount = std::to_string(counted.amount);
  LX_TRY(row.record, Id::parse(counted.record));
  LX_TRY(const auto record, sources.store.records().get(row.record));
  if (!record) {
    row.who = sources.wording.text("view.figures.not_here");
    return row;
  }
  LX_TRY(const Id member, member_of(sources, row.record));
  row.day = day_in_words(sources, *record);
  LX_TRY(row.who, member.is_nil() ? name_in_words(sources, row.record)
                                  : store::name_of(sources.store.database(), "member", member));
  row.what = what_of(sources, *record);
  LX_TRY(row.place, store::name_of(sources.store.database(), "org_unit", unit_of_day(*record)));
  if (record->kind == "visit" || record->kind == "delivery") {
    row.opens = record->kind == "visit" ? RowOpens::kVisit : RowOpens::kDelivery;
    row.target = row.record;
  } else if (!member.is_nil()) {
    row.opens = RowOpens::kMember;
    row.target = member;
  }
  return row;
}

Result<Question> build_question(const ViewSources& sources, const Id& unit, const std::string& asked) {
  Question out;
  QuestionView& view = out.view;
  view.period = asked.empty() ? "year" : asked;
  for (const std::string_view name : kPeriods)
    view.periods.push_back({std::string(name), sources.wording.text("view.figures." + std::string(name))});
  LX_DO(choose_unit(sources, unit, view));
  const Period period = period_of(view.period, sources.today());
  view.period_text = sources.wording.text("view.figures.period",
                                          {{"from", sources.wording.partial_day(period.from.text())},
                                           {"as_of", sources.wording.partial_day(period.as_of.text())}});
  out.asked = {view.unit, period.from, period.as_of, false};
  LX_TRY(const auto undecided,
         figures::undecided(sources.store.records(), sources.store.database(), view.unit));
  view.undecided = figures::undecided_words(undecided, sources.wording.messages());
  return out;
}

namespace {

bool stands(const FiguresKept& kept, const figures::Asked& asked, std::uint64_t revision,
            const std::string& language) {
  return kept.revision == revision && kept.language == language && kept.asked.scope == asked.scope &&
         kept.asked.from == asked.from && kept.asked.as_of == asked.as_of &&
         kept.asked.current_divisions == asked.current_divisions;
}

Status count_all(const ViewSources& sources, figures::Ledger& ledger, FiguresKept& kept) {
  for (const figures::FigureDefinition& definition : figures::figure_definitions()) {
    if (definition.unit == "none") continue;
    LX_TRY(figures::Figure figure, figures::figure(ledger, definition));
    kept.rows.push_back(row_of(sources, figure));
    kept.lists.emplace(definition.row, lists_of(std::move(figure)));
  }
  LX_TRY(const auto checks, figures::checks(ledger));
  kept.failed = figures::failed_checks(checks, sources.wording.messages());
  const Date& from = kept.asked.from;
  LX_TRY(const std::size_t moved, figures::handed_over_since(sources.store.database(), ledger, from));
  kept.handed_over = figures::handed_over_words(moved, from, sources.wording.messages());
  return {};
}

Status open_ledger(const ViewSources& sources, const FiguresKept& kept, const FiguresAsked& asked,
                   FiguresView& view) {
  const auto lists = kept.lists.find(asked.row);
  const auto row = std::find_if(view.rows.begin(), view.rows.end(),
                                [&](const FigureRowView& one) { return one.row == asked.row; });
  if (lists == kept.lists.end() || row == view.rows.end()) return {};
  return fill_ledger(sources, lists->second, *row, asked.part, kept.handed_over, view.ledger);
}

}  // namespace

Result<FiguresView> build_figures(const ViewSources& sources, const FiguresAsked& asked, FiguresKept& kept) {
  FiguresView view;
  LX_TRY(Question question, build_question(sources, asked.unit, asked.period));
  view.question = std::move(question.view);
  auto& database = sources.store.database();
  const std::uint64_t revision = store::shown_revision(database);
  const std::string& language = sources.wording.language();
  if (!stands(kept, question.asked, revision, language)) {
    LX_TRY(auto ledger, figures::Ledger::open(database, question.asked));
    FiguresKept counted{revision, language, question.asked, {}, {}, {}, {}};
    LX_DO(count_all(sources, ledger, counted));
    kept = std::move(counted);
  }
  view.rows = kept.rows;
  if (asked.row != 0) LX_DO(open_ledger(sources, kept, asked, view));
  view.question.checks.insert(view.question.checks.end(), kept.failed.begin(), kept.failed.end());
  if (!kept.handed_over.empty()) view.question.checks.push_back(kept.handed_over);
  view.state.readiness = Readiness::kReady;
  return view;
}

}  // namespace lianxin::client::view
