#include "tests/bench/sync_bench.hpp"

#include <cmath>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "shared/base/text.hpp"
#include "tests/bench/bench_catalogue.hpp"
#include "tests/bench/machines.hpp"
#include "tests/bench/people.hpp"
#include "tests/bench/raw.hpp"
#include "tests/bench/workload.hpp"

namespace lianxin::bench {

namespace change = sync::change;
namespace merge = sync::merge;

namespace {

constexpr const char* kOfficer = "county_officer";

void expect(const std::string& what, std::uint64_t found, std::uint64_t wanted) {
  if (found == wanted) return;
  throw std::runtime_error(what + ": " + std::to_string(found) + " instead of " + std::to_string(wanted));
}

class SyncBench {
 public:
  SyncBench(const std::filesystem::path& folder, const SyncWanted& wanted, const Report& report)
      : folder_(folder),
        share_(wanted.share),
        at_once_(wanted.at_once),
        report_(report),
        county_(folder / "county", wanted.work == "first") {}

  void day();
  void morning();
  void download(bool then_merge);
  void first();

 private:
  struct Township {
    std::uint64_t conflicts = 0;
  };
  /// Two who edited the same members, neither knowing of the other.
  struct Rivals {
    Scribe a;
    Scribe b;
  };
  [[nodiscard]] std::size_t members_wanted() const {
    return static_cast<std::size_t>(share_ * static_cast<double>(kMemberCount));
  }
  [[nodiscard]] std::size_t laptops_wanted() const;
  void write_members(std::size_t members);
  void push_members();
  [[nodiscard]] std::filesystem::path home(std::size_t n) const {
    return folder_ / ("laptop-" + std::to_string(n));
  }
  void sync_each(const std::vector<std::unique_ptr<Laptop>>& laptops, std::vector<SyncCost>& costs,
                 Spent& spent) const;
  void check(Laptop& laptop, const SyncCost& last, std::uint64_t conflicts);
  void server_figures();
  [[nodiscard]] double processor_of_all_ends() {
    return processor_seconds(CLOCK_PROCESS_CPUTIME_ID) + county_.number("processor");
  }
  void beside(const std::string& work, const Spent& ours, const Spent& raw) const;
  [[nodiscard]] std::unique_ptr<Rivals> write_rivals(std::size_t members);
  [[nodiscard]] Spent rows_alone(Laptop& laptop) const;
  void merge_stored(Rivals& rivals, Laptop& laptop, std::size_t members);
  void merge_in_memory(const Rivals& rivals, std::size_t members);
  [[nodiscard]] std::uint64_t rivals_in(std::size_t members) const;
  [[nodiscard]] std::map<std::size_t, std::uint64_t> conflicts_by_township(std::size_t laptops) const;

