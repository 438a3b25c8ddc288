#pragma once
// The wrong rules of tests/sim/mutants.txt must fit the tree, or nothing would be planted.
#include "tests/tidy/source_tree.hpp"

namespace lianxin::test::tidy {

/// Each names a file of the tree, and its lines stand in it once.
Problems check_mutants(const Tree& tree);

}  // namespace lianxin::test::tidy
