// Duties in words and as rows: what is late comes first and says how late.
#include "client/view/due_words.hpp"

#include <doctest/doctest.h>

#include "client/view/due_rows.hpp"
#include "client/view/duty_book.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {

namespace cv = client::view;

namespace {

const Date kThisDay{2026, 11, 18};

std::string due(const std::optional<Date>& on) {
  cv::Duty duty;
  duty.on = on;
  return cv::due_in_words(wording(), duty, kThisDay).text;
}

}  // namespace

TEST_CASE("a day is said by how far it is") {
  CHECK(due(Date{2026, 11, 5}) == "逾期 13 天");
  CHECK(due(kThisDay) == "今天");
  CHECK(due(Date{2026, 11, 30}) == "11月30日");
  CHECK(due(std::nullopt) == "—");
}

TEST_CASE("why a contact is due names no text key, whatever the kind of duty") {
  cv::DueRules rules;
  rules.today = kThisDay;
  for (int kind = 0; kind <= static_cast<int>(cv::kDutyKinds) - 1; ++kind) {
    cv::Duty duty;
    duty.kind = static_cast<cv::DutyKind>(kind);
    const std::string why = cv::why_in_words(wording(), duty, rules);
    CAPTURE(cv::duty_name(duty.kind));
    CHECK_FALSE(why.empty());
    CHECK(why.find("view.duty") == std::string::npos);
  }
}

TEST_CASE("a parcel that may be lost is not merely waited for") {
  cv::DueRules rules;
  rules.today = kThisDay;
  cv::Duty duty;
  duty.kind = cv::DutyKind::kParcel;
  duty.args = {{"days", "12"}};
  CHECK(cv::why_in_words(wording(), duty, rules) == "已寄出 12 天，还没有签收");
  duty.args.push_back({"problem", "1"});
  CHECK(cv::why_in_words(wording(), duty, rules) == "寄出 12 天，快递异常：请查明，遗失的请重寄");
}

TEST_CASE("what is on its way to the dead says why, and opens what settles it") {
  WorkStore work;
  const Id member = put_member(*work.store, "赵连心");
  const Id sent =
      put(*work.store, "delivery",
          {{"member_id", member.text()}, {"mode", "via_branch"}, {"dispatched_on", day(*work.store, 3)}});
  const Id packed = put(*work.store, "delivery", {{"member_id", member.text()}, {"mode", "courier"}});
  change(*work.store, "member", member, {{"standing", "deceased"}});
  cv::TodayView view;
  cv::DutyBook book;
  REQUIRE(book.read(*work.store, *Date::parse(day(*work.store, 0))).ok());
  REQUIRE(cv::add_due(work.sources(), book, {}, view).ok());
  const auto row = [&](const Id& record) {
    for (const cv::DueRow& one : view.due) {
      if (one.key == "parcel_back." + record.text()) return one;
    }
    FAIL("no such duty");
    return cv::DueRow();
  };
  const auto filled = [](const cv::DueRow& one, const std::string& field) {
    for (const auto& fill : one.fill) {
      if (fill.field == field) return fill.value;
    }
    return std::string("-");
  };
  CHECK(row(sent).name == "赵连心");
  CHECK(row(sent).why.text.find("已去世") != std::string::npos);
  CHECK(row(sent).why.text.find("寄出") != std::string::npos);
  CHECK(row(sent).opens == cv::DueOpens::kRecord);
  CHECK(row(sent).kind == "delivery_event");
  CHECK(row(sent).record.is_nil());
  CHECK(filled(row(sent), "delivery_id") == sent.text());
  CHECK(filled(row(sent), "kind") == "-");  // a person says what became of it
  CHECK(row(packed).why.text.find("备好的请取消") != std::string::npos);
  CHECK(filled(row(packed), "kind") == "cancelled");
}

TEST_CASE("one who was never reached stands on the page with a reason, and nobody else") {
  WorkStore work;
  const Id member =
      put(*work.store, "member", {{"name", "赵连心"}, {"home_village_id", work.village.text()}});
  put(*work.store, "mobility_episode",
      {{"member_id", member.text()}, {"direction", "out"}, {"left_on", "2020-01-10"}, {"state", "out"}});
  const Date today = *Date::parse(day(*work.store, 0));
  cv::TodayView view;
  cv::DutyBook book;
  REQUIRE(book.read(*work.store, today).ok());
  REQUIRE(cv::add_due(work.sources(), book, {}, view).ok());
  REQUIRE_FALSE(view.due.empty());
  bool named = false;
  for (const cv::DueRow& row : view.due)
    named = named || row.name == "赵连心";
  CHECK(named);
}

}  // namespace lianxin::test
