#pragma once
// Citizen identity numbers, GB 11643-1999 (check digit by ISO 7064 MOD 11-2).
#include <string>
#include <string_view>

#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

namespace lianxin::domain {

/// Canonical 18 characters (upper-case X). Takes full-width digits, spaces, a leading apostrophe, lower-case
/// x, and upgrades 15-digit numbers. Errors: "id_number.malformed" (wrong characters or length),
/// "id_number.check_digit", "id_number.birth" (no such day), "id_number.lost_digits" (written as 1.1E+17 or
/// ending in zeros a number cell makes).
[[nodiscard]] Result<std::string> normalize_id_number(std::string_view text);
/// Birth date and gender code (GB/T 2261.1: 1 male, 2 female) of a canonical number.
[[nodiscard]] Date birth_of(std::string_view id_number);
[[nodiscard]] std::string gender_of(std::string_view id_number);
/// First 6 + "********" + last 4, for lists and paper.
[[nodiscard]] std::string mask_id_number(std::string_view id_number);

}  // namespace lianxin::domain
