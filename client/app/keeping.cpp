// Drafts, saves, "unchanged", and taking back.
#include "client/app/desk.hpp"
#include "client/app/draft_text.hpp"
#include "client/app/form_edits.hpp"
#include "client/app/quarter_refresh.hpp"
#include "client/app/save_words.hpp"
#include "client/store/work_queries.hpp"

namespace lianxin::client::app {
namespace {

Result<std::string> name_of(Desk& desk, const Id& member) {
  return store::name_of(desk.store->database(), "member", member);
}

/// The row of table `draft` for a form.
struct Stashing {
  Desk& desk;
  const std::string& token;

  Result<store::Draft> row(const char* form, const Id& id, const Id& subject, std::string content) const {
    store::Draft draft;
    draft.id = id;
    draft.form = form;
    draft.subject = subject;
    LX_TRY(draft.title, name_of(desk, subject));
    draft.content = std::move(content);
    draft.shown_token = token;
    draft.saved_ms = desk.clock.now_ms();
    return draft;
  }
  Result<store::Draft> operator()(const view::VisitDraft& draft) const {
    return row("visit", draft.draft, draft.member, draft_text(draft));
  }
  Result<store::Draft> operator()(const view::DeliveryDraft& draft) const {
    return row("delivery", draft.draft, draft.member, draft_text(draft));
  }
  Result<store::Draft> operator()(const view::MemberDraft& draft) const {
    return row("member", draft.draft, draft.member, draft_text(draft));
  }
  Result<store::Draft> operator()(const view::WhereaboutsDraft& draft) const {
    return row("say", draft.draft, draft.member, draft_text(draft));
  }
  Result<store::Draft> operator()(const view::CallDraft& draft) const {
    return row("call", draft.draft, draft.member, draft_text(draft));
  }
  Result<store::Draft> operator()(const view::RecordDraft& draft) const {
    LX_TRY(store::Draft stashed, row("record", draft.draft, draft.record, draft_text(draft)));
    stashed.title = desk.wording.text("kind." + draft.kind);
    return stashed;
  }
};

/// The handler gives a member's edits their id.
StashDraft with_id(const Desk& desk, const StashDraft& command) {
  StashDraft out = command;
  if (auto* member = std::get_if<view::MemberDraft>(&out.draft);
      member != nullptr && member->draft.is_nil()) {
    const view::MemberFileView& view = desk.screens.member;
    const bool same = view.member == member->member && !view.draft.draft.is_nil();
    member->draft = same ? view.draft.draft : Id::make(desk.clock.now_ms());
  }
  return out;
}

void note_stashed(Desk& desk, const StashDraft& command) {
  const std::string when = view::Wording::clock_time(desk.clock.now_ms());
  if (const auto* visit = std::get_if<view::VisitDraft>(&command.draft)) {
    if (desk.screens.visit.form == visit->draft) desk.screens.visit.draft_saved = when;
  } else if (const auto* delivery = std::get_if<view::DeliveryDraft>(&command.draft)) {
    if (desk.screens.delivery.form == delivery->draft) desk.screens.delivery.draft_saved = when;
  } else if (const auto* member = std::get_if<view::MemberDraft>(&command.draft)) {
    if (desk.screens.member.member == member->member) {
      desk.screens.member.draft = *member;
      desk.screens.member.draft_saved = when;
    }
  } else if (const auto* said = std::get_if<view::WhereaboutsDraft>(&command.draft)) {
    if (desk.screens.member.member == said->member) {
      desk.screens.member.whereabouts.said = *said;
      desk.screens.member.whereabouts.said_saved = when;
    }
  } else if (const auto* call = std::get_if<view::CallDraft>(&command.draft)) {
    if (desk.screens.member.member == call->member) {
      desk.screens.member.whereabouts.call = *call;
      desk.screens.member.whereabouts.call_saved = when;
    }
  } else if (const auto* record = std::get_if<view::RecordDraft>(&command.draft)) {
    if (desk.screens.records.form.form == record->draft) desk.screens.records.form.draft_saved = when;
  }
}

struct SaveTry {
  FormEdits edits;
  store::Saved saved;
};

/// After a power cut between the save and the end of its draft a form is saved again: what it made is here,
/// and what was typed since is an edit of that.
Status amend_made(Desk& desk, FormEdits& edits) {
  for (store::Edit& edit : edits.edits) {
    if (!edit.create) continue;
    LX_TRY(const auto made, desk.store->records().get(edit.record));
    edit.create = !made.has_value();
  }
  return {};
}

/// One action.
Result<SaveTry> keep(Desk& desk, Result<FormEdits> edits, const std::string& token) {
  if (!edits.ok()) return edits.error();
  LX_DO(amend_made(desk, *edits));
  if (edits->edits.empty()) {
    SaveTry nothing;
    nothing.saved.ok = true;
    return nothing;
  }
  LX_TRY(const store::ShownHeads shown,
         token.empty() ? Result<store::ShownHeads>(store::ShownHeads()) : store::ShownHeads::parse(token));
  SaveTry out;
  LX_TRY(out.saved, desk.store->records().save(edits->edits, &shown));
  out.edits = std::move(*edits);
  return out;
}

std::vector<std::string> warnings_of(const Desk& desk, const SaveTry& kept) {
  return app::warnings_of(desk.wording, desk.store->records().catalogue(), kept.edits.edits, kept.saved);
}

void say_saved(Desk& desk, const char* key, const SaveTry& kept) {
  desk.toast(with_warnings(desk.wording, desk.wording.text(key), warnings_of(desk, kept)),
             kept.saved.undo_token);
}

/// The sentence of an error stands in the form: nothing typed is lost.
view::Problems in_form(const Desk& desk, const Error& error) {
  return {{"", desk.wording.sentence(error), {}}};
}

Status drop(Desk& desk, const Id& draft) { return desk.store->drafts().drop(draft); }

/// The end of a one-page form: saved and gone, or still there with its problems and everything typed.
template <class Save, class Form>
void keep_form(Desk& desk, const Save& command, Result<FormEdits> edits, Form& form, const char* saved) {
  auto kept = keep(desk, std::move(edits), command.shown_token);
  if (!kept.ok() || !kept->saved.ok) {
    form.draft = command.draft;
    form.problems =
        kept.ok() ? problems_of(desk.wording, desk.store->records().catalogue(), kept->edits, kept->saved)
                  : in_form(desk, kept.error());
    ++form.answered;
    desk.publish();
    return;
  }
  say_saved(desk, saved, *kept);
  if (auto dropped = drop(desk, command.draft.draft); !dropped.ok()) desk.toast(dropped.error());
  form = {};
  desk.refresh();
  desk.publish();
}

}  // namespace

void handle(Desk& desk, const StashDraft& command) {
  const StashDraft named = with_id(desk, command);
  auto row = std::visit(Stashing{desk, named.shown_token}, named.draft);
  const Status stashed = row.ok() ? desk.store->drafts().stash(*row) : Status(row.error());
  if (stashed.ok())
    note_stashed(desk, named);
  else
    desk.toast(stashed.error());
  desk.publish();
}

void handle(Desk& desk, const DropDraft& command) {
  if (auto dropped = drop(desk, command.draft); !dropped.ok()) desk.toast(dropped.error());
  if (desk.screens.visit.form == command.draft) desk.screens.visit = {};
  if (desk.screens.delivery.form == command.draft) desk.screens.delivery = {};
  if (desk.screens.records.form.form == command.draft) desk.screens.records.form = {};
  const view::MemberFileView& file = desk.screens.member;
  if (file.draft.draft == command.draft || file.whereabouts.said.draft == command.draft ||
      file.whereabouts.call.draft == command.draft)
    desk.build_member(file.member);
  desk.build_page(view::Page::kToday);
  desk.publish();
}

void handle(Desk& desk, const SaveVisit& command) {
  keep_form(desk, command, visit_edits(*desk.store, command.draft), desk.screens.visit, "app.visit_saved");
}

void handle(Desk& desk, const SaveDelivery& command) {
  keep_form(desk, command, delivery_edits(*desk.store, command.draft), desk.screens.delivery,
            "app.delivery_saved");
}

void handle(Desk& desk, const SaveMember& command) {
  view::MemberDraft draft = command.draft;
  if (draft.draft.is_nil()) draft.draft = desk.screens.member.draft.draft;
  if (draft.draft.is_nil()) draft.draft = Id::make(desk.clock.now_ms());
  const Id member = draft.member.is_nil() ? made_id(draft.draft, "member", 0) : draft.member;
  auto kept = keep(desk, member_edits(*desk.store, draft, member), command.shown_token);
  view::MemberFileView& file = desk.screens.member;
  if (!kept.ok() || !kept->saved.ok) {
    file.draft = draft;
    file.problems =
        kept.ok() ? problems_of(desk.wording, desk.store->records().catalogue(), kept->edits, kept->saved)
                  : in_form(desk, kept.error());
    desk.publish();
    return;
  }
  say_saved(desk, "app.member_saved", *kept);
  if (auto dropped = drop(desk, draft.draft); !dropped.ok()) desk.toast(dropped.error());
  desk.build_member(member);
  desk.screens.member.warnings = warnings_of(desk, *kept);
  desk.refresh();
  desk.publish();
}

void handle(Desk& desk, const ConfirmUnchanged& command) {
  const auto shown = store::ShownHeads::parse(command.shown_token);
  if (!shown.ok()) {
    desk.toast(shown.error());
  } else {
    const Date today = Date::of(desk.clock.now_ms());
    const auto saved = desk.store->records().confirm(command.record, {command.field}, {}, today, &*shown);
    if (!saved.ok())
      desk.toast(saved.error());
    else
      desk.toast(desk.wording.text("app.confirmed"), saved->undo_token);
    desk.refresh();
  }
  desk.publish();
}

void handle(Desk& desk, const SayUnchanged& command) {
  const auto done = say_unchanged(*desk.store, {command.members, "", "phone"});
  if (!done.ok()) {
    desk.toast(done.error());
  } else if (!done->saved.ok) {
    desk.toast(desk.refusal(done->saved, done->problem_kind), {}, view::Tone::kNeedsYou);
  } else if (done->members.empty()) {
    desk.toast(desk.wording.text("app.refreshed_before"));
  } else {
    const domain::Kind& kind = *desk.store->records().catalogue().kind("quarter_refresh");
    desk.toast(
        with_warnings(desk.wording,
                      desk.wording.text("app.refreshed", {{"count", std::to_string(done->members.size())}}),
                      place_warnings(desk.wording, kind, done->saved)),
        done->saved.undo_token);
  }
  desk.refresh();
  desk.publish();
}

void handle(Desk& desk, const Undo& command) {
  const auto undone = desk.store->records().undo(command.undo_token);
  if (undone.ok()) {
    desk.toast(desk.wording.text("app.undone"));
    desk.screens.member.warnings.clear();
  } else {
    desk.toast(undone.error());
  }
  desk.refresh();
  desk.publish();
}

}  // namespace lianxin::client::app
