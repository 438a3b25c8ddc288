#include "client/view/due.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "client/view/due_papers.hpp"

namespace cv = lianxin::client::view;
using cv::DutyKind;
using cv::Urgency;
using lianxin::Date;
using lianxin::Id;
using lianxin::client::store::DutyFacts;
using lianxin::client::store::DutyMember;

namespace {

const Date kToday{2026, 11, 18};

Id id(std::uint8_t number) {
  const auto made = Id::parse("01900000-0000-7000-8000-0000000000" + std::string(number < 16 ? "0" : "") +
                              "0123456789abcdef"[number % 16]);
  REQUIRE(made.ok());
  return *made;
}

cv::DueRules rules(const Date& today = kToday) {
  cv::DueRules rules;
  rules.today = today;
  return rules;
}

/// Away since March 2025, verified, with one liaison, said of this quarter, certificate checked: only contact
/// can be due.
DutyMember away(const char* last_reached) {
  DutyMember member;
  member.contact.member = id(1);
  member.contact.name = "赵志远";
  member.contact.is_out = true;
  member.contact.left_on = "2025-03";
  member.contact.last_reached = last_reached;
  member.contact.silent_since = last_reached;
  member.contact.dest_division = "440300";
  member.contact.last_visit = "2025-01-01";
  member.episode = id(2);
  member.is_verified = true;
  member.liaisons = 1;
  member.said_this_quarter = true;
  member.reached_this_quarter = 1;
  member.certificate = id(3);
  member.certificate_on = "2025-10-01";
  member.certificate_year = 2026;
  return member;
}

std::vector<cv::Duty> duties(const DutyMember& member, const cv::DueRules& with = rules()) {
  static DutyFacts facts;  // the duties point into it
  facts = {};
  facts.closes = {{id(10), "三合镇", {"2026-10"}}};
  facts.members = {member};
  return cv::duties(facts, with);
}

cv::Duty only(const DutyMember& member, const cv::DueRules& with = rules()) {
  const auto found = duties(member, with);
  REQUIRE(found.size() == 1);
  return found.front();
}

/// With what is counted over the members.
const DutyFacts& counted(DutyFacts& facts) {
  facts.headcount = {};
  for (const DutyMember& member : facts.members)
    facts.headcount.add(member);
  return facts;
}

DutyFacts closed() {
  DutyFacts facts;
  facts.closes = {{id(10), "三合镇", {"2026-10"}}};
  return facts;
}

}  // namespace

TEST_CASE("a member away is due thirty days after he was last reached, and not before") {
  CHECK(only(away("2026-10-10")).kind == DutyKind::kContact);
  CHECK(only(away("2026-10-10")).urgency == Urgency::kLate);
  CHECK(only(away("2026-10-19")).urgency == Urgency::kToday);
  CHECK(only(away("2026-10-25")).kind == DutyKind::kContactSoon);
  CHECK(duties(away("2026-11-10")).empty());
  CHECK(only(away("2026-10-10")).on == Date{2026, 11, 9});
}

TEST_CASE("a county with another interval has other days, from the day its parameter holds") {
  DutyFacts facts = closed();
  CHECK(cv::due_rules(facts, kToday).contact_days == 30);
  facts.parameters["contact_interval_days"] = 60;
  facts.parameters["failed_attempts"] = 0;  // no number that makes sense: what is usual
  const cv::DueRules own = cv::due_rules(facts, kToday);
  CHECK(own.contact_days == 60);
  CHECK(own.failed_days == 3);
  CHECK(duties(away("2026-10-10"), own).empty());
}

TEST_CASE("six calendar months of silence are out of contact, whoever tried") {
  CHECK(only(away("2026-05-18")).kind == DutyKind::kLost);
  CHECK(only(away("2026-05-19")).kind == DutyKind::kContact);
  DutyMember marked = away("2026-11-17");
  marked.contact.lost_marked = true;
  CHECK(only(marked).kind == DutyKind::kLost);
  CHECK(only(marked).urgency == Urgency::kLate);
}

TEST_CASE("three days of vain attempts are told before the interval is over") {
  DutyMember member = away("2026-11-01");
  member.contact.failed_days = 2;
  CHECK(duties(member).empty());
  member.contact.failed_days = 3;
  CHECK(only(member).kind == DutyKind::kUnreached);
}

TEST_CASE("the family does not satisfy the interval, but it is no longer red") {
  DutyMember member = away("2026-10-01");
  CHECK(only(member).urgency == Urgency::kLate);
  member.contact.last_indirect = "2026-11-05";
  CHECK(only(member).kind == DutyKind::kFamilyOnly);
  CHECK(only(member).urgency == Urgency::kSoon);
  member.contact.last_indirect = "2026-10-05";  // longer ago than the interval
  CHECK(only(member).kind == DutyKind::kContact);
}

