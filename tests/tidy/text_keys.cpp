#include "tests/tidy/text_keys.hpp"

#include <algorithm>
#include <regex>
#include <set>
#include <string_view>
#include <vector>

namespace lianxin::test::tidy {
namespace {

struct Exception {
  std::string_view path;
  std::string_view reason;
};

/// Sources where Chinese characters are data, not sentences.
const std::vector<Exception>& chinese_as_data() {
  static const std::vector<Exception> kTable = {
      {"client/text/pinyin.cpp", "surnames with a reading of their own"},
      {"client/import/", "headings and words of other people's sheets"},
  };
  return kTable;
}

std::string trimmed(const std::string& text) {
  const size_t from = text.find_first_not_of(" \t\r");
  return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

bool belongs_to(const std::string& path, const std::string& language) {
  return path == "assets/text/" + language + ".txt" ||
         (path.starts_with("assets/text/" + language + "/") && path.ends_with(".txt"));
}

std::set<std::string> names_in(const std::string& text) {
  static const std::regex kName(R"(\{([a-z0-9_.]+)(\|[^{}]*)?\})");
  std::set<std::string> names;
  for (std::sregex_iterator it(text.begin(), text.end(), kName), end; it != end; ++it)
    names.insert((*it)[1]);
  return names;
}

/// Lead bytes of UTF-8 for U+2E80..U+9FFF, U+F900..U+FFEF and everything from U+20000 on.
bool holds_chinese(const std::string& line) {
  for (size_t i = 0; i + 2 < line.size(); ++i) {
    const auto a = static_cast<unsigned char>(line[i]);
    const auto b = static_cast<unsigned char>(line[i + 1]);
    const bool lead =
        (a == 0xE2 && b >= 0xBA) || (a >= 0xE3 && a <= 0xE9) || (a == 0xEF && b >= 0xA4) || a == 0xF0;
    if (lead && (b & 0xC0U) == 0x80U) return true;
  }
  return false;
}

bool is_program_source(const SourceFile& file) { return is_source(file) && !file.path.starts_with("tests/"); }

}  // namespace

std::map<std::string, TextLine> texts_of(const Tree& tree, const std::string& language, Problems& problems) {
  std::map<std::string, TextLine> texts;
  for (const SourceFile& file : tree) {
    if (!belongs_to(file.path, language)) continue;
    const std::vector<std::string> lines = lines_of(file.text);
    for (size_t i = 0; i < lines.size(); ++i) {
      const std::string line = trimmed(lines[i]);
      const std::string where = file.path + ":" + std::to_string(i + 1);
      if (line.empty() || line[0] == '#') continue;
      const size_t equals = line.find('=');
      if (equals == std::string::npos || trimmed(line.substr(equals + 1)).empty()) {
        problems.push_back(where + ": not `key = text`");
        continue;
      }
      const std::string key = trimmed(line.substr(0, equals));
      const auto [at, fresh] = texts.emplace(key, TextLine{trimmed(line.substr(equals + 1)), where});
      if (!fresh) problems.push_back(where + ": " + key + " stands already at " + at->second.where);
    }
  }
  return texts;
}

Problems check_languages(const Tree& tree) {
  Problems problems;
  const auto chinese = texts_of(tree, "zh-CN", problems);
  const auto english = texts_of(tree, "en", problems);
  for (const auto& [key, line] : chinese) {
    const auto other = english.find(key);
    if (other == english.end()) {
      problems.push_back(line.where + ": " + key + " has no English text");
    } else if (names_in(line.text) != names_in(other->second.text)) {
      problems.push_back(line.where + ": " + key + " has other {names} than " + other->second.where);
    }
  }
  for (const auto& [key, line] : english) {
    if (chinese.count(key) == 0) problems.push_back(line.where + ": " + key + " has no Chinese text");
  }
  return problems;
}

Problems check_error_codes(const Tree& tree) {
  static const std::regex kCode(R"rx(\b(?:fail|Error)\s*[({]\s*"([a-z0-9_]+(?:\.[a-z0-9_]+)+)")rx");
  Problems problems;
  const auto chinese = texts_of(tree, "zh-CN", problems);
  problems.clear();  // the state of the files themselves is check_languages' business
  for (const SourceFile& file : tree) {
    if (!is_program_source(file)) continue;
    const std::string code = without_comments(file.text);
    for (std::sregex_iterator it(code.begin(), code.end(), kCode), end; it != end; ++it) {
      if (chinese.count("error." + (*it)[1].str()) > 0) continue;
      const auto line = 1 + std::count(code.begin(), code.begin() + it->position(), '\n');
      problems.push_back(file.path + ":" + std::to_string(line) + ": no text for error." + (*it)[1].str());
    }
  }
  return problems;
}

Problems check_no_text_in_code(const Tree& tree) {
  Problems problems;
  for (const SourceFile& file : tree) {
    if (!is_program_source(file)) continue;
    const auto& exceptions = chinese_as_data();
    if (std::any_of(exceptions.begin(), exceptions.end(),
                    [&](const Exception& e) { return file.path.starts_with(e.path); })) {
      continue;
    }
    const std::vector<std::string> lines = lines_of(without_comments(file.text));
    for (size_t i = 0; i < lines.size(); ++i) {
      if (holds_chinese(lines[i]))
        problems.push_back(file.path + ":" + std::to_string(i + 1) + ": Chinese text in code");
    }
  }
  return problems;
}

}  // namespace lianxin::test::tidy
