#pragma once
// Files and functions fit: a file is read in one sitting, a function on one screen.
#include <string>
#include <vector>

#include "tests/tidy/source_tree.hpp"

namespace lianxin::test::tidy {

inline constexpr size_t kFileLinesMax = 499;
inline constexpr size_t kFunctionLinesMax = 70;

struct FunctionSize {
  size_t first_line;
  size_t lines;
  std::string head;  ///< the text before the opening brace, for the message
};

/// Functions of a file, found by counting braces: what stands in a function (lambdas, blocks) counts towards
/// it.
std::vector<FunctionSize> functions_of(const SourceFile& file);

Problems check_sizes(const Tree& tree);

}  // namespace lianxin::test::tidy
