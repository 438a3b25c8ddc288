#pragma once
// Telephone numbers as people write them. Never refused by operator prefix (domain.md 2.1).
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace lianxin::domain {

/// Mobile "13900001111" or landline "0439-7221234" (without area code: 7-8 digits stay as they are). Takes
/// spaces, dashes, brackets, +86, full-width digits. Error "phone.malformed", also of a number with an
/// extension.
[[nodiscard]] Result<std::string> normalize_phone(std::string_view text);
[[nodiscard]] bool is_mobile(std::string_view phone);
/// 138****1234; a landline keeps its area code and hides the last four.
[[nodiscard]] std::string mask_phone(std::string_view phone);

}  // namespace lianxin::domain
