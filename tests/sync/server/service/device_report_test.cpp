// Whose data a laptop holds, as far as the county can know.
#include <algorithm>

#include "sync/server/service/administration.hpp"
#include "sync/wire/leaving.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

std::vector<Id> sorted(std::vector<Id> ids) {
  std::sort(ids.begin(), ids.end());
  return ids;
}

server::DeviceReport::Scope scope_in(const server::DeviceReport& report, const std::string& code) {
  for (const auto& scope : report.scopes) {
    if (scope.code == code) return scope;
  }
  FAIL("the report does not name " << code);
  return {};
}

TEST_CASE("the report of a device names the members it had and those its last answer may have brought") {
  Office office;
  FakeLaptop laptop(office, office.worker("甲", "worker", kSanhe));
  FakeLaptop town(office, office.worker("镇", "township_officer", kTownship));
  CHECK(must(office.admin().report_device(laptop.device)).members.empty());
  const Id stays = laptop.member("留下", kSanhe);
  const Id moves = laptop.member("搬走", kSanhe);
  (void)laptop.sync();
  (void)town.sync();
  town.put("member", moves, office.unit(kSanhe), {{"home_village_id", office.unit(kDajing).text()}});
  const Id later = town.member("后来的", kSanhe);
  (void)town.sync();
  // Whether an answer has arrived is known when the laptop comes again with its cursor: until then what it
  // brought may be there, and so may what it took away.
  (void)laptop.exchange();
  server::DeviceReport report = must(office.admin().report_device(laptop.device));
  CHECK(report.worker_name == "甲");
  CHECK(report.members == sorted({stays, moves, later}));
  (void)laptop.exchange();
  report = must(office.admin().report_device(laptop.device));
  CHECK(report.members == sorted({stays, later}));
  CHECK(scope_in(report, kSanhe).records == 2);
  CHECK(scope_in(report, kSanhe).up_to_date);
  CHECK_FALSE(scope_in(report, kSanhe).ended);
  // What came to the county afterwards is not on it.
  office.clock.advance(3600 * 1000);
  const Id unread = town.member("没有读到的", kSanhe);
  (void)town.sync();
  CHECK(must(office.admin().report_device(laptop.device)).members == sorted({stays, later}));
  // The first answer to a laptop: it has named no position yet.
  FakeLaptop fresh(office, laptop.worker);
  (void)fresh.send(fresh.request());
  CHECK(must(office.admin().report_device(fresh.device)).members == sorted({stays, later, unread}));
  // Nothing is told to a laptop that is revoked.
  (void)laptop.sync();
  (void)laptop.exchange();
  must(office.admin().revoke_device(laptop.device));
  office.clock.advance(1000);
  (void)town.member("吊销以后的", kSanhe);
  (void)town.sync();
  (void)laptop.send(laptop.request());
  CHECK(must(office.admin().report_device(laptop.device)).members == sorted({stays, later, unread}));
  CHECK(office.admin().report_device(Id::make(1)).error().code == "device.unknown");
  CHECK(office.admin().revoke_device(Id::make(1)).error().code == "device.unknown");
}

TEST_CASE("the end of a right takes nobody off the report before the laptop says that it has erased") {
  Office office;
  FakeLaptop laptop(office, office.worker("甲", "worker", kSanhe));
  (void)must(office.admin().grant(laptop.worker, "worker", kDajing));
  const Id here = laptop.member("三合的", kSanhe);
  const Id there = laptop.member("大井的", kDajing);
  (void)laptop.sync();
  (void)laptop.exchange();
  for (const auto& grant : must(office.reader()->grants(laptop.worker))) {
    if (grant.division == office.unit(kSanhe)) (void)must(office.admin().end_grant(grant.id));
  }
  server::DeviceReport report = must(office.admin().report_device(laptop.device));
  CHECK(report.members == sorted({here, there}));
  CHECK(scope_in(report, kSanhe).ended);
  CHECK(scope_in(report, kSanhe).erased_ms == 0);
  // It reads that its right has ended, erases, and has not said so yet.
  (void)laptop.exchange();
  CHECK(must(office.admin().report_device(laptop.device)).members == sorted({here, there}));
  const auto confirm = [&] {
    office.clock.advance(1000);
    wire::ExchangeRequest request = laptop.request();
    const wire::Confirmed confirmed{{{office.unit(kSanhe), 0, laptop.end.replica, laptop.end.counter}}};
    request.parts.push_back({wire::kPartConfirmed, codec::encode(confirmed)});
    laptop.take(laptop.send(request));
    return office.clock.now_ms();
  };
  const WallMs erased_ms = confirm();
  report = must(office.admin().report_device(laptop.device));
  CHECK(report.members == std::vector<Id>{there});
  CHECK(scope_in(report, kSanhe).ended);
  CHECK(scope_in(report, kSanhe).erased_ms == erased_ms);
  CHECK(scope_in(report, kSanhe).records == 0);
  CHECK(scope_in(report, kDajing).erased_ms == 0);
  // The right comes back on the same day, and ends again: what was confirmed before counts no more.
  (void)must(office.admin().grant(laptop.worker, "worker", kSanhe));
  (void)laptop.sync();
  (void)laptop.exchange();
  CHECK(must(office.admin().report_device(laptop.device)).members == sorted({here, there}));
  for (const auto& grant : must(office.reader()->grants(laptop.worker))) {
    if (grant.division == office.unit(kSanhe)) (void)must(office.admin().end_grant(grant.id));
  }
  CHECK(must(office.admin().report_device(laptop.device)).members == sorted({here, there}));
  (void)laptop.exchange();
  (void)confirm();
  CHECK(must(office.admin().report_device(laptop.device)).members == std::vector<Id>{there});
}

TEST_CASE("a position that an earlier program kept of an erased scope does not count") {
  Office office;
  FakeLaptop laptop(office, office.worker("甲", "worker", kSanhe));
  (void)laptop.member("三合的", kSanhe);
  (void)laptop.sync();
  (void)laptop.exchange();
  const auto cursors = must(office.reader()->device_cursors(laptop.device));
  office.clock.advance(WallMs{40} * 24 * 3600 * 1000);
  (void)must(office.admin().end_grant(laptop.worker));
  (void)laptop.exchange();
  wire::ExchangeRequest request = laptop.request();
  const wire::Confirmed confirmed{{{office.unit(kSanhe), 0, laptop.end.replica, laptop.end.counter}}};
  request.parts.push_back({wire::kPartConfirmed, codec::encode(confirmed)});
  laptop.take(laptop.send(request));
  CHECK(must(office.reader()->device_cursors(laptop.device)).size() < cursors.size());
  const auto writer = must(office.store().write());
  must(writer->put_device_cursors(laptop.device, cursors));
  must(writer->commit());
  CHECK(must(office.admin().report_device(laptop.device)).members.empty());
}

}  // namespace
