// The county's own fields on laptops: they come with a sync, what was written into them is there for all, and
// a laptop that does not know them yet loses nothing.
#include "client/store/own_fields.hpp"

#include "assets/assets.hpp"
#include "sync/server/service/own_fields.hpp"
#include "tests/client/store/county_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
using Op = cs::FieldEdit::Op;

/// The program before own fields: its catalogue has no such kind.
const domain::Catalogue& before_own_fields() {
  static const domain::Catalogue kBefore = [] {
    std::string rows(assets::file("assets/catalogue/base.tsv"));
    const std::size_t kind = rows.find("kind\t55\tcustom_field");
    REQUIRE(kind != std::string::npos);
    rows.resize(kind);
    return must(domain::Catalogue::parse(rows));
  }();
  return kBefore;
}

constexpr std::string_view kTwoFields =
    "codes\tride\ncode\tbus\t班车\tBus\ncode\tcar\t自家车\tCar\nkind\tmember\n"
    "field\t10001\town_ride\tcode\treview\tgeneral\t-\t-\town:ride\t-\t1\n"
    "label\town_ride\t来镇方式\tRide\npurpose\town_ride\t安排接送车辆\n"
    "field\t10002\town_wish\ttext\tlatest\tnotes\t-\t-\t-\t-\t1\n"
    "label\town_wish\t心愿\tWish\npurpose\town_wish\t安排微心愿认领\n";

struct OwnStory : Story {
  void extend(int version, std::string_view rows) {
    const auto file =
        must(domain::read_extension("version\t" + std::to_string(version) + "\n" + std::string(rows)));
    must(sync::server::extend_catalogue(office.store(), office.clock, office.admin().county(), file, false));
  }
  cs::Saved write(cs::LaptopStore& store, const Id& record, std::vector<cs::FieldEdit> fields) {
    cs::Edit edit;
    edit.record = record;
    edit.kind = "member";
    edit.fields = std::move(fields);
    office.clock.advance(1000);
    return must(store.records().save({edit}));
  }
  static std::string value(cs::LaptopStore& store, const Id& record, const std::string& field) {
    const auto shown = must(store.records().get(record));
    return shown ? shown->value(field) : "not here";
  }
  static bool knows(cs::LaptopStore& store, const char* field) {
    return store.records().catalogue().kind("member")->field(field) != nullptr;
  }
};

/// Two laptops that have the same own fields and a member.
struct TwoWithFields : OwnStory {
  std::unique_ptr<cs::LaptopStore> a;
  std::unique_ptr<cs::LaptopStore> b;
  Id member;
  TwoWithFields() {
    extend(1, kTwoFields);
    a = make("a", "secretary");
    b = make("b", "secretary");
    member = put(*a, "赵连心");
    CHECK(wide_sync(*a).complete);
    CHECK(wide_sync(*b).complete);
  }
};

}  // namespace

TEST_CASE("own fields come with a sync, are checked like all others, and reach the colleague") {
  OwnStory story;
  auto a = story.make("a", "secretary");
  auto b = story.make("b", "secretary");
  const Id member = story.put(*a, "赵连心");
  CHECK(story.wide_sync(*a).complete);
  CHECK_FALSE(OwnStory::knows(*a, "own_ride"));
  story.extend(1, kTwoFields);
  CHECK(story.wide_sync(*a).complete);
  REQUIRE(OwnStory::knows(*a, "own_ride"));
  REQUIRE(story.write(*a, member, {{"own_ride", Op::kSet, "自家车"}, {"own_wish", Op::kSet, "学电焊"}}).ok);
  CHECK(OwnStory::value(*a, member, "own_ride") == "car");
  const cs::Saved wrong = story.write(*a, member, {{"own_ride", Op::kSet, "飞机"}});
  CHECK_FALSE(wrong.ok);
  CHECK(wrong.problems.front().code == "code");
  const cs::Saved doubtful = story.write(*a, member, {{"own_wish", Op::kSet, "打电话 13800001234"}});
  CHECK(doubtful.ok);
  CHECK(doubtful.problems.front().code == "private_number");
  CHECK(story.wide_sync(*a).complete);
  CHECK(story.wide_sync(*b).complete);
  CHECK(OwnStory::value(*b, member, "own_ride") == "car");
  CHECK((story.lines_of(*a) == story.lines_of(*b)));
  cs::ListQuery query;
  query.kind = "member";
  query.where = {{"own_ride", "car"}};
  CHECK(must(b->records().list(query)).size() == 1);
  CHECK(must(b->records().find_members("打电话", 0, 10)).members.size() == 1);
  CHECK(must(a->verify()).problems.empty());
  CHECK(must(b->verify()).problems.empty());
  story.office.prove();
  // Opened again they are there before any sync.
  a.reset();
  a = story.open("a");
  CHECK(OwnStory::value(*a, member, "own_ride") == "car");
}

