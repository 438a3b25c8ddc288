#pragma once
// The small words of commands: f=v, causes, dates. What is wrong with them ends the program with 2.
#include <string>
#include <string_view>

#include "client/store/records.hpp"
#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::cli {

/// "f=v", "f+=v", "f-=v", "f=". Error "words.field" {text}.
[[nodiscard]] Result<store::FieldEdit> parse_field_word(std::string_view text);
/// "" (typed) or "phone", "visit:ID", "document", "family", "import:ID", "correction". Error "words.cause"
/// {text}.
[[nodiscard]] Result<sync::change::Cause> parse_cause(std::string_view text);
/// The same word back: "typed", "visit:<id>" ...
[[nodiscard]] std::string cause_word(const sync::change::Cause& cause);
/// Error "words.date" {text}.
[[nodiscard]] Result<Date> parse_day(std::string_view text);
/// Errors of this file: the words are wrong, nothing was tried.
[[nodiscard]] bool is_about_words(const Error& error);

}  // namespace lianxin::client::cli
