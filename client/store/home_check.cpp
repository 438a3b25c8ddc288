#include "client/store/home_check.hpp"

#include "shared/base/file.hpp"

namespace lianxin::client::store {
namespace {

bool has_key(const HomePaths& home) {
  return is_there(home.key_file()) || is_there(home.key_file().string() + ".1");
}

}  // namespace

std::filesystem::path spare_file(const std::filesystem::path& folder) { return folder / "spare.lx"; }

bool lacks_room(const std::filesystem::path& folder) {
  return is_nearly_full(folder) || !is_there(spare_file(folder));
}

bool is_nearly_full(const std::filesystem::path& folder) {
  constexpr std::uintmax_t kLeastBytes = 16ULL * 1024 * 1024;
  std::error_code why;
  const std::filesystem::space_info space = std::filesystem::space(folder, why);
  return !why && space.available < kLeastBytes;
}

bool holds_work(const HomePaths& home) { return is_there(home.database()) || has_key(home); }

Status must_open(const HomePaths& home) {
  if (has_key(home)) return {};
  return fail(holds_work(home) ? "store.keyless" : "store.missing", {{"path", home.folder.string()}});
}

}  // namespace lianxin::client::store
