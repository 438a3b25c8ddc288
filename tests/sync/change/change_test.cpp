#include "sync/change/change.hpp"

#include <doctest/doctest.h>
#include <functional>
#include <random>

#include "tests/sync/change/sample.hpp"

using namespace lianxin;
using namespace lianxin::sync::change;
using lianxin::test::golden;
using lianxin::test::id_of;
using lianxin::test::plain_body;
using lianxin::test::sample_body;
using lianxin::test::sample_values;

namespace {

Change next(ChainEnd& end, const std::string& value) {
  return link(end, plain_body(), {WriteValue::of(value)});
}

Hash256 hash_of(const ChangeBody& body, const ChangeValues& values) {
  return head_hash({}, encode_body(body), value_hashes(body, values));
}

bool is_refused(const ChangeBody& body) {
  const auto decoded = decode_body(encode_body(body));
  return !decoded.ok() && decoded.error().code == "change.malformed";
}

bool is_refused(const ChangeValues& values) {
  const auto decoded = decode_values(encode_values(values), sample_body());
  return !decoded.ok() && decoded.error().code == "change.malformed";
}

struct Fault {
  const char* name;
  std::function<void(ChangeBody&)> plant;
};

const std::vector<Fault>& faults() {
  static const std::vector<Fault> kFaults{
      {"unknown suite", [](ChangeBody& b) { b.suite = 2; }},
      {"unknown format", [](ChangeBody& b) { b.format = 2; }},
      {"no counter", [](ChangeBody& b) { b.id.counter = 0; }},
      {"no replica", [](ChangeBody& b) { b.id.replica = {}; }},
      {"no record", [](ChangeBody& b) { b.record = {}; }},
      {"no action", [](ChangeBody& b) { b.action = 0; }},
      {"action begins later", [](ChangeBody& b) { b.action = 8; }},
      {"no writes", [](ChangeBody& b) { b.writes.clear(); }},
      {"two classes", [](ChangeBody& b) { b.writes[1].privacy = 2; }},
      {"writes not sorted", [](ChangeBody& b) { std::swap(b.writes[0], b.writes[1]); }},
      {"a register twice", [](ChangeBody& b) { b.writes[1] = b.writes[0]; }},
      {"seen not sorted", [](ChangeBody& b) { std::swap(b.writes[0].seen[0], b.writes[0].seen[1]); }},
      {"seen twice", [](ChangeBody& b) { b.writes[0].seen[1] = b.writes[0].seen[0]; }},
      {"seen of nothing", [](ChangeBody& b) { b.writes[1].seen = {SeenRef{}}; }},
      {"group seen twice",
       [](ChangeBody& b) { b.writes[0].group_seen.push_back(b.writes[0].group_seen[0]); }},
      {"names itself",
       [](ChangeBody& b) {
         b.writes[1].seen = {SeenRef{b.id, std::nullopt}};
       }},
      {"names its own future",
       [](ChangeBody& b) {
         b.writes[1].group_seen = {SeenRef{{b.id.replica, 8}, std::nullopt}};
       }},
      {"element is text", [](ChangeBody& b) { b.writes[2].element = "王小明"; }},
      {"element in capitals", [](ChangeBody& b) { b.writes[2].element = "Work"; }},
      {"element with a blank", [](ChangeBody& b) { b.writes[2].element = "far away"; }},
      {"element with dashes, no id", [](ChangeBody& b) { b.writes[2].element = "far-away"; }},
      {"element is an id in capitals",
       [](ChangeBody& b) { b.writes[2].element = "0198AAAA-0405-7000-8000-000000000001"; }},
      {"element too long", [](ChangeBody& b) { b.writes[2].element.assign(65, 'a'); }},
      {"note is not text", [](ChangeBody& b) { b.note = "\xFF"; }},
      {"note too long", [](ChangeBody& b) { b.note.assign(kValueBytesMax + 1, 'a'); }},
      {"too many writes",
       [](ChangeBody& b) {
         b.writes.assign(kWritesMax + 1, WriteHead{});
         for (std::size_t i = 0; i < b.writes.size(); ++i)
           b.writes[i].field = static_cast<std::uint16_t>(i);
       }},
      {"too much seen",
       [](ChangeBody& b) {
         b.writes[0].seen.clear();
         for (std::uint64_t i = 1; i <= kSeenMax + 1; ++i)
           b.writes[0].seen.push_back({{{0x33}, i}, std::nullopt});
       }},
  };
  return kFaults;
}

}  // namespace

