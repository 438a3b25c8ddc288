// Numbers of purges at the server (sync.md 11); what a purge takes is told in sharing_test, retention_test
// and pictures_test.
#include "sync/server/service/purging.hpp"

#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// Writes the name of a member in a head that says its author held a purge.
void write_holding(FakeLaptop& by, const Id& record, std::uint64_t held, const std::string& name) {
  by.put("member", record, by.office.unit(kSanhe), {{"name", name}});
  change::Change last = by.log.back();
  by.log.pop_back();
  by.end.counter -= 1;
  by.end.hash = by.log.empty() ? Hash256{} : by.log.back().hash;
  last.body.purge_number = held;
  by.log.push_back(change::link(by.end, last.body, last.values.values));
}

TEST_CASE("a purge reaches what says that it was written holding a later one than there is") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  const Id member = a.member("赵连心", kSanhe);
  (void)a.sync();
  write_holding(a, member, 7, "赵志远");
  (void)a.sync();
  CHECK(must(office.admin().purge(member, {"name"}, "本人要求")).number == 8);
  CHECK(office.dump().find("赵志远") == std::string::npos);
  CHECK(must(office.admin().purge(member, {"name"}, "本人要求")).number == 9);
  office.prove();
}

TEST_CASE("a number no county ever reaches is not well formed") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  a.put("member", Id::make(1), office.unit(kSanhe), {{"name", "赵连心"}});
  change::ChangeBody body = a.log.back().body;
  body.purge_number = ~std::uint64_t{0};
  CHECK(change::decode_body(change::encode_body(body)).error().code == "change.malformed");
}

}  // namespace
