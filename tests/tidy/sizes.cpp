#include "tests/tidy/sizes.hpp"

#include <string_view>

namespace lianxin::test::tidy {
namespace {

std::string trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(" \n\t");
  if (from == std::string_view::npos) return "";
  return std::string(text.substr(from, text.find_last_not_of(" \n\t") - from + 1));
}

/// True when `head {` opens a function: it has parameters, and is neither a value, a scope nor a type.
bool opens_function(const std::string& head) {
  if (head.find('(') == std::string::npos) return false;
  if (head.ends_with("=") && !head.ends_with("operator=")) return false;
  for (std::string_view word : {"namespace", "enum", "union", "extern"}) {
    if (head.starts_with(word)) return false;
  }
  return true;
}

/// Directives are blanked: the branches of an #if need not balance their braces.
std::string without_directives(const std::string& code) {
  std::string out;
  bool continues = false;
  for (const std::string& line : lines_of(code)) {
    const size_t first = line.find_first_not_of(" \t");
    const bool directive = continues || (first != std::string::npos && line[first] == '#');
    continues = directive && line.ends_with("\\");
    out += directive ? "\n" : line + "\n";
  }
  return out;
}

/// Walks the braces of one file.
class BraceCounter {
 public:
  std::vector<FunctionSize> run(const std::string& code) {
    for (char c : code) {
      if (c == '{') open();
      if (c == '}') close();
      if (function_depth_ == 0) take(c);
      if (c == '\n') ++line_;
    }
    return std::move(found_);
  }

 private:
  void open() {
    if (function_depth_ > 0) {
      ++function_depth_;
    } else if (opens_function(trimmed(head_))) {
      function_depth_ = 1;
      found_.push_back({head_line_, 0, trimmed(head_)});
    }
  }
  void close() {
    if (function_depth_ == 0) return;
    if (--function_depth_ == 0) found_.back().lines = line_ - found_.back().first_line + 1;
  }
  void take(char c) {
    if (c == '{' || c == '}' || c == ';') {
      head_.clear();
      return;
    }
    if (trimmed(head_).empty()) head_line_ = line_;
    head_ += c;
  }

  std::vector<FunctionSize> found_;
  std::string head_;
  size_t head_line_ = 1;
  size_t line_ = 1;
  size_t function_depth_ = 0;
};

}  // namespace

std::vector<FunctionSize> functions_of(const SourceFile& file) {
  return BraceCounter().run(without_directives(code_only(file.text)));
}

Problems check_sizes(const Tree& tree) {
  Problems problems;
  for (const SourceFile& file : tree) {
    if (!is_source(file)) continue;
    const size_t lines = lines_of(file.text).size();
    if (lines > kFileLinesMax)
      problems.push_back(file.path + ": " + std::to_string(lines) + " lines in one file");
    for (const FunctionSize& function : functions_of(file)) {
      if (function.lines <= kFunctionLinesMax) continue;
      problems.push_back(file.path + ":" + std::to_string(function.first_line) + ": a function of " +
                         std::to_string(function.lines) + " lines: " + function.head.substr(0, 60));
    }
  }
  return problems;
}

}  // namespace lianxin::test::tidy