  std::filesystem::path folder_;
  double share_;
  std::size_t at_once_;
  const Report& report_;
  Workload work_ = make_workload();
  CountyProcess county_;
  std::unique_ptr<Directory> directory_;
  std::unique_ptr<Scribe> loader_;
};

/// The county's people, written and handed in by somebody else.
void SyncBench::write_members(std::size_t members) {
  directory_ = std::make_unique<Directory>(work_, members, county_);
  loader_ = std::make_unique<Scribe>(county_, *directory_);
  loader_->write_members(work_);
}

void SyncBench::push_members() {
  const double seconds = seconds_of([&] { loader_->push(); });
  report_("intake of members", static_cast<double>(loader_->written().size()) / seconds, "changes/s");
}

/// Everything equal, proved, with exactly so many conflicts here.
void SyncBench::check(Laptop& laptop, const SyncCost& last, std::uint64_t conflicts) {
  if (!last.receipt.complete) throw std::runtime_error("the receipt is not green");
  expect("conflicts on the laptop", laptop.conflicts(), conflicts);
  expect("problems found by verify", laptop.problems(), 0);
}

/// Ours: the whole on the wall, and the processor's time in the laptop's store.
void SyncBench::beside(const std::string& work, const Spent& ours, const Spent& raw) const {
  report_(work, ours.seconds, "s");
  report_(work + " raw", raw.seconds, "s");
  report_(work + " ratio", ours.seconds / raw.seconds, "x");
  report_(work + " cpu", ours.processor, "s");
  report_(work + " raw cpu", raw.processor, "s");
  report_(work + " cpu ratio", ours.processor / raw.processor, "x");
}

void SyncBench::server_figures() {
  report_("server memory", county_.number("memory"), "MB");
  expect("problems found by the server's verify", static_cast<std::uint64_t>(county_.number("verify")), 0);
}

// --- W1

void SyncBench::day() {
  write_members(kKnownMemberCount);
  push_members();
  Laptop laptop(county_, *directory_, home(0), kOfficer, kCountyCode, bench_catalogue());
  (void)laptop.sync();
  Scribe other(county_, *directory_);
  for (const Operation& one : work_.day_of_server)
    other.write(one, *loader_);
  other.push();
  laptop.write(work_.day_of_laptop);
  const SyncCost cost = laptop.sync();
  const RawDay raw = raw_day(folder_, work_);
  beside("w1", {cost.whole.seconds, cost.take.processor}, raw.spent);
  report_("w1 round trips", static_cast<double>(cost.receipt.round_trips), "");
  report_("w1 up", static_cast<double>(cost.receipt.bytes_up), "bytes");
  report_("w1 down", static_cast<double>(cost.receipt.bytes_down), "bytes");
  report_("w1 up ratio", static_cast<double>(cost.receipt.bytes_up) / static_cast<double>(raw.bytes_up), "x");
  report_("w1 down ratio", static_cast<double>(cost.receipt.bytes_down) / static_cast<double>(raw.bytes_down),
          "x");
  const SyncCost idle = laptop.sync();  // what every exchange of 118 villages says
  report_("w1 with nothing new, up", static_cast<double>(idle.receipt.bytes_up), "bytes");
  report_("w1 with nothing new, down", static_cast<double>(idle.receipt.bytes_down), "bytes");
  check(laptop, cost, 1);
  expect("conflicts at the server", static_cast<std::uint64_t>(county_.number("conflicts")), 1);
  server_figures();
}

// --- W2t

/// Whole townships.
std::size_t SyncBench::laptops_wanted() const {
  const auto townships = static_cast<std::size_t>(std::lround(share_ * static_cast<double>(kTownshipCount)));
  std::size_t n = 0;
  while (n < kLaptopCount && work_.townships[n] < std::max<std::size_t>(townships, 1))
    ++n;
  return n;
}

/// Cells that two laptops of one township set to different values, each having seen the same before.
std::map<std::size_t, std::uint64_t> SyncBench::conflicts_by_township(std::size_t laptops) const {
  std::map<std::pair<std::string, std::size_t>, std::set<std::string>> cells;
  for (std::size_t n = 0; n < laptops; ++n) {
    for (const Operation& one : work_.mornings[n]) {
      if (one.kind == Operation::Kind::kEdit) cells[{one.id, one.field}].insert(one.values[0]);
    }
  }
  std::map<std::size_t, std::uint64_t> out;
  for (const auto& [cell, values] : cells) {
    if (values.size() < 2) continue;
    const std::size_t member = directory_->numbers.at(id_of(cell.first));
    ++out[township_of(member % kLaptopCount)];
  }
  return out;
}

/// Each laptop once, `at_once_` at the same time, as the laptops of a county do.
void SyncBench::sync_each(const std::vector<std::unique_ptr<Laptop>>& laptops, std::vector<SyncCost>& costs,
                          Spent& spent) const {
  std::mutex mutex;
  std::size_t next = 0;
  std::exception_ptr failed;
  const auto work = [&] {
    std::unique_lock lock(mutex);
    while (next < laptops.size() && !failed) {
      const std::size_t n = next++;
      lock.unlock();
      try {
        costs[n] = laptops[n]->sync();
        lock.lock();
      } catch (...) {
        lock.lock();
        failed = std::current_exception();
      }
      spent.processor += costs[n].take.processor;
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < at_once_; ++i)
    threads.emplace_back(work);
  for (std::thread& thread : threads)
    thread.join();
  if (failed) std::rethrow_exception(failed);
}

void SyncBench::morning() {
  const std::size_t laptops = laptops_wanted();
  write_members(kKnownMemberCount);
  push_members();
  std::vector<std::unique_ptr<Laptop>> all;
  for (std::size_t n = 0; n < laptops; ++n) {
    all.push_back(std::make_unique<Laptop>(county_, *directory_, home(n), "township_officer",
                                           township_code(work_.townships[n]), bench_catalogue()));
    (void)all.back()->sync();
    all.back()->write(work_.mornings[n]);
  }
  std::vector<SyncCost> last(laptops);
  Spent ours;
  const double before = processor_of_all_ends();
  ours.seconds = seconds_of([&] {
    for (int round = 0; round < 2; ++round)
      sync_each(all, last, ours);
  });
  const double all_ends = processor_of_all_ends() - before;
  const RawMorning raw = raw_morning(folder_, work_, laptops);
  beside("w2t", ours, raw.spent);
  report_("w2t all ends cpu", all_ends, "s");
  report_("w2t all ends ratio", all_ends / raw.spent.processor, "x");
  report_("w2t applies", static_cast<double>(raw.applies), "");
  const auto wanted = conflicts_by_township(laptops);
  std::uint64_t conflicts = 0;
  for (const auto& [township, count] : wanted)
    conflicts += count;
  for (std::size_t n = 0; n < laptops; ++n) {
    const auto found = wanted.find(work_.townships[n]);
    check(*all[n], last[n], found == wanted.end() ? 0 : found->second);
  }
  report_("w2t conflicts", static_cast<double>(conflicts), "");
  expect("conflicts at the server", static_cast<std::uint64_t>(county_.number("conflicts")), conflicts);
  server_figures();
}

// --- W3, W4

void SyncBench::download(bool then_merge) {
  const std::size_t members = members_wanted();
  write_members(members);
  const std::unique_ptr<Rivals> rivals = then_merge ? write_rivals(members) : nullptr;
  if (rivals) merge_in_memory(*rivals, members);
  push_members();
  Laptop laptop(county_, *directory_, home(0), kOfficer, kCountyCode, bench_catalogue());
  const double before = processor_of_all_ends();
  const SyncCost cost = laptop.sync();
  report_("w3 all ends cpu", processor_of_all_ends() - before, "s");
  const Spent raw = raw_download(folder_, work_, members);
  beside("w3", {cost.whole.seconds, cost.take.processor}, raw);
  report_("w3 round trips", static_cast<double>(cost.receipt.round_trips), "");
  report_("w3 down", static_cast<double>(cost.receipt.bytes_down), "bytes");
  report_("w3 search index", seconds_of([&] { (void)must(laptop.impl().search().refresh(members)); }), "s");
  const Spent rows = rows_alone(laptop);
  report_("w3 rows alone ratio", rows.seconds / raw.seconds, "x");
  report_("w3 rows alone cpu ratio", rows.processor / raw.processor, "x");
  if (rivals) merge_stored(*rivals, laptop, members);
  check(laptop, cost, then_merge ? rivals_in(members) : 0);
  server_figures();
}

/// What of a first download could not be saved by any log or state: the rows that lists, forms and figures
/// read by plain SQL, written anew from states in memory.
Spent SyncBench::rows_alone(Laptop& laptop) const {
  std::vector<client::store::RecordBox> boxes;
  boxes.reserve(directory_->members.size());
  for (const Id& member : directory_->members)
    boxes.push_back(must(laptop.impl().load(member)));
  client::store::KindTables& tables = laptop.impl().tables();
  must(tables.clear());
  return spent_on([&] {
    auto transaction = must(store::Transaction::begin(laptop.impl().database()));
    for (const client::store::RecordBox& box : boxes)
      (void)must(tables.write({box.row.number, box.shown, box.scope, box.flags}, false));
    must(transaction.commit());
  });
}

/// A laptop's first sync with the program's own catalogue, and when its search is ready.
void SyncBench::first() {
  const std::size_t members = members_wanted();
  directory_ = std::make_unique<Directory>(work_, members, county_);
  loader_ = std::make_unique<Scribe>(county_, *directory_);
  loader_->write_real_members(work_);
  report_("intake", static_cast<double>(loader_->written().size()) / seconds_of([&] { loader_->push(); }),
          "changes/s");
  Laptop laptop(county_, *directory_, home(0), kOfficer, kCountyCode, domain::Catalogue::base());
  loader_.reset();
  const double before = resident_megabytes("VmRSS:");
  forget_peak();
  const SyncCost cost = laptop.sync();
  report_("first sync", cost.whole.seconds, "s");
  report_("first sync store cpu", cost.take.processor, "s");
  report_("first sync round trips", static_cast<double>(cost.receipt.round_trips), "");
  report_("first sync down", static_cast<double>(cost.receipt.bytes_down), "bytes");
  report_("laptop memory more", resident_megabytes("VmHWM:") - before, "MB");
  report_("search ready after", seconds_of([&] { (void)must(laptop.records().read_texts(members)); }), "s");
  check(laptop, cost, 0);
  server_figures();
}

/// Cells both set, to different values.
std::uint64_t SyncBench::rivals_in(std::size_t members) const {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < members; ++i) {
    const RivalEdit& both = work_.rivals[i];
    if (both.field_a == both.field_b && both.value_a != both.value_b) ++count;
  }
  return count;
}

std::unique_ptr<SyncBench::Rivals> SyncBench::write_rivals(std::size_t members) {
  auto rivals = std::make_unique<Rivals>(Rivals{Scribe(county_, *directory_), Scribe(county_, *directory_)});
  for (std::size_t i = 0; i < members; ++i) {
    const RivalEdit& both = work_.rivals[i];
    rivals->a.write_edit(i, both.field_a, both.value_a, *loader_);
    rivals->b.write_edit(i, both.field_b, both.value_b, *loader_);
  }
  return rivals;
}

void SyncBench::merge_stored(Rivals& rivals, Laptop& laptop, std::size_t members) {
  rivals.a.push();
  (void)laptop.sync();
  const double intake = seconds_of([&] { rivals.b.push(); });
  const SyncCost cost = laptop.sync();
  const RawMerge raw = raw_merge(folder_, work_, members);
  const auto count = static_cast<double>(members);
  report_("w4 at the server", count / intake, "merges/s");
  report_("w4 in the store", count / cost.take.seconds, "merges/s");
  beside("w4", {cost.whole.seconds, cost.take.processor}, raw.stored);
  beside("w4 store", cost.take, raw.stored);
  if (!cost.receipt.complete) throw std::runtime_error("the receipt is not green");
  report_("w4 conflicts", static_cast<double>(laptop.conflicts()), "");
  expect("conflicts at the server", static_cast<std::uint64_t>(county_.number("conflicts")),
         rivals_in(members));
}

/// The merge alone: states and changes are in memory, decoded. Before all else, so that ours and the loop
/// find the memory of a program that has just begun.
void SyncBench::merge_in_memory(const Rivals& rivals, std::size_t members) {
  std::vector<merge::RecordState> states(members);
  const merge::IsMissing none = [](const ChangeId&) { return false; };
  const auto apply = [&](const Scribe& from) {
    for (std::size_t i = 0; i < states.size(); ++i) {
      const change::Change& one = from.written()[i];
      (void)merge::apply(states[i], one.body, one.values,
                         {one.body.hlc, one.body.wall_ms, false, one.body.author, one.body.cause}, none);
    }
  };
  apply(*loader_);
  apply(rivals.a);
  const double seconds = spent_on([&] { apply(rivals.b); }).processor;
  const double raw_seconds = raw_merge_in_memory(work_, members).processor;
  std::uint64_t found = 0;
  for (merge::RecordState& state : states) {
    state.kind = kMemberKind;
    found += merge::conflicts(state, bench_catalogue()).size();
  }
  expect("conflicts in memory", found, rivals_in(members));
  const auto count = static_cast<double>(members);
  report_("w4 memory", count / seconds, "merges/s");
  report_("w4 memory raw", count / raw_seconds, "merges/s");
  report_("w4 memory ratio", seconds / raw_seconds, "x");
}

}  // namespace

void measure_sync(const std::filesystem::path& folder, const SyncWanted& wanted, const Report& report) {
  SyncBench bench(folder, wanted, report);
  if (wanted.work == "w1") bench.day();
  if (wanted.work == "w2t") bench.morning();
  if (wanted.work == "first") bench.first();
  if (wanted.work == "w3" || wanted.work == "w4") bench.download(wanted.work == "w4");
}

}  // namespace lianxin::bench
