#pragma once
// Which number formats of Excel show a date: the only thing that tells 45292 the date from 45292 the number.
#include <string_view>

#include "client/import/workbook.hpp"

namespace lianxin::client::import {

/// Formats every Excel knows by number, with the Chinese ones (27..36, 50..58). kNone: no date (times are
/// none either).
[[nodiscard]] DatePrecision builtin_format_precision(unsigned number);
/// A written format such as `yyyy"年"m"月";@`. Quoted text, brackets and escapes do not count.
[[nodiscard]] DatePrecision format_precision(std::string_view format);

}  // namespace lianxin::client::import
