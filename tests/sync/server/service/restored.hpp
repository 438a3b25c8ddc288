#pragma once
// Villages whose county goes back to a backup.
#include "sync/wire/parts.hpp"
#include "tests/sync/server/service/villages.hpp"

namespace lianxin::test {

/// A county that goes back to a backup and may have lost something since.
struct Restored : Villages {
  TempFolder folder;
  void remember() { must(office.store().backup(folder.path() / "county.backup")); }
  void go_back() {
    office.clock.advance(60'000);
    office.restore(folder.path() / "county.backup");
    for (FakeLaptop* laptop : {&a, &d, &town})
      read_again(*laptop);
  }
  /// A member that the backup lacks: all have read it when the county goes back.
  struct Lost {
    Id member;
    change::Change change;
  };
  Lost lose_member() {
    sync_all();
    remember();
    Lost lost{a.member("赵连心", kSanhe), {}};
    lost.change = a.log.back();
    sync_all();
    go_back();
    return lost;
  }
  /// As a laptop does that hears of another epoch.
  static void read_again(FakeLaptop& laptop) {
    laptop.bases.clear();
    laptop.passed = 0;
  }
  static wire::OfferedChange as_offer(const Bytes& body, const Bytes& values, WallMs effective_ms) {
    return {{body, values}, effective_ms, false};
  }
  wire::OfferedChange as_offer(const change::Change& one) const {
    return as_offer(one.body_bytes, change::encode_values(one.values), office.clock.now_ms());
  }
  void offer(FakeLaptop& by, const wire::OfferedChange& one) {
    wire::OfferRequest offer;
    offer.changes.push_back(one);
    auto request = by.request();
    request.changes.clear();
    request.first = 0;
    request.own_counter = 0;
    request.own_hash = {};
    request.parts.push_back({wire::kPartOffers, wire::encode_part(offer)});
    (void)by.send(request);
  }
  std::size_t aside() { return must(office.admin().quarantine()).size(); }
  bool has(const ChangeId& id) const { return must(office.reader()->change(id)).has_value(); }
};

}  // namespace lianxin::test
