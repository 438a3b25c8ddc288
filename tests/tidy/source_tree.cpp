#include "tests/tidy/source_tree.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>
#include <set>

namespace lianxin::test::tidy {
namespace {

namespace fs = std::filesystem;

enum class Keep { kNothing, kLiterals };

/// One pass over C++ text that blanks what is not code. Newlines always stay, so line numbers hold.
class Blanker {
 public:
  Blanker(std::string_view text, Keep keep) : text_(text), out_(text), keep_(keep) {}

  std::string run() {
    while (at_ < text_.size())
      step();
    return std::move(out_);
  }

 private:
  void step() {
    if (starts("//")) return blank_until("\n", 0);
    if (starts("/*")) return blank_until("*/", 2);
    if (starts("R\"") && !word_before()) return raw_string();
    if (text_[at_] == '"') return literal('"');
    if (text_[at_] == '\'' && !is_digit_separator()) return literal('\'');
    ++at_;
  }

  [[nodiscard]] bool starts(std::string_view what) const { return text_.substr(at_, what.size()) == what; }
  [[nodiscard]] bool word_before() const {
    return at_ > 0 &&
           (std::isalnum(static_cast<unsigned char>(text_[at_ - 1])) != 0 || text_[at_ - 1] == '_');
  }
  [[nodiscard]] bool is_digit_separator() const {
    return at_ > 0 && at_ + 1 < text_.size() &&
           std::isxdigit(static_cast<unsigned char>(text_[at_ - 1])) != 0 &&
           std::isxdigit(static_cast<unsigned char>(text_[at_ + 1])) != 0;
  }

  void blank(size_t from, size_t to) {
    for (size_t i = from; i < to; ++i) {
      if (out_[i] != '\n') out_[i] = ' ';
    }
  }
  void blank_until(std::string_view end, size_t end_length) {
    const size_t found = text_.find(end, at_ + end_length);
    const size_t to = found == std::string_view::npos ? text_.size() : found + end_length;
    blank(at_, to);
    at_ = to;
  }
  void raw_string() {
    const size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) {
      at_ = text_.size();
      return;
    }
    const std::string end = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
    const size_t close = text_.find(end, open);
    const size_t to = close == std::string_view::npos ? text_.size() : close;
    if (keep_ == Keep::kNothing) blank(at_ + 2, to);
    at_ = std::min(text_.size(), to + end.size());
    if (keep_ == Keep::kNothing) blank(to, at_ - 1);
  }
  void literal(char quote) {
    size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n')
      end += text_[end] == '\\' ? 2 : 1;
    end = std::min(end, text_.size());
    if (keep_ == Keep::kNothing) blank(at_ + 1, end);
    at_ = std::min(end + 1, text_.size());
  }

  std::string_view text_;
  std::string out_;
  Keep keep_;
  size_t at_ = 0;
};

bool is_text_file(const fs::path& path) {
  static const std::set<std::string> kEndings = {".hpp", ".cpp", ".txt",  ".md", ".cmake",  ".sh",
                                                 ".sql", ".csv", ".json", ".in", ".service"};
  static const std::set<std::string> kNames = {"run", "test", ".clang-format", ".clang-tidy"};
  return kEndings.count(path.extension().string()) > 0 || kNames.count(path.filename().string()) > 0;
}

bool is_left_out(const fs::path& folder) {
  const std::string name = folder.filename().string();
  return name == "build" || (name.size() > 1 && name[0] == '.' && name != ".ci");
}

}  // namespace

Tree read_tree(const fs::path& root) {
  Tree tree;
  for (fs::recursive_directory_iterator it(root), end; it != end; ++it) {
    if (it->is_directory() && is_left_out(it->path())) it.disable_recursion_pending();
    if (!it->is_regular_file() || !is_text_file(it->path())) continue;
    std::ifstream in(it->path(), std::ios::binary);
    tree.push_back({it->path().lexically_relative(root).generic_string(),
                    std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>())});
  }
  std::sort(tree.begin(), tree.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return tree;
}

const Tree& project() {
  static const Tree kTree = [] {
    const char* root = std::getenv("LX_SOURCE_DIR");
    REQUIRE_MESSAGE(root != nullptr, "LX_SOURCE_DIR names the source tree");
    Tree tree = read_tree(root);
    REQUIRE_MESSAGE(tree.size() > 50, "the source tree is there");
    return tree;
  }();
  return kTree;
}

std::string code_only(std::string_view text) { return Blanker(text, Keep::kNothing).run(); }

std::string without_comments(std::string_view text) { return Blanker(text, Keep::kLiterals).run(); }

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  size_t from = 0;
  while (from < text.size()) {
    const size_t end = std::min(text.find('\n', from), text.size());
    lines.emplace_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

bool starts_with_any(std::string_view path, const std::vector<std::string_view>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view p) { return path.starts_with(p); });
}

bool is_source(const SourceFile& file) { return file.path.ends_with(".hpp") || file.path.ends_with(".cpp"); }

std::string folder_of(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

void expect_clean(const Problems& problems) {
  for (const std::string& problem : problems)
    FAIL_CHECK(problem);
  CHECK(problems.empty());
}

}  // namespace lianxin::test::tidy
