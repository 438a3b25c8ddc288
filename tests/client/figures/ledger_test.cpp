// The conventions every count obeys (domain.md 0), each against a county of six records or so.
#include <algorithm>
#include <doctest/doctest.h>

#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

constexpr int kConsultations = 36;
constexpr int kStudyVisits = 45;
constexpr int kMobileShare = 30;
constexpr int kParcels = 50;
constexpr int kRedPackages = 53;
constexpr int kFestivalVisits = 66;

Id consultation(CountyDesk& desk, const Id& member, const std::string& day) {
  return desk.add("consultation", {{"member_id", member.text()}, {"occurred_on", day}});
}

TEST_CASE("K1, K5: counted by the day it happened, both ends of the period among them") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  for (const char* day : {"2025-12-31", "2026-01-01", "2026-05-31", "2026-06-30", "2026-07-01"})
    consultation(desk, member, day);
  CHECK(desk.number(kConsultations, {}, "2026-06-30") == 3);
  CHECK(desk.number(kConsultations, {}, "2026-07-01") == 4);
  CHECK(desk.number(kConsultations, {}, "2026-06-30", "2026-06-01") == 1);
  CHECK(desk.number(kConsultations, {}, "2026-01-01", "2026-01-01") == 1);
}

TEST_CASE("K2: a voided record leaves the counts and stays in the store") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const Id kept = consultation(desk, member, "2026-03-01");
  const Id voided = consultation(desk, member, "2026-03-02");
  CHECK(desk.number(kConsultations) == 2);
  REQUIRE(desk.records.void_record(voided, "登记有误").ok());
  CHECK(desk.number(kConsultations) == 1);
  CHECK(desk.figure(kConsultations).counted.front().record == kept.text());
  CHECK(desk.records.get(voided)->has_value());
}

TEST_CASE("K3: one fact, one count; both stay readable, and taking the word back counts both again") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const Id first = consultation(desk, member, "2026-03-01");
  const Id second = consultation(desk, member, "2026-03-01");
  desk.put("consultation", second, {{"duplicate_of", first.text()}});
  CHECK(desk.number(kConsultations) == 1);
  cs::ListQuery all;
  all.kind = "consultation";
  CHECK(desk.records.list(all)->size() == 2);
  CHECK(desk.problems().empty());
  desk.put("consultation", second, {{"duplicate_of", ""}});
  CHECK(desk.number(kConsultations) == 2);
}

TEST_CASE("K3: two entries of one person count once, with all that was done for either") {
  CountyDesk desk;
  const Id one = desk.mobile_member("甲", desk.sanhe);
  const Id other = desk.mobile_member("甲", desk.linhe);
  desk.add("liaison_assignment",
           {{"member_id", other.text()}, {"worker_id", desk.worker.text()}, {"from", "2026-01-01"}});
  CHECK(desk.figure(kMobileShare).of == 2);
  REQUIRE(desk.records.say_twins(one, other, cs::TwinWord::kSame)->ok);
  CHECK(desk.figure(kMobileShare).of == 1);
  CHECK(desk.number(kMobileShare) == 1);
  CHECK(desk.figure(kMobileShare).counted.front().record == one.text());
}

TEST_CASE(
    "K3: two entries of one visit count once, with what either says: neither who was met nor what for is "
    "lost") {
  CountyDesk desk;
  const Id one = desk.mobile_member("甲", desk.sanhe);
  const Id other = desk.mobile_member("乙", desk.sanhe);
  const Id first = desk.visit({{"members+", one.text()}});
  const Id second = desk.visit({{"members+", other.text()},
                                {"members+", one.text()},
                                {"purposes+", "study"},
                                {"festival", "july_first"},
                                {"purposes+", "care"},
                                {"gift_amount_fen", "30000"}});
  CHECK(desk.number(kStudyVisits) == 1);
  REQUIRE(desk.records.say_twins(first, second, cs::TwinWord::kSame)->ok);
  REQUIRE(desk.number(kStudyVisits) == 1);
  CHECK(desk.figure(kStudyVisits).counted.front().record == first.text());
  CHECK(desk.part(kStudyVisits, "person_times") == 2);
  CHECK(desk.number(kFestivalVisits) == 1);
  CHECK(desk.part(kFestivalVisits, "money_fen") == 30000);
  REQUIRE(desk.records.void_record(second, "登记有误").ok());  // what it said is taken back with it
  CHECK(desk.number(kStudyVisits) == 0);
  CHECK(desk.number(kFestivalVisits) == 0);
}

