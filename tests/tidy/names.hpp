#pragma once
// Words that have no place in the tree: other machines' names and paths, unfinished work, folders that say
// nothing.
#include "tests/tidy/source_tree.hpp"

namespace lianxin::test::tidy {

/// No path of the machine it was written on, no marker of unfinished work.
Problems check_words(const Tree& tree);

/// No host on the network in code, scripts or build files, except names reserved for examples and names of
/// formats.
Problems check_hosts(const Tree& tree);

/// File and folder names say what is in them, in snake_case.
Problems check_file_names(const Tree& tree);

}  // namespace lianxin::test::tidy
