#include "client/view/due.hpp"

#include <doctest/doctest.h>

namespace cv = lianxin::client::view;
using lianxin::Date;
using lianxin::client::store::MemberContact;

namespace {

cv::DueRules rules() {
  cv::DueRules rules;
  rules.today = Date{2026, 11, 18};
  return rules;
}

MemberContact away(const char* last_reached) {
  MemberContact member;
  member.is_out = true;
  member.left_on = "2025-03";
  member.last_reached = last_reached;
  member.last_visit = last_reached;
  return member;
}

cv::DueReason reason(const MemberContact& member, bool refreshed = true) {
  const auto due = cv::due_of(member, rules(), refreshed);
  REQUIRE(due.has_value());
  return due->reason;
}

}  // namespace

TEST_CASE("a member away is due thirty days after he was last reached, and not before") {
  CHECK(reason(away("2026-10-10")) == cv::DueReason::kContact);
  CHECK(reason(away("2026-10-19")) == cv::DueReason::kContact);      // today
  CHECK(reason(away("2026-10-25")) == cv::DueReason::kContactSoon);  // in six days
  CHECK_FALSE(cv::due_of(away("2026-11-10"), rules(), true).has_value());
  CHECK(cv::due_of(away("2026-10-10"), rules(), true)->on == Date{2026, 11, 9});
}

TEST_CASE("six calendar months of silence are out of contact, whoever tried") {
  CHECK(reason(away("2026-05-18")) == cv::DueReason::kLost);
  CHECK(reason(away("2026-05-19")) == cv::DueReason::kContact);
  CHECK(reason(away("")) == cv::DueReason::kNeverVisited);  // a roster just imported: nobody has tried yet
  MemberContact marked = away("2026-11-17");
  marked.lost_marked = true;
  CHECK(reason(marked) == cv::DueReason::kLost);
}

TEST_CASE("three days of vain attempts are told before the interval is over") {
  MemberContact member = away("2026-11-01");
  member.failed_days = 3;
  CHECK(reason(member) == cv::DueReason::kUnreached);
}

TEST_CASE("abroad the contact is half-yearly") {
  MemberContact member = away("2026-06-30");
  member.is_abroad = true;
  CHECK_FALSE(cv::due_of(member, rules(), true).has_value());
  member.last_reached = "2026-05-01";
  CHECK(reason(member) == cv::DueReason::kContact);
}

TEST_CASE("whoever nobody has visited is due without a day; the deceased are never due") {
  MemberContact member;
  CHECK(reason(member) == cv::DueReason::kNeverVisited);
  CHECK_FALSE(cv::due_of(member, rules(), true)->on.has_value());
  member.standing = "deceased";
  CHECK_FALSE(cv::due_of(member, rules(), false).has_value());
}

TEST_CASE("a quarter without a word about him asks for a refresh until its last day") {
  const auto due = cv::due_of(away("2026-11-10"), rules(), false);
  REQUIRE(due.has_value());
  CHECK(due->reason == cv::DueReason::kRefresh);
  CHECK(due->on == Date{2026, 12, 31});
  CHECK(cv::quarter_begin(Date{2026, 11, 18}) == Date{2026, 10, 1});
}

TEST_CASE("members in care are visited in the festival's window, once") {
  cv::DueRules spring = rules();
  spring.today = Date{2027, 1, 20};
  spring.festival = "spring_festival";
  spring.festival_on = Date{2027, 2, 6};
  MemberContact member;
  member.needs_care = true;
  member.last_visit = "2026-12-01";
  CHECK(cv::due_of(member, spring, true)->reason == cv::DueReason::kCare);
  member.last_care_festival = "spring_festival";
  member.last_care_on = "2027-01-18";
  CHECK_FALSE(cv::due_of(member, spring, true).has_value());
  member.last_care_on = "2026-02-10";  // last year's
  CHECK(cv::due_of(member, spring, true)->reason == cv::DueReason::kCare);
}

TEST_CASE("a birthday is told a week ahead, also over the end of the year") {
  MemberContact member;
  member.last_visit = "2026-11-01";
  member.born_on = "1979-11-25";
  CHECK(reason(member) == cv::DueReason::kBirthday);
  member.born_on = "1979-11";
  CHECK_FALSE(cv::due_of(member, rules(), true).has_value());
  cv::DueRules december = rules();
  december.today = Date{2026, 12, 30};
  member.born_on = "1979-01-03";
  CHECK(cv::due_of(member, december, true)->on == Date{2027, 1, 3});
}
