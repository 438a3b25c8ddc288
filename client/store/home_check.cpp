#include "client/store/home_check.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "shared/base/file.hpp"

namespace lianxin::client::store {
namespace {

bool has_key(const HomePaths& home) {
  return is_there(home.key_file()) || is_there(home.key_file().string() + ".1");
}

}  // namespace

bool holds_work(const HomePaths& home) { return is_there(home.database()) || has_key(home); }

Status must_open(const HomePaths& home) {
  if (has_key(home)) return {};
  std::error_code why;  // a folder of somebody else looks empty
  (void)std::filesystem::status(home.key_file(), why);
  if (why == std::errc::permission_denied)
    return fail("file.unreadable", {{"path", home.folder.string()}, {"why", why_key(EACCES)}});
  return fail(holds_work(home) ? "store.keyless" : "store.missing", {{"path", home.folder.string()}});
}

void remove_database(const std::filesystem::path& file) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm", "-journal"})
    std::filesystem::remove(file.string() + suffix, ignored);
}

}  // namespace lianxin::client::store
