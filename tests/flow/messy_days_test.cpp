// Messy days, time and places (domain.md 5: situations 7, 8, 9, 12, 18): villages merge, workers and laptops
// go, clocks lie, numbers are questioned, paper comes late.
#include "shared/base/date.hpp"
#include "tests/flow/messy.hpp"

namespace {

using namespace lianxin::test;
using namespace lianxin::test::messy;

constexpr long long kDay = 24LL * 3600 * 1000;

Environment clock_off_by(long long days) {
  return {{"LIANXIN_CLOCK_OFFSET_MS", std::to_string(days * kDay)}};
}

TEST_CASE("messy 7: two villages become one, and one is renumbered") {
  Desk d;
  const std::string here = mobile(d.a, "赵并村", kSanhe);
  const std::string there = mobile(d.b, "钱大井", kLinhe);
  const std::string visit = study_visit(d.a, here, "2026-05-01");
  study_visit(d.b, there, "2026-06-01");
  put(d.a, {"contact_attempt", "member_id=" + here, "occurred_on=2026-09-20", "channel=phone",
            "outcome=reached_self"});
  d.settle();
  const int villages = figure(d.office, kCountyCode, 14).at("denominator");
  CHECK(villages == 118);
  // One laptop is on the road that day and writes to the old village.
  const std::string late = study_visit(d.a, here, "2026-09-25");
  const std::string newcomer = mobile(d.a, "孙路上", kSanhe);
  const std::string on = today(d.county);
  const Json preview =
      d.county.server({"division", "merge", kSanhe, "--into", kLinhe, "--on", on, "--preview"});
  CHECK(preview.at("kinds").at("member").at("moved") == 1);
  CHECK(mobiles(d.office, kSanhe) == 1);  // a preview moves nothing
  d.county.server({"division", "merge", kSanhe, "--into", kLinhe, "--on", on});
  d.settle();
  CHECK(d.a.ctl({"status"}).at("scopes") == Json::array({kLinhe}));
  CHECK(field(d.office, d.office.ctl({"get", kSanhe}).at("id"), "merged_into") ==
        Json::array({d.office.ctl({"get", kLinhe}).at("id")}));
  // Tables due from that day on follow the new list; the old day keeps the old one.
  CHECK(figure(d.office, kCountyCode, 14, on).at("denominator") == villages - 1);
  CHECK(figure(d.office, kCountyCode, 14).at("denominator") == villages);
  // What was done stays where it was done; what came late is mapped and counts once.
  CHECK(counts(figure(d.office, kSanhe, 45), visit));
  CHECK(value(d.office, kCountyCode, 45) == 3);
  CHECK(counts(figure(d.office, kCountyCode, 45), late));
  CHECK(value(d.office, kLinhe, 45) + value(d.office, kSanhe, 45) == 3);
  const Json current = figure(d.office, kLinhe, 45, kAsOf, {"--current-divisions"});
  CHECK(current.at("value") == 3);  // as of today's divisions
  // People live in the new village from that day on, and what is known of them came along.
  CHECK(mobiles(d.office, kLinhe, on) == 3);
  CHECK(mobiles(d.office, kSanhe, on) == 0);
  CHECK(mobiles(d.office, kLinhe) == 1);
  CHECK(mobiles(d.office, kSanhe) == 2);
  CHECK(figure(d.office, kLinhe, 20, kAsOf, {"--current-divisions"}).at("denominator") == 3);
  CHECK(counts(figure(d.office, kSanhe, 20), here));
  CHECK(mobiles(d.a, kSanhe) == 2);  // its laptop holds what went up in the other
  CHECK(d.b.ctl({"get", newcomer}).at("fields").at("name").at("value") == "孙路上");
  CHECK(times(printed(d.county, d.office, "f1", kSanhe), "赵并村") == 1);
  CHECK(listed(d.county, {"quarantine", "list"}).empty());
}

TEST_CASE(
    "messy 8: a worker is replaced in the middle of a month, and leaves with a laptop that was not synced") {
  Desk d;
  Laptop next = d.county.laptop("新", "worker", kLinhe);
  const std::string who = mobile(d.a, "周交接", kSanhe);
  d.settle();
  put(d.town, {"liaison_assignment", "member_id=" + who, "worker_id=" + d.county.worker_id("甲"),
               "from=2026-01-01", "reason=initial"});
  const std::string open_case =
      put(d.a, {"case_item", "member_id=" + who, "opened_on=2026-09-01", "kind=question", "topic=affiliation",
                "raised_via=visit", "level=village", "owner_id=" + d.county.worker_id("甲")});
  const std::string visit = study_visit(d.a, who, "2026-09-02");
  d.settle();
  // Written after the last sync; then the laptop is reported lost.
  const std::string unsynced = study_visit(d.a, who, "2026-09-18");
  const std::string on = today(d.county);
  d.county.server({"worker", "replace", d.county.worker_id("甲"), d.county.worker_id("新"), "--on", on});
  std::string device;
  for (const Json& one : listed(d.county, {"device", "list"})) {
    if (one.at("worker") == d.county.worker_id("甲")) device = one.at("device");
  }
  d.county.server({"device", "revoke", device});
  const Json held = d.county.server({"device", "report", device}).at("people");
  CHECK(std::any_of(held.begin(), held.end(), [&](const Json& one) {
    return one.at("member") == who && one.at("name") == "周交接" && one.at("scopes") == kSanhe;
  }));
  CHECK(refusal(d.a.try_ctl({"sync"})) == "sync.revoked");
  d.county.settle({&d.b, &d.town, &d.office, &next});
  // His work stays his; the pair, the open question and the member are his successor's.
  CHECK(history(d.office, visit).at(0).at("author") == "甲");
  CHECK(field(next, open_case, "owner_id") == d.county.worker_id("新"));
  CHECK(counts(figure(d.office, kCountyCode, 31, on), who));
  CHECK(value(d.office, kCountyCode, 30, on) == 1);  // exactly one open pair
  const std::string day_before = lianxin::Date::parse(on).value().plus_days(-1).text();
  CHECK(value(d.office, kCountyCode, 30, day_before) == 1);  // and on the last day of the old one
  CHECK(next.ctl({"get", who}).at("fields").at("name").at("value") == "周交接");
  // The laptop turns up: what it sent is kept aside with a mark, and the office takes it in once.
  const Json aside = listed(d.county, {"quarantine", "list"});
  REQUIRE(!aside.empty());
  bool found = false;
  for (const Json& one : aside) {
    CHECK(one.dump().find("device_revoked") != std::string::npos);
    found = found || one.dump().find(unsynced) != std::string::npos;
  }
  CHECK(found);
  CHECK(value(d.office, kCountyCode, 45) == 1);
  for (const Json& one : aside)
    d.county.server({"quarantine", "accept", one.at("change")});
  CHECK(listed(d.county, {"quarantine", "list"}).empty());
  d.county.settle({&d.b, &d.town, &d.office, &next});
  CHECK(value(d.office, kCountyCode, 45) == 2);
  CHECK(counts(figure(d.office, kCountyCode, 45), unsynced));
  CHECK(history(d.office, unsynced).at(0).at("author") == "甲");
}

TEST_CASE("messy 9: the laptop's clock is wrong, and a day's records are put right with a reason") {
  Desk d;
  const std::string who = mobile(d.a, "吴守时", kSanhe, {"current_address=原处"});
  d.settle();
  // The battery was flat: the clock says the year 2000. The day is set by hand on one, forgotten on two.
  const Environment flat = clock_off_by(-26 * 365);
  const auto flat_put = [&](Words words) {
    words.insert(words.begin(), "put");
    return d.a.ctl(words, flat).at("id").get<std::string>();
  };
  const Words visit = {"visit", "members+=" + who, "mode=door", "outcome=met", "purposes+=study"};
  const auto on = [&](const std::string& day) {
    Words words = visit;
    words.push_back("occurred_on=" + day);
    return words;
  };
  const std::string by_hand = flat_put(on("2026-09-14"));
  const std::string first = flat_put(on("2000-12-05"));
  const std::string second = flat_put(on("2000-12-05"));
  const std::string of_other = put(d.town, on("2000-12-05"));
  d.a.ctl({"put", "member", "--id", who, "current_address=钟错时所记"}, flat);
  d.town.ctl({"put", "member", "--id", who, "current_address=钟准时所记"});
  d.a.ctl({"sync"}, flat);
  CHECK(std::abs(d.a.ctl({"status"}, flat).at("clock_offset_ms").get<long long>()) > 9000 * kDay);
  d.settle();
  CHECK(history(d.office, by_hand).at(0).at("clock_suspect") == true);  // flagged, not refused
  // It does not win by its stamp: a person decides.
  const Json cards = d.office.ctl({"conflict", "list"});
  REQUIRE(cards.size() == 1);
  CHECK(cards[0].at("shown") == "钟准时所记");
  d.office.ctl({"conflict", "resolve", cards[0].at("id"), "--value", "钟准时所记"});
  CHECK(value(d.office, kCountyCode, 45) == 1);  // 2000 is not this year

  const std::string before = d.a.dump();
  const Json preview =
      d.a.ctl({"shift", "2000-12-05", "2026-09-15", "--reason", "电池没电，日期有误", "--preview"});
  CHECK(d.a.dump() == before);  // a preview does nothing
  CHECK(preview.at("records").size() == 2);
  const Json shifted = d.a.ctl({"shift", "2000-12-05", "2026-09-15", "--reason", "电池没电，日期有误"});
  CHECK(shifted.at("records").size() == 2);
  d.settle();
  CHECK(value(d.office, kCountyCode, 45) == 3);
  for (const std::string& one : {first, second}) {
    CHECK(field(d.office, one, "occurred_on") == "2026-09-15");
    const Json last = history(d.office, one).back();
    CHECK(last.at("cause") == "correction");
    CHECK(last.dump().find("电池没电") != std::string::npos);
    CHECK(history(d.office, one).dump().find("2000-12-05") !=
          std::string::npos);  // the old day stays readable
  }
  CHECK(field(d.office, of_other, "occurred_on") == "2000-12-05");  // another's record is his to put right
  CHECK(refusal(d.a.try_ctl({"shift", "2000-12-05", "2026-09-15", "--reason", "再"})) == "shift.none");
  CHECK(refusal(d.a.try_ctl({"shift", "2026-09-15", "2026-09-15", "--reason", "同"})) == "shift.same");
  d.settle();
}

TEST_CASE("messy 12: the numbers are questioned: every one opens to its list, and the difference has names") {
  Desk d;
  const std::string who = mobile(d.a, "郑查数", kSanhe);
  const std::string far = mobile(d.b, "王查数", kLinhe);
  for (const char* day : {"2026-03-01", "2026-04-01", "2026-05-01"})
    study_visit(d.a, who, day);
  const std::string twice = study_visit(d.a, who, "2026-05-01");
  d.settle();
  const Json before = figure(d.office, kCountyCode, 45, "2026-06-30");
  CHECK(before.at("value") == 4);
  CHECK(before.at("records").size() == 4);  // the list is the number
  // Two laptops bring late records, one double entry is struck out.
  const std::string late_a = study_visit(d.a, who, "2026-06-10");
  const std::string late_b = study_visit(d.b, far, "2026-06-11");
  d.a.ctl({"void", twice, "--reason", "重复登记"});
  d.settle();
  const Json after = figure(d.office, kCountyCode, 45, "2026-06-30");
  CHECK(after.at("value") == 5);
  Words more, less;
  for (const Json& id : after.at("records"))
    if (!counts(before, id)) more.push_back(id);
  for (const Json& id : before.at("records"))
    if (!counts(after, id)) less.push_back(id);
  std::sort(more.begin(), more.end());
  CHECK(more == (late_a < late_b ? Words{late_a, late_b} : Words{late_b, late_a}));
  CHECK(less == Words{twice});
  CHECK(history(d.office, late_b).at(0).at("author") == "乙");
  CHECK(history(d.office, twice).dump().find("重复登记") != std::string::npos);
  // By village: 4 and 1, and they add up.
  CHECK(value(d.office, kSanhe, 45) == 4);
  CHECK(value(d.office, kLinhe, 45) == 1);
  d.check_sum(45);
}

TEST_CASE("messy 18: paper signed in the field is entered two weeks later, when the month is closed") {
  Desk d;
  const std::string who = mobile(d.a, "冯补报", kSanhe);
  study_visit(d.a, who, "2026-08-20");
  d.settle();
  put(d.town, {"month_close", std::string("org_id=") + kTown, "month=2026-08", "state=closed",
               "closed_on=2026-09-05"});
  d.settle();
  const Json august = figure(d.office, kCountyCode, 45, "2026-08-31");
  const std::string paper = study_visit(d.a, who, "2026-08-28");
  d.settle();
  // By the day it happened (K1), with the moment it was written beside it.
  CHECK(field(d.office, paper, "occurred_on") == "2026-08-28");
  CHECK(history(d.office, paper).at(0).at("at").get<std::string>().substr(0, 10) > "2026-08-28");
  CHECK(value(d.office, kCountyCode, 45) == 2);
  CHECK(value(d.office, kCountyCode, 45, "2026-08-27") == 1);
  const Json again = figure(d.office, kCountyCode, 45, "2026-08-31");
  CHECK(again.at("value") == august.at("value").get<int>() + 1);
  CHECK(counts(again, paper));
  CHECK(!counts(august, paper));
  CHECK(field(d.office, d.office.ctl({"list", "month_close"}).at(0).at("id"), "state") == "closed");
  d.check_sum(45);
}

}  // namespace
