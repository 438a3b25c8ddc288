// Handed-in forms in the store, and why their numbers are others now (K7, domain 5.12).
#include "client/report/snapshots.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "assets/assets.hpp"
#include "client/report/comparison.hpp"
#include "client/report/late.hpp"
#include "client/report/made_forms.hpp"
#include "client/report/what_counts.hpp"
#include "tests/client/figures/county_desk.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace report = lianxin::client::report;

struct HandIn : CountyDesk {
  report::Counting count() {
    auto ledger = figures::Ledger::open(*database, {county, {2026, 1, 1}, {2026, 9, 30}, false});
    REQUIRE(ledger.ok());
    auto counting = report::count_all(*ledger, *database);
    REQUIRE(counting.ok());
    return *std::move(counting);
  }
  report::Snapshot snapshot(const std::string& file) {
    report::Snapshot out;
    out.form = "f1";
    out.scope = county;
    out.from = {2026, 1, 1};
    out.as_of = {2026, 9, 30};
    out.made_ms = clock.now_ms();
    out.kind = ".xlsx";
    out.file = file;
    report::Counting counting = count();
    out.records = std::move(counting.records);
    out.numbers = std::move(counting.numbers);
    return out;
  }
  Result<Id> hand_in(const std::string& file, const std::string& reason = {}) {
    const std::string period = report::period_text({2026, 1, 1}, {2026, 9, 30});
    LX_TRY(const report::FreezeMark mark, report::next_mark(records, clock, "f1", county, period, reason));
    LX_DO(report::keep_snapshot(records, clock, {mark, county, period, {}, reason}, snapshot(file)));
    return mark.id;
  }
  report::NumberChange changed(const report::Snapshot& then, int row) {
    const auto all = report::compare(records, then, count());
    REQUIRE(all.ok());
    const auto found = std::find_if(all->begin(), all->end(), [&](const report::NumberChange& one) {
      return one.row == row && one.part.empty();
    });
    return found == all->end() ? report::NumberChange{} : *found;
  }
  Id study(const Id& member, const char* day) {
    return visit({{"members", member.text()},
                  {"occurred_on", day},
                  {"outcome", "met"},
                  {"purposes", "study"},
                  {"mode", "door"},
                  {"content", "学习"}});
  }
};

TEST_CASE("a period is named as the office names it, else by its days") {
  CHECK(report::period_text({2026, 9, 1}, {2026, 9, 30}) == "2026-09");
  CHECK(report::period_text({2026, 7, 1}, {2026, 9, 30}) == "2026Q3");
  CHECK(report::period_text({2026, 1, 1}, {2026, 12, 31}) == "2026");
  CHECK(report::period_text({2026, 1, 1}, {2026, 9, 30}) == "20260101-20260930");
}

TEST_CASE(
    "what was handed in is read again to the byte; a second one has the next number and needs a reason") {
  HandIn desk;
  desk.study(desk.mobile_member("赵连心", desk.sanhe), "2026-03-02");
  const auto first = desk.hand_in("first file");
  REQUIRE(first.ok());
  const auto refused = desk.hand_in("second file");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "report.snapshot_reason");
  const auto second = desk.hand_in("second file", "村里补交");
  REQUIRE(second.ok());
  const auto all = report::frozen_forms(desk.records);
  REQUIRE(all.ok());
  REQUIRE(all->size() == 2);
  const auto newest = std::max_element(all->begin(), all->end(),
                                       [](const auto& a, const auto& b) { return a.revision < b.revision; });
  CHECK(newest->revision == 2);
  CHECK(newest->reason == "村里补交");
  CHECK(newest->record_count > 0);
  CHECK(report::read_snapshot(desk.records, *first)->file == "first file");
  CHECK(report::read_snapshot(desk.records, *second)->file == "second file");
  CHECK(report::read_snapshot(desk.records, desk.sanhe).error().code == "report.no_snapshot");
}

TEST_CASE("a snapshot whose parts have not all come says so") {
  HandIn desk;
  const auto id = desk.hand_in("file");
  REQUIRE(id.ok());
  client::store::ListQuery query;
  query.kind = "report_part";
  query.parent = *id;
  const auto parts = desk.records.list(query);
  REQUIRE(parts->size() == 1);
  REQUIRE(desk.records.void_record(parts->front().id, "试验")->ok);
  CHECK(report::read_snapshot(desk.records, *id).error().code == "report.snapshot_incomplete");
}

