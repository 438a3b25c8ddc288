#include "sync/wire/change_columns.hpp"

#include <algorithm>

#include "sync/change/serialize.hpp"

namespace lianxin::sync::wire {
namespace {

/// How a change stands in the columns.
enum class Form : std::uint8_t { kWhole = 0, kHeadOnly = 1, kAsItIs = 2 };

/// States of a value here: as in WriteValue, and a text that is the name of a record, told as its octets.
constexpr std::uint64_t kReferenceState = 3;

const codec::Limits kChangeLimits = {.string_bytes_max = change::kValueBytesMax,
                                     .elements_max = change::kSeenMax};

struct Opened {
  Form form = Form::kAsItIs;
  change::ChangeBody body;
  change::ChangeValues values;
};

/// Only the shape is looked at: whether it keeps the rules of changes is for who takes it.
Opened open(BytesView body, BytesView values) {
  Opened out;
  auto read = codec::decode<change::ChangeBody>(body, kChangeLimits);
  if (!read.ok()) return out;
  if (values.empty()) {
    out.form = Form::kHeadOnly;
    out.body = std::move(*read);
    return out;
  }
  auto content = codec::decode<change::ChangeValues>(values, kChangeLimits);
  const auto is_known = [](const change::WriteValue& value) {
    return value.state <= change::WriteValue::State::kPurged;
  };
  if (!content.ok() || content->values.size() != read->writes.size() ||
      !std::all_of(content->values.begin(), content->values.end(), is_known)) {
    return out;
  }
  out.form = Form::kWhole;
  out.body = std::move(*read);
  out.values = std::move(*content);
  return out;
}

std::optional<Id> reference_in(const std::string& text) {
  const auto id = Id::parse(text);
  return id.ok() && id->text() == text ? std::optional(*id) : std::nullopt;
}

/// Fields, elements and classes of the writes, without what was seen of each.
Bytes shape_of(const std::vector<change::WriteHead>& writes) {
  Bytes out;
  codec::Writer writer(out);
  writer.varint(writes.size());
  for (const change::WriteHead& write : writes)
    writer(write.field, write.element, write.privacy);
  return out;
}

}  // namespace

// --- writing

std::optional<ToldChange> ChangeColumnWriter::put(BytesView body, BytesView values) {
  const Opened opened = open(body, values);
  out_.number(Column::kForm, static_cast<std::uint64_t>(opened.form));
  if (opened.form == Form::kAsItIs) {
    out_.text(Column::kOpaque, body);
    out_.text(Column::kOpaque, values);
    return std::nullopt;
  }
  put_head(opened.body);
  put_shape(opened.body);
  if (opened.form == Form::kWhole) put_values(opened.values);
  return ToldChange{opened.body.id, opened.body.wall_ms};
}

void ChangeColumnWriter::put_head(const change::ChangeBody& body) {
  const auto wall = static_cast<std::uint64_t>(body.wall_ms);
  out_.number(Column::kSuite, body.suite);
  out_.number(Column::kFormat, body.format);
  out_.replica(Column::kReplica, body.id.replica);
  out_.step(Column::kCounter, body.id.counter, before_.counter + 1);
  out_.step(Column::kAction, body.action, body.id.counter);
  out_.step(Column::kStamp, body.hlc >> 16, wall);
  out_.step(Column::kStampCount, body.hlc & 0xFFFF, before_.stamp_count);
  out_.step(Column::kWall, wall, before_.wall);
  out_.id(Column::kAuthor, body.author);
  out_.id(Column::kRecord, body.record);
  out_.number(Column::kKind, body.kind);
  out_.id(Column::kParent, body.parent);
  out_.id(Column::kScope, body.scope);
  out_.number(Column::kPurge, body.purge_number);
  out_.number(Column::kScopePosition, body.scope_position);
  out_.number(Column::kCause, static_cast<std::uint64_t>(body.cause.kind));
  out_.id(Column::kCauseRef, body.cause.ref);
  out_.text(Column::kNote, body.note);
  before_.counter = body.id.counter;
  before_.stamp_count = body.hlc & 0xFFFF;
  before_.wall = wall;
}

void ChangeColumnWriter::put_shape(const change::ChangeBody& body) {
  Bytes shape = shape_of(body.writes);
  const auto known = shapes_.find(shape);
  out_.number(Column::kShape, known == shapes_.end() ? 0 : shapes_.size() - known->second);
  if (known == shapes_.end()) {
    out_.octets(Column::kNewShape, shape);
    shapes_.emplace(std::move(shape), shapes_.size());
  }
  for (const change::WriteHead& write : body.writes) {
    put_seen(write.seen, false);
    put_seen(write.group_seen, true);
  }
}

void ChangeColumnWriter::put_seen(const std::vector<change::SeenRef>& seen, bool of_group) {
  std::uint64_t& before = of_group ? before_.group_seen : before_.seen;
  const Column hashes = of_group ? Column::kGroupHash : Column::kSeenHash;
  out_.number(of_group ? Column::kGroupSeen : Column::kSeen, seen.size());
  for (const change::SeenRef& one : seen) {
    out_.replica(of_group ? Column::kGroupReplica : Column::kSeenReplica, one.id.replica);
    out_.step(of_group ? Column::kGroupCounter : Column::kSeenCounter, one.id.counter, before);
    before = one.id.counter;
    out_.number(hashes, one.hash8 ? 1 : 0);
    if (one.hash8) out_.octets(hashes, {reinterpret_cast<const char*>(one.hash8->data()), one.hash8->size()});
  }
}

void ChangeColumnWriter::put_values(const change::ChangeValues& values) {
  out_.number(Column::kState, values.secret ? 1 : 0);
  if (values.secret)
    out_.octets(Column::kSecret,
                {reinterpret_cast<const char*>(values.secret->data()), values.secret->size()});
  out_.number(Column::kState, values.salts.size());
  for (const change::Salt& salt : values.salts)
    out_.octets(Column::kSalts, {reinterpret_cast<const char*>(salt.data()), salt.size()});
  for (const change::WriteValue& value : values.values) {
    const auto reference =
        value.state == change::WriteValue::State::kText ? reference_in(value.text) : std::optional<Id>();
    out_.number(Column::kState, reference ? kReferenceState : static_cast<std::uint64_t>(value.state));
    if (reference) {
      out_.id(Column::kReference, *reference);
    } else if (value.state == change::WriteValue::State::kText) {
      out_.text(Column::kText, value.text);
    } else if (value.state == change::WriteValue::State::kPurged) {
      out_.octets(Column::kSalts, value.hash.bytes());
    }
  }
}

// --- reading

std::optional<ToldChange> ChangeColumnReader::get(PackedChange& change) {
  const auto told = read(change);
  in_.give_back();
  const std::size_t size = change.body.size() + change.values.size();
  if (size > left_) throw codec::Malformed{"codec.limit"};
  left_ -= size;
  in_.charge(size);
  return told;
}

std::optional<ToldChange> ChangeColumnReader::read(PackedChange& change) {
  const std::uint64_t form = in_.number(Column::kForm);
  if (form > static_cast<std::uint64_t>(Form::kAsItIs)) throw codec::Malformed{"codec.malformed"};
  if (form == static_cast<std::uint64_t>(Form::kAsItIs)) {
    change.body = in_.text(Column::kOpaque, kMessageBytesMax);
    change.values = in_.text(Column::kOpaque, kMessageBytesMax);
    // What could have been told in columns has to be.
    if (open(change.body, change.values).form != Form::kAsItIs) throw codec::Malformed{"codec.malformed"};
    return std::nullopt;
  }
  change::ChangeBody body = head();
  shape(body);
  change.body = codec::encode(body);
  if (form == static_cast<std::uint64_t>(Form::kWhole))
    change.values = codec::encode(values(body.writes.size()));
  return ToldChange{body.id, body.wall_ms};
}

change::ChangeBody ChangeColumnReader::head() {
  change::ChangeBody body;
  body.suite = in_.narrow<std::uint16_t>(Column::kSuite);
  body.format = in_.narrow<std::uint16_t>(Column::kFormat);
  body.id.replica = in_.replica(Column::kReplica);
  body.id.counter = in_.step(Column::kCounter, before_.counter + 1);
  body.action = in_.step(Column::kAction, body.id.counter);
  const std::uint64_t wall = in_.step(Column::kWall, before_.wall);
  const std::uint64_t stamp = in_.step(Column::kStamp, wall);
  const std::uint64_t stamp_count = in_.step(Column::kStampCount, before_.stamp_count);
  if (stamp >> 48 != 0 || stamp_count > 0xFFFF) throw codec::Malformed{"codec.malformed"};
  body.hlc = stamp << 16 | stamp_count;
  body.wall_ms = static_cast<WallMs>(wall);
  body.author = in_.id(Column::kAuthor);
  body.record = in_.id(Column::kRecord);
  body.kind = in_.narrow<std::uint16_t>(Column::kKind);
  body.parent = in_.id(Column::kParent);
  body.scope = in_.id(Column::kScope);
  body.purge_number = in_.number(Column::kPurge);
  body.scope_position = in_.number(Column::kScopePosition);
  body.cause.kind = static_cast<change::CauseKind>(in_.narrow<std::uint8_t>(Column::kCause));
  body.cause.ref = in_.id(Column::kCauseRef);
  body.note = in_.text(Column::kNote, change::kValueBytesMax);
  before_.counter = body.id.counter;
  before_.stamp_count = stamp_count;
  before_.wall = wall;
  return body;
}

std::vector<change::WriteHead> ChangeColumnReader::fresh_shape() {
  const std::uint64_t told = in_.number(Column::kNewShape);
  std::vector<change::WriteHead> writes(in_.count(Column::kNewShape, told, 0, change::kSeenMax));
  in_.charge(writes.size() * sizeof(change::WriteHead));
  for (change::WriteHead& write : writes) {
    write.field = in_.narrow<std::uint16_t>(Column::kNewShape);
    write.element = in_.text(Column::kNewShape, change::kValueBytesMax);
    in_.charge(2 * write.element.size());
    write.privacy = in_.narrow<std::uint8_t>(Column::kNewShape);
  }
  if (!known_shapes_.emplace(shape_of(writes), shapes_.size()).second)
    throw codec::Malformed{"codec.malformed"};
  return writes;
}

void ChangeColumnReader::shape(change::ChangeBody& body) {
  const std::uint64_t told = in_.number(Column::kShape);
  if (told > shapes_.size()) throw codec::Malformed{"codec.malformed"};
  if (told == 0) shapes_.push_back(fresh_shape());
  const std::vector<change::WriteHead>& known = told == 0 ? shapes_.back() : shapes_[shapes_.size() - told];
  in_.lend(known.size() * sizeof(change::WriteHead));
  for (const change::WriteHead& write : known)
    in_.lend(write.element.size());
  body.writes = known;
  for (change::WriteHead& write : body.writes) {
    write.seen = seen(false);
    write.group_seen = seen(true);
  }
}

std::vector<change::SeenRef> ChangeColumnReader::seen(bool of_group) {
  std::uint64_t& before = of_group ? before_.group_seen : before_.seen;
  const Column replicas = of_group ? Column::kGroupReplica : Column::kSeenReplica;
  const Column hashes = of_group ? Column::kGroupHash : Column::kSeenHash;
  const std::uint64_t told = in_.number(of_group ? Column::kGroupSeen : Column::kSeen);
  std::vector<change::SeenRef> out(in_.count(replicas, told, sizeof(change::SeenRef), change::kSeenMax));
  for (change::SeenRef& one : out) {
    one.id.replica = in_.replica(replicas);
    one.id.counter = in_.step(of_group ? Column::kGroupCounter : Column::kSeenCounter, before);
    before = one.id.counter;
    if (!in_.flag(hashes)) continue;
    one.hash8.emplace();
    in_.octets(hashes, one.hash8->data(), one.hash8->size());
  }
  return out;
}

change::ChangeValues ChangeColumnReader::values(std::size_t count) {
  change::ChangeValues out;
  if (in_.flag(Column::kState)) {
    out.secret.emplace();
    in_.octets(Column::kSecret, out.secret->data(), out.secret->size());
  }
  out.salts.resize(
      in_.count(Column::kSalts, in_.number(Column::kState), sizeof(change::Salt), change::kSeenMax));
  for (change::Salt& salt : out.salts)
    in_.octets(Column::kSalts, salt.data(), salt.size());
  out.values.resize(in_.count(Column::kState, count, sizeof(change::WriteValue), change::kSeenMax));
  for (change::WriteValue& value : out.values) {
    const std::uint64_t state = in_.number(Column::kState);
    if (state > kReferenceState) throw codec::Malformed{"codec.malformed"};
    if (state == kReferenceState) {
      value = change::WriteValue::of(in_.id(Column::kReference).text());
      continue;
    }
    value.state = static_cast<change::WriteValue::State>(state);
    if (value.state == change::WriteValue::State::kPurged)
      in_.octets(Column::kSalts, value.hash.octets.data(), value.hash.octets.size());
    if (value.state != change::WriteValue::State::kText) continue;
    value.text = in_.text(Column::kText, change::kValueBytesMax);
    if (reference_in(value.text)) throw codec::Malformed{"codec.malformed"};
  }
  return out;
}

}  // namespace lianxin::sync::wire
