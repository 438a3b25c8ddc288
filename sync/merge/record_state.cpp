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

template <class Ids>
std::vector<PackedId> pack_ids(const Ids& ids) {
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

/// a - b, wrapping where foreign bytes hold extreme numbers.
std::int64_t difference(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}

/// A change with a head; the registers whose only head it is follow it: field, element, value.
struct Source {
  ChangeId id;
  HeadMeta meta;
  template <class A>
  void serialize(A& a) {
    serialize_id(a, id);
    codec::Fixed64 stamp{meta.hlc};
    a(stamp);
    std::int64_t late = difference(meta.effective_ms, change::hlc_ms(meta.hlc));  // small, so it packs well
    a(late, meta.suspect, meta.author.octets, meta.cause);
    if constexpr (A::is_loading::value) meta.effective_ms = difference(late, -change::hlc_ms(meta.hlc));
  }
};

/// The creating change comes before the edits of what it made, so it is the first source (row_dot).
bool is_older(const ChangeId& a, const HeadMeta& of_a, const ChangeId& b, const HeadMeta& of_b) {
  return std::tie(of_a.hlc, a) < std::tie(of_b.hlc, b);
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

constexpr std::uint8_t kStateVersion = 1;

bool is_plain(const Register& reg) {
  return reg.heads.size() == 1 && reg.ghosts.empty() && reg.inert.empty() &&
         reg.heads.front().group_seen.empty();
}

template <class Ids>
bool is_rising(const Ids& ids) {
  return std::adjacent_find(ids.begin(), ids.end(), std::greater_equal<>()) == ids.end();
}

template <class Sorted>
bool rises_by_id(const Sorted& sorted) {
  return std::adjacent_find(sorted.begin(), sorted.end(),
                            [](const auto& a, const auto& b) { return a.id >= b.id; }) == sorted.end();
}

/// What `apply` relies on: everything sorted once.
bool is_in_order(const Register& reg) {
  return rises_by_id(reg.heads) && is_rising(reg.ghosts) && rises_by_id(reg.inert) &&
         std::all_of(reg.heads.begin(), reg.heads.end(),
                     [](const Head& h) { return is_rising(h.group_seen); }) &&
         std::all_of(reg.inert.begin(), reg.inert.end(), [](const Inert& i) { return is_rising(i.seen); });
}

bool is_known(const PackedValue& value) { return value.state <= change::WriteValue::State::kPurged; }

/// Charged for each before anything is allocated.
constexpr std::size_t kSourceBytes = sizeof(Source) + sizeof(FlatMap<ChangeId, HeadMeta>::value_type);
constexpr std::size_t kRegisterBytes = sizeof(FlatMap<RegisterKey, Register>::value_type);

/// Reads a state; what `encode_class_state` would write otherwise is not sound. (The codec proves the rest
/// byte by byte.)
class Unpacked {
 public:
  void serialize(codec::Reader& in) {
    std::uint8_t version = 0;
    in(version);
    is_sound_ = version == kStateVersion;
    read_sources(in);
    std::vector<Exception> exceptions;
    in(exceptions);
    for (std::size_t i = 0; is_sound_ && i < exceptions.size(); ++i)
      is_sound_ = (i == 0 || key_of(exceptions[i - 1]) < key_of(exceptions[i])) && take(exceptions[i]);
  }
  /// nullopt = not canonical.
  std::optional<ClassState> taken() {
    // Metas are exactly those of the changes that have a head.
    if (!is_sound_ || std::find(is_alive_.begin(), is_alive_.end(), false) != is_alive_.end())
      return std::nullopt;
    FlatMap<ChangeId, HeadMeta>::Gathering metas(sources_.size() + 1);
    for (const Source& source : sources_)
      metas.add(source.id, source.meta);
    auto by_id = metas.taken();
    auto by_key = registers_.taken();
    if (!by_id || !by_key) return std::nullopt;
    return ClassState{*std::move(by_key), *std::move(by_id)};
  }

 private:
  using Registers = FlatMap<RegisterKey, Register>::Gathering;

  /// The element goes with what is taken: only compared before that.
  static RegisterKey key_of(const Exception& packed) { return {packed.field, packed.element}; }

  void read_sources(codec::Reader& in) {
    const std::size_t count = in.count(kSourceBytes, in.limits().elements_max);
    sources_.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      Source& source = sources_.emplace_back();
      in(source);
      if (i > 0) {
        const Source& before = sources_[i - 1];
        is_sound_ = is_sound_ && is_older(before.id, before.meta, source.id, source.meta);
      }
      read_plain(in, source.id);
    }
  }
  /// Registers whose only head came with the change.
  void read_plain(codec::Reader& in, const ChangeId& source) {
    const std::size_t count = in.count(kRegisterBytes, in.limits().elements_max);
    is_alive_.push_back(count > 0);
    if (sources_.size() == 1) registers_ = Registers(count + 1);
    RegisterKey before;
    for (std::size_t i = 0; i < count; ++i) {
      RegisterKey key;
      PackedValue value;
      in(key.field, key.element, value);
      is_sound_ = is_sound_ && is_known(value) && (i == 0 || before < key);
      before = key;
      Register& made = registers_.add(std::move(key), Register{}).second;
      made.heads.push_back(unpack_head(source, std::move(value)));
    }
  }
  bool take(Exception& packed) {
    Register reg;
    for (PackedHead& head : packed.heads) {
      if (head.source >= sources_.size() || !is_known(head.value)) return false;
      is_alive_[head.source] = true;
      reg.heads.push_back(unpack_head(sources_[head.source].id, std::move(head.value)));
      reg.heads.back().group_seen = unpack_ids(head.group_seen);
    }
    reg.ghosts = unpack_ids(packed.ghosts);
    for (const PackedInert& inert : packed.inert)
      reg.inert.push_back({inert.id.id, unpack_ids(inert.seen)});
    if (is_plain(reg) || !is_in_order(reg)) return false;
    registers_.add(key_of(packed), std::move(reg));
    return true;
  }

  bool is_sound_ = true;
  std::vector<Source> sources_;
  std::vector<bool> is_alive_;
  Registers registers_{0};
};

}  // namespace

