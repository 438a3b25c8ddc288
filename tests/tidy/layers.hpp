#pragma once
// Which folder may include which, and which library's headers: the architecture as data.
#include <string_view>
#include <vector>

#include "tests/tidy/source_tree.hpp"

namespace lianxin::test::tidy {

/// A row covers its folder and, unless it is a root of composition (main.cpp), the folders below that have no
/// row of their own.
struct LayerRule {
  std::string_view folder;
  std::vector<std::string_view> may_include;   ///< rows' folders, or single files
  std::vector<std::string_view> may_use = {};  ///< names out of the table of guarded libraries
  bool covers_below = true;
};

const std::vector<LayerRule>& layer_rules();

Problems check_layers(const Tree& tree);
/// Rights of the table that no file makes use of: the table says what is, not what might be.
Problems check_rights(const Tree& tree);

}  // namespace lianxin::test::tidy
