#include "sync/merge/record_state.hpp"

#include <algorithm>

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

/// A register whose only head came with the change it is listed under.
struct Plain {
  std::uint16_t field = 0;
  std::string element;
  bool purged = false;
  std::optional<std::string> value;
  template <class A>
  void serialize(A& a) {
    a(field, element, purged, value);
  }
};

struct Source {
  ChangeId id;
  HeadMeta meta;
  std::vector<Plain> plain;
  template <class A>
  void serialize(A& a) {
    serialize_id(a, id);
    codec::Fixed64 stamp{meta.hlc};
    std::int64_t late = meta.effective_ms - change::hlc_ms(meta.hlc);  // small, so it packs well
    a(stamp, late, meta.suspect, meta.author.octets, meta.cause, plain);
    meta.effective_ms = change::hlc_ms(meta.hlc) + late;
  }
};

struct PackedHead {
  std::uint64_t source = 0;  ///< index into the sources
  bool purged = false;
  std::optional<std::string> value;
  std::vector<PackedId> group_seen;
  template <class A>
  void serialize(A& a) {
    a(source, purged, value, group_seen);
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
    out.heads.push_back({index.at(head.id), head.purged, head.value, pack_ids(head.group_seen)});
  }
  for (const Inert& inert : reg.inert)
    out.inert.push_back({{inert.id}, pack_ids(inert.seen)});
  return out;
}

Result<Register> unpack_exception(const Exception& packed, const std::vector<Source>& sources) {
  Register reg;
  for (const PackedHead& head : packed.heads) {
    if (head.source >= sources.size()) return fail("state.malformed");
    reg.heads.push_back({sources[head.source].id, head.value, head.purged, unpack_ids(head.group_seen)});
  }
  reg.ghosts = unpack_ids(packed.ghosts);
  for (const PackedInert& inert : packed.inert)
    reg.inert.push_back({inert.id.id, unpack_ids(inert.seen)});
  return reg;
}

/// One head in the digest: what it is, never what it says.
struct LeafHead {
  std::uint16_t field = 0;
  std::string element;
  PackedId id;
  bool purged = false;
  template <class A>
  void serialize(A& a) {
    a(field, element, id, purged);
  }
};

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

Bytes encode_class_state(const ClassState& state) {
  Packed packed;
  std::map<ChangeId, std::size_t> index;
  for (const auto& [id, meta] : state.metas) {
    index[id] = packed.sources.size();
    packed.sources.push_back({id, meta, {}});
  }
  for (const auto& [key, reg] : state.registers) {
    if (is_plain(reg)) {
      const Head& head = reg.heads.front();
      packed.sources[index.at(head.id)].plain.push_back({key.field, key.element, head.purged, head.value});
    } else {
      packed.exceptions.push_back(pack_exception(key, reg, index));
    }
  }
  return codec::encode(packed);
}

Result<ClassState> decode_class_state(BytesView bytes) {
  auto packed = codec::decode<Packed>(bytes);
  if (!packed.ok()) return fail("state.malformed", {}, packed.error().code);
  ClassState state;
  for (const Source& source : packed->sources) {
    state.metas[source.id] = source.meta;
    for (const Plain& plain : source.plain) {
      state.registers[{plain.field, plain.element}].heads = {{source.id, plain.value, plain.purged, {}}};
    }
  }
  for (const Exception& exception : packed->exceptions) {
    LX_TRY(Register reg, unpack_exception(exception, packed->sources));
    state.registers[{exception.field, exception.element}] = std::move(reg);
  }
  if (packed->version != 1 || encode_class_state(state) != bytes)
    return fail("state.malformed", {}, "not canonical");
  return state;
}

Digest128 digest_leaf(const Id& record, std::uint8_t privacy, const ClassState& state) {
  std::vector<LeafHead> leaf;
  for (const auto& [key, reg] : state.registers) {
    for (const Head& head : reg.heads)
      leaf.push_back({key.field, key.element, {head.id}, head.purged});
  }
  if (leaf.empty()) return {};
  Bytes bytes(record.bytes());
  bytes += static_cast<char>(privacy);
  return digest128(bytes + codec::encode(leaf));
}

}  // namespace lianxin::sync::merge