TEST_CASE("each difference has its record and its reason") {
  HandIn desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  const Id stays = desk.study(member, "2026-03-02");
  const Id voided = desk.study(member, "2026-03-03");
  const Id corrected = desk.study(member, "2026-03-04");
  const report::Snapshot then = desk.snapshot("file");
  CHECK(desk.changed(then, 45).moved.empty());

  const Id late = desk.study(member, "2026-04-01");
  REQUIRE(desk.records.void_record(voided, "重复登记")->ok);
  desk.put("visit", corrected, {{"outcome", "nobody"}});
  const report::NumberChange change = desk.changed(then, 45);
  CHECK(change.before == 3);
  CHECK(change.after == 2);
  CHECK(change.sum(report::Why::kLate) == 1);
  CHECK(change.sum(report::Why::kVoided) == -1);
  CHECK(change.sum(report::Why::kCorrected) == -1);
  REQUIRE(change.moved.size() == 3);
  for (const report::Moved& one : change.moved) {
    CHECK(one.record != stays);
    CHECK_FALSE(one.author.is_nil());
    CHECK((one.record == late) == (one.why == report::Why::kLate));
  }
}

TEST_CASE("a person counted because of a late visit is late work, by whoever brought the visit") {
  HandIn desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  const report::Snapshot then = desk.snapshot("file");
  const Id late = desk.visit({{"members", member.text()},
                              {"occurred_on", "2026-04-01"},
                              {"outcome", "met"},
                              {"purposes", "talk"},
                              {"mode", "door"},
                              {"content", "谈心"}});
  const auto all = report::compare(desk.records, then, desk.count());
  REQUIRE(all.ok());
  std::vector<report::Why> persons;
  for (const report::NumberChange& change : *all) {
    for (const report::Moved& one : change.moved) {
      if (one.record == late) CHECK(one.why == report::Why::kLate);
      if (change.row != 34 || change.part != "persons") continue;
      persons.push_back(one.why);
      CHECK(one.record == member);
      CHECK_FALSE(one.author.is_nil());
    }
  }
  CHECK(persons == std::vector<report::Why>{report::Why::kLate});

  // And one less, when the visit is voided again.
  const report::Snapshot with = desk.snapshot("file");
  REQUIRE(desk.records.void_record(late, "重复登记")->ok);
  const auto less = report::compare(desk.records, with, desk.count());
  REQUIRE(less.ok());
  for (const report::NumberChange& change : *less) {
    for (const report::Moved& one : change.moved) {
      if (change.row == 34) CHECK(one.why == report::Why::kVoided);
    }
  }
}

TEST_CASE("a record that left the laptop stays counted, and the other differences stand beside it") {
  HandIn desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  const Id voided = desk.study(member, "2026-03-02");
  report::Snapshot then = desk.snapshot("file");
  const Id gone = *Id::parse("7fffffff-ffff-7fff-bfff-ffffffffffff");
  REQUIRE(then.records.back().id < gone);
  const auto study =
      std::find_if(then.numbers.begin(), then.numbers.end(), [](const auto& one) { return one.row == 45; });
  REQUIRE(study != then.numbers.end());
  study->shares.push_back({static_cast<std::uint32_t>(then.records.size()), 1});
  study->value = 2;
  then.records.push_back({gone, 1});
  REQUIRE(desk.records.void_record(voided, "重复登记")->ok);
  const report::NumberChange change = desk.changed(then, 45);
  CHECK(change.before == 2);
  CHECK(change.after == 1);  // it stays counted
  CHECK(change.sum(report::Why::kWent) == 1);
  CHECK(change.sum(report::Why::kVoided) == -1);
  REQUIRE(change.moved.size() == 2);
  for (const report::Moved& one : change.moved)
    CHECK((one.why == report::Why::kWent) == (one.record == gone && one.author.is_nil()));

  // Between two papers: what counted in the later one only had come late.
  const report::Snapshot without = desk.snapshot("file");
  const auto later = report::compare(desk.records, without, {then.records, then.numbers});
  REQUIRE(later.ok());
  for (const report::NumberChange& one : *later) {
    for (const report::Moved& moved : one.moved) {
      if (moved.record == gone) CHECK(moved.why == report::Why::kLate);
    }
  }
}