TEST_CASE(
    "two who wrote an own field at once are rivals where its policy says so, else the later one stands") {
  TwoWithFields story;
  auto& a = story.a;
  auto& b = story.b;
  const Id member = story.member;
  REQUIRE(story.write(*a, member, {{"own_ride", Op::kSet, "bus"}, {"own_wish", Op::kSet, "甲"}}).ok);
  REQUIRE(story.write(*b, member, {{"own_ride", Op::kSet, "car"}, {"own_wish", Op::kSet, "乙"}}).ok);
  for (auto* store : {&a, &b, &a})
    CHECK(story.wide_sync(**store).complete);
  const auto open = must(a->records().conflicts());
  REQUIRE(open.size() == 1);
  CHECK(open.front().field == "own_ride");
  CHECK(OwnStory::value(*a, member, "own_wish") == "乙");
  cs::ResolveHow how;
  how.take = open.front().heads.front().change;
  REQUIRE(must(a->records().resolve(open.front().id, how)).ok);
  for (auto* store : {&a, &b})
    CHECK(story.wide_sync(**store).complete);
  CHECK(must(b->records().conflicts()).empty());
  CHECK((story.lines_of(*a) == story.lines_of(*b)));
}

TEST_CASE("an older program carries own fields through, and shows them once it is brought up to date") {
  OwnStory story;
  story.extend(1, kTwoFields);
  auto a = story.make("a", "secretary");
  auto old = story.make("old", "secretary", kSanhe, before_own_fields());
  const Id member = story.put(*a, "赵连心");
  CHECK(story.wide_sync(*a).complete);
  REQUIRE(story.write(*a, member, {{"own_ride", Op::kSet, "bus"}, {"own_wish", Op::kSet, "学电焊"}}).ok);
  CHECK(story.wide_sync(*a).complete);
  CHECK(story.wide_sync(*old).complete);
  CHECK_FALSE(OwnStory::knows(*old, "own_ride"));
  REQUIRE(story.write(*old, member, {{"home_address", Op::kSet, "北街 1 号"}}).ok);
  CHECK(story.wide_sync(*old).complete);
  CHECK(must(old->verify()).problems.empty());
  CHECK(story.wide_sync(*a).complete);
  CHECK(OwnStory::value(*a, member, "own_ride") == "bus");
  CHECK(OwnStory::value(*a, member, "home_address") == "北街 1 号");
  old.reset();
  auto now = story.open("old");
  CHECK(OwnStory::value(*now, member, "own_ride") == "bus");
  CHECK(OwnStory::value(*now, member, "own_wish") == "学电焊");
  CHECK(must(now->verify()).problems.empty());
  CHECK(story.wide_sync(*now).complete);
  CHECK((story.lines_of(*a) == story.lines_of(*now)));
  story.office.prove();
}

