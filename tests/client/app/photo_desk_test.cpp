#include "client/app/photo_desk.hpp"

#include <doctest/doctest.h>

#include "client/app/photos.hpp"
#include "shared/base/file.hpp"
#include "tests/client/app/app_story.hpp"
#include "tests/support/jpeg.hpp"

namespace lianxin::test {

namespace ca = client::app;
namespace cv = client::view;

namespace {

std::string file_in(const WorkStore& work, const std::string& name, const Bytes& content) {
  const auto path = work.folder.path() / name;
  REQUIRE(replace_file(path, content).ok());
  return path.string();
}

}  // namespace

TEST_CASE("a photo added in the window stands in the member's file, and is shown large") {
  Id member;
  AppStory story([&](WorkStore& work) { member = put_member(*work.store, "赵志远"); });
  story.unlock();
  (void)story.want(ca::OpenMember{member});
  const std::string file = file_in(story.work, "door.jpg", quarters_jpeg(400, 300));
  auto screens = story.want(ca::AddPhoto{member, file, "门口"});
  REQUIRE(screens->member.photos.rows.size() == 1);
  const cv::PhotoRow& row = screens->member.photos.rows[0];
  CHECK(row.title.find("门口") != std::string::npos);
  REQUIRE(row.small);
  CHECK(row.small->width == 160);
  CHECK(row.small->rgba.size() == 160U * 120 * 4);
  CHECK(row.can_open);
  CHECK_FALSE(story.toast().empty());
  screens = story.want(ca::OpenPhoto{row.photo});
  REQUIRE(screens->member.photos.large);
  CHECK(screens->member.photos.large->width == 400);
  CHECK_FALSE(story.want(ca::OpenPhoto{})->member.photos.large);
}

TEST_CASE("a file that is no photo is told, and nothing is added") {
  Id member;
  AppStory story([&](WorkStore& work) { member = put_member(*work.store, "赵志远"); });
  story.unlock();
  (void)story.want(ca::OpenMember{member});
  CHECK(story.want(ca::AddPhoto{member, file_in(story.work, "a.png", "\x89PNG"), ""})
            ->member.photos.rows.empty());
  CHECK(story.toast().find("JPEG") != std::string::npos);
  (void)story.want(ca::AddPhoto{member, "/nowhere/at/all.jpg", ""});
  CHECK(story.toast().find("/nowhere/at/all.jpg") != std::string::npos);
}

TEST_CASE("a photo whose bytes are not here is asked of the county; what goes wrong is told") {
  Id member;
  AppStory story([&](WorkStore& work) {
    member = put_member(*work.store, "赵志远");
    REQUIRE(ca::add_photo(*work.store, member, quarters_jpeg(60, 60), "").ok());
    REQUIRE(work.store->database().exec("DELETE FROM picture").ok());
  });
  story.unlock();
  const auto screens = story.want(ca::OpenMember{member});
  REQUIRE(screens->member.photos.rows.size() == 1);
  CHECK(screens->member.photos.rows[0].small);
  (void)story.want(ca::OpenPhoto{screens->member.photos.rows[0].photo});
  story.app->wait_until_idle();
  const auto after = story.app->screens();
  CHECK_FALSE(after->member.photos.large);
  CHECK_FALSE(after->member.photos.fetching);
  CHECK_FALSE(story.toast().empty());
}

TEST_CASE("a photo that comes when another member's file is open is not shown over that one") {
  Id member;
  Id other;
  Id photo;
  const Bytes picture = quarters_jpeg(60, 60);
  AppStory story([&](WorkStore& work) {
    member = put_member(*work.store, "赵志远");
    other = put_member(*work.store, "钱多多");
    const auto added = ca::add_photo(*work.store, member, picture, "");
    REQUIRE(added.ok());
    photo = added->photo.id;
    REQUIRE(work.store->database().exec("DELETE FROM picture").ok());
  });
  story.unlock();
  (void)story.want(ca::OpenMember{member});
  // The same picture, added to the other one meanwhile, ends the wait for it.
  story.app->take({ca::OpenPhoto{photo}, ca::OpenMember{other},
                   ca::AddPhoto{other, file_in(story.work, "same.jpg", picture), ""}});
  story.app->wait_until_idle();
  const auto after = story.app->screens();
  CHECK(after->member.member == other);
  CHECK_FALSE(after->member.photos.large);
  CHECK(after->member.photos.open.is_nil());
  // Where its own file is open again it comes to the front.
  CHECK(story.want(ca::OpenMember{member})->member.photos.rows.size() == 1);
  CHECK(story.want(ca::OpenPhoto{photo})->member.photos.large);
}

TEST_CASE("photos of what hangs on the member stand in the file too, newest first and bounded") {
  Id member;
  WorkStore work;
  member = put_member(*work.store, "赵志远");
  const Id visit =
      put(*work.store, "visit",
          {{"members+", member.text()}, {"occurred_on", day(*work.store, 1)}, {"outcome", "met"}});
  for (int i = 0; i < static_cast<int>(ca::kPhotosShownMax) + 1; ++i) {
    work.county.clock.advance(1000);
    REQUIRE(ca::add_photo(*work.store, i % 2 == 0 ? visit : member,
                          quarters_jpeg(16, 16, 90, static_cast<std::uint32_t>(i + 1)), std::to_string(i))
                .ok());
  }
  const auto view = ca::build_photos(*work.store, work.words, member);
  REQUIRE(view.ok());
  CHECK(view->total == ca::kPhotosShownMax + 1);
  REQUIRE(view->rows.size() == ca::kPhotosShownMax);
  CHECK(view->rows[0].title.find(std::to_string(ca::kPhotosShownMax)) != std::string::npos);
  CHECK(view->rows[0].title.find("走访") != std::string::npos);
  CHECK(view->rows[1].title.find("走访") == std::string::npos);
}

}  // namespace lianxin::test