TEST_CASE("abroad the contact is half-yearly") {
  DutyMember member = away("2026-06-30");
  member.contact.is_abroad = true;
  CHECK(duties(member).empty());
  member.contact.last_reached = "2026-05-01";
  CHECK(only(member).kind == DutyKind::kContact);
}

TEST_CASE("a quarter without its least contacts presses two weeks before it ends") {
  DutyMember member = away("2026-12-10");
  member.reached_this_quarter = 1;
  cv::DueRules end = rules({2026, 12, 20});
  CHECK(duties(member, end).empty());
  end.contact_min = 2;
  CHECK(only(member, end).kind == DutyKind::kQuarterMinimum);
  CHECK(only(member, end).on == Date{2026, 12, 31});
  end.today = {2026, 12, 16};
  CHECK(duties(member, end).empty());
}

TEST_CASE("whoever nobody has visited is due without a day") {
  DutyMember member;
  CHECK(only(member).kind == DutyKind::kNeverVisited);
  CHECK_FALSE(only(member).on.has_value());
  DutyMember imported = away("");
  imported.contact.last_visit.clear();
  CHECK(only(imported).kind == DutyKind::kNeverVisited);
}

TEST_CASE("a mobile member has one liaison: none is late, two are told") {
  DutyMember member = away("2026-11-10");
  member.liaisons = 0;
  CHECK(only(member).kind == DutyKind::kLiaisonMissing);
  CHECK(only(member).urgency == Urgency::kLate);
  member.liaisons = 2;
  CHECK(only(member).kind == DutyKind::kLiaisonMany);
  member.liaisons = 0;
  member.contact.left_on = "2026-07";  // not six months yet
  member.certificate = id(3);
  CHECK(duties(member).empty());
}

TEST_CASE("a quarter in which nobody said a word about him asks until its last day") {
  DutyMember member = away("2026-11-10");
  member.said_this_quarter = false;
  const cv::Duty duty = only(member);
  CHECK(duty.kind == DutyKind::kRefresh);
  CHECK(duty.on == Date{2026, 12, 31});
  CHECK(duty.urgency == Urgency::kOpen);
  CHECK(cv::quarter_begin(kToday) == Date{2026, 10, 1});
}

TEST_CASE("a certificate is due after six months, checked once a year, and comes back") {
  DutyMember member = away("2026-11-10");
  member.certificate = {};
  CHECK(only(member).kind == DutyKind::kCertificateIssue);
  member.is_transferred = true;
  CHECK(duties(member).empty());
  member = away("2026-11-10");
  member.certificate_year = 0;  // issued 2025, never checked
  CHECK(only(member).kind == DutyKind::kCertificateCheck);
  CHECK(only(member).on == Date{2026, 12, 31});
  member.certificate_on = "2024-05-01";  // the check of 2025 is missing
  CHECK(only(member).urgency == Urgency::kLate);
  member.certificate_on = "2026-05-01";
  CHECK(duties(member).empty());
  member.episode = {};
  member.contact.is_out = false;
  member.was_away = true;
  CHECK(only(member).kind == DutyKind::kCertificateBack);
  CHECK(only(member).record == id(3));
}

TEST_CASE("members in care are visited in the festival's window, once") {
  cv::DueRules spring = rules({2027, 1, 20});
  spring.festival = "spring_festival";
  spring.festival_on = Date{2027, 2, 6};
  DutyMember member;
  member.contact.needs_care = true;
  member.contact.last_visit = "2026-12-01";
  CHECK(only(member, spring).kind == DutyKind::kFestival);
  CHECK(only(member, spring).urgency == Urgency::kSoon);
  member.contact.last_care_festival = "spring_festival";
  member.contact.last_care_on = "2027-01-18";
  CHECK(duties(member, spring).empty());
  member.contact.last_care_on = "2026-02-10";  // last year's
  CHECK(only(member, spring).kind == DutyKind::kFestival);
}

