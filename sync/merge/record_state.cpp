#include "sync/merge/record_state.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "shared/codec/codec.hpp"
#include "sync/change/hlc.hpp"
#include "sync/change/serialize.hpp"

namespace lianxin::sync::merge {
namespace {

using change::serialize_id;

/// A change id as an element of encoded vectors.
struct PackedId {
  ChangeId id;
  template <class A>
  void serialize(A& a) {
    serialize_id(a, id);
  }
};

std::vector<PackedId> pack_ids(const std::vector<ChangeId>& ids) {
  std::vector<PackedId> out;
  out.reserve(ids.size());
  for (const ChangeId& id : ids)
    out.push_back({id});
  return out;
}

std::vector<ChangeId> unpack_ids(const std::vector<PackedId>& ids) {
  std::vector<ChangeId> out;
  out.reserve(ids.size());
  for (const PackedId& one : ids)
    out.push_back(one.id);
  return out;
}

/// Value of a head in one piece: a state octet, then the text. What a purge left needs no hash here: the
/// chain is in the log.
struct PackedValue {
  change::WriteValue::State state = change::WriteValue::State::kNull;
  std::string text;
  template <class A>
  void serialize(A& a) {
    a(state);
    if (state == change::WriteValue::State::kText) a(text);
  }
};

PackedValue pack_value(const Head& head) {
  if (head.purged) return {change::WriteValue::State::kPurged, {}};
  if (!head.value) return {};
  return {change::WriteValue::State::kText, *head.value};
}

Head unpack_head(const ChangeId& id, PackedValue&& packed) {
  Head head;
  head.id = id;
  head.purged = packed.state == change::WriteValue::State::kPurged;
  if (packed.state == change::WriteValue::State::kText) head.value = std::move(packed.text);
  return head;
}

/// A register whose only head came with the change it is listed under.
struct Plain {
  std::uint16_t field = 0;
  std::string element;
  PackedValue value;
  template <class A>
  void serialize(A& a) {
    a(field, element, value);
  }
};

/// a - b, wrapping where foreign bytes hold extreme numbers.
std::int64_t difference(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}

struct Source {
  ChangeId id;
  HeadMeta meta;
  std::vector<Plain> plain;
  template <class A>
  void serialize_head(A& a) {
    serialize_id(a, id);
    codec::Fixed64 stamp{meta.hlc};
    a(stamp);
    std::int64_t late = difference(meta.effective_ms, change::hlc_ms(meta.hlc));  // small, so it packs well
    a(late, meta.suspect, meta.author.octets, meta.cause);
    if constexpr (A::is_loading::value) meta.effective_ms = difference(late, -change::hlc_ms(meta.hlc));
  }
  template <class A>
  void serialize(A& a) {
    serialize_head(a);
    a(plain);
  }
};

/// The creating change comes before the edits of what it made, so it is the first source (row_dot).
bool older(const Source& a, const Source& b) {
  return std::tie(a.meta.hlc, a.id) < std::tie(b.meta.hlc, b.id);
}

struct PackedHead {
  std::uint64_t source = 0;  ///< index into the sources
  PackedValue value;
  std::vector<PackedId> group_seen;
  template <class A>
  void serialize(A& a) {
    a(source, value, group_seen);
  }
};

struct PackedInert {
  PackedId id;
  std::vector<PackedId> seen;
  template <class A>
  void serialize(A& a) {
    a(id, seen);
  }
};

struct Exception {
  std::uint16_t field = 0;
  std::string element;
  std::vector<PackedHead> heads;
  std::vector<PackedId> ghosts;
  std::vector<PackedInert> inert;
  template <class A>
  void serialize(A& a) {
    a(field, element, heads, ghosts, inert);
  }
};

struct Packed {
  std::uint8_t version = 1;
  std::vector<Source> sources;
  std::vector<Exception> exceptions;
  template <class A>
  void serialize(A& a) {
    a(version, sources, exceptions);
  }
};

bool is_plain(const Register& reg) {
  return reg.heads.size() == 1 && reg.ghosts.empty() && reg.inert.empty() &&
         reg.heads.front().group_seen.empty();
}

Exception pack_exception(const RegisterKey& key, const Register& reg,
                         const std::map<ChangeId, std::size_t>& index) {
  Exception out{key.field, key.element, {}, pack_ids(reg.ghosts), {}};
  for (const Head& head : reg.heads) {
    out.heads.push_back({index.at(head.id), pack_value(head), pack_ids(head.group_seen)});
  }
  for (const Inert& inert : reg.inert)
    out.inert.push_back({{inert.id}, pack_ids(inert.seen)});
  return out;
}

Result<Register> unpack_exception(Exception& packed, const std::vector<Source>& sources) {
  Register reg;
  for (PackedHead& head : packed.heads) {
    if (head.source >= sources.size()) return fail("state.malformed");
    reg.heads.push_back(unpack_head(sources[head.source].id, std::move(head.value)));
    reg.heads.back().group_seen = unpack_ids(head.group_seen);
  }
  reg.ghosts = unpack_ids(packed.ghosts);
  for (const PackedInert& inert : packed.inert)
    reg.inert.push_back({inert.id.id, unpack_ids(inert.seen)});
  return reg;
}

bool is_rising(const std::vector<ChangeId>& ids) {
  return std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>()) == ids.end();
}

template <class T>
bool rises_by_id(const std::vector<T>& sorted) {
  return std::adjacent_find(sorted.begin(), sorted.end(),
                            [](const T& a, const T& b) { return a.id >= b.id; }) == sorted.end();
}

/// What `apply` relies on: everything sorted once.
bool is_sound(const Register& reg) {
  return rises_by_id(reg.heads) && is_rising(reg.ghosts) && rises_by_id(reg.inert) &&
         std::all_of(reg.heads.begin(), reg.heads.end(),
                     [](const Head& h) { return is_rising(h.group_seen); }) &&
         std::all_of(reg.inert.begin(), reg.inert.end(), [](const Inert& i) { return is_rising(i.seen); });
}

bool is_known(const PackedValue& value) { return value.state <= change::WriteValue::State::kPurged; }

template <class T>
bool rises_by_register(const std::vector<T>& sorted) {
  return std::adjacent_find(sorted.begin(), sorted.end(), [](const T& a, const T& b) {
           return std::tie(a.field, a.element) >= std::tie(b.field, b.element);
         }) == sorted.end();
}

/// Whether `encode_class_state` would write it so: the codec has proved the rest byte by byte.
bool is_canonical(const Packed& packed) {
  const auto& sources = packed.sources;
  const bool sources_rise =
      std::adjacent_find(sources.begin(), sources.end(),
                         [](const Source& a, const Source& b) { return !older(a, b); }) == sources.end();
  if (packed.version != 1 || !sources_rise || !rises_by_register(packed.exceptions)) return false;
  std::vector<bool> is_alive(sources.size());  // metas are exactly those of the changes that have a head
  for (std::size_t i = 0; i < sources.size(); ++i) {
    is_alive[i] = !sources[i].plain.empty();
    if (!rises_by_register(sources[i].plain)) return false;
    for (const Plain& plain : sources[i].plain) {
      if (!is_known(plain.value)) return false;
    }
  }
  for (const Exception& exception : packed.exceptions) {
    for (const PackedHead& head : exception.heads) {
      if (head.source >= sources.size() || !is_known(head.value)) return false;
      is_alive[head.source] = true;
    }
  }
  return std::find(is_alive.begin(), is_alive.end(), false) == is_alive.end();
}

}  // namespace

