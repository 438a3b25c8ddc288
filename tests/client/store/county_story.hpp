#pragma once
// The laptop's own store against the county's own service, without a wire between them.
#include <doctest/doctest.h>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "client/store/laptop_store.hpp"
#include "client/store/own_chains.hpp"
#include "sync/laptop/session.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace lianxin::test {

namespace cs = lianxin::client::store;
namespace laptop = lianxin::sync::laptop;
namespace fs = std::filesystem;

inline constexpr std::string_view kPassphrase = "a passphrase for tests";

/// The county's service at the other end of a line that breaks before some answers.
class Line final : public laptop::Transport {
 public:
  explicit Line(Office& office) : office_(office) {}
  Result<Bytes> put(const std::string& path, BytesView body, const laptop::TransferProgress& /*progress*/,
                    const laptop::CancelFlag& /*cancel*/) override {
    REQUIRE(path == "/v1/picture");
    return picture([&](sync::server::Pictures& pictures) { return pictures.put(body); });
  }
  Result<Bytes> post(const std::string& path, BytesView body, const laptop::TransferProgress& /*progress*/,
                     const laptop::CancelFlag& /*cancel*/) override {
    if (path == "/v1/picture")
      return picture([&](sync::server::Pictures& pictures) { return pictures.get(body); });
    office_.clock.advance(1000);
    const Bytes answer = office_.exchange().handle(body);
    if (lose_every > 0 && ++posted_ % lose_every == 0) return fail("net.offline");
    return answer;
  }
  int lose_every = 0;
  int picture_requests = 0;         ///< so far
  int lose_picture_answers_at = 0;  ///< the request of this number is done and its answer lost; 0 = none

 private:
  template <class F>
  Result<Bytes> picture(F call) {
    sync::server::Pictures pictures = office_.pictures();
    const auto answer = call(pictures);
    if (++picture_requests == lose_picture_answers_at) return fail("net.unreachable");
    if (!answer.ok()) return answer.error();
    return wire::pack(*answer);
  }
  Office& office_;
  int posted_ = 0;
};

struct Story {
  explicit Story(const domain::Catalogue& of_server = domain::Catalogue::base()) : office(of_server) {}

  Office office;
  TempFolder folder;
  Line line{office};
  Id village = office.unit(kSanhe);

  /// What a laptop that enrolled holds.
  cs::NewStore enrolled(const char* name, const FakeLaptop& device) {
    cs::NewStore made;
    made.home = folder.path() / name;
    made.passphrase = kPassphrase;
    made.cost = {1, 1};
    made.replica = device.end.replica;
    made.epoch = office.exchange().county().epoch;
    made.identity.device = device.device;
    made.identity.worker = device.worker;
    made.identity.worker_name = name;
    const auto& county = office.exchange().county();
    made.identity.server = county.server;
    made.identity.server_name = "county";
    made.identity.address = {"https://county", "sha256//x",           "",
                             county.server,    county.sign_keys.open, county.seal_keys.open};
    made.identity.sign_public = device.keys.open;
    made.identity.sign_secret = device.keys.secret;
    const auto spare = laptop::make_device_keys();
    made.identity.seal_public = spare.seal_public;
    made.identity.seal_secret = spare.seal_secret;
    made.scopes = {{Id{}, "", {0, 1}}, {village, kSanhe, {0, 1, 2, 3, 4}}};
    return made;
  }
  std::unique_ptr<cs::LaptopStore> make(const char* name, const char* role = "worker",
                                        const char* code = kSanhe,
                                        const domain::Catalogue& catalogue = domain::Catalogue::base()) {
    const FakeLaptop device(office, office.worker(name, role, code));
    cs::NewStore made = enrolled(name, device);
    made.catalogue = &catalogue;
    return must(cs::LaptopStore::create(made, office.clock));
  }
  std::unique_ptr<cs::LaptopStore> open(const char* name,
                                        const domain::Catalogue& catalogue = domain::Catalogue::base()) {
    cs::OpenReport report;
    return must(cs::LaptopStore::open(folder.path() / name, kPassphrase, office.clock, report, catalogue));
  }
  Result<laptop::Receipt> try_sync(cs::LaptopStore& store) {
    const laptop::CancelFlag cancel{false};
    laptop::SessionLimits limits;
    limits.batch_bytes = 700;
    limits.exchanges_max = 200;
    return laptop::run_sync(store.replica(), line, office.clock, {}, cancel, limits);
  }
  laptop::Receipt sync(cs::LaptopStore& store) { return must(try_sync(store)); }
  /// In exchanges of the usual size.
  laptop::Receipt wide_sync(cs::LaptopStore& store) {
    const laptop::CancelFlag cancel{false};
    return must(laptop::run_sync(store.replica(), line, office.clock, {}, cancel));
  }
  static std::string lines_of(cs::LaptopStore& store) {
    std::string out;
    must(store.records().dump(kSanhe, false, [&](std::string_view one) { out.append(one).append("\n"); }));
    return out;
  }
  using Fields = std::vector<std::pair<std::string, std::string>>;
  /// A record, new where the id is nil.
  Id save(cs::LaptopStore& store, const char* kind, const Id& record, const Fields& fields) {
    cs::Edit edit;
    edit.kind = kind;
    edit.record = record;
    for (const auto& [name, value] : fields)
      edit.fields.push_back({name, cs::FieldEdit::Op::kSet, value});
    office.clock.advance(1000);
    const cs::Saved saved = must(store.records().save({edit}));
    REQUIRE(saved.ok);
    return saved.records.front();
  }
  Id put(cs::LaptopStore& store, const std::string& name) {
    return save(store, "member", Id{}, {{"name", name}, {"home_village_id", village.text()}});
  }
  std::vector<Id> put_many(cs::LaptopStore& store, const std::string& name, int count) {
    std::vector<Id> out;
    for (int i = 0; i < count; ++i)
      out.push_back(put(store, name + std::to_string(i)));
    return out;
  }
};

inline std::uint64_t changes_in(const Office& office) {
  std::uint64_t count = 0;
  must(office.reader()->each_change([&](const sync::server::store::LogRow& /*row*/) -> Status {
    ++count;
    return {};
  }));
  return count;
}

}  // namespace lianxin::test
