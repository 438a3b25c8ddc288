#include "sync/server/admin/backup_file.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <sodium.h>

#include "shared/base/file.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/id.hpp"
#include "sync/server/admin/data_folder.hpp"

namespace lianxin::sync::server::admin {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "LXSB";
constexpr char kVersion = 2;  // 1: no pictures; read for ever
constexpr char kSuite = 1;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kStoreLengthBytes = 8;
constexpr std::size_t kPictureFileBytesMax = 16 * 1024 * 1024;
constexpr std::size_t kSealedBytesMax = 1024 * 1024;
constexpr std::size_t kPieceBytes = 4 * 1024 * 1024;
constexpr std::size_t kClearBytes =
    kMagic.size() + 2 + crypto_pwhash_SALTBYTES + crypto_secretbox_NONCEBYTES + kLengthBytes;

unsigned char* octets(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
const unsigned char* octets(BytesView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

Bytes length_bytes(std::uint64_t length, std::size_t octets = kLengthBytes) {
  Bytes out;
  for (unsigned i = 0; i < octets; ++i)
    out += static_cast<char>((length >> (8 * i)) & 0xffU);
  return out;
}

std::size_t read_length(BytesView bytes, std::size_t octets = kLengthBytes) {
  std::size_t length = 0;
  for (unsigned i = 0; i < octets; ++i)
    length |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  return length;
}

Result<Bytes> key_of(const std::string& passphrase, BytesView salt) {
  LX_CHECK(sodium_init() >= 0, "libsodium does not start");
  Bytes key(crypto_secretbox_KEYBYTES, '\0');
  if (crypto_pwhash(octets(key), key.size(), passphrase.data(), passphrase.size(), octets(salt),
                    crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail("server.no_memory");
  }
  return key;
}

/// The parts of the TLS files in the order of the format.
template <class Tls>
auto parts_of(Tls& tls) {
  return std::array{&tls.authority, &tls.authority_key, &tls.certificate, &tls.key};
}

/// What the seal vouches for of what stands behind it.
struct Behind {
  Bytes hash;                 ///< of the store
  std::uint64_t bytes = 0;    ///< of the store
  Bytes names;                ///< hash of the names of the pictures behind it, in their order
  bool has_pictures = false;  ///< version 2; else the store goes to the end
};

Bytes pack_secrets(const BackupSecrets& secrets, const Behind& behind) {
  Bytes out = secrets.store_key + behind.hash + length_bytes(behind.bytes, kStoreLengthBytes) + behind.names;
  for (const Bytes* part : parts_of(secrets.tls))
    out += length_bytes(part->size()) + *part;
  return out;
}

struct Opened {
  BackupSecrets secrets;
  Behind behind;
};

/// What the seal vouches for is well formed, unless our own writer was wrong: then `false`.
bool unpack_secrets(BytesView bytes, Opened& opened) {
  const std::size_t more = opened.behind.has_pictures ? kStoreLengthBytes + kHashBytes : 0;
  if (bytes.size() < kStoreKeyBytes + kHashBytes + more) return false;
  opened.secrets.store_key = bytes.substr(0, kStoreKeyBytes);
  opened.behind.hash = bytes.substr(kStoreKeyBytes, kHashBytes);
  bytes.remove_prefix(kStoreKeyBytes + kHashBytes);
  if (more > 0) {
    opened.behind.bytes = read_length(bytes, kStoreLengthBytes);
    opened.behind.names = bytes.substr(kStoreLengthBytes, kHashBytes);
    bytes.remove_prefix(more);
  }
  for (Bytes* part : parts_of(opened.secrets.tls)) {
    if (bytes.size() < kLengthBytes) return false;
    const std::size_t length = read_length(bytes);
    bytes.remove_prefix(kLengthBytes);
    if (bytes.size() < length) return false;
    *part = bytes.substr(0, length);
    bytes.remove_prefix(length);
  }
  return bytes.empty();
}

/// Hands at most `left` bytes of a stream on in pieces; what `take` says ends it.
template <class Take>
Status each_piece(std::ifstream& in, const Take& take, std::uint64_t left = ~std::uint64_t{0}) {
  Bytes piece(kPieceBytes, '\0');
  while (in && left > 0) {
    in.read(piece.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(piece.size(), left)));
    const auto n = static_cast<std::size_t>(in.gcount());
    left -= n;
    if (n > 0) LX_DO(take(BytesView(piece).substr(0, n)));
  }
  return {};
}

Result<Hash256> hash_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail("backup.read", {{"file", path.string()}}, std::strerror(errno));
  Hasher hasher;
  LX_DO(each_piece(in, [&](BytesView piece) -> Status {
    hasher.add(piece);
    return {};
  }));
  return hasher.finish();
}

Status append_store(AppendFile& out, const fs::path& store) {
  std::ifstream in(store, std::ios::binary);
  if (!in) return fail("backup.read", {{"file", store.string()}}, std::strerror(errno));
  return each_piece(in, [&](BytesView piece) { return out.append(piece); });
}

/// Name, length and stored bytes of each; a picture that went meanwhile has no bytes.
Status append_pictures(AppendFile& out, const store::PictureFiles& pictures,
                       const std::vector<store::PictureFiles::Entry>& entries) {
  for (const store::PictureFiles::Entry& entry : entries) {
    LX_TRY(const Bytes stored, pictures.stored(entry.name));
    LX_DO(out.append(Bytes(entry.name.bytes()) + length_bytes(stored.size()) + stored));
  }
  return {};
}

/// Checks every picture against its name, and puts it into the folder where there is one. False = damaged.
Result<bool> read_pictures(std::ifstream& in, const Opened& opened, const fs::path& folder) {
  store::PictureFiles pictures(folder, opened.secrets.store_key);
  Hasher names;
  Bytes head(kHashBytes + kLengthBytes, '\0');
  while (in.read(head.data(), static_cast<std::streamsize>(head.size()))) {
    LX_TRY(const Hash256 name, Hash256::from_bytes(BytesView(head).substr(0, kHashBytes)));
    names.add(name.bytes());
    const std::size_t bytes = read_length(BytesView(head).substr(kHashBytes));
    if (bytes == 0) continue;
    if (bytes > kPictureFileBytesMax) return false;
    Bytes stored(bytes, '\0');
    if (!in.read(stored.data(), static_cast<std::streamsize>(stored.size())) || !pictures.holds(name, stored))
      return false;
    if (!folder.empty()) LX_DO(pictures.put_back(name, stored));
  }
  return in.gcount() == 0 && names.finish().bytes() == opened.behind.names;
}

Result<Opened> open_seal(std::ifstream& in, const fs::path& source, const std::string& passphrase) {
  const std::vector<ErrorArg> file = {{"file", source.string()}};
  Bytes clear(kClearBytes, '\0');
  in.read(clear.data(), static_cast<std::streamsize>(clear.size()));
  if (static_cast<std::size_t>(in.gcount()) != clear.size() || !clear.starts_with(kMagic))
    return fail("backup.none", file);
  BytesView rest = BytesView(clear).substr(kMagic.size());
  if (rest[0] < 1 || rest[0] > kVersion || rest[1] != kSuite) return fail("backup.newer", file);
  const bool has_pictures = rest[0] > 1;
  rest.remove_prefix(2);
  const BytesView salt = rest.substr(0, crypto_pwhash_SALTBYTES);
  const BytesView nonce = rest.substr(salt.size(), crypto_secretbox_NONCEBYTES);
  const std::size_t length = read_length(rest.substr(salt.size() + nonce.size()));
  if (length < crypto_secretbox_MACBYTES || length > kSealedBytesMax) return fail("backup.damaged", file);
  Bytes sealed(length, '\0');
  in.read(sealed.data(), static_cast<std::streamsize>(length));
  if (static_cast<std::size_t>(in.gcount()) != length) return fail("backup.damaged", file);
  LX_TRY(const Bytes key, key_of(passphrase, salt));
  Bytes plain(length - crypto_secretbox_MACBYTES, '\0');
  if (crypto_secretbox_open_easy(octets(plain), octets(BytesView(sealed)), length, octets(nonce),
                                 octets(BytesView(key))) != 0) {
    return fail("backup.passphrase");
  }
  Opened opened;
  opened.behind.has_pictures = has_pictures;
  if (!unpack_secrets(plain, opened)) return fail("backup.damaged", file);
  return opened;
}

}  // namespace

Status write_backup(const fs::path& target, const fs::path& store, const BackupSecrets& secrets,
                    const std::string& passphrase, const store::PictureFiles* pictures) {
  LX_CHECK(secrets.store_key.size() == kStoreKeyBytes, "a store key of another size");
  std::error_code ignored;
  if (fs::exists(target, ignored)) return fail("backup.exists", {{"file", target.string()}});
  LX_TRY(const Hash256 hash, hash_of(store));
  std::vector<store::PictureFiles::Entry> entries;
  if (pictures != nullptr) entries = pictures->list();
  std::erase_if(entries, [](const store::PictureFiles::Entry& entry) { return !entry.whole; });
  Hasher names;
  for (const store::PictureFiles::Entry& entry : entries)
    names.add(entry.name.bytes());
  const Behind behind{Bytes(hash.bytes()), fs::file_size(store, ignored), Bytes(names.finish().bytes()),
                      true};
  const Bytes salt = random_bytes(crypto_pwhash_SALTBYTES);
  const Bytes nonce = random_bytes(crypto_secretbox_NONCEBYTES);
  LX_TRY(const Bytes key, key_of(passphrase, salt));
  const Bytes plain = pack_secrets(secrets, behind);
  Bytes sealed(plain.size() + crypto_secretbox_MACBYTES, '\0');
  crypto_secretbox_easy(octets(sealed), octets(BytesView(plain)), plain.size(), octets(BytesView(nonce)),
                        octets(BytesView(key)));
  const Status written = [&]() -> Status {
    LX_TRY(AppendFile out, AppendFile::open(target));
    LX_DO(
        out.append(Bytes(kMagic) + kVersion + kSuite + salt + nonce + length_bytes(sealed.size()) + sealed));
    LX_DO(append_store(out, store));
    return pictures == nullptr ? Status{} : append_pictures(out, *pictures, entries);
  }();
  if (written.ok()) return {};
  fs::remove(target, ignored);
  return fail("backup.write", {{"file", target.string()}}, written.error().detail);
}

Result<BackupSecrets> read_backup(const fs::path& source, const fs::path& store,
                                  const std::string& passphrase, const fs::path& pictures) {
  std::ifstream in(source, std::ios::binary);
  if (!in) return fail("backup.read", {{"file", source.string()}}, std::strerror(errno));
  LX_TRY(Opened opened, open_seal(in, source, passphrase));
  const std::uint64_t store_bytes = opened.behind.has_pictures ? opened.behind.bytes : ~std::uint64_t{0};
  Hasher hasher;
  {
    LX_TRY(AppendFile out, AppendFile::open(store));
    LX_DO(each_piece(
        in,
        [&](BytesView piece) {
          hasher.add(piece);
          return out.append(piece);
        },
        store_bytes));
  }
  bool is_right = hasher.finish().bytes() == opened.behind.hash;
  if (is_right && opened.behind.has_pictures) {
    LX_TRY(is_right, read_pictures(in, opened, pictures));
  }
  if (!is_right) {
    std::error_code ignored;
    fs::remove(store, ignored);
    return fail("backup.damaged", {{"file", source.string()}});
  }
  return std::move(opened.secrets);
}

}  // namespace lianxin::sync::server::admin
