#include "tests/sync/server/service/fake_laptop.hpp"

#include <set>

#include "sync/change/hlc.hpp"
#include "sync/server/service/enrolment.hpp"
#include "sync/wire/signing.hpp"

namespace lianxin::test {

FakeLaptop::FakeLaptop(Office& where, const Id& who) : office(where), worker(who) {
  keys = server::make_sign_keys();
  end.replica = ReplicaId::random();
  const server::AddedDevice added = must(office.admin().add_device(worker));
  wire::EnrolRequest request;
  request.code = added.code;
  request.replica = end.replica;
  request.sign_key = keys.open;
  request.seal_key = server::make_seal_keys().open;
  request.wall_ms = office.clock.now_ms();
  const auto answer =
      must(server::enrol(office.store(), office.exchange().county(), request, office.clock.now_ms()));
  device = answer.device;
  epoch = answer.epoch;
}

merge::RecordState FakeLaptop::state(const Id& record) const {
  merge::RecordState out;
  out.record = record;
  for (const auto& [feed, base] : bases) {
    const auto found = base.records.find(record);
    if (found == base.records.end()) continue;
    out.kind = found->second.kind;
    for (const auto& [privacy, owner] : found->second.classes)
      out.classes[privacy] = owner;
  }
  for (const change::Change& own : log) {
    if (own.body.id.counter <= passed || own.body.record != record) continue;
    out.kind = own.body.kind;
    const merge::HeadMeta meta{own.body.hlc, change::hlc_ms(own.body.hlc), false, own.body.author,
                               own.body.cause};
    (void)merge::apply(out, own.body, own.values, meta, [](const ChangeId&) { return false; });
  }
  return out;
}

ChangeId FakeLaptop::put(std::string_view kind_name, const Id& record, const Id& scope, const Values& values,
                         const Id& parent) {
  const domain::Kind* kind = office.catalogue().kind(kind_name);
  REQUIRE(kind != nullptr);
  const merge::RecordState now = state(record);
  const std::uint64_t action = keep_action_ && !log.empty() ? log.back().body.action : end.counter + 1;
  keep_action_ = false;
  using Write = std::pair<change::WriteHead, change::WriteValue>;
  std::map<std::uint8_t, std::map<std::pair<std::uint16_t, std::string>, Write>> classes;
  for (const auto& [wanted, value] : values) {
    const std::string& name = wanted;  // what a check tells must have a name of its own
    const std::size_t colon = name.find(':');
    const domain::Field* field = kind->field(name.substr(0, colon));
    REQUIRE_MESSAGE(field != nullptr, name);
    change::WriteHead head;
    head.field = field->wire;
    if (colon != std::string::npos) head.element = name.substr(colon + 1);
    head.privacy = static_cast<std::uint8_t>(field->privacy);
    head.seen = merge::heads_of(now, {field->wire, head.element});
    classes[head.privacy][{head.field, head.element}] = {head, change::WriteValue::of(value)};
  }
  for (const auto& [privacy, writes] : classes) {
    change::ChangeBody body;
    body.action = action;
    body.wall_ms = office.clock.now_ms() + clock_error;
    body.hlc = static_cast<std::uint64_t>(body.wall_ms) << 16 | (end.counter & 0xFFFF);
    body.author = worker;
    body.record = record;
    body.kind = kind->wire;
    body.parent = parent;
    body.scope = scope;
    std::vector<change::WriteValue> written;
    for (const auto& [field, write] : writes) {
      body.writes.push_back(write.first);
      written.push_back(write.second);
    }
    log.push_back(change::link(end, std::move(body), std::move(written)));
  }
  return log.back().body.id;
}

Id FakeLaptop::member(const std::string& name, const std::string& village) {
  const Id id = Id::make(office.clock.now_ms());
  const Id scope = office.unit(village);
  put("member", id, scope, {{"name", name}, {"home_village_id", scope.text()}});
  return id;
}

wire::ExchangeRequest FakeLaptop::request() {
  wire::ExchangeRequest out;
  out.catalogue = office.catalogue().version();
  out.replica = end.replica;
  out.number = ++number;
  out.epoch = epoch;
  out.wall_ms = office.clock.now_ms() + clock_error;
  out.own_counter = end.counter;
  out.own_hash = end.hash;
  const std::uint64_t first = send_from != 0 ? send_from : acknowledged + 1;
  if (first <= end.counter) {
    out.first = first;
    out.previous = first > 1 ? log[first - 2].hash : Hash256{};
    for (std::uint64_t i = first; i <= end.counter && out.changes.size() < batch; ++i)
      out.changes.push_back({log[i - 1].body_bytes, change::encode_values(log[i - 1].values)});
    out.more = first + out.changes.size() <= end.counter;
  }
  for (const auto& [feed, base] : bases) {
    if (base.cursor) out.cursors.push_back({feed.first, feed.second, *base.cursor});
  }
  out.answer_bytes_max = answer_bytes;
  return out;
}

Bytes FakeLaptop::packed(const wire::ExchangeRequest& request) const {
  wire::SignedRequest message;
  message.device = device;
  message.number = request.number;
  message.payload = wire::encode_request(request);
  message.signature =
      wire::sign(keys.secret, wire::request_to_sign(office.exchange().county().server, request.epoch,
                                                    request.number, message.payload));
  return wire::pack(message);
}

wire::ExchangeAnswer FakeLaptop::send(const wire::ExchangeRequest& request) {
  const Bytes answer = office.exchange().handle(packed(request));
  if (must(wire::kind_of(answer)) == wire::MessageKind::kError) {
    const auto error = must(wire::unpack<wire::WireError>(answer));
    FAIL("refused: " << error.code);
  }
  return must(wire::unpack<wire::ExchangeAnswer>(answer));
}

void FakeLaptop::take_entry(Base& base, const wire::FeedPage& page, const wire::FeedEntry& entry) {
  const merge::IsMissing is_missing = [&](const ChangeId& id) {
    return std::find(entry.ghosts.begin(), entry.ghosts.end(), id) != entry.ghosts.end();
  };
  const auto record_of = [&](const change::ChangeBody& body) -> merge::RecordState& {
    merge::RecordState& record = base.records[body.record];
    record.record = body.record;
    record.kind = body.kind;
    return record;
  };
  const auto meta_of = [&](const change::ChangeBody& body) {
    return merge::HeadMeta{body.hlc, entry.effective_ms, entry.suspect, body.author, body.cause};
  };
  switch (entry.kind) {
    case wire::EntryKind::kApplied: {
      const auto body = must(change::decode_body(entry.body));
      CHECK(body.id == entry.id);
      const auto values = must(change::decode_values(entry.values, body));
      (void)merge::apply(record_of(body), body, values, meta_of(body), is_missing);
      break;
    }
    case wire::EntryKind::kInert: {
      const auto body = must(change::decode_body(entry.body));
      (void)merge::apply_inert(record_of(body), body, is_missing);
      break;
    }
    case wire::EntryKind::kOwn: {
      REQUIRE(entry.id.replica == end.replica);
      REQUIRE(entry.id.counter <= log.size());
      const change::Change& own = log[entry.id.counter - 1];
      if (entry.own_inert) {
        (void)merge::apply_inert(record_of(own.body), own.body, is_missing);
      } else {
        (void)merge::apply(record_of(own.body), own.body, own.values, meta_of(own.body), is_missing);
      }
      passed = std::max(passed, entry.id.counter);
      break;
    }
    case wire::EntryKind::kEnter: {
      merge::RecordState& record = base.records[entry.record];
      record.record = entry.record;
      record.kind = entry.record_kind;
      record.classes[page.privacy] = must(merge::decode_class_state(entry.state));
      if (record.classes[page.privacy].empty()) base.records.erase(entry.record);
      break;
    }
    case wire::EntryKind::kEvict:
      base.records.erase(entry.record);
      break;
  }
}

void FakeLaptop::take_page(const wire::FeedPage& page) {
  Base& base = bases[{page.scope, page.privacy}];
  if (base.cursor != page.from) {
    if (base.cursor) ++dropped;
    base.records.clear();
  }
  constexpr std::uint64_t kPosition = server::kOwnViewBit - 1;  // above it, which view
  std::uint64_t at = page.from & kPosition;
  for (const wire::FeedEntry& entry : page.entries) {
    CHECK(entry.position >= at);
    at = entry.position;
    take_entry(base, page, entry);
  }
  CHECK(at <= (page.to & kPosition));
  CHECK((page.from & ~kPosition) == (page.to & ~kPosition));
  base.cursor = page.to;
}

void FakeLaptop::take(const wire::ExchangeAnswer& answer) {
  CHECK(wire::is_signed_by(office.exchange().county().sign_keys.open,
                           wire::acknowledgement_to_sign(answer.server, answer.ack), answer.ack.signature));
  epoch = answer.epoch;
  if (answer.ack.replica == end.replica) acknowledged = std::min(answer.ack.counter, end.counter);
  outcomes.insert(outcomes.end(), answer.ack.outcomes.begin(), answer.ack.outcomes.end());
  std::set<FeedId> held;
  for (const wire::HeldScope& scope : answer.scopes) {
    for (const std::uint8_t privacy : scope.classes)
      held.insert({scope.scope, privacy});
  }
  if (answer.verdict == wire::ExchangeAnswer::Verdict::kTaken) {
    for (auto at = bases.begin(); at != bases.end();)
      at = held.count(at->first) == 0 ? bases.erase(at) : std::next(at);
  }
  for (const wire::FeedPage& page : answer.pages)
    take_page(page);
}

wire::ExchangeAnswer FakeLaptop::exchange() {
  const wire::ExchangeAnswer answer = send(request());
  take(answer);
  send_from = answer.verdict == wire::ExchangeAnswer::Verdict::kExpected ? answer.expected : 0;
  return answer;
}

int FakeLaptop::sync() {
  for (int rounds = 1; rounds < 1000; ++rounds) {
    const wire::ExchangeAnswer answer = exchange();
    if (send_from != 0 || answer.more || acknowledged < end.counter) continue;
    check_digests(answer);
    return rounds;
  }
  FAIL("endless");
  return 0;
}

const merge::RecordState* FakeLaptop::counted_in(const FeedId& feed, const Id& record) const {
  const auto find = [&](const FeedId& of) -> const merge::RecordState* {
    const auto base = bases.find(of);
    if (base == bases.end()) return nullptr;
    const auto found = base->second.records.find(record);
    return found == base->second.records.end() ? nullptr : &found->second;
  };
  const auto own = bases.find(feed);
  const bool is_view = own == bases.end() || (own->second.cursor.value_or(0) & server::kOwnViewBit) != 0;
  for (const auto& [other, base] : bases) {
    const bool is_whole = (base.cursor.value_or(0) & server::kOwnViewBit) == 0;
    const bool is_elsewhere = other.second == feed.second && other.first != feed.first;
    if (is_view && is_elsewhere && is_whole && find(other) != nullptr) return find(other);
  }
  return find(feed);
}

void FakeLaptop::check_digests(const wire::ExchangeAnswer& answer) const {
  std::map<FeedId, wire::ScopeDigest> told;
  std::map<FeedId, std::uint64_t> feeds;  // and how far they were read
  for (const wire::ScopeDigest& one : answer.digests) {
    told[{one.scope, one.privacy}] = one;
    feeds[{one.scope, one.privacy}] = 0;
  }
  for (const auto& [feed, base] : bases)
    feeds[feed] = base.cursor.value_or(0);
  const auto reader = office.reader();
  for (const auto& [place, cursor] : feeds) {
    const FeedId& feed = place;
    std::set<Id> standing;  // records that some feed has told in this scope
    for (const auto& [other, base] : bases) {
      for (const auto& [id, record] : base.records) {
        if (other.first == feed.first) standing.insert(id);
      }
    }
    Digest128 sum;
    std::uint64_t records = 0;
    for (const Id& id : standing) {
      const merge::RecordState* record = counted_in(feed, id);
      if (record == nullptr || record->classes.count(feed.second) == 0) continue;
      const merge::ClassState& owner = record->classes.at(feed.second);
      // The digest knows heads only; the bytes know ghosts, inert writes and times as well.
      const auto rows = must(reader->states(id));
      CHECK(std::any_of(rows.begin(), rows.end(), [&](const store::StateRow& row) {
        return row.privacy == feed.second && row.state == merge::encode_class_state(owner);
      }));
      const Digest128 leaf = merge::digest_leaf(id, feed.second, owner);
      sum += leaf;
      records += leaf == Digest128{} ? 0 : 1;
    }
    INFO("scope ", feed.first.text(), " class ", static_cast<int>(feed.second));
    CHECK(told[feed].digest == sum);
    CHECK(told[feed].records == records);
    CHECK(told[feed].position == cursor);
  }
}

std::string FakeLaptop::shown(const Id& record, const std::string& field, const std::string& element) const {
  const merge::RecordState now = state(record);
  const domain::Kind* kind = office.catalogue().kind(now.kind);
  if (kind == nullptr) return "";
  const merge::Register* reg = now.find(kind->field(field)->wire, element);
  const auto owner = now.classes.find(static_cast<std::uint8_t>(kind->field(field)->privacy));
  if (reg == nullptr || owner == now.classes.end()) return "";
  return merge::shown(*reg, kind->field(field)->policy, owner->second).value.value_or("");
}

bool FakeLaptop::has(const Id& record) const { return !state(record).classes.empty(); }

}  // namespace lianxin::test
