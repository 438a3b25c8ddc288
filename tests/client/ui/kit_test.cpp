#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "client/ui/button.hpp"
#include "client/ui/dialog.hpp"
#include "client/ui/field.hpp"
#include "client/ui/fonts.hpp"
#include "client/ui/layout.hpp"
#include "client/ui/soft_wrap.hpp"
#include "client/ui/table.hpp"
#include "client/ui/theme.hpp"
#include "client/ui/ui.hpp"
#include "client/ui/words.hpp"
#include "tests/ui/headless.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace kit = client::ui;
namespace view = client::view;

/// A window with one function in it.
Headless::Draw in_window(std::function<void(kit::Ui&, app::CommandQueue&)> draw) {
  return [draw = std::move(draw)](kit::Ui& ui, app::CommandQueue& commands) {
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({800, 600});
    ImGui::Begin("###test", nullptr, ImGuiWindowFlags_NoDecoration);
    draw(ui, commands);
    ImGui::End();
  };
}

/// Red, green and blue as the eye weighs them, 0..1.
double luminance(ImU32 colour) {
  double sum = 0;
  const double weights[] = {0.2126, 0.7152, 0.0722};
  for (int k = 0; k < 3; ++k) {
    const double c = ((colour >> (8 * k)) & 255U) / 255.0;
    sum += weights[k] * (c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
  }
  return sum;
}

double contrast(ImU32 a, ImU32 b) {
  const double la = luminance(a);
  const double lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace

TEST_CASE("a button wider than its card is cut in its words, never in its key") {
  const std::string name = "用周文英（县委组织部党员教育管理科）的";
  Headless ui(in_window([&](kit::Ui& kit, app::CommandQueue&) {
    kit::begin_child("card", {220, 100}, true);
    (void)kit::button(kit, "t.take", name, {kit::ButtonKind::kPlain, ImGuiKey_3});
    ImGui::EndChild();
  }));
  const auto button = ui.item("t.take");
  CHECK(button.max.x - button.min.x <= 221);
  CHECK_FALSE(ui.shows(name));
  CHECK(ui.shows("用周文英"));
  CHECK(ui.shows("…"));
}

TEST_CASE("a button that is made narrow on purpose says what it says") {
  Headless narrow(in_window([&](kit::Ui& kit, app::CommandQueue&) {
    (void)kit::button(kit, "t.more", "+", {.width = kit.px(36)});
  }));
  narrow.frames(2);
  CHECK_FALSE(narrow.shows("…"));
}

TEST_CASE("a column of few words has room for a day, however much the others weigh") {
  Headless ui(in_window([](kit::Ui& kit, app::CommandQueue&) {
    kit::Table table(kit, {{"", 1}, {"", 0.2F}, {"", 9}}, false);
    table.rows(1, [&](std::size_t) {
      (void)table.begin_row("t.row", "row");
      table.cell("三合村");
      table.cell("12月31日");
      table.cell("秋季返乡座谈");
    });
  }));
  CHECK(ui.shows("12月31日"));
  CHECK(ui.shows("三合村"));
  CHECK(ui.shows("秋季返乡座谈"));
}

TEST_CASE("a cell that is too long is set in small type, and only what is still too long is cut") {
  std::string words = "with Longquan Township, the second";
  float width = 0;
  Headless ui(in_window([&](kit::Ui& kit, app::CommandQueue&) {
    const float normal = kit::text_size(kit, "with Longquan Township, the second").x;
    const float small = kit::text_size(kit, "with Longquan Township, the second", kit::TextStyle::kSmall).x;
    REQUIRE(small < normal);
    width = 16 + (normal + small) / 2;
    kit::Table table(kit, {{"", 1, width}, {"", 1}}, false);
    table.two_lines();
    table.rows(1, [&](std::size_t) {
      (void)table.begin_row("row", "row");
      table.cell(words);
      table.cell("next");
      table.under("why it waits");
    });
  }));
  CHECK(ui.shows(words));
  CHECK(ui.shows("why it waits"));
  CHECK(ui.item("row").max.y - ui.item("row").min.y > ui.ui().row_height());
  words += " and the third of the same name";
  CHECK_FALSE(ui.shows(words));
  CHECK(ui.shows("…"));
}

TEST_CASE("every text colour can be read on its ground, more than that in high contrast") {
  for (const auto kind : {view::Contrast::kLight, view::Contrast::kHigh}) {
    const kit::Palette c = kit::make_theme(kind, 100).colour;
    const double least = kind == view::Contrast::kHigh ? 7.0 : 4.5;
    for (const ImU32 ink : {c.text, c.quiet, c.main, c.settled, c.ageing, c.focus}) {
      CHECK(contrast(ink, c.card) >= least);
    }
    CHECK(contrast(c.main_text, c.main) >= 4.5);
    CHECK(contrast(c.chosen_text, c.chosen) >= 4.5);
    CHECK(contrast(c.toast_text, c.toast) >= 7.0);
    CHECK(contrast(c.text, c.main_pale) >= 7.0);
  }
}

TEST_CASE("text size scales every length") {
  CHECK(kit::make_theme(view::Contrast::kLight, 150).px(152) == 228);
  CHECK(kit::make_theme(view::Contrast::kLight, 112).px(10) == 11);
}

TEST_CASE("fonts: a folder without fonts is said in a sentence that names what to install") {
  const auto folder = std::filesystem::temp_directory_path() / "lianxin-no-fonts";
  std::filesystem::create_directories(folder);
  const kit::FontFiles none = kit::find_fonts({folder, folder / "missing"});
  CHECK(none.regular.empty());
  const auto loaded = kit::Fonts::load(none);
  REQUIRE_FALSE(loaded.ok());
  CHECK(test_messages("zh-CN").sentence(loaded.error()).find("fonts-noto-cjk") != std::string::npos);
}

#if IMGUI_VERSION_NUM >= 19200  // before, a font is one picture with room for the common characters only
TEST_CASE("fonts: rare characters of names are drawn, not boxes") {
  bool there[3] = {};
  Headless ui(in_window([&](kit::Ui& u, app::CommandQueue&) {
    kit::text(u, "王𬭎刘䶮");
    const ImWchar rare[] = {0x2CB4E, 0x4DAE, 0x738B};
    for (std::size_t i = 0; i < 3; ++i)
      there[i] = ImGui::GetFontBaked()->FindGlyphNoFallback(rare[i]) != nullptr;
  }));
  ui.frames(3);
  for (const bool one : there)
    CHECK(one);
}
#endif

TEST_CASE("a button is pressed by mouse, by Enter on it, and by its key; a disabled one by none") {
  int presses = 0;
  bool enabled = true;
  Headless ui(in_window([&](kit::Ui& u, app::CommandQueue&) {
    const kit::ButtonLook look{
        .kind = kit::ButtonKind::kMain, .key = ImGuiMod_Ctrl | ImGuiKey_Enter, .enabled = enabled};
    if (kit::button(u, "save", "保存", look)) ++presses;
  }));
  ui.click("save");
  CHECK(presses == 1);
  ui.press(ImGuiMod_Ctrl | ImGuiKey_Enter);
  CHECK(presses == 2);
  enabled = false;
  ui.press(ImGuiMod_Ctrl | ImGuiKey_Enter);
  CHECK(presses == 2);
  CHECK_THROWS(ui.click("save"));
}

TEST_CASE("a letter that is a key is text while one types") {
  std::string value;
  int presses = 0;
  Headless ui(in_window([&](kit::Ui& u, app::CommandQueue&) {
    kit::text_field(u, "field", value);
    if (kit::button(u, "open", "打开", {.key = ImGuiKey_O})) ++presses;
  }));
  ui.click("field");
  ImGui::GetIO().AddKeyEvent(ImGuiKey_O, true);
  ui.type("o");
  ImGui::GetIO().AddKeyEvent(ImGuiKey_O, false);
  ui.frames(2);
  CHECK(value == "o");
  CHECK(presses == 0);
}

TEST_CASE("options: digits choose, one Tab stop for the row, Ctrl+Enter turns nothing") {
  std::string mode;
  std::vector<std::string> purposes;
  const view::Choices choices = {{"a", "入户"}, {"b", "阵地"}, {"c", "单位"}};
  Headless ui(in_window([&](kit::Ui& u, app::CommandQueue&) {
    (void)kit::choice_row(u, "mode", choices, mode);
    (void)kit::choice_set(u, "purposes", choices, purposes);
  }));
  ui.frames(2);
  ui.press(ImGuiKey_Tab);
  CHECK(ui.focused() == "mode:a");
  ui.press(ImGuiKey_2);
  CHECK(mode == "b");
  ui.press(ImGuiKey_Tab);
  if (ui.focused() == "mode:b") ui.press(ImGuiKey_Tab);
  CHECK(ui.focused() == "purposes:a");
  ui.press(ImGuiKey_1);
  ui.press(ImGuiKey_Keypad3);
  CHECK(purposes == std::vector<std::string>{"a", "c"});
  ui.press(ImGuiKey_1);
  CHECK(purposes == std::vector<std::string>{"c"});
  ui.press(ImGuiMod_Ctrl | ImGuiKey_Enter);
  CHECK(purposes == std::vector<std::string>{"c"});
  ui.click("mode:c");
  CHECK(mode == "c");
}

TEST_CASE("Esc leaves a field and keeps what was typed") {
  std::string one = "before";
  std::string many;
  Headless ui(in_window([&](kit::Ui& u, app::CommandQueue&) {
    kit::text_field(u, "one", one);
    kit::long_text_field(u, "many", many, 3);
  }));
  ui.fill("one", "typed");
  ui.press(ImGuiKey_Escape);
  CHECK(one == "typed");
  ui.click("many");
  ui.type("新内容");
  ui.press(ImGuiKey_Escape);
  CHECK(many == "新内容");
}

TEST_CASE("a long text wraps in its field and is stored without the wrapping") {
  std::string value;
  Headless ui(in_window(
      [&](kit::Ui& u, app::CommandQueue&) { kit::long_text_field(u, "content", value, 5, {.width = 300}); }));
  ui.click("content");
  std::string typed;
  for (int i = 0; i < 60; ++i)
    typed += "走";
  ui.type(typed);
  CHECK(value == typed);
  ui.press(ImGuiKey_Backspace);
  typed.resize(typed.size() - 3);
  CHECK(value == typed);
  ui.press(ImGuiKey_Enter);
  ui.type("末");
  CHECK(value == typed + "\n末");
}

TEST_CASE("in a wrapped text Backspace behind a soft break removes a letter, and the cursor passes it") {
  std::string value;
  Headless ui(in_window(
      [&](kit::Ui& u, app::CommandQueue&) { kit::long_text_field(u, "content", value, 5, {.width = 300}); }));
  ui.click("content");
  ui.type("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十");
  const std::size_t whole = value.size();
  ui.press(ImGuiMod_Ctrl | ImGuiKey_Home);
  for (int i = 0; i < 25; ++i)
    ui.press(ImGuiKey_RightArrow);
  for (int i = 0; i < 12; ++i)
    ui.press(ImGuiKey_Backspace);
  CHECK(value.size() == whole - 36);
  CHECK(value.find('\r') == std::string::npos);
  CHECK(value.find('\n') == std::string::npos);
}

TEST_CASE("soft breaks: unwrapping gives the text back, places agree") {
  const auto each = [](std::string_view part) { return part.size() == 1 ? 8.0F : 16.0F; };
  const std::string plain = "去年在 Shenzhen 打工\n今年回村";
  for (const float width : {20.0F, 48.0F, 100.0F, 1000.0F}) {
    for (std::size_t at : {std::size_t{0}, std::size_t{9}, plain.size()}) {
      const kit::WrappedText wrapped = kit::soft_wrapped(plain, at, width, each);
      CHECK(kit::unwrapped(wrapped.text) == plain);
      CHECK(kit::unwrapped_place(wrapped.text, wrapped.cursor) == at);
    }
  }
}

TEST_CASE("a date is taken as offices write it, stepped by arrows, and said when it is none") {
  CHECK(kit::date_of("20261118") == "2026-11-18");
  CHECK(kit::date_of("2026.11.8") == "2026-11-08");
  CHECK(kit::date_of("2026年11月18日") == "2026-11-18");
  CHECK(kit::date_of("2026-11").empty());
  CHECK(kit::time_of("930") == "09:30");
  CHECK(kit::time_of("9：30") == "09:30");
  CHECK(kit::time_of("25:00").empty());
  std::string value;
  Headless ui(in_window([&](kit::Ui& u, app::CommandQueue&) {
    kit::date_field(u, "day", value, {.label = "日期"});
    (void)kit::button(u, "other", "别处");
  }));
  ui.fill("day", "20261118");
  ui.click("other");
  CHECK(value == "2026-11-18");
  CHECK(ui.shows(ui.messages().get("ui.weekday.3")));
  ui.fill("day", "冬天");
  ui.click("other");
  CHECK(value == "冬天");
  CHECK(ui.shows(ui.messages().get("ui.date.unreadable")));
  for (const char* no_day : {"2027-02-30", "2026-13-01", "20270230"}) {
    ui.fill("day", no_day);
    ui.click("other");
    CHECK(value == no_day);
    CHECK(ui.shows(ui.messages().get("ui.date.no_day")));
  }
  ui.fill("day", "2027-2");
  ui.click("other");
  CHECK(ui.shows(ui.messages().get("ui.date.unreadable")));
}

TEST_CASE(
    "wrapped lines fit, lose nothing, and never begin with a closing mark nor end with an opening one") {
  Headless ui(in_window([](kit::Ui&, app::CommandQueue&) {}));
  ui.frames(2);
  ImGui::NewFrame();
  const std::string text =
      "不处理也不会丢：报表里用“当面”的值，并标“有争议”。没被采用的一方下次同步会得到通知，可以提出异议。See "
      "https note.";
  for (const float width : {60.0F, 76.0F, 92.0F, 108.0F, 120.0F, 333.0F}) {
    std::string joined;
    for (std::string_view line : kit::wrapped(ui.ui(), text, width, kit::TextStyle::kNormal)) {
      CHECK(kit::text_size(ui.ui(), line).x <= width + 40);
      CHECK(line.substr(0, 3) != "，");
      CHECK(line.substr(0, 3) != "。");
      CHECK_FALSE(line.ends_with("“"));
      joined += line;
    }
    joined.erase(std::remove(joined.begin(), joined.end(), ' '), joined.end());
    std::string plain = text;
    plain.erase(std::remove(plain.begin(), plain.end(), ' '), plain.end());
    CHECK(joined == plain);
  }
  const std::string cut = kit::fitted(ui.ui(), text, 100, kit::TextStyle::kNormal);
  CHECK(cut.ends_with("…"));
  CHECK(kit::text_size(ui.ui(), cut).x <= 100);
  ImGui::EndFrame();
}

TEST_CASE("a final action asks once more; Esc is no, Ctrl+Enter is yes") {
  bool open = true;
  kit::Answer answer = kit::Answer::kNone;
  Headless ui(in_window([&](kit::Ui& u, app::CommandQueue&) {
    const kit::Answer now = kit::confirm(u, "drop", open, "放弃草稿？", "写下的内容会删除。", "放弃");
    if (now != kit::Answer::kNone) answer = now;
  }));
  ui.frames(3);
  CHECK(ui.shows("写下的内容会删除"));
  ui.press(ImGuiKey_Escape);
  CHECK(answer == kit::Answer::kNo);
  CHECK_FALSE(open);
  CHECK_FALSE(ui.has("drop.yes"));
  open = true;
  ui.frames(3);
  ui.press(ImGuiMod_Ctrl | ImGuiKey_Enter);
  CHECK(answer == kit::Answer::kYes);
}

TEST_CASE("lists say when they load, when they failed and when they are empty") {
  view::ListState state;
  bool ready = false;
  Headless ui(in_window(
      [&](kit::Ui& u, app::CommandQueue&) { ready = kit::list_ready(u, state, true, "没有内容"); }));
  CHECK(ui.shows(ui.messages().get("ui.loading")));
  state = {view::Readiness::kFailed, "读不出来，请重试。"};
  CHECK(ui.shows("读不出来"));
  state.readiness = view::Readiness::kReady;
  CHECK(ui.shows("没有内容"));
  CHECK_FALSE(ready);
}

TEST_CASE("every text key in the code of the window has its text in both languages") {
  const char* root = std::getenv("LX_SOURCE_DIR");
  REQUIRE(root != nullptr);
  const Messages chinese = test_messages("zh-CN");
  const Messages english = test_messages("en");
  const std::regex key(R"rx(text\((?:\w+ \? )?"([a-z0-9_]+(?:\.[a-z0-9_]+)+)"(?: : "([a-z0-9_.]+)")?)rx");
  std::size_t found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(root) / "client/ui")) {
    if (entry.path().extension() != ".cpp") continue;
    std::ifstream file(entry.path());
    const std::string source((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    for (std::sregex_iterator it(source.begin(), source.end(), key), end; it != end; ++it) {
      for (int group = 1; group <= 2; ++group) {
        const std::string name = (*it)[static_cast<std::size_t>(group)];
        if (name.empty()) continue;
        CAPTURE(name);
        CHECK(chinese.has(name));
        CHECK(english.has(name));
        ++found;
      }
    }
  }
  CHECK(found > 40);
}

}  // namespace lianxin::test::ui
