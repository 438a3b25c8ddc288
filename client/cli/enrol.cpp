// enrol: device keys, the server's word, the encrypted store, and the county's reference data.
#include "client/app/enrolled.hpp"
#include "client/app/laptop_folder.hpp"
#include "client/cli/call.hpp"
#include "client/cli/passphrase.hpp"
#include "client/cli/record_shape.hpp"
#include "client/store/home_check.hpp"
#include "shared/base/file.hpp"
#include "shared/base/text.hpp"
#include "sync/laptop/bundle.hpp"
#include "sync/laptop/session.hpp"

namespace lianxin::client::cli {
namespace {

constexpr std::uint64_t kJoinFileMax = 64 * 1024;
/// A store with its reference data and the room it holds back; on less the one-time code would be spent for
/// nothing.
constexpr std::uint64_t kRoomMin = 16 * 1024 * 1024;

/// The join line, or the bytes of an offer brought on a stick.
Result<std::string> join_text(const Options& options) {
  if (options.file.empty()) return trim(options.text);
  const Error other = fail("enrol.file", {{"path", options.file}});
  auto bytes = read_file(options.file, kJoinFileMax);
  if (!bytes.ok()) return bytes.error().code == "file.too_large" ? other : bytes.error();
  // A bundle is told by what it is when it is read.
  const bool is_bundle = sync::wire::looks_like_bundle(*bytes);
  if (is_bundle) {
    const auto bundle = sync::wire::decode_bundle(*bytes);
    if (bundle.ok() && bundle->header.kind != sync::wire::BundleKind::kOffer) return other;
    return *bytes;
  }
  return sync::laptop::parse_join_line(trim(*bytes)).ok() ? Result<std::string>(trim(*bytes)) : other;
}

/// Somebody's store is there: nothing is written over it, and what can be done depends on whether it opens.
Error is_there_already(const std::filesystem::path& home) {
  const bool opens = store::must_open(store::HomePaths(home)).ok();
  return fail(opens ? "enrol.there" : "store.exists", {{"path", home.string()}});
}

/// The folder is there and private before the one-time code is spent; a folder made here goes again when
/// enrolment fails.
class FreshHome {
 public:
  [[nodiscard]] static Result<FreshHome> at(const std::filesystem::path& home) {
    if (store::holds_work(store::HomePaths(home))) return is_there_already(home);
    std::error_code ignored;
    FreshHome fresh(home, !std::filesystem::exists(home, ignored));
    LX_DO(make_private_folder(home));
    const auto room = std::filesystem::space(home, ignored);
    if (!ignored && room.available < kRoomMin)
      return fail("enrol.no_room",
                  {{"path", home.string()}, {"megabytes", std::to_string(kRoomMin / (1024 * 1024))}});
    return fresh;
  }
  FreshHome(FreshHome&& other) noexcept
      : home_(std::move(other.home_)), remove_(std::exchange(other.remove_, false)) {}
  FreshHome& operator=(FreshHome&&) = delete;
  FreshHome(const FreshHome&) = delete;
  FreshHome& operator=(const FreshHome&) = delete;
  ~FreshHome() {
    std::error_code ignored;
    if (remove_) std::filesystem::remove(home_, ignored);  // only when empty
  }
  void keep() { remove_ = false; }

 private:
  FreshHome(std::filesystem::path home, bool is_new) : home_(std::move(home)), remove_(is_new) {}

  std::filesystem::path home_;
  bool remove_;
};

/// What a laptop brings along before there is a store.
struct Newcomer {
  std::filesystem::path home;
  FreshHome fresh;
  std::string passphrase;
  sync::laptop::DeviceKeys keys = sync::laptop::make_device_keys();
  ReplicaId replica = ReplicaId::random();

