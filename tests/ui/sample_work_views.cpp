#include "tests/ui/sample_work_views.hpp"

namespace lianxin::test::ui {

void add_work(client::view::ScreensView& screens, std::string_view language) {
  screens.visit = sample_visit(language);
  screens.delivery = sample_delivery(language);
  screens.member = sample_member_file(language);
  screens.conflicts = sample_conflicts(language);
  screens.duplicates = sample_duplicates(language);
  screens.records = sample_records(language);
  screens.figures = sample_figures(language);
  screens.forms = sample_form_page(language);
  screens.sync = sample_sync(language);
  screens.import = sample_import(language);
  screens.settings = sample_settings(language);
  screens.registers = {sample_register(client::view::Page::kVisits, language),
                       sample_register(client::view::Page::kCases, language)};
}

}  // namespace lianxin::test::ui
