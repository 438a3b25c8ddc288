#include "tests/tidy/names.hpp"

#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::test::tidy {
namespace {

struct BannedWord {
  std::string word;
  std::string_view reason;
};

/// Written in two halves, so that this file does not accuse itself.
const std::vector<BannedWord>& banned_words() {
  static const std::vector<BannedWord> kTable = {
      {std::string("/wo") + "rk/", "a path of one machine"},
      {std::string("/ho") + "me/", "a path of one machine"},
      {std::string("TO") + "DO", "unfinished work"},
      {std::string("FIX") + "ME", "unfinished work"},
      {std::string("XX") + "X:", "unfinished work"},
  };
  return kTable;
}

/// Hosts that are not somewhere on the network.
bool is_harmless_host(const std::string& host) {
  static const std::vector<std::string_view> kExact = {
      "localhost",
      "host",
      "127.0.0.1",
      "0.0.0.0",
      "[",
      "schemas.openxmlformats.org",
      "schemas.microsoft.com",
      "purl.org",
      "www.w3.org",  // names of formats
      "json-schema.org",
  };
  if (host.find('.') == std::string::npos) return true;  // a placeholder, or put together at run time
  if (host.starts_with("10.") || host.starts_with("192.168."))
    return true;  // an office's own network, in tests
  for (std::string_view exact : kExact) {
    if (host == exact) return true;
  }
  for (std::string_view ending : {".example", ".invalid", ".test", "example.org", "example.com"}) {
    if (host.ends_with(ending)) return true;
  }
  return host.find_first_not_of("%{$\\<") != 0;  // put together at run time
}

bool is_code_or_script(const SourceFile& file) {
  return is_source(file) || file.path.ends_with(".cmake") || file.path.ends_with(".sh") ||
         file.path.ends_with("CMakeLists.txt") || file.path == "run" || file.path == "test" ||
         file.path.starts_with(".ci/") || file.path.starts_with("cmake/");
}

}  // namespace

Problems check_words(const Tree& tree) {
  Problems problems;
  for (const SourceFile& file : tree) {
    const std::vector<std::string> lines = lines_of(file.text);
    for (size_t i = 0; i < lines.size(); ++i) {
      for (const BannedWord& banned : banned_words()) {
        if (lines[i].find(banned.word) == std::string::npos) continue;
        problems.push_back(file.path + ":" + std::to_string(i + 1) + ": " + banned.word + " (" +
                           std::string(banned.reason) + ")");
      }
    }
  }
  return problems;
}

Problems check_hosts(const Tree& tree) {
  static const std::regex kAddress(R"rx((?:https?|ftp)://([^/:"'\s)>]*))rx");
  Problems problems;
  for (const SourceFile& file : tree) {
    if (!is_code_or_script(file)) continue;
    const std::vector<std::string> lines = lines_of(file.text);
    for (size_t i = 0; i < lines.size(); ++i) {
      for (std::sregex_iterator it(lines[i].begin(), lines[i].end(), kAddress), end; it != end; ++it) {
        if (is_harmless_host((*it)[1])) continue;
        problems.push_back(file.path + ":" + std::to_string(i + 1) + ": the host " + (*it)[1].str());
      }
    }
  }
  return problems;
}

Problems check_file_names(const Tree& tree) {
  static const std::set<std::string> kEmptyWords = {"util",   "utils", "helper", "helpers",
                                                    "common", "misc",  "manager"};
  static const std::regex kSnakeCase("[a-z][a-z0-9_]*");
  Problems problems;
  for (const SourceFile& file : tree) {
    if (!is_source(file)) continue;
    std::string path = file.path.substr(0, file.path.rfind('.'));
    for (char& c : path) {
      if (c == '/') c = '\n';
    }
    for (const std::string& part : lines_of(path)) {
      if (!std::regex_match(part, kSnakeCase))
        problems.push_back(file.path + ": " + part + " is not snake_case");
      std::string words = part;
      for (char& c : words) {
        if (c == '_') c = '\n';
      }
      for (const std::string& word : lines_of(words)) {
        if (kEmptyWords.count(word) > 0)
          problems.push_back(file.path + ": '" + word + "' does not say what is in it");
      }
    }
  }
  return problems;
}

}  // namespace lianxin::test::tidy
