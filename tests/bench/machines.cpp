#include "tests/bench/machines.hpp"

#include <algorithm>

#include "client/app/enrolled.hpp"
#include "sync/change/hlc.hpp"
#include "sync/wire/signing.hpp"
#include "tests/bench/bench_catalogue.hpp"
#include "tests/bench/laptop_home.hpp"
#include "tests/bench/measure.hpp"

namespace lianxin::bench {

namespace change = sync::change;
namespace cs = client::store;
namespace laptop = sync::laptop;
namespace wire = sync::wire;

namespace {

constexpr std::size_t kBatchBytes = 2 * 1024 * 1024;
constexpr std::size_t kFieldSlots = 32;
constexpr std::size_t kKeyBytes = 32;
constexpr std::uint8_t kClassCount = 5;
const sync::laptop::CancelFlag kNever{false};

/// What an operation writes, field by field; references as ids.
std::vector<std::pair<std::uint16_t, std::string>> writes_of(const Operation& operation) {
  if (operation.kind == Operation::Kind::kEdit) return {{wire_of(operation.field), operation.values[0]}};
  std::vector<std::pair<std::uint16_t, std::string>> out;
  out.emplace_back(wire_of(0), id_of(operation.values[0]).text());
  for (std::size_t i = 1; i < operation.values.size(); ++i)
    out.emplace_back(wire_of(i), operation.values[i]);
  return out;
}

/// Head of the change an operation becomes; `seen` of an edit is the caller's.
change::ChangeBody body_of(const Operation& operation, const Directory& directory, const Id& author) {
  change::ChangeBody body;
  body.kind = kind_of(operation.kind);
  body.record = id_of(operation.id);
  body.author = author;
  if (operation.kind != Operation::Kind::kEdit) body.parent = id_of(operation.values[0]);
  body.scope = directory.village_of(body.parent.is_nil() ? body.record : body.parent);
  return body;
}

void stamp(change::ChangeBody& body, WallMs now, std::uint64_t counter) {
  body.action = counter;
  body.wall_ms = now;
  body.hlc = static_cast<std::uint64_t>(now) << 16 | (counter & 0xFFFF);
}

}  // namespace

Directory::Directory(const Workload& work, std::size_t count, CountyProcess& county) {
  for (std::size_t i = 0; i < kLaptopCount; ++i)
    villages.push_back(county.unit(village_code(i)));
  for (std::size_t i = 0; i < count; ++i) {
    members.push_back(id_of(work.members[i].id));
    numbers[members.back()] = i;
  }
}

Device::Device(CountyProcess& county, const std::string& role, const std::string& code) {
  const SystemClock clock;
  const laptop::JoinLine join = must(laptop::parse_join_line(county.ask("join " + role + " " + code)));
  const laptop::DeviceKeys keys = laptop::make_device_keys();
  identity.address.url = join.url;
  identity.address.key_pins = join.key_pins;
  const auto line = laptop::make_curl_transport(identity.address);
  const wire::EnrolAnswer answer = must(laptop::enrol(*line, join, replica, keys, clock, kNever));
  identity = client::app::new_store("", "", replica, keys, identity.address, answer).identity;
  epoch = answer.epoch;
}

// --- Scribe

void Scribe::add(change::ChangeBody body, std::vector<change::WriteValue> values, std::uint64_t action) {
  body.author = device_.identity.worker;
  stamp(body, clock_.now_ms(), end_.counter + 1);
  if (action != 0) body.action = action;
  written_.push_back(change::link(end_, std::move(body), std::move(values)));
}

void Scribe::write_members(const Workload& work) {
  empty_fields_.assign(directory_.members.size() * kFieldSlots, false);
  for (std::size_t i = 0; i < directory_.members.size(); ++i) {
    change::ChangeBody body;
    body.kind = kMemberKind;
    body.record = directory_.members[i];
    body.scope = directory_.village_of(body.record);
    std::vector<change::WriteValue> values;
    for (std::size_t f = 0; f < kFieldCount; ++f) {
      const std::string& text = f == kVillageField ? body.scope.text() : work.members[i].fields[f];
      empty_fields_[i * kFieldSlots + f] = text.empty();
      if (text.empty()) continue;
      body.writes.push_back({wire_of(f), "", 0, {}, {}});
      values.push_back(change::WriteValue::of(text));
    }
    add(std::move(body), std::move(values));
  }
}

void Scribe::write_real_members(const Workload& work) {
  const std::vector<const domain::Field*> fields = member_fields();
  for (std::size_t i = 0; i < directory_.members.size(); ++i) {
    const std::uint64_t action = end_.counter + 1;
    const Id& village = directory_.village_of(directory_.members[i]);
    for (std::uint8_t privacy = 0; privacy < kClassCount; ++privacy) {
      change::ChangeBody body;
      body.kind = domain::Catalogue::base().kind("member")->wire;
      body.record = directory_.members[i];
      body.scope = village;
      std::vector<change::WriteValue> values;
      for (const domain::Field& field : domain::Catalogue::base().kind("member")->fields) {
        const auto at = std::find(fields.begin(), fields.end(), &field);
        if (at == fields.end() || static_cast<std::uint8_t>(field.privacy) != privacy) continue;
        const auto column = static_cast<std::size_t>(at - fields.begin());
        const std::string text = column + 1 == kFieldCount ? village.text() : work.members[i].fields[column];
        if (text.empty()) continue;
        body.writes.push_back({field.wire, "", privacy, {}, {}});
        values.push_back(change::WriteValue::of(text));
      }
      if (!values.empty()) add(std::move(body), std::move(values), action);
    }
  }
}

void Scribe::write(const Operation& operation, const Scribe& made_by) {
  if (operation.kind == Operation::Kind::kEdit) {
    write_edit(directory_.numbers.at(id_of(operation.id)), operation.field, operation.values[0], made_by);
    return;
  }
  change::ChangeBody body = body_of(operation, directory_, device_.identity.worker);
  std::vector<change::WriteValue> values;
  for (const auto& [field, text] : writes_of(operation)) {
    body.writes.push_back({field, "", 0, {}, {}});
    values.push_back(change::WriteValue::of(text));
  }
  add(std::move(body), std::move(values));
}

void Scribe::write_edit(std::size_t member, std::size_t field, const std::string& value,
                        const Scribe& made_by) {
  change::ChangeBody body;
  body.kind = kMemberKind;
  body.record = directory_.members[member];
  body.scope = directory_.village_of(body.record);
  body.writes.push_back({wire_of(field), "", 0, {}, {}});
  if (!made_by.empty_fields_[member * kFieldSlots + field])
    body.writes.back().seen = {{{made_by.replica(), member + 1}, std::nullopt}};
  add(std::move(body), {change::WriteValue::of(value)});
}

void Scribe::push() {
  if (!line_) line_ = device_.connect();
  while (pushed_ < written_.size()) {
    std::size_t to = pushed_;
    std::size_t bytes = 0;
    while (to < written_.size() && bytes < kBatchBytes) {
      bytes += 2 * written_[to].body_bytes.size();
      ++to;
    }
    send(pushed_, to);
    pushed_ = to;
  }
}

void Scribe::send(std::size_t from, std::size_t to) {
  wire::ExchangeRequest request;
  request.catalogue = bench_catalogue().version();
  request.replica = end_.replica;
  request.number = ++number_;
  request.epoch = device_.epoch;
  request.wall_ms = clock_.now_ms();
  request.own_counter = to;
  request.own_hash = written_[to - 1].hash;
  request.first = from + 1;
  if (from > 0) request.previous = written_[from - 1].hash;
  for (std::size_t i = from; i < to; ++i)
    request.changes.push_back({written_[i].body_bytes, change::encode_values(written_[i].values)});
  request.answer_bytes_max = 1;
  wire::SignedRequest message;
  message.device = device_.identity.device;
  message.number = request.number;
  message.payload = wire::encode_request(request);
  laptop::DeviceKeys keys;
  keys.sign_secret = device_.identity.sign_secret;
  message.signature = sync::wire::sign(
      keys.sign_secret,
      wire::request_to_sign(device_.identity.server, request.epoch, request.number, message.payload));
  const auto answer = must(
      wire::unpack<wire::ExchangeAnswer>(must(line_->post("/v1/exchange", wire::pack(message), {}, kNever))));
  if (answer.ack.counter != to) throw std::runtime_error("the server did not keep all");
}

// --- Laptop

namespace {

std::unique_ptr<lianxin::store::Database> new_database(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  lianxin::store::OpenOptions options;
  options.path = folder / "store.db";
  options.key = Bytes(kKeyBytes, 'k');
  options.create = true;
  return std::make_unique<lianxin::store::Database>(must(lianxin::store::Database::open(options)));
}

/// Measures what the store spends on answers.
class TimedReplica final : public laptop::Replica {
 public:
  explicit TimedReplica(laptop::Replica& inner) : inner_(inner) {}
  Result<laptop::ExchangeStart> begin_exchange() override { return inner_.begin_exchange(); }
  Result<std::uint64_t> use_number() override { return inner_.use_number(); }
  Result<bool> stands_at(const laptop::ExchangeStart& start) override { return inner_.stands_at(start); }
  Result<laptop::OutgoingCost> outgoing_cost() override { return inner_.outgoing_cost(); }
  Result<laptop::Outgoing> outgoing(std::uint64_t from_counter, std::size_t bytes_max) override {
    return inner_.outgoing(from_counter, bytes_max);
  }
  Result<Bytes> sign(BytesView message) override { return inner_.sign(message); }
  Result<laptop::Taken> take(const wire::ExchangeAnswer& answer, const laptop::Asked& asked) override {
    std::optional<Result<laptop::Taken>> taken;
    const Spent one = spent_on([&] { taken.emplace(inner_.take(answer, asked)); });
    spent.seconds += one.seconds;
    spent.processor += one.processor;
    return *std::move(taken);
  }
  Status become_new_replica() override { return inner_.become_new_replica(); }
  Result<std::vector<laptop::ScopeVerdict>> compare(const wire::ExchangeAnswer& last,
                                                    std::uint64_t number) override {
    return inner_.compare(last, number);
  }
  Status skip_exchanges(std::uint64_t to) override { return inner_.skip_exchanges(to); }
  Result<std::vector<std::string>> disputes() override { return inner_.disputes(); }
  Result<bool> wants_exchange() override { return inner_.wants_exchange(); }
  Result<std::size_t> answer_bytes() override { return inner_.answer_bytes(); }
  Status remember_answer_bytes(std::size_t bytes) override { return inner_.remember_answer_bytes(bytes); }
  Status remember_sync(const std::string& summary_json, bool complete) override {
    return inner_.remember_sync(summary_json, complete);
  }
  Spent spent;

