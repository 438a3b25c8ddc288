#pragma once
// Where somebody went: typed by name, pinyin or code, and chosen among the places of that name. What is not
// chosen is kept as it was typed.
#include <string>
#include <string_view>
#include <vector>

#include "client/ui/ui.hpp"

namespace lianxin::client::ui {

/// The places that were found for what was typed.
struct PlaceState {
  std::string asked;
  std::vector<std::string> found;
};

struct PlaceEvent {
  bool changed = false;  ///< the value is another than before
  bool entered = false;  ///< Enter, and nothing was left to be chosen
  bool picked = false;   ///< Enter took the first place that was offered
};

/// `value`: a division code, "unknown", or what was typed.
PlaceEvent place_field(Ui& ui, std::string_view id, const std::string& label, std::string& value,
                       PlaceState& state, const std::string& problem = {});
/// The place in words; what is no place as it is.
[[nodiscard]] std::string place_words(const Ui& ui, const std::string& value);

}  // namespace lianxin::client::ui
