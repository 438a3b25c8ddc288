#include "client/app/whereabouts.hpp"

#include <algorithm>

#include "client/app/desk.hpp"
#include "client/app/form_edits.hpp"
#include "client/app/save_words.hpp"
#include "client/store/rights.hpp"

namespace lianxin::client::app {
namespace {

using store::Edit;
using store::FieldEdit;
using store::RecordShown;

void set(Edit& edit, std::string field, std::string value) {
  edit.fields.push_back({std::move(field), FieldEdit::Op::kSet, std::move(value)});
}

/// Also what hangs on records that are one with this one.
Result<std::vector<RecordShown>> children_of(store::Records& records, const std::string& kind,
                                             const Id& member) {
  LX_TRY(const std::vector<Id> cluster, records.cluster(member));
  std::vector<RecordShown> out;
  for (const Id& one : cluster) {
    LX_TRY(const auto shown, records.get(one));
    if (!shown || shown->kind != "member") return fail("record.unknown", {{"id", member.text()}});
    const auto found = shown->children.find(kind);
    if (found == shown->children.end()) continue;
    for (const Id& id : found->second) {
      LX_TRY(auto child, records.get(id));
      if (child && !child->voided && !child->deleted) out.push_back(*std::move(child));
    }
  }
  return out;
}

/// The certificate he still holds; nullopt = none.
Result<std::optional<RecordShown>> held_certificate(store::Records& records, const Id& member) {
  LX_TRY(const std::vector<RecordShown> all, children_of(records, "certificate", member));
  for (const RecordShown& one : all) {
    const std::string state = one.value("state");
    if (state == "issued" || state == "checked_in" || state == "valid")
      return std::optional<RecordShown>(one);
  }
  return std::optional<RecordShown>();
}

Edit edit_of(const RecordShown& record) {
  Edit edit;
  edit.kind = record.kind;
  edit.record = record.id;
  return edit;
}

void end(Edit& edit, const std::string& day, const char* how) {
  set(edit, "returned_on", day);
  set(edit, "end_kind", how);
  set(edit, "state", "ended");
}

Edit taken_back(const RecordShown& certificate, const std::string& day) {
  Edit edit = edit_of(certificate);
  set(edit, "state", "returned");
  set(edit, "returned_on", day);
  return edit;
}

/// Whether the person of this laptop may say that a certificate is back.
Result<bool> may_take_back(store::LaptopStore& store, const RecordShown& certificate) {
  const domain::Kind& kind = *domain::Catalogue::base().kind("certificate");
  const domain::EditRoles& roles = domain::EditRoles::base();
  store::Rights rights(store.database(), store.clock());
  domain::EditRole needed = domain::EditRole::kWorker;
  for (const char* field : {"state", "returned_on"})
    needed = std::max(needed, roles.to_write(kind, *kind.field(field), certificate.value(field),
                                             field == std::string_view("state") ? "returned" : "", false));
  return rights.may(needed, store::place_of_right(kind, certificate.id, certificate.scope));
}

/// The certificate was handed to somebody who may not book it: the office is asked to, and nothing is lost.
Edit asked_of_office(const store::LaptopStore& store, const RecordShown& certificate,
                     const SayWhereabouts& said, const Messages& messages) {
  Edit edit;
  edit.kind = "correction";
  set(edit, "member_id", said.member.text());
  set(edit, "occurred_on", Date::of(store.clock().now_ms()).text());
  set(edit, "record_id", certificate.id.text());
  set(edit, "field", "state");
  set(edit, "old_value", certificate.value("state"));
  set(edit, "new_value", "returned");
  set(edit, "reason",
      messages.get("member.certificate_reason", {{"no", certificate.value("cert_no")}, {"day", said.day}}));
  set(edit, "asked_by", "worker");
  set(edit, "state", "open");
  set(edit, "worker_id", store.identity().worker.text());
  return edit;
}

Edit next_outflow(const RecordShown& episode, const std::string& day, const std::vector<FieldEdit>& fields) {
  Edit next;
  next.kind = episode.kind;
  set(next, "member_id", episode.value("member_id"));
  set(next, "direction", "out");
  set(next, "left_on", day);
  set(next, "state", "reported");
  next.fields.insert(next.fields.end(), fields.begin(), fields.end());
  return next;
}

/// Nothing to write is as good as written.
Result<store::Saved> save(Desk& desk, const std::vector<Edit>& edits) {
  if (!edits.empty()) return desk.store->records().save(edits);
  store::Saved nothing;
  nothing.ok = true;
  return nothing;
}

/// Keeps an action and says it with its warnings, or why not: in a toast, and to the short form, which comes
/// back as it was typed.
void keep_said(Desk& desk, const Id& member, const Id& draft, const Status& made,
               const std::vector<Edit>& edits, const std::string& done) {
  const auto saved = made.ok() ? save(desk, edits) : Result<store::Saved>(made.error());
  std::string problem;
  std::vector<std::string> warnings;
  if (!saved.ok()) {
    problem = desk.wording.sentence(saved.error());
    desk.toast(saved.error());
  } else if (!saved->ok) {
    problem = desk.refusal(*saved, edits.at(saved->problem_edit).kind);
    desk.toast(problem, {}, view::Tone::kNeedsYou);
  } else {
    warnings = warnings_of(desk.wording, desk.store->records().catalogue(), edits, *saved);
    desk.toast(with_warnings(desk.wording, done, warnings), saved->undo_token);
    if (auto dropped = desk.store->drafts().drop(draft); !dropped.ok()) desk.toast(dropped.error());
  }
  desk.build_member(member);
  ++desk.screens.member.whereabouts.answered;
  desk.screens.member.whereabouts.problem = problem;
  desk.screens.member.warnings = std::move(warnings);
  desk.refresh();
  desk.publish();
}

std::vector<FieldEdit> fields_of(const std::vector<std::pair<const char*, std::string>>& values) {
  std::vector<FieldEdit> out;
  for (const auto& [field, value] : values) {
    if (!value.empty()) out.push_back({field, FieldEdit::Op::kSet, value});
  }
  return out;
}

const char* done_key(HomeComing what) {
  switch (what) {
    case HomeComing::kHome:
      return "cli.member.home";
    case HomeComing::kMoved:
      return "cli.member.moved";
    case HomeComing::kReturned:
      break;
  }
  return "cli.member.returned";
}

}  // namespace

Result<RecordShown> open_episode(store::Records& records, const Id& member) {
  LX_TRY(std::vector<RecordShown> all, children_of(records, "mobility_episode", member));
  std::erase_if(all, [](const RecordShown& one) {
    return one.value("direction") != "out" || !one.value("returned_on").empty() ||
           one.value("state") == "ended";
  });
  if (all.empty()) return fail("episode.none");
  if (all.size() > 1) return fail("episode.many", {{"count", std::to_string(all.size())}});
  return std::move(all.front());
}

Result<Whereabouts> whereabouts_edits(store::LaptopStore& store, const SayWhereabouts& said,
                                      const std::vector<FieldEdit>& next, const Messages& messages) {
  store::Records& records = store.records();
  LX_TRY(const RecordShown episode, open_episode(records, said.member));
  Whereabouts out{{edit_of(episode)}, episode.id, {}};
  switch (said.what) {
    case HomeComing::kHome:
      set(out.edits.front(), "home_from", said.day);
      set(out.edits.front(), "home_to", said.until);
      break;
    case HomeComing::kMoved:
      end(out.edits.front(), said.day, "moved_on");
      out.edits.push_back(next_outflow(episode, said.day, next));
      break;
    case HomeComing::kReturned: {
      end(out.edits.front(), said.day, "returned");
      LX_TRY(out.certificate, held_certificate(records, said.member));
      if (!out.certificate || !said.certificate_back) break;
      LX_TRY(const bool may, may_take_back(store, *out.certificate));
      out.certificate_asked = !may;
      out.edits.push_back(may ? taken_back(*out.certificate, said.day)
                              : asked_of_office(store, *out.certificate, said, messages));
      break;
    }
  }
  return out;
}

const char* certificate_todo(const Whereabouts& made, const SayWhereabouts& said) {
  if (!made.certificate) return nullptr;
  if (made.certificate_asked) return "member.certificate_asked";
  return said.certificate_back ? nullptr : "cli.member.certificate";
}

Result<std::vector<Edit>> call_edits(store::Records& records, const Id& first, const std::vector<Id>& members,
                                     const std::vector<FieldEdit>& fields) {
  if (members.empty()) return fail("call.members");
  std::vector<Edit> edits;
  for (const Id& member : members) {
    LX_TRY(const auto shown, records.get(member));
    if (!shown || shown->kind != "member") return fail("record.unknown", {{"id", member.text()}});
    Edit edit;
    edit.kind = "contact_attempt";
    if (edits.empty()) {
      edit.record = first;
      edit.create = true;
    } else if (members.size() > 1) {
      set(edit, "call_id", first.text());
    }
    set(edit, "member_id", member.text());
    edit.fields.insert(edit.fields.end(), fields.begin(), fields.end());
    edits.push_back(std::move(edit));
  }
  return edits;
}

void handle(Desk& desk, const SayWhereabouts& command) {
  const auto next = fields_of(
      {{"dest_division", command.division}, {"usual_place", command.place}, {"employer", command.employer}});
  auto said = whereabouts_edits(*desk.store, command, next, desk.wording.messages());
  std::string done = desk.wording.text(done_key(command.what));
  if (said.ok() && command.what == HomeComing::kMoved && !command.draft.is_nil()) {
    // The new outflow's id follows from the form's: after a power cut it is not made, nor the first ended,
    // twice.
    Edit& moved_to = said->edits.back();
    moved_to.record = made_id(command.draft, "mobility_episode", 0);
    moved_to.create = true;
    if (said->episode == moved_to.record) said->edits.clear();
  }
  if (said.ok()) {
    if (const char* todo = certificate_todo(*said, command))
      done += " " + desk.wording.text(todo, {{"no", said->certificate->value("cert_no")}});
  }
  keep_said(desk, command.member, command.draft, said.ok() ? Status() : Status(said.error()),
            said.ok() ? said->edits : std::vector<Edit>(), done);
}

namespace {

/// Ids follow from the form's: saved again after a power cut, it makes nothing twice.
Status add_calls(store::Records& records, const SayCall& command, const std::vector<FieldEdit>& fields,
                 std::vector<Edit>& edits) {
  std::vector<Id> members{command.member};
  for (const view::CalledDraft& other : command.others) {
    if (std::find(members.begin(), members.end(), other.member) == members.end())
      members.push_back(other.member);
  }
  LX_TRY(edits, call_edits(records, made_id(command.draft, "call", 0), members, fields));
  for (std::size_t i = 0; i < edits.size(); ++i) {
    edits[i].record = made_id(command.draft, "call", i);
    LX_TRY(const auto made, records.get(edits[i].record));
    edits[i].create = !made.has_value();
  }
  return {};
}

}  // namespace

void handle(Desk& desk, const SayCall& command) {
  auto fields = fields_of({{"occurred_on", command.day},
                           {"worker_id", desk.store->identity().worker.text()},
                           {"channel", command.channel},
                           {"direction", "we_called"},
                           {"outcome", command.outcome},
                           {"content", command.content}});
  for (const std::string& topic : command.topics)
    fields.push_back({"topics", FieldEdit::Op::kAdd, topic});
  SayCall named = command;
  if (named.draft.is_nil()) named.draft = Id::make(desk.clock.now_ms());
  std::vector<Edit> edits;
  const Status added = add_calls(desk.store->records(), named, fields, edits);
  std::string done = desk.wording.text("app.call_saved");
  if (edits.size() > 1)
    done = desk.wording.text("app.calls_saved", {{"count", std::to_string(edits.size())}});
  keep_said(desk, command.member, named.draft, added, edits, done);
}

}  // namespace lianxin::client::app
