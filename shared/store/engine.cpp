#include "shared/store/engine.hpp"

#include <sqlite3.h>

namespace lianxin::store {
namespace {

#if defined(LX_SQLCIPHER)
constexpr const char* kCipher = "SQLCipher, AES-256";
#elif defined(LX_PLAIN_SQLITE)
constexpr const char* kCipher = "";
#else
constexpr const char* kCipher = "Multiple Ciphers, AEGIS-256";
#endif

}  // namespace

std::string engine_name() {
  std::string name = std::string("SQLite ") + sqlite3_libversion();
  if (engine_encrypts()) name += std::string(", ") + kCipher;
  return name;
}

bool engine_encrypts() { return *kCipher != '\0'; }

}  // namespace lianxin::store
