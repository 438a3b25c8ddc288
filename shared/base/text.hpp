#pragma once
// UTF-8 without a library: validity, code points, trimming, half-width. (Pinyin is client/text, ICU.)
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin {

/// Well-formed UTF-8 without U+0000 and without surrogates: what stores and wire accept.
[[nodiscard]] bool is_valid_text(std::string_view utf8);
/// Number of code points of valid UTF-8.
[[nodiscard]] std::size_t code_points(std::string_view utf8);
[[nodiscard]] std::u32string to_utf32(std::string_view utf8);
[[nodiscard]] std::string to_utf8(std::u32string_view text);
/// Without white space (ASCII, U+00A0, U+3000, U+FEFF, U+200B) at both ends.
[[nodiscard]] std::string trim(std::string_view utf8);
/// Full-width ASCII forms U+FF01..U+FF5E and U+3000 to ASCII.
[[nodiscard]] std::string half_width(std::string_view utf8);
[[nodiscard]] std::string to_lower_ascii(std::string_view text);
[[nodiscard]] std::vector<std::string> split(std::string_view text, char separator);
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view separator);
/// A whole number of 64 bits, with '-' or without, and nothing else; nullopt = it is none.
[[nodiscard]] std::optional<std::int64_t> read_integer(std::string_view text);
/// `value` with so many digits behind the point, without those that are 0: (1250, 2) is "12.5".
[[nodiscard]] std::string decimal_text(std::int64_t value, std::size_t digits);
/// True for one or more ASCII digits.
[[nodiscard]] bool is_digits(std::string_view text);
/// At most `count` code points, never cutting one.
[[nodiscard]] std::string first_code_points(std::string_view utf8, std::size_t count);
/// For XML and HTML, between tags and inside attributes: what means something there becomes a reference, and
/// control characters that XML 1.0 does not have are left out.
[[nodiscard]] std::string markup_escaped(std::string_view text);

}  // namespace lianxin
