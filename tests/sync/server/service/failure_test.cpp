// Every call of the store's writer fails once, in turn, while a group of pushes is taken (sync.md 4.6).
#include "tests/sync/server/service/failing_store.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

struct Group {
  Office office;
  std::vector<FakeLaptop> laptops;
  std::vector<server::Verified> requests;
  Group() {
    for (int i = 0; i < 3; ++i) {
      laptops.emplace_back(office, office.worker("人" + std::to_string(i), "worker", kSanhe));
      const Id id = laptops.back().member("成员", kSanhe);
      laptops.back().put("member", id, office.unit(kSanhe), {{"remark", "话"}});
      requests.push_back(laptops.back().verified(laptops.back().request()));
    }
  }
  /// Pushes kept with one failing call; also how many calls there were.
  std::pair<int, std::uint64_t> take(std::uint64_t fail_at) {
    store::FailurePlan plan{0, fail_at};
    store::FailingStore failing(office.store(), plan);
    auto exchange = must(server::Exchange::open(failing, office.catalogue(), office.clock));
    const auto results = exchange.take(requests);
    REQUIRE(results.size() == 3);
    int kept = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
      const auto in_log = must(office.reader()->changes_of(laptops[i].end.replica, 1, 9)).size();
      CHECK(in_log == (results[i].ok() ? 2U : 0U));
      kept += results[i].ok() ? 1 : 0;
    }
    return {kept, plan.calls};
  }
};

TEST_CASE("whichever call fails, what was answered is kept, what was not is not, and no neighbour suffers") {
  const std::uint64_t calls = Group().take(0).second;
  CHECK(calls > 100);
  for (std::uint64_t fail_at = 1; fail_at <= calls; fail_at += 7) {
    INFO("call ", fail_at);
    Group group;
    CHECK(group.take(fail_at).first == 3);  // tried again alone, and that is enough for one failure
    group.office.prove();
  }
}

}  // namespace
