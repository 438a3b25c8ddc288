// Heads in, write in -> heads out, shown value, dispute: one row per case and policy.
#include "sync/merge/merge.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "tests/sync/merge/histories.hpp"

using namespace lianxin;
using namespace lianxin::test;
using namespace lianxin::sync::merge;
using sync::change::CauseKind;
using Text = std::optional<std::string>;

namespace {

struct Given {
  Text value;
  std::vector<std::size_t> seen = {};  ///< rows above, from 0
  WallMs ms = 1000;
  CauseKind cause = CauseKind::kTyped;
  bool suspect = false;
};

struct Row {
  const char* why;
  std::uint16_t field;
  std::vector<Given> writes;
  std::size_t heads;
  Text shown;
  bool in_dispute = false;
};

ChangeId id_at(std::size_t index) { return {{index + 1}, 1}; }

Written write_of(const Row& row, std::size_t index) {
  const Given& given = row.writes[index];
  OneWrite write{row.field, row.field == kTags ? "a" : "", given.value, {}, {}, 0};
  for (const std::size_t seen : given.seen)
    write.seen.push_back(id_at(seen));
  Written out = written(id_at(index), {write}, given.ms, given.cause);
  out.meta.suspect = given.suspect;
  return out;
}

const Text kNone = std::nullopt;

const std::vector<Row>& review_rows() {
  static const std::vector<Row> kRows{
      {"one write is settled", kReviewed, {{"a"}}, 1, "a"},
      {"a write that names the head replaces it", kReviewed, {{"a"}, {"b", {0}}}, 1, "b"},
      {"an older stamp replaces what it names", kReviewed, {{"a", {}, 5000}, {"b", {0}, 1000}}, 1, "b"},
      {"review: rivals are in dispute, the later is shown",
       kReviewed,
       {{"a", {}, 1}, {"b", {}, 2}},
       2,
       "b",
       true},
      {"review: equal values are settled", kReviewed, {{"a"}, {"a"}}, 2, "a"},
      {"review: equality is of bytes", kReviewed, {{"a", {}, 2}, {"a ", {}, 1}}, 2, "a", true},
      {"review: a clear beside a value is a dispute",
       kReviewed,
       {{kNone, {}, 2}, {"a", {}, 1}},
       2,
       kNone,
       true},
      {"review: two clears are settled", kReviewed, {{kNone}, {kNone}}, 2, kNone},
      {"review: in person before the later document",
       kReviewed,
       {{"a", {}, 1, CauseKind::kVisit}, {"b", {}, 9, CauseKind::kDocument}},
       2,
       "a",
       true},
      {"review: import gives way to family",
       kReviewed,
       {{"a", {}, 9, CauseKind::kImport}, {"b", {}, 1, CauseKind::kFamily}},
       2,
       "b",
       true},
      {"review: unsuspect before the later suspect",
       kReviewed,
       {{"a", {}, 1}, {"b", {}, 9, CauseKind::kTyped, true}},
       2,
       "a",
       true},
      {"review: the same time: the higher replica", kReviewed, {{"a"}, {"b"}}, 2, "b", true},
      {"review: a resolution of all ends it", kReviewed, {{"a"}, {"b"}, {"a", {0, 1}}}, 1, "a"},
      {"review: a resolution of one leaves the other", kReviewed, {{"a"}, {"b"}, {"c", {0}}}, 2, "c", true},
      {"review: two resolutions are rivals again",
       kReviewed,
       {{"a"}, {"b"}, {"a", {0, 1}}, {"b", {0, 1}}},
       2,
       "b",
       true},
  };
  return kRows;
}

const std::vector<Row>& rows_of_other_policies() {
  static const std::vector<Row> kRows{
      {"latest: the later is shown, no dispute", kLatest, {{"a", {}, 9}, {"b", {}, 1}}, 2, "a"},
      {"latest: evidence does not count",
       kLatest,
       {{"a", {}, 1, CauseKind::kVisit}, {"b", {}, 9, CauseKind::kImport}},
       2,
       "b"},
      {"latest: the suspect one loses",
       kLatest,
       {{"a", {}, 1}, {"b", {}, 9, CauseKind::kTyped, true}},
       2,
       "a"},
      {"both: adding wins over removing", kTags, {{"1"}, {kNone, {0}}, {"1", {0}}}, 2, "1"},
      {"both: removing what was seen removes it", kTags, {{"1"}, {kNone, {0}}}, 1, kNone},
      {"max: the larger number, not the later", kMost, {{"9", {}, 9}, {"10", {}, 1}}, 2, "10"},
      {"max: below zero", kMost, {{"-9"}, {"-10"}}, 2, "-9"},
      {"max: a clear is less than all", kMost, {{"-9"}, {kNone, {}, 9}}, 2, "-9"},
      {"max: dates compare as dates", kMost, {{"2026-01-31"}, {"2025-12-31"}}, 2, "2026-01-31"},
      {"max: a text beats numbers, whatever the order", kMost, {{"9"}, {"10"}, {"1a"}}, 3, "1a"},
      {"min: the smaller number", kLeast, {{"9", {}, 1}, {"10", {}, 9}}, 2, "9"},
      {"min: a clear does not hide it", kLeast, {{kNone, {}, 9}, {"10"}}, 2, "10"},
      {"unknown field: as review", 9'999, {{"a", {}, 1}, {"b", {}, 2}}, 2, "b", true},
  };
  return kRows;
}

const Register& reg_of(const RecordState& state, std::uint16_t field = kReviewed) {
  const Register* reg = state.find(field, field == kTags ? "a" : "");
  REQUIRE(reg != nullptr);
  return *reg;
}

Shown shown_in(const RecordState& state, std::uint16_t field = kReviewed) {
  return shown(reg_of(state, field), policy_of(small_catalogue(), 1, field), state.classes.at(0));
}

void check_row(const Row& row, const std::vector<std::size_t>& order) {
  RecordState state = empty_record();
  std::set<ChangeId> missing;
  for (std::size_t i = 0; i < order.size(); ++i)
    missing.insert(id_at(i));
  Applied last;
  for (const std::size_t index : order) {
    last = take(state, write_of(row, index), missing);
    missing.erase(id_at(index));
  }
  const Shown seen = shown_in(state, row.field);
  CHECK(reg_of(state, row.field).heads.size() == row.heads);
  CHECK(seen.value == row.shown);
  CHECK(seen.in_dispute == row.in_dispute);
  CHECK_FALSE(seen.waiting);
}

}  // namespace

TEST_CASE("Every policy shows what it promises, in any order of arrival (3.4, 3.6)") {
  std::vector<Row> rows = review_rows();
  rows.insert(rows.end(), rows_of_other_policies().begin(), rows_of_other_policies().end());
  for (const Row& row : rows) {
    CAPTURE(row.why);
    std::vector<std::size_t> order(row.writes.size());
    for (std::size_t i = 0; i < order.size(); ++i)
      order[i] = i;
    do {
      check_row(row, order);
    } while (std::next_permutation(order.begin(), order.end()));
  }
}

TEST_CASE("apply tells whether a register is now in rival hands") {
  RecordState state = empty_record();
  CHECK_FALSE(take(state, written({{1}, 1}, {{kReviewed, "", "a", {}, {}, 0}})).concurrent);
  CHECK_FALSE(take(state, written({{2}, 1}, {{kReviewed, "", "a", {}, {}, 0}})).concurrent);
  CHECK(take(state, written({{3}, 1}, {{kReviewed, "", "b", {}, {}, 0}})).concurrent);
}

TEST_CASE(
    "A named write that is not here is awaited, dead when it comes, and what it named dies with it (3.2)") {
  RecordState state = empty_record();
  const ChangeId first{{1}, 1};
  const ChangeId second{{1}, 2};
  const ChangeId third{{2}, 1};
  take(state, written(first, {{kReviewed, "", "a", {}, {}, 0}}));
  const Applied late = take(state, written(third, {{kReviewed, "", "c", {second}, {}, 0}}), {second});
  CHECK(late.new_ghosts == std::vector{second});
  CHECK(shown_in(state).waiting);
  CHECK_FALSE(shown_in(state).in_dispute);  // waiting, not quarrelling
  CHECK(reg_of(state).heads.size() == 2);
  take(state, written(second, {{kReviewed, "", "b", {first}, {}, 0}}));
  CHECK(reg_of(state).heads.size() == 1);
  CHECK(shown_in(state).value == "c");
  CHECK_FALSE(shown_in(state).waiting);
}

TEST_CASE("A quarantined write is no head and replaces nothing; who names it reaches through it (3.3)") {
  RecordState state = empty_record();
  const auto nothing_missing = [](const ChangeId&) { return false; };
  const ChangeId first{{1}, 1};
  const ChangeId kept_aside{{2}, 1};
  const ChangeId also_aside{{3}, 1};
  take(state, written(first, {{kReviewed, "", "a", {}, {}, 0}}));
  apply_inert(state, written(kept_aside, {{kReviewed, "", "b", {first}, {}, 0}}).body, nothing_missing);
  apply_inert(state, written(also_aside, {{kReviewed, "", "c", {kept_aside}, {}, 0}}).body, nothing_missing);
  CHECK(shown_in(state).value == "a");
  const Written over = written({{4}, 1}, {{kReviewed, "", "d", {also_aside}, {}, 0}});
  CHECK(take(state, over).new_ghosts == std::vector{kept_aside, also_aside});
  CHECK(reg_of(state).heads.size() == 1);
  CHECK(shown_in(state).value == "d");
  CHECK_FALSE(shown_in(state).waiting);  // it is here, only kept aside
  take(state, written(kept_aside, {{kReviewed, "", "b", {first}, {}, 0}}));
  CHECK(shown_in(state).value == "d");  // accepted later: replaced long ago
  CHECK(reg_of(state).inert.size() == 1);
}

TEST_CASE("Acceptance of an unnamed write makes it a head") {
  RecordState state = empty_record();
  const Written first = written({{1}, 1}, {{kReviewed, "", "a", {}, {}, 0}});
  const Written aside = written({{2}, 1}, {{kReviewed, "", "b", {first.body.id}, {}, 0}});
  take(state, first);
  apply_inert(state, aside.body, [](const ChangeId&) { return false; });
  take(state, aside);
  CHECK(shown_in(state).value == "b");
  CHECK(reg_of(state).heads.size() == 1);
  CHECK(reg_of(state).inert.empty());
}

TEST_CASE("What is known of a change is kept exactly while it has a head") {
  RecordState state = empty_record();
  const ChangeId first{{1}, 1};
  take(state, written(first, {{kReviewed, "", "a", {}, {}, 0}, {kLatest, "", "b", {}, {}, 0}}));
  take(state, written({{2}, 1}, {{kReviewed, "", "c", {first}, {}, 0}}));
  CHECK(state.meta(first) != nullptr);
  take(state, written({{2}, 2}, {{kLatest, "", "d", {first}, {}, 0}}));
  CHECK(state.meta(first) == nullptr);
  CHECK(state.classes.at(0).metas.size() == 2);
}

TEST_CASE("A write finds its register, whatever numbers the others have") {
  RecordState state = empty_record();
  std::uint64_t counter = 0;
  std::map<RegisterKey, std::string> expected;
  constexpr std::uint16_t kNumbers[] = {36, 38, 37, 32, 500, 1, 33, 38, 500, 65535, 1, 34, 36};
  for (const std::uint16_t field : kNumbers) {
    for (const char* element : {"", "a", "b"}) {
      if (field != kTags && *element != 0) continue;
      const std::string value = std::to_string(++counter);
      std::vector<ChangeId> seen;
      if (const Register* reg = state.find(field, element)) seen.push_back(reg->heads.front().id);
      take(state, written({{1}, counter}, {{field, element, value, seen, {}, 0}}));
      expected[{field, element}] = value;
    }
  }
  const auto& registers = std::as_const(state.classes.at(0).registers);
  REQUIRE(registers.size() == expected.size());
  auto at = registers.begin();
  for (const auto& [key, value] : expected) {
    CHECK(at->first == key);
    REQUIRE(at->second.heads.size() == 1);
    CHECK(at->second.heads.front().value == value);
    ++at;
  }
}

TEST_CASE("A purged value is shown as purged") {
  RecordState state = empty_record();
  Written change = written({{1}, 1}, {{kReviewed, "", "a", {}, {}, 0}});
  purge_values(change.body, change.values, {});
  take(state, change);
  CHECK(shown_in(state).purged);
  CHECK(shown_in(state).value == std::nullopt);
}

TEST_CASE("What a form stores as seen: heads of the register, of the group, of the record (2.3, 2.4)") {
  RecordState state = empty_record();
  const domain::Kind& kind = *small_catalogue().kind(1);
  take(state, written({{2}, 1}, {{kTown, "", "a", {}, {}, 0}, {kDesk, "", "b", {}, {}, 0}}));
  take(state, written({{1}, 1}, {{kTown, "", "c", {}, {}, 0}}));
  take(state, written({{3}, 1}, {{kFirm, "", "d", {}, {}, 0}}));
  take(state, written({{4}, 1}, {{kTalk, "", "e", {}, {}, 4}}));
  CHECK(test::ids_of(heads_of(state, {kTown, ""})) == std::vector<ChangeId>{{{1}, 1}, {{2}, 1}});
  CHECK(heads_of(state, {kReviewed, ""}).empty());
  CHECK(test::ids_of(group_heads_of(state, kind, *kind.field(kFirm))) ==
        std::vector<ChangeId>{{{1}, 1}, {{2}, 1}});
  CHECK(group_heads_of(state, kind, *kind.field(kReviewed)).empty());
  CHECK(all_heads_of(state).size() == 4);
}
