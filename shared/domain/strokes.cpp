#include "shared/domain/strokes.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "shared/base/text.hpp"

namespace lianxin::domain {
namespace {

constexpr int kCoordinateMax = 1000;
constexpr std::size_t kCoordinateDigits = 4;

bool is_coordinate(const std::string& text) {
  const bool plain = text.size() == 1 || !text.starts_with('0');
  if (!is_digits(text) || !plain || text.size() > kCoordinateDigits) return false;
  int coordinate = 0;
  std::from_chars(text.data(), text.data() + text.size(), coordinate);
  return coordinate <= kCoordinateMax;
}

bool is_point(const std::string& text) {
  const auto parts = split(text, ',');
  return parts.size() == 2 && is_coordinate(parts[0]) && is_coordinate(parts[1]);
}

bool is_stroke(const std::string& text) {
  const auto points = split(text, ' ');
  return std::all_of(points.begin(), points.end(), is_point);
}

}  // namespace

bool is_strokes(std::string_view text) {
  const auto strokes = split(text, ';');
  return !strokes.empty() && std::all_of(strokes.begin(), strokes.end(), is_stroke);
}

}  // namespace lianxin::domain
