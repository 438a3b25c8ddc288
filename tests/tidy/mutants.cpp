#include "tests/tidy/mutants.hpp"

#include <algorithm>

namespace lianxin::test::tidy {
namespace {

constexpr std::string_view kTable = "tests/sim/mutants.txt";

struct Mutant {
  std::string name;
  std::string file;
  std::string old_lines;
  std::string test;  ///< begins the name of a case; empty = the stories notice
};

const SourceFile* file_at(const Tree& tree, std::string_view path) {
  const auto found =
      std::find_if(tree.begin(), tree.end(), [&](const SourceFile& one) { return one.path == path; });
  return found == tree.end() ? nullptr : &*found;
}

std::vector<Mutant> mutants_of(const std::string& table) {
  std::vector<Mutant> out;
  for (const std::string& line : lines_of(table)) {
    if (line.starts_with("= ")) out.push_back({line.substr(2, line.find(':') - 2), {}, {}, {}});
    if (out.empty() || line.empty()) continue;
    if (line.starts_with("@ ")) out.back().file = line.substr(2);
    if (line.starts_with("! ")) {
      const std::string test = line.substr(line.find(' ', 2) + 1);
      out.back().test = test.substr(0, test.find('*'));
    }
    if (line[0] == '-') out.back().old_lines += line.substr(1) + "\n";
  }
  return out;
}

std::size_t times(const std::string& text, const std::string& lines) {
  std::size_t found = 0;
  for (std::size_t at = text.find(lines); at != std::string::npos; at = text.find(lines, at + 1))
    ++found;
  return found;
}

/// Of a literal it is what begins it.
bool names_a_case(const Tree& tree, const std::string& name) {
  return std::any_of(tree.begin(), tree.end(), [&](const SourceFile& one) {
    return one.path.starts_with("tests/") && one.path.ends_with("_test.cpp") &&
           one.text.find('"' + name) != std::string::npos;
  });
}

}  // namespace

Problems check_mutants(const Tree& tree) {
  Problems problems;
  const SourceFile* table = file_at(tree, kTable);
  if (table == nullptr) return {std::string(kTable) + " is not there"};
  for (const Mutant& mutant : mutants_of(table->text)) {
    const SourceFile* file = file_at(tree, mutant.file);
    if (file == nullptr || mutant.old_lines.empty() || times(file->text, mutant.old_lines) != 1)
      problems.push_back(mutant.name + ": its lines do not stand once in " + mutant.file);
    if (!mutant.file.ends_with(".cpp")) problems.push_back(mutant.name + ": only a source can be planted");
    if (mutant.test.find(',') != std::string::npos)
      problems.push_back(mutant.name + ": a comma in the name of its case begins another name");
    if (!mutant.test.empty() && !names_a_case(tree, mutant.test))
      problems.push_back(mutant.name + ": no case is named " + mutant.test);
  }
  return problems;
}

}  // namespace lianxin::test::tidy
