#include "sync/change/change.hpp"

#include <algorithm>
#include <tuple>

#include "shared/base/text.hpp"
#include "sync/change/serialize.hpp"

namespace lianxin::sync::change {
namespace {

// Numbers begin at the second in which a server was restored (sync.md 11); older programs know 31 bits.
constexpr std::uint64_t kPurgeNumberMax = std::uint64_t{1} << 40;

bool is_record_id(std::string_view element) {
  const auto id = Id::parse(element);
  return id.ok() && id->text() == element;
}

/// "" for scalars, a code word, or a record id: nothing a person typed ever stands in a head (2.1).
bool is_element(std::string_view element) {
  if (element.size() > kElementBytesMax) return false;
  const bool is_word = std::all_of(element.begin(), element.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
  return is_word || is_record_id(element);
}

/// Nobody was shown the own write or a later one of the own replica; a write that named itself would be dead
/// the moment it arrives.
bool names_itself(const std::vector<SeenRef>& seen, const ChangeId& own) {
  return std::any_of(seen.begin(), seen.end(), [&](const SeenRef& s) {
    return s.id.replica == own.replica && s.id.counter >= own.counter;
  });
}

bool is_sorted_once(const std::vector<SeenRef>& seen) {
  return seen.size() <= kSeenMax &&
         std::adjacent_find(seen.begin(), seen.end(),
                            [](const SeenRef& a, const SeenRef& b) { return a.id >= b.id; }) == seen.end() &&
         std::none_of(seen.begin(), seen.end(), [](const SeenRef& s) { return s.id.is_none(); });
}

bool is_well_formed(const ChangeBody& body) {
  if (body.suite != kSuiteIntl1 || body.format != kFormat || body.id.is_none() || body.id.replica.number == 0)
    return false;
  if (body.purge_number > kPurgeNumberMax) return false;  // it would stand above every purge to come
  if (body.action == 0 || body.action > body.id.counter || body.writes.empty() ||
      body.writes.size() > kWritesMax)
    return false;
  if (body.note.size() > kValueBytesMax || !is_valid_text(body.note) || body.record.is_nil()) return false;
  for (std::size_t i = 0; i < body.writes.size(); ++i) {
    const WriteHead& write = body.writes[i];
    if (write.privacy != body.writes.front().privacy || !is_element(write.element)) return false;
    if (!is_sorted_once(write.seen) || !is_sorted_once(write.group_seen)) return false;
    if (names_itself(write.seen, body.id) || names_itself(write.group_seen, body.id)) return false;
    if (i > 0) {
      const WriteHead& before = body.writes[i - 1];
      if (std::tie(before.field, before.element) >= std::tie(write.field, write.element)) return false;
    }
  }
  return true;
}

/// With the secret nothing is purged (it would give the salt of the purged value away); without it there is a
/// salt for what is kept and none for what is purged.
bool has_right_salts(const ChangeValues& values) {
  const auto is_purged = [](const WriteValue& v) { return v.state == WriteValue::State::kPurged; };
  if (values.secret)
    return values.salts.empty() && std::none_of(values.values.begin(), values.values.end(), is_purged);
  if (values.salts.empty()) return std::all_of(values.values.begin(), values.values.end(), is_purged);
  if (values.salts.size() != values.values.size()) return false;
  bool keeps_any = false;
  for (std::size_t i = 0; i < values.values.size(); ++i) {
    if (is_purged(values.values[i]) != (values.salts[i] == Salt{})) return false;
    keeps_any = keeps_any || !is_purged(values.values[i]);
  }
  return keeps_any;
}

}  // namespace

int evidence_rank(CauseKind cause) {
  switch (cause) {
    case CauseKind::kVisit:
    case CauseKind::kResolve:
      return 6;
    case CauseKind::kDocument:
    case CauseKind::kCorrection:
      return 5;
    case CauseKind::kPhone:
      return 4;
    case CauseKind::kTyped:
      return 3;
    case CauseKind::kFamily:
      return 2;
    case CauseKind::kImport:
      return 1;
  }
  return 0;
}

WriteValue WriteValue::of(std::optional<std::string> value) {
  WriteValue out;
  if (value) {
    out.state = State::kText;
    out.text = std::move(*value);
  }
  return out;
}

std::optional<std::string> WriteValue::value() const {
  if (state == State::kText) return text;
  return std::nullopt;
}

Bytes encode_body(const ChangeBody& body) { return codec::encode(body); }

Result<ChangeBody> decode_body(BytesView bytes) {
  auto body =
      codec::decode<ChangeBody>(bytes, {.string_bytes_max = kValueBytesMax, .elements_max = kSeenMax});
  if (!body.ok()) return fail("change.malformed", {}, body.error().code);
  if (!is_well_formed(*body)) return fail("change.malformed", {}, "rules");
  return body;
}

Bytes encode_values(const ChangeValues& values) { return codec::encode(values); }

Result<ChangeValues> decode_values(BytesView bytes, const ChangeBody& body) {
  auto values =
      codec::decode<ChangeValues>(bytes, {.string_bytes_max = kValueBytesMax, .elements_max = kWritesMax});
  if (!values.ok()) return fail("change.malformed", {}, values.error().code);
  if (values->values.size() != body.writes.size() || !has_right_salts(*values))
    return fail("change.malformed", {}, "values");
  for (const WriteValue& value : values->values) {
    if (value.state > WriteValue::State::kPurged || !is_valid_text(value.text))
      return fail("change.malformed", {}, "text");
  }
  return values;
}

Salt salt_of(const Secret& secret, std::uint16_t field, std::string_view element) {
  Bytes input = "lx-salt";
  input += static_cast<char>(field & 0xFF);
  input += static_cast<char>(field >> 8);
  input += element;
  return hash256(input, {reinterpret_cast<const char*>(secret.data()), secret.size()}).octets;
}

Hash256 value_hash(const Salt& salt, const WriteValue& value) {
  if (value.state == WriteValue::State::kPurged) return value.hash;
  Bytes input(1, static_cast<char>(value.state));
  input += value.text;
  return hash256(input, {reinterpret_cast<const char*>(salt.data()), salt.size()});
}

std::vector<Hash256> value_hashes(const ChangeBody& body, const ChangeValues& values) {
  std::vector<Hash256> hashes;
  hashes.reserve(body.writes.size());
  for (std::size_t i = 0; i < body.writes.size(); ++i) {
    const WriteHead& write = body.writes[i];
    Salt salt{};  // after a whole purge: the values' hashes stand by themselves
    if (values.secret)
      salt = salt_of(*values.secret, write.field, write.element);
    else if (!values.salts.empty())
      salt = values.salts[i];
    hashes.push_back(value_hash(salt, values.values[i]));
  }
  return hashes;
}

Hash256 head_hash(const Hash256& previous, BytesView body_bytes, const std::vector<Hash256>& hashes) {
  Hasher hasher("lx-head");
  hasher.add(previous.bytes())
      .add(codec::encode(static_cast<std::uint64_t>(body_bytes.size())))
      .add(body_bytes);
  for (const Hash256& hash : hashes)
    hasher.add(hash.bytes());
  return hasher.finish();
}

void purge_values(const ChangeBody& body, ChangeValues& values, const std::vector<std::uint16_t>& fields) {
  const std::vector<Hash256> hashes = value_hashes(body, values);
  if (!values.secret && values.salts.empty()) return;  // nothing is left to purge
  if (values.secret) {
    for (const WriteHead& write : body.writes)
      values.salts.push_back(salt_of(*values.secret, write.field, write.element));
    values.secret.reset();
  }
  for (std::size_t i = 0; i < body.writes.size(); ++i) {
    const bool wanted =
        fields.empty() || std::find(fields.begin(), fields.end(), body.writes[i].field) != fields.end();
    if (!wanted) continue;
    values.values[i] = {WriteValue::State::kPurged, {}, hashes[i]};
    values.salts[i] = Salt{};
  }
  const bool keeps_any =
      std::any_of(values.salts.begin(), values.salts.end(), [](const Salt& salt) { return salt != Salt{}; });
  if (!keeps_any) values.salts.clear();
}

Change link(ChainEnd& end, ChangeBody body, std::vector<WriteValue> values) {
  LX_CHECK(values.size() == body.writes.size(), "one value per write");
  Change change;
  body.id = {end.replica, end.counter + 1};
  const Bytes secret = random_bytes(std::tuple_size_v<Secret>);
  change.values.secret.emplace();
  std::copy(secret.begin(), secret.end(), reinterpret_cast<char*>(change.values.secret->data()));
  change.values.values = std::move(values);
  change.body = std::move(body);
  change.body_bytes = encode_body(change.body);
  LX_CHECK(is_well_formed(change.body), "a change of ours is not well formed");
  change.hash = head_hash(end.hash, change.body_bytes, value_hashes(change.body, change.values));
  end.counter = change.body.id.counter;
  end.hash = change.hash;
  return change;
}

Result<Change> follow(ChainEnd& end, Bytes body_bytes, BytesView values_bytes) {
  Change change;
  LX_TRY(change.body, decode_body(body_bytes));
  LX_TRY(change.values, decode_values(values_bytes, change.body));
  if (change.body.id != ChangeId{end.replica, end.counter + 1}) return fail("change.chain");
  change.hash = head_hash(end.hash, body_bytes, value_hashes(change.body, change.values));
  change.body_bytes = std::move(body_bytes);
  end.counter = change.body.id.counter;
  end.hash = change.hash;
  return change;
}

}  // namespace lianxin::sync::change