bool has_heads(const RecordState& state) {
  return std::any_of(state.classes.begin(), state.classes.end(), [](const auto& owner) {
    return std::any_of(owner.second.registers.begin(), owner.second.registers.end(),
                       [](const auto& entry) { return !entry.second.heads.empty(); });
  });
}

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

void write_value(codec::Writer& out, const Head& head) {
  using State = change::WriteValue::State;
  const State state = head.purged ? State::kPurged : head.value ? State::kText : State::kNull;
  out(state);
  if (state == State::kText) out(*head.value);
}

/// The changes of a state in the order in which they are written, and what is listed under each.
class Sources {
 public:
  explicit Sources(const ClassState& state) : metas_(state.metas) {
    for (const MetaEntry& meta : metas_)
      order_.push_back(&meta);
    std::sort(order_.begin(), order_.end(), [](const MetaEntry* a, const MetaEntry* b) {
      return is_older(a->first, a->second, b->first, b->second);
    });
    places_.resize(order_.size());
    for (std::size_t i = 0; i < order_.size(); ++i)
      places_[static_cast<std::size_t>(order_[i] - metas_.begin())] = i;
    list(state);
  }
  [[nodiscard]] std::size_t place_of(const ChangeId& id) const {
    const auto found = metas_.find(id);
    LX_CHECK(found != metas_.end(), "a head without its change");
    return places_[static_cast<std::size_t>(found - metas_.begin())];
  }
  /// Registers that are listed under no change.
  [[nodiscard]] const std::vector<const RegisterEntry*>& exceptions() const { return exceptions_; }
  void write(codec::Writer& out) const {
    out.varint(order_.size());
    for (std::size_t i = 0; i < order_.size(); ++i) {
      Source source{order_[i]->first, order_[i]->second};
      out(source);
      out.varint(ends_[i + 1] - ends_[i]);
      for (std::size_t k = ends_[i]; k < ends_[i + 1]; ++k) {
        const RegisterEntry& entry = *plain_[k];
        out(entry.first.field, entry.first.element);
        write_value(out, entry.second.heads.front());
      }
    }
  }

 private:
  /// What is plain is sorted by source, each as in the state.
  void list(const ClassState& state) {
    std::vector<std::pair<const RegisterEntry*, std::size_t>> found;
    found.reserve(state.registers.size());
    ends_.assign(order_.size() + 1, 0);
    for (const RegisterEntry& entry : state.registers) {
      if (is_plain(entry.second)) {
        found.emplace_back(&entry, place_of(entry.second.heads.front().id));
        ++ends_[found.back().second + 1];
      } else {
        exceptions_.push_back(&entry);
      }
    }
    for (std::size_t i = 1; i < ends_.size(); ++i)
      ends_[i] += ends_[i - 1];
    plain_.resize(found.size());
    std::vector<std::size_t> next(ends_.begin(), ends_.end() - 1);
    for (const auto& [entry, place] : found)
      plain_[next[place]++] = entry;
  }

