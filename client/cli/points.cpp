// points: entries proposed, decided and taken back, rules that change, sums.
#include "client/app/points.hpp"

#include <map>

#include "client/app/points_sample.hpp"
#include "client/cli/personal.hpp"
#include "client/cli/warnings.hpp"
#include "client/cli/words.hpp"

namespace lianxin::client::cli {
namespace {

Result<Date> day_of(Call& call, const std::string& typed) {
  return typed.empty() ? Result<Date>(Date::of(call.clock.now_ms())) : parse_day(typed);
}

int say_made(Call& call, const app::PointsMade& made) {
  if (call.terminal.json())
    call.terminal.value(with_copies(
        call, {{"entry", made.entry.text()}, {"points_tenths", made.tenths}, {"capped", made.capped}}));
  else
    call.terminal.say(made.capped ? "points.made_capped" : "points.made",
                      {{"id", made.entry.text()}, {"points", app::points_text(made.tenths)}});
  return 0;
}

Exit decide(Call& call, bool approve) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id entry, store->records().find_id(call.options.id));
  LX_DO(app::decide_points(*store, entry, approve));
  if (call.terminal.json())
    call.terminal.value(
        with_copies(call, {{"entry", entry.text()}, {"state", approve ? "approved" : "rejected"}}));
  else
    call.terminal.say(approve ? "points.approved" : "points.rejected");
  return 0;
}

}  // namespace

Exit points_propose(Call& call) {
  LX_TRY(const auto store, open_store(call));
  app::PointsProposal proposal;
  LX_TRY(proposal.member, store->records().find_id(call.options.id));
  LX_TRY(proposal.rule, store->records().find_id(call.options.other));
  LX_TRY(proposal.on, day_of(call, call.options.as_of));
  proposal.evidence = call.options.value.value_or("");
  proposal.reason = call.options.text;
  LX_TRY(const app::PointsMade made, app::propose_points(*store, proposal));
  return say_made(call, made);
}

Exit points_approve(Call& call) { return decide(call, true); }

Exit points_reject(Call& call) { return decide(call, false); }

Exit points_reverse(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id entry, store->records().find_id(call.options.id));
  LX_TRY(const app::PointsMade made, app::reverse_points(*store, entry, call.options.text));
  return say_made(call, made);
}

Exit points_rule(Call& call) {
  std::vector<store::FieldEdit> changes;
  for (const std::string& word : call.options.words) {
    LX_TRY(store::FieldEdit edit, parse_field_word(word));
    changes.push_back(std::move(edit));
  }
  LX_TRY(const Date from, parse_day(call.options.from));
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id rule, store->records().find_id(call.options.id));
  LX_TRY(const Id next, app::change_points_rule(*store, rule, from, std::move(changes)));
  if (call.terminal.json())
    call.terminal.value(with_copies(call, {{"rule", next.text()}, {"from", from.text()}}));
  else
    call.terminal.say("points.rule_changed", {{"id", next.text()}, {"from", from.text()}});
  return 0;
}

Exit points_sample(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const std::size_t added, app::add_points_sample(*store));
  LX_TRY(const std::string on, app::parameter_on(*store, "points_on", Date::of(call.clock.now_ms())));
  if (call.terminal.json())
    call.terminal.value(with_copies(call, {{"added", added}, {"points_on", on == "1"}}));
  else
    call.terminal.say(on == "1" ? "points.sample_added" : "points.sample_off",
                      {{"count", std::to_string(added)}});
  return 0;
}

Exit points_sum(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Date as_of, day_of(call, call.options.as_of));
  Date from{as_of.year, 1, 1};
  if (!call.options.from.empty()) {
    LX_TRY(from, parse_day(call.options.from));
  }
  LX_TRY(const auto sums, app::points_sums(*store, from, as_of));
  std::map<std::string, std::int64_t> villages;
  Json members = Json::array();
  std::vector<std::vector<std::string>> rows;
  for (const app::PointsSum& sum : sums) {
    villages[sum.village] += sum.tenths;
    members.push_back({{"member", sum.member.text()},
                       {"name", sum.name},
                       {"village", sum.village},
                       {"points_tenths", sum.tenths},
                       {"entries", sum.entries}});
    rows.push_back({sum.village, sum.name, app::points_text(sum.tenths), std::to_string(sum.entries)});
  }
  Json by_village = Json::object();
  for (const auto& [village, tenths] : villages) {
    by_village[village] = tenths;
    rows.push_back({village, "", app::points_text(tenths), ""});
  }
  if (call.terminal.json())
    call.terminal.value(
        {{"from", from.text()}, {"as_of", as_of.text()}, {"members", members}, {"villages", by_village}});
  else if (!rows.empty())
    call.terminal.table(rows);
  return 0;
}

}  // namespace lianxin::client::cli
