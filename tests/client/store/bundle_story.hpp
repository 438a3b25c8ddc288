#pragma once
// Two laptops' own stores and the county's own service with nothing but files between them (sync.md 8).
#include <doctest/doctest.h>

#include "client/store/laptop_store.hpp"
#include "client/store/store_bundles.hpp"
#include "sync/laptop/bundle.hpp"
#include "sync/laptop/request.hpp"
#include "sync/server/service/bundles.hpp"
#include "tests/sync/server/service/office.hpp"

namespace lianxin::test {

struct BundleStory {
  static constexpr std::string_view kBundlePassphrase = "a passphrase for tests";

  Office office;
  TempFolder folder;
  server::Bundles bundles = must(server::Bundles::open(office.store(), office.catalogue(), office.clock));
  std::unique_ptr<client::store::LaptopStore> a = enrol("甲");
  std::unique_ptr<client::store::LaptopStore> b = enrol("乙");

  /// By an offer on a stick, as a laptop without a network.
  std::unique_ptr<client::store::LaptopStore> enrol(const char* name) {
    const Id worker = office.worker(name, "secretary", kSanhe);
    const auto added = must(office.admin().add_device(worker));
    const auto offer = must(sync::laptop::read_offer(
        must(bundles.offer(added.device, added.code, "https://county:8443", "sha256//x"))));
    const auto keys = sync::laptop::make_device_keys();
    client::store::NewStore made;
    made.home = folder.path() / name;
    made.passphrase = kBundlePassphrase;
    made.cost = {1, 1};
    made.replica = ReplicaId::random();
    made.epoch = offer.answer.epoch;
    made.scopes = offer.answer.scopes;
    made.identity.device = offer.answer.device;
    made.identity.worker = offer.answer.worker;
    made.identity.worker_name = name;
    made.identity.server = offer.answer.server;
    made.identity.server_name = offer.answer.server_name;
    made.identity.address = {offer.url,
                             offer.key_pins,
                             "",
                             offer.answer.server,
                             offer.answer.server_sign_key,
                             offer.answer.server_seal_key};
    made.identity.sign_public = keys.sign_public;
    made.identity.sign_secret = keys.sign_secret;
    made.identity.seal_public = keys.seal_public;
    made.identity.seal_secret = keys.seal_secret;
    made.request = sync::laptop::enrolment_of(offer, made.replica, keys, office.clock);
    return must(client::store::LaptopStore::create(made, office.clock));
  }

  void open_a() {
    client::store::OpenReport report;
    a = must(client::store::LaptopStore::open(folder.path() / "甲", kBundlePassphrase, office.clock, report));
  }
  static client::store::FieldEdit text(const char* field, const std::string& value) {
    client::store::FieldEdit edit;
    edit.field = field;
    edit.value = value;
    return edit;
  }
  Id put(client::store::LaptopStore& store, const std::string& name) {
    office.clock.advance(1000);
    client::store::Edit edit;
    edit.kind = "member";
    edit.fields = {text("name", name), text("home_village_id", office.unit(kSanhe).text())};
    const auto saved = must(store.records().save({edit}));
    REQUIRE(saved.ok);
    return saved.records.at(0);
  }
  void rename(client::store::LaptopStore& store, const Id& record, const std::string& name) {
    office.clock.advance(1000);
    client::store::Edit edit;
    edit.kind = "member";
    edit.record = record;
    edit.fields = {text("name", name)};
    REQUIRE(must(store.records().save({edit})).ok);
  }

  Bytes for_server(client::store::LaptopStore& store) {
    office.clock.advance(1000);
    return must(sync::laptop::bundle_for_server(store.replica(), store.bundles(), office.clock)).file;
  }
  Bytes hand_in(const Bytes& file) {
    office.clock.advance(1000);
    return must(bundles.import(file, true)).answer;
  }
  sync::laptop::BundleImported take(client::store::LaptopStore& store, const Bytes& file) {
    office.clock.advance(1000);
    return must(sync::laptop::import_bundle(store.replica(), store.bundles(), file));
  }
  /// There and back.
  sync::laptop::BundleImported trip(client::store::LaptopStore& store) {
    return take(store, hand_in(for_server(store)));
  }
  Bytes for_peer(client::store::LaptopStore& from, client::store::LaptopStore& to) {
    return must(sync::laptop::bundle_for_peer(from.replica(), from.bundles(), to.identity().device.text(),
                                              office.clock))
        .file;
  }
  std::string name_in(client::store::LaptopStore& store, const Id& record) {
    const auto read = must(store.records().get(record));
    return read ? read->value("name") : "";
  }
  std::uint64_t count(client::store::LaptopStore& store, const char* sql) {
    auto select = store.database().prepare(sql);
    REQUIRE(must(select.step()));
    return select.natural(0);
  }
  void prove(client::store::LaptopStore& store) {
    for (const auto& problem : must(store.verify()).problems)
      FAIL_CHECK(problem.invariant << " " << problem.record << " " << problem.what);
    CHECK(count(store, "SELECT count(*) FROM change WHERE in_overlay = 1") == 0);
    CHECK(must(store.records().status()).unsent == 0);
    office.prove();
  }
};

}  // namespace lianxin::test
