#include <doctest/doctest.h>

#include "client/ui/photo_card.hpp"
#include "client/ui/picture.hpp"
#include "tests/client/ui/work_desk.hpp"

namespace lianxin::test::ui {
namespace {

namespace app = client::app;
namespace view = client::view;

constexpr ImGuiKeyChord kYes = ImGuiMod_Ctrl | ImGuiKey_Enter;

view::PicturePointer plain(int width, int height, const std::string& pixel) {
  view::Picture picture{width, height, {}};
  for (int i = 0; i < width * height; ++i)
    picture.rgba += pixel;
  return std::make_shared<const view::Picture>(std::move(picture));
}

const std::string kViolet("\xC8\x14\xE6\xFF", 4);

/// How many pixels of exactly this colour are on the screen.
std::size_t count_of(const Picture& screen, const std::string& pixel) {
  std::size_t found = 0;
  for (std::size_t at = 0; at + 4 <= screen.pixels.size(); at += 4) {
    const bool same = static_cast<char>(screen.pixels[at]) == pixel[0] &&
                      static_cast<char>(screen.pixels[at + 1]) == pixel[1] &&
                      static_cast<char>(screen.pixels[at + 2]) == pixel[2];
    found += same ? 1 : 0;
  }
  return found;
}

struct PhotoDesk : WorkDesk {
  PhotoDesk() : WorkDesk(app::OpenMember{sample_id(1)}) {
    screens.member.sections.resize(1);
    screens.member.facts.clear();
    view::PhotosView& photos = screens.member.photos;
    photos.rows = {{sample_id(801), "11月18日 · 门口", {"原图在县里"}, plain(40, 20, kViolet), true},
                   {sample_id(802), "9月30日", {"已依法删除"}, nullptr, false}};
    photos.total = 2;
    ui.frames(4);
    (void)ui.commands();
  }
};

}  // namespace

TEST_CASE(
    "photos of a member are drawn small, each with what is known of it; one that is gone cannot be opened") {
  PhotoDesk desk;
  CHECK(desk.ui.shows("11月18日 · 门口"));
  CHECK(desk.ui.shows("已依法删除"));
  CHECK(count_of(desk.ui.look(), kViolet) >= 40 * 20 / 2);
  CHECK_FALSE(desk.ui.has("photo.open:" + sample_id(802).text()));
  desk.ui.click("photo.open:" + sample_id(801).text());
  CHECK(desk.ui.sent<app::OpenPhoto>().photo == sample_id(801));
}

TEST_CASE("a photo shown large closes with Esc, and the program is told") {
  PhotoDesk desk;
  desk.ui.click("photo.open:" + sample_id(801).text());
  (void)desk.ui.commands();
  desk.screens.member.photos.open = sample_id(801);
  desk.screens.member.photos.large = plain(300, 200, kViolet);
  desk.ui.frames(6);
  CHECK(desk.ui.has("photo.close"));
  CHECK(count_of(desk.ui.look(), kViolet) > 300 * 200 / 2);
  desk.ui.press(ImGuiKey_Escape);
  desk.ui.frames(3);
  CHECK(desk.ui.sent<app::OpenPhoto>().photo.is_nil());
  CHECK_FALSE(desk.ui.has("photo.close"));
}

TEST_CASE(
    "a file dropped on the file of a member is asked about, with the word about cards of identity, then "
    "added") {
  PhotoDesk desk;
  client::ui::drop_file(desk.state, "/stick/door.jpg");
  desk.ui.frames(6);
  CHECK(desk.ui.shows("/stick/door.jpg"));
  CHECK(desk.ui.text().find("身份证") != std::string::npos);
  desk.ui.fill("photo.caption", "门口");
  desk.ui.press(kYes);
  desk.ui.frames(3);
  const auto added = desk.ui.sent<app::AddPhoto>();
  CHECK(added.record == sample_id(1));
  CHECK(added.path == "/stick/door.jpg");
  CHECK(added.caption == "门口");
  CHECK_FALSE(desk.ui.has("photo.add_now"));
}

TEST_CASE("a photo is chosen from a folder; Esc gives the choice up") {
  PhotoDesk desk;
  desk.ui.click("photo.add");
  desk.ui.frames(4);
  CHECK(desk.ui.sent<app::BrowseFolder>().path == "sticks");
  desk.screens.member.photos.folder = {"/stick", {{"/stick/a.jpg", "a.jpg", "24 KB", false}}, ""};
  desk.ui.frames(4);
  desk.ui.click("photo.chooser.entry:/stick/a.jpg");
  desk.ui.frames(6);
  CHECK(desk.ui.has("photo.add_now"));
  desk.ui.press(ImGuiKey_Escape);
  desk.ui.frames(3);
  CHECK(sent_count<app::AddPhoto>(desk.ui.commands()) == 0);
  CHECK_FALSE(desk.ui.has("photo.add_now"));
}

TEST_CASE("where nothing may be changed no photo is taken, dropped or chosen") {
  PhotoDesk desk;
  desk.screens.member.read_only = true;
  client::ui::drop_file(desk.state, "/stick/door.jpg");
  desk.ui.frames(6);
  CHECK_FALSE(desk.ui.has("photo.add"));
  CHECK_FALSE(desk.ui.has("photo.add_now"));
  client::ui::open_in_front(desk.state, app::OpenPage{view::Page::kSync});
  desk.ui.frames(3);
  client::ui::drop_file(desk.state, "/stick/door.jpg");
  CHECK(desk.state.work.member.photos.file == "/stick/door.jpg");  // only what was dropped before
}

TEST_CASE("the renderer gives back what is not drawn any more") {
  client::ui::PictureTextures* textures = nullptr;
  view::PicturePointer picture = plain(8, 8, kViolet);
  bool shown = true;
  Headless ui([&](client::ui::Ui& kit, app::CommandQueue&) {
    textures = &kit.pictures();
    ImGui::Begin("w");
    if (shown) kit.pictures().draw(picture, {10, 10}, {18, 18});
    ImGui::End();
  });
  ui.frames(3);
  CHECK(textures->held() == 1);
  picture = plain(8, 8, kViolet);  // another one of the same look
  ui.frames(4);
  CHECK(textures->held() == 1);
  shown = false;
  ui.frames(4);
  CHECK(textures->held() == 0);
}

TEST_CASE("a picture keeps its shape and is never blown up") {
  const view::Picture wide{400, 100, {}};
  CHECK(client::ui::fitted_size(wide, {100, 100}).x == doctest::Approx(100));
  CHECK(client::ui::fitted_size(wide, {100, 100}).y == doctest::Approx(25));
  CHECK(client::ui::fitted_size(wide, {1000, 1000}).x == doctest::Approx(400));
}

}  // namespace lianxin::test::ui
