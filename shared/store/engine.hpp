#pragma once
// Which database engine the programs were built with.
#include <string>

namespace lianxin::store {

/// "SQLite 3.53.4, Multiple Ciphers, AEGIS-256".
[[nodiscard]] std::string engine_name();
/// False only for a build with the system's SQLite, which is for development.
[[nodiscard]] bool engine_encrypts();

}  // namespace lianxin::store
