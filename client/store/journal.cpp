#include "client/store/journal.hpp"

#include <algorithm>

#include "client/store/seal.hpp"
#include "shared/base/file.hpp"
#include "shared/codec/codec.hpp"

namespace lianxin::client::store {
namespace {

namespace fs = std::filesystem;
using sync::change::ChainEnd;

// A file is  magic "LXJOURN1" | 8 random bytes | 8 bytes that only the key makes of them | frame ...
// (an earlier program wrote 16 random ones)
// A frame is "LXFR" | length of the rest, 4 bytes little-endian | sealed Frame
// bound to the 16 bytes before it in the file (the tag of the frame before): a frame taken out is noticed.
constexpr std::string_view kMagic = "LXJOURN1";
constexpr std::string_view kFrameMark = "LXFR";
constexpr std::size_t kLinkBytes = 16;
constexpr std::size_t kMarkBytes = kLinkBytes / 2;
constexpr std::size_t kHeaderBytes = 8 + kLinkBytes;
constexpr std::size_t kFrameHeadBytes = 8;
constexpr std::size_t kFrameBytesMax = 64 * 1024 * 1024;  ///< one change may be large
constexpr codec::Limits kFrameLimits{kFrameBytesMax, 1'000'000, 4 * kFrameBytesMax};
constexpr std::size_t kFrameContentGoal = 1024 * 1024;
constexpr std::uint64_t kFileBytesMax = 2ULL * 1024 * 1024 * 1024;
constexpr std::size_t kSmallBytes = 1024 * 1024;  ///< rewriting less than this is always worth it
constexpr std::string_view kHeadMagic = "LXHEAD01";
constexpr std::size_t kHeadBytesMax = 4096;

struct EntryOnDisk {
  JournalEntry value;
  template <class A>
  void serialize(A& a) {
    a(codec::Fixed64{value.id.replica.number}, value.id.counter, value.hash.octets, value.body, value.values);
  }
};

struct EndOnDisk {
  ChainEnd value;
  template <class A>
  void serialize(A& a) {
    a(codec::Fixed64{value.replica.number}, value.counter, value.hash.octets);
  }
};

struct Frame {
  std::vector<EndOnDisk> bases;
  std::vector<EntryOnDisk> entries;
  template <class A>
  void serialize(A& a) {
    a(bases, entries);
  }
};

struct HeadOnDisk {
  EndOnDisk end;
  std::uint64_t acknowledged = 0;
  template <class A>
  void serialize(A& a) {
    a(end, acknowledged);
  }
};

/// Adds a frame to the bytes of a file; `link` = the 16 bytes before it.
void add_frame(Bytes& out, Bytes& link, BytesView key, const Frame& frame) {
  const Bytes sealed = seal(key, link, codec::encode(frame));
  LX_CHECK(sealed.size() <= kFrameBytesMax, "a frame within its limit");
  out += kFrameMark;
  for (std::size_t i = 0; i < 4; ++i)
    out += static_cast<char>(sealed.size() >> (8 * i));
  out += sealed;
  link = sealed.substr(sealed.size() - kLinkBytes);
}

/// Frames for these entries, none bigger than need be.
Bytes frames_of(Bytes& link, BytesView key, const std::vector<ChainEnd>& bases,
                const std::vector<JournalEntry>& entries) {
  Bytes out;
  Frame frame;
  std::size_t content = 0;
  for (const ChainEnd& base : bases)
    frame.bases.push_back({base});
  for (const JournalEntry& entry : entries) {
    frame.entries.push_back({entry});
    content += entry.body.size() + entry.values.size();
    if (content < kFrameContentGoal) continue;
    add_frame(out, link, key, frame);
    frame = {};
    content = 0;
  }
  if (!frame.bases.empty() || !frame.entries.empty()) add_frame(out, link, key, frame);
  return out;
}

/// What could be read of a journal's bytes.
struct Reading {
  std::vector<JournalEntry> entries;  ///< without forgotten ones
  std::map<ReplicaId, ChainEnd> bases;
  std::size_t sound_end = 0;  ///< behind the last readable frame
  bool has_gap = false;       ///< something before `sound_end` could not be read
  bool has_frame = false;     ///< one could be read, so whoever wrote it has the key
};

/// As the head of a frame says it, which may reach beyond the file; 0 = no frame begins here.
std::size_t said_length(BytesView bytes, std::size_t at) {
  if (bytes.size() - at < kFrameHeadBytes || bytes.substr(at, 4) != kFrameMark) return 0;
  std::size_t length = 0;
  for (std::size_t i = 0; i < 4; ++i)
    length |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + 4 + i])) << (8 * i);
  return length < kSealBytes || length > kFrameBytesMax ? 0 : length;
}

