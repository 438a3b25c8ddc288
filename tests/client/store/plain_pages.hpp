#pragma once
// What a database holds without its cipher, for tests that look for what should be gone.
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sqlite3.h>
#include <string>

#include "shared/base/bytes.hpp"

namespace lianxin::test {

/// Every page of a copy of the database without its cipher, free ones and write-ahead log included.
inline std::string plain_pages(const std::filesystem::path& file, BytesView key,
                               const std::filesystem::path& scratch) {
  std::filesystem::create_directories(scratch);
  const std::filesystem::path copy = scratch / "copy.db";
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::filesystem::remove(copy.string() + suffix);
    if (std::filesystem::exists(file.string() + suffix))
      std::filesystem::copy_file(file.string() + suffix, copy.string() + suffix);
  }
  // Past our own connection, which lets nobody take the cipher off.
  sqlite3* handle = nullptr;
  REQUIRE(sqlite3_open(copy.c_str(), &handle) == SQLITE_OK);
  const std::string sql = "PRAGMA cipher='aegis'; PRAGMA key=\"raw:" + to_hex(key) +
                          "\"; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE; PRAGMA rekey=''";
  const int code = sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr);
  INFO(sqlite3_errmsg(handle));
  CHECK(code == SQLITE_OK);
  sqlite3_close(handle);
  std::ifstream in(copy, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  REQUIRE(bytes.starts_with("SQLite format 3"));
  return bytes;
}

}  // namespace lianxin::test
