// Copies of a laptop whose branches are longer than one batch (sync.md 7.2), and a county restored from a
// backup (7.1).
#include <algorithm>
#include <set>

#include "client/store/machine_mark.hpp"
#include "client/store/renamings.hpp"
#include "tests/client/store/county_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

bool has_all(cs::LaptopStore& store, const std::vector<Id>& ids) {
  for (const Id& id : ids) {
    if (!must(store.records().get(id))) return false;
  }
  return true;
}

bool is_done(cs::LaptopStore& store) { return must(store.records().status()).unsent == 0; }

void change_village(Story& story, cs::LaptopStore& store, const Id& member, const char* code) {
  cs::Edit edit;
  edit.kind = "member";
  edit.record = member;
  edit.fields = {{"home_village_id", cs::FieldEdit::Op::kSet, story.office.unit(code).text()},
                 {"home_address", cs::FieldEdit::Op::kSet, code},
                 {"name_note", cs::FieldEdit::Op::kSet, code}};
  story.office.clock.advance(1000);
  REQUIRE(must(store.records().save({edit})).ok);
}

std::string dump_of(cs::LaptopStore& store) {
  std::string out;
  must(store.records().dump("", false, [&](std::string_view line) { out += std::string(line) + "\n"; }));
  return out;
}

void check_copies(bool original_first, int lose_every, int before, int at_original, int at_copy) {
  CAPTURE(original_first);
  CAPTURE(lose_every);
  CAPTURE(at_original);
  CAPTURE(at_copy);
  Story story;
  auto original = story.make("a");
  auto other = story.make("b");
  std::vector<Id> all = story.put_many(*original, "common", 3);
  (void)story.sync(*original);
  for (const Id& id : story.put_many(*original, "unsent", before))
    all.push_back(id);
  original.reset();
  fs::copy(story.folder.path() / "a", story.folder.path() / "copy", fs::copy_options::recursive);
  // The whole disk was copied: neither copy knows.
  original = story.open("a");
  for (const Id& id : story.put_many(*original, "original", at_original))
    all.push_back(id);
  auto copy = story.open("copy");
  for (const Id& id : story.put_many(*copy, "copy", at_copy))
    all.push_back(id);
  story.line.lose_every = lose_every;
  cs::LaptopStore& first = original_first ? *original : *copy;
  cs::LaptopStore& second = original_first ? *copy : *original;
  for (int i = 0; i < 60 && !(is_done(first) && is_done(second)); ++i) {
    (void)story.try_sync(first);
    (void)story.try_sync(second);
  }
  story.line.lose_every = 0;
  for (int round = 0; round < 2; ++round) {
    for (cs::LaptopStore* one : {&first, &second, other.get()}) {
      const auto receipt = story.sync(*one);
      CHECK((receipt.complete || round == 0));
    }
  }
  for (cs::LaptopStore* one : {&first, &second, other.get()}) {
    CHECK(has_all(*one, all));
    CHECK(is_done(*one));
    CHECK(must(one->verify()).problems.empty());
    CHECK(must(one->records().status()).conflicts == 0);
  }
  CHECK(must(first.records().status()).replica != must(second.records().status()).replica);
  const std::uint64_t kept = changes_in(story.office);
  (void)story.sync(first);
  (void)story.sync(second);
  CHECK(changes_in(story.office) == kept);
  story.office.prove();
}

/// Heads of the only address in a dump.
std::ptrdiff_t heads_of_address(const std::string& dump) {
  const std::string begin = "\"home_address\":{\"heads\":[";
  const std::size_t from = dump.find(begin) + begin.size();
  REQUIRE(from > begin.size());
  return 1 + std::count(dump.data() + from, dump.data() + dump.find(']', from), ',');
}

void write_address(Story& story, cs::LaptopStore& store, const Id& member, const char* value,
                   const cs::ShownHeads* shown = nullptr) {
  cs::Edit edit;
  edit.kind = "member";
  edit.record = member;
  edit.fields = {{"home_address", cs::FieldEdit::Op::kSet, value}};
  story.office.clock.advance(1000);
  REQUIRE(must(store.records().save({edit}, shown)).ok);
}

