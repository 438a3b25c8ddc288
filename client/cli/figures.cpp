// figures: the numbers of the report for a unit and a period, each with the records that make it.
#include "client/figures/figures.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "client/cli/call.hpp"
#include "client/cli/words.hpp"
#include "client/figures/checks.hpp"
#include "client/figures/handed_over.hpp"
#include "client/figures/undecided.hpp"
#include "client/figures/units.hpp"
#include "client/figures/words.hpp"
#include "client/view/figures_view_builder.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::cli {
namespace {

Json ids_of(const std::vector<figures::Counted>& counted) {
  Json out = Json::array();
  for (const figures::Counted& one : counted)
    out.push_back(one.record);
  return out;
}

/// Where a record counts for other than one.
Json amounts_of(const std::vector<figures::Counted>& counted) {
  Json out = Json::object();
  for (const figures::Counted& one : counted) {
    if (one.amount != 1) out[one.record] = one.amount;
  }
  return out;
}

/// What stands beside numbers.
struct Beside {
  std::vector<figures::Undecided> undecided;
  std::string handed_over;
};

/// How a figure is counted, what it leaves out, and what may be in it twice.
std::string note_beside(const Terminal& terminal, const figures::Figure& figure, const Beside& beside) {
  const std::string note = figures::note_of(figure, beside.handed_over, terminal.messages());
  const std::string twice =
      figures::undecided_words(figures::undecided_in(figure, beside.undecided), terminal.messages());
  return note.empty() || twice.empty() ? note + twice : note + " " + twice;
}

Json json_of(const Terminal& terminal, const figures::Figure& figure, const Beside& beside) {
  const figures::FigureWords words = figures::words_of(figure, terminal.messages());
  Json out = {{"phrase", words.phrase}};
  out["value"] = figure.value ? Json(*figure.value) : Json();
  out["unit"] = words.unit;
  out["text"] = words.text;
  out["denominator"] = figure.of ? Json(*figure.of) : Json();
  out["records"] = ids_of(figure.counted);
  if (const Json amounts = amounts_of(figure.counted); !amounts.empty()) out["amounts"] = amounts;
  out["note"] = note_beside(terminal, figure, beside);
  Json parts = Json::object();
  for (const figures::Part& part : figure.parts) {
    const figures::PartWords part_words =
        figures::words_of(figure, part, terminal.messages(), terminal.language());
    parts[part.name] = {
        {"phrase", part_words.name}, {"value", part.value}, {"records", ids_of(part.counted)}};
  }
  out["parts"] = parts;
  return out;
}

/// The records behind a number and behind its parts, each once, with the parts that count it.
std::vector<figures::Counted> counted_in(const figures::Figure& figure,
                                         std::map<std::string, std::vector<std::string>>& parts,
                                         const Terminal& terminal) {
  std::vector<figures::Counted> all = figure.counted;
  std::set<std::string> known;
  for (const figures::Counted& one : all)
    known.insert(one.record);
  for (const figures::Part& part : figure.parts) {
    const std::string name = figures::words_of(figure, part, terminal.messages(), terminal.language()).name;
    for (const figures::Counted& one : part.counted) {
      parts[one.record].push_back(name);
      if (known.insert(one.record).second) all.push_back({one.record, figure.value ? 0 : one.amount});
    }
  }
  return all;
}

/// A line for each: the day, who, what, where, how many, in which parts; the number last, for `get`.
Status say_ledger(const view::ViewSources& sources, Terminal& terminal, const figures::Figure& figure) {
  std::map<std::string, std::vector<std::string>> parts;
  std::vector<view::LedgerRowView> lines;
  for (const figures::Counted& one : counted_in(figure, parts, terminal)) {
    LX_TRY(auto line, view::ledger_row(sources, one));
    lines.push_back(std::move(line));
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const view::LedgerRowView& a, const view::LedgerRowView& b) {
                     return std::tie(a.place, a.who) < std::tie(b.place, b.who);
                   });
  std::vector<std::vector<std::string>> table;
  table.reserve(lines.size());
  for (const view::LedgerRowView& line : lines)
    table.push_back({"    " + line.place, line.who, line.day, line.what,
                     line.amount.empty() ? "1" : line.amount,
                     join(parts[line.record.text()], terminal.words("cli.comma")), line.record.text()});
  terminal.table(table);
  return {};
}

void say_figure(Terminal& terminal, const figures::Figure& figure, const Beside& beside) {
  const figures::FigureWords words = figures::words_of(figure, terminal.messages());
  std::vector<std::vector<std::string>> rows = {{std::to_string(figure.row), words.phrase, words.text}};
  for (const figures::Part& part : figure.parts) {
    const auto part_words = figures::words_of(figure, part, terminal.messages(), terminal.language());
    rows.push_back({"", "  " + part_words.name, part_words.text});
  }
  terminal.table(rows);
  if (const std::string note = note_beside(terminal, figure, beside); !note.empty())
    terminal.table({{"", "  " + note}});
}

