// Questions and consultations, hardship files and aid, points, pledges.
#include <algorithm>

#include "client/county/making.hpp"
#include "client/county/words.hpp"
#include "shared/domain/festival.hpp"

namespace lianxin::client::county {
namespace {

constexpr std::size_t kOpenCases = 9;

Id consult(Making& making, Chance& chance, const Date& on, const Date& entered,
           const std::string& case_id = {}) {
  static const std::vector<std::string> kChannels{"phone",     "phone",     "wechat",
                                                  "in_person", "in_person", "family"};
  static const std::vector<std::string> kTopics{"affiliation", "certificate", "dues",   "system_entry",
                                                "policy",      "job",         "rights", "affiliation,dues"};
  const Member& member = making.somebody(chance);
  Fields fields{{"occurred_on", on.text()},
                {"worker_id", making.officer_of(member).id.text()},
                {"channel", chance.of(kChannels)},
                {"topics+", chance.of(kTopics)},
                {"solved_on_spot", case_id.empty() ? "1" : "0"},
                {"case_id", case_id}};
  if (chance.percent(12)) {
    fields.emplace_back("asker_kind", chance.percent(70) ? "family" : "employer");
    fields.emplace_back("org_id_at_event", making.ground.villages[member.village].id.text());
  } else {
    fields.emplace_back("member_id", member.id.text());
  }
  if (chance.percent(75)) fields.emplace_back("summary", chance.of(rows("consultations")).front());
  return making.diary.add("consultation", entered, fields);
}

void case_event(Making& making, const Id& id, const std::string& kind, const Date& on, const Worker& worker) {
  making.diary.add("case_event", std::min(on, making.as_of),
                   {{"case_id", id.text()},
                    {"kind", kind},
                    {"occurred_on", std::min(on, making.as_of).text()},
                    {"worker_id", worker.id.text()}});
}

/// What is asked or suggested; leads for home are no questions and are counted by themselves.
std::vector<Row> topics(bool leads) {
  std::vector<Row> out = rows("cases");
  std::erase_if(out, [&](const Row& row) { return (row.at(1) == "lead") != leads; });
  return out;
}

/// Every other one could be settled at the door.
void raise_at_visit(const Seen& seen, Fields& fields) {
  const bool on_spot = seen.on.day % 2 == 0;
  for (auto& [field, value] : fields) {
    if (field == "raised_via") value = "visit";
    if (field == "level" && on_spot) value = "on_spot";
    if (field == "due_on" && on_spot) value.clear();
  }
  fields.emplace_back("visit_id", seen.visit.text());
}

/// Opened on the day; what became of it is told by `answer`. Raised at a visit, if one is given.
Id open_case(Making& making, Chance& chance, const Date& on, const Member& member, const Row& what,
             const Seen* seen = nullptr) {
  static const std::vector<std::string> kVia{"visit", "phone", "phone", "wechat", "meeting", "family", "box"};
  static const std::vector<std::string> kLevels{"village", "village", "township", "county", "other_dept"};
  const Worker& owner = making.officer_of(member);
  const bool anonymous = chance.percent(4) && seen == nullptr;
  Fields fields{{"opened_on", on.text()},      {"raised_via", anonymous ? "box" : chance.of(kVia)},
                {"topic", what.at(0)},         {"kind", what.at(1)},
                {"content", what.at(2)},       {"level", chance.of(kLevels)},
                {"owner_id", owner.id.text()}, {"due_on", on.plus_days(20).text()}};
  if (seen != nullptr) raise_at_visit(*seen, fields);
  if (anonymous) {
    fields.emplace_back("anonymous", "1");
    fields.emplace_back("org_id_at_event", making.ground.villages[member.village].id.text());
  } else {
    fields.emplace_back("member_id", member.id.text());
  }
  const Id id = making.diary.add("case_item", std::max(on, making.before()), fields);
  case_event(making, id, "accepted", std::max(on, making.before()), owner);
  return id;
}

void answer(Making& making, Chance& chance, const Id& id, const Date& on, const Member& member,
            const Row& what) {
  const Worker& owner = making.officer_of(member);
  Fields fields{{"answer", what.at(3)}, {"answered_on", on.text()}};
  if (chance.percent(70)) fields.emplace_back("satisfaction", chance.percent(85) ? "1" : "2");
  case_event(making, id, "answered", on, owner);
  const Date closed = on.plus_days(chance.between(0, 6));
  const bool closes = chance.percent(88) && closed <= making.as_of;
  if (closes) fields.emplace_back("closed_on", closed.text());
  making.diary.change("case_item", id, closes ? closed : on, fields);
  if (closes) case_event(making, id, "closed", closed, owner);
}

/// A visit of these days; nullptr = none was found.
const Seen* heard_at(const Making& making, Chance& chance, const Date& first, const Date& last) {
  for (int tries = 0; tries < 60 && !making.seen.empty(); ++tries) {
    const Seen& one = chance.of(making.seen);
    if (one.on >= first && one.on <= last) return &one;
  }
  return nullptr;
}

void questions(Making& making, Chance& chance) {
  const std::vector<Row> asked = topics(false);
  const std::size_t answered = making.scaled(making.targets.answered);
  for (std::size_t n = 0; n < answered; ++n) {
    const Row& what = chance.of(asked);
    const Seen* seen =
        n >= 3 && n % 3 == 0 ? heard_at(making, chance, making.begin, making.as_of.plus_days(-16)) : nullptr;
    const Member& member = seen != nullptr ? *seen->member : making.somebody(chance);
    // The first few were asked last year and answered in this one.
    const Date opened = n < 3             ? making.begin.plus_days(-static_cast<int>(n) - 4)
                        : seen != nullptr ? seen->on
                                          : chance.day(making.begin, making.as_of.plus_days(-16));
    const Date on = std::max(making.begin.plus_days(3), opened.plus_days(chance.between(1, 15)));
    const Id id = open_case(making, chance, opened, member, what, seen);
    answer(making, chance, id, on, member, what);
    if (n == 6) {
      case_event(making, id, "reopened", on.plus_days(8), making.officer_of(member));
      case_event(making, id, "followed_up", on.plus_days(9), making.officer_of(member));
    }
  }
  for (std::size_t n = 0; n < making.scaled(kOpenCases); ++n) {
    const Seen* seen = n % 2 == 0
                           ? heard_at(making, chance, making.as_of.plus_days(-40), making.as_of.plus_days(-2))
                           : nullptr;
    const Member& member = seen != nullptr ? *seen->member : making.somebody(chance);
    const Date on =
        seen != nullptr ? seen->on : chance.day(making.as_of.plus_days(-40), making.as_of.plus_days(-2));
    const Id id = open_case(making, chance, on, member, chance.of(asked), seen);
    if (n % 3 == 0) case_event(making, id, "passed_up", on.plus_days(2), making.officer_of(member));
    if (n % 4 == 0) (void)consult(making, chance, on, on, id.text());
  }
}

void leads(Making& making, Chance& chance) {
  const std::vector<Row> heard = topics(true);
  for (std::size_t n = 0; n < making.scaled(6); ++n) {
    const Member& member = making.somebody(chance);
    const Row& what = chance.of(heard);
    const Date on = chance.day(making.begin, making.as_of.plus_days(-16));
    const Id id = open_case(making, chance, on, member, what);
    if (n % 2 == 0) answer(making, chance, id, on.plus_days(chance.between(1, 15)), member, what);
  }
}

void hardship_file(Making& making, Chance& chance, const Member& member, std::size_t number,
                   bool recognised) {
  static const std::vector<std::string> kHealth{"fair", "chronic", "chronic", "serious", "disabled", "good"};
  const Row& what = chance.of(rows("hardship"));
  const Date named = chance.day(making.begin.plus_months(-10), making.begin.plus_days(40));
  const Id& township = making.ground.townships[making.ground.villages[member.village].township].id;
  Fields fields{{"member_id", member.id.text()},
                {"active", "1"},
                {"nominated_on", named.text()},
                {"cause_class", what.at(0)},
                {"description", what.at(1)},
                {"level", chance.percent(70) ? "general" : "severe"},
                {"health", chance.of(kHealth)},
                {"on_allowance", chance.percent(30) ? "1" : "0"},
                {"household_size", std::to_string(chance.between(1, 5))},
                {"labour", std::to_string(chance.between(0, 1))},
                {"income_source", phrase("income")},
                {"per_capita_income_fen", std::to_string(chance.between(40, 120) * 10000)}};
  if (recognised) {
    fields.insert(fields.end(), {{"recognised_on", named.plus_days(24).text()},
                                 {"recognised_by", township.text()},
                                 {"notice_from", named.plus_days(10).text()},
                                 {"notice_to", named.plus_days(16).text()}});
    fields.emplace_back("pair_worker_id", making.secretaries[member.village].id.text());
    fields.emplace_back("paired_on", named.plus_days(26).text());
  }
  const Id id = making.diary.add("hardship_record", std::max(making.before(), named.plus_days(28)), fields);
  const bool is_over = recognised && number % 11 == 10;
  if (is_over)
    making.diary.change("hardship_record", id, making.as_of.plus_days(-15),
                        {{"active", "0"},
                         {"relieved_on", making.as_of.plus_days(-20).text()},
                         {"relieved_reason", phrase("relieved")}});
}

void aid(Making& making, Chance& chance, const Member& member) {
  static const std::vector<std::string> kOther{"medical", "school", "work", "one_to_one"};
  for (const std::string_view festival : {"spring_festival", "july_first"}) {
    const auto day = domain::FestivalCalendar::base().day_of(festival, making.begin.year);
    if (!day || *day > making.as_of || chance.percent(8)) continue;
    const Date on =
        chance.day(std::max(making.begin, day->plus_days(-12)), std::min(day->plus_days(2), making.as_of));
    const bool money = chance.percent(60);
    Fields fields{{"member_id", member.id.text()},
                  {"occurred_on", on.text()},
                  {"kind", money ? "money" : "goods"},
                  {"festival", std::string(festival)},
                  {"funder", chance.of(rows("funders")).front()},
                  {"worker_id", making.officer_of(member).id.text()}};
    fields.emplace_back(money ? "amount_fen" : "goods", money ? std::to_string(chance.between(3, 20) * 10000)
                                                              : chance.of(rows("goods")).front());
    making.diary.add("aid", making.entered(chance, on), fields);
  }
  if (!chance.percent(40)) return;
  const Date on = making.day(chance);
  making.diary.add("aid", making.entered(chance, on),
                   {{"member_id", member.id.text()},
                    {"occurred_on", on.text()},
                    {"kind", chance.of(kOther)},
                    {"worker_id", making.officer_of(member).id.text()}});
}

struct PointsRule {
  Id id;
  Row row;
};

void points_entry(Making& making, Chance& chance, const PointsRule& rule, const Member& member) {
  const Date on = making.day(chance);
  const Date known = making.entered(chance, on);
  const bool manual = rule.row.at(6) == "manual";
  const int state = chance.between(1, 100);
  Fields fields{
      {"member_id", member.id.text()},
      {"rule_id", rule.id.text()},
      {"rule_version", "1"},
      {"occurred_on", on.text()},
      {"points_tenths", rule.row.at(3)},
      {"state", state <= 86   ? "approved"
                : state <= 95 ? "proposed"
                              : "rejected"},
      {"reason", manual ? phrase("manual_points") : phrase("points_reason", {{"what", rule.row.at(1)}})}};
  if (state <= 86) {
    fields.emplace_back("approved_by", making.secretaries[member.village].id.text());
    fields.emplace_back("approved_on", known.text());
  }
  const Id entry = making.diary.take_over("points_entry", known, fields);
  if (state > 2) return;
  making.diary.take_over("points_entry", making.as_of,
                         {{"member_id", member.id.text()},
                          {"rule_id", rule.id.text()},
                          {"rule_version", "1"},
                          {"occurred_on", making.as_of.text()},
                          {"points_tenths", "-" + rule.row.at(3)},
                          {"state", "approved"},
                          {"approved_by", making.secretaries[member.village].id.text()},
                          {"approved_on", making.as_of.text()},
                          {"reverses", entry.text()},
                          {"reason", phrase("reversed_points")}});
}

}  // namespace

void make_questions(Making& making) {
  Chance chance(making.seed, "questions");
  // Every fourth open question was a consultation first (`questions`).
  const std::size_t became_cases = (making.scaled(kOpenCases) + 3) / 4;
  for (std::size_t n = 0; n + became_cases < making.scaled(making.targets.consultations); ++n) {
    const Date on = making.day(chance);
    const Date entered = making.entered(chance, on);
    const Id counted = consult(making, chance, on, entered);
    if (n % 50 == 9)
      making.diary.duplicate("consultation", consult(making, chance, on, entered), entered, counted);
    if (n % 45 == 11)
      making.diary.annul("consultation", consult(making, chance, on, entered), entered,
                         chance.of(rows("void_reasons")).front());
  }
  for (std::size_t n = 0; n < making.scaled(8); ++n) {
    const Date on = making.begin.plus_days(-static_cast<int>(n) - 2);
    (void)consult(making, chance, on, on);
  }
  questions(making, chance);
  leads(making, chance);
}

void make_hardship(Making& making) {
  Chance chance(making.seed, "hardship");
  std::vector<std::size_t> chosen = making.mobile;
  chance.shuffle(chosen);
  chosen.resize(std::min(chosen.size(), making.scaled(58)));
  for (std::size_t n = 0; n < chosen.size(); ++n) {
    const Member& member = making.members[chosen[n]];
    const bool recognised = n % 8 != 7;
    hardship_file(making, chance, member, n, recognised);
    if (recognised) aid(making, chance, member);
  }
}

void make_points(Making& making) {
  Chance chance(making.seed, "points");
  std::vector<PointsRule> rules;
  for (const Row& row : rows("points_rules")) {
    const Id id = making.diary.add("points_rule", making.before(),
                                   {{"code", row.at(0)},
                                    {"name", row.at(1)},
                                    {"class", row.at(2)},
                                    {"points_tenths", row.at(3)},
                                    {"cap_tenths", row.at(4)},
                                    {"cap_period", row.at(5)},
                                    {"applies_to+", "mobile,ordinary,backbone"},
                                    {"evidence", row.at(6)},
                                    {"evidence_filter", row.at(7) == "-" ? std::string() : row.at(7)},
                                    {"version", "1"},
                                    {"approve_by", "secretary"},
                                    {"from", making.begin.text()}});
    rules.push_back({id, row});
  }
  for (std::size_t n = 0; n < making.scaled(620); ++n)
    points_entry(making, chance, chance.of(rules), making.somebody(chance));
  for (std::size_t n = 0; n < making.scaled(430); ++n) {
    const Date on = making.day(chance);
    const bool promise = chance.percent(70);
    making.diary.add("pledge", making.entered(chance, on),
                     {{"member_id", making.somebody(chance).id.text()},
                      {"occurred_on", on.text()},
                      {"kind", promise ? "promise" : "identity"},
                      {"content", promise ? chance.of(rows("pledges")).front() : std::string()}});
  }
}

}  // namespace lianxin::client::county
