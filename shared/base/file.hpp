#pragma once
// Files that must survive a power cut: atomic replace, durable append (sync.md 10).
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace lianxin {

/// Text key of what the system said of a file, "why.no_space": for an error's argument {why}, which
/// Messages::sentence puts into words.
[[nodiscard]] std::string why_key(int error_number);

// False also where the system will not say (no right, a stick that answers with errors).
[[nodiscard]] bool is_there(const std::filesystem::path& path) noexcept;
[[nodiscard]] bool is_folder(const std::filesystem::path& path) noexcept;

/// Whether this process may write to a file or a folder that is there. Error "file.unwritable".
[[nodiscard]] Status may_write(const std::filesystem::path& path);

/// Whole file. Errors: "file.missing", "file.unreadable", "file.too_large" above `bytes_max`.
[[nodiscard]] Result<Bytes> read_file(const std::filesystem::path& path, std::uint64_t bytes_max);
/// Writes beside, fsyncs, renames over, fsyncs the folder; mode 0600. Old content stays on any failure
/// ("file.unwritable").
[[nodiscard]] Status replace_file(const std::filesystem::path& path, BytesView content);
/// Names in a folder (a file made, renamed, removed) on disk. Error "file.unwritable".
[[nodiscard]] Status sync_folder(const std::filesystem::path& folder);
/// Folder with mode 0700; what is created of it and its parents is on disk. Errors "file.no_folder",
/// "file.unwritable" (of the folder it lies in).
[[nodiscard]] Status make_private_folder(const std::filesystem::path& path);

/// Append-only file; every append is on disk (fdatasync) when it returns.
class AppendFile {
 public:
  AppendFile() = default;
  AppendFile(AppendFile&& other) noexcept;
  AppendFile& operator=(AppendFile&& other) noexcept;
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;
  ~AppendFile();
  /// Creates (0600) or opens for appending at the end.
  [[nodiscard]] static Result<AppendFile> open(const std::filesystem::path& path);
  [[nodiscard]] Status append(BytesView bytes);
  /// Cuts to `size` bytes, durable.
  [[nodiscard]] Status truncate(std::uint64_t size);
  [[nodiscard]] bool is_open() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
  std::filesystem::path path_;  ///< for what is said when it fails
};

/// One holder at a time (flock); released by the destructor or the end of the process.
class FileLock {
 public:
  FileLock() = default;
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();
  /// Errors "file.in_use" (another process holds it), "file.unwritable" (it cannot be opened or locked).
  [[nodiscard]] static Result<FileLock> take(const std::filesystem::path& path);

 private:
  int fd_ = -1;
};

}  // namespace lianxin