/// Numbers of records that are not here would be noughts.
Status judge_holding(Call& call, store::LaptopStore& store, const Id& scope) {
  LX_TRY(const auto scopes, store.records().scopes());
  LX_TRY(const figures::Holding holding,
         figures::holding_of(store.database(), scope, figures::held_units(scopes),
                             Date::of(call.clock.now_ms()).text()));
  LX_TRY(const auto unit, figures::unit(store.database(), scope));
  const auto problem = figures::holding_problem(holding, unit ? unit->name : call.options.scope);
  if (!problem) return {};
  if (holding.is_nothing()) return *problem;
  call.terminal.note("error." + problem->code, problem->args);
  return {};
}

/// Ends with 1 when something does not agree.
Exit check_figures(Terminal& terminal, figures::Ledger& ledger) {
  LX_TRY(const std::vector<figures::Check> all, figures::checks(ledger));
  Json out = Json::array();
  bool holds = true;
  for (const figures::Check& one : all) {
    holds = holds && one.holds;
    out.push_back({{"name", one.name},
                   {"row", one.row},
                   {"number", one.number},
                   {"against", one.against},
                   {"holds", one.holds},
                   {"records", one.records}});
  }
  if (terminal.json()) {
    terminal.value(out);
  } else {
    for (const std::string& sentence : figures::failed_checks(all, terminal.messages()))
      terminal.table({{sentence}});
    if (holds) terminal.say("figures.checked", {{"count", std::to_string(all.size())}});
  }
  return holds ? 0 : 1;
}

}  // namespace

Result<figures::Asked> figures_asked(Call& call, store::LaptopStore& store) {
  figures::Asked asked;
  if (!call.options.scope.empty()) {
    LX_TRY(asked.scope, store.records().find_id(call.options.scope));
  } else {
    LX_TRY(const auto scopes, store.records().scopes());
    LX_TRY(const auto unit, figures::unit_of_laptop(store.database(), figures::held_units(scopes)));
    if (unit) asked.scope = unit->id;
  }
  const Date today = Date::of(call.clock.now_ms());
  asked.as_of = today;
  if (!call.options.as_of.empty()) {
    LX_TRY(asked.as_of, parse_day(call.options.as_of));
  }
  if (asked.as_of > today)
    call.terminal.note("figures.yet_to_come", {{"as_of", asked.as_of.text()}, {"today", today.text()}});
  asked.from = {asked.as_of.year, 1, 1};
  if (!call.options.from.empty()) {
    LX_TRY(asked.from, parse_day(call.options.from));
  }
  asked.current_divisions = call.options.current;
  return asked;
}

Exit figures_of(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const figures::Asked asked, figures_asked(call, *store));
  LX_DO(judge_holding(call, *store, asked.scope));
  LX_TRY(auto ledger, figures::Ledger::open(store->database(), asked));
  const auto& all = figures::figure_definitions();
  const std::optional<int>& row = call.options.row;
  if (row && (*row < 1 || static_cast<std::size_t>(*row) > all.size()))
    return fail("figures.row", {{"row", std::to_string(*row)}});
  Terminal& terminal = call.terminal;
  LX_TRY(const auto unit, figures::unit(store->database(), asked.scope));
  terminal.say("figures.head", {{"scope", unit ? unit->name : call.options.scope},
                                {"from", asked.from.text()},
                                {"as_of", asked.as_of.text()}});
  if (call.options.check) return check_figures(terminal, ledger);
  LX_DO(read_all_twins(call, *store));
  Beside beside;
  LX_TRY(beside.undecided, figures::undecided(store->records(), store->database(), asked.scope));
  LX_TRY(const std::size_t moved, figures::handed_over_since(store->database(), ledger, asked.from));
  beside.handed_over = figures::handed_over_words(moved, asked.from, terminal.messages());
  const view::Wording wording(std::make_shared<const Messages>(terminal.messages()),
                              terminal.language() == "en" ? "en" : "zh-CN");
  Json out = Json::object();
  for (const figures::FigureDefinition& definition : all) {
    if (row && definition.row != *row) continue;
    LX_TRY(const figures::Figure figure, figures::figure(ledger, definition));
    if (terminal.json()) {
      out[std::to_string(figure.row)] = json_of(terminal, figure, beside);
      continue;
    }
    say_figure(terminal, figure, beside);
    if (row) LX_DO(say_ledger({*store, wording}, terminal, figure));
  }
  if (terminal.json()) terminal.value(out);
  return 0;
}

}  // namespace lianxin::client::cli
