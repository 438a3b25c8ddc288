#include "shared/base/message.hpp"

#include <algorithm>
#include <optional>

#include "shared/base/text.hpp"

namespace lianxin {
namespace {

/// "\n" is a line break, "\s" a blank that stays at the end of a line.
std::string with_breaks(std::string text) {
  for (const auto& [written, meant] : {std::pair("\\n", "\n"), std::pair("\\s", " ")}) {
    for (std::size_t at = text.find(written); at != std::string::npos; at = text.find(written, at + 1))
      text.replace(at, 2, meant);
  }
  return text;
}

/// What stands for `{inside}`: the argument of that name, or of `{name|one|many}` the first where the
/// argument is 1. nullopt: there is no such argument.
std::optional<std::string_view> filling(std::string_view inside, const std::vector<ErrorArg>& args) {
  const std::size_t bar = inside.find('|');
  const std::string_view name = inside.substr(0, bar);
  const auto arg = std::find_if(args.begin(), args.end(), [&](const ErrorArg& a) { return a.name == name; });
  if (arg == args.end()) return std::nullopt;
  if (bar == std::string_view::npos) return arg->value;
  const std::size_t second = inside.find('|', bar + 1);
  if (second == std::string_view::npos) return std::nullopt;
  return arg->value == "1" ? inside.substr(bar + 1, second - bar - 1) : inside.substr(second + 1);
}

std::string fill(std::string_view text, const std::vector<ErrorArg>& args) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(0, open);
    out +=
        filling(text.substr(open + 1, close - open - 1), args).value_or(text.substr(open, close - open + 1));
    text.remove_prefix(close + 1);
  }
  return out += text;
}

}  // namespace

Result<Messages> Messages::parse(const std::vector<std::string_view>& texts) {
  Messages out;
  for (const std::string_view text : texts) {
    for (const std::string& raw : split(text, '\n')) {
      const std::string line = trim(raw);
      if (line.empty() || line.front() == '#') continue;
      const std::size_t equals = line.find('=');
      const std::string key = trim(std::string_view(line).substr(0, equals));
      if (equals == std::string::npos || key.empty()) return fail("message.malformed", {{"line", line}});
      if (!out.texts_.emplace(key, with_breaks(trim(std::string_view(line).substr(equals + 1)))).second) {
        return fail("message.twice", {{"key", key}});
      }
    }
  }
  return out;
}

std::string Messages::get(std::string_view key, const std::vector<ErrorArg>& args) const {
  const auto found = texts_.find(std::string(key));
  return found == texts_.end() ? std::string(key) : fill(found->second, args);
}

bool Messages::has(std::string_view key) const { return texts_.count(std::string(key)) > 0; }

std::string Messages::sentence(const Error& error) const {
  std::vector<ErrorArg> args = error.args;
  for (ErrorArg& arg : args) {
    if (arg.value.starts_with("why.")) arg.value = get(arg.value);
    if (arg.name == "kind" && has("kind." + arg.value)) arg.value = get("kind." + arg.value);
  }
  return get(error.code.starts_with("problem.") ? error.code : "error." + error.code, args);
}

std::vector<std::string> Messages::keys() const {
  std::vector<std::string> out;
  for (const auto& [key, text] : texts_)
    out.push_back(key);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace lianxin