TEST_CASE("K3: one parcel entered twice goes out once, with the contents and the end that either says") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  const Id pack = desk.add("material", {{"code", "R"}, {"name", "红色包裹"}, {"kind", "red_package"}});
  const auto parcel = [&](const Fields& more) {
    Fields fields = {{"member_id", member.text()}, {"mode", "courier"}};
    fields.insert(fields.end(), more.begin(), more.end());
    return desk.add("delivery", fields);
  };
  const auto holds = [&](const Id& delivery) {
    desk.add("delivery_line", {{"delivery_id", delivery.text()}, {"material_id", pack.text()}, {"qty", "1"}});
  };
  const auto became = [&](const Id& delivery, const std::string& kind) {
    desk.add("delivery_event",
             {{"delivery_id", delivery.text()}, {"kind", kind}, {"occurred_on", "2026-05-09"}});
  };
  const Id first = parcel({});
  const Id second = parcel({{"dispatched_on", "2026-05-04"}});
  holds(second);
  became(second, "returned");
  const auto counts = [&] {
    return std::vector<std::int64_t>{desk.number(kParcels), desk.number(kRedPackages),
                                     desk.part(kRedPackages, "returned"), desk.part(kRedPackages, "waiting")};
  };
  CHECK(counts() == std::vector<std::int64_t>{1, 1, 1, 0});
  REQUIRE(desk.records.say_twins(first, second, cs::TwinWord::kSame)->ok);
  CHECK(counts() == std::vector<std::int64_t>{1, 1, 1, 0});
  holds(first);  // what both list is in it once
  CHECK(counts() == std::vector<std::int64_t>{1, 1, 1, 0});
  const Id again = parcel({{"dispatched_on", "2026-05-20"}, {"resend_of", second.text()}});
  holds(again);
  CHECK(counts() == std::vector<std::int64_t>{2, 1, 1, 1});
  REQUIRE(desk.records.void_record(second, "登记有误").ok());  // then the first was never sent
  CHECK(counts() == std::vector<std::int64_t>{1, 1, 0, 1});
}

TEST_CASE("K4: an event stays with the unit of its day; the view of today moves it") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.linhe);
  consultation(desk, member, "2026-03-01");
  desk.put("org_unit", desk.linhe, {{"to", "2026-04-01"}, {"merged_into+", desk.baishan.text()}});
  desk.put("member", member, {{"home_village_id", desk.baishan.text()}});
  consultation(desk, member, "2026-05-01");
  CHECK(desk.number(kConsultations, desk.east) == 1);
  CHECK(desk.number(kConsultations, desk.west) == 1);
  CHECK(desk.number(kConsultations) == 2);
  CHECK(desk.figure(kConsultations, desk.west, "2026-09-30", "2026-01-01", true).value == 2);
  // A village that is no more owes no table.
  CHECK(desk.figure(14).of == 2);
  CHECK(desk.figure(14, {}, "2026-03-31").of == 3);
  CHECK(desk.figure(14, {}, "2026-04-01").of == 3);  // its last day is one of its days
  CHECK(desk.figure(14, {}, "2026-04-02").of == 2);
}

TEST_CASE("a village that went up in another on the first of a month was there on the last day before") {
  CountyDesk desk;
  desk.put("org_unit", desk.linhe, {{"to", "2026-03-31"}, {"merged_into+", desk.baishan.text()}});
  CHECK(desk.figure(14, {}, "2026-03-30").of == 3);
  CHECK(desk.figure(14, {}, "2026-03-31").of == 3);
  CHECK(desk.figure(14, {}, "2026-04-01").of == 2);
  // Its people are the other's now: there is no card of its own that could be old.
  for (const Id& home : {desk.sanhe, desk.baishan}) {
    const Id member = desk.mobile_member("甲", home);
    desk.add("quarter_refresh", {{"member_id", member.text()},
                                 {"quarter", "2026Q1"},
                                 {"occurred_on", "2026-03-30"},
                                 {"outcome", "unchanged"}});
  }
  for (const figures::Part& part : desk.figure(16, {}, "2026-03-31").parts)
    CHECK(part.value == 1);
}

