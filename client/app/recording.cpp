// Records of kinds without a page of their own: lists, a form from the catalogue, saving, taking out of the
// counts.
#include <algorithm>

#include "client/app/audit.hpp"
#include "client/app/desk.hpp"
#include "client/app/draft_text.hpp"
#include "client/app/form_edits.hpp"
#include "client/app/save_words.hpp"
#include "client/view/records_view_builder.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::app {
namespace {

using Op = store::FieldEdit::Op;

/// A set says what came in and what went out, against what the record shows now: who came in since the form
/// was opened stays, because the form's token has not seen him.
void add_set(const store::RecordShown* record, const view::FieldEdit& one, store::Edit& edit) {
  std::vector<std::string> wanted;
  for (const std::string& element : split(one.value, ' ')) {
    if (!element.empty()) wanted.push_back(element);
  }
  std::vector<std::string> before;
  if (record != nullptr) {
    const auto shown = record->fields.find(one.field);
    if (shown != record->fields.end()) before = shown->second.elements;
  }
  const auto holds = [](const std::vector<std::string>& list, const std::string& what) {
    return std::find(list.begin(), list.end(), what) != list.end();
  };
  for (const std::string& element : wanted) {
    if (!holds(before, element)) edit.fields.push_back({one.field, Op::kAdd, element});
  }
  for (const std::string& element : before) {
    if (!holds(wanted, element)) edit.fields.push_back({one.field, Op::kRemove, element});
  }
}

Result<FormEdits> record_edits(store::LaptopStore& store, const view::RecordDraft& draft) {
  const domain::Kind* kind = store.records().catalogue().kind(draft.kind);
  if (kind == nullptr) return fail("list.kind", {{"kind", draft.kind}});
  store::Edit edit;
  edit.kind = draft.kind;
  edit.create = draft.record.is_nil();
  edit.record = edit.create ? draft.draft : draft.record;
  LX_TRY(const auto record, store.records().get(edit.record));
  for (const view::FieldEdit& one : draft.edits) {
    const domain::Field* field = kind->field(one.field);
    if (field == nullptr) continue;
    std::string value = one.value;
    if (field->is_set()) {
      add_set(record ? &*record : nullptr, one, edit);
      continue;
    }
    value = kept_form(*field, std::move(value));
    if (!edit.create || !value.empty()) edit.fields.push_back({one.field, Op::kSet, value});
  }
  FormEdits out;
  edit.create = edit.create && !record;  // saved again after a power cut: what it made is here
  if (edit.create || !edit.fields.empty()) {
    out.edits.push_back(std::move(edit));
    out.places.emplace_back();
  }
  return out;
}

Status may_all_be_typed(Desk& desk, const FormEdits& edits) {
  for (const store::Edit& edit : edits.edits) {
    const Id known = edit.create ? Id() : edit.record;
    LX_DO(may_be_typed(*desk.store, edit.kind, known, edit.fields));
  }
  return {};
}

/// What was shown; of a form without a token, nothing in particular.
Result<store::ShownHeads> shown_by(const std::string& token) {
  return token.empty() ? Result<store::ShownHeads>(store::ShownHeads()) : store::ShownHeads::parse(token);
}

Result<store::Saved> save(Desk& desk, const FormEdits& edits, const std::string& token) {
  if (edits.edits.empty()) {
    store::Saved nothing;
    nothing.ok = true;
    return nothing;
  }
  LX_TRY(const store::ShownHeads shown, shown_by(token));
  return desk.store->records().save(edits.edits, &shown);
}

/// What was stashed of this record, or of a new one of this kind.
Result<std::optional<store::Draft>> stashed(Desk& desk, const std::string& kind, const Id& record) {
  LX_TRY(const std::vector<store::Draft> all, desk.store->drafts().all());
  for (const store::Draft& one : all) {
    if (one.form != "record" || one.subject != record) continue;
    const auto draft = read_record_draft(one.content);
    if (draft.ok() && (!record.is_nil() || draft->kind == kind)) return std::optional(one);
  }
  return std::optional<store::Draft>();
}

void refused(Desk& desk, const view::RecordDraft& draft, view::Problems problems) {
  view::RecordFormView& form = desk.screens.records.form;
  form.draft = draft;
  form.problems = std::move(problems);
  ++form.answered;
  desk.publish();
}

}  // namespace

