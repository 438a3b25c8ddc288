// Workers and members: who they are, how they are reached, with all that is missing or odd in real files.
#include <array>

#include "client/county/making.hpp"
#include "client/county/words.hpp"

namespace lianxin::client::county {
namespace {

/// An area code that is nobody's: the people are invented.
constexpr const char* kArea = "220699";

std::string padded(std::size_t number, std::size_t width) {
  std::string out = std::to_string(number);
  return out.size() < width ? std::string(width - out.size(), '0') + out : out;
}

/// GB 11643: the last character over the first 17.
std::string with_check_digit(std::string number) {
  constexpr std::array<int, 17> kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i)
    sum += (number[i] - '0') * kWeights[i];
  return number + "10X98765432"[sum % 11];
}

std::string id_number(Chance& chance, const Date& born, bool is_man) {
  // An order that is no tail a number cell makes (id_number.lost_digits): it does not end in zeros.
  const int order = chance.between(10, 498) * 2 + (is_man ? 1 : 0);
  std::string day = born.text();
  day.erase(7, 1).erase(4, 1);
  return with_check_digit(kArea + day + padded(static_cast<std::size_t>(order), 3));
}

/// A day, of which files often know only the month or the year.
std::string as_filed(Chance& chance, const Date& day) {
  const std::string text = day.text();
  if (chance.percent(6)) return text.substr(0, 4);
  return chance.percent(14) ? text.substr(0, 7) : text;
}

struct Person {
  std::string name;
  std::string note;
  bool is_man = true;
};

Person person(Chance& chance) {
  static const std::vector<std::string> kSurnames = cells("surnames");
  static const std::vector<std::string> kMen = cells("given_men");
  static const std::vector<std::string> kWomen = cells("given_women");
  Person out;
  out.is_man = chance.percent(68);
  if (chance.between(1, 1000) <= 6) {
    out.name = chance.of(rows("minority_names")).front();
    return out;
  }
  const std::vector<std::string>& given = out.is_man ? kMen : kWomen;
  out.name = chance.of(kSurnames) + chance.of(given);
  if (chance.between(1, 1000) <= 12) {
    const Row& rare = chance.of(rows("rare_notes"));
    out.name += rare.at(0);
    out.note = rare.at(1);
  } else if (chance.percent(72)) {
    out.name += chance.of(given);
  }
  return out;
}

Worker worker(Making& making, Chance& chance, const Id& org, const Fields& more) {
  const Person who = person(chance);
  Fields fields{{"name", who.name},
                {"phone", telephone(20000000 + making.diary.size())},
                {"org_id", org.text()},
                {"from", making.begin.plus_months(-24).text()}};
  if (chance.percent(90)) fields.emplace_back("trained_on", making.before().text());
  fields.insert(fields.end(), more.begin(), more.end());
  return {making.diary.add("worker", making.before(), fields), who.name};
}

std::string address(Chance& chance, const Village& village) {
  return phrase("address", {{"village", village.name},
                            {"group", std::to_string(chance.between(1, 8))},
                            {"house", std::to_string(chance.between(1, 60))}});
}

/// Birth and ID number; some numbers are missing, some files differ from the card.
void add_identity(Chance& chance, const Date& born, bool is_man, Fields& fields) {
  fields.emplace_back("born_on", as_filed(chance, born));
  if (chance.percent(6)) {
    fields.emplace_back("id_missing_reason", chance.percent(70) ? "not_collected" : "refused");
    return;
  }
  const Date on_card = chance.percent(2) ? born.plus_months(1) : born;
  fields.emplace_back("id_no", id_number(chance, on_card, is_man));
}

Date add_membership(Making& making, Chance& chance, const Date& born, Fields& fields) {
  const Date latest = making.begin.plus_months(-18);
  const Date grown = born.plus_months(12 * 19);
  const Date joined = grown < latest ? chance.day(grown, latest) : latest;
  const bool is_full = chance.percent(96);
  fields.emplace_back("member_class", is_full ? "full" : "probationary");
  fields.emplace_back("joined_on", as_filed(chance, joined));
  if (is_full) fields.emplace_back("full_on", joined.plus_months(12).text());
  fields.emplace_back("standing", "normal");
  return joined;
}

/// The duty he has, "" = none.
std::string add_work(Chance& chance, bool is_mobile, Fields& fields) {
  static const std::vector<std::string> kOut{"migrant_worker", "migrant_worker",   "self_employed",
                                             "driver",         "enterprise_staff", "enterprise_manager",
                                             "freelance"};
  static const std::vector<std::string> kHome{"farmer",        "farmer",  "farmer",
                                              "self_employed", "teacher", "retired"};
  static const std::vector<std::string> kNew{"courier", "rider", "ride_hailing", "truck_driver", "streamer"};
  static const std::vector<std::string> kNeeds{"charter", "rules", "congress", "theory",
                                               "policy",  "law",   "skill"};
  static const std::vector<std::string> kTalents{"planting",     "breeding",     "building",  "marketing",
                                                 "online_trade", "entrepreneur", "management"};
  static const std::vector<std::string> kDuties{"observer", "supervisor", "publicist", "exemplar"};
  fields.emplace_back("occupation", chance.of(is_mobile ? kOut : kHome));
  if (is_mobile && chance.percent(7)) fields.emplace_back("new_employment", chance.of(kNew));
  if (chance.percent(70)) fields.emplace_back("study_needs+", chance.of(kNeeds) + "," + chance.of(kNeeds));
  if (chance.percent(9)) fields.emplace_back("talent_tags+", chance.of(kTalents));
  return is_mobile && chance.percent(5) ? chance.of(kDuties) : std::string();
}

Member member(Making& making, Chance& chance, std::size_t place, bool is_mobile) {
  static const std::vector<std::string> kEducation{"21", "31", "31", "41", "61", "61", "71", "71", "81"};
  static const std::vector<std::string> kPeoples{"01", "01", "01", "01", "01", "01", "01", "10", "11", "03"};
  const Village& village = making.ground.villages[place];
  const Person who = person(chance);
  const int age = is_mobile ? chance.between(21, 68) : chance.between(24, 88);
  const Date born = chance.day(Date{making.begin.year - age, 1, 1}, Date{making.begin.year - age, 12, 31});
  Member out;
  out.name = who.name;
  out.village = place;
  out.is_mobile = is_mobile;
  out.is_old = age >= 65;
  out.home = address(chance, village);
  Fields fields{{"name", who.name},
                {"name_note", who.note},
                {"gender", who.is_man ? "1" : "2"},
                {"ethnic", chance.of(kPeoples)},
                {"home_village_id", village.id.text()},
                {"affiliation_org_id", village.id.text()},
                {"affiliation_text", phrase("branch", {{"village", village.name}})},
                {"native_place", phrase("native")}};
  if (chance.percent(94)) fields.emplace_back("home_address", out.home);
  if (chance.percent(93)) fields.emplace_back("education", chance.of(kEducation));
  add_identity(chance, born, who.is_man, fields);
  out.born = born;
  out.joined = add_membership(making, chance, born, fields);
  const std::string duty = add_work(chance, is_mobile, fields);
  if (age >= 75) fields.emplace_back("care_flag", chance.percent(40) ? "infirm,old" : "old");
  fields.emplace_back("points_class", age >= 70 ? "special" : is_mobile ? "mobile" : "ordinary");
  fields.emplace_back("collect_mode", chance.percent(60) ? "campaign" : "everyday");
  fields.emplace_back("verify_level", chance.percent(88) ? "committee" : "branch");
  if (chance.percent(80)) {
    fields.emplace_back("notice_on", making.before().text());
    fields.emplace_back("notice_version", "1");
  }
  if (is_mobile && chance.percent(4)) fields.emplace_back("no_phone_reason", "none");
  out.id = making.diary.add("member", making.before(), fields);
  if (!duty.empty()) {
    making.diary.add("duty_role", making.before(),
                     {{"member_id", out.id.text()},
                      {"role", duty},
                      {"from", making.begin.plus_days(7 * born.day).text()}});
  }
  return out;
}

Id contact_point(Making& making, const Member& member, const std::string& number, const Fields& more) {
  Fields fields{{"member_id", member.id.text()}, {"value", number}};
  fields.insert(fields.end(), more.begin(), more.end());
  return making.diary.add("contact_point", making.before(), fields);
}

/// A mobile of one's own, of the family, of a neighbour, or none; couples share one.
void add_phones(Making& making, Chance& chance, Member& member, std::size_t number, std::string& last) {
  const int what = chance.between(1, 100);
  const std::string own = chance.percent(2) && !last.empty() ? last : telephone(number);
  member.has_own_phone = what <= 86;
  if (what <= 86) {
    member.phone = contact_point(making, member, own,
                                 {{"kind", "mobile"},
                                  {"owner", "self"},
                                  {"valid", chance.percent(95) ? "ok" : "unknown"},
                                  {"preferred", "1"}});
    last = own;
  } else if (what <= 94) {
    static const std::vector<std::string> kOwners{"spouse", "child", "parent", "neighbour"};
    member.phone = contact_point(making, member, own,
                                 {{"kind", "family_phone"},
                                  {"owner", chance.of(kOwners)},
                                  {"owner_note", phrase("owner_note")},
                                  {"valid", "ok"}});
  }
  if (what <= 86 && chance.percent(30))
    contact_point(making, member, "wx_jy" + std::to_string(number), {{"kind", "wechat"}, {"owner", "self"}});
  if (what <= 86 && chance.percent(4))
    contact_point(making, member, telephone(number + 10000000),
                  {{"kind", "mobile"}, {"owner", "self"}, {"valid", "dead"}, {"to", making.begin.text()}});
}

}  // namespace

