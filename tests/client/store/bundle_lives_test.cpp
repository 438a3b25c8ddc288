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

TEST_CASE("a laptop enrolled since the backup is enrolled again, with its chain and all its work") {
  BundleStory story;
  const auto now = [&] {
    story.office.clock.advance(1000);
    return must(server::Bundles::open(story.office.store(), story.office.catalogue(), story.office.clock));
  };
  const auto trip = [&](client::store::LaptopStore& store) {
    const Bytes file = story.for_server(store);
    return story.take(store, must(now().import(file, true)).answer);
  };
  const auto offer_to = [&](const Id& worker) {
    const auto added = must(story.office.admin().add_device(worker));
    return must(
        laptop::read_offer(must(now().offer(added.device, added.code, "https://county:8443", "sha256//y"))));
  };
  (void)trip(*story.a);
  const std::filesystem::path backup = story.folder.path() / "county.backup";
  must(story.office.store().backup(backup));
  const auto c = story.enrol("丙");
  const Id sent = story.put(*c, "上交过的");
  (void)trip(*c);
  (void)trip(*story.a);  // reads of the new worker
  const Id unsent = story.put(*c, "没上交的");
  story.office.clock.advance(60'000);
  story.office.restore(backup, false);
  const auto refused = now().import(story.for_server(*c), true);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == "bundle.sender");

  for (int round = 0; round < 3; ++round)
    (void)trip(*story.a);
  const Id worker = c->identity().worker;
  (void)must(story.office.admin().grant(worker, "secretary", kSanhe));
  const ReplicaId replica = must(c->records().status()).replica;
  const auto again = [&](const sync::wire::EnrolOffer& offer) -> std::string {
    const auto& identity = c->identity();
    const laptop::DeviceKeys keys{identity.sign_public, identity.sign_secret, identity.seal_public,
                                  identity.seal_secret};
    Bytes request = laptop::enrolment_of(offer, replica, keys, story.office.clock);
    const Status done = c->enrol_again(identity.address, offer.answer, std::move(request));
    return done.ok() ? "" : done.error().code;
  };
  auto foreign = offer_to(worker);
  foreign.answer.server = Id::make(1);
  CHECK(again(foreign) == "enrol.other_county");
  CHECK(again(offer_to(story.a->identity().worker)) == "enrol.other_worker");
  CHECK(again(offer_to(worker)).empty());
  for (int round = 0; round < 3; ++round)
    (void)trip(*c);
  for (const Id& member : {sent, unsent})
    CHECK(must(story.office.reader()->record(member)));
  CHECK(must(story.office.admin().quarantine()).empty());
  CHECK(must(c->records().status()).replica == replica);
  story.prove(*c);
}

}  // namespace
