#pragma once
// Reads code lists from their files (format at the head of assets/codes/national.tsv).
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/domain/codes.hpp"

namespace lianxin::domain {

/// One list with the ways to write each of its codes.
struct CodeList {
  std::vector<Code> codes;
  std::unordered_map<std::string, std::size_t> by_word;  ///< plain word -> place in `codes`
};
using CodeLists = std::unordered_map<std::string, CodeList>;

/// A word as it is compared: half-width, without blanks, ASCII in lower case.
[[nodiscard]] std::string plain_code_word(std::string_view text);
/// Adds the lists of one file. Errors "codes.malformed" {line, why}: a list or word that stands twice, a
/// short row.
[[nodiscard]] Status read_code_lists(std::string_view tsv, CodeLists& into);

}  // namespace lianxin::domain
