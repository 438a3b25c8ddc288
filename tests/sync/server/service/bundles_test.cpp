// Bundles at the county: enrolment, taking in, answering, refusing (sync.md 8).
#include "sync/server/service/bundles.hpp"

#include <doctest/doctest.h>
#include <map>
#include <sodium.h>

#include "sync/server/service/carrying.hpp"
#include "sync/server/service/keys.hpp"
#include "sync/wire/leaving.hpp"
#include "sync/wire/signing.hpp"
#include "tests/sync/server/service/fake_laptop.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;

/// A laptop that knows files only.
struct Away {
  Office& office;
  server::Bundles bundles;
  Id worker;
  server::AddedDevice added;
  server::KeyPair sign_keys = server::make_sign_keys();
  server::KeyPair seal_keys = server::make_seal_keys();
  change::ChainEnd end{ReplicaId::random(), 0, {}};
  std::vector<wire::PackedChange> log;
  std::uint64_t number = 0;

  explicit Away(Office& at)
      : office(at),
        bundles(must(server::Bundles::open(at.store(), at.catalogue(), at.clock))),
        worker(at.worker("丙", "worker", kSanhe)),
        added(must(at.admin().add_device(worker))) {}

  void write(const std::string& name) { write(name, worker); }
  void write(const std::string& name, const Id& author) {
    const domain::Kind* kind = office.catalogue().kind("member");
    const domain::Field* field = kind->field("name");
    const domain::Field* home = kind->field("home_village_id");
    change::ChangeBody body;
    body.action = end.counter + 1;
    body.hlc = static_cast<std::uint64_t>(office.clock.now_ms()) << 16;
    body.wall_ms = office.clock.now_ms();
    body.author = author;
    body.record = Id::make(office.clock.now_ms());
    body.kind = kind->wire;
    body.scope = office.unit(kSanhe);
    const auto privacy = static_cast<std::uint8_t>(field->privacy);
    REQUIRE(field->privacy == home->privacy);
    std::vector<std::pair<std::uint16_t, std::string>> values = {{field->wire, name},
                                                                 {home->wire, office.unit(kSanhe).text()}};
    std::sort(values.begin(), values.end());
    std::vector<change::WriteValue> texts;
    for (const auto& [wire_number, text] : values) {
      body.writes.push_back({wire_number, "", privacy, {}, {}});
      texts.push_back(change::WriteValue::of(text));
    }
    const auto linked = change::link(end, body, texts);
    log.push_back({linked.body_bytes, change::encode_values(linked.values)});
  }

  /// What would be sent of the present chain.
  [[nodiscard]] wire::ExchangeRequest request() {
    wire::ExchangeRequest request;
    request.replica = end.replica;
    request.number = ++number;
    request.epoch = office.exchange().county().epoch;
    request.wall_ms = office.clock.now_ms();
    request.own_counter = end.counter;
    request.own_hash = end.hash;
    request.first = log.empty() ? 0 : 1;
    request.changes = log;
    request.parts = {{wire::kPartDevices, wire::encode_carried(wire::DeviceListAsk{})}};
    return request;
  }

  [[nodiscard]] Bytes signed_as(const Id& from_device, const wire::ExchangeRequest& request) const {
    wire::SignedRequest message;
    message.device = from_device;
    message.number = request.number;
    message.payload = wire::encode_request(request);
    message.signature =
        wire::sign(sign_keys.secret, wire::request_to_sign(office.exchange().county().server, request.epoch,
                                                           request.number, message.payload));
    return wire::pack(message);
  }

  [[nodiscard]] Bytes parcel(const std::vector<Bytes>& messages, bool enrols, const Id& from_device) const {
    const server::County& county = office.exchange().county();
    wire::BundleHeader header;
    header.kind = wire::BundleKind::kToServer;
    header.bundle = Id::make(office.clock.now_ms());
    header.server = county.server;
    header.from_device = from_device;
    header.sign_key = sign_keys.open;
    header.enrols = enrols;
    return must(wire::encode_bundle({header, {wire::seal_section(county.seal_keys.open, messages)}},
                                    sign_keys.secret));
  }

  [[nodiscard]] Bytes file(bool enrols, const Id& from_device = {}) {
    const Id from = from_device.is_nil() ? added.device : from_device;
    std::vector<Bytes> messages;
    if (enrols) {
      wire::EnrolRequest enrolment;
      enrolment.code = added.code;
      enrolment.replica = end.replica;
      enrolment.sign_key = sign_keys.open;
      enrolment.seal_key = seal_keys.open;
      messages.push_back(wire::pack(enrolment));
    }
    messages.push_back(signed_as(from, request()));
    return parcel(messages, enrols, from);
  }

  [[nodiscard]] std::vector<wire::ExchangeAnswer> open(const Bytes& answer) const {
    const auto bundle = must(wire::decode_bundle(answer));
    CHECK(bundle.header.sign_key == office.exchange().county().sign_keys.open);
    std::vector<wire::ExchangeAnswer> out;
    for (const Bytes& message :
         must(wire::read_section(bundle.sections.at(0), seal_keys.open, seal_keys.secret)))
      out.push_back(must(wire::unpack<wire::ExchangeAnswer>(message)));
    return out;
  }
};

}  // namespace

