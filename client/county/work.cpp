// Visits, contacts and the quarterly confirmation: what liaisons do all year.
#include <algorithm>

#include "client/county/making.hpp"
#include "client/county/words.hpp"
#include "shared/domain/festival.hpp"

namespace lianxin::client::county {
namespace {

struct Stop {
  const Member* member = nullptr;
  Date on;
  std::string purposes;
  std::string mode = "door";
  std::string outcome = "met";
  std::string content;
  Fields more;
};

/// What was said of thought, work and life, each in its own place.
void add_talk(const Making& making, Fields& fields) {
  for (const std::string field : {"talk_thought", "talk_work", "talk_life"}) {
    const auto& words = rows(field);
    fields.emplace_back(field, words[making.diary.size() % words.size()].front());
  }
}

Id visit(Making& making, Chance& chance, const Stop& stop, const Date& entered) {
  const bool met = stop.outcome == "met" || stop.outcome == "met_family";
  static const std::vector<std::string> kFamily{"spouse", "parent", "child", "parent,child"};
  const int began = chance.between(8, 18);
  Fields fields{{"members+", stop.member->id.text()},
                {"occurred_on", stop.on.text()},
                {"mode", stop.mode},
                {"purposes+", stop.purposes},
                {"outcome", stop.outcome}};
  const bool pair = chance.percent(35);
  const std::string liaison = stop.member->liaison.is_nil()
                                  ? making.secretaries[stop.member->village].id.text()
                                  : stop.member->liaison.text();
  fields.emplace_back("workers+",
                      pair ? liaison + "," + making.secretaries[stop.member->village].id.text() : liaison);
  if (chance.percent(60)) {
    fields.emplace_back("began", (began < 10 ? "0" : "") + std::to_string(began) + ":10");
    fields.emplace_back("ended", (began < 10 ? "0" : "") + std::to_string(began) + ":50");
  }
  if (pair && chance.percent(30)) fields.emplace_back("companions", chance.of(rows("companions")).front());
  if (met) {
    fields.emplace_back("met_persons+", stop.outcome == "met" ? "self" : chance.of(kFamily));
    if (chance.percent(97)) fields.emplace_back("content", stop.content);
    fields.emplace_back("household_text", stop.member->home);
    if (chance.percent(40)) fields.emplace_back("ack_kind", chance.percent(70) ? "verbal" : "signature");
  }
  if (met && stop.purposes.find("talk") != std::string::npos) add_talk(making, fields);
  fields.insert(fields.end(), stop.more.begin(), stop.more.end());
  return making.diary.add("visit", entered, fields);
}

/// Questions may be raised at it.
void remember(Making& making, const Stop& stop, const Id& visit) {
  if (stop.outcome == "met" || stop.outcome == "met_family")
    making.seen.push_back({visit, stop.member, stop.on});
}

Stop study_stop(Making& making, Chance& chance) {
  static const std::vector<std::string> kPurposes{"study", "study", "study,deliver", "study,talk",
                                                  "study,verify"};
  Stop stop;
  stop.member = &making.somebody(chance);
  stop.on = making.day(chance);
  stop.purposes = chance.of(kPurposes);
  stop.mode = chance.percent(86) ? "door" : "workplace";
  stop.outcome = chance.percent(62) ? "met" : "met_family";
  stop.content = chance.of(rows("study_talks")).front();
  return stop;
}

/// Those that count; then attempts, other places, calls, last year's, mistakes and second entries.
void study_visits(Making& making, Chance& chance) {
  for (std::size_t n = 0; n < making.scaled(making.targets.study_visits); ++n) {
    const Stop stop = study_stop(making, chance);
    const Date entered = making.entered(chance, stop.on);
    const Id counted = visit(making, chance, stop, entered);
    remember(making, stop, counted);
    if (n % 60 == 5) making.diary.duplicate("visit", visit(making, chance, stop, entered), entered, counted);
    if (n % 50 == 7)
      making.diary.annul("visit", visit(making, chance, stop, entered), entered,
                         chance.of(rows("void_reasons")).front());
  }
  for (std::size_t n = 0; n < making.scaled(58); ++n) {
    Stop stop = study_stop(making, chance);
    const std::size_t what = n % 5;
    if (what <= 2) stop.outcome = n % 2 == 0 ? "nobody" : "moved";
    if (what == 3) stop.mode = n % 2 == 0 ? "venue" : "phone";
    if (what == 4) stop.on = making.begin.plus_days(-static_cast<int>(n % 25) - 2);
    (void)visit(making, chance, stop, std::max(making.before(), making.entered(chance, stop.on)));
  }
}

void other_visits(Making& making, Chance& chance) {
  static const std::vector<std::string> kPurposes{"talk",     "talk",    "verify", "verify,talk",
                                                  "hardship", "consult", "other"};
  static const std::vector<std::string> kOutcomes{"met",    "met",     "met",   "met_family",   "met_family",
                                                  "nobody", "refused", "moved", "wrong_address"};
  for (std::size_t n = 0; n < making.scaled(420); ++n) {
    Stop stop;
    stop.member = &making.somebody(chance);
    stop.on = making.day(chance);
    stop.purposes = chance.of(kPurposes);
    stop.mode = chance.percent(75) ? "door" : chance.percent(50) ? "venue" : "workplace";
    stop.outcome = chance.of(kOutcomes);
    stop.content = chance.of(rows("talks")).front();
    if (chance.percent(10)) stop.more.emplace_back("next_on", stop.on.plus_days(30).text());
    if (n % 12 == 0)
      stop.more.emplace_back(
          "workers+", making.advisers[making.ground.villages[stop.member->village].township].id.text());
    remember(making, stop, visit(making, chance, stop, making.entered(chance, stop.on)));
  }
}

/// Before Spring Festival and around 1 July.
void care_visits(Making& making, Chance& chance) {
  for (const std::string_view festival : {"spring_festival", "july_first"}) {
    const auto day = domain::FestivalCalendar::base().day_of(festival, making.begin.year);
    if (!day || *day > making.as_of) continue;
    for (std::size_t n = 0; n < making.scaled(190); ++n) {
      Stop stop;
      stop.member = &making.somebody(chance);
      stop.on = chance.day(day->plus_days(-12), std::min(day->plus_days(3), making.as_of));
      stop.purposes = "care";
      stop.outcome = chance.percent(45) ? "met" : "met_family";
      stop.content = chance.of(rows("talks")).front();
      stop.more.emplace_back("festival", std::string(festival));
      const bool money = chance.percent(30);
      stop.more.emplace_back("gift_kind", money ? "both" : "goods");
      stop.more.emplace_back("gift_qty", "1");
      if (money) stop.more.emplace_back("gift_amount_fen", std::to_string(chance.between(2, 8) * 10000));
      stop.more.emplace_back("gift_funder", chance.of(rows("funders")).front());
      (void)visit(making, chance, stop, making.entered(chance, stop.on));
    }
  }
}

void contact(Making& making, Chance& chance, const Member& member, const Date& on) {
  static const std::vector<std::string> kTopics{"life",    "work,life",   "study",
                                                "thought", "affiliation", "policy"};
  static const std::vector<std::string> kFailed{"no_answer",   "no_answer",    "switched_off",
                                                "dead_number", "wrong_person", "message_left"};
  const int drawn = chance.between(1, 100);
  const std::string channel = drawn <= 58   ? "phone"
                              : drawn <= 84 ? "wechat"
                              : drawn <= 88 ? "video"
                              : drawn <= 95 ? "family"
                              : drawn <= 98 ? "dest_org"
                                            : "employer";
  const bool reached = chance.percent(87);
  std::string outcome = channel == "family" ? "reached_family" : "reached_self";
  if (!reached) outcome = chance.of(kFailed);
  const Id& worker = member.liaison.is_nil() ? making.secretaries[member.village].id : member.liaison;
  Fields fields{{"member_id", member.id.text()},
                {"occurred_on", on.text()},
                {"worker_id", worker.text()},
                {"channel", channel},
                {"direction", chance.percent(82) ? "we_called" : "he_called"},
                {"outcome", outcome}};
  if (channel == "phone" && !member.phone.is_nil())
    fields.emplace_back("contact_point_id", member.phone.text());
  if (reached) {
    fields.emplace_back("topics+", chance.of(kTopics));
    fields.emplace_back("content", chance.of(rows("contents")).front());
  }
  making.diary.add("contact_attempt", making.entered(chance, on), fields);
}

std::string quarter_of(const Date& day) {
  return std::to_string(day.year) + "Q" + std::to_string((day.month - 1) / 3 + 1);
}

/// "Unchanged" is said member by member; a few are still missing when the quarter ends.
void confirm_quarter(Making& making, Chance& chance, const Member& member, const Date& first) {
  static const std::vector<std::string> kHow{"phone", "phone", "phone", "visit", "family"};
  const Date last = std::min(first.plus_months(3).plus_days(-1), making.as_of);
  if (member.left_on.plus_days(20) > last || chance.percent(2)) return;
  const Date on = chance.day(std::max(first, member.left_on.plus_days(20)), last);
  const Id& worker = member.liaison.is_nil() ? making.secretaries[member.village].id : member.liaison;
  making.diary.add("quarter_refresh", std::min(on.plus_days(1), making.as_of),
                   {{"member_id", member.id.text()},
                    {"quarter", quarter_of(first)},
                    {"occurred_on", on.text()},
                    {"outcome", chance.percent(88) ? "unchanged" : "changed"},
                    {"how", chance.of(kHow)},
                    {"worker_id", worker.text()}});
}

}  // namespace

void make_visits(Making& making) {
  Chance chance(making.seed, "visits");
  study_visits(making, chance);
  other_visits(making, chance);
  care_visits(making, chance);
}

void make_contacts(Making& making) {
  Chance chance(making.seed, "contacts");
  for (const std::size_t i : making.mobile) {
    const Member& member = making.members[i];
    // Some are called every month, some each quarter, a few hardly ever.
    const int every = chance.percent(88) ? chance.between(20, 29) : chance.between(60, 110);
    Date on = std::max(making.begin, member.left_on).plus_days(chance.between(0, every));
    for (; on <= making.as_of; on = on.plus_days(every + chance.between(-6, 6)))
      contact(making, chance, member, on);
    for (Date quarter = making.begin; quarter <= making.as_of; quarter = quarter.plus_months(3))
      confirm_quarter(making, chance, member, quarter);
  }
}

}  // namespace lianxin::client::county