TEST_CASE("Each change is chained to the one before it") {
  ChainEnd author{{7}, 0, {}};
  ChainEnd reader = author;
  for (const char* value : {"a", "b", "c"}) {
    const Change change = next(author, value);
    const auto read = follow(reader, change.body_bytes, encode_values(change.values));
    REQUIRE(read.ok());
    CHECK(read->hash == change.hash);
    CHECK(read->values.values == change.values.values);
    CHECK(reader == author);
  }
  CHECK(author.counter == 3);
}

TEST_CASE("A change out of its turn moves nothing") {
  ChainEnd author{{7}, 0, {}};
  const ChainEnd start = author;
  const Change first = next(author, "a");
  const Change second = next(author, "b");
  ChainEnd reader = start;
  CHECK(follow(reader, second.body_bytes, encode_values(second.values)).error().code == "change.chain");
  CHECK(reader == start);
  ChainEnd stranger{{8}, 0, {}};
  CHECK(follow(stranger, first.body_bytes, encode_values(first.values)).error().code == "change.chain");
  CHECK(follow(reader, first.body_bytes, "").error().code == "change.malformed");
  CHECK(reader == start);
}

TEST_CASE("Another value, another secret or another past gives another hash") {
  ChainEnd author{{7}, 0, {}};
  const Change honest = next(author, "a");
  ChangeValues values = honest.values;
  values.values[0].text = "b";
  ChainEnd reader{{7}, 0, {}};
  CHECK(follow(reader, honest.body_bytes, encode_values(values))->hash != honest.hash);
  values = honest.values;
  (*values.secret)[0] ^= 1;
  reader = {{7}, 0, {}};
  CHECK(follow(reader, honest.body_bytes, encode_values(values))->hash != honest.hash);
  reader = {{7}, 0, honest.hash};
  CHECK(follow(reader, honest.body_bytes, encode_values(honest.values))->hash != honest.hash);
}

TEST_CASE("A purge of everything or of some fields keeps the hash and leaves no value") {
  const ChangeBody body = sample_body();
  const Hash256 before = hash_of(body, sample_values());
  for (const std::vector<std::uint16_t>& fields :
       std::vector<std::vector<std::uint16_t>>{{}, {33}, {34, 40}, {33, 34, 40}, {99}}) {
    ChangeValues values = sample_values();
    purge_values(body, values, fields);
    CHECK(hash_of(body, values) == before);
    CHECK_FALSE(values.secret.has_value());
    const auto read = decode_values(encode_values(values), body);
    REQUIRE(read.ok());
    CHECK(hash_of(body, *read) == before);
    const bool address_gone = fields.empty() || fields[0] == 33;
    CHECK((encode_values(values).find("浙江") == Bytes::npos) == address_gone);
    purge_values(body, values, fields);
    purge_values(body, values, {});
    CHECK(hash_of(body, values) == before);
    CHECK(values.salts.empty());  // the salts are gone with the last value
    CHECK(values.values[0].value() == std::nullopt);
  }
}

TEST_CASE("A value hash is salted by change and by field") {
  const Secret one{1};
  const Secret other{2};
  const WriteValue value = WriteValue::of("220699199507142937");
  CHECK(value_hash(salt_of(one, 33, ""), value) != value_hash(salt_of(other, 33, ""), value));
  CHECK(value_hash(salt_of(one, 33, ""), value) != value_hash(salt_of(one, 34, ""), value));
  CHECK(value_hash(salt_of(one, 33, ""), value) != value_hash(salt_of(one, 33, "a"), value));
  CHECK(salt_of(one, 0x0161, "") != salt_of(one, 1, "a"));
  const Salt salt = salt_of(one, 33, "");
  CHECK(value_hash(salt, WriteValue::of("")) != value_hash(salt, WriteValue::of(std::nullopt)));
  ChainEnd author{{7}, 0, {}};
  CHECK(next(author, "a").values.secret != next(author, "a").values.secret);
}

