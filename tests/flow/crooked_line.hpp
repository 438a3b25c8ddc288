#pragma once
// A line between laptop and server that delays, stalls, cuts and flips bits: a proxy on loopback that knows
// nothing of what it carries.
#include <atomic>
#include <cstdint>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace lianxin::test {

/// What befalls one connection, at an octet of one direction.
struct Mishap {
  enum class Kind : std::uint8_t { kNone, kDelay, kStall, kCut, kFlip };
  Kind kind = Kind::kNone;
  bool upwards = true;         ///< counted in what the laptop sends, else in what the server answers
  std::uint64_t at_octet = 0;  ///< the first that it touches
  int wait_ms = 0;             ///< kDelay: before every piece; kStall: once, then it goes on
  int bit = 0;                 ///< kFlip
};

class CrookedLine {
 public:
  /// Listens on a free port; everything goes on to `to_port` of this machine.
  explicit CrookedLine(int to_port);
  ~CrookedLine();
  CrookedLine(const CrookedLine&) = delete;
  CrookedLine& operator=(const CrookedLine&) = delete;

  /// For the connections from now on.
  void set(const Mishap& mishap);
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + std::to_string(port_); }
  /// Octets of the longest connection so far, laptop to server and back.
  [[nodiscard]] std::uint64_t longest_up() const { return longest_up_; }
  [[nodiscard]] std::uint64_t longest_down() const { return longest_down_; }

 private:
  void accept_all();
  void carry(int laptop, Mishap mishap);

  int listener_ = -1;
  int port_ = 0;
  int to_port_ = 0;
  std::atomic<bool> ends_{false};
  std::atomic<std::uint64_t> longest_up_{0};
  std::atomic<std::uint64_t> longest_down_{0};
  std::mutex mutex_;
  Mishap mishap_;
  std::vector<std::thread> carriers_;
  std::thread acceptor_;
};

}  // namespace lianxin::test
