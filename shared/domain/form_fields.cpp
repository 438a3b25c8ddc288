#include "shared/domain/form_fields.hpp"

#include <set>
#include <string>
#include <utility>

#include "assets/assets.hpp"
#include "shared/base/text.hpp"

namespace lianxin::domain {
namespace {

bool is_of_name(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

using Words = std::set<std::string, std::less<>>;

void add_words(std::string_view line, Words& out) {
  if (line.starts_with("--")) return;
  std::string word;
  for (const char c : line) {
    if (is_of_name(c)) {
      word += c;
    } else if (!word.empty()) {
      out.insert(std::exchange(word, {}));
    }
  }
  if (!word.empty()) out.insert(std::move(word));
}

Words words_of_forms() {
  Words out;
  for (const std::string_view path : assets::files()) {
    if (!path.starts_with("assets/reports/") && !path.starts_with("assets/figures/")) continue;
    for (const std::string& line : split(std::string(assets::file(path)), '\n'))
      add_words(line, out);
  }
  return out;
}

}  // namespace

bool may_stand_on_form(std::string_view field) {
  static const Words kWords = words_of_forms();
  return kWords.contains(field);
}

}  // namespace lianxin::domain