TEST_CASE("a copy's last action is not taken back by the name of what the original wrote") {
  Story story;
  auto original = story.make("a");
  (void)story.put(*original, "common");
  (void)story.sync(*original);
  const std::string mark = original->identity().machine_mark;
  original.reset();
  fs::copy(story.folder.path() / "a", story.folder.path() / "copy", fs::copy_options::recursive);
  must(cs::write_machine_mark(story.folder.path() / "copy", mark));  // so that nobody notices
  original = story.open("a");
  auto copy = story.open("copy");
  const Id theirs = story.put(*original, "original");
  (void)story.sync(*original);
  cs::Edit edit;
  edit.kind = "member";
  edit.fields = {{"name", cs::FieldEdit::Op::kSet, "copy"},
                 {"home_village_id", cs::FieldEdit::Op::kSet, story.village.text()}};
  const cs::Saved saved = must(copy->records().save({edit}));
  CHECK(story.sync(*copy).complete);
  REQUIRE(must(copy->records().get(theirs)));
  const auto undone = copy->records().undo(saved.undo_token);
  REQUIRE(!undone.ok());
  CHECK(undone.error().code == "undo.copied");
  CHECK(!must(copy->records().get(theirs))->deleted);
  CHECK(is_done(*copy));
}

TEST_CASE("a form that showed what became part of a branch replaces that, and nothing the original wrote") {
  Story story;
  auto original = story.make("a");
  auto reader = story.make("b");
  const Id member = story.put(*original, "common");
  (void)story.sync(*original);
  const std::string mark = original->identity().machine_mark;
  original.reset();
  fs::copy(story.folder.path() / "a", story.folder.path() / "copy", fs::copy_options::recursive);
  must(cs::write_machine_mark(story.folder.path() / "copy", mark));  // so that nobody notices
  original = story.open("a");
  auto copy = story.open("copy");
  const auto address = [&](cs::LaptopStore& store, const char* value, const cs::ShownHeads* over) {
    write_address(story, store, member, value, over);
  };
  address(*original, "original", nullptr);
  address(*copy, "copy", nullptr);
  cs::ShownHeads shown;
  must(copy->records().show(member, shown));
  const Id draft = Id::make(story.office.clock.now_ms());
  const std::string token =
      "1" + shown.token().substr(shown.token().find('|'));  // as programs before wrote it
  must(copy->drafts().stash({draft, "member", member, "", "typed", token, 0}));
  (void)story.sync(*original);
  (void)story.sync(*copy);
  const auto kept = must(copy->drafts().get(draft));
  REQUIRE(kept);
  const cs::ShownHeads then = must(cs::ShownHeads::parse(kept->shown_token));
  CHECK(then.token() != token);
  address(*copy, "copy, corrected", &then);
  CHECK(story.sync(*copy).complete);
  CHECK(story.sync(*reader).complete);
  const auto conflicts = must(reader->records().conflicts());
  REQUIRE(conflicts.size() == 1);
  std::set<std::string> rivals;
  for (const cs::RivalValue& rival : conflicts.front().heads)
    rivals.insert(rival.value.value_or(""));
  CHECK(rivals == std::set<std::string>{"original", "copy, corrected"});
  story.office.prove();
}

TEST_CASE(
    "a form left open while a sync renames what it showed is saved over just that, stashed before or after") {
  for (const bool stashes : {false, true}) {
    CAPTURE(stashes);
    Story story;
    auto original = story.make("a");
    auto reader = story.make("b");
    (void)story.sync(*original);
    const std::string mark = original->identity().machine_mark;
    original.reset();
    fs::copy(story.folder.path() / "a", story.folder.path() / "copy", fs::copy_options::recursive);
    must(cs::write_machine_mark(story.folder.path() / "copy", mark));  // so that nobody notices
    original = story.open("a");
    auto copy = story.open("copy");
    const Id other = story.put(*original, "original's");
    const Id member = story.put(*copy, "copy's");
    cs::Edit edit;
    edit.kind = "member";
    edit.record = member;
    write_address(story, *copy, member, "street 0");
    cs::ShownHeads shown;
    must(copy->records().show(member, shown));
    (void)story.sync(*original);
    (void)story.sync(*copy);
    CHECK(must(cs::Renamings(copy->database()).count()) == 1);
    CHECK(must(cs::Renamings(original->database()).count()) == 0);
    if (stashes) {
      const Id draft = Id::make(story.office.clock.now_ms());
      must(copy->drafts().stash({draft, "member", member, "", "typed", shown.token(), 0}));
      shown = must(cs::ShownHeads::parse(must(copy->drafts().get(draft))->shown_token));
    }
    edit.fields = {{"home_address", cs::FieldEdit::Op::kSet, "street 1"}};
    REQUIRE(must(copy->records().save({edit}, &shown)).ok);
    CHECK(must(copy->records().conflicts()).empty());
    CHECK(story.sync(*copy).complete);
    CHECK(story.sync(*reader).complete);
    CHECK(must(reader->records().conflicts()).empty());
    CHECK(must(reader->records().get(member))->value("home_address") == "street 1");
    CHECK(heads_of_address(dump_of(*reader)) == 1);
    CHECK(must(reader->records().get(other))->value("name") == "original's");
    // What is shown beside it later goes by the names of now.
    must(copy->records().show(other, shown));
    edit.record = other;
    edit.fields = {{"home_address", cs::FieldEdit::Op::kSet, "street 2"}};
    REQUIRE(must(copy->records().save({edit}, &shown)).ok);
    CHECK(story.sync(*copy).complete);
    CHECK(must(copy->records().conflicts()).empty());
    story.office.prove();
  }
}

