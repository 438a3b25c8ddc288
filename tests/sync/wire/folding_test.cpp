#include "sync/wire/folding.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <random>

#include "sync/wire/serialize.hpp"
#include "tests/sync/change/sample.hpp"
#include "tests/sync/wire/samples.hpp"

using namespace lianxin;
using namespace lianxin::test;
using namespace lianxin::sync::wire;

namespace change = lianxin::sync::change;

namespace {

ExchangeRequest folded(ExchangeRequest request, const std::vector<HeldScope>& held) {
  request.protocol = kProtocol;
  fold(request, held, false);
  return request;
}

Folding asks(const std::vector<HeldScope>& held) {
  Folding asked;
  if (!held.empty()) asked.held = sum_of(held);
  asked.has_cursors = true;
  return asked;
}

std::string code_of(const Status& status) { return status.ok() ? "" : status.error().code; }

}  // namespace

TEST_CASE("a folded request gives back what it said, and its cursors along the same list only") {
  const ExchangeRequest plain = sample_folding_request();
  const std::vector<HeldScope> held = sample_held();
  const auto sent = decode_request(encode_request(folded(plain, held)));
  REQUIRE(sent.ok());
  CHECK(sent->changes.empty());
  CHECK(sent->cursors.empty());
  ExchangeRequest read = *sent;
  REQUIRE(unfold(read).ok());
  REQUIRE(read.folding);
  CHECK_FALSE(read.folding->has_cursors);
  CHECK_FALSE(read.folding->each_digest);

  std::vector<HeldScope> other = held;
  other[1].classes.pop_back();
  CHECK_FALSE(read_cursors(read, other));
  other = held;
  other[1].code += '1';
  CHECK_FALSE(read_cursors(read, other));
  CHECK(read.cursors.empty());
  std::vector<HeldScope> same = held;
  std::reverse(same.begin(), same.end());
  CHECK(read_cursors(read, same));
  CHECK(read.folding->has_cursors);
  read.protocol = plain.protocol;
  CHECK(encode_request(read) == encode_request(plain));
}

TEST_CASE("cursors without a list, or beside it, stand in the request by their names") {
  const ExchangeRequest plain = sample_folding_request();
  ExchangeRequest read = folded(plain, {});
  CHECK(read.cursors.size() == plain.cursors.size());
  REQUIRE(unfold(read).ok());
  CHECK(read.folding->has_cursors);
  CHECK(read.changes.size() == plain.changes.size());

  ExchangeRequest beside = plain;
  beside.cursors.push_back({id_of(99), 0, 4});
  read = folded(beside, sample_held());
  CHECK(read.cursors.size() == beside.cursors.size());
  REQUIRE(unfold(read).ok());
  CHECK_FALSE(read.folding->held);
}

TEST_CASE("an answer comes out as it went in, with the list of scopes or with its sum") {
  const ExchangeAnswer plain = sample_folding_answer();
  for (const std::vector<HeldScope>& known : {sample_held(), std::vector<HeldScope>()}) {
    ExchangeAnswer answer = plain;
    Folding asked = asks(known);
    asked.each_digest = true;
    fold(answer, asked);
    CHECK(answer.pages.empty());
    CHECK(answer.scopes.empty() == !known.empty());
    auto read = unpack<ExchangeAnswer>(pack(answer));
    REQUIRE(read.ok());
    REQUIRE(unfold(*read, sample_held()).ok());
    CHECK_FALSE(read->digest_sum);
    CHECK(codec::encode(*read) == codec::encode(plain));
  }
}

TEST_CASE("a list that is not the laptop's any more comes whole, and an unread one is said to be") {
  std::vector<HeldScope> other = sample_held();
  other.pop_back();
  ExchangeAnswer answer = sample_folding_answer();
  Folding asked = asks(other);
  asked.has_cursors = false;
  fold(answer, asked);
  CHECK(answer.scopes.size() == sample_held().size());
  REQUIRE(unfold(answer, other).ok());
  CHECK(answer.cursors_unread);
  CHECK(answer.scopes.size() == sample_held().size());
}

