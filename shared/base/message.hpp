#pragma once
// The program's sentences: data in assets/text, by key; never in code.
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/base/result.hpp"

namespace lianxin {

/// Text catalogue of one language. Immutable after parsing; shared by threads.
class Messages {
 public:
  Messages() = default;
  /// Lines `key = text with {name}`; `#` starts a comment line; "\n" in a text is a line break, "\s" a
  /// blank, also at its end. Errors "message.malformed" {line}, "message.twice" {key}.
  [[nodiscard]] static Result<Messages> parse(const std::vector<std::string_view>& texts);
  /// The text with each {name} replaced, and each {name|one|many} by `one` where the argument is 1, else by
  /// `many`; an unknown key gives the key itself, so that a missing one is seen at once.
  [[nodiscard]] std::string get(std::string_view key, const std::vector<ErrorArg>& args = {}) const;
  [[nodiscard]] bool has(std::string_view key) const;
  /// One line for people: text "error.<code>" (codes that begin with "problem." are their own key). An
  /// argument that is the key of a reason ("why.no_space") is said in words, and so is {kind} where it is a
  /// kind of record ("kind.visit").
  [[nodiscard]] std::string sentence(const Error& error) const;
  [[nodiscard]] std::vector<std::string> keys() const;

 private:
  std::unordered_map<std::string, std::string> texts_;
};

}  // namespace lianxin
