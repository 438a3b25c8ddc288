#pragma once
// What a program is, for --version: an office that asks for help says it, and a stick from an older one is
// understood.
#include <cstdint>
#include <string>
#include <string_view>

namespace lianxin {

/// "0.1.0": of all programs alike.
[[nodiscard]] std::string_view program_version();

/// What one program reads and writes.
struct ProgramFormats {
  std::uint64_t catalogue = 0;  ///< of kinds and fields
  std::uint64_t store = 0;      ///< last step of its schema
  std::uint64_t protocol = 0;   ///< of a sync
  std::uint64_t bundle = 0;     ///< of files on a stick
  std::string engine;           ///< "SQLite 3.53.4, ..."
  bool is_encrypted = false;    ///< what that engine writes
};

}  // namespace lianxin
