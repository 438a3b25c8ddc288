#include "client/cli/record_shape.hpp"

#include <algorithm>

#include "client/cli/words.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/amount.hpp"
#include "shared/domain/check.hpp"
#include "shared/domain/codes.hpp"

namespace lianxin::client::cli {
namespace {

Json or_null(const std::optional<std::string>& value) { return value ? Json(*value) : Json(); }
Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json elements_json(const std::vector<std::string>& elements) {
  Json array = Json::array();
  for (const std::string& element : elements)
    array.push_back(element);
  return array;
}

}  // namespace

std::string Names::of(const Id& id) {
  if (id.is_nil()) return {};
  const auto found = known_.find(id);
  if (found != known_.end()) return found->second;
  std::string name = id.text();
  const auto record = records_.get(id);
  if (record.ok() && *record) {
    const std::string own = (*record)->value("name");
    const Id parent = (*record)->parent;
    // What hangs on a member is told by the member's name.
    if (!own.empty() || (!parent.is_nil() && parent != id)) name = own.empty() ? of(parent) : own;
  }
  return known_.emplace(id, std::move(name)).first->second;
}

const domain::Field* field_of(const Terminal& terminal, std::string_view kind, std::string_view field) {
  const domain::Kind* known = terminal.catalogue().kind(kind);
  return known == nullptr ? nullptr : known->field(field);
}

Json field_json(const domain::Field* field, const store::FieldShown& shown) {
  const bool is_set = (field != nullptr && field->is_set()) || !shown.elements.empty();
  Json json = {{"value", is_set ? elements_json(shown.elements) : text_or_null(shown.value)},
               {"dispute", shown.dispute},
               {"confirmed_on", text_or_null(shown.confirmed_on)}};
  if (shown.purged) json["purged"] = true;
  return json;
}

Json record_json(const Terminal& terminal, const store::RecordShown& record) {
  Json fields = Json::object();
  for (const auto& [name, shown] : record.fields)
    fields[name] = field_json(field_of(terminal, record.kind, name), shown);
  Json children = Json::object();
  for (const auto& [kind, ids] : record.children) {
    Json list = Json::array();
    for (const Id& id : ids)
      list.push_back(id.text());
    children[kind] = std::move(list);
  }
  Json cluster = Json::array();
  for (const Id& id : record.cluster)
    cluster.push_back(id.text());
  return {{"kind", record.kind},
          {"id", record.id.text()},
          {"scope", record.scope_code},
          {"same", std::move(cluster)},
          {"parent", record.parent.is_nil() ? Json() : Json(record.parent.text())},
          {"fields", std::move(fields)},
          {"children", std::move(children)},
          {"voided", record.voided},
          {"deleted", record.deleted},
          {"dispute", record.in_dispute},
          {"unsent", record.unsent},
          {"quarantined", record.quarantined},
          {"read_only", record.read_only}};
}

Json row_json(const domain::Kind& kind, const store::ListRow& row) {
  Json fields = Json::object();
  for (const auto& [name, value] : row.values) {
    if (value.empty()) continue;
    const domain::Field* field = kind.field(name);
    const bool is_set = field != nullptr && field->is_set();
    fields[name] = {{"value", is_set ? elements_json(split(value, ',')) : Json(value)}};
  }
  return {{"kind", kind.name},
          {"id", row.id.text()},
          {"scope", row.scope_code},
          {"fields", std::move(fields)},
          {"dispute", row.in_dispute}};
}

Json history_json(const std::vector<store::HistoryEntry>& history, Names& names) {
  Json out = Json::array();
  for (const store::HistoryEntry& entry : history) {
    Json writes = Json::array();
    for (const store::HistoryWrite& write : entry.writes) {
      Json seen = Json::array();
      for (const ChangeId& id : write.seen)
        seen.push_back(id.text());
      Json one = {{"field", write.field}, {"value", or_null(write.value)}, {"seen", std::move(seen)}};
      if (!write.element.empty()) one["element"] = write.element;
      if (write.purged) one["purged"] = true;
      writes.push_back(std::move(one));
    }
    Json one = {
        {"change", entry.change.text()},    {"action", entry.action},      {"author", names.of(entry.author)},
        {"at", iso_time(entry.wall_ms)},    {"at_ms", entry.wall_ms},      {"clock_suspect", entry.suspect},
        {"cause", cause_word(entry.cause)}, {"writes", std::move(writes)}, {"unsent", entry.unsent}};
    if (!entry.note.empty()) one["note"] = entry.note;
    if (!entry.quarantine.empty()) one["quarantined"] = entry.quarantine;
    out.push_back(std::move(one));
  }
  return out;
}

std::string conflict_word(sync::merge::ConflictKind what) {
  switch (what) {
    case sync::merge::ConflictKind::kValues:
      return "values";
    case sync::merge::ConflictKind::kGroup:
      return "group";
    case sync::merge::ConflictKind::kDelete:
      break;
  }
  return "delete";
}

Json conflict_json(const store::ConflictItem& conflict, const view::PurgedWrites& purged, Names& names) {
  Json heads = Json::array();
  for (const store::RivalValue& head : conflict.heads) {
    Json one = {{"change", head.change.text()},
                {"value", or_null(head.value)},
                {"author", names.of(head.author)},
                {"replica", head.replica.text()},
                {"hlc", head.hlc},
                {"cause", cause_word(head.cause)},
                {"at", iso_time(head.effective_ms)},
                {"clock_suspect", head.suspect},
                {"mine", head.mine}};
    if (!head.field.empty()) one["field"] = head.field;
    if (purged.count({head.change, head.field.empty() ? conflict.field : head.field}) > 0)
      one["purged"] = true;
    if (!head.note.empty()) one["note"] = head.note;
    heads.push_back(std::move(one));
  }
  return {{"id", conflict.id},
          {"record", conflict.record.text()},
          {"kind", conflict.kind},
          {"field", conflict.field},
          {"element", text_or_null(conflict.element)},
          {"what", conflict_word(conflict.what)},
          {"shown", or_null(conflict.shown)},
          {"before", or_null(conflict.before)},
          {"heads", std::move(heads)}};
}

Json told_json(const store::Told& told, Names& names) {
  return {{"id", told.id},
          {"record", told.record.text()},
          {"kind", told.kind},
          {"field", told.field},
          {"element", text_or_null(told.element)},
          {"mine", or_null(told.mine)},
          {"now", or_null(told.now)},
          {"by", told.by.text()},
          {"author", names.of(told.by_author)},
          {"at", iso_time(told.at_ms)},
          {"note", told.note}};
}

std::string value_text(const Terminal& terminal, const domain::Field* field, const std::string& value,
                       Names& names) {
  if (field == nullptr || value.empty()) return value;
  using domain::Type;
  const bool is_list = field->is_set() || field->type == Type::kCodeList;
  const bool is_code =
      field->type == Type::kCode || field->type == Type::kCodeSet || field->type == Type::kCodeList;
  const bool is_reference = field->type == Type::kReference || field->type == Type::kReferenceSet;
  if (field->type == Type::kBool) return domain::code_name("yes_no", value, terminal.language());
  if (field->type == Type::kStrokes) return terminal.words("cli.signed");
  if (field->type == Type::kThumbnail) return terminal.words("view.small_picture");
  if (domain::is_amount(*field)) return domain::yuan_of_fen(value);
  if (domain::is_instant(*field)) return time_text(read_integer(value).value_or(0));
  if (!is_code && !is_reference) return value;
  std::vector<std::string> parts = is_list ? split(value, ',') : std::vector<std::string>{value};
  for (std::string& part : parts) {
    if (is_code) {
      part = domain::code_name(field->target, part, terminal.language());
    } else if (const auto id = Id::parse(part); id.ok()) {
      part = names.of(*id);
    }
  }
  return join(parts, terminal.words("cli.comma"));
}

std::string cause_text(const Terminal& terminal, const sync::change::Cause& cause) {
  const std::string word = cause_word(cause);
  return terminal.words("cli.cause." + word.substr(0, word.find(':')));
}

std::string kind_text(const Terminal& terminal, std::string_view kind) {
  return terminal.words("kind." + std::string(kind));
}

std::string field_text(const Terminal& terminal, std::string_view kind, std::string_view field) {
  const domain::Kind* known = terminal.catalogue().kind(kind);
  return known == nullptr ? std::string(field) : domain::field_label(terminal.messages(), *known, field);
}

namespace {

/// County 220622, township 220622101, village 220622101200.
bool is_above_or_same(const store::HeldScope& unit, const store::HeldScope& other) {
  return !unit.code.empty() && other.code.starts_with(unit.code);
}

}  // namespace

void note_fields(Terminal& terminal, const domain::Kind& kind) {
  std::vector<std::string> names;
  std::vector<std::string> by_itself;  // what the program fills in comes last
  for (const domain::Field& field : kind.fields) {
    std::vector<std::string>& list = field.name.ends_with("_at_event") ? by_itself : names;
    list.push_back(field.name + " (" + field_text(terminal, kind.name, field.name) + ")");
  }
  names.insert(names.end(), by_itself.begin(), by_itself.end());
  terminal.note("cli.fields", {{"kind", kind_text(terminal, kind.name)}, {"fields", join(names, " ")}});
}

void note_kinds(Terminal& terminal) {
  std::vector<std::string> names;
  for (const domain::Kind& kind : domain::Catalogue::base().kinds())
    names.push_back(kind.name + " (" + kind_text(terminal, kind.name) + ")");
  terminal.note("cli.kinds", {{"kinds", join(names, " ")}});
}

std::string scopes_text(const Terminal& terminal, const std::vector<store::HeldScope>& scopes) {
  constexpr std::size_t kNamed = 8;
  const auto name = [](const store::HeldScope& unit) { return unit.name.empty() ? unit.code : unit.name; };
  const std::size_t all = scopes.size();
  if (all > kNamed) {
    for (const store::HeldScope& unit : scopes) {
      if (std::all_of(scopes.begin(), scopes.end(),
                      [&](const auto& other) { return is_above_or_same(unit, other); }))
        return terminal.words("cli.scopes_below", {{"name", name(unit)}, {"count", std::to_string(all - 1)}});
    }
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(all, kNamed); ++i)
    names.push_back(name(scopes[i]));
  std::string joined = join(names, terminal.words("cli.comma"));
  if (all <= kNamed) return joined;
  return terminal.words("cli.scopes_many", {{"names", joined}, {"count", std::to_string(all - kNamed)}});
}

}  // namespace lianxin::client::cli