std::size_t frame_length(BytesView bytes, std::size_t at) {
  const std::size_t length = said_length(bytes, at);
  return length > 0 && bytes.size() - at - kFrameHeadBytes < length ? 0 : length;
}

/// What the key makes of the random half of a header: whose it is can be told without a frame.
Bytes mark_of(BytesView key, BytesView random) {
  return Bytes(hash256(Bytes(kMagic) + Bytes(random), key).bytes().substr(0, kMarkBytes));
}

bool has_our_mark(BytesView bytes, BytesView key) {
  const BytesView link = bytes.substr(kMagic.size(), kLinkBytes);
  return mark_of(key, link.substr(0, kMarkBytes)) == link.substr(kMarkBytes);
}

/// A file that a power cut left at its first frame or before it: nothing in it was ever whole. Without our
/// mark it may be somebody else's, if there is a frame.
bool is_only_begun(BytesView bytes, BytesView key) {
  if (bytes.size() < kHeaderBytes) return true;
  if (!bytes.starts_with(kMagic)) return false;
  if (has_our_mark(bytes, key)) return true;
  const BytesView rest = bytes.substr(kHeaderBytes);
  if (rest.size() < kFrameHeadBytes) return rest.substr(0, 4) == kFrameMark.substr(0, rest.size());
  return said_length(bytes, kHeaderBytes) > rest.size() - kFrameHeadBytes;
}

/// The frame that begins at `at`, if it is sound.
std::optional<Frame> frame_at(BytesView bytes, std::size_t at, BytesView key, std::size_t& next) {
  const std::size_t length = frame_length(bytes, at);
  if (length == 0 || at < kLinkBytes) return std::nullopt;
  const auto plain =
      unseal(key, bytes.substr(at - kLinkBytes, kLinkBytes), bytes.substr(at + kFrameHeadBytes, length));
  if (!plain.ok()) return std::nullopt;
  auto frame = codec::decode<Frame>(*plain, kFrameLimits);
  if (!frame.ok()) return std::nullopt;
  next = at + kFrameHeadBytes + length;
  return std::move(*frame);
}

void take_frame(Reading& reading, Frame&& frame) {
  for (const EndOnDisk& base : frame.bases) {
    ChainEnd& known = reading.bases[base.value.replica];
    if (known.replica.number == 0 || known.counter <= base.value.counter) known = base.value;
  }
  for (EntryOnDisk& entry : frame.entries)
    reading.entries.push_back(std::move(entry.value));
}

Reading read_frames(BytesView bytes, BytesView key) {
  Reading reading;
  reading.sound_end = std::min(bytes.size(), kHeaderBytes);
  std::size_t at = kHeaderBytes;
  while (at < bytes.size()) {
    std::size_t next = 0;
    auto frame = frame_at(bytes, at, key, next);
    if (frame) {
      reading.has_gap = reading.has_gap || at != reading.sound_end;
      reading.has_frame = true;
      reading.sound_end = next;
      take_frame(reading, std::move(*frame));
      at = next;
      continue;
    }
    at = bytes.find(kFrameMark, at + 1);
  }
  if (!bytes.starts_with(kMagic)) reading.has_gap = true;
  std::set<ChangeId> seen;
  std::erase_if(reading.entries, [&](const JournalEntry& entry) {
    const auto base = reading.bases.find(entry.id.replica);
    const bool forgotten = base != reading.bases.end() && entry.id.counter <= base->second.counter;
    return forgotten || !seen.insert(entry.id).second;
  });
  return reading;
}

