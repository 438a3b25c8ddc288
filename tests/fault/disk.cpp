#include "tests/fault/disk.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <set>

#include "shared/base/check.hpp"

namespace lianxin::test {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kSectorBytes = 512;
Disk* the_disk = nullptr;

std::string read_whole(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Names of what belongs to the running program alone: SQLite's shared memory and the lock of a home.
bool is_of_the_process(std::string_view name) { return name.ends_with("-shm") || name.ends_with("/lock"); }

}  // namespace

Disk* Disk::present() { return the_disk; }

Disk::Disk(fs::path root, std::uint64_t seed) : root_(std::move(root)), random_(seed) {
  LX_CHECK(the_disk == nullptr, "one disk at a time");
  for (const auto& entry : fs::recursive_directory_iterator(root_)) {
    const std::string name = entry.path().string();
    if (!entry.is_regular_file() || is_of_the_process(name)) continue;
    auto file = std::make_shared<File>();
    file->durable = read_whole(entry.path());
    file->size = file->durable.size();
    names_[name] = file;
  }
  durable_names_ = names_;
  the_disk = this;
}

Disk::~Disk() { the_disk = nullptr; }

bool Disk::watches(const char* path) const {
  const std::string_view name(path);
  return name.starts_with(root_.native()) && !is_of_the_process(name);
}

void Disk::fail_after(Calls which, std::uint64_t calls, int error_number, std::uint64_t times) {
  const std::uint64_t now = which == Calls::kChanging ? changing_ : reading_;
  failing_ = Failing{which, now + calls, times, error_number};
  has_failed_ = false;
}

void Disk::heal() {
  failing_.reset();
  bytes_max_.reset();
}

std::uint64_t Disk::bytes() const {
  std::uint64_t sum = 0;
  for (const auto& [name, file] : names_)
    sum += file->size;
  return sum;
}

int Disk::before_change() {
  if (is_off_) return -EIO;
  ++changing_;
  if (cut_at_ && changing_ >= *cut_at_) {
    is_off_ = true;
    return -EIO;
  }
  if (failing_ && failing_->which == Calls::kChanging && changing_ >= failing_->first &&
      changing_ - failing_->first < failing_->times) {
    has_failed_ = true;
    return -failing_->error_number;
  }
  return 0;
}

int Disk::before_read() {
  if (is_off_) return -EIO;
  ++reading_;
  if (failing_ && failing_->which == Calls::kReading && reading_ >= failing_->first &&
      reading_ - failing_->first < failing_->times) {
    has_failed_ = true;
    return -failing_->error_number;
  }
  return 0;
}

int Disk::before_open(const char* /*path*/, int /*flags*/) const { return is_off_ ? -EIO : 0; }

Disk::FilePtr Disk::file_at(const std::string& name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : found->second;
}

void Disk::opened(int fd, const char* path, bool made, bool emptied) {
  const std::string name(path);
  FilePtr file = file_at(name);
  if (!file || made) {
    file = std::make_shared<File>();
    names_[name] = file;
    pending_names_.push_back({name, file, {}});
  } else if (emptied && file->size > 0) {
    file->pending.push_back({true, 0, {}});
    file->size = 0;
  }
  open_[fd] = file;
}

ssize_t Disk::before_write(int fd, const void* data, std::size_t size, std::optional<off_t> at) {
  const FilePtr file = open_.at(fd);
  const int code = before_change();
  const std::uint64_t from = at ? static_cast<std::uint64_t>(*at) : file->size;
  std::size_t done = size;
  if (code < 0) {
    // What was being written when the power failed may have come to the disk.
    if (!is_off_ || !cut_at_ || changing_ != *cut_at_) return code;
    cut_at_.reset();
  } else if (bytes_max_ && from + size > file->size) {
    const std::uint64_t others = bytes() - file->size;
    const std::uint64_t room = *bytes_max_ > others ? *bytes_max_ - others : 0;
    if (from >= room) return -ENOSPC;
    done = static_cast<std::size_t>(std::min<std::uint64_t>(size, room - from));
  }
  const char* bytes = static_cast<const char*>(data);
  for (std::size_t i = 0; i < done;) {
    const std::uint64_t place = from + i;
    const std::size_t n = std::min<std::size_t>(done - i, kSectorBytes - place % kSectorBytes);
    file->pending.push_back({false, place, std::string(bytes + i, n)});
    i += n;
  }
  if (code < 0) return code;
  file->size = std::max(file->size, from + done);
  return static_cast<ssize_t>(done);
}

int Disk::before_truncate(int fd, off_t size) {
  if (const int code = before_change(); code < 0) return code;
  File& file = *open_.at(fd);
  file.pending.push_back({true, static_cast<std::uint64_t>(size), {}});
  file.size = static_cast<std::uint64_t>(size);
  return 0;
}

int Disk::before_sync(int fd) {
  if (const int code = before_change(); code < 0) return code;
  ++syncs_;
  if (lies_) return 0;
  File& file = *open_.at(fd);
  for (const Piece& piece : file.pending)
    apply(file.durable, piece);
  file.pending.clear();
  return 0;
}

int Disk::before_sync_folder(const std::string& path) {
  if (const int code = before_change(); code < 0) return code;
  ++syncs_;
  if (lies_) return 0;
  const auto is_there = [&](const NameChange& change) {
    return fs::path(change.name).parent_path() == fs::path(path);
  };
  for (const NameChange& change : pending_names_) {
    if (!is_there(change)) continue;
    if (!change.from.empty()) durable_names_.erase(change.from);
    if (change.file) {
      durable_names_[change.name] = change.file;
    } else {
      durable_names_.erase(change.name);
    }
  }
  std::erase_if(pending_names_, is_there);
  return 0;
}

int Disk::before_rename(const char* from, const char* to) {
  if (const int code = before_change(); code < 0) return code;
  const FilePtr file = file_at(from);
  if (!file) return 0;
  names_.erase(from);
  names_[to] = file;
  pending_names_.push_back({to, file, from});
  return 0;
}

int Disk::before_unlink(const char* path) {
  if (const int code = before_change(); code < 0) return code;
  if (names_.erase(path) > 0) pending_names_.push_back({path, nullptr, {}});
  return 0;
}

void Disk::apply(std::string& bytes, const Piece& piece) {
  if (piece.is_truncation) {
    bytes.resize(piece.at, '\0');
    return;
  }
  bytes.resize(std::max<std::size_t>(bytes.size(), piece.at + piece.bytes.size()), '\0');
  bytes.replace(piece.at, piece.bytes.size(), piece.bytes);
}

/// Of each sector a prefix of what was written to it; now and then the last of them torn within.
void Disk::lose_bytes(File& file) {
  const std::uint64_t mode = random_() % 5;  // nothing, a quarter, a half, three quarters, all
  std::set<std::uint64_t> lost;
  for (Piece& piece : file.pending) {
    const bool keeps = mode == 4 || random_() % 4 < mode;
    if (piece.is_truncation) {
      if (keeps) apply(file.durable, piece);
      continue;
    }
    const std::uint64_t sector = piece.at / kSectorBytes;
    if (lost.count(sector) > 0) continue;
    if (!keeps) {
      lost.insert(sector);
      continue;
    }
    if (random_() % 50 == 0) {
      piece.bytes.resize(random_() % piece.bytes.size() + 1);
      lost.insert(sector);
    }
    apply(file.durable, piece);
  }
  file.pending.clear();
  file.size = file.durable.size();
}

void Disk::lose_names() {
  const std::uint64_t mode = random_() % 5;
  for (const NameChange& change : pending_names_) {
    if (mode != 4 && random_() % 4 >= mode) continue;
    if (change.file) {
      // A rename that is kept takes the old name away, if that name came to the disk at all.
      if (!change.from.empty()) {
        const auto old = durable_names_.find(change.from);
        if (old != durable_names_.end() && old->second == change.file) durable_names_.erase(old);
      }
      durable_names_[change.name] = change.file;
    } else {
      durable_names_.erase(change.name);
    }
  }
  pending_names_.clear();
}

/// What survived becomes what the next program finds. A file under its old name is written in place.
void Disk::write_back() {
  for (const auto& [name, file] : names_) {
    const auto kept = durable_names_.find(name);
    if (kept == durable_names_.end() || kept->second != file) fs::remove(name);
  }
  for (const auto& [name, file] : durable_names_) {
    std::ofstream out(name, std::ios::binary | std::ios::trunc);
    out.write(file->durable.data(), static_cast<std::streamsize>(file->durable.size()));
    LX_CHECK(out.good(), "the test's own folder takes files");
  }
  for (const auto& entry : fs::recursive_directory_iterator(root_)) {
    if (entry.path().string().ends_with("-shm")) fs::remove(entry.path());
  }
  names_ = durable_names_;
}

void Disk::lose_power() {
  LX_CHECK(open_.empty(), "nobody holds a file of a dead machine");
  std::set<FilePtr> files;
  for (const auto& [name, file] : names_)
    files.insert(file);
  for (const auto& [name, file] : durable_names_)
    files.insert(file);
  for (const NameChange& change : pending_names_) {
    if (change.file) files.insert(change.file);
  }
  std::vector<FilePtr> in_order(files.begin(), files.end());
  lose_names();
  for (const FilePtr& file : in_order)
    lose_bytes(*file);
  // The disk itself must not see its own tidying up.
  the_disk = nullptr;
  write_back();
  the_disk = this;
  cut_at_.reset();
  is_off_ = false;
}

}  // namespace lianxin::test
