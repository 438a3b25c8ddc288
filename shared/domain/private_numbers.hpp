#pragma once
// Free text is no place for other people's numbers (domain.md 7): the form warns, nothing is refused.
#include <string>
#include <string_view>

namespace lianxin::domain {

/// Whether a text holds an 18-character ID number with a fitting check digit, or an 11-digit mobile number.
/// Digits may be full-width; a longer row of digits (a parcel's number) does not count.
[[nodiscard]] bool holds_private_number(std::string_view text);
/// The text with such numbers masked, in half-width where it held one; else as it is.
[[nodiscard]] std::string mask_private_numbers(std::string_view text);

}  // namespace lianxin::domain
