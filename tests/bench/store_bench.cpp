// `lianxin-bench store`: the laptop's store against the same values in a plain SQLite file (README.md).
#include "tests/bench/store_bench.hpp"

#include <algorithm>

#include "shared/store/database.hpp"
#include "tests/bench/laptop_home.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/workload.hpp"

namespace lianxin::bench {

namespace cs = client::store;

namespace {

constexpr std::size_t kLoadRows = 5000;
constexpr int kVisitSaves = 200;
constexpr std::string_view kVillageCode = "220622101200";

class StoreBench {
 public:
  StoreBench(const std::filesystem::path& folder, std::size_t rows, const Report& report)
      : folder_(folder), rows_(rows), report_(report) {}
  void run();

 private:
  [[nodiscard]] std::vector<MadeRecord> members(std::size_t from, std::size_t to);
  void load();
  void load_raw();
  void visits();
  void read();
  void open_again();

  std::filesystem::path folder_;
  std::size_t rows_;
  const Report& report_;
  Workload work_ = make_workload();
  Id village_ = Id::make(kToday);
  LaptopHome home_{folder_, {{village_, std::string(kVillageCode)}}};
  std::vector<const domain::Field*> fields_ = member_fields();
  std::vector<Id> ids_;
  double store_seconds_ = 0;
};

void StoreBench::run() {
  for (std::size_t i = 0; i < rows_; ++i)
    ids_.push_back(Id::make(kToday));
  std::sort(ids_.begin(), ids_.end());
  load();
  load_raw();
  visits();
  read();
  open_again();
}

std::vector<MadeRecord> StoreBench::members(std::size_t from, std::size_t to) {
  std::vector<MadeRecord> out;
  for (std::size_t i = from; i < to; ++i) {
    MadeRecord& member = out.emplace_back();
    member.id = ids_[i];
    for (std::size_t f = 0; f < fields_.size(); ++f) {
      const bool is_scope = f + 1 == fields_.size();
      home_.set(member, "member", fields_[f]->name, is_scope ? village_.text() : work_.members[i].fields[f]);
    }
  }
  return out;
}

void StoreBench::load() {
  for (std::size_t from = 0; from < rows_; from += kLoadRows)
    store_seconds_ += home_.take(village_, members(from, std::min(rows_, from + kLoadRows)));
  report_("load", static_cast<double>(rows_) / store_seconds_, "members/s");
}

/// The same values in one table, the same pages as transactions, indexed by name and village.
void StoreBench::load_raw() {
  store::OpenOptions options;
  options.path = folder_ / "raw.db";
  options.key = Bytes(32, 'k');
  options.create = true;
  auto database = must(store::Database::open(options));
  std::string columns;
  std::string marks;
  for (const domain::Field* field : fields_) {
    columns += ", \"" + field->name + "\" TEXT";
    marks += ", ?";
  }
  must(database.exec("CREATE TABLE member(id BLOB PRIMARY KEY" + columns +
                     ") WITHOUT ROWID; CREATE INDEX by_name ON member(name); CREATE INDEX by_village ON "
                     "member(\"" +
                     fields_.back()->name + "\")"));
  const double seconds = seconds_of([&] {
    for (std::size_t from = 0; from < rows_; from += kLoadRows) {
      auto transaction = must(store::Transaction::begin(database));
      auto insert = database.prepare("INSERT INTO member VALUES(?" + marks + ")");
      for (std::size_t i = from; i < std::min(rows_, from + kLoadRows); ++i) {
        insert.bind(1, ids_[i]);
        for (std::size_t f = 0; f < fields_.size(); ++f) {
          const bool is_scope = f + 1 == fields_.size();
          insert.bind_text(static_cast<int>(f) + 2, is_scope ? village_.text() : work_.members[i].fields[f]);
        }
        must(insert.run());
        insert.reset();
      }
      must(transaction.commit());
    }
  });
  report_("load raw", static_cast<double>(rows_) / seconds, "members/s");
  report_("load ratio", store_seconds_ / seconds, "x");
  must(database.exec("CREATE TABLE visit(id BLOB PRIMARY KEY, member BLOB, day TEXT, text TEXT)"));
  std::vector<double> times;
  for (int i = 0; i < kVisitSaves; ++i) {
    times.push_back(1000 * seconds_of([&] {
                      auto transaction = must(store::Transaction::begin(database));
                      auto insert = database.prepare("INSERT INTO visit VALUES(?, ?, ?, ?)");
                      insert.bind(1, Id::make(kToday)).bind(2, ids_.front()).bind_text(3, "2026-09-21");
                      must(insert.bind_text(4, "都好").run());
                      must(transaction.commit());
                    }));
  }
  report_("save raw p50", percentile(times, 0.5), "ms");
  report_("save raw p95", percentile(times, 0.95), "ms");
}

void StoreBench::visits() {
  std::vector<double> times;
  for (int i = 0; i < kVisitSaves; ++i) {
    cs::Edit edit;
    edit.kind = "visit";
    edit.fields = {{"members", cs::FieldEdit::Op::kAdd, ids_[static_cast<std::size_t>(i) % rows_].text()},
                   {"occurred_on", cs::FieldEdit::Op::kSet, "2026-09-21"},
                   {"outcome", cs::FieldEdit::Op::kSet, "met"}};
    times.push_back(1000 * seconds_of([&] {
                      const cs::Saved saved = must(home_.store().records().save({edit}));
                      if (!saved.ok)
                        throw std::runtime_error("not saved: " + saved.problems.front().field + " " +
                                                 saved.problems.front().code);
                    }));
    home_.clock().advance(1000);
  }
  report_("save visit p50", percentile(times, 0.5), "ms");
  report_("save visit p95", percentile(times, 0.95), "ms");
}

void StoreBench::read() {
  cs::ListQuery query;
  query.kind = "member";
  query.limit = 50;
  query.search = "zhang";
  for (const char* word : {"search first", "search next"})
    report_(word, 1000 * seconds_of([&] { (void)must(home_.store().records().list(query)); }), "ms");
  query.search = "";
  query.limit = 2000;
  report_("list 2000", 1000 * seconds_of([&] { (void)must(home_.store().records().list(query)); }), "ms");
}

void StoreBench::open_again() { report_("open", 1000 * home_.open_again(), "ms"); }

}  // namespace

void measure_store(const std::filesystem::path& folder, std::size_t rows, const Report& report) {
  StoreBench(folder, rows, report).run();
}

}  // namespace lianxin::bench
