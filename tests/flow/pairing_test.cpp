// A file of hardship over real processes: the worker who is paired with the member holds it while the pairing
// is open, and nobody else in the field ever does (domain.md 2.11).
#include "client/store/laptop_store.hpp"
#include "tests/flow/messy.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
using namespace lianxin::test::messy;

/// Every row of every table of a laptop's database, deciphered.
std::string everything_in(const Laptop& laptop) {
  const SystemClock clock;
  client::store::OpenReport report;
  const auto opened = client::store::LaptopStore::open(laptop.home(), kPassphrase, clock, report);
  REQUIRE(opened.ok());
  auto& database = (*opened)->database();
  std::vector<std::string> tables;
  {
    auto select = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'");
    while (*select.step())
      tables.push_back(select.text(0));
  }
  std::string all;
  for (const std::string& table : tables) {
    std::vector<std::string> columns;
    {
      auto select = database.prepare("SELECT name FROM pragma_table_info(?)");
      select.bind_text(1, table);
      while (*select.step())
        columns.push_back(select.text(0));
    }
    std::string sql = "SELECT ";
    for (std::size_t i = 0; i < columns.size(); ++i)
      sql += (i > 0 ? ", CAST(\"" : "CAST(\"") + columns[i] + "\" AS BLOB)";
    auto rows = database.prepare(sql + " FROM \"" + table + "\"");
    while (*rows.step()) {
      for (std::size_t i = 0; i < columns.size(); ++i)
        all += rows.blob(static_cast<int>(i)) + "\n";
    }
  }
  return all;
}

/// Whether a laptop holds the record's number anywhere, or any of these words.
bool holds_any(const Laptop& laptop, const std::string& record, const Words& words) {
  const std::string all = everything_in(laptop);
  const auto holds = [&](std::string_view what) { return all.find(what) != std::string::npos; };
  const auto id = Id::parse(record);
  return (id.ok() && holds(id->bytes())) || holds(record) || std::any_of(words.begin(), words.end(), holds);
}

constexpr const char* kTrouble = "去冬摔伤后不能下地";
constexpr const char* kEarlier = "入冬前查出的旧病";
constexpr const char* kGoods = "棉被两床";

/// A village with its secretary and three workers.
struct Village {
  County county;
  Laptop paired = county.laptop("甲", "worker", kSanhe);
  Laptop other = county.laptop("乙", "worker", kSanhe);
  Laptop secretary = county.laptop("书", "secretary", kSanhe);
  std::string member = person(secretary, "赵连心", kSanhe, {"care_flag=ill"});
  std::string file =
      put(secretary, {"hardship_record", "member_id=" + member, "active=1", "cause_class=illness",
                      "level=general", std::string("description=") + kEarlier});
  std::string aid = put(secretary, {"aid", "member_id=" + member, "occurred_on=2026-02-10", "kind=goods",
                                    std::string("goods=") + kGoods});

  Village() {
    put(secretary, {"hardship_record", "--id", file, std::string("description=") + kTrouble});
    settle();
  }
  void settle() { county.settle({&paired, &other, &secretary}); }
  std::string pair(const Laptop& with) {
    return put(secretary, {"support_pair", "member_id=" + member,
                           "helper_worker_id=" + county.worker_id(with.name()), "from=2026-01-01"});
  }
  /// Not a byte of it, not that it is there.
  [[nodiscard]] bool is_hidden_from(const Laptop& laptop) const {
    return !holds_any(laptop, file, {kTrouble, kEarlier, kGoods}) && !holds_any(laptop, aid, {}) &&
           field(laptop, member, "care_flag").is_null();
  }
  /// No value of it; the heads of what was written there stay, as after any hand-over.
  [[nodiscard]] bool is_erased_from(const Laptop& laptop) const {
    return is_file_erased_from(laptop) && field(laptop, member, "care_flag").is_null();
  }
  [[nodiscard]] bool is_file_erased_from(const Laptop& laptop) const {
    const std::string all = everything_in(laptop);
    for (const char* word : {kTrouble, kEarlier, kGoods}) {
      if (all.find(word) != std::string::npos) return false;
    }
    return laptop.try_ctl({"get", file}).exit_code == 1 && laptop.try_ctl({"get", aid}).exit_code == 1 &&
           laptop.ctl({"list", "hardship_record"}).empty();
  }
};

