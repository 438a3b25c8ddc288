#include "client/store/backup_file.hpp"

#include <fstream>
#include <functional>

#include "client/store/home_check.hpp"
#include "client/store/key_file.hpp"
#include "client/store/machine_mark.hpp"
#include "shared/base/file.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/told_as.hpp"

namespace lianxin::client::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "LXBACK01";
constexpr std::size_t kLengthBytes = 8;
constexpr std::size_t kSumBytes = 32;
constexpr std::size_t kChunkBytes = 4 * 1024 * 1024;

void remove_quietly(const fs::path& file) {
  std::error_code ignored;
  fs::remove(file, ignored);
}

/// Passes `count` bytes of a stream on in pieces.
Status pass_on(std::ifstream& in, std::uint64_t count, const std::function<Status(BytesView)>& to) {
  Bytes chunk;
  while (count > 0) {
    chunk.resize(static_cast<std::size_t>(std::min<std::uint64_t>(count, kChunkBytes)));
    in.read(chunk.data(), static_cast<std::streamsize>(chunk.size()));
    if (static_cast<std::size_t>(in.gcount()) != chunk.size()) return fail("backup.malformed");
    LX_DO(to(chunk));
    count -= chunk.size();
  }
  return {};
}

Status write_parts(const Bytes& keys, const fs::path& database, const fs::path& out) {
  LX_TRY(AppendFile file, AppendFile::open(out));
  Hasher hasher;
  const auto add = [&](BytesView bytes) -> Status {
    hasher.add(bytes);
    return file.append(bytes);
  };
  Bytes head(kMagic);
  for (std::size_t i = 0; i < kLengthBytes; ++i)
    head += static_cast<char>(static_cast<std::uint64_t>(keys.size()) >> (8 * i));
  LX_DO(add(head + keys));
  std::ifstream in(database, std::ios::binary);
  std::error_code why;
  const std::uintmax_t bytes = fs::file_size(database, why);
  if (why || !in)
    return fail("file.unreadable", {{"path", database.string()}, {"why", why_key(why.value())}});
  LX_DO(pass_on(in, bytes, add));
  return file.append(hasher.finish().bytes());
}

/// The database part, checked to the last byte before it may be called a database.
Status unpack_parts(std::ifstream& in, std::uint64_t bytes, const HomePaths& home, const fs::path& database) {
  const std::uint64_t head_bytes = kMagic.size() + kLengthBytes;
  if (bytes < head_bytes + kSumBytes) return fail("backup.malformed");
  Bytes head(static_cast<std::size_t>(head_bytes), '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  if (!in || !head.starts_with(kMagic)) return fail("backup.malformed");
  std::uint64_t key_bytes = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i)
    key_bytes |= static_cast<std::uint64_t>(static_cast<unsigned char>(head[kMagic.size() + i])) << (8 * i);
  if (key_bytes > kKeyFileBytesMax || bytes < head_bytes + key_bytes + kSumBytes)
    return fail("backup.malformed");
  Hasher hasher;
  hasher.add(head);
  Bytes keys;
  LX_DO(pass_on(in, key_bytes, [&](BytesView chunk) -> Status {
    keys += chunk;
    hasher.add(chunk);
    return {};
  }));
  LX_TRY(AppendFile out, AppendFile::open(database));
  LX_DO(pass_on(in, bytes - head_bytes - key_bytes - kSumBytes, [&](BytesView chunk) {
    hasher.add(chunk);
    return out.append(chunk);
  }));
  Bytes sum(kSumBytes, '\0');
  in.read(sum.data(), static_cast<std::streamsize>(sum.size()));
  if (!in || sum != hasher.finish().bytes()) return fail("backup.malformed");
  if (!decode_key_file(keys).ok()) return fail("backup.malformed");
  // A mark that an earlier store left behind would make this one the original again.
  std::error_code why;
  fs::remove(machine_mark_file(home.folder), why);
  remove_database(home.database());
  if (!why) fs::rename(database, home.database(), why);
  if (why)
    return fail("file.unwritable", {{"path", home.database().string()}, {"why", why_key(why.value())}});
  return replace_file(home.key_file(), keys);
}

}  // namespace

Status write_backup(const HomePaths& home, lianxin::store::Database& database, const fs::path& file) {
  if (is_there(file)) return fail("store.exists", {{"path", file.string()}});
  LX_TRY(const Bytes keys, read_file(home.key_file(), kKeyFileBytesMax));
  fs::path copy = home.database().string() + ".backup";
  const fs::path building = file.string() + ".new";
  remove_quietly(copy);
  remove_quietly(building);
  Status copied = database.vacuum_into(copy);
  if (!copied.ok() && copied.error().code == "store.full") {
    // The disk that has to be saved from is full; the one it is saved to need not be.
    remove_quietly(copy);
    copy = file.string() + ".copy";
    copied = database.vacuum_into(copy);
    if (!copied.ok() && copied.error().code == "store.full")
      copied = fail("file.unwritable", {{"path", file.string()}, {"why", "why.no_space"}});
  }
  Status written =
      copied.ok() ? told_as(write_parts(keys, copy, building), building, file) : std::move(copied);
  remove_quietly(copy);
  if (written.ok()) {
    std::error_code why;
    fs::rename(building, file, why);
    if (why) written = fail("file.unwritable", {{"path", file.string()}, {"why", why_key(why.value())}});
  }
  if (!written.ok()) {
    remove_quietly(building);
    return written;
  }
  return sync_folder(file.has_parent_path() ? file.parent_path() : fs::path("."));
}

Status unpack_backup(const fs::path& file, const HomePaths& home) {
  if (holds_work(home)) return fail("store.exists", {{"path", home.folder.string()}});
  std::error_code why;
  const std::uintmax_t bytes = fs::file_size(file, why);
  if (why) return fail("file.missing", {{"path", file.string()}, {"why", why_key(why.value())}});
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail("file.unreadable", {{"path", file.string()}, {"why", ""}});
  const bool had_folder = fs::exists(home.folder, why);
  LX_DO(make_private_folder(home.folder));
  const fs::path building = home.database().string() + ".building";
  remove_quietly(building);
  Status unpacked = told_as(unpack_parts(in, bytes, home, building), building, home.folder);
  if (unpacked.ok()) return sync_folder(home.folder);
  for (const fs::path& left : {building, home.database(), home.key_file()})
    remove_quietly(left);
  if (!had_folder) remove_quietly(home.folder);
  return unpacked;
}

}  // namespace lianxin::client::store
