#pragma once
// A disk that can lose power, fail and fill up, below one folder. Every system call by which this program
// changes a file there passes through it (system_calls.cpp): SQLite's, the journal's, the head mark's and the
// key file's alike, so that the order between the files is tried as well. The bytes lie in real files; the
// disk remembers beside them what is durable and what a cut may still take.
//
// The model of a cut: bytes not yet synced survive by sectors of 512, each sector with a prefix of what was
// written to it; names (made, renamed, removed) survive one by one until their folder is synced. A sync of a
// file says nothing about its name. One disk at a time, one thread.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <sys/types.h>
#include <vector>

namespace lianxin::test {

class Disk {
 public:
  /// Calls that can be told to fail; reads are counted apart.
  enum class Calls : std::uint8_t { kChanging, kReading };

  /// What is below `root` now is durable.
  Disk(std::filesystem::path root, std::uint64_t seed);
  ~Disk();
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  /// Changing calls so far.
  [[nodiscard]] std::uint64_t changing_calls() const { return changing_; }
  [[nodiscard]] std::uint64_t reading_calls() const { return reading_; }
  [[nodiscard]] std::uint64_t syncs() const { return syncs_; }

  /// The power fails at that many changing calls from now (1 = the next): it and all after it fail.
  void cut_after(std::uint64_t calls) { cut_at_ = changing_ + calls; }
  [[nodiscard]] bool is_off() const { return is_off_; }
  /// The power fails now if it has not yet, and what is not durable is lost at random. All files must be
  /// closed.
  void lose_power();
  /// What a cut right now might leave, put into another folder (always the same one, in which a
  /// database and its log are only read); this disk goes on. False = luck left the same
  /// as an earlier time since `forget_imagined`: nothing is written.
  [[nodiscard]] bool imagine_cut(const std::filesystem::path& into);
  void forget_imagined() { imagined_.clear(); }
  /// Something is not durable: two cuts right now may differ.
  [[nodiscard]] bool has_pending() const;
  /// Called before each changing call.
  void at_every_change(std::function<void()> what) { at_every_change_ = std::move(what); }

  /// The call that many calls from now fails with this number, and as many after it as `times` says.
  void fail_after(Calls which, std::uint64_t calls, int error_number, std::uint64_t times = 1);
  /// The call of fail_after has come.
  [[nodiscard]] bool has_failed() const { return has_failed_; }
  void heal();
  /// Bytes of all files together; beyond it "no space left". nullopt = no end.
  void limit_bytes(std::optional<std::uint64_t> bytes) { bytes_max_ = bytes; }
  [[nodiscard]] std::uint64_t bytes() const;
  /// A disk that says a sync is done and does nothing: for proving that the tests would notice.
  void lie_about_syncs(bool yes) { lies_ = yes; }

  // What system_calls.cpp asks. A negative answer of `before_*` is minus the error number.
  static Disk* present();
  [[nodiscard]] bool watches(const char* path) const;
  [[nodiscard]] bool watches(int fd) const { return open_.count(fd) > 0; }
  [[nodiscard]] int before_open(const char* path, int flags) const;
  void opened(int fd, const char* path, bool made, bool emptied);
  void closed(int fd) { open_.erase(fd); }
  [[nodiscard]] int before_read();
  /// How much of a write is done, or minus the error number; `at` nullopt = the end of the file.
  ssize_t before_write(int fd, const void* data, std::size_t size, std::optional<off_t> at);
  [[nodiscard]] int before_truncate(int fd, off_t size);
  [[nodiscard]] int before_sync(int fd);
  [[nodiscard]] int before_sync_folder(const std::string& path);
  [[nodiscard]] int before_rename(const char* from, const char* to);
  [[nodiscard]] int before_unlink(const char* path);

 private:
  struct Piece {
    bool is_truncation = false;
    std::uint64_t at = 0;
    std::string bytes;
    std::uint64_t number = 0;
  };
  struct File {
    std::string durable;
    std::uint64_t durable_version = 0;
    std::vector<Piece> pending;
    std::uint64_t size = 0;  ///< as the program sees it
  };
  using FilePtr = std::shared_ptr<File>;
  using Names = std::map<std::string, FilePtr>;
  struct NameChange {
    std::string name;
    FilePtr file;  ///< nullptr = removed
    std::string from;
  };

  [[nodiscard]] int before_change();
  [[nodiscard]] FilePtr file_at(const std::string& name) const;
  static void apply(std::string& bytes, const Piece& piece);
  void chosen(std::uint64_t what);
  [[nodiscard]] std::string surviving_bytes(const File& file);
  [[nodiscard]] Names surviving_names();
  void write_back(const Names& names);

  std::filesystem::path root_;
  std::mt19937_64 random_;
  Names names_;          ///< as the program sees them
  Names durable_names_;  ///< as a cut leaves them
  std::vector<NameChange> pending_names_;
  std::map<int, FilePtr> open_;
  std::uint64_t changing_ = 0;
  std::uint64_t reading_ = 0;
  std::uint64_t syncs_ = 0;
  std::optional<std::uint64_t> cut_at_;
  bool is_off_ = false;
  struct Failing {
    Calls which = Calls::kChanging;
    std::uint64_t first = 0;
    std::uint64_t times = 0;
    int error_number = 0;
  };
  std::optional<Failing> failing_;
  bool has_failed_ = false;
  std::optional<std::uint64_t> bytes_max_;
  bool lies_ = false;
  std::uint64_t versions_ = 0;
  std::uint64_t names_version_ = 0;
  std::uint64_t choice_ = 0;
  std::set<std::uint64_t> imagined_;
  std::map<std::string, std::string> image_;  ///< what the last imagined cut left, by path
  std::function<void()> at_every_change_;
};

}  // namespace lianxin::test
