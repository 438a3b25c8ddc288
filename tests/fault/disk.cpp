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

void write_whole(const fs::path& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  LX_CHECK(out.good(), "the test's own folder takes files");
}

/// Makes a file that holds `before` hold `now`.
void write_difference(const std::string& path, const std::string& before, const std::string& now) {
  constexpr std::size_t kStep = 4096;
  if (before == now) return;
  std::ofstream out(path, std::ios::binary | std::ios::in);
  for (std::size_t at = 0; at < now.size(); at += kStep) {
    const std::string_view piece = std::string_view(now).substr(at, kStep);
    if (at < before.size() && std::string_view(before).substr(at, kStep) == piece) continue;
    out.seekp(static_cast<std::streamoff>(at));
    out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
  }
  out.close();
  LX_CHECK(out.good(), "the test's own folder takes files");
  if (now.size() < before.size()) fs::resize_file(path, now.size());
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
    file->durable_version = ++versions_;
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
  if (at_every_change_) at_every_change_();
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
    file->durable_version = ++versions_;
    names_[name] = file;
    pending_names_.push_back({name, file, {}});
  } else if (emptied && file->size > 0) {
    file->pending.push_back({true, 0, {}, ++versions_});
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
    file->pending.push_back({false, place, std::string(bytes + i, n), ++versions_});
    i += n;
  }
  if (code < 0) return code;
  file->size = std::max(file->size, from + done);
  return static_cast<ssize_t>(done);
}

int Disk::before_truncate(int fd, off_t size) {
  if (const int code = before_change(); code < 0) return code;
  File& file = *open_.at(fd);
  file.pending.push_back({true, static_cast<std::uint64_t>(size), {}, ++versions_});
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
  if (!file.pending.empty()) file.durable_version = ++versions_;
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
  if (std::erase_if(pending_names_, is_there) > 0) names_version_ = ++versions_;
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
std::string Disk::surviving_bytes(const File& file) {
  const std::uint64_t mode = random_() % 5;  // nothing, a quarter, a half, three quarters, all
  std::string bytes = file.durable;
  std::set<std::uint64_t> lost;
  chosen(file.durable_version);
  for (const Piece& piece : file.pending) {
    const bool keeps = mode == 4 || random_() % 4 < mode;
    const std::uint64_t sector = piece.at / kSectorBytes;
    if (!piece.is_truncation && lost.count(sector) > 0) continue;
    if (!keeps) {
      if (!piece.is_truncation) lost.insert(sector);
      continue;
    }
    chosen(piece.number);
    if (!piece.is_truncation && random_() % 50 == 0) {
      lost.insert(sector);
      const std::size_t torn = random_() % piece.bytes.size() + 1;
      chosen(torn);
      apply(bytes, {false, piece.at, piece.bytes.substr(0, torn), 0});
    } else {
      apply(bytes, piece);
    }
  }
  return bytes;
}

Disk::Names Disk::surviving_names() {
  const std::uint64_t mode = random_() % 5;
  Names names = durable_names_;
  chosen(names_version_);
  for (std::size_t i = 0; i < pending_names_.size(); ++i) {
    const NameChange& change = pending_names_[i];
    if (mode != 4 && random_() % 4 >= mode) continue;
    chosen(i);
    if (!change.file) {
      names.erase(change.name);
      continue;
    }
    // A rename that is kept takes the old name away, if that name came to the disk at all.
    const auto old = names.find(change.from);
    if (old != names.end() && old->second == change.file) names.erase(old);
    names[change.name] = change.file;
  }
  return names;
}

/// Remembers what luck decided: equal decisions leave equal disks.
void Disk::chosen(std::uint64_t what) {
  choice_ = (choice_ ^ what) * 0x9E3779B97F4A7C15ULL ^ (choice_ >> 29);
}

bool Disk::has_pending() const {
  const auto waits = [](const auto& named) { return !named.second->pending.empty(); };
  return !pending_names_.empty() || std::any_of(names_.begin(), names_.end(), waits);
}

bool Disk::imagine_cut(const fs::path& into) {
  choice_ = 0;
  std::map<std::string, std::string> contents;
  std::map<const File*, std::string> made;
  for (const auto& [name, file] : surviving_names()) {
    const auto [at, is_new] = made.try_emplace(file.get());
    if (is_new) at->second = surviving_bytes(*file);
    contents[into.string() + name.substr(root_.native().size())] = at->second;
  }
  if (!imagined_.insert(choice_).second) return false;
  for (const auto& [name, bytes] : image_) {
    if (contents.count(name) == 0) fs::remove(name);
  }
  for (const auto& [name, bytes] : contents) {
    const auto before = image_.find(name);
    if (before == image_.end()) fs::create_directories(fs::path(name).parent_path());
    // Whoever looks at these two changes nothing in them: only what differs is written.
    const bool is_only_read = name.ends_with(".db") || name.ends_with("-wal");
    if (is_only_read && before != image_.end()) {
      write_difference(name, before->second, bytes);
    } else {
      write_whole(name, bytes);
    }
  }
  image_ = std::move(contents);
  return true;
}

/// What survived becomes what the next program finds. A file under its old name is written in place.
void Disk::write_back(const Names& names) {
  for (const auto& [name, file] : names_) {
    const auto kept = names.find(name);
    if (kept == names.end() || kept->second != file) fs::remove(name);
  }
  for (const auto& [name, file] : names)
    write_whole(name, file->durable);
  for (const auto& entry : fs::recursive_directory_iterator(root_)) {
    if (entry.path().string().ends_with("-shm")) fs::remove(entry.path());
  }
}

void Disk::lose_power() {
  LX_CHECK(open_.empty(), "nobody holds a file of a dead machine");
  const Names names = surviving_names();
  std::set<File*> lost;
  for (const auto& [name, file] : names) {
    if (!lost.insert(file.get()).second) continue;
    file->durable = surviving_bytes(*file);
    file->pending.clear();
    file->durable_version = ++versions_;
    file->size = file->durable.size();
  }
  // The disk itself must not see its own tidying up.
  the_disk = nullptr;
  write_back(names);
  the_disk = this;
  names_ = names;
  durable_names_ = names;
  pending_names_.clear();
  names_version_ = ++versions_;
  cut_at_.reset();
  is_off_ = false;
}

}  // namespace lianxin::test
