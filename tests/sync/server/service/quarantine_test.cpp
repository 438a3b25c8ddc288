#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// A worker of another township changed a member: kept aside, as one action of two classes.
struct Kept {
  Office office;
  FakeLaptop near{office, office.worker("甲", "secretary", kSanhe)};
  FakeLaptop far{office, office.worker("丁", "worker", kLongquan)};
  Id sanhe = office.unit(kSanhe);
  Id id = near.member("赵连心", kSanhe);
  ChangeId change;
  Kept() {
    (void)near.sync();
    change = far.put("member", id, sanhe, {{"post_code", "远方改的"}, {"home_address", "远方写的"}});
    (void)far.sync();
    (void)near.sync();
  }
};

TEST_CASE("what is kept aside is listed with who, where, why and who decides") {
  Kept kept;
  const auto entries = must(kept.office.admin().quarantine());
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].record == kept.id);
  CHECK(entries[0].kind == "member");
  CHECK(entries[0].scope == kSanhe);
  CHECK(entries[0].author_name == "丁");
  CHECK(entries[0].device == kept.far.device);
  CHECK(entries[0].reason == "scope");
  CHECK(entries[0].owner == kTownship);
  CHECK(entries[0].fields == std::vector<std::string>{"post_code"});
  CHECK(entries[1].action == entries[0].action);
  CHECK(kept.near.shown(kept.id, "home_address").empty());
}

TEST_CASE("acceptance is an ordinary feed entry, for the whole action") {
  Kept kept;
  CHECK(must(kept.office.admin().accept(kept.change)) == 2);
  CHECK(must(kept.office.admin().quarantine()).empty());
  (void)kept.near.sync();
  CHECK(kept.near.shown(kept.id, "home_address") == "远方写的");
  CHECK(kept.near.shown(kept.id, "post_code") == "远方改的");
  kept.office.prove();
  CHECK(kept.office.admin().accept(kept.change).error().code == "quarantine.unknown");
}

TEST_CASE("acceptance of what somebody replaced meanwhile does not bring it back") {
  Kept kept;
  const std::uint16_t post = kept.office.catalogue().kind("member")->field("post_code")->wire;
  change::ChangeBody body = kept.near.log.back().body;
  body.action = kept.near.end.counter + 1;
  body.writes.resize(1);
  body.writes[0].field = post;
  body.writes[0].privacy = 0;
  body.writes[0].seen = {{ChangeId{kept.far.end.replica, kept.change.counter - 1}, std::nullopt}};
  kept.near.log.push_back(change::link(kept.near.end, body, {change::WriteValue::of("已改过")}));
  (void)kept.near.sync();
  (void)must(kept.office.admin().accept(kept.change));
  (void)kept.near.sync();
  CHECK(kept.near.shown(kept.id, "post_code") == "已改过");
  CHECK(merge::conflicts(kept.near.state(kept.id), kept.office.catalogue()).empty());
  kept.office.prove();
}

TEST_CASE("closing asks for a reason, keeps everything and applies nothing") {
  Kept kept;
  CHECK(kept.office.admin().close(kept.change, "").error().code == "quarantine.reason");
  CHECK(must(kept.office.admin().close(kept.change, "重复")) == 2);
  CHECK(must(kept.office.admin().quarantine()).empty());
  CHECK(must(kept.office.reader()->change(kept.change))->status == store::ChangeStatus::kClosed);
  CHECK(must(kept.office.reader()->change(kept.change))->reason == "重复");
  (void)kept.near.sync();
  CHECK(kept.near.shown(kept.id, "home_address").empty());
  CHECK(kept.office.admin().accept(kept.change).error().code == "quarantine.unknown");
  kept.office.prove();
}

TEST_CASE("a new member of a village that is kept aside comes to its own village when accepted") {
  Kept kept;
  (void)must(kept.office.admin().end_grant(kept.far.worker));
  const Id id = kept.far.member("新报的", kSanhe);
  (void)kept.far.sync();
  (void)kept.near.sync();
  CHECK(kept.near.shown(id, "name").empty());
  (void)must(kept.office.admin().accept({kept.far.end.replica, kept.far.end.counter}));
  (void)kept.near.sync();
  CHECK(kept.near.shown(id, "name") == "新报的");
  kept.office.prove();
}

}  // namespace
