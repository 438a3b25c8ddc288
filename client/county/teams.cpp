// Teams, venues, support pairs, surveys, duty, the calendar, parameters, corrections, and persons registered
// twice.
#include <algorithm>

#include "client/county/making.hpp"
#include "client/county/words.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/festival.hpp"

namespace lianxin::client::county {
namespace {

Id team(Making& making, const Id& org, const std::string& kind, const std::string& level,
        const std::string& name, const Date& formed, const Date& dissolved = {}) {
  Fields fields{{"org_id", org.text()},
                {"team_kind", kind},
                {"name", name},
                {"level", level},
                {"formed_on", formed.text()}};
  if (dissolved.year != 0) fields.emplace_back("dissolved_on", dissolved.text());
  return making.diary.add("team", making.before(), fields);
}

/// Government, community, enterprise, organisation, self-employed, volunteers: the six a task team is made
/// of.
void staff(Making& making, Chance& chance, const Id& team_id, std::size_t township, bool all_origins) {
  static const std::vector<std::string> kOrigins{"organ",      "community",     "enterprise",
                                                 "social_org", "self_employed", "volunteer"};
  for (const std::string& origin : kOrigins) {
    if (!all_origins && origin != "community" && !chance.percent(50)) continue;
    Fields fields{
        {"team_id", team_id.text()}, {"origin", origin}, {"from", making.begin.plus_months(-8).text()}};
    if (origin == "organ") {
      fields.emplace_back("worker_id", making.officers[township].id.text());
    } else if (origin == "community") {
      const std::size_t village = chance.of(making.ground.townships[township].villages);
      fields.emplace_back("worker_id", making.liaisons[village * kLiaisonsOfVillage].id.text());
    } else if (origin == "volunteer") {
      fields.emplace_back("member_id", making.somebody(chance).id.text());
    } else {
      fields.emplace_back("person_name", chance.of(cells("surnames")) + chance.of(cells("given_men")));
    }
    making.diary.add("team_member", making.before(), fields);
  }
}

void survey(Making& making, Chance& chance, const std::string& kind, const std::string& name,
            const Date& from, int covered, bool old_only) {
  const Date to = std::min(from.plus_days(40), making.as_of);
  const Id id = making.diary.add("survey", from,
                                 {{"org_id", making.ground.county.text()},
                                  {"name", phrase(name)},
                                  {"kind", kind},
                                  {"from", from.text()},
                                  {"to", to.text()}});
  for (const std::size_t i : making.mobile) {
    const Member& member = making.members[i];
    if ((old_only && !member.is_old) || member.left_on.plus_days(25) > from || !chance.percent(covered))
      continue;
    const Date on = chance.day(from, to);
    making.diary.add("survey_answer", on,
                     {{"member_id", member.id.text()},
                      {"survey_id", id.text()},
                      {"occurred_on", on.text()},
                      {"outcome", chance.percent(82)   ? "unchanged"
                                  : chance.percent(90) ? "changed"
                                                       : "not_found"},
                      {"how", chance.percent(70) ? "phone" : "visit"},
                      {"worker_id", making.secretaries[member.village].id.text()}});
  }
}

void surveys(Making& making, Chance& chance) {
  survey(making, chance, "collection", "survey_collection", making.begin.plus_days(40), 95, false);
  if (making.begin.plus_days(130) < making.as_of)
    survey(making, chance, "old_infirm", "survey_old", making.begin.plus_days(120), 96, true);
}

void duty(Making& making, Chance& chance) {
  for (Date week = making.begin; week <= making.as_of; week = week.plus_days(7)) {
    if (chance.percent(3)) continue;  // nobody is down for that week
    making.diary.add("duty_shift", std::max(making.before(), week.plus_days(-5)),
                     {{"org_id", making.ground.county.text()},
                      {"worker_id", chance.of(making.officers).id.text()},
                      {"from", week.text()},
                      {"to", week.plus_days(6).text()},
                      {"remark", phrase("duty")}});
  }
}

void calendar(Making& making) {
  for (const std::string_view festival : {"spring_festival", "july_first", "mid_autumn", "national_day"}) {
    const auto day = domain::FestivalCalendar::base().day_of(festival, making.begin.year);
    if (!day) continue;
    making.diary.add("festival_day", making.before(),
                     {{"festival", std::string(festival)},
                      {"on", day->text()},
                      {"from", day->plus_days(-15).text()},
                      {"to", day->plus_days(7).text()}});
  }
  const std::vector<std::pair<std::string, std::string>> values{{"mobile_months", "6"},
                                                                {"contact_interval_days", "30"},
                                                                {"contact_min_per_quarter", "1"},
                                                                {"certificate_months", "12"},
                                                                {"close_day", "5"},
                                                                {"resend_counts_once", "1"},
                                                                {"family_study_counts", "1"},
                                                                {"meeting_unit", "group"},
                                                                {"points_on", "1"}};
  for (const auto& [name, value] : values)
    making.diary.add("parameter", making.before(),
                     {{"name", name}, {"value", value}, {"from", making.before().text()}});
}

/// What stood in the file, and what is right.
std::pair<std::string, std::string> corrected(const Member& member, const std::string& field) {
  if (field == "born_on") return {member.born.plus_months(1).text(), member.born.text()};
  if (field == "joined_on") return {member.joined.plus_months(-12).text(), member.joined.text()};
  if (field == "name") return {first_code_points(member.name, 1) + phrase("wrong_name"), member.name};
  return {phrase("wrong_address"), member.home};
}

void corrections(Making& making, Chance& chance) {
  static const std::vector<std::string> kFields{"born_on", "name", "joined_on", "home_address"};
  const auto& reasons = rows("corrections");
  for (std::size_t n = 0; n < making.scaled(17); ++n) {
    const Member& member = making.somebody(chance);
    const Date on = chance.day(making.begin, making.as_of.plus_days(-12));
    const bool decided = chance.percent(75);
    const auto [before, after] = corrected(member, kFields[n % kFields.size()]);
    Fields fields{{"member_id", member.id.text()},
                  {"occurred_on", on.text()},
                  {"record_id", member.id.text()},
                  {"field", kFields[n % kFields.size()]},
                  {"old_value", before},
                  {"new_value", after},
                  {"reason", reasons[n % reasons.size()].front()},
                  {"asked_by", chance.percent(60) ? "self" : "worker"},
                  {"due_on", on.plus_days(15).text()},
                  {"state", decided ? (chance.percent(85) ? "accepted" : "declined") : "open"},
                  {"worker_id", making.secretaries[member.village].id.text()}};
    if (decided) {
      fields.emplace_back("decided_on", on.plus_days(chance.between(1, 12)).text());
      fields.emplace_back("decided_by", making.officer_of(member).id.text());
    }
    making.diary.add("correction", std::min(on.plus_days(12), making.as_of), fields);
  }
}

/// The village of marriage has registered him as well; of two pairs a person has said that they are one.
void registered_twice(Making& making, Chance& chance) {
  for (std::size_t n = 0; n < 3; ++n) {
    const Member& known = making.somebody(chance);
    const std::size_t other = (known.village + 1) % making.ground.villages.size();
    const Village& village = making.ground.villages[other];
    const Id again = making.diary.add("member", making.begin.plus_days(50),
                                      {{"name", known.name},
                                       {"home_village_id", village.id.text()},
                                       {"id_missing_reason", "not_collected"},
                                       {"affiliation_text", phrase("branch", {{"village", village.name}})},
                                       {"unverified", "1"}});
    if (n < 2) making.twins.emplace_back(known.id, again);
  }
}

}  // namespace

void make_teams(Making& making) {
  Chance chance(making.seed, "teams");
  const Date formed = making.begin.plus_months(-8);
  for (std::size_t i = 0; i < making.ground.townships.size(); ++i) {
    const Township& township = making.ground.townships[i];
    staff(making, chance,
          team(making, township.id, "task", "township", phrase("task_team", {{"place", township.name}}),
               formed),
          i, true);
    (void)team(making, township.id, "volunteer", "township",
               phrase("volunteer_team", {{"place", township.name}}), formed);
    for (const Row& venue : rows("venues"))
      making.venues.push_back(
          making.diary.add("venue", making.before(),
                           {{"org_id", township.id.text()},
                            {"level", venue.at(1)},
                            {"from", formed.text()},
                            {"name", phrase("venue", {{"place", township.name}, {"name", venue.at(0)}})}}));
  }
  (void)team(making, making.ground.county, "task", "county", phrase("task_team", {{"place", ""}}),
             making.begin.plus_months(-20), making.begin.plus_days(30));
  const std::size_t counted = making.scaled(making.targets.grid_teams);
  for (std::size_t n = 0; n <= counted; ++n) {
    const std::size_t place = n * making.ground.villages.size() / (counted + 1);
    const Village& village = making.ground.villages[place];
    const std::string own = chance.of(rows("grid_teams")).front();
    const std::string name = phrase("grid_team", {{"place", village.name}, {"name", own}});
    const Date end = n == counted ? making.begin.plus_days(70) : Date{};  // the last one is no more
    staff(making, chance, team(making, village.id, "grid_service", "village", name, formed, end),
          village.township, false);
  }
}

void make_rest(Making& making) {
  Chance chance(making.seed, "rest");
  for (std::size_t n = 0; n < making.scaled(66); ++n) {
    const Member& member = making.somebody(chance);
    const Date from = chance.day(making.begin.plus_months(-6), making.as_of.plus_days(-3));
    Fields fields{{"member_id", member.id.text()},
                  {"purpose", chance.of(rows("supports")).front()},
                  {"from", from.text()},
                  {"helper_worker_id", making.secretaries[member.village].id.text()}};
    if (from.plus_days(90) < making.as_of && chance.percent(15))
      fields.emplace_back("to", from.plus_days(80).text());
    making.diary.add("support_pair", std::max(making.before(), std::min(from.plus_days(85), making.as_of)),
                     fields);
  }
  surveys(making, chance);
  duty(making, chance);
  calendar(making);
  corrections(making, chance);
  registered_twice(making, chance);
}

}  // namespace lianxin::client::county
