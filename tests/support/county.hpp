#pragma once
// A county for stories: a real server and real laptops over TLS on loopback, driven by their command
// lines.
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/process.hpp"

namespace lianxin::test {

using Json = nlohmann::json;

/// What a command said: its JSON (or JSON lines as an array) when it ended well.
struct Said {
  int exit_code = -1;
  Json json;
  std::string out;
  std::string err;
};

class County;

/// One laptop's folder.
class Laptop {
 public:
  Laptop(std::filesystem::path home, std::string name) : home_(std::move(home)), name_(std::move(name)) {}
  /// Runs lianxinctl --home ... --json with these words; fails the test unless it exits with 0.
  Json ctl(const std::vector<std::string>& words, const Environment& env = {}) const;
  /// The same without judging.
  [[nodiscard]] Said try_ctl(const std::vector<std::string>& words, const Environment& env = {}) const;
  /// What people read of the same command, in Chinese.
  [[nodiscard]] std::string text(const std::vector<std::string>& words) const;
  [[nodiscard]] std::vector<std::string> words(const std::vector<std::string>& rest) const;
  [[nodiscard]] const std::filesystem::path& home() const { return home_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string dump() const;

 private:
  std::filesystem::path home_;
  std::string name_;
};

class County {
 public:
  /// init, divisions of the sample county, serve on a free port.
  County();
  ~County();
  County(const County&) = delete;
  County& operator=(const County&) = delete;

  /// A worker with a grant on `scope` and an enrolled laptop.
  Laptop laptop(const std::string& worker_name, const std::string& role, const std::string& scope);
  /// A further laptop of an existing worker.
  Laptop laptop_of(const std::string& worker_id, const std::string& name);
  Json server(const std::vector<std::string>& words) const;
  [[nodiscard]] Said try_server(const std::vector<std::string>& words) const;
  [[nodiscard]] std::string worker_id(const std::string& name) const;
  /// "--scope" CODE, "--worker" ID.
  [[nodiscard]] std::string dump(const std::vector<std::string>& options) const;

  void start(const Environment& env = {});
  /// SIGTERM and wait; the exit code.
  int stop();
  /// The server's folder is lost; it is put back from a backup, with the lists of the lost folder or without.
  void put_back(const std::filesystem::path& backup, bool with_lists);
  /// SIGKILL.
  void kill();
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
  [[nodiscard]] std::filesystem::path data() const { return folder_.path() / "server"; }
  [[nodiscard]] int port() const { return port_; }

  /// Syncs all until nothing moves (at most three rounds), then checks: every dump is byte-equal to the
  /// server's for its worker, every verify is fine, nothing is unsent.
  void settle(const std::vector<Laptop*>& laptops);

 private:
  TempFolder folder_;
  std::unique_ptr<Background> process_;
  int port_ = 0;
  std::map<std::string, std::string> workers_;
};

inline constexpr const char* kPassphrase = "lianxin-test-passphrase";
inline constexpr const char* kSanhe = "220622101200";  ///< 三合村

}  // namespace lianxin::test
