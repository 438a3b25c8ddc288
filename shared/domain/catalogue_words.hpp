#pragma once
// The words of the catalogue's rows, both ways.
#include <optional>
#include <string_view>

#include "shared/domain/catalogue.hpp"

namespace lianxin::domain {

/// nullopt = no such word.
[[nodiscard]] std::optional<Type> type_of(std::string_view word);
[[nodiscard]] std::optional<Policy> policy_of(std::string_view word);
[[nodiscard]] std::optional<PrivacyClass> privacy_of(std::string_view word);
/// "-" = kNo.
[[nodiscard]] std::optional<Required> required_of(std::string_view word);

}  // namespace lianxin::domain
