#pragma once
// A picture of the window: what differs from the sample, and what a person does before it is taken.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "client/view/screens_view.hpp"
#include "tests/ui/headless.hpp"

namespace lianxin::test::ui {

struct Scene {
  std::string name;
  HeadlessSettings settings = {};
  std::function<void(client::view::ScreensView&)> change = {};
  std::function<void(Headless&)> act = {};
  client::app::Command opens = client::app::OpenPage{};         ///< what is in front
  std::function<void(client::view::ScreensView&)> answer = {};  ///< what then comes of it
};

/// What every picture of a run is taken in, whatever its scene says; empty or 0 = as the scene says.
struct TakenIn {
  std::string language = {};
  std::uint32_t percent = 0;
  ImVec2 size = {0, 0};
};

/// Of this run; set before scenes are made.
[[nodiscard]] TakenIn& taken_in();
/// The language a scene's sample speaks.
[[nodiscard]] std::string spoken(std::string_view scene_says);

[[nodiscard]] HeadlessSettings in(std::string language, std::uint32_t percent = 100,
                                  client::view::Contrast contrast = client::view::Contrast::kLight);

/// Visit, delivery, member file, conflicts, sync, import, registers, settings.
[[nodiscard]] std::vector<Scene> work_scenes();
/// What seldom happens: long, huge, empty, wrong.
[[nodiscard]] std::vector<Scene> edge_scenes();

}  // namespace lianxin::test::ui