TEST_CASE("the county's own festival days override the table, with its window or the usual one") {
  DutyFacts facts = closed();
  CHECK(cv::due_rules(facts, {2026, 9, 20}).festival == "mid_autumn");
  CHECK(cv::due_rules(facts, {2026, 9, 15}).festival.empty());
  facts.festivals = {{"mid_autumn", "2026-09-25", "2026-09-10", "2026-09-12"}};
  CHECK(cv::due_rules(facts, {2026, 9, 11}).festival == "mid_autumn");
  CHECK(cv::due_rules(facts, {2026, 9, 20}).festival.empty());
  facts.festivals = {{"spring_festival", "2037-02-15", "", ""}};  // beyond the table
  CHECK(cv::due_rules(facts, {2037, 2, 1}).festival == "spring_festival");
  facts.festivals = {{"mid_autumn", "2026-09-28", "", ""}};
  CHECK(cv::due_rules(facts, {2026, 9, 21}).festival_on == Date{2026, 9, 28});
  CHECK(cv::due_rules(facts, {2026, 9, 20}).festival.empty());
}

TEST_CASE("a household in hardship is visited every thirty days") {
  DutyMember member;
  member.hardship = id(4);
  member.contact.last_visit = "2026-10-01";
  member.contact.last_reached = "2026-10-01";
  CHECK(only(member).kind == DutyKind::kHardshipVisit);
  CHECK(only(member).on == Date{2026, 10, 31});
  member.contact.last_visit = "2026-11-10";
  CHECK(duties(member).empty());
}

TEST_CASE("home for a while is met there; a day of return that has passed is asked about") {
  DutyMember member = away("2026-11-10");
  member.home_from = "2026-11-15";
  member.home_to = "2026-11-25";
  CHECK(only(member).kind == DutyKind::kHome);
  member.contact.last_visit = "2026-11-16";
  CHECK(duties(member).empty());
  member.home_from.clear();
  member.home_to.clear();
  member.expected_back_on = "2026-10";
  CHECK(only(member).kind == DutyKind::kBackExpected);
  CHECK(only(member).on == Date{2026, 10, 31});
  member.expected_back_on = "2026-11";  // the month is not over
  CHECK(duties(member).empty());
}

TEST_CASE("a birthday is told a week ahead, also over the end of the year") {
  DutyMember member;
  member.contact.last_visit = "2026-11-01";
  member.contact.born_on = "1979-11-25";
  CHECK(only(member).kind == DutyKind::kBirthday);
  member.contact.born_on = "1979-11";
  CHECK(duties(member).empty());
  member.contact.born_on = "1979-01-03";
  CHECK(only(member, rules({2026, 12, 30})).on == Date{2027, 1, 3});
}

TEST_CASE("questions are late after their day and told a week before") {
  DutyFacts facts = closed();
  facts.cases = {
      {id(5), {}, "job", "2026-11-10"}, {id(6), {}, "job", "2026-11-25"}, {id(7), {}, "job", "2026-11-26"}};
  const auto found = cv::duties(facts, rules());
  REQUIRE(found.size() == 2);
  CHECK(found[0].record == id(5));
  CHECK(found[0].urgency == Urgency::kLate);
  CHECK(found[1].urgency == Urgency::kSoon);
}

TEST_CASE("groups owe a meeting a month, campaigns everybody, the office its closing") {
  DutyFacts facts = closed();
  facts.groups = {{id(5), {}, "深圳群", false}, {id(6), {}, "长春群", true}};
  facts.surveys = {{id(7), "冬季采集", "2026-11-30", 40, 100}, {id(8), "夏季采集", "2026-11-17", 100, 100}};
  auto found = cv::duties(facts, rules());
  REQUIRE(found.size() == 2);
  CHECK(found[0].kind == DutyKind::kMeeting);
  CHECK(found[0].on == Date{2026, 11, 30});
  CHECK(found[1].kind == DutyKind::kSurvey);
  CHECK(found[1].done == 40);
  facts = {};
  facts.closes = {{id(10), "三合镇", {}}};
  facts.members = {away("2026-11-30")};
  found = cv::duties(facts, rules({2026, 12, 2}));
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == DutyKind::kMonthClose);
  CHECK(found[0].on == Date{2026, 12, 5});
  CHECK(found[0].name == "三合镇");
  CHECK(found[0].unit == id(10));
}