TEST_CASE("a village under a new number is one village on every day, with its people") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.linhe);
  const Id renumbered = desk.unit("village", "临河村", desk.east, {{"from", "2026-04-01"}});
  desk.put("org_unit", desk.linhe, {{"to", "2026-03-31"}, {"merged_into+", renumbered.text()}});
  desk.put("member", member, {{"home_village_id", renumbered.text()}});
  const auto village_on = [&](const std::string& day) {
    figures::Asked asked;
    asked.scope = desk.east;
    asked.from = *Date::parse("2026-01-01");
    asked.as_of = *Date::parse(day);
    auto ledger = figures::Ledger::open(*desk.database, asked);
    REQUIRE(ledger.ok());
    auto select = ledger->prepare("SELECT m.village FROM member m JOIN level_unit u ON u.id = m.village");
    REQUIRE(*select.step());
    return select.text(0);
  };
  for (const char* day : {"2026-02-15", "2026-03-31"}) {
    CHECK(desk.figure(14, {}, day).of == 3);
    CHECK(village_on(day) == desk.linhe.text());
  }
  CHECK(desk.figure(14, {}, "2026-04-01").of == 3);
  CHECK(village_on("2026-04-01") == renumbered.text());
}

TEST_CASE("K4: before a merger everybody stands in the village of that day, after it in the successor") {
  CountyDesk desk;
  const Id one = desk.mobile_member("甲", desk.sanhe);
  const Id two = desk.mobile_member("乙", desk.linhe);
  const Id away = desk.mobile_member("丙", desk.linhe);
  const Id joined = desk.unit("village", "合并村", desk.east, {{"from", "2026-04-01"}});
  const auto merge = [&](const Id& from, const Id& into, const char* to, const std::vector<Id>& people) {
    desk.put("org_unit", from, {{"to", to}, {"merged_into+", into.text()}});
    for (const Id& who : people)
      desk.put("member", who, {{"home_village_id", into.text()}, {"former_villages+", from.text()}});
  };
  merge(desk.sanhe, joined, "2026-03-31", {one});
  merge(desk.linhe, joined, "2026-03-31", {two, away});
  const Id late = desk.mobile_member("丁", desk.sanhe);  // entered after the merger under the old village
  desk.put("member", away, {{"home_village_id", desk.baishan.text()}});  // handed over since: nobody's there
  const auto mobile = [&](const Id& unit, const std::string& day, bool current = false) {
    return *desk.figure(20, unit, day, "2026-01-01", current).of;
  };
  CHECK(mobile(desk.sanhe, "2026-03-31") == 2);
  CHECK(mobile(desk.linhe, "2026-03-31") == 1);
  CHECK(mobile(joined, "2026-03-31") == 0);
  CHECK(mobile(desk.sanhe, "2026-04-01") == 0);
  CHECK(mobile(joined, "2026-04-01") == 3);
  for (const char* day : {"2026-03-31", "2026-04-01"}) {
    CHECK(mobile(desk.east, day) == 3);
    CHECK(mobile(desk.west, day) == 1);
  }
  CHECK(mobile(joined, "2026-03-31", true) == 3);
  CHECK(*desk.figure(14, {}, "2026-03-31").of == 3);
  CHECK(*desk.figure(14, {}, "2026-04-01").of == 2);
  // And when that one goes up in another again.
  merge(joined, desk.baishan, "2026-06-30", {one, two});
  CHECK(mobile(desk.sanhe, "2026-03-31") == 2);
  CHECK(mobile(joined, "2026-06-30") == 3);
  CHECK(mobile(desk.baishan, "2026-07-01") == 4);
  (void)late;
}

