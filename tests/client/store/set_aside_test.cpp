// Journals that could not be read and were set aside, and what a purge means for them (sync.md 11).
#include "client/store/journal.hpp"
#include "shared/base/file.hpp"
#include "tests/client/store/county_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE(
    "a journal that was set aside goes with a purge where the key opens it, else a person is told of it") {
  Story story;
  const auto store = story.make("a");
  const Id member = story.put(*store, "person");
  (void)story.wide_sync(*store);
  (void)story.put(*store, "another");  // so that the journal has something to read
  const fs::path home = story.folder.path() / "a";
  const fs::path ours = home / "journal.lx.damaged-00000001";
  const fs::path unknown = home / "journal.lx.damaged-00000002";
  fs::copy_file(home / "journal.lx", ours);
  REQUIRE(replace_file(unknown, "somebody else's, or ours beyond reading").ok());
  CHECK(must(store->records().status()).journals_aside.empty());
  (void)must(story.office.admin().purge(member, {}, "asked for it"));
  CHECK(story.wide_sync(*store).complete);
  CHECK_FALSE(fs::exists(ours));
  REQUIRE(fs::exists(unknown));
  CHECK(must(store->records().status()).journals_aside == std::vector<std::string>{unknown.string()});
  fs::remove(unknown);
  CHECK(must(store->records().status()).journals_aside.empty());
}

TEST_CASE("journals set aside on a stick that was away are looked at once it is there again") {
  Story story;
  const auto store = story.make("a");
  const Id member = story.put(*store, "person");
  const fs::path stick = story.folder.path() / "stick";
  const fs::path away = story.folder.path() / "away";
  fs::create_directory(stick);
  must(store->set_journal_folder(stick));
  (void)story.wide_sync(*store);
  (void)story.put(*store, "another");
  const std::string journal = "lianxin-" + store->identity().device.text() + ".journal";
  const std::string others = "lianxin-00000000-0000-7000-8000-000000000001.journal.damaged-00000001";
  fs::copy_file(stick / journal, stick / (journal + ".damaged-00000001"));
  fs::copy_file(stick / journal, stick / others);  // by its name of another laptop: not looked at
  fs::rename(stick, away);
  (void)must(story.office.admin().purge(member, {}, "asked for it"));
  (void)story.wide_sync(*store);
  CHECK(fs::exists(away / (journal + ".damaged-00000001")));
  fs::rename(away, stick);
  (void)story.put(*store, "a third");
  (void)story.wide_sync(*store);
  CHECK_FALSE(fs::exists(stick / (journal + ".damaged-00000001")));
  CHECK(fs::exists(stick / others));
  CHECK(must(store->records().status()).journals_aside.empty());
}

}  // namespace
