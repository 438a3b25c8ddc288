// Who is out, since when and where; who keeps in touch with them; certificates and transfers.
#include <algorithm>

#include "client/county/making.hpp"
#include "client/county/words.hpp"

namespace lianxin::client::county {
namespace {

/// Months after which a member who is out counts as mobile (domain.md 6.1).
constexpr int kMobileMonths = 6;

struct Departure {
  std::string text;  ///< as filed
  Date first;        ///< the first day it may have been
};

/// Long enough ago that any day it may mean makes the member mobile.
Departure departure(const Making& making, Chance& chance) {
  const Date latest = making.as_of.plus_months(-kMobileMonths - 1);
  const Date day = chance.day(Date{making.begin.year - 9, 1, 1}, latest);
  const std::string text = day.text();
  if (chance.percent(8) && day.year < latest.year) return {text.substr(0, 4), Date{day.year, 1, 1}};
  const bool month_is_past = Date{day.year, day.month, 1} < Date{latest.year, latest.month, 1};
  if (chance.percent(30) && month_is_past) return {text.substr(0, 7), Date{day.year, day.month, 1}};
  return {text, day};
}

Fields where(Chance& chance, Member& member) {
  static const std::vector<std::string> kSectors{
      "private", "private", "self_employed", "urban_community", "institution", "town_community", "other"};
  const Row& place = chance.of(rows("destinations"));
  member.place = place.at(1);
  Fields fields{{"former_occupation", chance.percent(80) ? "farmer" : "skilled_worker"},
                {"dest_sector", chance.of(kSectors)}};
  if (chance.percent(98)) fields.emplace_back("dest_division", place.at(0));
  const std::string street = chance.of(rows("streets")).front();
  const std::string address = phrase("at", {{"place", place.at(1)}, {"street", street}});
  if (chance.percent(82)) fields.emplace_back("usual_place", address);
  if (chance.percent(55)) fields.emplace_back("dest_address", address);
  if (chance.percent(74)) {
    const std::string name = chance.of(rows("employers")).front();
    fields.emplace_back("employer", phrase("employer", {{"place", place.at(1)}, {"name", name}}));
    if (chance.percent(60))
      fields.emplace_back("employer_contact", "0431-8" + std::to_string(chance.between(100000, 999999)));
  }
  if (chance.percent(38)) {
    const std::string name = chance.of(rows("branches")).front();
    fields.emplace_back("dest_org_name", phrase("dest_branch", {{"place", place.at(1)}, {"name", name}}));
    fields.emplace_back("dest_contact", chance.of(cells("surnames")) + chance.of(cells("given_men")));
  }
  return fields;
}

Fields why(Chance& chance) {
  static const std::vector<std::vector<std::string>> kWhy{
      {"work", "work"},     {"work", "work"},   {"work", "work"},      {"trade", "trade"},
      {"family", "family"}, {"study", "study"}, {"retired", "retired"}};
  static const std::vector<std::string> kFound{"org_found", "org_found", "org_found", "member_came",
                                               "member_found"};
  const auto& reason = chance.of(kWhy);
  return {{"kind", reason[0]}, {"reason", reason[1]}, {"discovery", chance.of(kFound)}};
}

Id episode(Making& making, const Member& member, const Date& known_on, Fields fields, const Fields& more) {
  fields.insert(fields.end(), more.begin(), more.end());
  fields.emplace_back("member_id", member.id.text());
  return making.diary.add("mobility_episode", known_on, fields);
}

Fields joined(Fields one, const Fields& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

/// Those who count as mobile on the last day: out, verified, not ended, not transferred.
void go_out(Making& making, Chance& chance, Member& member) {
  const Departure left = departure(making, chance);
  member.left_on = left.first;
  const bool checked_in = chance.percent(74);
  const int link = chance.between(1, 100);
  Fields fields = joined(joined(where(chance, member), why(chance)),
                         {{"direction", "out"},
                          {"left_on", left.text},
                          {"state", checked_in ? "checked_in" : "out"},
                          {"verify_level", chance.percent(85) ? "committee" : "branch"},
                          {"collect_mode", chance.percent(60) ? "campaign" : "everyday"},
                          {"link_status", link <= 93   ? "in_contact"
                                          : link <= 98 ? "hard"
                                                       : "lost"},
                          {"origin_contact", making.secretaries[member.village].name}});
  // Who left in the year is found out about in the year.
  const Date known = std::max(making.before(), left.first.plus_days(20));
  if (checked_in && left.first.plus_days(40) < making.as_of)
    fields.emplace_back("checked_in_on", left.first.plus_days(chance.between(30, 40)).text());
  if (chance.percent(91)) {
    fields.emplace_back("national_entry_on", known.text());
    fields.emplace_back("national_entry_by", making.officer_of(member).id.text());
  }
  if (chance.percent(9)) {
    const Date home = chance.day(making.begin.plus_days(20), making.begin.plus_days(60));
    if (home > left.first && home.plus_days(20) < making.as_of) {
      fields.emplace_back("home_from", home.text());
      fields.emplace_back("home_to", home.plus_days(14).text());
    }
  }
  if (chance.percent(1)) {
    fields.emplace_back("abroad_on", left.first.text());
    fields.emplace_back("abroad_reason", phrase("abroad"));
  }
  member.episode = episode(making, member, known, std::move(fields), {});
}

/// Out for less than six months, come back, gone elsewhere, transferred, or here from another county.
void stay_uncounted(Making& making, Chance& chance, Member& member, std::size_t number) {
  const std::size_t what = number % 20;
  if (what < 5) {  // not yet six months
    const Date left = chance.day(making.as_of.plus_months(-kMobileMonths + 1), making.as_of.plus_days(-10));
    (void)episode(making, member, std::max(making.before(), std::min(left.plus_days(9), making.as_of)),
                  joined(where(chance, member), why(chance)),
                  {{"direction", "out"},
                   {"left_on", left.text()},
                   {"state", "out"},
                   {"verify_level", "branch"},
                   {"link_status", "in_contact"}});
  } else if (what < 9) {  // came home, or transferred
    const Date left = chance.day(Date{making.begin.year - 4, 3, 1}, making.begin.plus_months(-8));
    const bool transferred = what == 8;
    const Id id = episode(making, member, making.before(), joined(where(chance, member), why(chance)),
                          {{"direction", "out"},
                           {"left_on", left.text().substr(0, 7)},
                           {"state", "out"},
                           {"verify_level", "committee"},
                           {"link_status", "in_contact"}});
    const Date back = chance.day(making.begin.plus_days(10), making.as_of.plus_days(-5));
    making.diary.change("mobility_episode", id, making.entered(chance, back),
                        {{"returned_on", back.text()},
                         {"end_kind", transferred ? "transferred" : "returned"},
                         {"state", "ended"}});
    if (transferred)
      making.diary.add("transfer_request", making.entered(chance, back),
                       {{"member_id", member.id.text()},
                        {"from_org_id", making.ground.villages[member.village].id.text()},
                        {"to_org_text", phrase("transfer", {{"place", member.place}})},
                        {"asked_on", back.plus_days(-9).text()},
                        {"state", "done"},
                        {"obstacle", "none"},
                        {"done_on", back.text()}});
  } else if (what < 12) {  // came here
    const Row& from = chance.of(rows("destinations"));
    const Date came = chance.day(Date{making.begin.year - 2, 1, 1}, making.as_of.plus_months(-2));
    (void)episode(making, member, std::max(making.before(), came.plus_days(20)), why(chance),
                  {{"direction", "in"},
                   {"left_on", came.text()},
                   {"came_from_division", from.at(0)},
                   {"origin_org_text", phrase("transfer", {{"place", from.at(1)}})},
                   {"inflow_reason", "work"},
                   {"holds_certificate", chance.percent(40) ? "1" : "0"},
                   {"state", "checked_in"},
                   {"link_status", "in_contact"}});
  }
}

/// One liaison each; some were replaced in the year, a few have none at the moment.
void pair_up(Making& making, Chance& chance, Member& member) {
  const auto first = member.village * static_cast<std::size_t>(kLiaisonsOfVillage);
  const std::size_t own = chance.below(kLiaisonsOfVillage);
  const Worker& liaison = making.liaisons[first + own];
  const int what = chance.between(1, 200);
  member.liaison = liaison.id;
  const Date since = std::max(making.begin.plus_months(-10), member.left_on);
  const Date known = std::max(making.before(), since);
  if (what > 14) {
    making.diary.add("liaison_assignment", known,
                     {{"member_id", member.id.text()},
                      {"worker_id", liaison.id.text()},
                      {"from", since.text()},
                      {"reason", "initial"}});
    return;
  }
  const Worker& before = making.liaisons[first + (own + 1) % kLiaisonsOfVillage];
  const Date change = chance.day(std::max(known, making.begin).plus_days(1), making.as_of);
  const Id old = making.diary.add("liaison_assignment", known,
                                  {{"member_id", member.id.text()},
                                   {"worker_id", before.id.text()},
                                   {"from", since.text()},
                                   {"reason", "initial"}});
  making.diary.change("liaison_assignment", old, change, {{"to", change.plus_days(-1).text()}});
  if (what <= 2) return;  // the gap a table has to show
  making.diary.add("liaison_assignment", change,
                   {{"member_id", member.id.text()},
                    {"worker_id", liaison.id.text()},
                    {"from", change.text()},
                    {"reason", "replaced"},
                    {"handover_note", chance.of(rows("handovers")).front()}});
}

void check_certificate(Making& making, Chance& chance, const Id& certificate, const Member& member,
                       const Date& issued) {
  for (const int year : {making.begin.year - 1, making.begin.year}) {
    const Date on =
        year == making.begin.year ? making.as_of.plus_days(-chance.between(20, 90)) : making.before();
    if (on < issued || (year == making.begin.year && chance.percent(35))) continue;
    making.diary.add("certificate_check", on,
                     {{"certificate_id", certificate.text()},
                      {"year", std::to_string(year)},
                      {"occurred_on", on.text()},
                      {"worker_id", making.officer_of(member).id.text()},
                      {"outcome", chance.percent(94) ? "passed" : "not_seen"}});
  }
}

void certify(Making& making, Chance& chance, const Member& member, std::size_t number) {
  const Village& village = making.ground.villages[member.village];
  const Date issued = std::max(chance.day(making.begin.plus_months(-20), making.begin.plus_months(-2)),
                               member.left_on.plus_days(30));
  if (issued > making.as_of) return;
  static const std::vector<std::string> kStates{"valid",  "valid",      "valid", "valid",
                                                "issued", "checked_in", "lost"};
  const std::string state = chance.of(kStates);
  const auto certificate = [&](std::size_t serial, const std::string& as, const Date& on,
                               const Id& replaces) {
    return making.diary.add("certificate", std::max(making.before(), on),
                            {{"member_id", member.id.text()},
                             {"episode_id", member.episode.text()},
                             {"cert_no", "JY" + std::to_string(on.year) + std::to_string(10000 + serial)},
                             {"issued_on", on.text()},
                             {"issued_by_org", making.ground.townships[village.township].id.text()},
                             {"branch_filled_by", village.id.text()},
                             {"place_text", member.place},
                             {"time_text", member.left_on.text().substr(0, 7)},
                             {"photo_affixed", "1"},
                             {"state", as},
                             {"replaces", replaces.is_nil() ? std::string() : replaces.text()}});
  };
  const Id first = certificate(number, state, issued, Id{});
  if (state == "lost" && issued.plus_days(60) < making.as_of)
    (void)certificate(number + 5000, "valid", issued.plus_days(60), first);
  if (state == "valid") check_certificate(making, chance, first, member, issued);
  if (!chance.percent(20) || state != "valid") return;
  making.diary.change("certificate", first, making.as_of.plus_days(-20),
                      {{"leave_entry_seen", "1"},
                       {"leave_entry", phrase("dues_note")},
                       {"leave_entry_on", making.as_of.plus_days(-20).text()}});
}

void ask_for_transfer(Making& making, Chance& chance, const Member& member) {
  static const std::vector<std::string> kStates{"asked", "under_way", "refused", "withdrawn"};
  static const std::vector<std::string> kObstacles{"no_branch", "short_stay", "unwilling", "papers"};
  const std::string state = chance.of(kStates);
  const Date on = making.day(chance);
  making.diary.add("transfer_request", making.entered(chance, on),
                   {{"member_id", member.id.text()},
                    {"from_org_id", making.ground.villages[member.village].id.text()},
                    {"to_org_text", phrase("transfer", {{"place", member.place}})},
                    {"asked_on", on.text()},
                    {"state", state},
                    {"obstacle", state == "under_way" ? "none" : chance.of(kObstacles)}});
}

}  // namespace

void make_episodes(Making& making) {
  Chance chance(making.seed, "episodes");
  std::size_t number = 0;
  for (Member& member : making.members) {
    ++number;
    if (!member.is_mobile) {
      stay_uncounted(making, chance, member, number);
      continue;
    }
    go_out(making, chance, member);
    pair_up(making, chance, member);
    const bool long_away = member.left_on < making.as_of.plus_months(-12);
    if (long_away && chance.percent(44)) certify(making, chance, member, number);
    if (chance.percent(3)) ask_for_transfer(making, chance, member);
  }
}

}  // namespace lianxin::client::county