TEST_CASE("an offer holds all a laptop needs, and its first file enrols it and brings its work") {
  Office office;
  Away away(office);
  const auto offer = must(wire::decode_bundle(
      must(away.bundles.offer(away.added.device, away.added.code, "https://county:8443", "sha256//x"))));
  CHECK(offer.header.kind == wire::BundleKind::kOffer);
  const auto inside = must(
      wire::decode_carried<wire::EnrolOffer>(must(wire::read_section(offer.sections.at(0), {}, {})).at(0)));
  CHECK(inside.code == away.added.code);
  CHECK(inside.answer.device == away.added.device);
  CHECK(inside.answer.server_seal_key == office.exchange().county().seal_keys.open);

  away.write("赵志远");
  const Bytes file = away.file(true);
  const auto taken = must(away.bundles.import(file, true));
  CHECK(taken.enrolled);
  CHECK(taken.acknowledged == 1);
  const auto answers = away.open(taken.answer);
  REQUIRE_FALSE(answers.empty());
  CHECK(answers[0].ack.counter == 1);
  CHECK_FALSE(answers[0].pages.empty());
  office.prove();
  // Found again much later.
  CHECK(must(away.bundles.import(file, true)).acknowledged == 1);
  office.prove();
}

TEST_CASE("a file nobody here signed, for another county or for a laptop is refused and leaves nothing") {
  Office office;
  Away away(office);
  away.write("赵志远");
  CHECK(away.bundles.import(away.file(false), false).error().code == "bundle.sender");  // not enrolled yet
  CHECK_FALSE(must(away.bundles.import(away.file(true), false)).header.more);
  const std::string before = office.dump();
  Away thief(office);
  thief.write("冒名写的");
  CHECK(thief.bundles.import(thief.file(false, away.added.device), false).error().code == "bundle.sender");
  auto foreign = must(wire::decode_bundle(away.file(false)));
  foreign.header.server = Id::make(1);
  CHECK(away.bundles.import(must(wire::encode_bundle(foreign, away.sign_keys.secret)), false).error().code ==
        "bundle.other_county");
  CHECK(away.bundles.import(must(away.bundles.export_for(away.added.device)), false).error().code ==
        "bundle.for_laptop");
  CHECK(office.dump() == before);
}

TEST_CASE("every truncation and every changed octet of a file leaves the county as it was") {
  Office office;
  Away away(office);
  must(away.bundles.import(away.file(true), false));
  away.write("赵志远");
  const Bytes file = away.file(false);
  const std::string before = office.dump();
  for (std::size_t at = 0; at < file.size(); ++at) {
    CAPTURE(at);
    REQUIRE_FALSE(away.bundles.import(BytesView(file).substr(0, at), false).ok());
    Bytes changed = file;
    changed[at] = static_cast<char>(changed[at] ^ 0x20);
    REQUIRE_FALSE(away.bundles.import(changed, false).ok());
  }
  CHECK(office.dump() == before);
  CHECK(must(away.bundles.import(file, false)).acknowledged == 1);
}

TEST_CASE("news for a laptop begin where it last said it had read, and a revoked one gets none") {
  Office office;
  Away away(office);
  CHECK(away.bundles.export_for(away.added.device).error().code == "bundle.not_enrolled");
  CHECK(away.bundles.export_for(Id::make(1)).error().code == "device.unknown");
  away.write("赵志远");
  must(away.bundles.import(away.file(true), false));
  const auto bundle = must(wire::decode_bundle(must(away.bundles.export_for(away.added.device))));
  CHECK(bundle.header.number == 0);
  CHECK(bundle.header.to_device == away.added.device);
  for (const wire::FeedRange& range : bundle.header.ranges)
    CHECK(range.from == 0);  // it has told of nothing yet
  CHECK(bundle.header.entries > 0);
  must(office.admin().revoke_device(away.added.device));
  CHECK(away.bundles.export_for(away.added.device).error().code == "bundle.revoked");
}

TEST_CASE("a stick for a worker whose pairing has ended holds nothing written in the file since") {
  Office office;
  FakeLaptop secretary(office, office.worker("书记", "secretary", kSanhe));
  Away away(office);
  const Id village = office.unit(kSanhe);
  const Id member = secretary.member("王五", kSanhe);
  const Id file = Id::make(office.clock.now_ms() + 1);
  const auto write = [&](const std::string& cause) {
    secretary.put("hardship_record", file, village, {{"member_id", member.text()}, {"cause_class", cause}},
                  member);
    (void)secretary.sync();
  };
  write("illness");
  secretary.put("support_pair", Id::make(office.clock.now_ms() + 2), village,
                {{"helper_worker_id", away.worker.text()},
                 {"member_id", member.text()},
                 {"to", Date::of(office.clock.now_ms()).text()}},
                member);
  (void)secretary.sync();
  must(away.bundles.import(away.file(true), false));
  const auto stick_holds = [&](const std::string& word) {
    for (const auto& answer : away.open(must(away.bundles.export_for(away.added.device)))) {
      for (const wire::FeedPage& page : answer.pages) {
        for (const wire::FeedEntry& entry : page.entries) {
          if ((entry.values + entry.state).find(word) != Bytes::npos) return true;
        }
      }
    }
    return false;
  };
  CHECK(stick_holds("illness"));
  office.clock.advance(3 * kDayMs);
  write("disaster");
  CHECK_FALSE(stick_holds("disaster"));
  office.prove();
}

