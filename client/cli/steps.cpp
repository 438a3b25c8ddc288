// member, call, shift: what is one step for a person and several records for the store. One action each, so
// it is saved whole or not at all.
#include <map>

#include "client/cli/call.hpp"
#include "client/cli/record_shape.hpp"
#include "client/cli/words.hpp"

namespace lianxin::client::cli {
namespace {

using store::Edit;
using store::FieldEdit;
using store::RecordShown;

void set(Edit& edit, std::string field, std::string value) {
  edit.fields.push_back({std::move(field), FieldEdit::Op::kSet, std::move(value)});
}

Result<std::string> day_of(const std::string& text) {
  LX_TRY(const Date day, parse_day(text));
  return day.text();
}

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

/// The one outflow that has not ended. Errors "episode.none", "episode.many" {count}.
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

Json ids_of(const std::vector<Id>& ids) {
  Json out = Json::array();
  for (const Id& id : ids)
    out.push_back(id.text());
  return out;
}

Json change_of(const store::Saved& saved) {
  return saved.changes.empty() ? Json() : Json(saved.changes.front().text());
}

Edit edit_of(const RecordShown& record) {
  Edit edit;
  edit.kind = record.kind;
  edit.record = record.id;
  return edit;
}

/// Saves and says; what is not saved is refused with its reasons.
Exit save(Call& call, store::Records& records, const std::vector<Edit>& edits, Json answer, const char* key) {
  LX_TRY(const store::Saved saved, records.save(edits));
  if (!saved.ok) return refuse(call, edits.at(saved.problem_edit).kind, saved.problems);
  answer["records"] = ids_of(saved.records);
  answer["change"] = change_of(saved);
  if (call.terminal.json())
    call.terminal.value(answer);
  else
    call.terminal.say(key, {{"count", std::to_string(saved.records.size())}});
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
  for (const auto& [kind, count] : kinds)
    lines.push_back({kind_text(call.terminal, kind), std::to_string(count)});
  call.terminal.table(lines);
  call.terminal.say("cli.shift.preview",
                    {{"count", std::to_string(edits.size())}, {"from", from}, {"to", to}});
  return 0;
}

void end(Edit& edit, const std::string& day, const char* how) {
  set(edit, "returned_on", day);
  set(edit, "end_kind", how);
  set(edit, "state", "ended");
}

}  // namespace

Exit member_home(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id member, store->records().find_id(call.options.id));
  LX_TRY(const RecordShown episode, open_episode(store->records(), member));
  Edit edit = edit_of(episode);
  LX_TRY(const std::string from, day_of(call.options.from));
  set(edit, "home_from", from);
  LX_TRY(const std::string to, day_of(call.options.to));
  set(edit, "home_to", to);
  return save(call, store->records(), {edit}, {{"episode", episode.id.text()}}, "cli.member.home");
}

Exit member_returned(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id member, store->records().find_id(call.options.id));
  LX_TRY(const RecordShown episode, open_episode(store->records(), member));
  LX_TRY(const std::string day, day_of(call.options.on));
  std::vector<Edit> edits{edit_of(episode)};
  end(edits.front(), day, "returned");
  LX_TRY(const auto certificate, held_certificate(store->records(), member));
  Json answer = {{"episode", episode.id.text()},
                 {"certificate", certificate ? Json(certificate->id.text()) : Json()},
                 {"certificate_back", certificate && call.options.certificate_back}};
  if (certificate && call.options.certificate_back) {
    edits.push_back(edit_of(*certificate));
    set(edits.back(), "state", "returned");
    set(edits.back(), "returned_on", day);
  } else if (certificate) {
    call.terminal.note("cli.member.certificate", {{"no", certificate->value("cert_no")}});
  }
  return save(call, store->records(), edits, answer, "cli.member.returned");
}

Exit member_moved(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id member, store->records().find_id(call.options.id));
  LX_TRY(const RecordShown episode, open_episode(store->records(), member));
  LX_TRY(const std::string day, day_of(call.options.on));
  std::vector<Edit> edits{edit_of(episode), Edit()};
  end(edits.front(), day, "moved_on");
  Edit& next = edits.back();
  next.kind = episode.kind;
  set(next, "member_id", episode.value("member_id"));
  set(next, "direction", "out");
  set(next, "left_on", day);
  set(next, "state", "reported");
  for (const std::string& word : call.options.words) {
    LX_TRY(FieldEdit field, parse_field_word(word));
    next.fields.push_back(std::move(field));
  }
  return save(call, store->records(), edits, {{"episode", episode.id.text()}}, "cli.member.moved");
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
  const Id first = Id::make(call.clock.now_ms());
  std::vector<Edit> edits;
  for (const std::string& member : members) {
    LX_TRY(const Id id, store->records().find_id(member));
    LX_TRY(const auto shown, store->records().get(id));
    if (!shown || shown->kind != "member") return fail("record.unknown", {{"id", member}});
    Edit edit;
    edit.kind = "contact_attempt";
    if (edits.empty()) {
      edit.record = first;
      edit.create = true;
    } else if (members.size() > 1) {
      set(edit, "call_id", first.text());
    }
    set(edit, "member_id", id.text());
    edit.fields.insert(edit.fields.end(), fields.begin(), fields.end());
    edits.push_back(std::move(edit));
  }
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