TEST_CASE("A body is refused unless it is exactly what an author may write") {
  REQUIRE_FALSE(is_refused(sample_body()));
  for (const Fault& fault : faults()) {
    CAPTURE(fault.name);
    ChangeBody body = sample_body();
    fault.plant(body);
    CHECK(is_refused(body));
  }
}

TEST_CASE("What this program does not know yet is taken as it is") {
  ChangeBody body = sample_body();
  body.kind = 60'000;
  for (WriteHead& write : body.writes)
    write.privacy = 200;
  body.writes[2].field = 65'000;
  body.cause.kind = static_cast<CauseKind>(99);
  body.writes[2].element = id_of(1).text();
  const Bytes bytes = encode_body(body);
  const auto read = decode_body(bytes);
  REQUIRE(read.ok());
  CHECK(encode_body(*read) == bytes);
  CHECK(evidence_rank(read->cause.kind) == 0);
}

TEST_CASE("A body has one encoding: cut, lengthened or changed bytes are refused or another body") {
  const Bytes bytes = encode_body(sample_body());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    CHECK_FALSE(decode_body(BytesView(bytes).substr(0, size)).ok());
  CHECK_FALSE(decode_body(bytes + '\0').ok());
  CHECK_FALSE(decode_body("\x81" + Bytes(1, '\0') + bytes.substr(1)).ok());  // suite 1 in two octets
  std::size_t other = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      Bytes flipped = bytes;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      const auto read = decode_body(flipped);
      if (!read.ok()) continue;
      ++other;
      CHECK(encode_body(*read) == flipped);
    }
  }
  CHECK(other > 100);
}

TEST_CASE("Values are refused unless they fit their body") {
  REQUIRE_FALSE(is_refused(sample_values()));
  ChangeValues values = sample_values();
  values.values.pop_back();
  CHECK(is_refused(values));
  values = sample_values();
  values.values[0].text = "\xC0\x80";
  CHECK(is_refused(values));
  values = sample_values();
  values.values[0].text.assign(kValueBytesMax + 1, 'a');
  CHECK(is_refused(values));
  values = sample_values();
  values.values[1].state = static_cast<WriteValue::State>(3);
  CHECK(is_refused(values));
  values = sample_values();
  values.secret.reset();
  CHECK(is_refused(values));
}

TEST_CASE("Values that would give a purged one away are refused") {
  ChangeValues values = sample_values();
  values.values[0].state = WriteValue::State::kPurged;
  CHECK(is_refused(values));  // the secret is the salt of all
  values = sample_values();
  purge_values(sample_body(), values, {33});
  REQUIRE_FALSE(is_refused(values));
  values.salts[0] = Salt{1};
  CHECK(is_refused(values));
  values = sample_values();
  purge_values(sample_body(), values, {});
  values.salts.resize(3);
  CHECK(is_refused(values));
}

TEST_CASE("Evidence: in person, document, phone, typed, family, import") {
  using K = CauseKind;
  CHECK(evidence_rank(K::kVisit) > evidence_rank(K::kDocument));
  CHECK(evidence_rank(K::kResolve) == evidence_rank(K::kVisit));
  CHECK(evidence_rank(K::kDocument) == evidence_rank(K::kCorrection));
  CHECK(evidence_rank(K::kCorrection) > evidence_rank(K::kPhone));
  CHECK(evidence_rank(K::kPhone) > evidence_rank(K::kTyped));
  CHECK(evidence_rank(K::kTyped) > evidence_rank(K::kFamily));
  CHECK(evidence_rank(K::kFamily) > evidence_rank(K::kImport));
  CHECK(evidence_rank(K::kImport) > 0);
}

TEST_CASE("The bytes of a change never alter") {
  const ChangeBody body = sample_body();
  ChangeValues purged = sample_values();
  purge_values(body, purged, {33});
  CHECK(to_hex(encode_body(body)) == golden("change/body.hex"));
  CHECK(to_hex(encode_values(sample_values())) == golden("change/values.hex"));
  CHECK(to_hex(encode_values(purged)) == golden("change/values_purged.hex"));
  CHECK(hash_of(body, sample_values()).hex() == golden("change/head_hash.hex"));
}