TEST_CASE("outcomes of a laptop's earlier chain are not told as those of its present one") {
  Office office;
  Away away(office);
  must(away.bundles.import(away.file(true), false));
  away.write("冒名写的", Id::make(1));
  const Bytes earlier = away.signed_as(away.added.device, away.request());
  const ReplicaId before = away.end.replica;
  away.end = {ReplicaId::random(), 0, {}};
  away.log.clear();
  away.write("赵志远");
  const Bytes present = away.signed_as(away.added.device, away.request());
  const auto taken =
      must(away.bundles.import(away.parcel({earlier, present}, false, away.added.device), true));
  CHECK(taken.quarantined == 1);
  std::map<ReplicaId, std::size_t> outcomes;
  for (const wire::ExchangeAnswer& answer : away.open(taken.answer))
    outcomes[answer.ack.replica] += answer.ack.outcomes.size();
  CHECK(outcomes[before] == 1);
  CHECK(outcomes[away.end.replica] == 0);
  office.prove();
}

TEST_CASE("values that lay sealed to the county come back by file, and fill what came without them") {
  for (const bool bare_first : {false, true}) {
    Office office;
    Away away(office);
    must(away.bundles.import(away.file(true), false));
    away.write("赵志远");
    wire::ExchangeRequest request = away.request();
    const Bytes plain = request.changes.at(0).values;
    const auto body = must(change::decode_body(request.changes[0].body));
    auto values = must(change::decode_values(plain, body));
    change::purge_values(body, values, {});
    request.changes[0].values = change::encode_values(values);
    if (bare_first) {
      must(away.bundles.import(
          away.parcel({away.signed_as(away.added.device, request)}, false, away.added.device), false));
      CHECK(office.dump().find("赵志远") == std::string::npos);
      ++request.number;
    }
    Bytes sealed(plain.size() + crypto_box_SEALBYTES, '\0');
    const auto octets = [](Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); };
    Bytes key = office.exchange().county().seal_keys.open;
    Bytes open = plain;
    REQUIRE(crypto_box_seal(octets(sealed), octets(open), open.size(), octets(key)) == 0);
    request.parts.push_back({wire::kPartSealed, codec::encode(wire::SealedValues{{{1, sealed}}})});
    must(away.bundles.import(
        away.parcel({away.signed_as(away.added.device, request)}, false, away.added.device), false));
    CHECK(office.dump().find("赵志远") != std::string::npos);
    FakeLaptop reader(office, office.worker("乙", "worker", kSanhe));
    (void)reader.sync();
    CHECK(reader.shown(body.record, "name") == "赵志远");
    office.prove();
    // A purge that asks for it is not undone by the same delivery.
    (void)must(office.admin().purge(body.record, {"name"}, "本人要求"));
    ++request.number;
    must(away.bundles.import(
        away.parcel({away.signed_as(away.added.device, request)}, false, away.added.device), false));
    CHECK(office.dump().find("赵志远") == std::string::npos);
    (void)reader.sync();
    office.prove();
  }
}

TEST_CASE("the device list names the laptops of one's scopes, revoked ones as such") {
  Office office;
  Away one(office);
  Away other(office);
  must(one.bundles.import(one.file(true), false));
  const auto list_in = [&](const Bytes& answer) {
    const auto answers = one.open(answer);
    const Bytes* part = wire::find_part(answers.at(0).parts, wire::kPartDevices);
    REQUIRE(part != nullptr);
    return must(wire::decode_carried<wire::DeviceList>(*part));
  };
  CHECK(list_in(must(one.bundles.import(one.file(false), true)).answer).devices.empty());
  must(other.bundles.import(other.file(true), false));
  const auto list = list_in(must(one.bundles.import(one.file(false), true)).answer);
  REQUIRE(list.devices.size() == 1);
  CHECK(list.devices[0].device == other.added.device);
  CHECK(list.devices[0].seal_key == other.seal_keys.open);
  CHECK_FALSE(list.devices[0].revoked);
  REQUIRE(list.devices[0].shared.size() == 1);
  CHECK(list.devices[0].shared[0].scope == office.unit(kSanhe));
  must(office.admin().revoke_device(other.added.device));
  CHECK(list_in(must(one.bundles.import(one.file(false), true)).answer).devices.at(0).revoked);
}
