#include "sync/merge/dump_line.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// What the laptop's own dump would print for one scope.
std::string laptop_dump(const FakeLaptop& laptop, const std::string& code) {
  std::map<std::pair<std::string, Id>, std::string> lines;
  for (const auto& [feed, base] : laptop.bases) {
    if (feed.first != laptop.office.unit(code)) continue;
    for (const auto& [id, unused] : base.records) {
      const merge::RecordState state = laptop.state(id);
      lines[{merge::dump_kind(laptop.office.catalogue(), state.kind), id}] =
          merge::dump_line(state, laptop.office.catalogue(), {code});
    }
  }
  std::string out;
  for (const auto& [key, line] : lines)
    out += line + "\n";
  return out;
}

TEST_CASE("the dump of a scope is byte-equal to the laptop's of that scope") {
  Office office;
  FakeLaptop a(office, office.worker("甲", "secretary", kSanhe));
  FakeLaptop b(office, office.worker("乙", "secretary", kSanhe));
  for (int i = 0; i < 5; ++i) {
    const Id id = a.member("人" + std::to_string(i), kSanhe);
    a.put("contact_point", Id::make(office.clock.now_ms()), office.unit(kSanhe), {{"member_id", id.text()}},
          id);
    (void)a.sync();
    (void)b.sync();
    a.put("member", id, office.unit(kSanhe), {{"post_code", "甲"}});
    b.put("member", id, office.unit(kSanhe), {{"post_code", "乙"}, {"remark", "话"}});
  }
  (void)a.sync();
  (void)b.sync();
  (void)a.sync();
  const std::string dump = office.dump(kSanhe);
  CHECK(std::count(dump.begin(), dump.end(), '\n') == 10);
  CHECK(dump == laptop_dump(a, kSanhe));
  CHECK(dump == laptop_dump(b, kSanhe));
  CHECK(dump.starts_with("{\"id\":"));
  CHECK(office.dump(kDajing).empty());
  CHECK(office.dump(kTownship) == dump);
  CHECK(office.dump() == dump);
}

TEST_CASE("a dump as a worker in the field holds it has the own notes only") {
  Office office;
  const Id worker = office.worker("甲", "worker", kSanhe);
  FakeLaptop a(office, worker);
  FakeLaptop b(office, office.worker("乙", "worker", kSanhe));
  const Id id = a.member("人", kSanhe);
  (void)a.sync();
  (void)b.sync();
  a.put("member", id, office.unit(kSanhe), {{"remark", "甲的话"}});
  b.put("member", id, office.unit(kSanhe), {{"remark", "乙的话"}});
  (void)b.sync();
  (void)a.sync();
  CHECK(office.dump(kSanhe, worker) == laptop_dump(a, kSanhe));
  CHECK(office.dump(kSanhe, b.worker) == laptop_dump(b, kSanhe));
  CHECK(office.dump(kSanhe) != office.dump(kSanhe, worker));
  CHECK(office.dump({}, worker) == office.dump(kSanhe, worker));
  CHECK(office.dump(kDajing, worker).empty());
  const Id officer = office.worker("丙", "township_officer", kTownship);
  CHECK(office.dump(kSanhe, officer) == office.dump(kSanhe));
}

TEST_CASE("the shelf is in a dump only when asked for, and an unknown scope is an error") {
  Office office;
  std::size_t lines = 0;
  std::string first;
  const auto count = [&](const std::string& line) {
    if (lines++ == 0) first = line;
    return Status{};
  };
  must(server::dump(office.store(), office.catalogue(), {kCounty, true, Id{}, Date{}}, count));
  CHECK(lines == 7);
  CHECK(first.find("\"kind\":\"org_unit\",\"scopes\":[\"\"]") != std::string::npos);
  CHECK(server::dump(office.store(), office.catalogue(), {"9", false, Id{}, Date{}}, count).error().code ==
        "division.unknown");
  CHECK(server::dump(office.store(), office.catalogue(), {"", true, Id{}, Date{}},
                     [](const std::string&) { return Status(fail("file.unwritable")); })
            .error()
            .code == "file.unwritable");
}

}  // namespace
