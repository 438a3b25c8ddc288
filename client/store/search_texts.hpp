#pragma once
// The search texts in memory, one after the other, as a search reads them: 100,000 members take some 20 MB
// and 10 ms. Pure. One thread.
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "shared/base/id.hpp"

namespace lianxin::client::store {

class SearchTexts {
 public:
  /// A record that is not in here, whom its text finds, and the text.
  void add(const Id& record, const Id& subject, std::string_view text);
  void drop(const std::unordered_set<Id>& records);
  void clear();
  /// Whom a text with one of these pieces finds: sorted, each once.
  [[nodiscard]] std::vector<Id> find(const std::vector<std::string>& needles) const;
  /// Texts that were dropped and still take room.
  [[nodiscard]] std::size_t dropped() const { return dropped_; }

 private:
  struct Line {
    Id record;
    Id subject;
    std::size_t end = 0;  ///< in `text_`; it begins where the one before it ends
  };
  std::string text_;  ///< each text with a line break after it
  std::vector<Line> lines_;
  std::size_t dropped_ = 0;
};

}  // namespace lianxin::client::store
