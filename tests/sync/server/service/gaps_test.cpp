// What a lost laptop numbered and never brought is closed on record, and taken all the same when it comes
// (sync.md 4.2).
#include <doctest/doctest.h>

#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// Changes first to last of a request, as another laptop carries them.
wire::ExchangeRequest part_of(const wire::ExchangeRequest& whole, std::uint64_t first, std::uint64_t last) {
  wire::ExchangeRequest part = whole;
  change::ChainEnd end{whole.replica, whole.first - 1, whole.previous};
  while (end.counter + 1 < first) {
    const auto& packed = whole.changes[static_cast<std::size_t>(end.counter + 1 - whole.first)];
    REQUIRE(change::follow(end, packed.body, packed.values).ok());
  }
  const auto at = [&](std::uint64_t counter) {
    return whole.changes.begin() + static_cast<std::ptrdiff_t>(counter - whole.first);
  };
  part.changes.assign(at(first), at(last + 1));
  part.first = first;
  part.previous = end.hash;
  return part;
}

server::Pushed bring_part(Office& office, const FakeLaptop& author, const wire::ExchangeRequest& request,
                          server::Way way) {
  auto pushed = office.exchange().take({server::Verified{author.device, request, way}});
  office.clock.advance(1000);
  return must(std::move(pushed.front()));
}

server::DeviceGaps gaps(Office& office, const FakeLaptop& laptop) {
  return must(office.admin().device_gaps()).at(laptop.device);
}

/// A laptop that wrote so many changes after its last sync, all of one member.
struct Lost {
  explicit Lost(Office& office, int later)
      : laptop(office, office.worker("甲", "worker", kSanhe)), member(laptop.member("赵志远", kSanhe)) {
    laptop.sync();
    known = laptop.acknowledged;
    for (int i = 0; i < later; ++i)
      laptop.put("member", member, office.unit(kSanhe), {{"name", "赵志远" + std::to_string(i)}});
    whole = laptop.request();
    REQUIRE(whole.first == known + 1);
    REQUIRE(whole.changes.size() == static_cast<std::size_t>(later));
  }
  FakeLaptop laptop;
  Id member;
  std::uint64_t known = 0;
  wire::ExchangeRequest whole;
};

TEST_CASE("nothing is missing where every change came, or where nobody has seen a later one") {
  Office office;
  const Lost lost(office, 3);
  CHECK(gaps(office, lost.laptop).open.empty());
  must(office.admin().revoke_device(lost.laptop.device));
  CHECK(office.admin().close_gap(lost.laptop.device, "掉进河里").error().code == "device.no_gap");
}

TEST_CASE("only a revoked laptop's gap is closed, with a reason, and the closing stands in the audit") {
  Office office;
  const Lost lost(office, 6);
  bring_part(office, lost.laptop, part_of(lost.whole, lost.known + 3, lost.known + 3), server::Way::kCarried);
  bring_part(office, lost.laptop, part_of(lost.whole, lost.known + 6, lost.known + 6), server::Way::kCarried);
  const server::DeviceGaps open = gaps(office, lost.laptop);
  REQUIRE(open.open.size() == 2);
  CHECK(open.open[0].replica == lost.laptop.end.replica);
  CHECK(open.open[0].first == lost.known + 1);
  CHECK(open.open[0].last == lost.known + 2);
  CHECK(open.open[1].first == lost.known + 4);
  CHECK(open.open[1].last == lost.known + 5);
  CHECK(open.awaited() == 4);

  const Id device = lost.laptop.device;
  CHECK(office.admin().close_gap(device, "掉进河里").error().code == "device.not_revoked");
  must(office.admin().revoke_device(device));
  CHECK(office.admin().close_gap(device, "").error().code == "device.gap_reason");
  CHECK(office.admin().close_gap(Id::make(1), "x").error().code == "device.unknown");
  CHECK(gaps(office, lost.laptop).awaited() == 4);

  const WallMs at = office.clock.now_ms();
  const server::DeviceGaps closed = must(office.admin().close_gap(device, "掉进河里"));
  CHECK(closed.open.empty());
  CHECK(closed.closed_missing() == 4);
  CHECK(closed.arrived_late() == 0);
  REQUIRE(closed.closed.size() == 2);
  CHECK(closed.closed[0].closing == store::GapClosingRow{device, lost.laptop.end.replica, lost.known + 1,
                                                         lost.known + 2, at, "admin", "掉进河里"});
  CHECK(must(office.admin().report_device(device)).gaps.closed_missing() == 4);
  CHECK(office.admin().close_gap(device, "掉进河里").error().code == "device.no_gap");

  const auto rows = must(office.admin().audit({}));
  const store::AuditRow& row = rows.back();
  CHECK(row.action == "device.close_gap");
  CHECK(row.who == "admin");
  CHECK(row.at_ms == at);
  CHECK(row.record == lost.laptop.worker);
  CHECK(row.detail == "device=" + device.text() + "\ncount=4\nruns=2\nreason=掉进河里");
  office.prove();
}