 private:
  laptop::Replica& inner_;
};

}  // namespace

Laptop::Laptop(CountyProcess& county, const Directory& directory, const std::filesystem::path& folder,
               const std::string& role, const std::string& code, const domain::Catalogue& catalogue)
    : device_(county, role, code),
      directory_(directory),
      database_(new_database(folder)),
      impl_(must(cs::RecordsImpl::open(*database_, clock_, catalogue))),
      tail_(std::make_unique<cs::JournalTail>(
          *database_, cs::TailFiles{folder / "journal.lx", folder / "head.lx", Bytes(kKeyBytes, 'j'),
                                    Bytes(kKeyBytes, 'h')})),
      records_(*impl_),
      replica_(*impl_, *tail_, device_.identity, clock_) {
  impl_->set_tail(tail_.get());
  cs::OwnState own;
  own.end.replica = device_.replica;
  own.worker = device_.identity.worker;
  must(impl_->set_own(own));
  must(impl_->meta().set(cs::kMetaEpoch, static_cast<std::int64_t>(device_.epoch)));
  must(tail_->catch_up());
  must(tail_->mark());
}

void Laptop::write_one(const Operation& operation) {
  change::ChangeBody body = body_of(operation, directory_, device_.identity.worker);
  const cs::RecordBox box = must(impl_->load(body.record));
  cs::OwnState own = must(impl_->own());
  std::vector<change::WriteValue> values;
  for (const auto& [field, text] : writes_of(operation)) {
    body.writes.push_back({field, "", 0, sync::merge::heads_of(box.shown, {field, ""}), {}});
    values.push_back(change::WriteValue::of(text));
  }
  stamp(body, clock_.now_ms(), own.end.counter + 1);
  must(impl_->adopt_own(change::link(own.end, std::move(body), std::move(values))));
}

void Laptop::write(const std::vector<Operation>& operations) {
  auto transaction = must(lianxin::store::Transaction::begin(*database_));
  for (const Operation& operation : operations)
    write_one(operation);
  must(transaction.commit());
  must(tail_->catch_up());
  must(tail_->mark());
}

SyncCost Laptop::sync() {
  SyncCost cost;
  TimedReplica replica(replica_);
  cost.whole = spent_on([&] {
    const auto line = device_.connect();
    cost.receipt = must(laptop::run_sync(replica, *line, clock_, {}, kNever));
  });
  cost.take = replica.spent;
  return cost;
}

std::uint64_t Laptop::conflicts() {
  auto select = database_->prepare("SELECT count(*) FROM conflict");
  (void)must(select.step());
  return select.natural(0);
}

std::size_t Laptop::problems() {
  std::size_t count = 0;
  must(impl_->verify(
      [&](std::string_view invariant, std::string_view record, std::string_view what) {
        if (count++ == 0)
          std::fprintf(stderr, "%s %s: %s\n", std::string(invariant).c_str(), std::string(record).c_str(),
                       std::string(what).c_str());
      },
      [](std::string_view, std::uint64_t) {}));
  return count;
}

}  // namespace lianxin::bench
