// Paints every screen into PNG files: `lianxin-pictures <folder> [name...]`. No display is needed.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "client/ui/window.hpp"
#include "tests/ui/headless.hpp"
#include "tests/ui/sample_views.hpp"
#include "tests/ui/scene.hpp"

namespace lianxin::test::ui {
namespace {

namespace view = client::view;

void locked(view::ScreensView& view) {
  view.shell.access = view::Access::kLocked;
  view.unlock.notice = "15 分钟没有操作，已锁定。";
}

void two_owners(view::ScreensView& view) {
  locked(view);
  view.unlock.owners.push_back({"b", "李秀英", "金厂镇 · 党建办"});
  view.unlock.problem = "口令不对，请再试一次。连续输错不会损坏资料。";
}

void not_enrolled(view::ScreensView& view) {
  view.shell.access = view::Access::kNotEnrolled;
  view.unlock.owners.clear();
}

/// Of 3,000 members those that the program gives at first.
void fill_list(view::ScreensView& view) {
  view::MembersView& members = view.members;
  const std::size_t own = members.rows.size();
  for (std::size_t i = own; i < 300; ++i) {
    members.rows.push_back(members.rows[i % own]);
    members.rows.back().member = sample_id(1000 + i);
  }
  members.total = members.matching = 3000;
}

std::function<void(view::ScreensView&)> disk_full(const char* language) {
  return [language](view::ScreensView& view) {
    const Messages words = test_messages(language);
    view.shell.notice = {words.get("view.disk_full"), view::Tone::kNeedsYou, view::Mark::kNeedsYou};
    view.shell.status.insert(view.shell.status.begin(), {words.get("view.status_line.disk_full"),
                                                         view::Tone::kNeedsYou, view::Mark::kNeedsYou});
  };
}

std::vector<Scene> scenes() {
  const auto alt = [](ImGuiKey digit) { return [digit](Headless& ui) { ui.press(ImGuiMod_Alt | digit); }; };
  return {
      {"unlock", in("zh-CN"), locked},
      {"unlock-two", in("zh-CN"), two_owners},
      {"enrol", in("zh-CN"), not_enrolled},
      {"enrol-problems", in("zh-CN"), not_enrolled, [](Headless& ui) { ui.click("enrol.join"); }},
      {"enrol-making", in("zh-CN"),
       [](view::ScreensView& view) {
         not_enrolled(view);
         view.enrol.stage = view::EnrolStage::kMakingStore;
       }},
      {"today", in("zh-CN"), {}, [](Headless& ui) { ui.press(ImGuiKey_DownArrow); }},
      {"today-en", in("en")},
      {"today-150", in("zh-CN", 150)},
      {"today-125", in("zh-CN", 125)},
      {"today-contrast",
       in("zh-CN", 100, view::Contrast::kHigh),
       {},
       [](Headless& ui) { ui.press(ImGuiKey_DownArrow); }},
      {"today-empty", in("zh-CN"),
       [](view::ScreensView& view) {
         view.today.due.clear();
         view.today.unsent = view.today.conflicts = 0;
         view.today.drafts.clear();
       }},
      {"today-disk-full", in("zh-CN"), disk_full("zh-CN")},
      {"today-disk-full-en", in("en"), disk_full("en")},
      {"today-loading", in("zh-CN"),
       [](view::ScreensView& view) { view.today.state.readiness = view::Readiness::kLoading; }},
      {"toast", in("zh-CN"),
       [](view::ScreensView& view) {
         view.shell.toast = {1, {"已保存：走访 · 赵志远", view::Tone::kPlain, view::Mark::kNone}, "u"};
       }},
      {"help", in("zh-CN"), {}, [](Headless& ui) { ui.press(ImGuiKey_F1); }},
      {"help-en", in("en"), {}, [](Headless& ui) { ui.press(ImGuiKey_F1); }},
      {"covered", in("zh-CN"), {}, [](Headless& ui) { ui.press(ImGuiKey_F9); }},
      {"members", in("zh-CN"), {}, alt(ImGuiKey_2)},
      {"today-counting", in("zh-CN"),
       [](view::ScreensView& view) {
         view.today.counting = test_messages("zh-CN").get("view.counting", {{"count", "87400"}});
       }},
      {"members-long", in("zh-CN"), fill_list, alt(ImGuiKey_2)},
      {"members-en", in("en"), {}, alt(ImGuiKey_2)},
      {"members-150", in("zh-CN", 150), {}, alt(ImGuiKey_2)},
      {"members-search", in("zh-CN"),
       [](view::ScreensView& view) {
         view.members.query = "zzy";
         view.members.rows.resize(2);
         view.members.matching = 2;
       },
       [](Headless& ui) {
         ui.press(ImGuiMod_Ctrl | ImGuiKey_F);
         ui.type("zzy");
       }},
      {"members-none", in("zh-CN"),
       [](view::ScreensView& view) {
         view.members.query = "没有这个人";
         view.members.rows.clear();
         view.members.matching = 0;
       },
       alt(ImGuiKey_2)},
      {"members-pick", in("zh-CN"), [](view::ScreensView& view) { view.today.due.clear(); },
       [](Headless& ui) { ui.press(ImGuiMod_Ctrl | ImGuiKey_N); }},
  };
}

void take(const Scene& scene, const std::filesystem::path& folder) {
  view::ScreensView screens = sample_screens(scene.settings.language);
  if (scene.change) scene.change(screens);
  client::ui::WindowState state;
  Headless headless(
      [&](client::ui::Ui& ui, client::app::CommandQueue& commands) {
        client::ui::draw_window(ui, screens, state, commands);
      },
      scene.settings);
  headless.frames(2);
  client::ui::open_in_front(state, scene.opens);
  headless.frames(4);
  if (scene.act) scene.act(headless);
  if (scene.answer) scene.answer(screens);
  headless.frames(2);
  headless.picture(folder / (scene.name + ".png"));
}

}  // namespace

/// Pictures painted, and those that could not be: what a scene presses may be out of sight in a small window.
struct Painted {
  int taken = 0;
  int failed = 0;
};

Painted take_all(const std::filesystem::path& folder, const std::vector<std::string>& names) {
  Painted painted;
  std::vector<Scene> all = scenes();
  for (Scene& scene : work_scenes())
    all.push_back(std::move(scene));
  for (Scene& scene : edge_scenes())
    all.push_back(std::move(scene));
  for (const Scene& scene : all) {
    if (!names.empty() && std::find(names.begin(), names.end(), scene.name) == names.end()) continue;
    try {
      take(scene, folder);
      std::printf("%s\n", (folder / (scene.name + ".png")).c_str());
      ++painted.taken;
    } catch (const std::exception& problem) {
      std::fprintf(stderr, "lianxin-pictures: %s: %s\n", scene.name.c_str(), problem.what());
      ++painted.failed;
    }
  }
  return painted;
}

bool read_size(const std::string& words, ImVec2& size) {
  char* end = nullptr;
  size.x = std::strtof(words.c_str(), &end);
  if (*end != 'x') return false;
  size.y = std::strtof(end + 1, &end);
  return *end == '\0' && size.x >= 320 && size.y >= 240;
}

}  // namespace lianxin::test::ui