TEST_CASE("a pairing opens the file to its worker, with what stood in it before, and to nobody else") {
  Village v;
  CHECK(v.is_hidden_from(v.paired));
  CHECK_FALSE(v.is_hidden_from(v.secretary));  // the search finds what is there
  v.pair(v.paired);
  v.settle();
  CHECK(field(v.paired, v.file, "description") == kTrouble);
  CHECK(field(v.paired, v.aid, "goods") == kGoods);
  CHECK_FALSE(field(v.paired, v.member, "care_flag").is_null());
  CHECK(history(v.paired, v.file).dump().find(kEarlier) != std::string::npos);
  CHECK(v.is_hidden_from(v.other));
}

TEST_CASE("both edit a file and see the conflict; the end of the pairing takes it away and loses nothing") {
  Village v;
  const std::string pair = v.pair(v.paired);
  v.settle();
  // The file is the branch's to write; the care flags, of the same class, are the worker's too.
  const Said refused = v.paired.try_ctl({"put", "hardship_record", "--id", v.file, "household_size=3"});
  CHECK(refused.exit_code == 1);
  CHECK(refused.json.at("error").at("fields").at(0).at("field") == "household_size");
  put(v.paired, {"member", "--id", v.member, "care_flag=old"});
  put(v.secretary, {"member", "--id", v.member, "care_flag=infirm"});
  v.settle();
  for (const Laptop* laptop : {&v.paired, &v.secretary}) {
    const Json conflicts = laptop->ctl({"conflict", "list"});
    REQUIRE(conflicts.size() == 1);
    CHECK(conflicts[0].at("record") == v.member);
  }
  const std::string conflict = v.paired.ctl({"conflict", "list"})[0].at("id");
  v.paired.ctl({"conflict", "resolve", conflict, "--value", "infirm"});
  v.settle();
  CHECK(v.secretary.ctl({"conflict", "list"}).empty());

  // Not sent when the pairing ends.
  put(v.paired, {"member", "--id", v.member, "care_flag=ill,infirm"});
  put(v.secretary, {"support_pair", "--id", pair, "to=2026-02-01"});
  v.settle();
  CHECK(v.is_file_erased_from(v.paired));
  CHECK(field(v.paired, v.member, "care_flag") == "ill,infirm");  // his own word stays with him
  CHECK(v.paired.ctl({"conflict", "list"}).empty());
  CHECK(field(v.secretary, v.member, "care_flag") == "ill,infirm");
  CHECK(v.county.server({"verify"}).at("ok") == true);
}

TEST_CASE("the worker a file names holds it until relief, and another of the village never does") {
  Village v;
  put(v.secretary, {"hardship_record", "--id", v.file,
                    "pair_worker_id=" + v.county.worker_id(v.paired.name()), "paired_on=2026-01-01"});
  v.settle();
  CHECK(field(v.paired, v.file, "description") == kTrouble);
  CHECK(field(v.paired, v.aid, "goods") == kGoods);
  CHECK(v.is_hidden_from(v.other));
  Laptop town = v.county.laptop("镇", "township_officer", "220622101");  // relief is the township's to say
  v.county.settle({&v.secretary, &town});
  put(town,
      {"hardship_record", "--id", v.file, "relieved_on=2026-02-01", "relieved_reason=就业", "active=0"});
  v.county.settle({&town});
  v.settle();
  CHECK(v.is_erased_from(v.paired));
  CHECK(field(v.secretary, v.file, "description") == kTrouble);
  CHECK(v.county.server({"verify"}).at("ok") == true);
}

TEST_CASE("another worker in the pairing, and a worker who is replaced, hand the file over") {
  Village v;
  const std::string pair = v.pair(v.paired);
  v.settle();
  put(v.secretary, {"support_pair", "--id", pair, "helper_worker_id=" + v.county.worker_id(v.other.name())});
  v.settle();
  CHECK(v.is_erased_from(v.paired));
  CHECK(field(v.other, v.file, "description") == kTrouble);

  Laptop next = v.county.laptop("丙", "worker", kSanhe);
  CHECK(v.is_hidden_from(next));
  v.county.server({"worker", "replace", v.county.worker_id(v.other.name()), v.county.worker_id("丙"), "--on",
                   Date::of(SystemClock().now_ms()).text()});
  v.county.settle({&v.paired, &v.secretary, &next});
  CHECK(field(next, v.file, "description") == kTrouble);
  (void)v.other.try_ctl({"sync"});
  CHECK_FALSE(holds_any(v.other, v.file, {kTrouble, kEarlier, kGoods}));
}

}  // namespace
