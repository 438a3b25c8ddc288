#include "sync/server/service/keys.hpp"

#include <mutex>
#include <sodium.h>

#include "shared/base/hash.hpp"
#include "shared/base/id.hpp"
#include "shared/base/sodium_start.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::string_view kCodeLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";  // 32: no I, O, 0, 1
constexpr std::size_t kCodeLength = 10;

unsigned char* raw(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

/// Two logins at once would take twice the memory.
std::mutex& password_mutex() {
  static std::mutex mutex;
  return mutex;
}

}  // namespace

KeyPair make_sign_keys() {
  start_sodium();
  KeyPair keys{Bytes(crypto_sign_PUBLICKEYBYTES, '\0'), Bytes(crypto_sign_SECRETKEYBYTES, '\0')};
  crypto_sign_keypair(raw(keys.open), raw(keys.secret));
  return keys;
}

KeyPair make_seal_keys() {
  start_sodium();
  KeyPair keys{Bytes(crypto_box_PUBLICKEYBYTES, '\0'), Bytes(crypto_box_SECRETKEYBYTES, '\0')};
  crypto_box_keypair(raw(keys.open), raw(keys.secret));
  return keys;
}

std::optional<Bytes> open_sealed(const KeyPair& keys, BytesView sealed) {
  if (sealed.size() < crypto_box_SEALBYTES || keys.open.size() != crypto_box_PUBLICKEYBYTES ||
      keys.secret.size() != crypto_box_SECRETKEYBYTES)
    return std::nullopt;
  start_sodium();
  Bytes out(sealed.size() - crypto_box_SEALBYTES, '\0');
  if (crypto_box_seal_open(reinterpret_cast<unsigned char*>(out.data()),
                           reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size(),
                           reinterpret_cast<const unsigned char*>(keys.open.data()),
                           reinterpret_cast<const unsigned char*>(keys.secret.data())) != 0)
    return std::nullopt;
  return out;
}

Result<std::string> hash_password(std::string_view password) {
  start_sodium();
  const std::lock_guard guard(password_mutex());
  std::string out(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail("server.no_memory");
  }
  out.resize(out.find('\0'));
  return out;
}

bool is_password(const std::string& hash, std::string_view password) {
  start_sodium();
  const std::lock_guard guard(password_mutex());
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

JoinCode make_join_code() {
  const Bytes random = random_bytes(kCodeLength);
  JoinCode code;
  for (const char octet : random)
    code.text += kCodeLetters[static_cast<unsigned char>(octet) % kCodeLetters.size()];
  return code;
}

JoinCode read_join_code(std::string_view typed) {
  JoinCode code;
  for (const char c : typed) {
    if (c == ' ' || c == '-') continue;
    code.text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return code;
}

Bytes join_hash(const JoinCode& code) { return Bytes(hash256(code.text, "lianxin join code").bytes()); }

}  // namespace lianxin::sync::server
