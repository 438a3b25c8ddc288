#include "sync/server/admin/backup_file.hpp"

#include <array>
#include <cstring>
#include <fstream>
#include <sodium.h>

#include "shared/base/file.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/id.hpp"

namespace lianxin::sync::server::admin {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "LXSB";
constexpr char kVersion = 1;
constexpr char kSuite = 1;
constexpr std::size_t kStoreKeyBytes = 32;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kLengthBytes = 4;
constexpr std::size_t kSealedBytesMax = 1024 * 1024;
constexpr std::size_t kPieceBytes = 4 * 1024 * 1024;
constexpr std::size_t kClearBytes =
    kMagic.size() + 2 + crypto_pwhash_SALTBYTES + crypto_secretbox_NONCEBYTES + kLengthBytes;

unsigned char* octets(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }
const unsigned char* octets(BytesView bytes) { return reinterpret_cast<const unsigned char*>(bytes.data()); }

Bytes length_bytes(std::size_t length) {
  Bytes out;
  for (unsigned shift = 0; shift < 32; shift += 8)
    out += static_cast<char>((length >> shift) & 0xffU);
  return out;
}

std::size_t read_length(BytesView bytes) {
  std::size_t length = 0;
  for (unsigned i = 0; i < kLengthBytes; ++i)
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

Bytes pack_secrets(const BackupSecrets& secrets, const Hash256& hash) {
  Bytes out = secrets.store_key + Bytes(hash.bytes());
  for (const Bytes* part : parts_of(secrets.tls))
    out += length_bytes(part->size()) + *part;
  return out;
}

struct Opened {
  BackupSecrets secrets;
  Bytes hash;
};

/// What the seal vouches for is well formed, unless our own writer was wrong: then `false`.
bool unpack_secrets(BytesView bytes, Opened& opened) {
  if (bytes.size() < kStoreKeyBytes + kHashBytes) return false;
  opened.secrets.store_key = bytes.substr(0, kStoreKeyBytes);
  opened.hash = bytes.substr(kStoreKeyBytes, kHashBytes);
  bytes.remove_prefix(kStoreKeyBytes + kHashBytes);
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

/// Hands a stream on in pieces; what `take` says ends it.
template <class Take>
Status each_piece(std::ifstream& in, const Take& take) {
  Bytes piece(kPieceBytes, '\0');
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto n = static_cast<std::size_t>(in.gcount());
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

Result<Opened> open_seal(std::ifstream& in, const fs::path& source, const std::string& passphrase) {
  const std::vector<ErrorArg> file = {{"file", source.string()}};
  Bytes clear(kClearBytes, '\0');
  in.read(clear.data(), static_cast<std::streamsize>(clear.size()));
  if (static_cast<std::size_t>(in.gcount()) != clear.size() || !clear.starts_with(kMagic))
    return fail("backup.none", file);
  BytesView rest = BytesView(clear).substr(kMagic.size());
  if (rest[0] != kVersion || rest[1] != kSuite) return fail("backup.newer", file);
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
  if (!unpack_secrets(plain, opened)) return fail("backup.damaged", file);
  return opened;
}

}  // namespace

Status write_backup(const fs::path& target, const fs::path& store, const BackupSecrets& secrets,
                    const std::string& passphrase) {
  LX_CHECK(secrets.store_key.size() == kStoreKeyBytes, "a store key of another size");
  std::error_code ignored;
  if (fs::exists(target, ignored)) return fail("backup.exists", {{"file", target.string()}});
  LX_TRY(const Hash256 hash, hash_of(store));
  const Bytes salt = random_bytes(crypto_pwhash_SALTBYTES);
  const Bytes nonce = random_bytes(crypto_secretbox_NONCEBYTES);
  LX_TRY(const Bytes key, key_of(passphrase, salt));
  const Bytes plain = pack_secrets(secrets, hash);
  Bytes sealed(plain.size() + crypto_secretbox_MACBYTES, '\0');
  crypto_secretbox_easy(octets(sealed), octets(BytesView(plain)), plain.size(), octets(BytesView(nonce)),
                        octets(BytesView(key)));
  const Status written = [&]() -> Status {
    LX_TRY(AppendFile out, AppendFile::open(target));
    LX_DO(
        out.append(Bytes(kMagic) + kVersion + kSuite + salt + nonce + length_bytes(sealed.size()) + sealed));
    return append_store(out, store);
  }();
  if (written.ok()) return {};
  fs::remove(target, ignored);
  return fail("backup.write", {{"file", target.string()}}, written.error().detail);
}

Result<BackupSecrets> read_backup(const fs::path& source, const fs::path& store,
                                  const std::string& passphrase) {
  std::ifstream in(source, std::ios::binary);
  if (!in) return fail("backup.read", {{"file", source.string()}}, std::strerror(errno));
  LX_TRY(Opened opened, open_seal(in, source, passphrase));
  Hasher hasher;
  {
    LX_TRY(AppendFile out, AppendFile::open(store));
    LX_DO(each_piece(in, [&](BytesView piece) {
      hasher.add(piece);
      return out.append(piece);
    }));
  }
  if (hasher.finish().bytes() != opened.hash) {
    std::error_code ignored;
    fs::remove(store, ignored);
    return fail("backup.damaged", {{"file", source.string()}});
  }
  return std::move(opened.secrets);
}

}  // namespace lianxin::sync::server::admin
