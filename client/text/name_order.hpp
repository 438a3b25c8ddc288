#pragma once
// In which order people's names stand in a list.
#include <string_view>

namespace lianxin::client::text {

/// Below, at or above 0 like memcmp: by pinyin, then by strokes, as Chinese dictionaries and spreadsheets
/// sort (ICU, CLDR collation "pinyin"); names that sort alike by their code points, so only equal names are
/// equal. UTF-8; any thread.
[[nodiscard]] int compare_names(std::string_view a, std::string_view b);

}  // namespace lianxin::client::text
