#include "client/store/spare_room.hpp"

#include <algorithm>
#include <sodium.h>

#include "shared/base/file.hpp"
#include "shared/base/id.hpp"
#include "shared/base/log.hpp"

namespace lianxin::client::store {

namespace fs = std::filesystem;

namespace {

/// A save with its audit writes some thirty pages of 16 KB; several in a row fit.
constexpr std::uintmax_t kSpareBytes = 2ULL * 1024 * 1024;
constexpr std::uintmax_t kSpareAboveBytes = 16ULL * 1024 * 1024;  // left free beside it

fs::path spare_file(const fs::path& home) { return home / "spare.lx"; }

std::uintmax_t held_back(const fs::path& home) {
  std::error_code none;
  const std::uintmax_t bytes = fs::file_size(spare_file(home), none);
  return none ? 0 : bytes;
}

bool is_nearly_full(const fs::path& home) {
  std::error_code why;
  const fs::space_info space = fs::space(home, why);
  return !why && space.available < kSpareAboveBytes;
}

/// Of octets as good as random, so that no file system stores it as nothing: the machine is asked for a seed
/// of them only. What no longer fits is left out.
Status fill_up(const fs::path& home, std::uintmax_t bytes) {
  LX_TRY(AppendFile file, AppendFile::open(spare_file(home)));
  const Bytes seed = random_bytes(randombytes_SEEDBYTES);
  Bytes filling(bytes - std::min(held_back(home), bytes), '\0');
  randombytes_buf_deterministic(filling.data(), filling.size(),
                                reinterpret_cast<const unsigned char*>(seed.data()));
  return file.append(filling);
}

}  // namespace

void keep_spare_room(const fs::path& home) {
  if (held_back(home) >= kSpareBytes || is_nearly_full(home)) return;
  // Without it only a full disk opens nothing.
  if (auto kept = fill_up(home, kSpareBytes); !kept.ok()) log_error("spare.failed", kept.error());
}

bool give_up_spare_room(const fs::path& home) {
  std::error_code why;
  if (!fs::remove(spare_file(home), why)) return false;
  log_event("spare.given_up");
  return true;
}

/// Never all of it: what is short says that there was no room, until there is plenty.
void take_back_spare_room(const fs::path& home) { (void)fill_up(home, kSpareBytes - 1); }

bool lacks_room(const fs::path& home) { return is_nearly_full(home) || held_back(home) < kSpareBytes; }

bool is_full_disk(const Error& error) {
  return error.code == "store.full" ||
         std::any_of(error.args.begin(), error.args.end(),
                     [](const ErrorArg& arg) { return arg.value == "why.no_space"; });
}

Error without_spare_room(const Error& error) {
  return is_full_disk(error) ? fail("store.no_spare", {}, error.detail) : error;
}

}  // namespace lianxin::client::store
