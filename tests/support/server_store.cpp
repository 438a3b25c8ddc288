#include "tests/support/server_store.hpp"

#include <map>
#include <string>

#include "tests/support/postgres.hpp"

namespace lianxin::test {
namespace {

namespace fs = std::filesystem;
namespace store = sync::server::store;

/// Where the store of a file's name lies.
std::map<std::string, std::string>& places() {
  static std::map<std::string, std::string> all;
  return all;
}

Result<std::string> new_place(const fs::path& file) {
  Postgres* const postgres = Postgres::running();
  if (postgres == nullptr) return fail("store.unreachable", {{"where", "PostgreSQL"}});
  return places()[file.string()] = postgres->new_schema();
}

}  // namespace

Result<std::unique_ptr<store::Store>> open_server_store(const fs::path& file, BytesView key, bool create) {
  const bool is_file = !create && places().count(file.string()) == 0 && fs::exists(file);
  if (!is_postgres_wanted() || is_file) return store::open_sqlite_store(file, key, create);
  if (create) LX_DO(new_place(file));
  return store::open_postgres_store(places()[file.string()], file.parent_path(), key, create);
}

Status put_back(const fs::path& backup, const fs::path& file, BytesView key) {
  if (is_postgres_wanted()) {
    LX_TRY(const std::string place, new_place(file));
    { LX_TRY(const auto made, store::open_postgres_store(place, file.parent_path(), key, true)); }
    LX_TRY(const std::uint64_t rows, store::fill_postgres_store(backup, key, place));
    return rows > 0 ? Status() : Status(fail("store.missing"));
  }
  for (const char* suffix : {"", "-wal", "-shm", "-journal"})
    fs::remove(file.string() + suffix);
  fs::copy_file(backup, file);
  return {};
}

}  // namespace lianxin::test
