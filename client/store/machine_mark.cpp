#include "client/store/machine_mark.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shared/base/file.hpp"
#include "shared/base/hash.hpp"

namespace lianxin::client::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMarkBytesMax = 4096;

/// What this file would have to say. File number and birth time stay when a folder is moved, and are new in
/// every copy, also in one that a backup program puts back in place.
Bytes content_for(const fs::path& file, std::string_view secret) {
  struct statx about {};
  if (statx(AT_FDCWD, file.c_str(), AT_SYMLINK_NOFOLLOW, STATX_INO | STATX_BTIME, &about) != 0) return {};
  const auto machine = read_file("/etc/machine-id", kMarkBytesMax);
  Hasher hasher("lx-machine");
  hasher.add(secret).add("|").add(machine.ok() ? *machine : Bytes());
  hasher.add("|" + std::to_string(about.stx_ino));
  if ((about.stx_mask & STATX_BTIME) != 0) {
    hasher.add("|" + std::to_string(about.stx_btime.tv_sec) + "." + std::to_string(about.stx_btime.tv_nsec));
  }
  return hasher.finish().hex();
}

}  // namespace

fs::path machine_mark_file(const fs::path& home) { return home / "machine.lx"; }

Status write_machine_mark(const fs::path& home, std::string_view secret) {
  const fs::path file = machine_mark_file(home);
  const auto unwritable = [&] { return fail("file.unwritable", {{"path", file.string()}, {"why", ""}}); };
  // Its own number has to be known before its content, so it is written in place: torn, it reads as a copy.
  std::error_code ignored;
  fs::remove(file, ignored);
  const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return unwritable();
  const Bytes content = content_for(file, secret);
  const bool written =
      write(fd, content.data(), content.size()) == static_cast<ssize_t>(content.size()) && fsync(fd) == 0;
  close(fd);
  if (!written) return unwritable();
  return {};
}

bool is_marked_here(const fs::path& home, std::string_view secret) {
  const auto found = read_file(machine_mark_file(home), kMarkBytesMax);
  return found.ok() && !found->empty() && *found == content_for(machine_mark_file(home), secret);
}

}  // namespace lianxin::client::store
