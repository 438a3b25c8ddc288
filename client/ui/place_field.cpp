#include "client/ui/place_field.hpp"

#include "client/ui/button.hpp"
#include "client/ui/field.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/words.hpp"
#include "client/view/part_view.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/places.hpp"

namespace lianxin::client::ui {
namespace {

constexpr std::size_t kPlacesOffered = 8;
constexpr float kPlaceWidth = 280;
constexpr const char* kUnknown = "unknown";

/// A whole code, not one that is still being typed.
bool is_chosen(const std::string& value) {
  constexpr std::size_t kCounty = 6;
  constexpr std::size_t kVillage = 12;
  if (value == kUnknown) return true;
  return (value.size() == kCounty || value.size() == kVillage) && !domain::place_name(value).empty();
}

view::Choices offered(const Ui& ui, const std::string& value, PlaceState& state) {
  if (is_chosen(value)) return {{value, place_words(ui, value)}};
  if (trim(value).empty()) return {{kUnknown, place_words(ui, kUnknown)}};
  if (state.asked != value) {
    state.asked = value;
    state.found = domain::find_places(value, kPlacesOffered);
  }
  view::Choices out;
  for (const std::string& code : state.found)
    out.push_back({code, place_words(ui, code)});
  return out;
}

}  // namespace

PlaceEvent place_field(Ui& ui, std::string_view id, const std::string& label, std::string& value,
                       PlaceState& state, const std::string& problem) {
  PlaceEvent event;
  const FormRow row(ui, label, problem);
  const std::string key(id);
  const bool was_chosen = is_chosen(value);
  std::string typed = was_chosen ? std::string() : value;
  const FieldEvent field = text_field(
      ui, key, typed,
      {.placeholder = ui.text("place.placeholder"), .width = ui.px(kPlaceWidth), .bytes_max = 120});
  if (field.changed) {
    value = typed;
    event.changed = true;
  }
  const view::Choices places = offered(ui, value, state);
  const bool has_typed = !is_chosen(value) && !trim(value).empty();
  if (field.entered && has_typed && !places.empty()) {
    value = places.front().code;
    event.changed = event.picked = true;
    return event;
  }
  event.entered = field.entered;
  if (places.empty()) text(ui, ui.text("place.none"), {TextStyle::kSmall, ui.colour().quiet});
  std::string code = is_chosen(value) ? value : std::string();
  if (places.size() == 1) beside(ui, button_width(ui, places.front().label));
  if (choice_row(ui, key + ".place", places, code, true)) {
    value = code;
    event.changed = true;
  }
  return event;
}

std::string place_words(const Ui& ui, const std::string& value) {
  if (value == kUnknown) return ui.text("place.unknown");
  const std::string name = is_chosen(value) ? domain::place_name(value) : std::string();
  return name.empty() ? value : name;
}

}  // namespace lianxin::client::ui