int main(int count, char** arguments) {
  using namespace lianxin::test::ui;
  std::string folder;
  std::string size;
  std::vector<std::string> names;
  CLI::App app("Paints the screens of the window into PNG files, without a display", "lianxin-pictures");
  app.add_option("folder", folder, "where the pictures are written")->required();
  app.add_option("name", names, "pictures to paint; without a name all of them");
  app.add_option("--language", taken_in().language, "all of them in this language")
      ->check(CLI::IsMember({"zh-CN", "en"}));
  app.add_option("--text", taken_in().percent, "all of them with text of this size, in percent")
      ->check(CLI::Range(100, 150));
  app.add_option("--size", size, "size of the window, as 1024x700");
  CLI11_PARSE(app, count, arguments);
  if (!size.empty() && !read_size(size, taken_in().size)) {
    std::fprintf(stderr, "lianxin-pictures: a size is written as 1024x700, not as %s\n", size.c_str());
    return 2;
  }
  try {
    const Painted painted = take_all(folder, names);
    if (painted.taken + painted.failed == 0)
      std::fprintf(stderr, "lianxin-pictures: no picture has that name\n");
    return painted.taken > 0 && painted.failed == 0 ? 0 : 1;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "lianxin-pictures: %s\n", problem.what());
  }
  return 1;
}
