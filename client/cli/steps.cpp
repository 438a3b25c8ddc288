// member, call, shift: what is one step for a person and several records for the store. One action each, so
// it is saved whole or not at all.
#include <algorithm>
#include <map>

#include "client/app/whereabouts.hpp"
#include "client/cli/call.hpp"
#include "client/cli/record_shape.hpp"
#include "client/cli/warnings.hpp"
#include "client/cli/words.hpp"

namespace lianxin::client::cli {
namespace {

using store::Edit;
using store::FieldEdit;

void set(Edit& edit, std::string field, std::string value) {
  edit.fields.push_back({std::move(field), FieldEdit::Op::kSet, std::move(value)});
}

Result<std::string> day_of(const std::string& text) {
  LX_TRY(const Date day, parse_day(text));
  return day.text();
}

Json ids_of(const std::vector<Id>& ids) {
  Json out = Json::array();
  for (const Id& id : ids)
    out.push_back(id.text());
  return out;
}

Json change_of(const store::Saved& saved) {
  return saved.changes.empty() ? Json() : Json(saved.changes.front().text());
}

/// Warnings of an action, in the words of the record that has the field.
Json warnings_of(const Call& call, const std::vector<Edit>& edits,
                 const std::vector<domain::Problem>& problems) {
  Json out = Json::array();
  for (const domain::Problem& problem : problems) {
    const auto mine = std::find_if(edits.begin(), edits.end(), [&](const Edit& edit) {
      return field_of(call.terminal, edit.kind, problem.field) != nullptr;
    });
    if (mine == edits.end()) continue;
    const domain::Kind& kind = *call.terminal.catalogue().kind(mine->kind);
    for (Json& one : warnings_json(call, kind, {problem})) {
      if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(std::move(one));
    }
  }
  return out;
}

/// Saves and says; what is not saved is refused with its reasons.
Exit save(Call& call, store::Records& records, const std::vector<Edit>& edits, Json answer, const char* key) {
  LX_TRY(const store::Saved saved, records.save(edits));
  if (!saved.ok) return refuse(call, edits.at(saved.problem_edit).kind, saved.problems);
  answer["records"] = ids_of(saved.records);
  answer["change"] = change_of(saved);
  say_with_warnings(call, std::move(answer), key, {{"count", std::to_string(saved.records.size())}},
                    warnings_of(call, edits, saved.problems));
  return 0;
}

/// What `shift` would move, by kind; nothing is written.
Exit say_shift(Call& call, const std::vector<Edit>& edits, const std::string& from, const std::string& to) {
  std::map<std::string, std::size_t> kinds;
  Json records = Json::array();
  for (const Edit& edit : edits) {
    ++kinds[edit.kind];
    records.push_back(edit.record.text());
  }
  if (call.terminal.json()) {
    call.terminal.value(
        {{"from", from}, {"to", to}, {"preview", true}, {"kinds", kinds}, {"records", std::move(records)}});
    return 0;
  }
  std::vector<std::vector<std::string>> lines;
  lines.reserve(kinds.size());
  for (const auto& [kind, count] : kinds)
    lines.push_back({kind_text(call.terminal, kind), std::to_string(count)});
  call.terminal.table(lines);
  call.terminal.say("cli.shift.preview",
                    {{"count", std::to_string(edits.size())}, {"from", from}, {"to", to}});
  return 0;
}

Result<app::SayWhereabouts> said_of(Call& call, store::Records& records, app::HomeComing what,
                                    const std::string& day) {
  app::SayWhereabouts said;
  said.what = what;
  LX_TRY(said.member, records.find_id(call.options.id));
  LX_TRY(said.day, day_of(day));
  return said;
}

}  // namespace

Exit member_home(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(app::SayWhereabouts said,
         said_of(call, store->records(), app::HomeComing::kHome, call.options.from));
  LX_TRY(said.until, day_of(call.options.to));
  LX_TRY(const app::Whereabouts made, app::whereabouts_edits(*store, said, {}, call.terminal.messages()));
  return save(call, store->records(), made.edits, {{"episode", made.episode.text()}}, "cli.member.home");
}

Exit member_returned(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(app::SayWhereabouts said,
         said_of(call, store->records(), app::HomeComing::kReturned, call.options.on));
  said.certificate_back = call.options.certificate_back;
  LX_TRY(const app::Whereabouts made, app::whereabouts_edits(*store, said, {}, call.terminal.messages()));
  const auto& certificate = made.certificate;
  const Json answer = {{"episode", made.episode.text()},
                       {"certificate", certificate ? Json(certificate->id.text()) : Json()},
                       {"certificate_back", certificate && said.certificate_back && !made.certificate_asked},
                       {"certificate_asked", made.certificate_asked}};
  Exit saved = save(call, store->records(), made.edits, answer, "cli.member.returned");
  const char* todo = app::certificate_todo(made, said);
  if (saved.ok() && *saved == 0 && todo != nullptr)
    call.terminal.note(todo, {{"no", certificate->value("cert_no")}});
  return saved;
}

Exit member_moved(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const app::SayWhereabouts said,
         said_of(call, store->records(), app::HomeComing::kMoved, call.options.on));
  std::vector<FieldEdit> next;
  for (const std::string& word : call.options.words) {
    LX_TRY(FieldEdit field, parse_field_word(word));
    next.push_back(std::move(field));
  }
  LX_TRY(const app::Whereabouts made, app::whereabouts_edits(*store, said, next, call.terminal.messages()));
  return save(call, store->records(), made.edits, {{"episode", made.episode.text()}}, "cli.member.moved");
}

