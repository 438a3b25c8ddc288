// due: what the rhythm asks for, the most pressing first. refresh: "unchanged this quarter".
#include "client/view/due.hpp"

#include <map>

#include "client/app/quarter_refresh.hpp"
#include "client/cli/call.hpp"
#include "client/cli/warnings.hpp"
#include "client/cli/words.hpp"
#include "client/view/due_words.hpp"
#include "client/view/duplicates_view_builder.hpp"
#include "client/view/wording.hpp"

namespace lianxin::client::cli {
namespace {

Json id_json(const Id& id) { return id.is_nil() ? Json() : Json(id.text()); }

Json duty_json(const view::Duty& duty, const std::string& why) {
  Json out;
  out["kind"] = std::string(view::duty_name(duty.kind));
  out["group"] = std::string(view::group_name(view::group_of(duty.kind)));
  out["urgency"] = std::string(view::urgency_name(duty.urgency));
  out["due"] = duty.on ? Json(duty.on->text()) : Json();
  out["member"] = id_json(duty.member);
  out["record"] = id_json(duty.record);
  out["name"] = duty.name;
  out["why"] = why;
  out["liaison"] = duty.of == nullptr ? Json() : id_json(duty.of->liaison);
  if (duty.all > 0) out["done"] = duty.done;
  if (duty.all > 0) out["all"] = duty.all;
  return out;
}

}  // namespace

Exit due(Call& call) {
  store::DutyAsked asked;
  asked.today = Date::of(call.clock.now_ms());
  if (!call.options.as_of.empty()) {
    LX_TRY(asked.today, parse_day(call.options.as_of));
  }
  LX_TRY(const auto store, open_store(call));
  if (!call.options.scope.empty()) {
    LX_TRY(asked.scope, store->records().find_id(call.options.scope));
  }
  LX_TRY(const store::DutyFacts facts, store::duty_facts(store->database(), asked));
  const view::DueRules rules = view::due_rules(facts, asked.today);
  std::vector<view::Duty> duties = view::duties(facts, rules);
  LX_TRY(const store::StoreStatus status, store->records().status());
  LX_TRY(const std::uint32_t twins, view::count_duplicates(*store));
  view::add_decisions(status.conflicts, twins, rules, duties);
  Terminal& terminal = call.terminal;
  const bool english = terminal.language() == "en";
  const view::Wording wording(std::make_shared<const Messages>(terminal.messages()),
                              english ? "en" : "zh-CN");
  Json all = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const view::Duty& duty : duties) {
    const std::string why = view::why_in_words(wording, duty, rules);
    if (terminal.json())
      all.push_back(duty_json(duty, why));
    else
      rows.push_back({view::due_in_words(wording, duty, rules.today).text, duty.name, why});
  }
  if (terminal.json()) {
    terminal.value(all);
    return 0;
  }
  terminal.say("cli.due.head", {{"day", asked.today.text()}, {"count", std::to_string(duties.size())}});
  terminal.table(rows);
  return 0;
}

Exit refresh(Call& call) {
  app::RefreshAsked asked;
  asked.quarter = call.options.quarter;
  asked.how = call.options.how;
  LX_TRY(const auto store, open_store(call));
  for (const std::string& word : call.options.words) {
    LX_TRY(const Id member, store->records().find_id(word));
    asked.members.push_back(member);
  }
  LX_TRY(const app::Refreshed done, app::say_unchanged(*store, asked));
  if (!done.saved.ok) return refuse(call, done.problem_kind, done.saved.problems);
  const Json warnings = place_warnings(call, *call.terminal.catalogue().kind("quarter_refresh"), done.saved);
  if (call.terminal.json()) {
    Json out = {{"said", Json::array()}, {"already", Json::array()}};
    if (!warnings.empty()) out["warnings"] = warnings;
    for (std::size_t i = 0; i < done.members.size(); ++i)
      out["said"].push_back({{"member", done.members[i].text()}, {"id", done.records[i].text()}});
    for (const Id& member : done.already)
      out["already"].push_back(member.text());
    call.terminal.value(with_copies(call, std::move(out)));
    return 0;
  }
  call.terminal.say("cli.refreshed", {{"count", std::to_string(done.members.size())},
                                      {"already", std::to_string(done.already.size())}});
  say_warnings(call, warnings);
  return 0;
}

}  // namespace lianxin::client::cli