void show_record_form(Desk& desk, const view::RecordDraft& draft, const std::string& token,
                      WallMs stashed_ms) {
  auto built = view::build_record_form(desk.sources(), draft, token);
  if (!built.ok()) {
    desk.toast(built.error());
    return;
  }
  if (stashed_ms > 0) built->draft_saved = view::Wording::clock_time(stashed_ms);
  desk.screens.records.form = std::move(*built);
}

void handle(Desk& desk, const OpenKind& command) {
  desk.front = view::Page::kRecords;
  if (!command.kind.empty()) desk.screens.records.kind = command.kind;
  desk.screens.records.query = command.query;
  desk.build_page(view::Page::kRecords);
  desk.publish();
}

void handle(Desk& desk, const OpenRecord& command) {
  view::RecordDraft draft;
  draft.kind = command.kind;
  draft.record = command.record;
  if (!command.record.is_nil()) {
    const auto record = desk.store->records().get(command.record);
    if (!record.ok()) {
      desk.toast(record.error());
      return desk.publish();
    }
    if (*record) draft.kind = (*record)->kind;
  }
  const auto kept = stashed(desk, draft.kind, draft.record);
  if (!kept.ok()) desk.toast(kept.error());
  if (command.fill.empty() && kept.ok() && *kept) {
    const auto read = read_record_draft((*kept)->content);
    if (read.ok())
      show_record_form(desk, *read, (*kept)->shown_token, (*kept)->saved_ms);
    else
      desk.toast(read.error());
  } else {
    draft.draft = Id::make(desk.clock.now_ms());
    draft.edits = command.fill;
    for (view::FieldEdit& edit : draft.edits)
      edit.record = draft.record.is_nil() ? draft.draft : draft.record;
    show_record_form(desk, draft, "", 0);
  }
  desk.publish();
}

void handle(Desk& desk, const SaveRecord& command) {
  const auto edits = record_edits(*desk.store, command.draft);
  if (!edits.ok()) {
    refused(desk, command.draft, {{"", desk.wording.sentence(edits.error()), {}}});
    return;
  }
  if (const auto typed = may_all_be_typed(desk, *edits); !typed.ok()) {
    refused(desk, command.draft, {{"", desk.wording.sentence(typed.error()), {}}});
    return;
  }
  const auto saved = save(desk, *edits, command.shown_token);
  if (!saved.ok() || !saved->ok) {
    refused(desk, command.draft,
            saved.ok() ? problems_of(desk.wording, desk.store->records().catalogue(), *edits, *saved)
                       : view::Problems{{"", desk.wording.sentence(saved.error()), {}}});
    return;
  }
  desk.toast(
      with_warnings(desk.wording, desk.wording.text("app.record_saved"),
                    warnings_of(desk.wording, desk.store->records().catalogue(), edits->edits, *saved)),
      saved->undo_token);
  if (auto dropped = desk.store->drafts().drop(command.draft.draft); !dropped.ok())
    desk.toast(dropped.error());
  desk.screens.records.form = {};
  desk.screens.records.kind = command.draft.kind;
  desk.build_page(view::Page::kRecords);
  desk.refresh();
  desk.publish();
}

void handle(Desk& desk, const VoidRecord& command) {
  const auto record = desk.store->records().get(command.record);
  const std::string kind = record.ok() && *record ? (*record)->kind : std::string();
  const Status typed = record.ok() ? may_be_typed(*desk.store, kind, command.record, {}) : record.error();
  const auto voided = [&]() -> Result<store::Saved> {
    LX_DO(typed);
    LX_TRY(const store::ShownHeads shown, shown_by(command.shown_token));
    return desk.store->records().void_record(command.record, command.reason, &shown);
  };
  const auto saved = voided();
  if (!saved.ok())
    desk.toast(saved.error());
  else if (!saved->ok)
    desk.toast(desk.refusal(*saved, kind), {}, view::Tone::kNeedsYou);
  else
    desk.toast(desk.wording.text("app.record_voided"), saved->undo_token);
  desk.screens.records.form = {};
  desk.build_page(view::Page::kRecords);
  desk.refresh();
  desk.publish();
}

void handle(Desk& desk, const FindMembers& command) {
  auto found = view::find_members(desk.sources(), command.query);
  if (!found.ok()) {
    desk.toast(found.error());
  } else {
    desk.screens.member.whereabouts.found_query = command.query;
    desk.screens.member.whereabouts.found = *found;
    desk.screens.records.found_query = command.query;
    desk.screens.records.found = std::move(*found);
  }
  desk.publish();
}

}  // namespace lianxin::client::app