  [[nodiscard]] static Result<Newcomer> at_home(Call& call) {
    LX_TRY(std::filesystem::path home, app::home_folder(call.options.home));
    LX_TRY(FreshHome fresh, FreshHome::at(home));
    LX_TRY(std::string passphrase, chosen_passphrase(call.options, call.terminal));
    return Newcomer{std::move(home), std::move(fresh), std::move(passphrase)};
  }
  /// The store, made as the server answered.
  [[nodiscard]] Result<std::unique_ptr<store::LaptopStore>> settle(const sync::laptop::ServerAddress& address,
                                                                   const sync::wire::EnrolAnswer& answer,
                                                                   const Clock& clock, Bytes request = {}) {
    store::NewStore wanted = app::new_store(home, passphrase, replica, keys, address, answer);
    wanted.request = std::move(request);
    LX_TRY(auto made, store::LaptopStore::create(wanted, clock));
    fresh.keep();
    return made;
  }
};

Status say_enrolled(Call& call, store::LaptopStore& store, const std::string& request = {}) {
  LX_TRY(const store::StoreStatus now, store.records().status());
  Json scopes = Json::array();
  for (const store::HeldScope& scope : now.scopes)
    scopes.push_back(scope.code);
  if (call.terminal.json()) {
    Json value = {
        {"replica", now.replica.text()}, {"worker", now.worker.text()}, {"scopes", std::move(scopes)}};
    if (!request.empty()) value["request"] = request;
    call.terminal.value(value);
  } else {
    call.terminal.say("cli.enrolled", {{"worker", now.worker_name},
                                       {"server", now.server_name},
                                       {"scopes", scopes_text(call.terminal, now.scopes)}});
  }
  return {};
}

/// Where the second file goes, asked before anything is set up: a stick may be for reading alone.
Result<std::string> request_file(const Options& options) {
  std::string out = options.out.empty() ? options.file + ".request.lxb" : options.out;
  std::filesystem::path folder = std::filesystem::path(out).parent_path();
  if (folder.empty()) folder = ".";
  const Status there = may_write(folder);
  if (there.ok()) return out;
  return fail("enrol.request_place", {{"path", folder.string()}, there.error().args.at(1)});
}

Exit write_request(Call& call, store::LaptopStore& store, const std::string& out) {
  LX_TRY(const auto made, sync::laptop::bundle_for_server(store.replica(), store.bundles(), call.clock));
  LX_DO(replace_file(out, made.file));
  LX_DO(say_enrolled(call, store, out));
  if (!call.terminal.json()) call.terminal.say("bundle.enrol.request", {{"file", out}});
  return 0;
}

/// A file of this laptop's own making, which an earlier try left.
bool is_own_request(const std::string& file, const store::Identity& identity) {
  const auto bytes = read_file(file, sync::wire::kBundleBytesMax);
  if (!bytes.ok()) return false;
  const auto bundle = sync::wire::decode_bundle(*bytes);
  return bundle.ok() && bundle->header.sign_key == identity.sign_public;
}

/// The store is here and was made from this very file: the enrolment was cut after that, and goes on.
Exit go_on(Call& call, const std::filesystem::path& home, const sync::wire::EnrolOffer& offer,
           const std::string& out) {
  if (!store::must_open(store::HomePaths(home)).ok()) return is_there_already(home);
  const auto opened = open_store(call);
  if (!opened.ok() && opened.error().code == "store.wrong_passphrase") return is_there_already(home);
  if (!opened.ok()) return opened.error();
  store::LaptopStore& store = **opened;
  const store::Identity& identity = store.identity();
  if (identity.device != offer.answer.device) return is_there_already(home);
  if (!identity.arrival || identity.arrival->request.empty()) {  // the county has answered meanwhile
    LX_DO(say_enrolled(call, store));
    return 0;
  }
  std::error_code ignored;
  if (std::filesystem::exists(out, ignored) && !is_own_request(out, identity))
    return fail("enrol.request_there", {{"file", out}});
  return write_request(call, store, out);
}

/// Without a network: the store is made from the offer, and its enrolment travels with every bundle for the
/// server until that has answered.
Exit enrol_by_stick(Call& call, BytesView file) {
  LX_TRY(const sync::wire::EnrolOffer offer, sync::laptop::read_offer(file));
  LX_TRY(const std::string out, request_file(call.options));
  LX_TRY(const std::filesystem::path home, app::home_folder(call.options.home));
  if (store::holds_work(store::HomePaths(home))) return go_on(call, home, offer, out);
  LX_TRY(Newcomer newcomer, Newcomer::at_home(call));
  std::error_code ignored;  // another laptop's request may lie there: one offer taken to two laptops
  if (std::filesystem::exists(out, ignored)) return fail("enrol.request_there", {{"file", out}});
  sync::laptop::ServerAddress address;
  address.url = offer.url;
  address.key_pins = offer.key_pins;
  Bytes request = sync::laptop::enrolment_of(offer, newcomer.replica, newcomer.keys, call.clock);
  LX_TRY(const auto store, newcomer.settle(address, offer.answer, call.clock, std::move(request)));
  return write_request(call, *store, out);
}

/// A county restored to before this laptop was enrolled does not know it any more: the store that is here,
/// its keys and its chain, under a new device number of the same worker.
Exit enrol_again(Call& call, const std::string& line) {
  LX_TRY(const auto store, open_store(call));
  const store::Identity& identity = store->identity();
  const sync::laptop::DeviceKeys keys{identity.sign_public, identity.sign_secret, identity.seal_public,
                                      identity.seal_secret};
  LX_TRY(const store::StoreStatus now, store->records().status());
  sync::laptop::ServerAddress address;
  if (sync::wire::looks_like_bundle(line)) {
    LX_TRY(const sync::wire::EnrolOffer offer, sync::laptop::read_offer(line));
    address.url = offer.url;
    address.key_pins = offer.key_pins;
    LX_TRY(const std::string out, request_file(call.options));
    Bytes request = sync::laptop::enrolment_of(offer, now.replica, keys, call.clock);
    LX_DO(store->enrol_again(address, offer.answer, std::move(request)));
    return write_request(call, *store, out);
  }
  LX_TRY(const sync::laptop::JoinLine join, sync::laptop::parse_join_line(line));
  address.url = join.url;
  address.key_pins = join.key_pins;
  const auto transport = sync::laptop::make_curl_transport(address);
  const sync::laptop::CancelFlag never{false};
  LX_TRY(const sync::wire::EnrolAnswer answer,
         sync::laptop::enrol(*transport, join, now.replica, keys, call.clock, never));
  LX_DO(store->enrol_again(address, answer, {}));
  if (const auto first = run_one_sync(call, *store); !first.ok()) {
    call.terminal.note("cli.first_sync_later", {{"why", call.terminal.messages().sentence(first.error())}});
  }
  LX_DO(say_enrolled(call, *store));
  return 0;
}

}  // namespace

Exit enrol(Call& call) {
  LX_TRY(const std::string line, join_text(call.options));
  if (line.empty() && call.options.file.empty()) return fail("words.enrol");
  if (call.options.again) return enrol_again(call, line);
  if (sync::wire::looks_like_bundle(line)) return enrol_by_stick(call, line);
  LX_TRY(const sync::laptop::JoinLine join_line, sync::laptop::parse_join_line(line));
  LX_TRY(Newcomer newcomer, Newcomer::at_home(call));
  sync::laptop::ServerAddress address;
  address.url = join_line.url;
  address.key_pins = join_line.key_pins;
  const auto transport = sync::laptop::make_curl_transport(address);
  const sync::laptop::CancelFlag never{false};
  LX_TRY(const sync::wire::EnrolAnswer answer,
         sync::laptop::enrol(*transport, join_line, newcomer.replica, newcomer.keys, call.clock, never));
  LX_TRY(const auto store, newcomer.settle(address, answer, call.clock));
  // The names of villages and workers are wanted from the first hour on; without a network they come later.
  if (const auto first = run_one_sync(call, *store); !first.ok()) {
    call.terminal.note("cli.first_sync_later", {{"why", call.terminal.messages().sentence(first.error())}});
  }
  LX_DO(say_enrolled(call, *store));
  return 0;
}

}  // namespace lianxin::client::cli