TEST_CASE(
    "two laptops a version of the own fields apart: what is new waits unseen, and shows when it comes") {
  TwoWithFields story;
  auto& a = story.a;
  auto& b = story.b;
  const Id member = story.member;
  story.extend(2, std::string(kTwoFields) +
                      "field\t10003\town_seats\tinteger\tmax\tgeneral\t-\t-\t-\t-\t2\n"
                      "label\town_seats\t座位数\tSeats\npurpose\town_seats\t安排接送车辆\n"
                      "retired\town_wish\n");
  CHECK(story.wide_sync(*a).complete);
  REQUIRE(story.write(*a, member, {{"own_seats", Op::kSet, "4"}}).ok);
  const cs::Saved retired = story.write(*a, member, {{"own_wish", Op::kSet, "学电焊"}});
  CHECK_FALSE(retired.ok);
  CHECK(retired.problems.front().code == "field_off");
  CHECK_FALSE(OwnStory::knows(*b, "own_seats"));
  REQUIRE(story.write(*b, member, {{"own_wish", Op::kSet, "开小店"}}).ok);  // it has not heard of it yet
  CHECK(story.wide_sync(*a).complete);
  CHECK(story.wide_sync(*b).complete);
  CHECK(OwnStory::value(*b, member, "own_seats") == "4");
  CHECK(story.wide_sync(*a).complete);
  CHECK(OwnStory::value(*a, member, "own_wish") == "开小店");
  CHECK((story.lines_of(*a) == story.lines_of(*b)));
  CHECK(must(a->verify()).problems.empty());
  CHECK(must(b->verify()).problems.empty());
  story.office.prove();
}

TEST_CASE("nobody writes an own field's definition on a laptop, and one that is wrong is passed over") {
  OwnStory story;
  auto a = story.make("a", "county_officer", kCounty);
  cs::Edit edit;
  edit.kind = "custom_field";
  edit.fields = {{"of_kind", Op::kSet, "member"}, {"number", Op::kSet, "10001"}};
  CHECK(a->records().save({edit}).error().code == "own_field.by_hand");

  // What another program might bring all the same, and an office accept.
  FakeLaptop other(story.office, story.office.worker("王", "county_officer", kCounty));
  const std::uint16_t member = domain::Catalogue::base().kind("member")->wire;
  other.put("custom_field", domain::custom_field_id(member, 10001), Id{},
            {{"of_kind", "member"},
             {"number", "10001"},
             {"name", "name\" TEXT; DROP TABLE record; --"},
             {"type", "text"},
             {"policy", "review"},
             {"privacy", "general"}});
  (void)other.sync();
  for (const auto& entry : must(story.office.admin().quarantine()))
    (void)must(story.office.admin().accept(entry.change));
  CHECK(story.wide_sync(*a).complete);
  CHECK(a->records().catalogue().kind("member")->fields.size() ==
        domain::Catalogue::base().kind("member")->fields.size());
  CHECK(must(a->verify()).problems.empty());
}

TEST_CASE("the parameter that switches fields off works for own ones") {
  OwnStory story;
  story.extend(1, kTwoFields);
  auto a = story.make("a", "county_officer", kCounty);
  const Id member = story.put(*a, "赵连心");
  CHECK(story.wide_sync(*a).complete);
  cs::Edit off;
  off.kind = "parameter";
  off.fields = {{"name", Op::kSet, "field_off"}, {"value", Op::kSet, "member.own_wish"}};
  REQUIRE(must(a->records().save({off})).ok);
  const cs::Saved refused = story.write(*a, member, {{"own_wish", Op::kSet, "学电焊"}});
  CHECK_FALSE(refused.ok);
  CHECK(refused.problems.front().code == "field_off");
}

TEST_CASE(
    "a county put back from before its own fields gets them back from a laptop, with all that was written") {
  OwnStory story;
  auto a = story.make("a", "secretary");
  const Id member = story.put(*a, "赵连心");
  CHECK(story.wide_sync(*a).complete);
  const auto copy = story.folder.path() / "county.backup";
  must(story.office.store().backup(copy));
  story.extend(1, kTwoFields);
  CHECK(story.wide_sync(*a).complete);
  REQUIRE(story.write(*a, member, {{"own_ride", Op::kSet, "bus"}, {"own_wish", Op::kSet, "学电焊"}}).ok);
  CHECK(story.wide_sync(*a).complete);
  story.office.restore(copy);
  // The first answer of the new epoch knows no own fields: the laptop goes without them for that long.
  for (int round = 0; round < 2; ++round) {
    CHECK(story.wide_sync(*a).complete);
    CHECK(must(a->verify()).problems.empty());
  }
  CHECK(OwnStory::value(*a, member, "own_ride") == "bus");
  CHECK(OwnStory::value(*a, member, "own_wish") == "学电焊");
  const auto held = must(sync::server::own_fields(*story.office.reader()));
  CHECK(held.version == 1);
  CHECK(held.rows.size() == 2);
  story.office.prove();
}
