#pragma once
// Two villages and their township, with a laptop each.
#include "tests/sync/server/service/fake_laptop.hpp"

namespace lianxin::test {

struct Villages {
  Office office;
  FakeLaptop a{office, office.worker("甲", "secretary", kSanhe)};
  FakeLaptop d{office, office.worker("丁", "secretary", kDajing)};
  FakeLaptop town{office, office.worker("镇", "township_officer", kTownship)};
  Id sanhe = office.unit(kSanhe);
  Id dajing = office.unit(kDajing);

  void sync_all() {
    for (int round = 0; round < 2; ++round) {
      for (FakeLaptop* laptop : {&a, &d, &town})
        (void)laptop->sync();
    }
  }
  std::vector<Id> scopes_of(const Id& id) const { return must(office.reader()->record(id))->scopes; }
};

}  // namespace lianxin::test
