#pragma once
// How much a laptop asks for in one answer, by how the last one came.
//
// Each answer is one transaction here, so a long first download costs less of the store in larger pieces (up
// to a third less in pieces of 8 MB than of 2 MB); but what a line loses when it is cut is the piece under
// way. Sizes are those of records as the server counts them; some 4 to 5 times less goes over the line. At 5
// KB/s (GPRS) 2 MB take a minute and a half and 256 KB eleven seconds, at 50 KB/s (3G) 2 MB take nine, and
// from 250 KB/s on they take less than two. The two limits of time lie a factor of ten apart, so that no size
// is doubled and halved in turn.
//
// Where lines are bad they are bad again tomorrow: a size below the usual is remembered between syncs, and
// half of it after an answer that never came. More than the usual is not: the next village's line is another,
// and a good one proves itself within two answers.
#include <cstddef>

#include "shared/base/clock.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::laptop {

/// Below the 8 MB that a server gives at most (wire::kAnswerBytesMax): for those it took 167 MB of memory in
/// the benchmark W4, for 6 MB 123, for 2 MB 118 (built `dev`).
inline constexpr std::size_t kAnswerBytesMost = 6 * 1024 * 1024;
static_assert(kAnswerBytesMost <= wire::kAnswerBytesMax);
inline constexpr WallMs kQuickAnswerMs = 2'000;
inline constexpr WallMs kSlowAnswerMs = 20'000;
/// Never less than so much is asked for, unless the beginning was less.
inline constexpr std::size_t kAnswerBytesLeast = 256 * 1024;
/// Packed. What is smaller waited for something else than its own octets.
inline constexpr std::uint64_t kTellingBytes = 16 * 1024;

/// How one answer came.
struct AnswerCame {
  WallMs took_ms = 0;  ///< its octets
  std::uint64_t packed = 0;
  std::size_t told = 0;  ///< as `told_bytes`
};

/// Of the pages, as the server counts them against what was asked for.
[[nodiscard]] std::size_t told_bytes(const wire::ExchangeAnswer& answer);

/// What to ask for after `asked` came so: twice as much, up to `most`, where about as much came quickly; half
/// where it took long.
[[nodiscard]] std::size_t next_answer_bytes(std::size_t asked, std::size_t most, const AnswerCame& came);

/// What to ask for after an answer that began to come and never did.
[[nodiscard]] std::size_t smaller_answer_bytes(std::size_t asked);

/// What a sync asks for first: what was remembered, up to the usual size. `remembered` = 0: nothing was.
[[nodiscard]] std::size_t first_answer_bytes(std::size_t remembered, std::size_t usual, std::size_t most);

}  // namespace lianxin::sync::laptop
