#include "client/store/drafts.hpp"

#include <doctest/doctest.h>

#include "tests/client/store/small_county.hpp"

using namespace lianxin;
using namespace lianxin::client::store;
using namespace lianxin::test;

TEST_CASE("drafts are kept until dropped, the newest first, one by form and subject") {
  const TempFolder folder;
  SmallCounty county;
  const auto home = folder.path() / "home";
  const Id subject = Id::make(5);
  const Draft old{Id::make(1), "visit", subject, "走访", "{\"a\":1}", "token", 100};
  {
    auto store = LaptopStore::create(county.enrol(home), county.clock);
    REQUIRE(store.ok());
    Drafts& drafts = (*store)->drafts();
    REQUIRE(drafts.stash(old).ok());
    REQUIRE(drafts.stash({Id::make(2), "member", Id{}, "新", "b", "", 200}).ok());
    Draft again = old;
    again.content = "{\"a\":2}";
    again.saved_ms = 300;
    REQUIRE(drafts.stash(again).ok());
    Draft big = old;
    big.content.assign(1024 * 1024 + 1, 'x');
    CHECK(drafts.stash(big).error().code == "draft.too_large");
  }
  OpenReport report;
  auto store = LaptopStore::open(home, kPassphrase, county.clock, report);
  REQUIRE(store.ok());
  Drafts& drafts = (*store)->drafts();
  const auto all = drafts.all();
  REQUIRE(all.ok());
  REQUIRE(all->size() == 2);
  CHECK(all->front().id == old.id);
  CHECK(all->front().content == "{\"a\":2}");
  CHECK(drafts.of("visit", subject)->value().shown_token == "token");
  CHECK_FALSE(drafts.of("delivery", subject)->has_value());
  REQUIRE(drafts.drop(old.id).ok());
  CHECK_FALSE(drafts.get(old.id)->has_value());
  CHECK(drafts.get(Id::make(9))->has_value() == false);
}

TEST_CASE("settings and past syncs are remembered") {
  const TempFolder folder;
  SmallCounty county;
  auto store = LaptopStore::create(county.enrol(folder.path() / "home"), county.clock);
  REQUIRE(store.ok());
  CHECK_FALSE((*store)->settings().get("language")->has_value());
  REQUIRE((*store)->settings().set("language", "zh-CN").ok());
  REQUIRE((*store)->settings().set("language", "en").ok());
  CHECK((*store)->settings().get("language")->value() == "en");
  REQUIRE((*store)->replica().remember_sync("{\"n\":1}", false).ok());
  REQUIRE((*store)->replica().remember_sync("{\"n\":2}", true).ok());
  const auto past = past_syncs((*store)->database(), 10);
  REQUIRE(past.ok());
  REQUIRE(past->size() == 2);
  CHECK(past->front().summary == "{\"n\":2}");
  CHECK(past->front().complete);
  CHECK((*store)->records().status()->last_sync_complete);
}
