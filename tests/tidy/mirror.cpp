#include "tests/tidy/mirror.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "shared/base/text.hpp"
#include "tests/tidy/layers.hpp"

namespace lianxin::test::tidy {
namespace {

constexpr size_t kReadmeLinesMin = 5;
constexpr size_t kReadmeLinesMax = 25;
constexpr size_t kReadmeColumnsMax = 140;
/// As long as it needs: it holds the table of all rules of the sync with the tests that guard each.
constexpr std::string_view kReadmeOfAnyLength = "sync/README.md";

std::string stem_of(const std::string& path) {
  const size_t slash = path.rfind('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return name.substr(0, name.rfind('.'));
}

bool needs_test(const std::string& path) {
  return path.ends_with(".cpp") && starts_with_any(path, {"shared/", "sync/", "client/"}) &&
         !starts_with_any(path, {"client/platform/", "client/cli/"}) && stem_of(path) != "main";
}

/// The folder whose README speaks for a source: the folder of its layer's row, or a folder of tests.
std::string readme_folder(const std::string& path) {
  if (path.starts_with("tests/")) return "tests";
  std::string best = folder_of(path);
  for (const LayerRule& rule : layer_rules()) {
    if (rule.covers_below && path.starts_with(std::string(rule.folder) + "/")) best = rule.folder;
  }
  return best;
}

/// A README below the root that takes more than two minutes to read. The one at the root is for visitors.
void check_readme_length(const SourceFile& file, Problems& problems) {
  const std::vector<std::string> lines = lines_of(file.text);
  if (lines.size() > kReadmeLinesMax && file.path != kReadmeOfAnyLength)
    problems.push_back(file.path + ": " + std::to_string(lines.size()) + " lines; 10 to 25 say enough");
  for (size_t i = 0; i < lines.size(); ++i) {
    const size_t columns = code_points(lines[i]);
    if (columns <= kReadmeColumnsMax) continue;
    problems.push_back(file.path + ":" + std::to_string(i + 1) + ": " + std::to_string(columns) +
                       " characters in a line; at most " + std::to_string(kReadmeColumnsMax));
  }
}

}  // namespace

const std::vector<Untested>& untested_units() {
  static const std::vector<Untested> kTable = {
      {"client/text/make_reading_table.cpp",
       "run by the build; reading_table_test asks ICU about what it wrote"},
      {"client/ui/hooks.cpp", "exercised by every test that finds a widget by its key"},
  };
  return kTable;
}

Problems check_mirror(const Tree& tree, const std::vector<Untested>& exceptions) {
  std::set<std::string> tests;
  std::map<std::string, std::string> texts_by_folder;  // all tests of a mirrored folder
  for (const SourceFile& file : tree) {
    if (!file.path.starts_with("tests/") || !file.path.ends_with("_test.cpp")) continue;
    tests.insert(stem_of(file.path));
    texts_by_folder[folder_of(file.path)] += without_comments(file.text);
  }
  std::set<std::string> missing;
  for (const SourceFile& file : tree) {
    if (!needs_test(file.path) || tests.count(stem_of(file.path) + "_test") > 0) continue;
    const std::string include = "#include \"" + file.path.substr(0, file.path.rfind('.')) + ".hpp\"";
    if (texts_by_folder["tests/" + folder_of(file.path)].find(include) == std::string::npos)
      missing.insert(file.path);
  }
  Problems problems;
  for (const Untested& exception : exceptions) {
    if (missing.erase(std::string(exception.path)) > 0) continue;
    problems.push_back(std::string(exception.path) + ": an exception nobody needs any more");
  }
  for (const std::string& path : missing)
    problems.push_back(path + ": no test names it or includes its header");
  return problems;
}

Problems check_readmes(const Tree& tree) {
  std::map<std::string, size_t> lines;  // README.md -> length
  std::set<std::string> folders;
  Problems problems;
  for (const SourceFile& file : tree) {
    if (file.path.ends_with("/README.md")) {
      lines[file.path] = lines_of(file.text).size();
      check_readme_length(file, problems);
    }
    if (is_source(file)) folders.insert(readme_folder(file.path));
    if (starts_with_any(file.path, {"cmake/", "assets/"}))
      folders.insert(file.path.substr(0, file.path.find('/')));
  }
  for (const std::string& folder : folders) {
    const auto found = lines.find(folder + "/README.md");
    if (found == lines.end()) {
      problems.push_back(folder + ": no README.md");
    } else if (found->second < kReadmeLinesMin) {
      problems.push_back(found->first + ": " + std::to_string(found->second) + " lines; 10 to 25 say enough");
    }
  }
  return problems;
}

}  // namespace lianxin::test::tidy
