#pragma once
// The source tree as data, so that every check also runs over a made-up tree with a planted fault.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::test::tidy {

struct SourceFile {
  std::string path;  ///< from the root, with '/'
  std::string text;
};

using Tree = std::vector<SourceFile>;

/// What a check found: one sentence with path and line, empty list = clean.
using Problems = std::vector<std::string>;

/// All text files of the tree below LX_SOURCE_DIR, sorted by path; build folders and dot-folders other than
/// .ci are left out.
const Tree& project();

Tree read_tree(const std::filesystem::path& root);

/// The same text with comments and the insides of string and character literals blanked; lines and columns
/// stay.
std::string code_only(std::string_view text);

/// The same text with comments blanked; literals stay.
std::string without_comments(std::string_view text);

std::vector<std::string> lines_of(std::string_view text);

bool starts_with_any(std::string_view path, const std::vector<std::string_view>& prefixes);

/// True for .hpp and .cpp.
bool is_source(const SourceFile& file);

/// Folder of a path; "" for a file at the root.
std::string folder_of(std::string_view path);

/// Fails the running doctest case once per problem.
void expect_clean(const Problems& problems);

}  // namespace lianxin::test::tidy
