// Values that came as purged though no purge asks for it (sync.md 6.3, 11); by file: bundles_test.
#include "sync/server/service/refilling.hpp"

#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

TEST_CASE("a batch sent again fills only what is missing, and other values under the same head do not") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  const Id member = a.member("赵连心", kSanhe);
  const wire::ExchangeRequest whole = a.request();
  wire::ExchangeRequest bare = whole;
  const change::Change& first = a.log.front();
  change::ChangeValues values = first.values;
  change::purge_values(first.body, values, {});
  bare.changes[0].values = change::encode_values(values);
  (void)a.send(bare);
  const auto kept = [&] { return must(office.reader()->change(first.body.id))->values; };
  CHECK(kept() == bare.changes[0].values);

  wire::ExchangeRequest again = whole;
  ++again.number;
  office.clock.advance(1000);
  again.wall_ms += 1000;
  (void)a.send(again);
  CHECK(kept() == whole.changes[0].values);
  office.prove();
  ++bare.number;
  ++bare.number;
  bare.wall_ms += 2000;
  office.clock.advance(1000);
  (void)a.send(bare);  // nothing is taken away again
  CHECK(kept() == whole.changes[0].values);
  FakeLaptop b(office, office.worker("乙", "worker", kSanhe));
  (void)b.sync();
  CHECK(b.shown(member, "name") == "赵连心");
  office.prove();
}

}  // namespace
