#include "client/ui/work_pages.hpp"

#include "client/ui/words.hpp"

namespace lianxin::client::ui {

void draw_front(Ui& ui, const view::ScreensView& view, Front front, WorkState& state, app::CommandQueue& commands) {
  switch (front) {
    case Front::kVisit: draw_visit(ui, view.visit, state.visit, commands); return;
    case Front::kDelivery: draw_delivery(ui, view.delivery, state.delivery, commands); return;
    case Front::kMember:
    case Front::kPage: return;
  }
}

void draw_work_page(Ui& ui, const view::ScreensView& /*view*/, view::Page /*page*/, WorkState& /*state*/,
                    app::CommandQueue& /*commands*/) {
  text(ui, ui.text("shell.page_missing"), {TextStyle::kNormal, ui.colour().quiet});
}

void leave_front(Front front, WorkState& state, app::CommandQueue& commands) {
  if (front == Front::kVisit) leave_visit(state.visit, commands);
  if (front == Front::kDelivery) leave_delivery(state.delivery, commands);
}

}  // namespace lianxin::client::ui