TEST_CASE("K4: of several mergers still to come the first one took a member out of where he stood") {
  CountyDesk desk;
  std::vector<std::pair<Id, std::vector<Id>>> lines;  // a person, and the villages of that line
  for (int line = 0; line < 4; ++line) {
    std::vector<Id> units;
    for (const char* name : {"甲村", "乙村", "丙村"})
      units.push_back(desk.unit("village", name, desk.east));
    if (line >= 2) std::reverse(units.begin(), units.end());  // which of them was listed first says nothing
    lines.emplace_back(desk.mobile_member("甲", units[0]), units);
  }
  // Of half of the lines both mergers came on one day.
  for (std::size_t line = 0; line < lines.size(); ++line) {
    const auto& [who, units] = lines[line];
    const char* first = line % 2 == 0 ? "2026-03-31" : "2026-06-30";
    desk.put("org_unit", units[0], {{"to", first}, {"merged_into+", units[1].text()}});
    desk.put("org_unit", units[1], {{"to", "2026-06-30"}, {"merged_into+", units[2].text()}});
    desk.put("member", who,
             {{"home_village_id", units[2].text()},
              {"former_villages+", units[0].text()},
              {"former_villages+", units[1].text()}});
  }
  for (std::size_t line = 0; line < lines.size(); ++line) {
    const std::vector<Id>& units = lines[line].second;
    const auto mobile = [&](const Id& unit, const std::string& day) {
      return *desk.figure(20, unit, day).of;
    };
    CHECK(mobile(units[0], "2026-02-28") == 1);
    CHECK(mobile(units[1], "2026-02-28") == 0);
    CHECK(mobile(units[1], "2026-05-31") == (line % 2 == 0 ? 1 : 0));
    CHECK(mobile(units[2], "2026-07-01") == 1);
  }
}

TEST_CASE("a township's number is the sum of its villages', a county's that of its townships") {
  CountyDesk desk;
  const Id a = desk.mobile_member("甲", desk.sanhe);
  const Id b = desk.mobile_member("乙", desk.linhe);
  const Id c = desk.mobile_member("丙", desk.baishan);
  for (const Id& member : {a, a, b, c, c, c})
    consultation(desk, member, "2026-03-01");
  CHECK(desk.number(kConsultations, desk.sanhe) == 2);
  CHECK(desk.number(kConsultations, desk.linhe) == 1);
  CHECK(desk.number(kConsultations, desk.east) == 3);
  CHECK(desk.number(kConsultations, desk.west) == 3);
  CHECK(desk.number(kConsultations) == 6);
}

TEST_CASE("K8: the list of every figure sums to its number, and so do its parts' codes") {
  CountyDesk desk;
  const Id member = desk.mobile_member("甲", desk.sanhe);
  consultation(desk, member, "2026-03-01");
  desk.visit({{"members+", member.text()}, {"purposes+", "study"}});
  for (int row = 1; row <= figures::kFigureRows; ++row) {
    CAPTURE(row);
    const figures::Figure figure = desk.figure(row);
    std::int64_t sum = 0;
    for (const figures::Counted& one : figure.counted) {
      sum += one.amount;
      CHECK(Id::parse(one.record).ok());
    }
    CHECK(figure.value.value_or(0) == sum);
    if (figure.value && figure.of && figure.unit == "person") CHECK(*figure.value <= *figure.of);
  }
  CHECK(desk.number(kStudyVisits) == 1);
}

TEST_CASE("a question that cannot be asked is said") {
  CountyDesk desk;
  const Date day = *Date::parse("2026-03-01");
  CHECK(figures::Ledger::open(*desk.database, {Id::make(1), day, day}).error().code == "figures.scope");
  CHECK(figures::Ledger::open(*desk.database, {desk.county, day, *Date::parse("2026-02-28")}).error().code ==
        "figures.period");
}

