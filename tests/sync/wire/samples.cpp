#include "tests/sync/wire/samples.hpp"

#include <zstd.h>

#include "tests/sync/change/sample.hpp"

namespace lianxin::test {

using namespace sync::wire;

namespace {

Hash256 hash_of(char c) { return hash256(Bytes(1, c)); }

PackedChange packed_change() {
  return {sync::change::encode_body(sample_body()), sync::change::encode_values(sample_values())};
}

FeedEntry entry_of(EntryKind kind, std::uint64_t position) {
  FeedEntry entry;
  entry.position = position;
  entry.kind = kind;
  if (kind == EntryKind::kEnter || kind == EntryKind::kEvict) {
    entry.record = id_of(2);
    entry.record_kind = 5;
    entry.parent = id_of(3);
    if (kind == EntryKind::kEnter) entry.state = "state of a class";
    return entry;
  }
  entry.id = sample_body().id;
  entry.effective_ms = 1'790'000'000'123;
  entry.suspect = true;
  entry.own_inert = kind == EntryKind::kOwn;
  if (kind != EntryKind::kOwn) entry.body = packed_change().body;
  if (kind == EntryKind::kApplied) entry.values = packed_change().values;
  entry.ghosts = {{{0x11}, 4}, {{0x22}, 900}};
  return entry;
}

FeedPage feed_page() {
  FeedPage page;
  page.scope = id_of(4);
  page.privacy = 1;
  page.from = 10;
  page.to = 15;
  for (std::uint8_t kind = 0; kind <= static_cast<std::uint8_t>(EntryKind::kEvict); ++kind)
    page.entries.push_back(entry_of(static_cast<EntryKind>(kind), 11U + kind));
  return page;
}

FeedPage snapshot_page() {
  FeedPage page;
  page.scope = id_of(4);
  page.to = 15;
  page.is_snapshot = true;
  page.rows = {{id_of(2), 5, id_of(3), "state"}, {id_of(5), 6, {}, "state of another"}};
  page.snapshot_after = id_of(5);
  page.originals = {packed_change()};
  page.reserved = Bytes(64, 's');
  return page;
}

}  // namespace

ExchangeRequest sample_request() {
  ExchangeRequest request;
  request.protocol = kProtocolFirst;
  request.catalogue = 3;
  request.replica = {0x0102030405060708};
  request.number = 17;
  request.epoch = 2;
  request.wall_ms = 1'790'000'000'500;
  request.own_counter = 7;
  request.own_hash = hash_of('o');
  request.first = 7;
  request.previous = hash_of('p');
  request.changes = {packed_change()};
  request.more = true;
  request.cursors = {{id_of(4), 0, 10}, {id_of(4), 1, 300}};
  request.verdict = Verdict{16, true, false};
  request.answer_bytes_max = 1U << 20U;
  return request;
}

SignedRequest sample_signed_request() {
  return {id_of(7), 17, encode_request(sample_request()), Bytes(64, 'g')};
}

ExchangeAnswer sample_answer() {
  ExchangeAnswer answer;
  answer.protocol = kProtocolFirst;
  answer.verdict = ExchangeAnswer::Verdict::kBehind;
  answer.server = id_of(8);
  answer.epoch = 2;
  answer.server_ms = 1'790'000'000'700;
  answer.expected = 8;
  answer.ack = {2, {0x0102030405060708}, 7, hash_of('a'), {}, Bytes(64, 'k')};
  answer.ack.outcomes = {{7, Outcome::kQuarantined, "no_right", "220699001"}};
  answer.worker = id_of(1);
  answer.grants = {{id_of(4), "worker", "2026-01-01", ""}};
  answer.scopes = {{{}, "", {0}}, {id_of(4), "220699001001", {0, 1, 4}}};
  answer.returned = {packed_change()};
  answer.pages = {feed_page(), snapshot_page()};
  answer.digests = {{id_of(4), 1, 15, 200, digest128("digest")}};
  answer.more = true;
  return answer;
}

EnrolRequest sample_enrol_request() {
  EnrolRequest request;
  request.protocol = kProtocolFirst;
  request.code = "K7QM-2PXD";
  request.replica = {0x0102030405060708};
  request.sign_key = Bytes(32, 'e');
  request.seal_key = Bytes(32, 'x');
  request.wall_ms = -1;
  return request;
}

EnrolAnswer sample_enrol_answer() {
  EnrolAnswer answer;
  answer.device = id_of(7);
  answer.worker = id_of(1);
  answer.worker_name = "田心桥";
  answer.server = id_of(8);
  answer.server_name = "县中心";
  answer.epoch = 2;
  answer.server_sign_key = Bytes(32, 's');
  answer.server_seal_key = Bytes(32, 'b');
  answer.server_ms = 1'790'000'000'700;
  answer.scopes = {{id_of(4), "220699001001", {0, 1}}};
  return answer;
}

WireError sample_error() { return {"server.busy", {{"seconds", "30"}}}; }

std::vector<HeldScope> sample_held() {
  return {{{}, "", {0}}, {id_of(4), "220699001001", {0, 1, 4}}, {id_of(5), "220699001002", {0, 1}}};
}

namespace {

/// In every form: whole, purged, of a shape seen before, as a head alone, of no shape.
std::vector<PackedChange> changes_to_fold() {
  namespace change = sync::change;
  std::vector<PackedChange> out = {packed_change()};
  change::ChangeBody body = sample_body();
  change::ChangeValues values = sample_values();
  change::purge_values(body, values, {});
  ++body.id.counter;
  out.push_back({change::encode_body(body), change::encode_values(values)});
  body = plain_body();
  body.writes.push_back({41, "", 0, {}, {}});
  values = sample_values();
  values.values.assign(body.writes.size(), change::WriteValue::of(id_of(7).text()));
  out.push_back({change::encode_body(body), change::encode_values(values)});
  body.id.counter += 3;
  body.wall_ms -= 5000;
  body.parent = id_of(7);
  body.note = "再次确认";
  body.writes[0].seen = {{{{0x22}, 7}, std::nullopt}, {{{0x33}, 5}, std::array<std::uint8_t, 8>{1, 2, 3}}};
  values.values[0] = change::WriteValue::of("上门");
  values.values[1] = change::WriteValue::of(std::nullopt);
  out.push_back({change::encode_body(body), change::encode_values(values)});
  out.push_back({change::encode_body(body), ""});
  out.push_back({"of a program to come", "values"});
  return out;
}

}  // namespace

ExchangeRequest sample_folding_request() {
  ExchangeRequest request = sample_request();
  request.changes = changes_to_fold();
  return request;
}

ExchangeAnswer sample_folding_answer() {
  ExchangeAnswer answer = sample_answer();
  answer.protocol = kProtocol;
  answer.verdict = ExchangeAnswer::Verdict::kTaken;
  answer.scopes = sample_held();
  answer.pages = {feed_page(), feed_page()};
  answer.pages[1].scope = id_of(6);  // none of those held
  answer.pages[1].entries.clear();
  std::uint64_t position = answer.pages[1].from;
  for (const PackedChange& one : changes_to_fold()) {
    FeedEntry entry = entry_of(EntryKind::kApplied, ++position);
    entry.body = one.body;
    entry.values = one.values;
    answer.pages[1].entries.push_back(entry);
  }
  answer.digests = {{id_of(4), 0, 15, 200, digest128("digest")}, {id_of(4), 1, 9, 30, digest128("another")}};
  answer.more = false;
  return answer;
}

Bytes enveloped(MessageKind kind, std::size_t length, BytesView frame) {
  Bytes out = "LX\x01";
  out += static_cast<char>(kind);
  for (std::size_t i = 0; i < 4; ++i)
    out += static_cast<char>(length >> (8 * i) & 0xFF);
  return out += frame;
}

Bytes packed_plain(MessageKind kind, BytesView plain) {
  Bytes frame(ZSTD_compressBound(plain.size()), '\0');
  frame.resize(ZSTD_compress(frame.data(), frame.size(), plain.data(), plain.size(), 3));
  return enveloped(kind, plain.size(), frame);
}

}  // namespace lianxin::test
