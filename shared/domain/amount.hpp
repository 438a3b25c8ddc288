#pragma once
// Whole numbers that are shown as something else. Amounts of money: kept in fen (分), asked for and shown in
// yuan (元). Instants: kept in milliseconds since 1970 UTC, shown as day and hour.
#include <optional>
#include <string>
#include <string_view>

#include "shared/domain/catalogue.hpp"

namespace lianxin::domain {

/// Whole numbers whose name ends in "_fen".
[[nodiscard]] bool is_amount(const Field& field);
/// Whole numbers whose name ends in "_at".
[[nodiscard]] bool is_instant(const Field& field);

/// "20000" -> "200", "1205" -> "12.05"; what is no whole number stays as it is.
[[nodiscard]] std::string yuan_of_fen(const std::string& fen);

/// What a person types: at most 12 digits and two after the point, commas only between thousands; 元 or ¥ may
/// stand by it, full width too. nullopt = no amount.
[[nodiscard]] std::optional<std::string> fen_of_yuan(std::string_view typed);

}  // namespace lianxin::domain