TEST_CASE("the county's parameters hold from their day on") {
  CountyDesk desk;
  desk.mobile_member("甲", desk.sanhe, {{"left_on", "2026-06-15"}});
  CHECK(desk.figure(kMobileShare).of == 0);
  desk.add("parameter", {{"name", "mobile_months"}, {"value", "3"}, {"from", "2026-09-01"}});
  CHECK(desk.figure(kMobileShare).of == 1);
  CHECK(desk.figure(kMobileShare, {}, "2026-08-31").of == 0);
}

TEST_CASE("statements are taken apart at the ends of lines, without comments") {
  const auto found = figures::statements_of("-- a; comment;\nSELECT ';'\n  FROM x;\n\nDELETE FROM y;\n");
  REQUIRE(found.size() == 2);
  CHECK(found[0] == "SELECT ';'\n  FROM x");
  CHECK(found[1] == "DELETE FROM y");
}

TEST_CASE("row 33: the oldest field nobody has verified since it was written, and how old it is") {
  CountyDesk desk;
  const auto as_of = [&](int days) { return Date::of(desk.clock.now_ms()).plus_days(days).text(); };
  const auto oldest = [&](int days) {
    const figures::Figure figure = desk.figure(33, {}, as_of(days));
    for (const figures::Part& part : figure.parts)
      if (part.name == "oldest_unverified") return std::pair(part.value, part.counted.size());
    return std::pair(std::int64_t{-1}, std::size_t{0});
  };
  const Id first = desk.add("member", {{"name", "甲"}, {"home_village_id", desk.sanhe.text()}});
  CHECK(oldest(0) == std::pair(std::int64_t{0}, std::size_t{1}));
  CHECK(oldest(-1) == std::pair(std::int64_t{0}, std::size_t{0}));  // not written yet
  constexpr std::int64_t kDay = 24LL * 3600 * 1000;
  desk.clock.advance(20 * kDay);
  const Id second = desk.add("member", {{"name", "乙"}, {"home_village_id", desk.linhe.text()}});
  CHECK(oldest(5) == std::pair(std::int64_t{25}, std::size_t{2}));
  desk.clock.advance(10'000);
  desk.put("member", first, {{"verify_level", "branch"}});
  CHECK(oldest(5) == std::pair(std::int64_t{5}, std::size_t{1}));
  desk.clock.advance(3 * kDay);
  desk.put("member", first, {{"home_address", "三合村2组"}});  // verified, then changed
  desk.put("member", second, {{"verify_level", "committee"}});
  CHECK(oldest(1) == std::pair(std::int64_t{1}, std::size_t{1}));
  desk.put("member", second, {{"verify_level", "none"}});
  CHECK(oldest(1) == std::pair(std::int64_t{4}, std::size_t{2}));
}

TEST_CASE("row 75: a duty role counts from the day it was taken to the day it was given up") {
  CountyDesk desk;
  const Id member = desk.add("member", {{"name", "甲"}, {"home_village_id", desk.sanhe.text()}});
  const Id ticked = desk.add(
      "member",
      {{"name", "乙"}, {"home_village_id", desk.sanhe.text()}, {"duty_roles+", "observer,publicist"}});
  CHECK(desk.number(75) == 1);  // ticked on his card without a day
  desk.add(
      "duty_role",
      {{"member_id", member.text()}, {"role", "exemplar"}, {"from", "2026-03-01"}, {"to", "2026-08-01"}});
  desk.add("duty_role", {{"member_id", ticked.text()}, {"role", "observer"}, {"from", "2026-07-01"}});
  CHECK(desk.number(75, {}, "2026-02-28") == 1);
  CHECK(desk.number(75, {}, "2026-03-01") == 2);
  CHECK(desk.number(75, {}, "2026-07-31") == 2);
  CHECK(desk.number(75, {}, "2026-08-01") == 1);
  CHECK(desk.part(75, "exemplar") == -1);
  CHECK(desk.part(75, "observer") == 1);
  const auto observers = [&](const char* as_of) {
    for (const figures::Part& part : desk.figure(75, {}, as_of).parts)
      if (part.name == "observer") return part.value;
    return std::int64_t{0};
  };
  CHECK(observers("2026-06-30") == 0);  // the dates say more than the tick
  CHECK(observers("2026-07-01") == 1);
}

}  // namespace
