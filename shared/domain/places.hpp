#pragma once
// Where members go: the country's provinces, prefectures and counties by their six digits
// (assets/divisions/places.tsv), found by name as workers say it. Any thread.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lianxin::domain {

/// "广东深圳宝安区" of a division code, as far as it is known: of a village's twelve digits the county, of a
/// county that is not in the list the prefecture. "" = not even the province is known.
[[nodiscard]] std::string place_name(std::string_view code);
/// "广东省深圳市宝安区", as forms say it; as far as it is known, like place_name.
[[nodiscard]] std::string full_place_name(std::string_view code);
/// The six digits of a place written like that and no further ("广东省", "广东省深圳市"). "" = none.
[[nodiscard]] std::string place_written(std::string_view words);
/// Digits of the prefecture, or of the county where none stands between it and its province, that a place
/// written in words begins with, with or without the province: "370200" of "山东省青岛市市南区香港中路". "" =
/// none.
[[nodiscard]] std::string place_begun(std::string_view words);
/// Codes of at most `limit` places by what was typed of their names ("深圳宝安"), pinyin ("shenz"), initials
/// ("szba") or digits; the best first, larger places before smaller ones. Nothing typed finds nothing.
[[nodiscard]] std::vector<std::string> find_places(std::string_view typed, std::size_t limit);

}  // namespace lianxin::domain
