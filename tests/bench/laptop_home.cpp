#include "tests/bench/laptop_home.hpp"

#include "sync/change/hlc.hpp"
#include "sync/wire/signing.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/workload.hpp"

namespace lianxin::bench {

namespace cs = client::store;
namespace wire = sync::wire;

namespace {

constexpr const char* kPassphrase = "a passphrase for measuring";
constexpr std::uint8_t kClasses = 5;
const std::vector<std::uint8_t> kAllClasses = {0, 1, 2, 3, 4};

}  // namespace

std::vector<const domain::Field*> member_fields() {
  const domain::Kind& kind = *domain::Catalogue::base().kind("member");
  std::vector<const domain::Field*> out{kind.field("name")};
  for (const domain::Field& field : kind.fields) {
    const bool is_text = field.type == domain::Type::kText || field.type == domain::Type::kCode ||
                         field.type == domain::Type::kDate || field.type == domain::Type::kPartialDate ||
                         field.type == domain::Type::kLongText;
    if (is_text && field.name != "name" && out.size() < kFieldCount - 1) out.push_back(&field);
  }
  out.push_back(kind.field(kind.scope_field));
  return out;
}

LaptopHome::LaptopHome(const std::filesystem::path& folder, std::vector<std::pair<Id, std::string>> scopes)
    : home_(folder / "home"), scopes_(std::move(scopes)) {
  cs::NewStore made;
  made.home = home_;
  made.passphrase = kPassphrase;
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
  made.scopes = {{Id{}, "", {0, 1}}};
  for (const auto& [scope, code] : scopes_)
    made.scopes.push_back({scope, code, kAllClasses});
  store_ = must(cs::LaptopStore::create(made, clock_));
}

LaptopHome::LaptopHome(const std::filesystem::path& folder) : home_(folder / "home") {
  (void)open_again();
  author_ = store_->identity().worker;
}

void LaptopHome::set(MadeRecord& record, std::string_view kind_name, std::string_view field_name,
                     const std::string& value) {
  const domain::Kind* kind = domain::Catalogue::base().kind(kind_name);
  const domain::Field* field = kind == nullptr ? nullptr : kind->field(field_name);
  if (field == nullptr) throw std::runtime_error("no field " + std::string(field_name));
  record.kind = kind->wire;
  const auto privacy = static_cast<std::uint8_t>(field->privacy);
  const ChangeId id{other_, record.classes.count(privacy) > 0
                                ? record.classes[privacy].metas.begin()->first.counter
                                : ++counter_};
  auto& owner = record.classes[privacy];
  owner.metas[id] = {static_cast<std::uint64_t>(kToday) << 16, kToday, false, author_, {}};
  owner.registers[{field->wire, field->is_set() ? value : ""}].heads = {
      {id, field->is_set() ? "1" : value, false, {}}};
}

wire::ExchangeAnswer LaptopHome::answer_of(wire::FeedPage page) const {
  wire::ExchangeAnswer answer;
  answer.server = server_;
  answer.epoch = 1;
  answer.server_ms = kToday;
  answer.scopes = {{Id{}, "", {0, 1}}};
  for (const auto& [scope, code] : scopes_)
    answer.scopes.push_back({scope, code, kAllClasses});
  answer.more = true;
  answer.pages.push_back(std::move(page));
  answer.ack.epoch = 1;
  answer.ack.replica = ReplicaId{};
  answer.ack.signature =
      sync::wire::sign(keys_.sign_secret, wire::acknowledgement_to_sign(server_, answer.ack));
  return answer;
}

double LaptopHome::take(const Id& scope, const std::vector<MadeRecord>& records) {
  double seconds = 0;
  for (std::uint8_t privacy = 0; privacy < kClasses; ++privacy) {
    wire::FeedPage page;
    page.scope = scope;
    page.privacy = privacy;
    page.is_snapshot = true;
    for (const MadeRecord& record : records) {
      const auto owner = record.classes.find(privacy);
      if (owner == record.classes.end()) continue;
      page.rows.push_back(
          {record.id, record.kind, record.parent, sync::merge::encode_class_state(owner->second)});
    }
    if (page.rows.empty()) continue;
    std::uint64_t& position = positions_[{scope, privacy}];
    page.from = position;
    position += page.rows.size();
    page.to = position;
    const auto answer = answer_of(std::move(page));
    seconds += seconds_of([&] { (void)must(store_->replica().take(answer, {1, {}})); });
  }
  return seconds;
}

double LaptopHome::open_again() {
  store_.reset();
  cs::OpenReport opened;
  return seconds_of([&] { store_ = must(cs::LaptopStore::open(home_, kPassphrase, clock_, opened)); });
}

}  // namespace lianxin::bench
