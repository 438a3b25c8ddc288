// Programs a version apart (sync.md 4.5, design.md 6): what one does not know it keeps as bytes, gives back
// unharmed, and shows once it has been brought up to date.
#include "assets/assets.hpp"
#include "shared/domain/catalogue.hpp"
#include "tests/client/store/county_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// The next catalogue: a member has one field more, with a class of its own, and a new kind hangs on members.
const domain::Catalogue& newer() {
  static const domain::Catalogue kNewer = [] {
    std::string rows(assets::file("assets/catalogue/base.tsv"));
    const std::string now = "\nversion\t" + std::to_string(domain::Catalogue::base().version());
    const std::size_t version = rows.find(now + "\n");
    REQUIRE(version != std::string::npos);
    rows.replace(version, now.size(),
                 "\nversion\t" + std::to_string(domain::Catalogue::base().version() + 1));
    const std::size_t next = rows.find("kind\t8\tcontact_point");
    REQUIRE(next != std::string::npos);
    rows.insert(next,
                "field\t901\tdialect\ttext\treview\tgeneral\t-\t-\t-\tlength:0..50\t2\n"
                "field\t902\tallergy\ttext\tlatest\thardship\t-\t-\t-\tlength:0..50\t2\n");
    rows +=
        "kind\t901\tgreeting\tfact\tparent:member_id\n"
        "field\t32\tmember_id\treference\tfact\tgeneral\tblocks\t-\tmember\t-\t2\n"
        "field\t33\twords\ttext\tfact\tnotes\t-\t-\t-\tlength:0..50\t2\n";
    return must(domain::Catalogue::parse(rows));
  }();
  return kNewer;
}

using Op = cs::FieldEdit::Op;

struct Apart : Story {
  explicit Apart(const domain::Catalogue& of_server) : Story(of_server) {}

  std::unique_ptr<cs::LaptopStore> ahead = make("ahead", "secretary", kSanhe, newer());
  std::unique_ptr<cs::LaptopStore> behind = make("behind", "secretary");
  Id member;
  Id greeting;

  Id save(cs::LaptopStore& store, const std::string& kind, const Id& record,
          std::vector<cs::FieldEdit> fields) {
    cs::Edit edit;
    edit.kind = kind;
    if (!record.is_nil()) edit.record = record;
    edit.fields = std::move(fields);
    office.clock.advance(1000);
    const cs::Saved saved = must(store.records().save({edit}));
    REQUIRE(saved.ok);
    return saved.records.front();
  }
  void both_sync() {
    for (int round = 0; round < 2; ++round) {
      CHECK(wide_sync(*ahead).complete);
      CHECK(wide_sync(*behind).complete);
    }
  }
  static std::string value(cs::LaptopStore& store, const Id& record, const std::string& field) {
    const auto shown = must(store.records().get(record));
    REQUIRE(shown);
    return shown->value(field);
  }
  void tell() {
    member = put(*ahead, "赵连心");
    (void)save(*ahead, "member", member, {{"dialect", Op::kSet, "东北"}, {"allergy", Op::kSet, "无"}});
    greeting = save(*ahead, "greeting", Id{},
                    {{"member_id", Op::kSet, member.text()}, {"words", Op::kSet, "新年好"}});
    both_sync();
    CHECK(value(*behind, member, "name") == "赵连心");
    // Whoever does not know the field edits beside it, alone and at the same time as the other.
    (void)save(*behind, "member", member, {{"home_address", Op::kSet, "北街 1 号"}});
    (void)save(*ahead, "member", member, {{"dialect", Op::kSet, "胶东"}});
    both_sync();
    CHECK(value(*ahead, member, "home_address") == "北街 1 号");
    CHECK(value(*ahead, member, "dialect") == "胶东");
    CHECK(value(*ahead, greeting, "words") == "新年好");
    CHECK(must(behind->verify()).problems.empty());
    office.prove();
  }
  void bring_up_to_date() {
    behind.reset();
    behind = open("behind", newer());
    CHECK(value(*behind, member, "dialect") == "胶东");
    CHECK(value(*behind, member, "allergy") == "无");
    CHECK(value(*behind, greeting, "words") == "新年好");
    CHECK(must(behind->verify()).problems.empty());
    CHECK(must(ahead->verify()).problems.empty());
    both_sync();
    CHECK((lines_of(*behind) == lines_of(*ahead)));
    office.prove();
  }
};

TEST_CASE("a laptop a version ahead of the county: nothing of it is set aside or lost, and it comes to all") {
  Apart story(domain::Catalogue::base());
  story.tell();
  CHECK(must(story.ahead->records().kept_aside()).empty());
  story.bring_up_to_date();
}

TEST_CASE("a laptop a version behind the county keeps what it does not know and gives it back") {
  Apart story(newer());
  story.tell();
  story.bring_up_to_date();
}

TEST_CASE("two values of a field that one side does not know wait on both, and end by one decision") {
  Apart story(domain::Catalogue::base());
  auto third = story.make("third", "secretary", kSanhe, newer());
  story.tell();
  CHECK(story.wide_sync(*third).complete);
  (void)story.save(*third, "member", story.member, {{"dialect", Op::kSet, "辽南"}});
  (void)story.save(*story.ahead, "member", story.member, {{"dialect", Op::kSet, "吉林"}});
  story.both_sync();
  CHECK(story.wide_sync(*third).complete);
  story.both_sync();
  const auto open = must(story.ahead->records().conflicts());
  REQUIRE(open.size() == 1);
  CHECK(must(story.behind->records().conflicts()).size() == 1);
  cs::ResolveHow how;
  how.take = open.front().heads.front().change;
  REQUIRE(must(story.ahead->records().resolve(open.front().id, how)).ok);
  story.both_sync();
  CHECK(must(story.behind->records().conflicts()).empty());
  CHECK(must(story.ahead->records().conflicts()).empty());
}

TEST_CASE("an open draft outlives the change of version, and three months away lose nothing") {
  Apart story(newer());
  story.tell();
  cs::Draft draft;
  draft.id = Id::make(story.office.clock.now_ms());
  draft.form = "visit";
  draft.subject = story.member;
  draft.content = "{\"content\":\"写到一半\"}";
  must(story.behind->drafts().stash(draft));
  (void)story.save(*story.behind, "member", story.member, {{"home_address", Op::kSet, "南街 2 号"}});
  for (int i = 0; i < 40; ++i)
    (void)story.save(*story.ahead, "greeting", Id{},
                     {{"member_id", Op::kSet, story.member.text()}, {"words", Op::kSet, std::to_string(i)}});
  CHECK(story.wide_sync(*story.ahead).complete);
  story.office.clock.advance(WallMs{91} * 24 * 3600 * 1000);
  story.behind.reset();
  story.behind = story.open("behind", newer());
  CHECK(must(story.behind->drafts().all()).size() == 1);
  CHECK(story.wide_sync(*story.behind).complete);
  CHECK(story.wide_sync(*story.ahead).complete);
  CHECK(Apart::value(*story.ahead, story.member, "home_address") == "南街 2 号");
  CHECK((Story::lines_of(*story.behind) == Story::lines_of(*story.ahead)));
  CHECK(must(story.behind->verify()).problems.empty());
}

}  // namespace
