#pragma once
// Why a number is another one now (domain.md 5.12): record by record, with the change that did it. Store
// thread.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "client/report/snapshots.hpp"

namespace lianxin::client::report {

enum class Why : std::uint8_t {
  kLate,       ///< was not there then: entered, or handed in, afterwards (K9)
  kCorrected,  ///< has been changed since
  kVoided,
  kDuplicate,  ///< another record counts in its place now
  kGone,       ///< deleted, or not in the other paper
  kWent,       ///< handed over since with its member, so not held here any more: it stays counted
  kCame,       ///< came since with a member who was handed over to here: it is not counted
  kFollows     ///< is as it was; something it depends on is not (a fact that came or went is named instead)
};
/// "late", "corrected" ...: of texts "compare.<word>".
[[nodiscard]] const char* word_of(Why why);

struct Moved {
  Id record;
  std::int64_t before = 0;  ///< what it added
  std::int64_t after = 0;   ///< of what went and came with people: as before
  std::int64_t along = 0;   ///< what stays counted, or is not counted, because it went or came with people
  Why why = Why::kFollows;
  Id author;  ///< of the change that did it; nil = not known here
  ReplicaId replica;
};

struct NumberChange {
  int row = 0;
  std::string part;  ///< "" = the figure itself
  std::optional<std::int64_t> before;
  std::optional<std::int64_t> after;
  std::vector<Moved> moved;  ///< by record

  /// What records of one kind of reason changed of the sum; of kWent and kCame what they keep it from
  /// changing.
  [[nodiscard]] std::int64_t sum(Why why) const;
};

inline constexpr Why kWhys[] = {Why::kLate, Why::kCorrected, Why::kVoided, Why::kDuplicate,
                                Why::kGone, Why::kWent,      Why::kCame,   Why::kFollows};

using NameOf = std::function<std::string(const Id&)>;
/// "补报 +5（甲 +2，乙 +3），作废 -1"; `name_of` says who a worker is.
[[nodiscard]] std::string reasons_in_words(const NumberChange& change, const Messages& messages,
                                           const NameOf& name_of);
/// "231 → 238".
[[nodiscard]] std::string numbers_in_words(const NumberChange& change);

/// Numbers that are others, or whose records are. What a record's story says is looked up in `records`.
[[nodiscard]] Result<std::vector<NumberChange>> compare(store::Records& records, const Snapshot& then,
                                                        const Counting& now);

}  // namespace lianxin::client::report
