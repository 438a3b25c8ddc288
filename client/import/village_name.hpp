#pragma once
// The village a title, a sheet's name or a group row speaks of.
#include <string>
#include <string_view>

namespace lianxin::client::import {

/// "靖宇镇保安村外出党员台账" -> "保安村"; "保安村党支部" -> "保安村"; "" when no village is named
/// ("各村流动党员名册").
[[nodiscard]] std::string village_in(std::string_view text);
/// A cell of a village column: the village it names, or the text itself without blanks; a division code stays
/// as it is.
[[nodiscard]] std::string village_of_cell(std::string_view text);
/// What two ways of writing one village have in common: "三合村村民委员会", "三合社区" -> "三合"; a name that
/// would vanish stays.
[[nodiscard]] std::string village_stem(std::string name);

}  // namespace lianxin::client::import