TEST_CASE("an answer along another list than the laptop's is refused, and so is anything told twice") {
  ExchangeAnswer answer = sample_folding_answer();
  fold(answer, asks(sample_held()));
  ExchangeAnswer again = answer;
  std::vector<HeldScope> other = sample_held();
  other[0].code += '1';
  CHECK(code_of(unfold(again, other)) == "wire.malformed");
  again = answer;
  again.scopes = sample_held();
  CHECK(code_of(unfold(again, sample_held())) == "wire.malformed");
  again = answer;
  again.digests = sample_folding_answer().digests;
  CHECK(code_of(unfold(again, sample_held())) == "wire.malformed");
  again = answer;
  again.pages = sample_folding_answer().pages;
  CHECK(code_of(unfold(again, sample_held())) == "wire.malformed");
  CHECK(code_of(unfold(answer, sample_held())).empty());

  ExchangeRequest request = folded(sample_folding_request(), sample_held());
  ExchangeRequest twice = request;
  twice.changes = sample_folding_request().changes;
  CHECK(code_of(unfold(twice)) == "wire.malformed");
  twice = request;
  twice.cursors = sample_folding_request().cursors;
  CHECK(code_of(unfold(twice)) == "wire.malformed");
}

TEST_CASE("one sum stands for the digests of an answer that reaches the end of every feed") {
  ExchangeAnswer answer = sample_folding_answer();
  const std::vector<ScopeDigest> digests = answer.digests;
  fold(answer, asks(sample_held()));
  CHECK(answer.digests.empty());
  REQUIRE(unfold(answer, sample_held()).ok());
  REQUIRE(answer.digest_sum);
  CHECK(*answer.digest_sum == sum_of_ends(sample_held(), digests));

  answer = sample_folding_answer();
  answer.more = true;
  fold(answer, asks(sample_held()));
  REQUIRE(unfold(answer, sample_held()).ok());
  CHECK_FALSE(answer.digest_sum);
}

TEST_CASE("the sum of the digests knows places, positions and digests of what is held, and nothing else") {
  const std::vector<HeldScope> held = sample_held();
  const std::vector<ScopeDigest> digests = sample_folding_answer().digests;
  const Digest128 sum = sum_of_ends(held, digests);
  std::vector<ScopeDigest> other = digests;
  ++other[0].position;
  CHECK(sum_of_ends(held, other) != sum);
  other = digests;
  ++other[0].digest.low;
  CHECK(sum_of_ends(held, other) != sum);
  other = digests;
  std::swap(other[0].digest, other[1].digest);
  CHECK(sum_of_ends(held, other) != sum);
  other = digests;
  other.pop_back();
  CHECK(sum_of_ends(held, other) != sum);
  other = digests;
  ++other[0].records;
  other.push_back({id_of(99), 0, 7, 1, digest128("not held")});
  other.push_back({held[2].scope, held[2].classes[0], 0, 0, {}});  // as if it were not told
  std::reverse(other.begin(), other.end());
  CHECK(sum_of_ends(held, other) == sum);
  std::vector<HeldScope> fewer = held;
  fewer.pop_back();
  CHECK(sum_of_ends(fewer, digests) != sum);
}

TEST_CASE("a snapshot page, which columns cannot say, stays in rows") {
  ExchangeAnswer answer = sample_answer();
  answer.protocol = kProtocol;
  const Bytes before = codec::encode(answer);
  fold(answer, asks(sample_held()));
  CHECK(codec::encode(answer) == before);
  REQUIRE(unfold(answer, sample_held()).ok());
  CHECK(codec::encode(answer) == before);
}

TEST_CASE("a change in columns takes a fraction of the octets, and its fields are told once") {
  ExchangeRequest request = sample_folding_request();
  request.changes.clear();
  change::ChangeBody body = plain_body();
  change::ChangeValues values = sample_values();
  body.writes = {{5, "", 0, {}, {}}, {6, "", 0, {}, {}}};
  values.values = {change::WriteValue::of(id_of(7).text()), change::WriteValue::of("上门")};
  body.parent = id_of(7);
  for (std::uint64_t n = 1; n <= 50; ++n) {
    body.id.counter = body.action = n;
    body.record = Id::make(static_cast<std::int64_t>(n));
    request.changes.push_back({change::encode_body(body), change::encode_values(values)});
  }
  request.protocol = kProtocol;
  const std::size_t rows = pack(SignedRequest{id_of(7), 1, encode_request(request), "s"}).size();
  fold(request, sample_held(), false);
  const std::size_t columns = pack(SignedRequest{id_of(7), 1, encode_request(request), "s"}).size();
  CAPTURE(rows);
  CAPTURE(columns);
  CHECK(columns + 50 * 16 < rows + 50 * 16);
  CHECK(columns < 50 * 20 + 300);  // of each change its own id, 16 octets, and little more
}

