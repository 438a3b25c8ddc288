// A snapshot as texts: whole or refused, never half (K7).
#include "client/report/snapshot.hpp"

#include <doctest/doctest.h>

namespace lianxin::client::report {
namespace {

Snapshot sample() {
  Snapshot out;
  out.form = "f1";
  out.scope = Id::make(5);
  out.from = {2026, 1, 1};
  out.as_of = {2026, 9, 30};
  out.unmasked = true;
  out.made_ms = 1'780'000'000'000;
  out.kind = ".xlsx";
  out.file = Bytes("PK\0\1 bytes", 10);
  Sheet sheet;
  sheet.title = "流动党员信息登记表";
  sheet.headings = {{"联系方式", {{"本人电话", {}, 10.5}, {"家庭电话", {}, 10}}}, {"备注", {}, 12}};
  sheet.rows = {{{"赵连心", "", "𬭎"}, RowKind::kPlain}, {{"无"}, RowKind::kNil}};
  sheet.card = {{{"姓名", "赵连心", 1, 3, 2.5}}};
  sheet.snapshot = "存档";
  sheet.landscape = true;
  out.sheets = {sheet};
  out.narrative = Narrative{{{ParagraphKind::kText, {{"送学上门", ""}, {"238", "45"}}}},
                            {{45, "送学上门", "238", "次", "238次", 238}},
                            {"每名"},
                            "靖宇县",
                            {2026, 1, 1},
                            {2026, 9, 30},
                            "存档"};
  out.records = {{Id::make(1), 7}, {Id::make(2), 8}};
  out.numbers = {{45, "", 238, {{0, 1}, {1, -2}}}, {2, "", std::nullopt, {}}, {45, "family", 0, {}}};
  return out;
}

std::string error_of(const std::vector<std::string>& parts) {
  const auto read = snapshot_of(parts);
  return read.ok() ? "" : read.error().code;
}

}  // namespace

TEST_CASE("a snapshot comes back as it was, and says the same each time") {
  const Snapshot then = sample();
  const auto parts = parts_of(then);
  REQUIRE(parts.ok());
  REQUIRE(parts->size() == 1);
  CHECK(*parts == *parts_of(then));
  const auto now = snapshot_of(*parts);
  REQUIRE(now.ok());
  CHECK(*parts_of(*now) == *parts);
  CHECK(now->file == then.file);
  CHECK(now->scope == then.scope);
  REQUIRE(now->sheets.size() == 1);
  CHECK(now->sheets[0].rows[0].cells == then.sheets[0].rows[0].cells);
  CHECK(now->sheets[0].rows[1].kind == RowKind::kNil);
  CHECK(now->sheets[0].headings[0].below[0].width == doctest::Approx(10.5));
  CHECK(now->sheets[0].card[0][0].value_columns == 3);
  REQUIRE(now->narrative);
  CHECK(now->narrative->paragraphs[0].text() == "送学上门238");
  CHECK(now->numbers[0].shares[1].amount == -2);
  CHECK_FALSE(now->numbers[1].value);
  CHECK(digest_of(*now) == digest_of(then));
}

TEST_CASE("a long one is cut into parts; without one of them it says how many there are") {
  Snapshot then = sample();
  std::uint32_t noise = 1;
  for (int i = 0; i < 100'000; ++i) {
    noise = noise * 1664525U + 1013904223U;
    then.file += static_cast<char>(noise >> 24U);
  }
  auto parts = *parts_of(then);
  REQUIRE(parts.size() > 3);
  for (const std::string& part : parts)
    CHECK(part.size() <= kPartBytesMax);
  CHECK(snapshot_of(parts)->file == then.file);
  const std::vector<std::string> some(parts.begin(), parts.end() - 1);
  CHECK(error_of(some) == "report.snapshot_incomplete");
  CHECK(error_of({}) == "report.snapshot_incomplete");
  std::swap(parts[1], parts[2]);
  CHECK(error_of(parts) == "report.snapshot_damaged");
}

TEST_CASE("too large is said before anything is kept") {
  Snapshot then = sample();
  then.file.assign(kSnapshotBytesMax + 1, 'x');
  const auto parts = parts_of(then);
  REQUIRE_FALSE(parts.ok());
  CHECK(parts.error().code == "report.snapshot_large");
}

TEST_CASE("hostile texts are refused") {
  const std::string whole = parts_of(sample())->front();
  const std::size_t line = whole.find('\n');
  for (const std::size_t at : {line + 5, whole.size() / 2, whole.size() - 6}) {
    std::string flipped = whole;
    flipped[at] = flipped[at] == 'A' ? 'B' : 'A';
    CHECK(error_of({flipped}) == "report.snapshot_damaged");
  }
  CHECK(error_of({"lianxin-snapshot 1 1 99999999999\nAAAA"}) == "report.snapshot_damaged");
  CHECK(error_of({"lianxin-snapshot 1 0 5\nAAAA"}) == "report.snapshot_damaged");
  CHECK(error_of({"lianxin-snapshot 1 1 5"}) == "report.snapshot_damaged");
  CHECK(error_of({"lianxin-snapshot 2 1 5\nAAAA"}) == "report.snapshot_newer");
  CHECK(error_of({"something else\n"}) == "report.snapshot_damaged");
}

TEST_CASE("a share of a record that is not there is damage, not a crash later") {
  Snapshot then = sample();
  then.numbers[0].shares[0].record = 9;
  CHECK(error_of(*parts_of(then)) == "report.snapshot_damaged");
}

}  // namespace lianxin::client::report
