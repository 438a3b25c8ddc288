// Numbers of purges at the server (sync.md 11); what a purge takes is told in sharing_test, retention_test
// and pictures_test.
#include "sync/server/service/purging.hpp"

#include "sync/merge/purge.hpp"
#include "sync/server/service/purge_proofs.hpp"
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

TEST_CASE("a server restored without its list numbers purges above every number of an earlier life") {
  Office office;
  TempFolder folder;
  FakeLaptop a(office, office.worker("甲", "worker", kSanhe));
  const Id member = a.member("赵连心", kSanhe);
  (void)a.sync();
  must(office.store().backup(folder.path() / "county.backup"));
  CHECK(must(office.admin().purge(member, {"remark"}, "本人要求")).number == 1);
  write_holding(a, member, 1, "赵志远");  // told of the first life's purge, and not sent
  office.clock.advance(60'000);
  office.restore(folder.path() / "county.backup", false);
  const std::uint64_t epoch = office.exchange().county().epoch;
  CHECK(must(office.admin().purge(member, {"name"}, "本人要求")).number == epoch);
  (void)a.send(a.request());
  CHECK(office.dump().find("赵志远") == std::string::npos);
  // Who was told of it is not touched by it, and the next stands above.
  write_holding(a, member, epoch, "赵新名");
  (void)a.send(a.request());
  CHECK(office.dump().find("赵新名") != std::string::npos);
  CHECK(must(office.admin().purge(member, {"name"}, "本人要求")).number == epoch + 1);
  office.prove();
}

/// A member the server knows, and two of his fields.
struct Known {
  Office office;
  FakeLaptop a{office, office.worker("甲", "worker", kSanhe)};
  Id member = a.member("赵连心", kSanhe);
  std::uint16_t name = office.catalogue().kind("member")->field("name")->wire;
  std::uint16_t remark = office.catalogue().kind("member")->field("remark")->wire;
  Known() { (void)a.sync(); }
};

/// Shows a purge to the server; how many purges it knows of the record afterwards.
std::vector<store::PurgeRow> shown_to(FakeLaptop& by, const wire::ProvenPurge& purge) {
  auto request = by.request();
  request.parts.push_back({wire::kPartProvenPurges, wire::encode_proven({{purge}})});
  const auto answer = by.send(request);
  CHECK(wire::find_part(answer.parts, wire::kPartProvenPurges) != nullptr);
  return must(by.office.reader()->purges_of(purge.record));
}

wire::ProvenPurge proven(const server::County& county, const Id& record, std::uint64_t number,
                         std::vector<std::uint16_t> fields) {
  store::PurgeRow row;
  row.record = record;
  row.number = number;
  row.fields = fields;
  return {record, number, std::move(fields), server::prove(county, row)};
}

TEST_CASE("a purge is taken from a laptop with the county's proof alone") {
  Known known;
  auto& [office, a, member, name, remark] = known;
  server::County other = office.exchange().county();
  other.sign_keys = server::make_sign_keys();
  CHECK(shown_to(a, proven(other, member, 1, {name})).empty());
  wire::ProvenPurge changed = proven(office.exchange().county(), member, 1, {remark});
  changed.fields = {name};
  CHECK(shown_to(a, changed).empty());
  changed.proof.clear();
  CHECK(shown_to(a, changed).empty());
  CHECK(office.dump().find("赵连心") != std::string::npos);

  const wire::ProvenPurge right = proven(office.exchange().county(), member, 1, {name});
  CHECK(shown_to(a, right).size() == 1);
  CHECK(office.dump().find("赵连心") == std::string::npos);
  const std::uint64_t sequence = must(office.reader()->last_purge());
  CHECK(sequence == 1);  // laptops ask for what is above the last they hold
  CHECK(shown_to(a, right).size() == 1);
  CHECK(must(office.reader()->last_purge()) == sequence);  // known: told once
  office.prove();
}

TEST_CASE("a purge that is shown and another of its number: both their fields go under a new one, once") {
  Known known;
  auto& [office, a, member, name, remark] = known;
  CHECK(must(office.admin().purge(member, {"remark"}, "本人要求")).number == 1);
  write_holding(a, member, 1, "赵志远");  // told of one of the two; nobody knows which
  (void)a.sync();
  REQUIRE(office.dump().find("赵志远") != std::string::npos);
  const wire::ProvenPurge other = proven(office.exchange().county(), member, 1, {name});
  const auto purges = shown_to(a, other);
  REQUIRE(purges.size() == 2);
  CHECK(purges.back().number == 2);
  CHECK(purges.back().fields == std::vector<std::uint16_t>{std::min(name, remark), std::max(name, remark)});
  CHECK(purges.back().sequence == 2);
  CHECK(office.dump().find("赵连心") == std::string::npos);
  CHECK(office.dump().find("赵志远") == std::string::npos);
  CHECK(shown_to(a, other).size() == 2);
  office.prove();
}

TEST_CASE("what hangs on a record goes, too, where a laptop shows that the record went as a whole") {
  Known known;
  auto& [office, a, member, name, remark] = known;
  const auto attach = [&, &a = a, &office = office, &member = member] {
    const Id id = Id::make(office.clock.now_ms());
    office.clock.advance(1);
    a.put("attachment", id, office.unit(kSanhe), {{"caption", "门口"}}, member);
    return id;
  };
  const Id before = attach();
  (void)a.send(a.request());
  CHECK(shown_to(a, proven(office.exchange().county(), member, 3, {name})).size() == 1);
  CHECK(must(office.reader()->purges_of(before)).empty());
  CHECK(shown_to(a, proven(office.exchange().county(), member, 4, {merge::kPurgeWhole, name})).size() == 2);
  const Id after = attach();
  (void)a.send(a.request());
  CHECK(office.dump().find("门口") == std::string::npos);
  for (const Id& id : {before, after}) {
    const auto purges = must(office.reader()->purges_of(id));
    REQUIRE(purges.size() == 1);
    CHECK(purges.front().number == 4);
  }
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
