#pragma once
// Lists of administrative divisions, as the statistics publish them: code, name, level, parent
// (assets/divisions). Codes are names of the day, never identity (domain.md 2.13).
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "shared/base/encoding.hpp"
#include "shared/base/result.hpp"

namespace lianxin::domain {

struct Division {
  std::string code;  ///< 6 digits of a county, 9 of a township, 12 of a village
  std::string name;
  std::string level;   ///< a code of list `org_kind`
  std::string parent;  ///< code, or "" at the top of the file
};

/// Reads a list line by line from pieces of any size, so that the country's 620,573 villages need no second
/// copy in memory. In any encoding of shared/base/encoding.hpp, as its beginning shows; between fields commas
/// or, as spreadsheets save Unicode text, tabs; fields may stand in double quotes. One thread.
class DivisionReader {
 public:
  using Take = std::function<Status(Division&&)>;
  /// Whether a code that does not stand in the list is known already: a list of additions names its parents.
  using IsKnown = std::function<Result<bool>(std::string_view code)>;
  explicit DivisionReader(Take take, IsKnown is_known = {})
      : take_(std::move(take)), is_known_(std::move(is_known)) {}

  /// Errors, each with {line}: "division.heading", "division.encoding", "division.too_long",
  /// "division.columns", "division.code", "division.name", "division.level", "division.twice",
  /// "division.parent" (neither above it in the list nor known); and what `take` says. After an error the
  /// reader is of no more use.
  [[nodiscard]] Status feed(std::string_view piece);
  /// The last line may lack its line end. Errors as of feed(), also when there was no heading at all.
  [[nodiscard]] Status finish();

 private:
  /// Once the beginning is here: its encoding, and its lines.
  [[nodiscard]] Status begin(bool is_whole);
  [[nodiscard]] Status decoded(std::string_view piece);
  [[nodiscard]] Status lines(std::string_view text);
  [[nodiscard]] Status line(std::string_view text);
  [[nodiscard]] Status heading(std::string_view text);
  [[nodiscard]] Status check(const Division& division) const;
  [[nodiscard]] Error malformed(std::string_view code) const;

  Take take_;
  IsKnown is_known_;
  std::string beginning_;  ///< until the encoding is known
  std::optional<TextDecoder> decoder_;
  std::string rest_;  ///< begun, not ended line
  char between_ = ',';
  std::size_t line_ = 0;
  bool has_heading_ = false;
  /// Codes seen, packed as numbers: 620,573 strings would be 40 MB.
  std::unordered_set<std::uint64_t> seen_;
};

}  // namespace lianxin::domain
