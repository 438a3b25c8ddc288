#include "sync/server/service/own_changes.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("a list becomes records, units and a tree; the same list again changes nothing") {
  Office office;
  const std::uint64_t before = must(office.admin().stats()).changes;
  const server::DivisionCounts again = import_text(office.admin(), small_list(), 1000);
  CHECK(again.county == 1);
  CHECK(again.township == 2);
  CHECK(again.village == 3);
  CHECK(again.unchanged == 6);
  CHECK(must(office.admin().stats()).changes == before);
  CHECK(must(office.admin().divisions()).size() == 6);
  const auto under = must(office.admin().divisions(kTownship));
  REQUIRE(under.size() == 3);
  CHECK(under[0].name == "三道湖镇");
  CHECK(under[1].parent == under[0].id);
  CHECK(office.admin().divisions("0").error().code == "division.unknown");
  office.prove();
}

TEST_CASE("a later list changes what differs and nothing else") {
  Office office;
  const Id sanhe = office.unit(kSanhe);
  std::string list = small_list();
  list.replace(list.find("三合村"), std::string("三合村").size(), "三合社区");
  list.replace(list.find("village", list.find("三合社区")), 7, "community");
  list += "220622101202,新村,village,220622101\n";
  const server::DivisionCounts counts = import_text(office.admin(), list);
  CHECK(counts.added == 1);
  CHECK(counts.changed == 1);
  CHECK(counts.unchanged == 5);
  const auto unit = must(office.reader()->unit(sanhe));
  CHECK(unit->name == "三合社区");
  CHECK(unit->level == "community");
  CHECK(unit->code == kSanhe);
  const auto history = must(office.reader()->changes_of_record(sanhe));
  CHECK(history.size() == 2);
  office.prove();
}

/// The text in one piece, then the end.
server::Administration::Read whole(std::string text) {
  return [text = std::move(text)]() mutable -> Result<std::string> { return std::exchange(text, {}); };
}

TEST_CASE("a bad line names itself, and what came before it in its batch is not written") {
  Office office;
  const auto counts =
      office.admin().import_divisions(whole("code,name,level,parent\n220623,长白县,county,\nnonsense\n"));
  REQUIRE(!counts.ok());
  CHECK(counts.error().code == "division.columns");
  CHECK(counts.error().args.at(0).value == "3");
  CHECK(!must(office.reader()->unit_by_code("220623")).has_value());
}

TEST_CASE("a county whose prefecture is in no list stands at the top") {
  Office office;
  const auto counts =
      must(office.admin().import_divisions(whole("code,name,level,parent\n220623,长白县,county,2206\n")));
  CHECK(counts.added == 1);
  CHECK(must(office.reader()->unit_by_code("220623"))->parent.is_nil());
}

TEST_CASE("own changes are chained, by the administrator, with what stands there as seen") {
  Office office;
  const Id sanhe = office.unit(kSanhe);
  const auto writer = must(office.store().write());
  server::OwnChanges own = must(
      server::OwnChanges::begin(*writer, office.catalogue(), office.admin().county(), office.clock.now_ms()));
  must(own.write("org_unit", sanhe, {{"secretary", "书记"}, {"contact_phone", "13800001234"}}));
  must(own.write("org_unit", sanhe, {{"secretary", std::nullopt}}));
  must(own.finish());
  must(writer->commit());
  const auto history = must(office.reader()->changes_of_record(sanhe));
  REQUIRE(history.size() == 4);
  CHECK(history[1].action == history[2].action);  // two classes, one action
  CHECK(history[3].author == office.admin().county().administrator);
  const auto last = must(change::decode_body(history[3].body));
  CHECK(last.writes[0].seen.at(0).id == history[1].id);
  office.prove();
}

TEST_CASE("a long list comes in batches, each told; parents are found across them") {
  Office office;
  std::string text = "code,name,level,parent\n";
  for (int county = 220601; county <= 220603; ++county) {
    text += std::to_string(county) + ",县,county,\n";
    for (int township = 100; township < 1000; ++township)
      text +=
          std::to_string(county) + std::to_string(township) + ",镇,township," + std::to_string(county) + "\n";
  }
  std::vector<std::uint64_t> told;
  const auto counts = must(office.admin().import_divisions(
      whole(std::move(text)), [&](std::uint64_t lines) { told.push_back(lines); }));
  CHECK(told == std::vector<std::uint64_t>{2000, 2703});
  CHECK(counts.added == 2703);
  CHECK(must(office.admin().divisions("220603")).size() == 901);
}

}  // namespace