const Register* RecordState::find(std::uint16_t field, std::string_view element) const {
  for (const auto& [privacy, state] : classes) {
    const auto found = state.registers.find({field, std::string(element)});
    if (found != state.registers.end()) return &found->second;
  }
  return nullptr;
}

const HeadMeta* RecordState::meta(const ChangeId& id) const {
  for (const auto& [privacy, state] : classes) {
    const auto found = state.metas.find(id);
    if (found != state.metas.end()) return &found->second;
  }
  return nullptr;
}

namespace {

using RegisterEntry = std::pair<RegisterKey, Register>;
using MetaEntry = std::pair<ChangeId, HeadMeta>;

/// Of one change, what `Source` holds, without copies.
struct SourceView {
  const MetaEntry* meta = nullptr;
  std::vector<const RegisterEntry*> plain;
};

bool older_view(const SourceView& a, const SourceView& b) {
  return std::tie(a.meta->second.hlc, a.meta->first) < std::tie(b.meta->second.hlc, b.meta->first);
}

void write_value(codec::Writer& out, const Head& head) {
  using State = change::WriteValue::State;
  const State state = head.purged ? State::kPurged : head.value ? State::kText : State::kNull;
  out(state);
  if (state == State::kText) out(*head.value);
}

/// As `Source` is written.
void write_source(codec::Writer& out, const SourceView& source) {
  Source head{source.meta->first, source.meta->second, {}};
  head.serialize_head(out);
  out.varint(source.plain.size());
  for (const RegisterEntry* entry : source.plain) {
    out(entry->first.field, entry->first.element);
    write_value(out, entry->second.heads.front());
  }
}

}  // namespace

