// Two rosters as offices keep them, with the truth beside them.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <set>

#include "client/import/roster_reader.hpp"
#include "client/import/sheet_walk.hpp"
#include "shared/domain/id_number.hpp"
#include "tests/client/import/sheet_maker.hpp"

namespace lianxin::client::import::test {
namespace {

const RosterRow* row_at(const Roster& roster, const std::string& sheet, std::uint32_t number) {
  for (const RosterRow& row : roster.rows) {
    if (row.row == number && roster.sheets[row.sheet_index].name == sheet) return &row;
  }
  return nullptr;
}

/// What the file itself holds decides what is right: the true number, a ruined one, or a blank.
void check_identity(const RosterRow& row, const std::string& true_id) {
  const std::string id(row.value(kTargetId));
  if (!id.empty()) {
    CHECK(id == true_id);
    CHECK(row.quarantine.empty());
    CHECK_FALSE(row.id_missing);
  } else if (row.id_missing) {
    CHECK(row.quarantine.empty());
  } else {
    CHECK(row.quarantine.rfind("id_", 0) == 0);
    CHECK(row.quarantined_text != true_id);
    CHECK_FALSE(row.quarantined_text.empty());
  }
}

struct Counts {
  std::size_t accepted = 0;
  std::size_t quarantined = 0;
  std::size_t id_missing = 0;
  std::size_t duplicates = 0;
};

Counts check_against_truth(const std::string& stem) {
  const Roster roster = roster_of(data_file(stem + ".xlsx"), stem + ".xlsx");
  const auto truth = nlohmann::json::parse(data_file(stem + ".truth.json"));
  Counts counts;
  for (const auto& person : truth) {
    const std::string name = person.at("name");
    CAPTURE(name);
    const RosterRow* row = row_at(roster, person.at("sheet"), person.at("row"));
    REQUIRE(row != nullptr);
    CHECK(row->value(kTargetName) == name);
    CHECK(row->village == person.at("village").get<std::string>());
    check_identity(*row, person.at("id"));
    const bool duplicate = person.value("duplicate", false);
    CHECK(row->duplicate_of.has_value() == duplicate);
    if (duplicate) CHECK(roster.rows[row->duplicate_of->row_index].value(kTargetName) == name);
    counts.accepted += row->quarantine.empty() ? 1U : 0U;
    counts.quarantined += row->quarantine.empty() ? 0U : 1U;
    counts.id_missing += row->id_missing ? 1U : 0U;
    counts.duplicates += duplicate ? 1U : 0U;
  }
  CHECK(roster.rows.size() == truth.size());  // nobody is invented
  return counts;
}

}  // namespace

TEST_CASE("roster a: villages merged in a column, headings in two rows, totals and notes below") {
  const Counts counts = check_against_truth("roster-a");
  CHECK(counts.quarantined == 4);
  CHECK(counts.accepted == 32);
  const Roster roster = roster_of(data_file("roster-a.xlsx"), "roster-a.xlsx");
  REQUIRE(roster.sheets.size() == 1);
  REQUIRE(roster.sheets[0].tables.size() == 1);
  CHECK(roster.sheets[0].tables[0].first_header_row == 3);
  CHECK(roster.sheets[0].tables[0].last_header_row == 4);
  CHECK(why_skipped(roster, 1) == "above_header");
  CHECK(why_skipped(roster, 15) == "blank");
  CHECK(why_skipped(roster, 44) == "total");
  CHECK(why_skipped(roster, 46) == "note");
  CHECK(why_skipped(roster, 47) == "note");
  const RosterRow& ruined = person(roster, "吴兰静");
  CHECK(ruined.quarantine == "id_lost_digits");
  CHECK(ruined.quarantined_text == "220699195103089060");
  CHECK(person(roster, "冯明东").quarantine == "id_check_digit");
  const RosterRow& two_phones = person(roster, "熊春涛");
  REQUIRE(two_phones.phones.size() == 2);
  CHECK(two_phones.phones[1].value == "19900018809");
  CHECK(person(roster, "薛海").value("member.id_no") ==
        "220699199507142937");                                    // was written with an apostrophe
  CHECK(person(roster, "汤艳华").value("member.gender") == "2");  // was written as a number
  CHECK(person(roster, "胡丽芳").value("member.born_on") == "1956-11");
  CHECK(person(roster, "胡丽芳").value("mobility_episode.left_on") == "2020-11-27");
}

TEST_CASE("roster b: one sheet for each village, Excel dates, people twice") {
  const Counts counts = check_against_truth("roster-b");
  CHECK(counts.duplicates == 7);
  CHECK(counts.id_missing == 2);
  CHECK(counts.quarantined == 4);
  const Roster roster = roster_of(data_file("roster-b.xlsx"), "roster-b.xlsx");
  CHECK(roster.sheets.size() == 6);
  std::set<std::string> fingerprints;
  for (const RosterSheet& sheet : roster.sheets)
    fingerprints.insert(sheet.tables.at(0).fingerprint);
  CHECK(fingerprints.size() == 1);  // a mapping chosen for one sheet serves all
  const RosterRow& twin = person(roster, "秦珍");
  CHECK(twin.village_source == VillageSource::kTitle);
  CHECK(twin.value("mobility_episode.left_on") == "2022-04-15");
  CHECK(twin.value("member.joined_on") == "1992-07-22");
}

}  // namespace lianxin::client::import::test
