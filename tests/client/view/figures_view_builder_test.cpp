// The page of figures over a real store.
#include "client/view/figures_view_builder.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "client/store/moved_on.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {
namespace {

namespace cv = client::view;

struct Office {
  WorkStore work;
  Id member = put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", kVillageOfTests}});

  Id study(int days_ago, const std::string& outcome = "met") {
    return put(*work.store, "visit",
               {{"members+", member.text()},
                {"occurred_on", day(*work.store, days_ago)},
                {"mode", "door"},
                {"purposes+", "study"},
                {"outcome", outcome}});
  }
  cv::FiguresKept kept;
  cv::FiguresView build(const cv::FiguresAsked& asked) {
    auto built = cv::build_figures(work.sources(), asked, kept);
    if (!built.ok()) FAIL(built.error().code << " " << built.error().detail);
    return *std::move(built);
  }
};

const cv::FigureRowView& row(const cv::FiguresView& view, int number) {
  const auto found = std::find_if(view.rows.begin(), view.rows.end(),
                                  [&](const cv::FigureRowView& one) { return one.row == number; });
  REQUIRE(found != view.rows.end());
  return *found;
}

}  // namespace

TEST_CASE("the page opens with the laptop's own unit and the year so far, without the report's headings") {
  Office office;
  (void)office.study(1);
  const cv::FiguresView view = office.build({});
  CHECK(view.state.readiness == cv::Readiness::kReady);
  CHECK(view.question.unit == office.work.village);
  CHECK(view.question.unit_name == "三合村");
  CHECK(view.question.period == "year");
  CHECK(view.question.units.empty());
  CHECK(row(view, 45).phrase == "送学上门");
  CHECK(row(view, 45).number == "1次");
  CHECK(row(view, 45).parts == "人次 1 · 其中由家属代学 0");
  CHECK(row(view, 1).number == "共0人");
  CHECK(std::none_of(view.rows.begin(), view.rows.end(), [](const auto& one) { return one.row == 78; }));
  CHECK(view.ledger.row == 0);
}

TEST_CASE("the last answer stands while nothing is written; whatever is written is counted at once") {
  Office office;
  (void)office.study(1);
  CHECK(row(office.build({}), 45).number == "1次");
  // Whoever counts anew would not find this.
  office.kept.rows.front().phrase = "kept";
  CHECK(office.build({}).rows.front().phrase == "kept");
  CHECK(office.build({{}, "year", 45}).ledger.total == 1);
  office.kept.lists.at(45).totals.front() = 7;  // nor this: its records are kept as well
  CHECK(office.build({{}, "year", 45}).ledger.total == 7);
  CHECK(office.build({{}, "month"}).rows.front().phrase != "kept");
  const Id second = office.study(0);
  CHECK(row(office.build({}), 45).number == "2次");
  CHECK(office.build({{}, "year", 45}).ledger.total == 2);
  CHECK(office.work.store->records().void_record(second, "误登记").ok());
  CHECK(row(office.build({}), 45).number == "1次");
}

TEST_CASE("the ledger lists the records of the number, and what each one opens") {
  Office office;
  const Id visit = office.study(1);
  (void)office.study(2, "nobody");
  cv::FiguresView view = office.build({{}, "year", 45});
  CHECK(view.ledger.row == 45);
  CHECK(view.ledger.total == 1);
  REQUIRE(view.ledger.rows.size() == 1);
  const cv::LedgerRowView& line = view.ledger.rows[0];
  CHECK(line.record == visit);
  CHECK(line.opens == cv::RowOpens::kVisit);
  CHECK(line.target == visit);
  CHECK(line.who == "赵连心");
  CHECK(line.what == "走访 · 见到本人");
  CHECK(line.place == "三合村");
  CHECK(line.day != "");
  CHECK(line.amount == "");
  put(*office.work.store, "consultation",
      {{"member_id", office.member.text()}, {"occurred_on", day(*office.work.store, 1)}});
  view = office.build({{}, "year", 36});
  REQUIRE(view.ledger.rows.size() == 1);
  CHECK(view.ledger.rows[0].opens == cv::RowOpens::kMember);
  CHECK(view.ledger.rows[0].target == office.member);
}

TEST_CASE("K4: the list names the unit an event counts for, whoever has taken over the member since") {
  Office office;
  client::store::ListQuery units;
  units.kind = "org_unit";
  const auto all = office.work.store->records().list(units);
  REQUIRE(all.ok());
  const auto other = std::find_if(all->begin(), all->end(), [&](const auto& one) {
    return one.id != office.work.village && one.values.count("name") > 0;
  });
  REQUIRE(other != all->end());
  const Id visit = put(*office.work.store, "visit",
                       {{"members+", office.member.text()},
                        {"occurred_on", day(*office.work.store, 1)},
                        {"org_id_at_event", other->id.text()},
                        {"mode", "door"},
                        {"outcome", "met"}});
  const auto line = cv::ledger_row(office.work.sources(), {visit.text(), 1});
  REQUIRE(line.ok());
  CHECK(line->place == other->values.at("name"));
}

TEST_CASE(
    "work that went along with people who were handed over is told above the numbers and beside the list") {
  Office office;
  (void)office.study(1);
  const auto tells = [](const std::string& words) { return words.find("1 名党员移交") != std::string::npos; };
  const auto is_told = [&](const cv::FiguresView& view) {
    return std::any_of(view.question.checks.begin(), view.question.checks.end(), tells);
  };
  CHECK_FALSE(is_told(office.build({{}, "year", 45})));
  REQUIRE(client::store::note_moved_on(office.work.store->database(),
                                       domain::Catalogue::base().kind("member")->wire, Id::make(7),
                                       office.work.village, office.work.store->clock().now_ms())
              .ok());
  (void)office.study(0);  // an eviction takes rows away as well: the page is made anew
  const cv::FiguresView work = office.build({{}, "year", 45});
  CHECK(is_told(work));
  CHECK(tells(work.ledger.note));
  CHECK_FALSE(tells(office.build({{}, "year", 20}).ledger.note));
}

TEST_CASE("periods: a month that is over, and the one that runs") {
  Office office;
  (void)office.study(0);
  const Date today = office.work.sources().today();
  const Date last_month = Date{today.year, today.month, 1}.plus_days(-1);
  (void)office.study(static_cast<int>(today.day_number() - last_month.day_number()));
  CHECK(row(office.build({{}, "month", 0}), 45).number == "1次");
  CHECK(row(office.build({{}, "last_month", 0}), 45).number == "1次");
  CHECK(
      office.build({{}, "last_month", 0}).question.period_text.find(std::to_string(last_month.day) + "日") !=
      std::string::npos);
}

TEST_CASE("a unit this laptop does not know is said") {
  Office office;
  const auto built = cv::build_figures(office.work.sources(), {Id::make(5), "year", 0}, office.kept);
  REQUIRE_FALSE(built.ok());
  CHECK(built.error().code == "figures.scope");
}

}  // namespace lianxin::test
