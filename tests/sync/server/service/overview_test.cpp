#include "sync/server/service/overview.hpp"

#include <algorithm>
#include <doctest/doctest.h>

#include "sync/server/service/page_links.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
using server::Overview;
using server::OverviewLaptop;
using server::OverviewPlace;

/// A village with two laptops, one without, one in another township.
struct Looked {
  Office office;
  FakeLaptop a{office, office.worker("甲", "worker", kSanhe)};
  FakeLaptop b{office, office.worker("乙", "secretary", kSanhe)};
  FakeLaptop far{office, office.worker("丁", "worker", kLongquan)};
  Id sanhe = office.unit(kSanhe);
  server::OverviewMaker maker{office.store(), office.catalogue(), office.clock};

  std::string page_of(const Id& worker) {
    return must(server::open_page(office.store(), office.catalogue(), office.clock, worker));
  }
  Overview look(const std::string& role, const std::string& code) {
    return must(maker.at(page_of(office.worker("看", role, code))));
  }
};

const OverviewPlace& place(const Overview& overview, const std::string& code) {
  const auto found = std::find_if(overview.places.begin(), overview.places.end(),
                                  [&](const OverviewPlace& one) { return one.code == code; });
  REQUIRE(found != overview.places.end());
  return *found;
}

TEST_CASE("every village is there, with its own laptops and when they came") {
  Looked looked;
  (void)looked.a.sync();
  looked.office.clock.advance(60'000);
  (void)looked.b.sync();
  const Overview overview = looked.look("county_officer", kCounty);
  CHECK(overview.viewer == "看");
  const OverviewPlace& sanhe = place(overview, kSanhe);
  CHECK(sanhe.level == "village");
  REQUIRE(sanhe.laptops.size() == 2);
  CHECK(sanhe.laptops.front().worker_name == "乙");
  CHECK(sanhe.laptops.back().worker_name == "甲");
  CHECK(sanhe.last_seen_ms() > sanhe.laptops.back().last_seen_ms);
  CHECK(place(overview, kDajing).laptops.empty());
  REQUIRE(place(overview, kLongquan).laptops.size() == 1);
  CHECK(place(overview, kLongquan).last_seen_ms() == 0);
  CHECK(place(overview, kLongquan).laptops.front().receipt == OverviewLaptop::Receipt::kNone);
  CHECK(place(overview, kTownship).laptops.empty());
}

TEST_CASE("a revoked laptop, and one whose grant is over, is nobody's any more") {
  Looked looked;
  (void)looked.a.sync();
  (void)looked.b.sync();
  must(looked.office.admin().revoke_device(looked.a.device));
  (void)must(looked.office.admin().end_grant(looked.b.worker));
  CHECK(place(looked.look("county_officer", kCounty), kSanhe).laptops.empty());
}

TEST_CASE("a township sees itself and nothing beside") {
  Looked looked;
  (void)looked.far.member("孙远", kLongquan);
  (void)looked.far.sync();
  const Overview overview = looked.look("township_officer", kTownship);
  CHECK(std::none_of(overview.places.begin(), overview.places.end(),
                     [](const OverviewPlace& one) { return one.code == kLongquan || one.code == kCounty; }));
  CHECK(place(overview, kSanhe).laptops.size() == 2);
}

TEST_CASE("conflicts and what is kept aside are counted where they lie, and only there") {
  Looked looked;
  const Id member = looked.a.member("赵连心", kSanhe);
  (void)looked.a.sync();
  (void)looked.b.sync();
  looked.a.put("member", member, looked.sanhe, {{"home_address", "A 路 1 号"}});
  looked.b.put("member", member, looked.sanhe, {{"home_address", "B 路 2 号"}});
  looked.far.put("member", member, looked.sanhe, {{"post_code", "远方改的"}});
  (void)looked.a.sync();
  (void)looked.b.sync();
  (void)looked.far.sync();
  const Overview county = looked.look("county_officer", kCounty);
  CHECK(place(county, kSanhe).disputes == 1);
  CHECK(place(county, kSanhe).kept_aside == 1);
  CHECK(place(county, kLongquan).disputes == 0);
  REQUIRE(county.disputes.size() == 1);
  CHECK(county.disputes.front().code == kSanhe);
  CHECK(county.disputes.front().kind == "member");
  CHECK(county.disputes.front().field == "home_address");
  CHECK(county.disputes_all == 1);
  REQUIRE(county.kept_aside.size() == 1);
  CHECK(county.kept_aside.front().author_name == "丁");
  const Overview other = looked.look("township_officer", "220622102");
  CHECK(other.disputes_all == 0);
  CHECK(other.kept_aside_all == 0);
}

TEST_CASE("who has no grant any more sees nothing at the same address") {
  Looked looked;
  const Id worker = looked.office.worker("看", "county_officer", kCounty);
  const std::string path = looked.page_of(worker);
  CHECK(looked.maker.at(path).ok());
  (void)must(looked.office.admin().end_grant(worker));
  const auto gone = looked.maker.at(path);
  REQUIRE_FALSE(gone.ok());
  CHECK(gone.error().code == "page.unknown");
}

}  // namespace