TEST_CASE(
    "a copy that is noticed before the county knows of it replaces its own unsent work, not the original's") {
  for (const bool lines_break : {false, true}) {
    CAPTURE(lines_break);
    Story story;
    auto original = story.make("a");
    auto reader = story.make("b");
    (void)story.put(*original, "common");
    (void)story.sync(*original);
    const std::string mark = original->identity().machine_mark;
    original.reset();
    const fs::path home = story.folder.path() / "copy";
    fs::copy(story.folder.path() / "a", home, fs::copy_options::recursive);
    must(cs::write_machine_mark(home, mark));  // not noticed yet
    original = story.open("a");
    const Id theirs = story.put(*original, "original");
    (void)story.sync(*original);
    auto copy = story.open("copy");
    const Id mine = story.put(*copy, "copy");
    write_address(story, *copy, mine, "as the original writes");
    copy.reset();
    must(cs::write_machine_mark(home, "another machine"));
    copy = story.open("copy");
    write_address(story, *copy, mine, "again");
    write_address(story, *copy, mine, "once more");
    story.line.lose_every = lines_break ? 2 : 0;
    for (int i = 0; i < 20 && !is_done(*copy); ++i)
      (void)story.try_sync(*copy);
    story.line.lose_every = 0;
    CHECK(story.sync(*copy).complete);
    CHECK(story.sync(*reader).complete);
    CHECK(story.sync(*original).complete);
    for (cs::LaptopStore* one : {copy.get(), reader.get(), original.get()}) {
      CHECK(has_all(*one, {theirs, mine}));
      CHECK(must(one->records().status()).conflicts == 0);
      CHECK(must(one->verify()).problems.empty());
    }
    CHECK(dump_of(*copy) == dump_of(*reader));
    CHECK(dump_of(*original) == dump_of(*reader));
    CHECK(heads_of_address(dump_of(*reader)) == 1);  // two of one author would be no conflict
    story.office.prove();
  }
}

TEST_CASE(
    "who reads several villages from the start holds a member who moved between them as the server does") {
  Story story;
  auto mover = story.make("mover", "township_officer", kTownship);
  const Id there = story.put(*mover, "去");
  const Id back = story.put(*mover, "去又来");
  (void)story.sync(*mover);
  for (const auto& [member, code] : {std::pair{there, kDajing}, {back, kDajing}, {back, kSanhe}}) {
    change_village(story, *mover, member, code);
    CHECK(story.sync(*mover).complete);
  }
  auto fresh = story.make("fresh", "county_officer", kCounty);
  CHECK(story.sync(*fresh).complete);
  CHECK(dump_of(*fresh) == story.office.dump());
  CHECK(dump_of(*mover) == story.office.dump());
}

TEST_CASE("a member who left a village and came back within one sync is whole on every other laptop") {
  Story story;
  auto mover = story.make("mover", "township_officer", kTownship);
  auto reader = story.make("reader", "county_officer", kCounty);
  const Id member = story.put(*mover, "去又来");
  change_village(story, *mover, member, kSanhe);
  (void)story.sync(*mover);
  CHECK(story.sync(*reader).complete);
  change_village(story, *mover, member, kDajing);
  change_village(story, *mover, member, kSanhe);
  CHECK(story.sync(*mover).complete);
  CHECK(story.sync(*reader).complete);
  CHECK(dump_of(*reader) == story.office.dump());
}

