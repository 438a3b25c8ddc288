// A batch is taken back as a whole, except what somebody has changed since.
#include <algorithm>
#include <doctest/doctest.h>
#include <set>

#include "client/app/roster_import.hpp"
#include "tests/client/app/roster_laptop.hpp"

namespace lianxin::client::app {

using test::RosterLaptop;

TEST_CASE("undo takes a whole batch back and keeps what was changed since") {
  RosterLaptop laptop(RosterLaptop::county());
  const RosterPlan plan = laptop.plan("roster-a.xlsx");
  const RosterApplied applied = laptop.apply(plan);
  const Id changed = plan.rows.front().member;
  laptop.edit("member", changed, {{"home_address", "山河村1组"}});

  const auto undone = laptop.undo(applied.batch);
  CHECK(undone.undone > 0);
  CHECK(std::find(undone.kept.begin(), undone.kept.end(), changed) != undone.kept.end());
  CHECK(laptop.count("member") == 1);
  CHECK(laptop.get(changed).value("name") == "何芳兰");
  REQUIRE(laptop.past().size() == 1);
  CHECK_FALSE(laptop.past().front().undone_on.empty());
  CHECK(laptop.undo_error(applied.batch) == "import.batch_undone");
}

TEST_CASE("after an undo the file can be imported again") {
  RosterLaptop laptop(RosterLaptop::county());
  const RosterApplied first = laptop.apply(laptop.plan("roster-a.xlsx"));
  (void)laptop.undo(first.batch);
  CHECK(laptop.count("member") == 0);
  const RosterApplied second = laptop.apply(laptop.plan("roster-a.xlsx"));
  CHECK(second.batch != first.batch);
  CHECK(laptop.count("member") == 32);
}

TEST_CASE("a row that is refused keeps nobody else's out, and what hangs on it goes with it") {
  RosterLaptop laptop(RosterLaptop::county());
  RosterPlan plan = laptop.plan("roster-a.xlsx");
  const std::size_t whole = plan.rows_to_write();
  const auto first = std::find_if(plan.rows.begin(), plan.rows.end(),
                                  [](const RowPlan& row) { return row.fate == RowFate::kNew; });
  REQUIRE(first != plan.rows.end());
  first->edits.front().fields.push_back({"born_on", store::FieldEdit::Op::kSet, "no day"});
  // Two more rows of the same person: one beside it, one long after.
  const std::size_t refused_row = first->row_index;
  RowPlan more = *first;
  more.fate = RowFate::kDuplicate;
  more.edits.clear();
  plan.rows.insert(first + 1, more);
  plan.rows.push_back(more);
  const RosterApplied applied = laptop.apply(plan);
  REQUIRE(applied.refused.size() == 3);
  CHECK(applied.refused[0].row_index == refused_row);
  CHECK(applied.refused[0].kind == "member");
  CHECK(applied.rows_written + applied.rows_noted == whole - 1);
  CHECK(laptop.count("member") == 31);
  CHECK(laptop.count("import_row") == whole - 1);
}

TEST_CASE("of a long roster all is written but what is refused and what hangs on it, however far behind") {
  constexpr std::size_t kRows = 1300;  // several commits
  const std::vector<std::string> digits = {"安", "春", "德", "芳", "刚", "海", "军", "兰", "明", "宁"};
  std::string text = "姓名,性别,联系电话\n";
  for (std::size_t i = 0; i < kRows; ++i) {
    text += (i < 1000 ? "孙" : "李") + digits[i / 100 % 10] + digits[i / 10 % 10] + digits[i % 10];
    text += ",女,139" + std::to_string(10'000'000 + i) + "\n";
  }
  RosterLaptop laptop(RosterLaptop::county());
  RosterChoices choices;
  choices.village = "220622101200";
  RosterPlan plan = laptop.plan_bytes(text, "long.csv", choices);
  REQUIRE(plan.rows_with_values() == kRows);
  for (const std::size_t refused : {std::size_t{3}, std::size_t{700}, std::size_t{701}})
    plan.rows[refused].edits.front().fields.push_back({"born_on", store::FieldEdit::Op::kSet, "no day"});
  for (const std::size_t behind : {std::size_t{740}, std::size_t{1290}}) {
    plan.rows[behind].fate = RowFate::kMerged;
    plan.rows[behind].member = plan.rows[700].member;
    plan.rows[behind].edits = {plan.rows[700].edits.front()};
    plan.rows[behind].edits.front().create = false;  // nobody would know the record
    plan.rows[behind].edits.front().fields.pop_back();
  }
  const RosterApplied applied = laptop.apply(plan);
  std::set<std::size_t> refused;
  for (const RosterApplied::Refused& one : applied.refused)
    refused.insert(one.row_index);
  CHECK(refused == std::set<std::size_t>{3, 700, 701, 740, 1290});
  CHECK(applied.rows_written == kRows - 5);
  CHECK(laptop.count("member") == kRows - 5);
  CHECK(laptop.count("import_row") == kRows - 5);
  // Importing it again goes on with what is missing.
  const RosterApplied rest = laptop.apply(laptop.plan_bytes(text, "long.csv", choices));
  CHECK(rest.refused.empty());
  CHECK(rest.rows_written == 5);
  CHECK(laptop.count("member") == kRows);
}

TEST_CASE("a batch nobody knows is named") {
  RosterLaptop laptop(RosterLaptop::county());
  CHECK(laptop.undo_error(Id::make(1)) == "import.batch_unknown");
}

}  // namespace lianxin::client::app