TEST_CASE("a day that another record counts in place of the one that did is neither late nor gone") {
  HandIn desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  const Id first = desk.study(member, "2026-03-02");
  const Id beside =
      desk.visit({{"members", member.text()}, {"occurred_on", "2026-03-02"}, {"outcome", "nobody"}});
  const Id alone = desk.study(member, "2026-03-09");
  const report::Snapshot then = desk.snapshot("file");
  CHECK_FALSE(report::counted_in(then, beside));
  desk.clock.advance(10'000);
  REQUIRE(desk.impl->remove(first).ok());
  CHECK(desk.changed(then, 55).moved.empty());
  CHECK(desk.changed(then, 45).sum(report::Why::kWent) == 1);
  REQUIRE(desk.impl->remove(alone).ok());
  const report::NumberChange went = desk.changed(then, 55);
  CHECK(went.before == 2);
  CHECK(went.after == 2);
  CHECK(went.sum(report::Why::kWent) == 1);
  // Late work of a day that was counted adds nothing, that of another day does.
  desk.study(member, "2026-03-02");
  desk.study(member, "2026-03-20");
  const report::NumberChange late = desk.changed(then, 55);
  CHECK(late.after == 3);
  CHECK(late.sum(report::Why::kLate) == 1);
  CHECK(late.sum(report::Why::kWent) == 1);
}

TEST_CASE("a day stays one also beside a paper that does not keep which day each record stood for") {
  HandIn desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  desk.study(member, "2026-03-02");
  desk.study(member, "2026-03-09");
  report::Snapshot then = desk.snapshot("file");
  std::erase_if(then.numbers, [](const auto& one) { return one.row == report::kColumnRow; });
  const auto days =
      std::find_if(then.numbers.begin(), then.numbers.end(), [](const auto& one) { return one.row == 55; });
  REQUIRE(days != then.numbers.end());
  REQUIRE(days->shares.size() == 2);
  const auto count_by = [&](const char* id) {
    then.records.push_back({*Id::parse(id), 1});
    return static_cast<std::uint32_t>(then.records.size() - 1);
  };
  // One of the days was counted by a visit that is gone, and so was a third, of which nothing stayed here.
  days->shares.front().record = count_by("7fffffff-ffff-7fff-bfff-fffffffffffe");
  days->shares.push_back({count_by("7fffffff-ffff-7fff-bfff-ffffffffffff"), 1});
  days->value = 3;
  const report::NumberChange change = desk.changed(then, 55);
  CHECK(change.before == 3);
  CHECK(change.after == 3);
  CHECK(change.sum(report::Why::kWent) == 1);
  CHECK(change.moved.size() == 1);
}

TEST_CASE("a member who was moved or corrected meanwhile counts less because of the visit that was voided") {
  HandIn desk;
  const Id moved = desk.mobile_member("赵连心", desk.sanhe);
  const Id corrected = desk.mobile_member("钱守信", desk.sanhe);
  const Id stays = desk.mobile_member("孙守信", desk.sanhe);
  std::vector<Id> visits;
  for (const Id& one : {moved, corrected, stays})
    visits.push_back(desk.study(one, "2026-09-10"));
  const Id pairing =
      desk.add("liaison_assignment",
               {{"member_id", moved.text()}, {"worker_id", desk.worker.text()}, {"from", "2026-01-01"}});
  const report::Snapshot then = desk.snapshot("file");
  desk.put("member", moved, {{"home_village_id", desk.linhe.text()}});
  desk.put("liaison_assignment", pairing, {{"to", "2026-09-20"}});
  desk.put("member", corrected, {{"born_on", "1980-02"}, {"affiliation_org_id", desk.sanhe.text()}});
  for (const Id& visit : visits)
    REQUIRE(desk.records.void_record(visit, "重复登记")->ok);
  for (const int row : {20, 27}) {
    CAPTURE(row);
    const report::NumberChange change = desk.changed(then, row);
    CHECK(change.sum(report::Why::kVoided) == -3);
    REQUIRE(change.moved.size() == 3);
    for (const report::Moved& one : change.moved)
      CHECK_FALSE(one.author.is_nil());
  }
  CHECK(desk.changed(then, 23).sum(report::Why::kVoided) == 3);  // whom nobody reached
  // The village he lives in takes nobody out of the county's numbers.
  const report::NumberChange paired = desk.changed(then, 31);
  CHECK(paired.after == 0);
  CHECK(paired.sum(report::Why::kFollows) == -1);
  // What is counted of the member himself has his own reason, whatever became of the visits.
  const report::NumberChange fields = desk.changed(then, 3);
  REQUIRE(fields.moved.size() == 1);
  CHECK(fields.moved.front().record == corrected);
  CHECK(fields.moved.front().why == report::Why::kCorrected);
  CHECK(desk.changed(then, 21).sum(report::Why::kVoided) == 0);
  CHECK(desk.changed(then, 21).sum(report::Why::kCorrected) == -1);
}

TEST_CASE("a number is counted from the kinds that its query reads, by way of views and tables too") {
  const auto from = [](int row, const char* part, const char* kind) {
    return report::is_counted_from(row, part, *domain::Catalogue::base().kind(kind));
  };
  CHECK(from(20, "", "visit"));
  CHECK(from(20, "", "contact_attempt"));
  CHECK(from(20, "", "mobility_episode"));
  CHECK_FALSE(from(20, "", "activity"));
  CHECK(from(34, "persons", "visit"));
  CHECK_FALSE(from(21, "", "visit"));
  CHECK(from(11, "county", "member"));  // a part named by a code
  CHECK_FALSE(from(11, "county", "visit"));
  CHECK_FALSE(from(2, "", "member"));  // words without a number
}

TEST_CASE("a member is counted less because a visit to him was corrected, also one to his other record") {
  HandIn desk;
  const Id one = desk.mobile_member("赵连心", desk.sanhe);
  const Id other = desk.add("member", {{"name", "赵连心"}, {"home_village_id", desk.linhe.text()}});
  REQUIRE(desk.records.say_twins(one, other, client::store::TwinWord::kSame)->ok);
  const Id visit = desk.study(other, "2026-09-10");
  const report::Snapshot then = desk.snapshot("file");
  desk.put("visit", visit, {{"outcome", "nobody"}});
  const report::NumberChange change = desk.changed(then, 20);
  REQUIRE(change.moved.size() == 1);
  CHECK(change.moved.front().record == one);
  CHECK(change.moved.front().why == report::Why::kCorrected);
  CHECK_FALSE(change.moved.front().author.is_nil());
}

TEST_CASE("a member who counts no longer because of another record follows it") {
  HandIn desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  desk.mobile_member("钱守信", desk.sanhe);
  client::store::ListQuery query;
  query.kind = "mobility_episode";
  query.where = {{"member_id", member.text()}};
  const auto episodes = desk.records.list(query);
  REQUIRE(episodes->size() == 1);
  const report::Snapshot then = desk.snapshot("file");
  desk.put("mobility_episode", episodes->front().id, {{"returned_on", "2026-08-01"}, {"state", "ended"}});
  const auto all = report::compare(desk.records, then, desk.count());
  REQUIRE(all.ok());
  bool told = false;
  for (const report::NumberChange& change : *all) {
    for (const report::Moved& one : change.moved) {
      if (one.record == member) told = true;
      if (one.record == member) CHECK(one.why == report::Why::kFollows);
    }
  }
  CHECK(told);
}

struct Months : HandIn {
  Messages messages = *Messages::parse(assets::texts("zh-CN"));
  figures::Asked month(int number) {
    const Date first = Date{2026, 1, 1}.plus_months(number - 1);  // 13 = January of the next year
    return {county, first, first.plus_months(1).plus_days(-1), false};
  }
  std::vector<report::Sheet> summary(int number) {
    const figures::Asked asked = month(number);
    auto ledger = figures::Ledger::open(*database, asked);
    const report::FormFacts facts{"靖宇县", {2026, 11, 1}, false, "zh"};
    auto sheets = report::make_form(*database, *ledger, *report::form_definition("f7"), facts, messages);
    REQUIRE(sheets.ok());
    REQUIRE(report::add_late_lines(records, *database, asked, facts, messages, sheets->front()).ok());
    return *std::move(sheets);
  }
  void close(int number) {
    const std::string period = report::period_text(month(number).from, month(number).as_of);
    report::Snapshot out;
    out.form = "f7";
    out.scope = county;
    out.from = month(number).from;
    out.as_of = month(number).as_of;
    out.kind = ".json";
    out.sheets = summary(number);
    out.made_ms = clock.now_ms();
    auto ledger = figures::Ledger::open(*database, month(number));
    REQUIRE(ledger.ok());
    auto counting = report::count_all(*ledger, *database);
    REQUIRE(counting.ok());
    out.records = std::move(counting->records);
    const auto mark = report::next_mark(records, clock, "f7", county, period, "");
    REQUIRE(mark.ok());
    REQUIRE(report::keep_snapshot(records, clock, {*mark, county, period, {}, ""}, out).ok());
  }
  std::size_t late_lines(int number) {
    const auto sheets = summary(number);
    return static_cast<std::size_t>(std::count_if(
        sheets[0].rows.begin(), sheets[0].rows.end(),
        [](const report::SheetRow& row) { return row.cells.at(0).find("补报") != std::string::npos; }));
  }
};

TEST_CASE("what comes after a month was handed in is a line of the next one, and only of that one") {
  Months desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  desk.study(member, "2026-03-02");
  desk.close(3);
  CHECK(desk.late_lines(4) == 0);
  CHECK(desk.summary(4)[0].notes.empty());
  desk.study(member, "2026-03-09");
  desk.study(member, "2026-03-08");
  CHECK(desk.late_lines(4) == 1);
  CHECK(desk.summary(4)[0].notes == std::vector<std::string>{"补报 2 条。"});
  desk.close(4);
  CHECK(desk.late_lines(5) == 0);
  CHECK(desk.late_lines(4) == 1);
  desk.study(member, "2026-03-10");
  CHECK(desk.late_lines(5) == 1);
  CHECK(desk.summary(5)[0].notes ==
        std::vector<std::string>{"补报 1 条。"});  // those of April's paper were told
}

TEST_CASE("what comes after December was handed in is a line of January, and of the year it belongs to") {
  Months desk;
  const Id member = desk.mobile_member("赵连心", desk.sanhe);
  desk.study(member, "2026-12-30");
  desk.close(12);
  CHECK(desk.late_lines(13) == 0);
  desk.study(member, "2026-12-31");
  REQUIRE(desk.late_lines(13) == 1);
  CHECK(desk.summary(13)[0].notes == std::vector<std::string>{"补报 1 条。"});
  desk.close(13);
  CHECK(desk.late_lines(14) == 0);
  desk.study(member, "2026-12-29");
  CHECK(desk.late_lines(14) == 1);
}

TEST_CASE("who has brought nothing since the month ended is said, and kept when it is closed") {
  Months desk;
  desk.add("worker", {{"name", "新来的"}, {"org_id", desk.sanhe.text()}});  // has written nothing yet
  const report::FreezeMark mark{Id::make(1), 1, {}};
  REQUIRE(report::close_month(desk.records, desk.clock,
                              {mark, desk.county, "2026-08", {}, "", 2, {"王建国", "李秀英"}})
              .ok());
  client::store::ListQuery query;
  query.kind = "month_close";
  const auto closed = desk.records.list(query);
  REQUIRE(closed->size() == 1);
  CHECK(closed->front().values.at("late_count") == "2");
  CHECK(closed->front().values.at("unsynced_devices") == "王建国\n李秀英");
  // From here on the desk is its worker's, who may write no more than a worker.
  client::store::Edit author =
      desk.edit("worker", desk.worker, {{"name", "王建国"}, {"org_id", desk.sanhe.text()}});
  author.create = true;
  REQUIRE(desk.records.save({author})->ok);
  const auto silent = [&](int month) {
    auto ledger = figures::Ledger::open(*desk.database, desk.month(month));
    REQUIRE(ledger.ok());
    return *report::not_heard_since(*desk.database, *ledger);
  };
  CHECK(silent(9) == std::vector<std::string>{"王建国"});  // last on 21 September
  CHECK(silent(8).empty());
  desk.clock.advance(12LL * 86'400'000);  // 3 October
  desk.add("consultation", {{"org_id_at_event", desk.sanhe.text()}, {"occurred_on", "2026-10-01"}});
  CHECK(silent(9).empty());
}

TEST_CASE("only a whole month is closed") {
  HandIn desk;
  const report::FreezeMark mark{Id::make(1), 1, {}};
  CHECK(report::close_month(desk.records, desk.clock, {mark, desk.county, "2026Q3", {}, ""}).error().code ==
        "report.close_month");
  REQUIRE(report::close_month(desk.records, desk.clock, {mark, desk.county, "2026-08", {}, ""}).ok());
  REQUIRE(report::close_month(desk.records, desk.clock, {mark, desk.county, "2026-08", {}, "再次"}).ok());
  client::store::ListQuery query;
  query.kind = "month_close";
  CHECK(desk.records.list(query)->size() == 1);
}

}  // namespace
