#include "tests/ui/sample_work_views.hpp"

namespace lianxin::test::ui {

void add_work(client::view::ScreensView& screens, std::string_view language) {
  screens.visit = sample_visit(language);
  screens.delivery = sample_delivery(language);
}

}  // namespace lianxin::test::ui
