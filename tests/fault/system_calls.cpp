// The calls by which a program changes files, taken before the C library's: what concerns the present Disk
// asks it first, everything else goes through. Linked into the fault tests only.
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <dlfcn.h>
#include <fcntl.h>
#include <map>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/fault/disk.hpp"

namespace {

using lianxin::test::Disk;

template <class Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

int failed(int code) {
  errno = -code;
  return -1;
}

/// Folders opened in order to be synced.
std::map<int, std::string>& folders() {
  static std::map<int, std::string> open;
  return open;
}

int open_here(const char* name, const char* path, int flags, mode_t mode) {
  static const auto kOpen = real<int (*)(const char*, int, ...)>(name);
  Disk* disk = Disk::present();
  if (disk == nullptr || !disk->watches(path)) return kOpen(path, flags, mode);
  if (const int code = disk->before_open(path, flags); code < 0) return failed(code);
  const bool existed = access(path, F_OK) == 0;
  const int fd = kOpen(path, flags, mode);
  if (fd < 0) return fd;
  struct stat about {};
  if (fstat(fd, &about) == 0 && S_ISDIR(about.st_mode)) {
    folders()[fd] = path;
  } else {
    disk->opened(fd, path, !existed, (flags & O_TRUNC) != 0);
  }
  return fd;
}

ssize_t write_here(const char* name, int fd, const void* data, size_t size, off_t at) {
  static const auto kWrite = real<ssize_t (*)(int, const void*, size_t, off_t)>(name);
  Disk* disk = Disk::present();
  if (disk == nullptr || !disk->watches(fd)) return kWrite(fd, data, size, at);
  const ssize_t done = disk->before_write(fd, data, size, at);
  return done < 0 ? failed(static_cast<int>(done)) : kWrite(fd, data, static_cast<size_t>(done), at);
}

ssize_t read_here(const char* name, int fd, void* data, size_t size, off_t at) {
  static const auto kRead = real<ssize_t (*)(int, void*, size_t, off_t)>(name);
  Disk* disk = Disk::present();
  if (disk == nullptr || !disk->watches(fd)) return kRead(fd, data, size, at);
  const int code = disk->before_read();
  return code < 0 ? failed(code) : kRead(fd, data, size, at);
}

int truncate_here(const char* name, int fd, off_t size) {
  static const auto kTruncate = real<int (*)(int, off_t)>(name);
  Disk* disk = Disk::present();
  if (disk == nullptr || !disk->watches(fd)) return kTruncate(fd, size);
  const int code = disk->before_truncate(fd, size);
  return code < 0 ? failed(code) : kTruncate(fd, size);
}

/// Nothing has to reach the real disk: what is durable, the Disk remembers; and what lies elsewhere is thrown
/// away with the test.
int sync_here(const char* name, int fd) {
  Disk* disk = Disk::present();
  if (disk != nullptr && disk->watches(fd)) {
    const int code = disk->before_sync(fd);
    return code < 0 ? failed(code) : 0;
  }
  const auto folder = folders().find(fd);
  if (disk != nullptr && folder != folders().end()) {
    const int code = disk->before_sync_folder(folder->second);
    return code < 0 ? failed(code) : 0;
  }
  return disk != nullptr ? 0 : real<int (*)(int)>(name)(fd);
}

int remove_here(const char* name, const char* path) {
  const auto remove = real<int (*)(const char*)>(name);
  Disk* disk = Disk::present();
  if (disk == nullptr || !disk->watches(path) || access(path, F_OK) != 0) return remove(path);
  const int code = disk->before_unlink(path);
  return code < 0 ? failed(code) : remove(path);
}

mode_t mode_of(int flags, va_list rest) { return (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0; }

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return open_here("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = mode_of(flags, rest);
  va_end(rest);
  return open_here("open64", path, flags, mode);
}

int close(int fd) {
  if (Disk* disk = Disk::present(); disk != nullptr) {
    disk->closed(fd);
    folders().erase(fd);
  }
  static const auto kClose = real<int (*)(int)>("close");
  return kClose(fd);
}

ssize_t write(int fd, const void* data, size_t size) {
  static const auto kWrite = real<ssize_t (*)(int, const void*, size_t)>("write");
  Disk* disk = Disk::present();
  if (disk == nullptr || !disk->watches(fd)) return kWrite(fd, data, size);
  std::optional<off_t> at;
  if ((fcntl(fd, F_GETFL) & O_APPEND) == 0) at = lseek(fd, 0, SEEK_CUR);
  const ssize_t done = disk->before_write(fd, data, size, at);
  return done < 0 ? failed(static_cast<int>(done)) : kWrite(fd, data, static_cast<size_t>(done));
}

ssize_t pwrite(int fd, const void* data, size_t size, off_t at) {
  return write_here("pwrite", fd, data, size, at);
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t at) {
  return write_here("pwrite64", fd, data, size, at);
}

ssize_t read(int fd, void* data, size_t size) {
  static const auto kRead = real<ssize_t (*)(int, void*, size_t)>("read");
  Disk* disk = Disk::present();
  if (disk == nullptr || !disk->watches(fd)) return kRead(fd, data, size);
  const int code = disk->before_read();
  return code < 0 ? failed(code) : kRead(fd, data, size);
}

ssize_t pread(int fd, void* data, size_t size, off_t at) { return read_here("pread", fd, data, size, at); }
ssize_t pread64(int fd, void* data, size_t size, off64_t at) {
  return read_here("pread64", fd, data, size, at);
}

int ftruncate(int fd, off_t size) noexcept { return truncate_here("ftruncate", fd, size); }
int ftruncate64(int fd, off64_t size) noexcept { return truncate_here("ftruncate64", fd, size); }

int fsync(int fd) { return sync_here("fsync", fd); }
int fdatasync(int fd) { return sync_here("fdatasync", fd); }

int rename(const char* from, const char* to) noexcept {
  static const auto kRename = real<int (*)(const char*, const char*)>("rename");
  Disk* disk = Disk::present();
  if (disk == nullptr || !disk->watches(from)) return kRename(from, to);
  const int code = disk->before_rename(from, to);
  return code < 0 ? failed(code) : kRename(from, to);
}

int unlink(const char* path) noexcept { return remove_here("unlink", path); }
int remove(const char* path) noexcept { return remove_here("remove", path); }
}