TEST_CASE("an office owes a month until each township has closed it, a village is told for a while") {
  DutyFacts facts;
  facts.closes = {{id(10), "三合镇", {}}};
  facts.members = {away("2026-11-10"), away("2026-11-10")};
  facts.members[1].contact.member = id(4);
  facts.members[1].home = id(9);
  const auto months = [&](const Date& today) {
    std::vector<std::string> out;
    for (const cv::Duty& duty : cv::duties(counted(facts), rules(today))) {
      if (duty.kind == DutyKind::kMonthClose) out.push_back(duty.on->text());
    }
    return out;
  };
  using Days = std::vector<std::string>;
  CHECK(months({2026, 11, 30}) == Days{"2026-11-05"});  // long past its day, and still there
  facts.closes[0].closed = {"2026-08"};
  CHECK(months({2026, 11, 30}) == Days{"2026-10-05", "2026-11-05"});  // September as well
  facts.closes[0].closed = {"2026-08", "2026-09", "2026-10"};
  CHECK(months({2026, 11, 30}).empty());
  CHECK(months({2026, 12, 1}) == Days{"2026-12-05"});
  facts.closes.push_back({id(11), "白山镇", {"2026-08"}});  // what one has closed the other still owes
  CHECK(months({2026, 11, 30}) == Days{"2026-10-05", "2026-11-05"});
  facts.closes = {{id(10), "三合镇", {}}};
  facts.members.pop_back();
  CHECK(months({2026, 11, 12}) == Days{"2026-11-05"});
  CHECK(months({2026, 11, 13}).empty());
}

TEST_CASE("intervals abroad, in hardship, of parcels and of silence are the county's as well") {
  DutyFacts facts = closed();
  const cv::DueRules usual = cv::due_rules(facts, kToday);
  CHECK(usual.abroad_days == 182);
  CHECK(usual.hardship_days == 30);
  CHECK(usual.parcel_days == 6);
  CHECK(usual.lost_months == 6);
  facts.parameters = {{"abroad_interval_days", 90},
                      {"hardship_interval_days", 15},
                      {"parcel_wait_days", 10},
                      {"lost_months", 3}};
  const cv::DueRules own = cv::due_rules(facts, kToday);
  CHECK(own.abroad_days == 90);
  CHECK(own.hardship_days == 15);
  CHECK(own.parcel_days == 10);
  CHECK(own.lost_months == 3);
  CHECK(only(away("2026-08-18"), own).kind == DutyKind::kLost);
  CHECK(only(away("2026-08-18")).kind == DutyKind::kContact);
}

TEST_CASE("a parcel of which nothing is heard is told after six days") {
  DutyFacts facts = closed();
  facts.members = {away("2026-11-10")};
  facts.parcels = {{id(5), id(1), "2026-11-12"}};
  CHECK(cv::duties(facts, rules()).size() == 1);
  facts.parcels = {{id(5), id(1), "2026-11-13"}};
  CHECK(cv::duties(facts, rules()).empty());
}

TEST_CASE("what is on its way to one who has died presses today, whoever is looked after") {
  DutyFacts facts = closed();
  facts.parcels = {{id(5), id(1), "2026-11-17", true, true, "赵志远"}, {id(6), id(1), "", true, false, "钱"}};
  const auto found = cv::duties(facts, rules());
  REQUIRE(found.size() == 2);
  for (const cv::Duty& duty : found) {
    CHECK(duty.kind == DutyKind::kParcelBack);
    CHECK(duty.urgency == Urgency::kToday);
    CHECK(cv::group_of(duty.kind) == cv::DutyGroup::kParcels);
  }
  CHECK(found[0].name == "赵志远");
  CHECK(found[0].record == id(5));
}

TEST_CASE("what is late comes first, then today, then soon, then what has time") {
  DutyFacts facts = closed();
  facts.members = {away("2026-11-10"), away("2026-10-19"), away("2026-10-01"), away("2026-10-25")};
  for (std::size_t i = 0; i < facts.members.size(); ++i)
    facts.members[i].contact.member = id(static_cast<std::uint8_t>(i + 1));
  facts.members[0].said_this_quarter = false;
  auto found = cv::duties(facts, rules());
  cv::Duty decide;
  decide.kind = DutyKind::kConflicts;
  decide.urgency = Urgency::kToday;
  cv::add_duty(found, decide);
  REQUIRE(found.size() == 5);
  CHECK(std::is_sorted(found.begin(), found.end(),
                       [](const cv::Duty& a, const cv::Duty& b) { return a.urgency < b.urgency; }));
  CHECK(found[0].member == id(3));
  CHECK(found[4].kind == DutyKind::kRefresh);
}

