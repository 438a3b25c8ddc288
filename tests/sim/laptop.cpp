#include "tests/sim/laptop.hpp"

#include <fstream>

#include "client/store/healing.hpp"
#include "client/store/home.hpp"
#include "client/store/machine_mark.hpp"
#include "client/store/meta.hpp"
#include "client/store/store_replica.hpp"
#include "sync/wire/folding.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/folder.hpp"

namespace lianxin::sim {

namespace fs = std::filesystem;
namespace cs = client::store;

Result<Bytes> Line::through(const std::function<Bytes()>& handle) {
  ++requests_;
  truth_.advance(500);
  if (requests_ == weather_.lose_request) return fail("net.timeout");
  if (weather_.cut_after > 0 && requests_ > weather_.cut_after) return fail("net.unreachable");
  Bytes answer = handle();
  if (weather_.repeat) (void)handle();
  if (requests_ == weather_.lose_reply) return fail("net.timeout");
  return answer;
}

Result<Bytes> Line::picture(bool is_put, BytesView body) {
  std::optional<Error> failed;
  LX_TRY(Bytes answer, through([&] {
           const auto told = server_.picture(is_put, body);
           if (!told.ok()) failed = told.error();
           return told.ok() ? sync::wire::pack(*told) : Bytes{};
         }));
  if (failed) return *failed;
  return answer;
}

Result<Bytes> Line::post(const std::string& path, BytesView body,
                         const sync::laptop::TransferProgress& /*progress*/,
                         const sync::laptop::CancelFlag& /*cancel*/) {
  if (path == "/v1/picture") return picture(false, body);
  LX_TRY(last_answer_, through([&] {
           last_request_ = Bytes(body);
           return server_.handle(body);
         }));
  return last_answer_;
}

Result<Bytes> Line::put(const std::string& /*path*/, BytesView body,
                        const sync::laptop::TransferProgress& /*progress*/,
                        const sync::laptop::CancelFlag& /*cancel*/) {
  return picture(true, body);
}

void Line::begin(const Weather& weather) {
  weather_ = weather;
  requests_ = 0;
}

Laptop::Laptop(const Groundwork& ground, std::size_t person, fs::path home, Server& server,
               ManualClock& truth)
    : clock(truth), line(server, truth), who_(&ground.people()[person]), home_(std::move(home)) {
  name = who_->name;
  copy_disk(ground.home_of(*who_), home_);
  must(cs::write_machine_mark(home_, who_->mark));
}

void Laptop::open() {
  cs::OpenReport report;
  store_ = must(cs::LaptopStore::open(home_, kPassphrase, clock, report));
  require(report.missing == 0, "an opened store misses " + std::to_string(report.missing) + " saved changes");
}

void Laptop::crash() {
  const fs::path moment = home_.string() + ".moment";
  copy_disk(home_, moment);
  store_.reset();
  const fs::path mark = cs::machine_mark_file("").filename();
  fs::rename(home_ / mark, moment / mark);  // it stays, so the program cannot notice
  fs::remove_all(home_);
  fs::rename(moment, home_);
  forms.erase(
      std::remove_if(forms.begin(), forms.end(), [](const Form& form) { return form.draft.is_nil(); }),
      forms.end());
}

void Laptop::take_image(const fs::path& to) {
  fs::remove_all(to);
  copy_disk(home_, to);
}

void Laptop::put_back(const fs::path& image, bool noticed) {
  store_.reset();
  put_back_disk(image, home_);
  if (noticed) must(cs::write_machine_mark(home_, "the mark of another folder"));
}

void Laptop::become_clone_of(Laptop& other, const fs::path& home, bool noticed) {
  store_.reset();
  home_ = home;
  copy_disk(other.home_, home_);
  must(cs::write_machine_mark(home_, noticed ? "the mark of another folder" : who_->mark));
  own = other.own;
  told = other.told;
  known = other.known;
  left = other.left;
  hardship = other.hardship;
  whole = other.whole;
  revoked = other.revoked;
  purges_heard = other.purges_heard;
  purges_unasked = other.purges_unasked;
}

void Laptop::ruin_database() {
  store_.reset();
  const cs::HomePaths paths{home_};
  std::fstream file(paths.database(), std::ios::in | std::ios::out | std::ios::binary);
  const std::string nothing(4096, '\x5a');
  file.write(nothing.data(), static_cast<std::streamsize>(nothing.size()));
}

Result<sync::laptop::Receipt> Laptop::sync(const Weather& weather, std::size_t batch_bytes) {
  line.begin(weather);
  // The day's recount would hide a running sum that has drifted.
  must(cs::Meta(store_->database()).set(cs::kMetaRecounted, clock.now_ms()));
  const sync::laptop::CancelFlag cancel{false};
  sync::laptop::SessionLimits limits;
  limits.batch_bytes = batch_bytes;
  limits.exchanges_max = 400;
  if (++syncs_ % 4 == 0)
    limits.protocol = sync::wire::kProtocolInFiles;  // an older program, as far as that goes
  // Many answers: the next is asked for ahead.
  if (syncs_ % 2 == 0) limits.answer_bytes = limits.answer_bytes_max = sync::server::kAnswerBytesMin;
  return sync::laptop::run_sync(store_->replica(), line, clock, {}, cancel, limits);
}

lianxin::Status Laptop::take_last_answer_again() {
  if (line.last_answer().empty()) return {};
  const auto kind = sync::wire::kind_of(line.last_answer());
  if (!kind.ok() || *kind != sync::wire::MessageKind::kExchangeAnswer) return {};
  LX_TRY(auto answer, sync::wire::unpack<sync::wire::ExchangeAnswer>(line.last_answer()));
  LX_TRY(const auto held, cs::held_as_told(store_->database()));
  // Along a list that a file has changed since, nothing can be read.
  if (!sync::wire::unfold(answer, held).ok()) return {};
  LX_TRY(const auto taken, store_->replica().take(answer, {0, {}}));
  (void)taken;
  return {};
}

std::optional<Written> Laptop::written(const ChangeId& id) {
  auto row = store_->database().prepare(
      "SELECT hash, body, vals FROM change WHERE replica = ? AND counter = ? AND hash IS NOT NULL");
  if (!must(row.bind(1, id.replica.number).bind(2, id.counter).step())) return std::nullopt;
  return Written{must(Hash256::from_bytes(row.blob(0))), row.blob(1), row.blob(2)};
}

std::optional<Bytes> Laptop::body_of(const ChangeId& id) {
  auto row = store_->database().prepare("SELECT body FROM change WHERE replica = ? AND counter = ?");
  if (!must(row.bind(1, id.replica.number).bind(2, id.counter).step())) return std::nullopt;
  return row.blob(0);
}

std::optional<Hash256> Laptop::brought_by_peer(const ChangeId& id) {
  auto row = store_->database().prepare("SELECT hash FROM peer_change WHERE replica = ? AND counter = ?");
  if (!must(row.bind(1, id.replica.number).bind(2, id.counter).step())) return std::nullopt;
  return must(Hash256::from_bytes(row.blob(0)));
}

bool Laptop::has_values(BytesView values) {
  auto row = store_->database().prepare("SELECT 1 FROM change WHERE vals = ?");
  return must(row.bind_blob(1, values).step());
}

std::string Laptop::first_found(const std::set<std::string>& texts) {
  return first_text_in(store_->database(), texts);
}

std::uint64_t Laptop::epoch() {
  cs::Meta meta(store_->database());
  return static_cast<std::uint64_t>(must(meta.integer(cs::kMetaEpoch)).value_or(0));
}

std::vector<Hash256> Laptop::hashes(const char* sql) {
  std::vector<Hash256> out;
  auto row = store_->database().prepare(sql);
  while (must(row.step()))
    out.push_back(must(Hash256::from_bytes(row.blob(0))));
  return out;
}

std::vector<Id> Laptop::ids(const char* sql) {
  std::vector<Id> out;
  auto row = store_->database().prepare(sql);
  while (must(row.step()))
    out.push_back(row.id(0));
  return out;
}

}  // namespace lianxin::sim
