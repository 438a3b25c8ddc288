#include "sync/server/store/picture_files.hpp"

#include <algorithm>
#include <sodium.h>

#include "shared/base/file.hpp"
#include "shared/base/id.hpp"

namespace lianxin::sync::server::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNonceBytes = crypto_stream_xchacha20_NONCEBYTES;
constexpr std::size_t kBlockBytes = 64;  // of the stream: it can be entered at the start of each
constexpr std::uint64_t kFileBytesMax = 16 * 1024 * 1024;
constexpr std::string_view kComing = "coming";

static_assert(crypto_stream_xchacha20_KEYBYTES == sizeof(Hash256::octets));

const unsigned char* octets_of(BytesView bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// The same both ways. `offset` = place of the first byte in the picture.
Bytes crossed(const Hash256& key, BytesView nonce, std::uint64_t offset, BytesView content) {
  const std::size_t skipped = offset % kBlockBytes;
  Bytes text(skipped, '\0');
  text += content;
  Bytes out(text.size(), '\0');
  crypto_stream_xchacha20_xor_ic(reinterpret_cast<unsigned char*>(out.data()), octets_of(text), text.size(),
                                 octets_of(nonce), offset / kBlockBytes, key.octets.data());
  return out.substr(skipped);
}

std::uint64_t picture_bytes(const fs::path& file) {
  std::error_code none;
  const auto size = fs::file_size(file, none);
  return none || size < kNonceBytes ? 0 : size - kNonceBytes;
}

std::optional<Hash256> name_of(const fs::path& file) {
  const auto bytes = from_hex(file.filename().string());
  if (!bytes.ok()) return std::nullopt;
  const auto name = Hash256::from_bytes(*bytes);
  return name.ok() && name->hex() == file.filename().string() ? std::optional(*name) : std::nullopt;
}

}  // namespace

PictureFiles::PictureFiles(fs::path folder, BytesView store_key)
    : folder_(std::move(folder)), key_(hash256("lianxin pictures", store_key)) {}

fs::path PictureFiles::whole_file(const Hash256& name) const { return folder_ / name.hex(); }
fs::path PictureFiles::coming_file(const Hash256& name) const { return folder_ / kComing / name.hex(); }

PictureFiles::Kept PictureFiles::kept(const Hash256& name) const {
  std::error_code none;
  if (fs::exists(whole_file(name), none)) return {true, picture_bytes(whole_file(name))};
  return {false, picture_bytes(coming_file(name))};
}

Status PictureFiles::add_bytes(const fs::path& file, std::uint64_t offset, BytesView content) const {
  Bytes nonce;
  Bytes head;
  if (offset == 0) {  // begun anew, also after a power cut that left less than a nonce
    std::error_code none;
    fs::remove(file, none);
    nonce = random_bytes(kNonceBytes);
    head = nonce;
  } else {
    LX_TRY(const Bytes whole, read_file(file, kFileBytesMax));
    nonce = whole.substr(0, kNonceBytes);
  }
  LX_TRY(AppendFile out, AppendFile::open(file));
  return out.append(head + crossed(key_, nonce, offset, content));
}

Bytes PictureFiles::plain_of(BytesView stored) const {
  if (stored.size() < kNonceBytes) return {};
  return crossed(key_, stored.substr(0, kNonceBytes), 0, stored.substr(kNonceBytes));
}

bool PictureFiles::holds(const Hash256& name, BytesView stored) const {
  return sha256(plain_of(stored)) == name;
}

Result<PictureFiles::Kept> PictureFiles::append(const Hash256& name, std::uint64_t size, std::uint64_t offset,
                                                BytesView content) {
  const std::lock_guard lock(mutex_);
  Kept now = kept(name);
  const fs::path coming = coming_file(name);
  if (now.whole) return now;
  if (now.bytes < size) {
    if (offset != now.bytes || content.size() > size - offset) return now;
    LX_DO(make_private_folder(coming.parent_path()));
    LX_DO(add_bytes(coming, offset, content));
    now.bytes += content.size();
    if (now.bytes < size) return now;
  }
  LX_TRY(const Bytes stored, read_file(coming, kFileBytesMax));
  std::error_code why;
  if (!holds(name, stored)) {
    fs::remove(coming, why);
    return Kept{false, 0, true};
  }
  fs::rename(coming, whole_file(name), why);
  if (why)
    return fail("file.unwritable", {{"path", whole_file(name).string()}, {"why", why_key(why.value())}});
  LX_DO(sync_folder(folder_));
  return Kept{true, now.bytes};
}

Result<std::optional<Bytes>> PictureFiles::read(const Hash256& name) const {
  LX_TRY(const Bytes file, stored(name));
  Bytes plain = plain_of(file);
  return !file.empty() && sha256(plain) == name ? std::optional(std::move(plain)) : std::nullopt;
}

Result<Bytes> PictureFiles::stored(const Hash256& name) const {
  auto file = read_file(whole_file(name), kFileBytesMax);
  if (!file.ok() && file.error().code == "file.missing") return Bytes();
  return file;
}

Status PictureFiles::put_back(const Hash256& name, BytesView stored) {
  LX_DO(make_private_folder(folder_));
  return replace_file(whole_file(name), stored);
}

Result<bool> PictureFiles::remove(const Hash256& name) {
  const std::lock_guard lock(mutex_);
  bool was_here = false;
  for (const fs::path& file : {whole_file(name), coming_file(name)}) {
    std::error_code why;
    const bool removed = fs::remove(file, why);
    if (why) return fail("file.unwritable", {{"path", file.string()}, {"why", why_key(why.value())}});
    was_here = was_here || removed;
    if (removed) LX_DO(sync_folder(file.parent_path()));
  }
  return was_here;
}

std::vector<PictureFiles::Entry> PictureFiles::list() const {
  std::vector<Entry> out;
  const auto now = fs::file_time_type::clock::now();
  for (const bool whole : {true, false}) {
    std::error_code none;
    std::error_code over;
    for (fs::directory_iterator file(whole ? folder_ : folder_ / kComing, over), end; !over && file != end;
         file.increment(over)) {
      const auto name = name_of(file->path());
      if (!name || !file->is_regular_file(none)) continue;
      const auto age = std::chrono::duration_cast<std::chrono::seconds>(now - file->last_write_time(none));
      out.push_back({*name, whole, picture_bytes(file->path()), static_cast<std::int64_t>(age.count())});
    }
  }
  std::sort(out.begin(), out.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return out;
}

}  // namespace lianxin::sync::server::store