std::string telephone(std::size_t number) { return "199" + padded(number * 7 % 100000000, 8); }

void make_workers(Making& making) {
  Chance chance(making.seed, "workers");
  static const std::vector<std::string> kOrigins{"working_member", "veteran", "double_check_in",
                                                 "social_worker"};
  for (const Township& township : making.ground.townships) {
    making.officers.push_back(
        worker(making, chance, township.id, {{"roles+", "officer"}, {"origin", "staff"}}));
    making.advisers.push_back(
        worker(making, chance, township.id, {{"roles+", "adviser"}, {"origin", "working_member"}}));
  }
  for (const Village& village : making.ground.villages) {
    making.secretaries.push_back(
        worker(making, chance, village.id, {{"roles+", "secretary"}, {"origin", "staff"}}));
    for (int i = 1; i <= kLiaisonsOfVillage; ++i) {
      const Worker liaison = worker(making, chance, village.id,
                                    {{"roles+", chance.percent(85) ? "grid_worker,liaison" : "liaison"},
                                     {"origin", chance.of(kOrigins)}});
      making.liaisons.push_back(liaison);
      const std::string part = chance.of(rows("estates")).front();
      making.diary.add("grid", making.before(),
                       {{"village_id", village.id.text()},
                        {"no", std::to_string(i)},
                        {"name", phrase("grid", {{"no", std::to_string(i)}})},
                        {"scope_text", phrase("grid_scope", {{"village", village.name}, {"part", part}})},
                        {"leader_id", chance.percent(90) ? liaison.id.text() : std::string()},
                        {"worker_ids+", liaison.id.text()},
                        {"from", making.begin.plus_months(-12).text()}});
    }
  }
}

void make_members(Making& making) {
  Chance chance(making.seed, "members");
  std::vector<std::size_t> weighted;  // a village once for each share it has of the mobile members
  for (std::size_t i = 0; i < making.ground.villages.size(); ++i) {
    if (!making.ground.villages[i].has_mobile) continue;
    for (int n = chance.between(4, 20); n > 0; --n)
      weighted.push_back(i);
  }
  std::string last;
  const std::size_t mobile = making.scaled(making.targets.mobile);
  const std::size_t all = mobile + making.scaled(making.targets.others);
  for (std::size_t i = 0; i < all; ++i) {
    const bool is_mobile = i < mobile;
    const std::size_t place = is_mobile ? chance.of(weighted) : chance.below(making.ground.villages.size());
    Member one = member(making, chance, place, is_mobile);
    add_phones(making, chance, one, 30000000 + i, last);
    if (is_mobile) making.mobile.push_back(making.members.size());
    making.members.push_back(std::move(one));
  }
}

}  // namespace lianxin::client::county
