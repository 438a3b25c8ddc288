#include "client/store/kind_tables.hpp"

#include <doctest/doctest.h>

#include "client/store/search_index.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("every kind of the catalogue has its table with a column per field") {
  Desk desk;
  for (const domain::Kind& kind : domain::Catalogue::base().kinds()) {
    INFO(kind.name);
    auto info = desk.database->prepare("SELECT count(*) FROM pragma_table_info(?)");
    info.bind_text(1, cs::KindTables::table_of(kind));
    REQUIRE(info.step().ok());
    CHECK(info.natural(0) == kind.fields.size() + 5);
  }
}

TEST_CASE("a catalogue that gained a field adds its column and keeps the rows") {
  const char* const old_text =
      "version\t1\nkind\t1\torg_unit\tprofile\tshelf\nfield\t32\tcode\ttext\treview\tgeneral\t-\t-\t-\t-"
      "\t1\n";
  const std::string newer = std::string(old_text) + "field\t33\tname\ttext\treview\tgeneral\t-\t-\t-\t-\t1\n";
  const auto before = domain::Catalogue::parse(old_text);
  const auto after = domain::Catalogue::parse(newer);
  REQUIRE(before.ok());
  REQUIRE(after.ok());
  TempFolder folder;
  lianxin::store::OpenOptions options;
  options.path = folder.path() / "t.db";
  options.create = true;
  auto database = lianxin::store::Database::open(options);
  REQUIRE(database.ok());
  cs::KindTables old_tables(*database, *before);
  REQUIRE(old_tables.make().ok());
  REQUIRE(database->exec("INSERT INTO k_org_unit VALUES(1, x'01', x'00', x'00', 0, '220622')").ok());
  cs::KindTables tables(*database, *after);
  REQUIRE(tables.make().ok());
  REQUIRE(tables.make().ok());
  auto select = database->prepare("SELECT code, name FROM k_org_unit");
  REQUIRE(*select.step());
  CHECK(select.text(0) == "220622");
  CHECK(select.is_null(1));
}

TEST_CASE("rows that an earlier program wrote lie by the numbers of their records from the next opening on") {
  Desk desk;
  for (const char* name : {"甲", "乙", "丙"})
    desk.member(name);
  REQUIRE(desk.database
              ->exec("CREATE TABLE rows_then AS SELECT * FROM k_member ORDER BY r_id DESC; ALTER TABLE "
                     "rows_then DROP COLUMN "
                     "r_number; DROP TABLE k_member; ALTER TABLE rows_then RENAME TO k_member")
              .ok());
  REQUIRE(desk.impl->tables().make().ok());
  auto select = desk.database->prepare(
      "SELECT count(*), sum(m.name IS NOT NULL) FROM k_member m JOIN record r ON r.number = m.r_number AND "
      "r.id = "
      "m.r_id");
  REQUIRE(*select.step());
  CHECK(select.integer(0) == 3);
  CHECK(select.integer(1) == 3);
  auto index = desk.database->prepare("SELECT 1 FROM sqlite_master WHERE name = 'k_member_named'");
  CHECK(*index.step());
  CHECK(desk.problems().empty());
}

TEST_CASE("a number that a record has left is another's without anything of the first") {
  Desk desk;
  desk.member("甲");
  const Id gone = desk.member("乙");
  desk.put("member", gone, {{"home_address", "一号"}});
  REQUIRE(desk.impl->remove(gone).ok());
  const Id next = desk.member("丙");
  CHECK((*desk.records.get(next))->value("name") == "丙");
  CHECK((*desk.records.get(next))->value("home_address").empty());
  CHECK_FALSE(*desk.records.get(gone));
  CHECK(desk.problems().empty());
}

TEST_CASE("numbers stand as numbers, so that sums need no conversion") {
  Desk desk;
  const Id member = desk.member("甲");
  desk.put(
      "visit", Id{},
      {{"members+", member.text()}, {"occurred_on", "2026-09-20"}, {"outcome", "met"}, {"gift_qty", "2"}});
  auto select = desk.database->prepare("SELECT typeof(gift_qty), sum(gift_qty) FROM k_visit");
  REQUIRE(*select.step());
  CHECK(select.text(0) == "integer");
  CHECK(select.integer(1) == 2);
}

TEST_CASE("a row, an element, a search text or a conflict changed by hand is noticed") {
  for (const char* const harm :
       {"UPDATE k_member SET name = '改'", "UPDATE k_member SET r_flags = 4", "DELETE FROM k_member",
        "UPDATE search SET text = 'x'", "DELETE FROM search",
        "INSERT INTO search VALUES(x'01010101010101010101010101010101', x'01', 'x')",
        "INSERT INTO conflict SELECT 'x', id, 0 FROM record",
        "INSERT INTO digest VALUES(x'01010101010101010101010101010101', 0, 3, zeroblob(16))"}) {
    Desk desk;
    desk.member("甲");
    REQUIRE(desk.records.read_texts(10).ok());
    CHECK(desk.problems().empty());
    REQUIRE(desk.database->exec(harm).ok());
    INFO(harm);
    CHECK(!desk.problems().empty());
    REQUIRE(desk.impl->rebuild().ok());
    CHECK(desk.problems().empty());
  }
}

TEST_CASE("what hangs on a member moves with it") {
  Desk desk;
  const Id member = desk.member("甲");
  const Id phone = desk.put("contact_point", Id{},
                            {{"member_id", member.text()}, {"kind", "mobile"}, {"value", "13800001234"}})
                       .records.front();
  const Id other = Id::make(kStart);
  desk.put("member", member, {{"home_village_id", other.text()}});
  CHECK((*desk.records.get(phone))->scope == other);
  CHECK(desk.problems().empty());
}

}  // namespace