Error unwritable(const fs::path& file, const Error& why) {
  return fail("journal.unwritable", {{"path", file.string()}}, why.code + " " + why.detail);
}

std::size_t size_of(const JournalEntry& entry) { return entry.body.size() + entry.values.size() + 64; }

}  // namespace

struct Journal::Impl {
  fs::path file;
  Bytes key;
  AppendFile out;
  Bytes link;               ///< last 16 bytes of the file
  std::uint64_t bytes = 0;  ///< of the file
  std::set<ChangeId> ids;
  std::map<ReplicaId, ChainEnd> bases;
  bool was_damaged = false;

  [[nodiscard]] Status start(const std::vector<ChainEnd>& with, const std::vector<JournalEntry>& entries);
  [[nodiscard]] Status add(const std::vector<ChainEnd>& with, const std::vector<JournalEntry>& entries);
};

/// The whole file anew, atomically.
Status Journal::Impl::start(const std::vector<ChainEnd>& with, const std::vector<JournalEntry>& entries) {
  const Bytes random = random_bytes(kMarkBytes);
  Bytes next = Bytes(kMagic) + random + mark_of(key, random);
  Bytes next_link = next.substr(next.size() - kLinkBytes);
  next += frames_of(next_link, key, with, entries);
  if (auto written = replace_file(file, next); !written.ok()) return unwritable(file, written.error());
  auto opened = AppendFile::open(file);
  if (!opened.ok()) return unwritable(file, opened.error());
  out = std::move(*opened);
  link = std::move(next_link);
  bytes = next.size();
  bases.clear();
  ids.clear();
  for (const ChainEnd& base : with)
    bases[base.replica] = base;
  for (const JournalEntry& entry : entries)
    ids.insert(entry.id);
  return {};
}

Status Journal::Impl::add(const std::vector<ChainEnd>& with, const std::vector<JournalEntry>& entries) {
  Bytes next_link = link;
  const Bytes more = frames_of(next_link, key, with, entries);
  if (more.empty()) return {};
  if (auto written = out.append(more); !written.ok()) {
    // Half a frame must not stand before the next one.
    (void)out.truncate(bytes);
    return unwritable(file, written.error());
  }
  link = std::move(next_link);
  bytes += more.size();
  for (const ChainEnd& base : with)
    bases[base.replica] = base;
  for (const JournalEntry& entry : entries)
    ids.insert(entry.id);
  return {};
}

