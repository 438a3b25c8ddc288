#include "tests/ui/sample_views.hpp"
#include "tests/ui/sample_work_views.hpp"
#include "tests/ui/scene.hpp"

namespace lianxin::test::ui {

namespace app = client::app;
namespace view = client::view;

HeadlessSettings in(std::string language, std::uint32_t percent, view::Contrast contrast) {
  HeadlessSettings settings;
  settings.language = std::move(language);
  settings.text_percent = percent;
  settings.contrast = contrast;
  return settings;
}

namespace {

void add_zh(view::ScreensView& screens) { add_work(screens, "zh-CN"); }
void add_en(view::ScreensView& screens) { add_work(screens, "en"); }

}  // namespace

std::vector<Scene> work_scenes() {
  const app::OpenVisitForm visit{sample_id(1)};
  const app::OpenDeliveryForm delivery{sample_id(5)};
  return {
      {"visit", in("zh-CN"), add_zh, {}, visit},
      {"visit-en", in("en"), add_en, {}, visit},
      {"visit-125", in("zh-CN", 125), add_zh, {}, visit},
      {"delivery", in("zh-CN"), add_zh, {}, delivery},
      {"delivery-en", in("en"), add_en, {}, delivery},
  };
}

}  // namespace lianxin::test::ui
