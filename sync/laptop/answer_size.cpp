#include "sync/laptop/answer_size.hpp"

#include <algorithm>

#include "sync/wire/told_size.hpp"

namespace lianxin::sync::laptop {

std::size_t told_bytes(const wire::ExchangeAnswer& answer) {
  std::size_t bytes = 0;
  for (const wire::FeedPage& page : answer.pages) {
    for (const wire::FeedEntry& entry : page.entries)
      bytes += wire::told_size(entry);
  }
  return bytes;
}

std::size_t smaller_answer_bytes(std::size_t asked) {
  return std::max(asked / 2, std::min(asked, kAnswerBytesLeast));
}

std::size_t first_answer_bytes(std::size_t remembered, std::size_t usual, std::size_t most) {
  return remembered == 0 ? usual : std::min({std::max(remembered, kAnswerBytesLeast), usual, most});
}

std::size_t next_answer_bytes(std::size_t asked, std::size_t most, const AnswerCame& came) {
  if (came.took_ms > kSlowAnswerMs) {
    return came.packed < kTellingBytes ? asked : smaller_answer_bytes(asked);
  }
  const bool is_full = came.told >= asked / 2;
  return is_full && came.took_ms <= kQuickAnswerMs ? std::max(asked, std::min(asked * 2, most)) : asked;
}

}  // namespace lianxin::sync::laptop