TEST_CASE("a copy of a copy parts from its branch: all three have everything, each change under one name") {
  for (const int batches : {1, 3}) {
    CAPTURE(batches);
    Story story;
    auto other = story.make("b");
    auto original = story.make("a");
    const std::string mark = original->identity().machine_mark;
    std::vector<Id> all = story.put_many(*original, "common", 2);
    const auto copied = [&](const char* from, const char* to) {
      fs::copy(story.folder.path() / from, story.folder.path() / to, fs::copy_options::recursive);
      must(cs::write_machine_mark(story.folder.path() / to, mark));
    };
    const auto put = [&](cs::LaptopStore& store, const char* name) {
      for (const Id& id : story.put_many(store, name, 2 * batches))
        all.push_back(id);
    };
    original.reset();
    copied("a", "copy");
    original = story.open("a");
    put(*original, "original");
    (void)story.sync(*original);
    auto copy = story.open("copy");
    put(*copy, "shared by copies");
    copy.reset();
    copied("copy", "second");
    copy = story.open("copy");
    auto second = story.open("second");
    put(*copy, "copy");
    put(*second, "second");
    // Written over what both copies have of their common branch, by its name in the chain of before (7.2).
    cs::Edit edit;
    edit.kind = "member";
    edit.record = all[all.size() - 1 - static_cast<std::size_t>(4 * batches)];
    edit.fields = {{"name", cs::FieldEdit::Op::kSet, "renamed by second"}};
    REQUIRE(must(second->records().save({edit})).ok);
    for (int round = 0; round < 2; ++round) {
      for (cs::LaptopStore* one : {copy.get(), second.get(), original.get(), other.get()})
        (void)story.sync(*one);
    }
    for (cs::LaptopStore* one : {copy.get(), second.get(), original.get(), other.get()}) {
      CHECK(story.sync(*one).complete);
      CHECK(has_all(*one, all));
      CHECK(is_done(*one));
      CHECK(must(one->verify()).problems.empty());
      CHECK(dump_of(*one) == dump_of(*other));
      CHECK(must(one->records().status()).conflicts == 0);
      CHECK(must(one->records().get(edit.record))->value("name") == "renamed by second");
    }
    story.office.prove();
  }
}

TEST_CASE(
    "a copy of a copy that a restored county knows by its branch alone goes by all names of that branch") {
  Story story;
  auto original = story.make("a");
  const fs::path backup = story.folder.path() / "county.backup";
  must(story.office.store().backup(backup));
  const std::string mark = original->identity().machine_mark;
  const Id member = story.put(*original, "common");
  const auto save = [&](cs::LaptopStore& store, const char* field, const char* value) {
    cs::Edit edit;
    edit.kind = "member";
    edit.record = member;
    edit.fields = {{field, cs::FieldEdit::Op::kSet, value}};
    REQUIRE(must(store.records().save({edit})).ok);
  };
  const auto copied = [&](const char* from, const char* to) {
    fs::copy(story.folder.path() / from, story.folder.path() / to, fs::copy_options::recursive);
    must(cs::write_machine_mark(story.folder.path() / to, mark));
  };
  original.reset();
  copied("a", "copy");
  auto copy = story.open("copy");
  save(*copy, "home_address", "the copy's, which the county had before");
  (void)story.sync(*copy);
  story.office.restore(backup);
  original = story.open("a");
  save(*original, "post_code", "134300");
  (void)story.sync(*original);
  save(*copy, "name_note", "written before it was copied");
  copy.reset();
  copied("copy", "second");
  copy = story.open("copy");
  auto second = story.open("second");
  (void)story.put(*copy, "copy");
  (void)story.put(*second, "second");
  for (int round = 0; round < 2; ++round) {
    for (cs::LaptopStore* one : {copy.get(), second.get(), original.get()})
      CHECK(story.sync(*one).complete);
  }
  // Whose the change is that has the number at which they parted, everybody says alike.
  const auto told = [&](cs::LaptopStore& store) {
    std::vector<std::string> out;
    for (const cs::HistoryEntry& entry : must(store.records().history(member)))
      out.push_back(entry.change.text());
    std::sort(out.begin(), out.end());
    return out;
  };
  for (cs::LaptopStore* one : {copy.get(), second.get(), original.get()}) {
    CHECK(told(*one) == told(*original));
    CHECK(dump_of(*one) == dump_of(*original));
    CHECK(must(one->verify()).problems.empty());
  }
  story.office.prove();
}

TEST_CASE("copies of one laptop, each with more than one batch, both arrive whole in either order") {
  for (const bool original_first : {true, false}) {
    for (const int lose_every : {0, 3}) {
      check_copies(original_first, lose_every, 0, 12, 9);
      check_copies(original_first, lose_every, 8, 2, 14);
    }
  }
}

}  // namespace