TEST_CASE("bytes of the first program that folded are still understood") {
  const auto kept = from_hex(golden("wire/folded_request.hex"));
  REQUIRE(kept.ok());
  ExchangeRequest request = folded(sample_folding_request(), sample_held());
  CHECK_MESSAGE(*kept == request.folded, to_hex(request.folded));
  request.folded = *kept;
  REQUIRE(unfold(request).ok());
  REQUIRE(read_cursors(request, sample_held()));
  request.protocol = sample_folding_request().protocol;
  CHECK(encode_request(request) == encode_request(sample_folding_request()));

  ExchangeAnswer answer = sample_folding_answer();
  fold(answer, asks(sample_held()));
  const auto kept_answer = from_hex(golden("wire/folded_answer.hex"));
  REQUIRE(kept_answer.ok());
  CHECK_MESSAGE(*kept_answer == answer.folded, to_hex(answer.folded));
  answer.folded = *kept_answer;
  REQUIRE(unfold(answer, sample_held()).ok());
  CHECK(*answer.digest_sum == sum_of_ends(sample_held(), sample_folding_answer().digests));
  answer.digests = sample_folding_answer().digests;
  CHECK(codec::encode(answer) == codec::encode(sample_folding_answer()));
}

namespace {

void alter(Bytes& bytes, std::mt19937_64& random) {
  for (std::uint64_t times = 1 + random() % 4; times > 0 && !bytes.empty(); --times) {
    const std::size_t at = random() % bytes.size();
    const std::uint64_t how = random() % 4;
    if (how == 0) bytes[at] = static_cast<char>(random());
    if (how == 1) bytes.erase(at, 1 + random() % 4);
    if (how == 2) bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 8));
    if (how == 3) bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
  }
}

/// Refused, or folded again into just these bytes.
bool is_refused_or_exact(ExchangeRequest request, const Bytes& bytes) {
  request.folded = bytes;
  if (const Status read = unfold(request); !read.ok()) return read.error().code == "wire.malformed";
  if (!request.folding) return bytes.empty();
  const Folding told = *request.folding;
  fold(request, {}, told.each_digest);
  ExchangeRequest again = request;
  if (!told.held) return request.folded == bytes;
  return unfold(again).ok();  // positions along a list that is not known here
}

bool is_refused_or_exact(ExchangeAnswer answer, const Bytes& bytes, Folding asked) {
  answer.folded = bytes;
  if (const Status read = unfold(answer, sample_held()); !read.ok())
    return read.error().code == "wire.malformed";
  if (bytes.empty()) return true;
  const auto sum = answer.digest_sum;
  asked.has_cursors = !answer.cursors_unread;
  asked.each_digest = true;
  fold(answer, asked);
  if (sum || answer.folded.empty()) return true;
  return answer.folded == bytes;
}

}  // namespace

TEST_CASE("cut or changed anywhere, what was folded is refused or another message with just these bytes") {
  ExchangeRequest request = folded(sample_folding_request(), {});
  const Bytes honest = request.folded;
  for (std::size_t size = 1; size < honest.size(); ++size) {
    request.folded = honest.substr(0, size);
    REQUIRE(code_of(unfold(request)) == "wire.malformed");
  }
  request.changes.clear();
  for (std::uint64_t seed = 0; seed < 40'000; ++seed) {
    std::mt19937_64 random(seed);
    Bytes altered = honest;
    alter(altered, random);
    REQUIRE_MESSAGE(is_refused_or_exact(request, altered), "seed ", seed);
  }
  ExchangeAnswer answer = sample_folding_answer();
  Folding asked = asks({});
  asked.each_digest = true;
  fold(answer, asked);
  const Bytes told = answer.folded;
  for (std::size_t size = 1; size < told.size(); ++size) {
    answer.folded = told.substr(0, size);
    REQUIRE(code_of(unfold(answer, sample_held())) == "wire.malformed");
  }
  for (std::uint64_t seed = 0; seed < 40'000; ++seed) {
    std::mt19937_64 random(seed);
    Bytes altered = told;
    alter(altered, random);
    REQUIRE_MESSAGE(is_refused_or_exact(answer, altered, asked), "seed ", seed);
  }
}

TEST_CASE("a few octets that stand for more than a message may hold are refused before the memory is taken") {
  ExchangeRequest request = folded(sample_folding_request(), {});
  // A shape of 4,096 writes, and as many changes of it as there is room for.
  change::ChangeBody body = plain_body();
  body.writes.clear();
  for (std::uint16_t field = 1; field <= 4000; ++field)
    body.writes.push_back({field, "", 0, {}, {}});
  const Bytes large = change::encode_body(body);
  request = sample_folding_request();
  request.protocol = kProtocol;
  request.changes.assign(kMessageBytesMax / large.size(), {large, ""});
  fold(request, {}, false);
  REQUIRE(request.changes.empty());
  CHECK(unfold(request).ok());
  CHECK(request.changes.size() == kMessageBytesMax / large.size());
  request.changes.push_back({large, ""});
  fold(request, {}, false);
  CHECK_FALSE(request.changes.empty());  // stays in rows, which are too large as well
}