Exit call_members(Call& call) {
  std::vector<FieldEdit> fields;
  std::vector<std::string> members;
  for (const std::string& word : call.options.words) {
    if (word.find('=') == std::string::npos) {
      members.push_back(word);
      continue;
    }
    LX_TRY(FieldEdit field, parse_field_word(word));
    fields.push_back(std::move(field));
  }
  if (members.empty()) return fail("call.members");
  LX_TRY(const auto store, open_store(call));
  std::vector<Id> ids;
  for (const std::string& member : members) {
    LX_TRY(const Id id, store->records().find_id(member));
    // Typed twice, he was called once.
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  const Id first = Id::make(call.clock.now_ms());
  LX_TRY(const std::vector<Edit> edits, app::call_edits(store->records(), first, ids, fields));
  return save(call, store->records(), edits, {{"call", first.text()}}, "cli.call.saved");
}

Exit shift(Call& call) {
  LX_TRY(const std::string from, day_of(call.options.from));
  LX_TRY(const std::string to, day_of(call.options.to));
  if (from == to) return fail("shift.same");
  LX_TRY(const auto store, open_store(call));
  store::Records& records = store->records();
  LX_TRY(const store::StoreStatus status, records.status());
  std::vector<Edit> edits;
  for (const domain::Kind& kind : domain::Catalogue::base().kinds()) {
    if (!kind.is_fact) continue;
    for (const char* field : {"occurred_on", "pushed_on", "opened_on"}) {
      if (kind.field(field) == nullptr) continue;
      store::ListQuery query;
      query.kind = kind.name;
      query.where = {{field, from}};
      LX_TRY(const auto rows, records.list(query));
      for (const store::ListRow& row : rows) {
        LX_TRY(const auto history, records.history(row.id));
        if (history.empty() || history.front().author != status.worker) continue;
        Edit edit;
        edit.kind = kind.name;
        edit.record = row.id;
        edit.cause = {sync::change::CauseKind::kCorrection, {}};
        edit.note = call.options.text;
        set(edit, field, to);
        edits.push_back(std::move(edit));
      }
    }
  }
  if (edits.empty()) return fail("shift.none", {{"day", from}});
  if (call.options.preview) return say_shift(call, edits, from, to);
  return save(call, records, edits, {{"from", from}, {"to", to}}, "cli.shift.saved");
}

}  // namespace lianxin::client::cli