Journal::Journal(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Journal::Journal(Journal&&) noexcept = default;
Journal& Journal::operator=(Journal&&) noexcept = default;
Journal::~Journal() = default;

Result<Journal> Journal::open(const fs::path& file, BytesView key) {
  auto impl = std::make_unique<Impl>();
  impl->file = file;
  impl->key = Bytes(key);
  auto bytes = read_file(file, kFileBytesMax);
  if (!bytes.ok()) {
    if (bytes.error().code != "file.missing") return unwritable(file, bytes.error());
    LX_DO(impl->start({}, {}));
    return Journal(std::move(impl));
  }
  Reading reading = read_frames(*bytes, key);
  const bool is_begun = !reading.has_frame && is_only_begun(*bytes, key);
  impl->was_damaged = reading.has_frame ? reading.has_gap : !is_begun;
  if (!reading.has_frame) {
    // Nothing can be read, and it may be of another key: never written over.
    if (!is_begun) {
      std::error_code why;
      fs::rename(file, file.string() + std::string(kSetAside) + to_hex(random_bytes(4)), why);
      if (why) return fail("journal.unwritable", {{"path", file.string()}}, why.message());
    }
    LX_DO(impl->start({}, {}));
    return Journal(std::move(impl));
  }
  auto opened = AppendFile::open(file);
  if (!opened.ok()) return unwritable(file, opened.error());
  impl->out = std::move(*opened);
  if (reading.sound_end < bytes->size()) {
    if (auto cut = impl->out.truncate(reading.sound_end); !cut.ok()) return unwritable(file, cut.error());
  }
  impl->link = bytes->substr(reading.sound_end - kLinkBytes, kLinkBytes);
  impl->bytes = reading.sound_end;
  impl->bases = std::move(reading.bases);
  for (const JournalEntry& entry : reading.entries)
    impl->ids.insert(entry.id);
  return Journal(std::move(impl));
}

Status Journal::append(const std::vector<JournalEntry>& entries) {
  // A stick that was pulled out leaves an open file that takes writes nobody finds again.
  if (!is_there(impl_->file))
    return fail("journal.unwritable", {{"path", impl_->file.string()}}, "the file is gone");
  return impl_->add({}, entries);
}

Result<std::vector<JournalEntry>> Journal::entries() const {
  auto bytes = read_file(impl_->file, kFileBytesMax);
  if (!bytes.ok()) return fail("journal.unreadable", {{"path", impl_->file.string()}}, bytes.error().detail);
  return read_frames(*bytes, impl_->key).entries;
}

const std::set<ChangeId>& Journal::ids() const { return impl_->ids; }

const std::map<ReplicaId, ChainEnd>& Journal::bases() const { return impl_->bases; }

Status Journal::forget(const ChainEnd& kept) {
  const auto known = impl_->bases.find(kept.replica);
  if (known != impl_->bases.end() && known->second.counter >= kept.counter) return {};
  std::map<ReplicaId, ChainEnd> bases = impl_->bases;
  bases[kept.replica] = kept;
  std::vector<ChainEnd> list;
  list.reserve(bases.size());
  for (const auto& [replica, base] : bases)
    list.push_back(base);
  LX_TRY(std::vector<JournalEntry> left, entries());
  std::erase_if(left, [&](const JournalEntry& entry) {
    return entry.id.replica == kept.replica && entry.id.counter <= kept.counter;
  });
  std::size_t left_bytes = 0;
  for (const JournalEntry& entry : left)
    left_bytes += size_of(entry);
  if (left_bytes < kSmallBytes || left_bytes < impl_->bytes / 2) return impl_->start(list, left);
  LX_DO(impl_->add({kept}, {}));
  std::erase_if(impl_->ids,
                [&](const ChangeId& id) { return id.replica == kept.replica && id.counter <= kept.counter; });
  return {};
}

Status Journal::rewrite(const std::vector<ChainEnd>& bases, const std::vector<JournalEntry>& entries) {
  return impl_->start(bases, entries);
}

bool Journal::was_damaged() const { return impl_->was_damaged; }

bool Journal::opens(const fs::path& file, BytesView key) {
  const auto bytes = read_file(file, kFileBytesMax);
  return bytes.ok() && read_frames(*bytes, key).has_frame;
}

// --- head mark

Result<std::optional<HeadMark>> read_head_mark(const fs::path& file, BytesView key) {
  auto bytes = read_file(file, kHeadBytesMax);
  if (!bytes.ok()) {
    if (bytes.error().code == "file.missing") return std::optional<HeadMark>();
    return fail("store.head_damaged", {}, bytes.error().detail);
  }
  if (!bytes->starts_with(kHeadMagic)) return fail("store.head_damaged");
  const auto plain = unseal(key, kHeadMagic, BytesView(*bytes).substr(kHeadMagic.size()));
  if (!plain.ok()) return fail("store.head_damaged");
  const auto read = codec::decode<HeadOnDisk>(*plain);
  if (!read.ok()) return fail("store.head_damaged", {}, read.error().code);
  return std::optional(HeadMark{read->end.value, read->acknowledged});
}

Status write_head_mark(const fs::path& file, BytesView key, const HeadMark& mark) {
  const Bytes plain = codec::encode(HeadOnDisk{{mark.end}, mark.acknowledged});
  return replace_file(file, Bytes(kHeadMagic) + seal(key, kHeadMagic, plain));
}

}  // namespace lianxin::client::store
