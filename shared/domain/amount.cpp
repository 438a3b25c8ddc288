#include "shared/domain/amount.hpp"

#include "shared/base/text.hpp"

namespace lianxin::domain {
namespace {

constexpr std::size_t kYuanDigitsMax = 12;
constexpr std::string_view kSigns[] = {"\u00a5", "\uffe5"};
constexpr std::string_view kUnit = "\u5143";
constexpr std::string_view kChinesePoint =
    "\u3002";  ///< what the key of the point gives on a Chinese keyboard

/// Without the commas of "1,234,567"; nullopt = they stand elsewhere than between thousands.
std::optional<std::string> without_commas(const std::string& whole) {
  const std::vector<std::string> groups = split(whole, ',');
  for (std::size_t i = 1; i < groups.size(); ++i) {
    if (groups[i].size() != 3 || groups[0].empty() || groups[0].size() > 3) return std::nullopt;
  }
  return join(groups, "");
}

}  // namespace

bool is_amount(const Field& field) { return field.type == Type::kInteger && field.name.ends_with("_fen"); }

bool is_instant(const Field& field) { return field.type == Type::kInteger && field.name.ends_with("_at"); }

std::string yuan_of_fen(const std::string& fen) {
  const auto number = read_integer(fen);
  return number ? decimal_text(*number, 2) : fen;
}

std::optional<std::string> fen_of_yuan(std::string_view typed) {
  std::string text = trim(half_width(typed));
  for (const std::string_view sign : kSigns) {
    if (text.starts_with(sign)) text = trim(text.substr(sign.size()));
  }
  if (text.ends_with(kUnit)) text = trim(text.substr(0, text.size() - kUnit.size()));
  if (const std::size_t stop = text.find(kChinesePoint); stop != std::string::npos)
    text.replace(stop, kChinesePoint.size(), ".");
  const std::size_t point = text.find('.');
  const auto whole = without_commas(text.substr(0, point));
  std::string part = point == std::string::npos ? std::string() : text.substr(point + 1);
  if (!whole || whole->size() > kYuanDigitsMax || !is_digits(*whole)) return std::nullopt;
  if (part.size() > 2 || (point != std::string::npos && !is_digits(part))) return std::nullopt;
  part.resize(2, '0');
  const auto fen = read_integer(*whole + part);
  if (!fen) return std::nullopt;
  return std::to_string(*fen);
}

}  // namespace lianxin::domain
