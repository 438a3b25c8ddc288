// The texts a search reads in memory (search_texts.hpp), and that they follow the table whatever happens.
#include "client/store/search_texts.hpp"

#include <doctest/doctest.h>

#include "client/store/search_index.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

using Ids = std::vector<Id>;

Ids sorted(Ids ids) {
  std::sort(ids.begin(), ids.end());
  return ids;
}

/// What a search finds, and what one finds that has read everything anew.
Ids found(Desk& desk, const std::string& typed) {
  const auto now = desk.impl->search().find(typed);
  REQUIRE(now.ok());
  REQUIRE(now->has_value());
  cs::SearchIndex fresh(*desk.database, desk.impl->catalogue(),
                        [](const Id&) -> Result<cs::SearchText> { return fail("nothing is left to make"); });
  const auto anew = fresh.find(typed);
  REQUIRE(anew.ok());
  CHECK(**anew == **now);
  return **now;
}

TEST_CASE("texts are found by a piece, each once, and never across two of them") {
  const Id a = Id::make(kStart);
  const Id b = Id::make(kStart);
  const Id phone = Id::make(kStart);
  cs::SearchTexts texts;
  CHECK(texts.find({"|zh"}).empty());
  texts.add(a, a, "=赵|zhao|z");
  texts.add(b, b, "=张|zhang|z");
  texts.add(phone, b, "#13800001234$");
  CHECK(texts.find({"|z", "=赵"}) == sorted({a, b}));
  CHECK(texts.find({"zhang"}) == Ids{b});
  CHECK(texts.find({"1234$", "#1234"}) == Ids{b});
  CHECK(texts.find({"z\n=张", "z=张", "", "李"}).empty());
  texts.drop({b});
  CHECK(texts.find({"|z"}) == Ids{a});
  CHECK(texts.find({"1234$"}) == Ids{b});
  CHECK(texts.dropped() == 1);
  texts.add(b, b, "=章|zhang|z");
  CHECK(texts.find({"|z"}) == sorted({a, b}));
  texts.clear();
  CHECK(texts.find({"|z"}).empty());
}

TEST_CASE("a search knows what was changed, taken back, removed or made anew since the one before") {
  Desk desk;
  const Id zhao = desk.member("赵连心");
  const Id qian = desk.member("钱守信");
  CHECK(found(desk, "zlx") == Ids{zhao});
  desk.put("member", zhao, {{"name", "孙知远"}});
  CHECK(found(desk, "zlx").empty());
  CHECK(found(desk, "szy") == Ids{zhao});
  const Id phone = desk.put("contact_point", Id{},
                            {{"member_id", qian.text()}, {"kind", "mobile"}, {"value", "13800001234"}})
                       .records.front();
  CHECK(found(desk, "1234") == Ids{qian});
  {
    auto transaction = lianxin::store::Transaction::begin(*desk.database);
    REQUIRE(transaction.ok());
    REQUIRE(desk.impl->search().erase(qian).ok());
    CHECK(found(desk, "qsx").empty());
  }
  CHECK(found(desk, "qsx") == Ids{qian});
  REQUIRE(desk.records.void_record(phone, "打错了").ok());
  CHECK(found(desk, "1234").empty());
  REQUIRE(desk.impl->rebuild().ok());
  CHECK(found(desk, "qsx") == Ids{qian});
  CHECK(found(desk, "szy") == Ids{zhao});
  CHECK(desk.problems().empty());
}

TEST_CASE("texts are made in slices before anybody searches") {
  Desk desk;
  for (const char* name : {"赵连心", "钱守信", "孙知远"})
    (void)desk.member(name);
  CHECK(*desk.records.read_texts(0));  // only asks
  CHECK(*desk.records.read_texts(2));
  CHECK_FALSE(*desk.records.read_texts(2));
  CHECK_FALSE(*desk.records.read_texts(0));
  CHECK(found(desk, "qsx").size() == 1);
}

std::int64_t count_of(Desk& desk, const char* sql) {
  auto select = desk.database->prepare(sql);
  REQUIRE(*select.step());
  return select.integer(0);
}

TEST_CASE("texts are made in the order in which records were noted, each once in a slice") {
  Desk desk;
  const Id zhao = desk.member("赵连心");
  const Id qian = desk.member("钱守信");
  for (const char* name : {"赵知远", "赵守信", "赵连心"})
    desk.put("member", zhao, {{"name", name}});
  CHECK(count_of(desk, "SELECT count(*) FROM search_todo") == 5);
  CHECK(*desk.records.read_texts(2));
  CHECK(count_of(desk, "SELECT count(*) FROM search") == 2);
  CHECK(count_of(desk, "SELECT count(*) FROM search_todo") == 3);
  CHECK_FALSE(*desk.records.read_texts(3));
  CHECK(count_of(desk, "SELECT count(*) FROM search") == 2);
  CHECK(count_of(desk, "SELECT count(*) FROM search_todo") == 0);
  CHECK(found(desk, "zlx") == Ids{zhao});
  CHECK(found(desk, "zsx").empty());
  CHECK(found(desk, "qsx") == Ids{qian});
  CHECK(desk.problems().empty());
}

TEST_CASE("an entry of a record that is gone or was removed since finds nobody and leaves no text") {
  Desk desk;
  const Id qian = desk.member("钱守信");
  const Id gone = desk.member("孙知远");
  const Id phone = desk.put("contact_point", Id{},
                            {{"member_id", qian.text()}, {"kind", "mobile"}, {"value", "13800001234"}})
                       .records.front();
  const Id never = Id::make(kStart);
  auto stray = desk.database->prepare("INSERT INTO search_todo(record) VALUES(?)");
  REQUIRE(stray.bind(1, never).run().ok());
  REQUIRE(desk.impl->remove(gone).ok());
  const auto voided = desk.records.void_record(phone, "打错了");
  REQUIRE(voided.ok());
  CHECK(count_of(desk, "SELECT count(*) FROM search_todo") == 4);
  CHECK(desk.problems().empty());
  CHECK(found(desk, "szy").empty());
  CHECK(found(desk, "1234").empty());
  CHECK(found(desk, "qsx") == Ids{qian});
  CHECK(count_of(desk, "SELECT count(*) FROM search") == 1);
  CHECK(count_of(desk, "SELECT count(*) FROM search_todo") == 0);
  REQUIRE(desk.records.undo(voided->undo_token).ok());
  CHECK(found(desk, "1234") == Ids{qian});
  CHECK(desk.problems().empty());
}

}  // namespace