TEST_CASE("an agreed visit, a place nobody knows, a notice that is over, what stands twice") {
  DutyMember member = away("2026-11-10");
  member.contact.next_visit_on = "2026-11-26";
  CHECK(duties(member).empty());
  member.contact.next_visit_on = "2026-11-25";
  CHECK(only(member).kind == DutyKind::kNextVisit);
  CHECK(only(member).urgency == Urgency::kSoon);
  member.contact.next_visit_on = "2026-11-17";
  CHECK(only(member).urgency == Urgency::kLate);
  member = away("2026-11-10");
  member.contact.dest_division = "unknown";
  CHECK(only(member).kind == DutyKind::kPlaceUnknown);
  CHECK(only(member).record == id(2));
  member.contact.is_abroad = true;
  CHECK(duties(member).empty());
  member = away("2026-11-10");
  member.hardship = id(5);
  member.contact.last_visit = "2026-11-10";
  member.hardship_notice_to = "2026-11-18";
  CHECK(duties(member).empty());
  member.hardship_notice_to = "2026-11-17";
  CHECK(only(member).kind == DutyKind::kRecognise);
  member = away("2026-11-10");
  member.outflows = 1;
  member.certificates = 1;
  CHECK(duties(member).empty());
  member.outflows = 2;
  CHECK(only(member).kind == DutyKind::kTwice);
  CHECK(only(member).args.front().value == "mobility_episode");
}

TEST_CASE("silence begins when anybody last knew of him, or was first tried in vain") {
  DutyMember member = away("2026-03-01");
  member.contact.last_indirect = "2026-11-01";  // the family: contact is due, not lost
  member.contact.silent_since = "2026-11-01";
  CHECK(only(member).kind == DutyKind::kFamilyOnly);
  member.contact.silent_since = "2026-05-18";
  CHECK(only(member).kind == DutyKind::kLost);
  member = away("");
  member.contact.silent_since = "";
  CHECK(duties(member).empty());
  member.contact.silent_since = "2026-05-18";
  CHECK(only(member).kind == DutyKind::kLost);
}

TEST_CASE("questions without a day, consultations, requests and second numbers are told without one") {
  DutyFacts facts = closed();
  facts.cases = {
      {id(1), {}, "job", "", false}, {id(2), {}, "job", "", true}, {id(3), {}, "job", "2026-11-26", false}};
  facts.consultations = {{id(4), {}, "2026-11-01"}};
  facts.corrections = {{id(5), {}, "2026-11-17"}, {id(6), {}, ""}};
  facts.twice = {{id(7), "village_table", "2026Q3"}};
  std::set<std::pair<DutyKind, Id>> told;
  for (const cv::Duty& one : cv::duties(facts, rules()))
    told.emplace(one.kind, one.record);
  const std::set<std::pair<DutyKind, Id>> wanted = {{DutyKind::kCase, id(1)},
                                                    {DutyKind::kConsultation, id(4)},
                                                    {DutyKind::kCorrection, id(5)},
                                                    {DutyKind::kCorrection, id(6)},
                                                    {DutyKind::kTwice, id(7)}};
  CHECK(told == wanted);
  CHECK(cv::duties(facts, rules()).front().record == id(5));
  CHECK(cv::duties(facts, rules()).front().urgency == Urgency::kLate);
}

TEST_CASE(
    "every village owes its quarter's table, from two weeks before the end; an earlier one where it began") {
  DutyFacts facts = closed();
  facts.tables = {{id(1), "三合村", false, {}}, {id(2), "三合镇", true, {"2026Q2"}}};
  const auto told = [&](const Date& today) {
    std::vector<std::string> out;
    for (const cv::Duty& one : cv::duties(facts, rules(today)))
      if (one.kind == DutyKind::kVillageTable || one.kind == DutyKind::kRegister)
        out.push_back(one.name + one.args.front().value + std::string(cv::urgency_name(one.urgency)));
    return out;
  };
  using Told = std::vector<std::string>;
  CHECK(told({2026, 12, 16}) == Told{"三合镇2026Q3late"});
  CHECK(told({2026, 12, 17}) == Told{"三合镇2026Q3late", "三合村2026Q4soon", "三合镇2026Q4soon"});
  facts.tables[0].confirmed = {"2026Q4"};
  facts.tables[1].confirmed = {"2026Q2", "2026Q3", "2026Q4"};
  CHECK(told({2026, 12, 31}).empty());
}

TEST_CASE("an office is told how many stand in the national register") {
  static DutyFacts facts;  // the duties point into it
  facts = closed();
  DutyMember one = away("2026-11-10");
  DutyMember other = away("2026-11-10");
  other.contact.member = id(9);
  facts.members = {one, other};
  const auto national = [&] {
    std::string out;
    for (const cv::Duty& duty : cv::duties(counted(facts), rules()))
      if (duty.kind == DutyKind::kNational) out = duty.args.at(0).value + "/" + duty.args.at(1).value;
    return out;
  };
  CHECK(national() == "");  // one list only: no office
  facts.members[1].home = id(8);
  facts.members[0].is_entered = true;
  CHECK(national() == "1/2");
  facts.members[1].is_verified = false;
  CHECK(national() == "");
}
