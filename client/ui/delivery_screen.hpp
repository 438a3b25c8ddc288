#pragma once
// Handing over or sending material: what, how, to whom, and the signature.
#include <cstdint>
#include <map>
#include <string>

#include "client/app/command.hpp"
#include "client/ui/field_input.hpp"
#include "client/ui/signature_pad.hpp"
#include "client/ui/stash_timer.hpp"
#include "client/ui/ui.hpp"
#include "client/view/delivery_view.hpp"

namespace lianxin::client::ui {

struct DeliveryState {
  Id form;                    ///< whose draft this is; another one in the view is taken over
  view::DeliveryDraft draft;  ///< what is typed
  std::string shown_token;
  StashTimer stash;
  std::uint64_t answered = 0;
  bool saving = false;
  bool focus_wanted = false;
  bool drop_open = false;
  std::string waiting_relation;  ///< said of a hand-over before it was made a courier's
  SignatureState signature;
  std::map<std::string, FieldInputState> own;  ///< controls of the county's own fields
};

void draw_delivery(Ui& ui, const view::DeliveryFormView& view, DeliveryState& state,
                   app::CommandQueue& commands);
/// The page is left by another way than its own buttons: what is typed is put aside.
void leave_delivery(DeliveryState& state, app::CommandQueue& commands);

}  // namespace lianxin::client::ui
