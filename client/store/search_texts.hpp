#pragma once
// The search texts in memory, one after the other, as a search reads them: 100,000 members take some 20 MB
// and 10 ms. Pure. One thread.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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

  // Whom texts find has a number, so that finding thousands is no work for each of them.
  /// By number, 1 = found.
  [[nodiscard]] std::vector<std::uint8_t> mark(const std::vector<std::string>& needles) const;
  [[nodiscard]] std::optional<std::size_t> number(const Id& subject) const;
  [[nodiscard]] const Id& subject(std::size_t number) const { return subjects_[number].id; }
  /// As its own text begins, in small letters; "" = it has no text of its own, or none that begins with a
  /// name. Lives until the texts change.
  [[nodiscard]] std::string_view name(std::size_t number) const;
  /// Texts that were dropped and still take room.
  [[nodiscard]] std::size_t dropped() const { return dropped_; }

 private:
  struct Line {
    Id record;
    std::uint32_t subject = 0;  ///< its number
    std::size_t end = 0;        ///< in `text_`; it begins where the one before it ends
  };
  struct Subject {
    Id id;
    std::size_t name = 0;  ///< where it begins in `text_`
    std::size_t length = 0;
  };
  std::string text_;  ///< each text with a line break after it
  std::vector<Line> lines_;
  std::vector<Subject> subjects_;
  std::unordered_map<Id, std::uint32_t> numbers_;
  std::size_t dropped_ = 0;
};

}  // namespace lianxin::client::store
