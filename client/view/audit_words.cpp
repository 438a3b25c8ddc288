#include "client/view/audit_words.hpp"

#include "shared/base/text.hpp"

namespace lianxin::client::view {
namespace {

/// Takes the first word off.
std::string_view next_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(text.size(), word.size() + 1));
  return word;
}

/// `text` is what follows the first word, and loses what is said of it here; "" = none of ours.
std::string name_of(const Messages& messages, std::string_view first, std::string_view& text) {
  const std::string title = "form." + std::string(first) + ".title";
  if (messages.has(title)) return messages.get(title);
  const std::string key = "audit.what." + std::string(first);
  if (!messages.has(key)) return {};
  if (first == "member") {
    std::string_view rest = text;
    if (next_word(rest) != "file") return {};
    text = rest;
  }
  if (first != "get" && first != "list") return messages.get(key);
  const std::string kind = "kind." + std::string(next_word(text));
  return messages.has(kind) ? messages.get(key, {{"kind", messages.get(kind)}}) : std::string();
}

}  // namespace

std::string audit_words(const Messages& messages, std::string_view what) {
  std::string_view rest = what;
  const std::string_view first = next_word(rest);
  std::string words = name_of(messages, first, rest);
  if (words.empty()) return std::string(what);
  constexpr std::string_view kUnmasked = "unmasked";
  while (!rest.empty()) {
    const std::string_view word = next_word(rest);
    if (word.empty()) continue;
    words += " ";
    words += word == kUnmasked ? messages.get("audit.what.unmasked") : std::string(word);
  }
  return words;
}

}  // namespace lianxin::client::view
