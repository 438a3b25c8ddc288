// `lianxin-bench store`: the laptop's store against the same values in a plain SQLite file (README.md).
#include "tests/bench/store_bench.hpp"

#include <algorithm>

#include "client/store/laptop_store.hpp"
#include "shared/store/database.hpp"
#include "sync/change/hlc.hpp"
#include "sync/laptop/session.hpp"
#include "sync/merge/record_state.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/workload.hpp"

namespace lianxin::bench {

namespace cs = client::store;
namespace merge = sync::merge;
namespace wire = sync::wire;

namespace {

constexpr WallMs kToday = 1'790'000'000'000;
constexpr std::size_t kPageRows = 5000;
constexpr int kVisits = 200;
constexpr int kClasses = 5;
constexpr std::string_view kVillageCode = "220622101200";

class StoreBench {
 public:
  StoreBench(const std::filesystem::path& folder, std::size_t rows, const Report& report)
      : folder_(folder), rows_(rows), report_(report) {}
  void run();

 private:
  void enrol();
  void choose_fields();
  [[nodiscard]] wire::ExchangeAnswer page_of(std::uint8_t privacy, std::size_t from, std::size_t to);
  void load();
  void load_raw();
  void visits();
  void read();
  void open_again();

  std::filesystem::path folder_;
  std::size_t rows_;
  const Report& report_;
  Workload work_ = make_workload();
  ManualClock clock_{kToday};
  sync::laptop::DeviceKeys keys_ = sync::laptop::make_device_keys();
  Id server_ = Id::make(kToday);
  Id village_ = Id::make(kToday);
  Id author_ = Id::make(kToday);
  ReplicaId other_ = ReplicaId::random();
  std::vector<const domain::Field*> fields_;
  std::vector<Id> ids_;
  std::unique_ptr<cs::LaptopStore> store_;
  double store_seconds_ = 0;
};

void StoreBench::run() {
  choose_fields();
  enrol();
  load();
  load_raw();
  visits();
  read();
  open_again();
}

/// The workload's columns by meaning where the catalogue has the same, else by order.
void StoreBench::choose_fields() {
  const domain::Kind& kind = *domain::Catalogue::base().kind("member");
  std::vector<const domain::Field*> free;
  for (const domain::Field& field : kind.fields) {
    const bool is_text = field.type == domain::Type::kText || field.type == domain::Type::kCode ||
                         field.type == domain::Type::kDate || field.type == domain::Type::kPartialDate ||
                         field.type == domain::Type::kLongText;
    if (is_text && field.name != "name") free.push_back(&field);
  }
  fields_.push_back(kind.field("name"));
  free.resize(std::min(free.size(), kFieldCount - 2));
  fields_.insert(fields_.end(), free.begin(), free.end());
  fields_.push_back(kind.field(kind.scope_field));
  for (std::size_t i = 0; i < rows_; ++i)
    ids_.push_back(Id::make(kToday));
  std::sort(ids_.begin(), ids_.end());
}

void StoreBench::enrol() {
  cs::NewStore made;
  made.home = folder_ / "home";
  made.passphrase = "a passphrase for measuring";
  made.replica = ReplicaId::random();
  made.epoch = 1;
  made.identity.device = Id::make(kToday);
  made.identity.worker = author_;
  made.identity.worker_name = "顾小满";
  made.identity.server = server_;
  made.identity.server_name = "抚松县";
  made.identity.address = {"https://county", "sha256//x", "", server_, keys_.sign_public, keys_.seal_public};
  const auto device = sync::laptop::make_device_keys();
  made.identity.sign_public = device.sign_public;
  made.identity.sign_secret = device.sign_secret;
  made.identity.seal_public = device.seal_public;
  made.identity.seal_secret = device.seal_secret;
  made.scopes = {{Id{}, "", {0, 1}}, {village_, std::string(kVillageCode), {0, 1, 2, 3, 4}}};
  store_ = must(cs::LaptopStore::create(made, clock_));
}

/// One page of the snapshot of a class, as the server answers.
wire::ExchangeAnswer StoreBench::page_of(std::uint8_t privacy, std::size_t from, std::size_t to) {
  wire::ExchangeAnswer answer;
  answer.server = server_;
  answer.epoch = 1;
  answer.server_ms = kToday;
  answer.scopes = {{Id{}, "", {0, 1}}, {village_, std::string(kVillageCode), {0, 1, 2, 3, 4}}};
  answer.more = true;
  wire::FeedPage page;
  page.scope = village_;
  page.privacy = privacy;
  page.from = from;
  page.to = to;
  page.is_snapshot = true;
  for (std::size_t i = from; i < to; ++i) {
    merge::ClassState state;
    const ChangeId id{other_, i * kClasses + privacy + 1};
    for (std::size_t f = 0; f < fields_.size(); ++f) {
      if (static_cast<std::uint8_t>(fields_[f]->privacy) != privacy) continue;
      const bool is_scope = f + 1 == fields_.size();
      state.registers[{fields_[f]->wire, ""}].heads = {
          {id, is_scope ? village_.text() : work_.members[i].fields[f], false, {}}};
    }
    if (state.empty()) continue;
    state.metas[id] = {static_cast<std::uint64_t>(kToday) << 16, kToday, false, author_, {}};
    page.rows.push_back(
        {ids_[i], domain::Catalogue::base().kind("member")->wire, Id{}, merge::encode_class_state(state)});
  }
  answer.pages.push_back(std::move(page));
  answer.ack.epoch = 1;
  answer.ack.replica = ReplicaId{};
  answer.ack.signature = sync::laptop::sign_with(keys_, wire::acknowledgement_to_sign(server_, answer.ack));
  return answer;
}

void StoreBench::load() {
  for (std::uint8_t privacy = 0; privacy < kClasses; ++privacy) {
    double seconds = 0;
    std::size_t taken = 0;
    for (std::size_t from = 0; from < rows_; from += kPageRows) {
      const auto answer = page_of(privacy, from, std::min(rows_, from + kPageRows));
      if (answer.pages.front().rows.empty()) continue;
      taken += answer.pages.front().rows.size();
      seconds += seconds_of([&] { (void)must(store_->replica().take(answer, 1)); });
    }
    if (taken == 0) continue;
    store_seconds_ += seconds;
    report_("load class " + std::to_string(privacy), static_cast<double>(taken) / seconds, "rows/s");
  }
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
    for (std::size_t from = 0; from < rows_; from += kPageRows) {
      auto transaction = must(store::Transaction::begin(database));
      auto insert = database.prepare("INSERT INTO member VALUES(?" + marks + ")");
      for (std::size_t i = from; i < std::min(rows_, from + kPageRows); ++i) {
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
  for (int i = 0; i < kVisits; ++i) {
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
  for (int i = 0; i < kVisits; ++i) {
    cs::Edit edit;
    edit.kind = "visit";
    edit.fields = {{"members", cs::FieldEdit::Op::kAdd, ids_[static_cast<std::size_t>(i) % rows_].text()},
                   {"occurred_on", cs::FieldEdit::Op::kSet, "2026-09-21"},
                   {"outcome", cs::FieldEdit::Op::kSet, "met"}};
    times.push_back(1000 * seconds_of([&] {
                      const cs::Saved saved = must(store_->records().save({edit}));
                      if (!saved.ok)
                        throw std::runtime_error("not saved: " + saved.problems.front().field + " " +
                                                 saved.problems.front().code);
                    }));
    clock_.advance(1000);
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
    report_(word, 1000 * seconds_of([&] { (void)must(store_->records().list(query)); }), "ms");
  query.search = "";
  query.limit = 2000;
  report_("list 2000", 1000 * seconds_of([&] { (void)must(store_->records().list(query)); }), "ms");
}

void StoreBench::open_again() {
  store_.reset();
  cs::OpenReport opened;
  const double seconds = seconds_of([&] {
    store_ = must(cs::LaptopStore::open(folder_ / "home", "a passphrase for measuring", clock_, opened));
  });
  report_("open", 1000 * seconds, "ms");
}

}  // namespace

void measure_store(const std::filesystem::path& folder, std::size_t rows, const Report& report) {
  StoreBench(folder, rows, report).run();
}

}  // namespace lianxin::bench
