// The conflict desk: taking a value, keeping both, asking first; what was lost or decided elsewhere.
#include <algorithm>

#include "client/app/desk.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::app {
namespace {

Result<store::ConflictItem> find(Desk& desk, const std::string& conflict) {
  LX_TRY(auto item, desk.store->records().conflict(conflict));
  if (!item) return fail("conflict.unknown", {{"id", conflict}});
  return std::move(*item);
}

/// Whether the member has this number in another record.
Result<bool> has_number(Desk& desk, const store::RecordShown& point, const std::string& value) {
  LX_TRY(const Id id, Id::parse(point.value("member_id")));
  LX_TRY(const auto member, desk.store->records().get(id));
  if (!member || member->children.count(point.kind) == 0) return false;
  for (const Id& other : member->children.at(point.kind)) {
    if (other == point.id) continue;
    LX_TRY(const auto number, desk.store->records().get(other));
    if (number && !number->voided && !number->deleted && number->value("value") == value) return true;
  }
  return false;
}

/// A second number of the member, so that the one not taken is kept beside; once, when it is tried again.
Result<store::Saved> keep_beside(Desk& desk, const store::ConflictItem& item, const ChangeId& main) {
  LX_TRY(const auto point, desk.store->records().get(item.record));
  if (!point) return fail("record.unknown", {{"id", item.record.text()}});
  for (const store::RivalValue& rival : item.heads) {
    if (rival.change == main || !rival.value || rival.value->empty()) continue;
    LX_TRY(const bool is_beside, has_number(desk, *point, *rival.value));
    if (is_beside) {
      store::Saved there;
      there.ok = true;
      return there;
    }
    store::Edit edit;
    edit.kind = "contact_point";
    edit.cause = rival.cause;
    using Op = store::FieldEdit::Op;
    edit.fields = {{"member_id", Op::kSet, point->value("member_id")},
                   {"kind", Op::kSet, point->value("kind")},
                   {"owner", Op::kSet, point->value("owner")},
                   {"value", Op::kSet, *rival.value}};
    return desk.store->records().save({edit});
  }
  return fail("conflict.value");
}

Result<store::Saved> resolve(Desk& desk, const ResolveConflict& command) {
  LX_TRY(const store::ConflictItem item, find(desk, command.conflict));
  LX_TRY(const store::ShownHeads shown, store::ShownHeads::parse(command.shown_token));
  store::ResolveHow how;
  how.shown = &shown;
  if (command.resolution == Resolution::kLookedAt) {
    how.kind = store::ResolveHow::Kind::kLookedAt;
    return desk.store->records().resolve(command.conflict, how);
  }
  LX_TRY(how.take, ChangeId::parse(command.head));
  if (command.resolution == Resolution::kKeepBoth) {
    const domain::Kind* kind = desk.store->records().catalogue().kind(item.kind);
    const domain::Field* field = kind == nullptr ? nullptr : kind->field(item.field);
    if (field != nullptr && field->is_set()) {
      how.kind = store::ResolveHow::Kind::kBoth;
    } else {
      LX_TRY(const store::Saved beside, keep_beside(desk, item, how.take));
      if (!beside.ok) return beside;
    }
  }
  return desk.store->records().resolve(command.conflict, how);
}

/// One's own value said again: beside what stands now, not over it, so nothing of that counts as seen.
Result<store::Saved> say_again(Desk& desk, const store::Told& told) {
  store::Edit edit;
  edit.kind = told.kind;
  edit.record = told.record;
  edit.note = desk.wording.text("app.objection");
  const domain::Kind* kind = desk.store->records().catalogue().kind(told.kind);
  const domain::Field* field = kind == nullptr ? nullptr : kind->field(told.field);
  using Op = store::FieldEdit::Op;
  if (field != nullptr && field->is_set())
    edit.fields.push_back({told.field, told.mine == "1" ? Op::kAdd : Op::kRemove, told.element});
  else
    edit.fields.push_back({told.field, Op::kSet, told.mine.value_or("")});
  store::ShownHeads unseen;
  if (field != nullptr) unseen.add(told.record, field->wire, told.element, {});
  return desk.store->records().save({edit}, &unseen);
}

void object(Desk& desk, const store::Told& told) {
  const auto saved = say_again(desk, told);
  if (!saved.ok()) return desk.toast(saved.error());
  if (!saved->ok) return desk.toast(desk.refusal(*saved, told.kind), {}, view::Tone::kNeedsYou);
  desk.toast(desk.wording.text("app.objected"), saved->undo_token);
  if (auto done = desk.store->records().dismiss_told(told.id); !done.ok()) desk.toast(done.error());
}

void after(Desk& desk) {
  desk.build_page(view::Page::kConflicts);
  desk.refresh();
  desk.publish();
}

}  // namespace

void handle(Desk& desk, const ResolveConflict& command) {
  const auto item = find(desk, command.conflict);
  const auto saved = resolve(desk, command);
  if (!saved.ok())
    desk.toast(saved.error());
  else if (!saved->ok)
    desk.toast(item.ok() ? desk.refusal(*saved, item->kind) : desk.wording.text("app.not_resolved"), {},
               view::Tone::kNeedsYou);
  else
    desk.toast(desk.wording.text("app.resolved"), saved->undo_token);
  after(desk);
}

void handle(Desk& desk, const PostponeConflict& command) {
  if (auto put_off = desk.store->records().postpone(command.conflict); !put_off.ok())
    desk.toast(put_off.error());
  after(desk);
}

void handle(Desk& desk, const DismissTold& command) {
  if (auto done = desk.store->records().dismiss_told(command.told); !done.ok()) desk.toast(done.error());
  after(desk);
}

void handle(Desk& desk, const DismissDecided& command) {
  const auto change = ChangeId::parse(command.change);
  const Status done = change.ok() ? desk.store->records().dismiss_decided(*change) : Status(change.error());
  if (!done.ok()) desk.toast(done.error());
  desk.build_page(view::Page::kSync);
  desk.refresh();
  desk.publish();
}

void handle(Desk& desk, const ObjectTold& command) {
  const auto told = desk.store->records().told();
  if (!told.ok()) desk.toast(told.error());
  if (told.ok()) {
    const auto one = std::find_if(told->begin(), told->end(),
                                  [&](const store::Told& other) { return other.id == command.told; });
    if (one != told->end()) object(desk, *one);
  }
  after(desk);
}

}  // namespace lianxin::client::app
