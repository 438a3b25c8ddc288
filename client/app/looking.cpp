// Pages, searches, files and forms that come to the front.
#include <algorithm>

#include "client/app/audit.hpp"
#include "client/app/desk.hpp"
#include "client/app/draft_text.hpp"
#include "client/app/form_edits.hpp"
#include "client/view/form_view_builder.hpp"
#include "client/view/members_view_builder.hpp"
#include "shared/base/log.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/amount.hpp"

namespace lianxin::client::app {
namespace {

/// A form comes to the front, or it is said why not.
template <class Form>
void show(Desk& desk, Form& place, Result<Form> form) {
  if (form.ok())
    place = std::move(*form);
  else
    desk.toast(form.error());
}

/// One that was stashed says since when; 0 = a new one.
template <class Form>
void show_draft(Desk& desk, Form& place, Result<Form> form, WallMs stashed_ms) {
  if (form.ok() && stashed_ms > 0) {
    form->restored = true;
    form->draft_saved = view::Wording::clock_time(stashed_ms);
  }
  show(desk, place, std::move(form));
}

void show_visit(Desk& desk, const view::VisitDraft& draft, const std::string& token, WallMs stashed_ms) {
  show_draft(desk, desk.screens.visit, view::build_visit_form(desk.sources(), draft, token), stashed_ms);
}

void show_delivery(Desk& desk, const view::DeliveryDraft& draft, const std::string& token,
                   WallMs stashed_ms) {
  show_draft(desk, desk.screens.delivery, view::build_delivery_form(desk.sources(), draft, token),
             stashed_ms);
}

/// Opens what was stashed; true when it could be read.
bool show_stashed(Desk& desk, const store::Draft& stashed) {
  if (stashed.form == "visit") {
    const auto draft = read_visit_draft(stashed.content);
    if (draft.ok()) show_visit(desk, *draft, stashed.shown_token, stashed.saved_ms);
    return draft.ok();
  }
  if (stashed.form == "delivery") {
    const auto draft = read_delivery_draft(stashed.content);
    if (draft.ok()) show_delivery(desk, *draft, stashed.shown_token, stashed.saved_ms);
    return draft.ok();
  }
  if (stashed.form == "record") {
    const auto draft = read_record_draft(stashed.content);
    if (draft.ok()) show_record_form(desk, *draft, stashed.shown_token, stashed.saved_ms);
    return draft.ok();
  }
  desk.build_member(stashed.subject);
  return (stashed.form != "call" || read_call_draft(stashed.content).ok()) &&
         (stashed.form != "say" || read_whereabouts_draft(stashed.content).ok());
}

/// An unfinished form of this member, if there is one.
bool show_unfinished(Desk& desk, std::string_view form, const Id& member) {
  const auto stashed = desk.store->drafts().of(form, member);
  if (!stashed.ok()) {
    desk.toast(stashed.error());
    return false;
  }
  return *stashed && show_stashed(desk, **stashed);
}

view::VisitDraft draft_of(const store::RecordShown& visit) {
  view::VisitDraft draft;
  draft.draft = visit.id;
  const auto elements = [&](const char* field) {
    const auto found = visit.fields.find(field);
    return found == visit.fields.end() ? std::vector<std::string>() : found->second.elements;
  };
  const auto members = elements("members");
  if (!members.empty()) {
    if (const auto member = Id::parse(members.front()); member.ok()) draft.member = *member;
  }
  draft.occurred_on = visit.value("occurred_on");
  draft.began = visit.value("began");
  draft.ended = visit.value("ended");
  draft.mode = visit.value("mode");
  draft.purposes = elements("purposes");
  draft.outcome = visit.value("outcome");
  draft.met_persons = elements("met_persons");
  draft.content = visit.value("content");
  draft.festival = visit.value("festival");
  draft.gift_kind = visit.value("gift_kind");
  draft.gift_quantity = visit.value("gift_qty");
  draft.gift_yuan = domain::yuan_of_fen(visit.value("gift_amount_fen"));
  draft.next_on = visit.value("next_on");
  draft.ack_kind = visit.value("ack_kind");
  draft.ack_strokes = visit.value("ack_strokes");
  return draft;
}

view::DeliveryDraft draft_of_delivery(const store::RecordShown& delivery) {
  view::DeliveryDraft draft;
  draft.draft = delivery.id;
  if (const auto member = Id::parse(delivery.value("member_id")); member.ok()) draft.member = *member;
  draft.mode = delivery.value("mode");
  draft.occurred_on = delivery.value("dispatched_on");
  draft.to_name = delivery.value("to_name");
  draft.to_phone = delivery.value("to_phone");
  draft.to_address = delivery.value("to_address");
  draft.carrier = delivery.value("carrier");
  draft.tracking_no = delivery.value("tracking_no");
  draft.received_by = delivery.value("received_by");
  draft.relation = delivery.value("relation");
  draft.received_on = delivery.value("received_on");
  draft.receipt_kind = delivery.value("receipt_kind");
  draft.receipt_strokes = delivery.value("receipt_strokes");
  return draft;
}

/// The lines stand in records of their own.
Status add_lines(Desk& desk, const store::RecordShown& delivery, std::vector<view::HandedDraft>& to) {
  const auto lines = delivery.children.find("delivery_line");
  if (lines == delivery.children.end()) return {};
  for (const Id& id : lines->second) {
    LX_TRY(const auto line, desk.store->records().get(id));
    if (!line) continue;
    const auto material = Id::parse(line->value("material_id"));
    const std::int64_t quantity = read_integer(line->value("qty")).value_or(0);
    if (material.ok() && quantity > 0) to.push_back({*material, static_cast<std::uint32_t>(quantity)});
  }
  return {};
}

/// The questions and the material that came with a visit: an amended form holds all of them (form_edits.hpp).
Status add_made(Desk& desk, view::VisitDraft& draft) {
  for (std::size_t number = 0;; ++number) {
    LX_TRY(const auto one, desk.store->records().get(made_id(draft.draft, "case", number)));
    if (!one) break;
    draft.cases.push_back({one->value("topic"), one->value("level"), one->value("content")});
  }
  LX_TRY(const auto delivery, desk.store->records().get(made_id(draft.draft, "delivery", 0)));
  return delivery ? add_lines(desk, *delivery, draft.handed) : Status();
}

/// Token of a record that is opened to be amended, together with what the form shows of the member.
Result<std::string> token_with(Desk& desk, const std::string& form_token, const Id& record) {
  LX_TRY(store::ShownHeads shown, store::ShownHeads::parse(form_token));
  LX_DO(desk.store->records().show(record, shown));
  return shown.token();
}

/// The form of a visit that is amended: with all that was made with it, or not at all, because what is
/// missing in it would be taken back when it is saved.
Result<view::VisitFormView> amended_visit(Desk& desk, const Id& id) {
  LX_TRY(const auto visit, desk.store->records().get(id));
  if (!visit) return fail("record.unknown", {{"id", id.text()}});
  view::VisitDraft draft = draft_of(*visit);
  LX_DO(add_made(desk, draft));
  LX_TRY(view::VisitFormView form, view::build_visit_form(desk.sources(), draft, ""));
  LX_TRY(form.shown_token, token_with(desk, form.shown_token, id));
  return form;
}

/// The same of a delivery.
Result<view::DeliveryFormView> amended_delivery(Desk& desk, const Id& id) {
  LX_TRY(const auto delivery, desk.store->records().get(id));
  if (!delivery) return fail("record.unknown", {{"id", id.text()}});
  view::DeliveryDraft draft = draft_of_delivery(*delivery);
  LX_DO(add_lines(desk, *delivery, draft.lines));
  LX_TRY(view::DeliveryFormView form, view::build_delivery_form(desk.sources(), draft, ""));
  LX_TRY(form.shown_token, token_with(desk, form.shown_token, id));
  return form;
}

}  // namespace

void handle(Desk& desk, const OpenPage& command) {
  desk.front = command.page;
  desk.register_rows = view::kRegisterRows;
  desk.build_page(command.page);
  desk.build_shell();
  desk.publish();
}

void handle(Desk& desk, const Search& command) {
  // Of letters typed quickly only the last search is answered.
  if (++desk.searches_seen < desk.searches_asked.load()) return;
  desk.screens.members.query = command.query;
  desk.screens.members.first = command.from;
  desk.build_page(view::Page::kMembers);
  desk.publish();
}

void handle(Desk& desk, const RevealNumbers& command) {
  if (command.member.is_nil() || desk.screens.member.member != command.member) return;
  std::uint64_t count = 0;
  for (const view::FieldSection& section : desk.screens.member.sections)
    count += static_cast<std::uint64_t>(std::count_if(section.rows.begin(), section.rows.end(),
                                                      [](const auto& row) { return !row.masked.empty(); }));
  const auto record = desk.store->records().get(command.member);
  const Id unit = record.ok() && *record ? (*record)->scope : Id();
  const auto written =
      write_audit(*desk.store, {Act::kReveal, unit, command.member, "member file", count, ""});
  if (written.ok()) {
    desk.revealed = command.member;
    desk.build_member(command.member);
    desk.build_shell();
  } else {
    desk.toast(written.error());
  }
  desk.publish();
}

void handle(Desk& desk, const OpenMember& command) {
  desk.revealed = {};
  desk.screens.member.warnings.clear();
  desk.build_member(command.member);
  desk.publish();
}

void handle(Desk& desk, const OpenVisitForm& command) {
  if (!show_unfinished(desk, "visit", command.member)) {
    auto draft = view::new_visit_draft(desk.sources(), command.member);
    if (draft.ok() && !command.purpose.empty()) draft->purposes = {command.purpose};
    if (draft.ok())
      show_visit(desk, *draft, "", 0);
    else
      desk.toast(draft.error());
  }
  desk.publish();
}

void handle(Desk& desk, const OpenVisit& command) {
  show(desk, desk.screens.visit, amended_visit(desk, command.visit));
  desk.publish();
}

void handle(Desk& desk, const OpenDeliveryForm& command) {
  if (!show_unfinished(desk, "delivery", command.member)) {
    const auto draft = view::new_delivery_draft(desk.sources(), command.member);
    if (draft.ok())
      show_delivery(desk, *draft, "", 0);
    else
      desk.toast(draft.error());
  }
  desk.publish();
}

void handle(Desk& desk, const OpenDelivery& command) {
  show(desk, desk.screens.delivery, amended_delivery(desk, command.delivery));
  desk.publish();
}

void handle(Desk& desk, const OpenDraft& command) {
  const auto stashed = desk.store->drafts().get(command.draft);
  if (!stashed.ok())
    desk.toast(stashed.error());
  else if (!*stashed || !show_stashed(desk, **stashed))
    desk.toast(fail("draft.malformed"));
  desk.publish();
}

void handle(Desk& desk, const CloseForm& command) {
  if (desk.screens.visit.form == command.form) desk.screens.visit = {};
  if (desk.screens.delivery.form == command.form) desk.screens.delivery = {};
  if (desk.screens.records.form.form == command.form) desk.screens.records.form = {};
  desk.build_page(view::Page::kToday);
  desk.publish();
}

}  // namespace lianxin::client::app