/// As `Packed` is written.
Bytes encode_class_state(const ClassState& state) {
  std::vector<SourceView> sources;
  sources.reserve(state.metas.size());
  for (const MetaEntry& meta : state.metas)
    sources.push_back({&meta, {}});
  std::sort(sources.begin(), sources.end(), older_view);
  std::map<ChangeId, std::size_t> index;
  for (std::size_t i = 0; i < sources.size(); ++i)
    index[sources[i].meta->first] = i;
  std::vector<Exception> exceptions;
  for (const RegisterEntry& entry : state.registers) {
    if (is_plain(entry.second)) {
      sources[index.at(entry.second.heads.front().id)].plain.push_back(&entry);
    } else {
      exceptions.push_back(pack_exception(entry.first, entry.second, index));
    }
  }
  Bytes bytes;
  codec::Writer out(bytes);
  out(Packed{}.version);
  out.varint(sources.size());
  for (const SourceView& source : sources)
    write_source(out, source);
  out(exceptions);
  return bytes;
}

Result<ClassState> decode_class_state(BytesView bytes) {
  auto packed = codec::decode<Packed>(bytes);
  if (!packed.ok()) return fail("state.malformed", {}, packed.error().code);
  const auto refuse = [] { return fail("state.malformed", {}, "not canonical"); };
  if (!is_canonical(*packed)) return refuse();
  std::vector<std::pair<ChangeId, HeadMeta>> metas;
  std::vector<std::pair<RegisterKey, Register>> registers;
  metas.reserve(packed->sources.size());
  registers.reserve(packed->exceptions.size() +
                    (packed->sources.empty() ? 0 : packed->sources.front().plain.size()));
  for (Source& source : packed->sources) {
    metas.emplace_back(source.id, source.meta);
    for (Plain& plain : source.plain) {
      Register reg;
      reg.heads.push_back(unpack_head(source.id, std::move(plain.value)));
      registers.emplace_back(RegisterKey{plain.field, std::move(plain.element)}, std::move(reg));
    }
  }
  for (Exception& exception : packed->exceptions) {
    LX_TRY(Register reg, unpack_exception(exception, packed->sources));
    if (is_plain(reg) || !is_sound(reg)) return refuse();
    registers.emplace_back(RegisterKey{exception.field, std::move(exception.element)}, std::move(reg));
  }
  auto by_id = FlatMap<ChangeId, HeadMeta>::of(std::move(metas));
  auto by_key = FlatMap<RegisterKey, Register>::of(std::move(registers));
  if (!by_id || !by_key) return refuse();
  return ClassState{*std::move(by_key), *std::move(by_id)};
}

/// As a vector of (field, element, id, purged) would be encoded, without making one.
Digest128 digest_leaf(const Id& record, std::uint8_t privacy, const ClassState& state) {
  std::size_t heads = 0;
  for (const auto& [key, reg] : state.registers)
    heads += reg.heads.size();
  if (heads == 0) return {};
  constexpr std::size_t kHeadBytes = 16;
  Bytes bytes(record.bytes());
  bytes.reserve(bytes.size() + heads * kHeadBytes);
  bytes += static_cast<char>(privacy);
  codec::Writer out(bytes);
  out.varint(heads);
  for (const auto& [key, reg] : state.registers) {
    for (const Head& head : reg.heads) {
      PackedId id{head.id};
      out(key.field, key.element, id, head.purged);
    }
  }
  return digest128(bytes);
}

}  // namespace lianxin::sync::merge
