#pragma once
// Counts of this process in Prometheus' text form. Counts only: no name, no scope, no value.
#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace lianxin::sync::server::http {

/// All members are counters that may be raised from any thread.
struct Metrics {
  using Counter = std::atomic<std::uint64_t>;
  std::array<Counter, 6> answers_by_class{};  ///< by the status' first digit
  Counter bytes_in{0};                        ///< bodies
  Counter bytes_out{0};
  Counter connections{0};       ///< ever opened
  Counter connections_open{0};  ///< now
  Counter cut_slow{0};          ///< connections closed for being too slow
  Counter cut_large{0};         ///< requests refused or cut for their size
  Counter exchanges{0};         ///< pushes taken
  Counter exchanges_failed{0};  ///< pushes answered with an error
  Counter changes{0};           ///< changes that came with them
  Counter commits{0};           ///< writer transactions
  Counter turned_away{0};       ///< 503: too much to do
  Counter queued{0};            ///< waiting for the writer, now
  Counter enrolments{0};
  Counter picture_pieces_in{0};
  Counter picture_pieces_out{0};

  /// The text of GET /metrics.
  [[nodiscard]] std::string text() const;
};

}  // namespace lianxin::sync::server::http
