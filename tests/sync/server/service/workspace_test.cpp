// Random work of a township: whatever is written, moved and sent in whatever pieces, the server proves itself
// and every laptop ends with the server's bytes.
#include "sync/server/service/workspace.hpp"

#include <random>

#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

class Township {
 public:
  explicit Township(unsigned seed) : random_(seed) {
    laptops_.emplace_back(office_, office_.worker("甲", "worker", kSanhe));
    laptops_.emplace_back(office_, office_.worker("乙", "secretary", kSanhe));
    laptops_.emplace_back(office_, office_.worker("丁", "worker", kDajing));
    laptops_.emplace_back(office_, office_.worker("镇", "township_officer", kTownship));
    laptops_.emplace_back(office_, office_.worker("县", "county_officer", kCounty));
    for (FakeLaptop& laptop : laptops_)
      laptop.answer_bytes = 1;
  }

  void run(int steps) {
    for (int step = 0; step < steps; ++step) {
      office_.clock.advance(1000);
      FakeLaptop& laptop = laptops_[pick(laptops_.size())];
      const std::size_t what = pick(10);
      if (what < 2) {
        laptop.batch = 1 + pick(6);
        (void)laptop.sync();
      } else if (what == 2) {
        (void)laptop.send(laptop.request());  // the answer is lost
      } else {
        work(laptop);
      }
    }
    for (int round = 0; round < 2; ++round) {
      for (FakeLaptop& laptop : laptops_)
        (void)laptop.sync();
    }
    office_.prove();
    // Who has the whole county in scope has everybody.
    FakeLaptop& county = laptops_.back();
    for (const Id& member : members_)
      CHECK(county.has(member));
    CHECK_FALSE(members_.empty());
  }

 private:
  std::size_t pick(std::size_t below) { return static_cast<std::size_t>(random_() % below); }
  std::string village() { return std::array{kSanhe, kDajing, kLongquan}[pick(3)]; }

  void work(FakeLaptop& laptop) {
    const Id scope = office_.unit(village());
    if (members_.empty() || pick(4) == 0) {
      members_.push_back(laptop.member("人" + std::to_string(members_.size()), village()));
      return;
    }
    const Id id = members_[pick(members_.size())];
    const std::string text = std::to_string(random_() % 1000);
    switch (pick(6)) {
      case 0:
        laptop.put("member", id, scope, {{"home_village_id", office_.unit(village()).text()}});
        break;
      case 1:
        laptop.put("member", id, scope, {{"remark", text}, {"home_address", text}});
        break;
      case 2:
        laptop.put("contact_point", Id::make(office_.clock.now_ms()), scope,
                   {{"member_id", id.text()}, {"value", text}}, id);
        break;
      case 3:
        laptop.put("member", id, scope, {{"care_flag", "low_income"}});
        break;
      case 4:
        laptop.put("member", id, scope, {{"post_code", std::nullopt}});
        break;
      default:
        laptop.put("member", id, scope, {{"post_code", text}});
        break;
    }
  }

  Office office_;
  std::mt19937 random_;
  std::vector<FakeLaptop> laptops_;
  std::vector<Id> members_;
};

TEST_CASE("random work ends equal on every laptop, and the server's store proves itself") {
  const unsigned first = std::random_device{}();
  for (unsigned seed : {1U, 2U, first}) {
    INFO("seed ", seed);
    Township(seed).run(150);
  }
}

// The first records of the batch have been written and let go when its last changes come back to them.
TEST_CASE("a batch about more records than are held in hand ends like any other") {
  Office office;
  FakeLaptop county(office, office.worker("县", "county_officer", kCounty));
  FakeLaptop other(office, office.worker("乙", "county_officer", kCounty));
  const Id sanhe = office.unit(kSanhe);
  const Id dajing = office.unit(kDajing);
  std::vector<Id> members;
  for (std::size_t i = 0; i < server::kRecordsInHandMax + 20; ++i)
    members.push_back(county.member("人" + std::to_string(i), kSanhe));
  const Id phone = Id::make(office.clock.now_ms());
  county.put("contact_point", phone, sanhe, {{"member_id", members[0].text()}, {"value", "1"}}, members[0]);
  for (const Id& id : {members.front(), members.back()}) {
    county.put("member", id, sanhe, {{"remark", "改过"}});
    county.put("member", id, sanhe, {{"home_village_id", dajing.text()}});
  }
  county.batch = members.size() + 10;
  (void)county.sync();
  (void)other.sync();
  office.prove();
  CHECK(other.bases[{sanhe, 0}].records.size() == members.size() - 2);
  CHECK(other.bases[{dajing, 0}].records.size() == 3);
  CHECK(other.shown(members.front(), "remark") == "改过");
}

}  // namespace