TEST_CASE("what comes late for a closed gap is taken whole, and the closing shows it") {
  Office office;
  const Lost lost(office, 4);
  bring_part(office, lost.laptop, part_of(lost.whole, lost.known + 4, lost.known + 4), server::Way::kCarried);
  must(office.admin().revoke_device(lost.laptop.device));
  must(office.admin().close_gap(lost.laptop.device, "掉进河里"));

  // One of them by another's hand, kept aside as of a revoked laptop (4.3): no chain goes on with it.
  const auto one = part_of(lost.whole, lost.known + 2, lost.known + 2);
  CHECK(bring_part(office, lost.laptop, one, server::Way::kCarried).early == 1);
  server::DeviceGaps now = gaps(office, lost.laptop);
  CHECK(now.open.empty());
  CHECK(now.closed_missing() == 2);
  CHECK(now.arrived_late() == 1);
  CHECK(must(office.admin().quarantine()).size() == 1);
  office.prove();

  // The laptop is found, and its stick brings the rest.
  bring_part(office, lost.laptop, lost.whole, server::Way::kFile);
  now = gaps(office, lost.laptop);
  CHECK(now.open.empty());
  CHECK(now.closed_missing() == 0);
  CHECK(now.arrived_late() == 3);
  CHECK(must(office.reader()->replica(lost.laptop.end.replica))->counter == lost.known + 4);
  CHECK(must(office.admin().quarantine()).size() == 3);
  office.prove();
}

TEST_CASE("a later change beyond a closed gap opens a new one, which is closed by itself") {
  Office office;
  const Lost lost(office, 7);
  bring_part(office, lost.laptop, part_of(lost.whole, lost.known + 3, lost.known + 3), server::Way::kCarried);
  must(office.admin().revoke_device(lost.laptop.device));
  must(office.admin().close_gap(lost.laptop.device, "掉进河里"));
  bring_part(office, lost.laptop, part_of(lost.whole, lost.known + 7, lost.known + 7), server::Way::kCarried);
  server::DeviceGaps now = gaps(office, lost.laptop);
  REQUIRE(now.open.size() == 1);
  CHECK(now.open[0].first == lost.known + 4);
  CHECK(now.open[0].last == lost.known + 6);
  CHECK(now.closed_missing() == 2);
  now = must(office.admin().close_gap(lost.laptop.device, "仍未找到"));
  CHECK(now.open.empty());
  CHECK(now.closed_missing() == 5);
  CHECK(now.closed.back().closing.reason == "仍未找到");
}

TEST_CASE("the gap of a laptop that was enrolled and never seen itself is known by what others brought") {
  Office office;
  FakeLaptop laptop(office, office.worker("甲", "worker", kSanhe));
  const Id member = laptop.member("赵志远", kSanhe);
  laptop.put("member", member, office.unit(kSanhe), {{"name", "赵志"}});
  const auto whole = laptop.request();
  const auto last = static_cast<std::uint64_t>(whole.changes.size());
  REQUIRE(last > 1);
  bring_part(office, laptop, part_of(whole, last, last), server::Way::kCarried);
  CHECK(gaps(office, laptop).awaited() == last - 1);
  must(office.admin().revoke_device(laptop.device));
  CHECK(must(office.admin().close_gap(laptop.device, "丢失")).closed_missing() == last - 1);
}

}  // namespace
