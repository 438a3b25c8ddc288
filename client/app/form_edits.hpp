#pragma once
// From a form to the records one save writes (one action: visit, corrections, confirmations, questions,
// deliveries, stock). Store thread.
#include <string>
#include <vector>

#include "client/store/laptop_store.hpp"
#include "client/view/delivery_view.hpp"
#include "client/view/member_file_view.hpp"
#include "client/view/visit_form_view.hpp"
#include "client/view/wording.hpp"

namespace lianxin::client::app {

/// The edits of a save, and which part of the form each came from.
struct FormEdits {
  std::vector<store::Edit> edits;
  std::vector<std::string>
      places;  ///< one per edit: "" = the form's own fields, else the draft's list ("handed")
};

/// What a person typed as the store takes it: an amount in fen, codes with commas.
[[nodiscard]] std::string kept_form(const domain::Field& field, std::string typed);

/// Ids of the records a form makes follow from the form's id, so that saving it again after a power cut makes
/// nothing twice.
[[nodiscard]] Id made_id(const Id& form, std::string_view what, std::size_t number);

/// A visit, or a call when the mode is phone or video. A visit already kept is amended, and so are its
/// questions and what was handed over: the draft holds all of them.
[[nodiscard]] Result<FormEdits> visit_edits(store::LaptopStore& store, const view::VisitDraft& draft);
[[nodiscard]] Result<FormEdits> delivery_edits(store::LaptopStore& store, const view::DeliveryDraft& draft);
/// Edits of a member's file by record; new contact points and outflows where the record is nil. `member`: the
/// id of the member, also of a new one.
[[nodiscard]] Result<FormEdits> member_edits(store::LaptopStore& store, const view::MemberDraft& draft,
                                             const Id& member);

/// "visit", "phone" ... of MemberDraft::cause.
[[nodiscard]] sync::change::CauseKind cause_kind(std::string_view code);

}  // namespace lianxin::client::app
