#pragma once
// Tests mirror the tree: a unit has its test, a folder its explanation.
#include <string_view>
#include <vector>

#include "tests/tidy/source_tree.hpp"

namespace lianxin::test::tidy {

/// A unit without a test, and why. An entry that is no longer needed is a problem too.
struct Untested {
  std::string_view path;
  std::string_view reason;
};

const std::vector<Untested>& untested_units();

/// Every .cpp of shared, sync and client outside platform, cli and main has a <unit>_test.cpp somewhere under
/// tests/.
Problems check_mirror(const Tree& tree, const std::vector<Untested>& exceptions);

/// Every folder with sources (or scripts, for cmake) has a README.md of at least 5 lines; sub-folders of a
/// layer may share its. Every README.md below the root has at most 25 lines (but sync/README.md) of at most
/// 140 characters.
Problems check_readmes(const Tree& tree);

}  // namespace lianxin::test::tidy
