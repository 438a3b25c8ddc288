#pragma once
// A backup: key file and database in one file, both as encrypted as they were. Internal to this folder.
//   magic "LXBACK01" | length of the key file, 8 bytes little-endian | key file | database | BLAKE2b of all
//   before
#include <filesystem>

#include "client/store/home.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// `file` must not exist ("store.exists"); appears whole or not at all. Errors also "file.unwritable".
[[nodiscard]] Status write_backup(const HomePaths& home, lianxin::store::Database& database,
                                  const std::filesystem::path& file);
/// Into a home without a store. Errors "store.exists", "backup.malformed", "file.*". Nothing is left behind
/// when it fails.
[[nodiscard]] Status unpack_backup(const std::filesystem::path& file, const HomePaths& home);

}  // namespace lianxin::client::store
