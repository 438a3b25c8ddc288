#include "shared/base/file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace lianxin {
namespace {

namespace fs = std::filesystem;

Error failed(std::string_view code, const fs::path& path) {
  const int number = errno;
  return fail(code, {{"path", path.string()}, {"why", why_key(number)}}, "errno " + std::to_string(number));
}

/// Closes when it goes; `release` hands the descriptor on.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

bool write_all(int fd, BytesView bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

Error not_a_file(std::string_view code, const fs::path& path, mode_t mode) {
  return fail(code, {{"path", path.string()}, {"why", S_ISDIR(mode) ? "why.is_folder" : "why.not_a_file"}});
}

Error too_large(const fs::path& path, std::uint64_t bytes_max) {
  constexpr std::uint64_t kMegabyte = 1024 * 1024;
  const bool is_small = bytes_max < kMegabyte;
  const std::string limit = is_small ? std::to_string((bytes_max + 1023) / 1024) + " KB"
                                     : std::to_string(bytes_max / kMegabyte) + " MB";
  return fail("file.too_large", {{"path", path.string()}, {"limit", limit}});
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

}  // namespace

std::string why_key(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      return "why.no_space";
    case EACCES:
    case EPERM:
      return "why.not_allowed";
    case EROFS:
      return "why.read_only";
    case ENOENT:
      return "why.not_there";
    case ENOTDIR:
      return "why.no_folder";
    case EISDIR:
      return "why.is_folder";
    case EEXIST:
      return "why.is_there";
    case ENAMETOOLONG:
      return "why.name_too_long";
    case EMFILE:
    case ENFILE:
      return "why.too_many_open";
    case EBUSY:
    case ETXTBSY:
      return "why.busy";
    case EIO:
      return "why.disk";
    default:
      return "why.other";
  }
}

bool is_there(const fs::path& path) noexcept {
  std::error_code unknown;
  return fs::exists(path, unknown);
}

bool is_folder(const fs::path& path) noexcept {
  std::error_code unknown;
  return fs::is_directory(path, unknown);
}

Status may_write(const fs::path& path) {
  if (access(path.c_str(), R_OK | W_OK) == 0) return {};
  return failed("file.unwritable", path);
}

Status sync_folder(const fs::path& folder) {
  const Descriptor fd(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0 || fsync(fd.get()) != 0) return failed("file.unwritable", folder);
  return {};
}

Result<Bytes> read_file(const fs::path& path, std::uint64_t bytes_max) {
  const Descriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (fd.get() < 0) return failed(errno == ENOENT ? "file.missing" : "file.unreadable", path);
  struct stat about {};
  if (fstat(fd.get(), &about) != 0) return failed("file.unreadable", path);
  if (!S_ISREG(about.st_mode)) return not_a_file("file.unreadable", path, about.st_mode);
  if (static_cast<std::uint64_t>(about.st_size) > bytes_max) return too_large(path, bytes_max);
  Bytes content;
  char buffer[65536];
  for (;;) {
    const ssize_t n = read(fd.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed("file.unreadable", path);
    if (n == 0) return content;
    content.append(buffer, static_cast<std::size_t>(n));
    if (content.size() > bytes_max) return too_large(path, bytes_max);
  }
}

Status replace_file(const fs::path& named, BytesView content) {
  struct stat about {};
  const bool is_named = stat(named.c_str(), &about) == 0;
  if (is_named && !S_ISREG(about.st_mode)) return not_a_file("file.unwritable", named, about.st_mode);
  // What a link points to is replaced, not the link.
  std::error_code unknown;
  const fs::path target = is_named ? fs::canonical(named, unknown) : named;
  const fs::path& path = unknown ? named : target;
  const fs::path beside = path.string() + ".lianxin-new";
  unlink(beside.c_str());  // of a write that was cut; whatever else is in the way is refused
  Descriptor fd(open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (fd.get() < 0) return failed("file.unwritable", path);
  const bool written = write_all(fd.get(), content) && fsync(fd.get()) == 0 && close(fd.release()) == 0;
  if (!written || rename(beside.c_str(), path.c_str()) != 0) {
    Error error = failed("file.unwritable", path);
    unlink(beside.c_str());
    return error;
  }
  return sync_folder(folder_of(path));
}

Status make_private_folder(const fs::path& path) {
  std::error_code why;
  const bool existed = is_folder(path);
  std::vector<fs::path> changed;
  for (fs::path at = path; !is_there(at) && folder_of(at) != at; at = folder_of(at))
    changed.push_back(folder_of(at));
  fs::create_directories(path, why);
  if (!is_folder(path))
    return fail("file.no_folder", {{"path", path.string()}, {"why", why_key(why.value())}});
  if (!existed) fs::permissions(path, fs::perms::owner_all, why);
  if (why) return fail("file.no_folder", {{"path", path.string()}, {"why", why_key(why.value())}});
  for (const fs::path& folder : changed)
    LX_DO(sync_folder(folder));
  return {};
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), path_(std::move(other.path_)) {}

AppendFile& AppendFile::operator=(AppendFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(path_, other.path_);
  return *this;
}

AppendFile::~AppendFile() {
  if (fd_ >= 0) close(fd_);
}

Result<AppendFile> AppendFile::open(const fs::path& path) {
  const bool existed = is_there(path);
  AppendFile file;
  file.path_ = path;
  file.fd_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file.fd_ < 0) return failed("file.unwritable", path);
  if (!existed) LX_DO(sync_folder(folder_of(path)));
  return file;
}

Status AppendFile::append(BytesView bytes) {
  if (!write_all(fd_, bytes) || fdatasync(fd_) != 0) return failed("file.unwritable", path_);
  return {};
}

Status AppendFile::truncate(std::uint64_t size) {
  if (ftruncate(fd_, static_cast<off_t>(size)) != 0 || fdatasync(fd_) != 0)
    return failed("file.unwritable", path_);
  return {};
}

FileLock::FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

FileLock::~FileLock() {
  if (fd_ >= 0) close(fd_);
}

Result<FileLock> FileLock::take(const fs::path& path) {
  FileLock lock;
  lock.fd_ = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock.fd_ < 0) return failed("file.unwritable", path);
  if (flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return failed("file.unwritable", path);
    return fail("file.in_use", {{"path", path.string()}});
  }
  return lock;
}

}  // namespace lianxin
