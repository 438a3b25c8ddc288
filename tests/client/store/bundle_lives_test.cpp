// Files of several lives of the county (sync.md 7.1, 8).
#include "tests/client/store/bundle_story.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace laptop = lianxin::sync::laptop;

TEST_CASE(
    "a life that began while the server's clock was fast is followed by the next, and does not come back") {
  BundleStory story;
  constexpr WallMs kYear = WallMs{365} * 86'400'000;
  const auto county = [&](const Bytes& file) {
    story.office.clock.advance(1000);
    return must(
               must(server::Bundles::open(story.office.store(), story.office.catalogue(), story.office.clock))
                   .import(file, true))
        .answer;
  };
  const auto trip = [&] { return story.take(*story.a, county(story.for_server(*story.a))); };
  (void)trip();
  const std::filesystem::path backup = story.folder.path() / "county.backup";
  must(story.office.store().backup(backup));
  const Bytes of_before = county(story.for_server(*story.a));
  story.office.clock.advance(kYear);
  story.office.restore(backup);
  const Bytes asked_before = story.for_server(*story.a);
  (void)trip();
  const std::uint64_t fast = story.office.exchange().county().epoch;
  const Id member = story.put(*story.a, "快钟时写的");
  (void)trip();
  const Bytes of_fast = county(story.for_server(*story.a));
  story.office.clock.advance(-kYear);
  story.office.restore(backup);
  REQUIRE(story.office.exchange().county().epoch < fast);
  const auto code = [&](const Bytes& file) {
    const auto done = laptop::import_bundle(story.a->replica(), story.a->bundles(), file);
    return done.ok() ? "" : done.error().code;
  };
  // Asked before the fast life was heard of: it may be of any life.
  CHECK(code(county(asked_before)) == "bundle.older_life");
  CHECK(trip().what == laptop::BundleImported::What::kTaken);
  (void)trip();
  CHECK(must(story.office.reader()->record(member)));
  CHECK(code(of_fast) == "bundle.older_life");
  CHECK(code(of_before) == "bundle.older_life");
  (void)trip();
  story.prove(*story.a);
}

}  // namespace