  const FlatMap<ChangeId, HeadMeta>& metas_;
  std::vector<const MetaEntry*> order_;
  std::vector<std::size_t> places_;  ///< in `order_`, of each change by its name
  std::vector<const RegisterEntry*> plain_;
  std::vector<const RegisterEntry*> exceptions_;
  std::vector<std::size_t> ends_;  ///< in `plain_`: what source i has ends where `ends_[i + 1]` says
};

Exception pack_exception(const RegisterKey& key, const Register& reg, const Sources& sources) {
  Exception out{key.field, key.element, {}, pack_ids(reg.ghosts), {}};
  for (const Head& head : reg.heads)
    out.heads.push_back({sources.place_of(head.id), pack_value(head), pack_ids(head.group_seen)});
  for (const Inert& inert : reg.inert)
    out.inert.push_back({{inert.id}, pack_ids(inert.seen)});
  return out;
}

/// More or less what the bytes of a state take.
std::size_t size_about(const ClassState& state) {
  constexpr std::size_t kMetaBytes = 64;
  constexpr std::size_t kPlainBytes = 6;
  std::size_t size = kMetaBytes * (1 + state.metas.size());
  for (const auto& [key, reg] : state.registers) {
    size += kPlainBytes + key.element.size();
    for (const Head& head : reg.heads)
      size += head.value ? head.value->size() : 0;
  }
  return size;
}

}  // namespace

Bytes encode_class_state(const ClassState& state) {
  const Sources sources(state);
  std::vector<Exception> exceptions;
  for (const RegisterEntry* entry : sources.exceptions())
    exceptions.push_back(pack_exception(entry->first, entry->second, sources));
  Bytes bytes;
  bytes.reserve(size_about(state));
  codec::Writer out(bytes);
  out(kStateVersion);
  sources.write(out);
  out(exceptions);
  return bytes;
}

Result<ClassState> decode_class_state(BytesView bytes) {
  auto unpacked = codec::decode<Unpacked>(bytes);
  if (!unpacked.ok()) return fail("state.malformed", {}, unpacked.error().code);
  auto state = unpacked->taken();
  if (!state) return fail("state.malformed", {}, "not canonical");
  return *std::move(state);
}

namespace {

constexpr std::size_t kVarintBytesMax = 10;

/// What a Writer writes, into room that is there.
struct Octets {
  char* at;
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7)
      *at++ = static_cast<char>(value | 0x80);
    *at++ = static_cast<char>(value);
  }
  void fixed(std::uint64_t value) {
    for (int i = 0; i < 8; ++i, value >>= 8)
      *at++ = static_cast<char>(value);
  }
  void text(BytesView text) {
    varint(text.size());
    at = std::copy(text.begin(), text.end(), at);
  }
};

}  // namespace

/// As a vector of (field, element, id, purged) would be encoded, without making one.
Digest128 digest_leaf(const Id& record, std::uint8_t privacy, const ClassState& state) {
  constexpr std::size_t kHeadBytesMax = 8 + 4 * kVarintBytesMax + 1;
  std::size_t heads = 0;
  std::size_t room = record.octets.size() + 1 + kVarintBytesMax;
  for (const auto& [key, reg] : state.registers) {
    heads += reg.heads.size();
    room += reg.heads.size() * (kHeadBytesMax + key.element.size());
  }
  if (heads == 0) return {};
  Bytes bytes(room, '\0');
  Octets out{std::copy(record.bytes().begin(), record.bytes().end(), bytes.data())};
  *out.at++ = static_cast<char>(privacy);
  out.varint(heads);
  for (const auto& [key, reg] : state.registers) {
    for (const Head& head : reg.heads) {
      out.varint(key.field);
      out.text(key.element);
      out.fixed(head.id.replica.number);
      out.varint(head.id.counter);
      *out.at++ = head.purged ? 1 : 0;
    }
  }
  return digest128(BytesView(bytes.data(), static_cast<std::size_t>(out.at - bytes.data())));
}

}  // namespace lianxin::sync::merge
