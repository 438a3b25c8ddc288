// put: one record created or edited, as typed.
#include "client/app/audit.hpp"
#include "client/cli/call.hpp"
#include "client/cli/record_shape.hpp"
#include "client/cli/warnings.hpp"
#include "client/cli/words.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/codes.hpp"
#include "shared/domain/phone.hpp"

namespace lianxin::client::cli {
namespace {

using store::FieldEdit;

/// Units may be named by their codes wherever an id is asked.
Status name_units(store::Records& records, const domain::Kind& kind, std::vector<FieldEdit>& edits) {
  for (FieldEdit& edit : edits) {
    const domain::Field* field = kind.field(edit.field);
    const bool is_unit =
        field != nullptr && field->target == "org_unit" &&
        (field->type == domain::Type::kReference || field->type == domain::Type::kReferenceSet);
    if (!is_unit || !is_digits(trim(edit.value))) continue;
    LX_TRY(const Id unit, records.find_id(trim(edit.value)));
    edit.value = unit.text();
  }
  return {};
}

Result<store::Edit> read_words(Call& call, store::Records& records, const domain::Kind& kind) {
  store::Edit edit;
  edit.kind = kind.name;
  LX_TRY(edit.cause, parse_cause(call.options.cause));
  if (!call.options.as_of.empty()) {
    LX_TRY(edit.as_of, parse_day(call.options.as_of));
  }
  for (const std::string& word : call.options.words) {
    LX_TRY(FieldEdit field, parse_field_word(word));
    edit.fields.push_back(std::move(field));
  }
  if (!call.options.id.empty()) {
    LX_TRY(edit.record, records.find_id(call.options.id));
    LX_TRY(const std::optional<store::RecordShown> record, records.get(edit.record));
    if (record && record->kind != kind.name) {
      return fail(
          "cli.other_kind",
          {{"id", call.options.id}, {"kind", record->kind}, {"asked", kind_text(call.terminal, kind.name)}});
    }
  }
  LX_DO(name_units(records, kind, edit.fields));
  return edit;
}

/// The kind of number a contact point holds: as typed now, else as it stands.
Result<std::string> contact_kind(store::Records& records, const store::Edit& edit) {
  for (const FieldEdit& field : edit.fields) {
    if (field.field != "kind") continue;
    const auto code = domain::read_code("contact_kind", field.value);
    return code.ok() ? *code : std::string();
  }
  if (edit.record.is_nil()) return std::string();
  LX_TRY(const std::optional<store::RecordShown> record, records.get(edit.record));
  return record ? record->value("kind") : std::string();
}

/// Numbers that look mistyped. The window shows such a warning beside the field while a person types; here it
/// is shown by not saving, once: --sure saves it as it stands.
Result<std::vector<domain::Problem>> doubtful_numbers(const Call& call, store::Records& records,
                                                      const domain::Kind& kind, const store::Edit& edit) {
  std::vector<domain::Problem> doubtful;
  domain::RecordValues values;
  for (const FieldEdit& field : edit.fields) {
    const domain::Field* known = kind.field(field.field);
    if (known == nullptr || known->is_set()) continue;
    auto canonical = domain::canonical_value(*known, field.value);
    if (canonical.ok() && !canonical->empty()) values.scalars[field.field] = std::move(*canonical);
  }
  for (domain::Problem& problem : domain::check_record(kind, values, Date::of(call.clock.now_ms()), false)) {
    const bool is_number = problem.code == "phone" || problem.code.starts_with("id_number_");
    if (is_number && values.scalars.count(problem.field) > 0) doubtful.push_back(std::move(problem));
  }
  const auto number = values.scalars.find("value");
  if (kind.name != "contact_point" || number == values.scalars.end() || !doubtful.empty()) return doubtful;
  LX_TRY(const std::string contact, contact_kind(records, edit));
  // A short number may be a landline of the own town, but it is no mobile.
  if (contact == "mobile" && !domain::is_mobile(number->second))
    doubtful.push_back({"value", "phone", {{"field", "value"}}, false});
  return doubtful;
}

/// Ids typed for records that are not on this laptop: one digit wrong, and a visit would hang on nobody. Or
/// that are void: what hangs on those is asked about.
/// Units and workers come with the first sync only, and units are named by their codes.
Status warn_of_unknown(store::Records& records, const domain::Kind& kind, const std::vector<FieldEdit>& edits,
                       std::vector<domain::Problem>& problems) {
  Names names(records);
  for (const FieldEdit& edit : edits) {
    const domain::Field* field = kind.field(edit.field);
    const bool is_told =
        field != nullptr && edit.op != FieldEdit::Op::kRemove && field->target != "org_unit" &&
        field->target != "worker" &&
        (field->type == domain::Type::kReference || field->type == domain::Type::kReferenceSet);
    const auto id = Id::parse(trim(edit.value));
    if (!is_told || !id.ok()) continue;
    LX_TRY(const auto record, records.get(*id));
    if (!record)
      problems.push_back({field->name, "not_here", {{"field", field->name}, {"id", id->text()}}, false});
    if (record && record->voided)
      problems.push_back(
          {field->name, "names_void", {{"field", field->name}, {"name", names.of(*id)}}, false});
  }
  return {};
}

/// The day a record is about: what was the unit's then is no mistake.
Date day_of(const Call& call, const std::vector<FieldEdit>& edits) {
  for (const FieldEdit& edit : edits) {
    if (edit.field != "occurred_on" && edit.field != "opened_on" && edit.field != "pushed_on") continue;
    if (const auto day = Date::parse(trim(edit.value)); day.ok()) return *day;
  }
  return Date::of(call.clock.now_ms());
}

/// Units that were merged or ended before that day: a member put into one stands in no table.
Status warn_of_ended(const Call& call, store::Records& records, const domain::Kind& kind,
                     const std::vector<FieldEdit>& edits, std::vector<domain::Problem>& problems) {
  const std::string day = day_of(call, edits).text();
  Names names(records);
  for (const FieldEdit& edit : edits) {
    const domain::Field* field = kind.field(edit.field);
    const bool names_unit =
        field != nullptr && edit.op != FieldEdit::Op::kRemove && field->target == "org_unit" &&
        (field->type == domain::Type::kReference || field->type == domain::Type::kReferenceSet);
    const auto id = Id::parse(trim(edit.value));
    if (!names_unit || !id.ok() || kind.name == "org_unit") continue;
    LX_TRY(const auto unit, records.get(*id));
    if (!unit || unit->value("to").empty() || unit->value("to") >= day) continue;
    domain::Problem problem{field->name, "unit_ended", {{"field", field->name}}, false};
    problem.args.push_back({"name", names.of(*id)});
    problem.args.push_back({"day", unit->value("to")});
    if (const auto into = unit->fields.find("merged_into");
        into != unit->fields.end() && !into->second.elements.empty()) {
      const auto next = Id::parse(into->second.elements.front());
      problem.code = "unit_merged";
      problem.args.push_back({"into", next.ok() ? names.of(*next) : into->second.elements.front()});
    }
    problems.push_back(std::move(problem));
  }
  return {};
}

/// Nothing stops who corrects a voided record, but it counts no more for that.
Status warn_of_void(store::Records& records, const store::Saved& saved,
                    std::vector<domain::Problem>& problems) {
  if (saved.records.empty()) return {};
  LX_TRY(const auto record, records.get(saved.records.front()));
  if (record && record->voided) problems.push_back({"voided", "voided", {{"field", "voided"}}, false});
  return {};
}

void say_saved(Call& call, const domain::Kind& kind, const store::Saved& saved) {
  const bool changed = !saved.changes.empty();
  const std::string id = saved.records.empty() ? std::string() : saved.records.front().text();
  const Json answer = {{"id", id}, {"change", changed ? Json(saved.changes.front().text()) : Json()}};
  say_with_warnings(call, answer, changed ? "cli.saved" : "cli.saved_same",
                    {{"kind", kind_text(call.terminal, kind.name)}, {"id", id}},
                    warnings_json(call, kind, saved.problems));
}

}  // namespace

Exit put(Call& call) {
  const domain::Kind* kind = domain::Catalogue::base().kind(call.options.kind);
  if (kind == nullptr) {
    note_kinds(call.terminal);
    return fail("record.kind", {{"kind", call.options.kind}});
  }
  LX_DO(app::may_be_typed(kind->name));
  LX_TRY(const auto store, open_store(call));
  kind = call.terminal.catalogue().kind(kind->name);
  LX_TRY(const store::Edit edit, read_words(call, store->records(), *kind));
  LX_DO(app::may_be_typed(*store, kind->name, edit.record, edit.fields));
  for (const FieldEdit& field : edit.fields) {
    if (kind->field(field.field) == nullptr) {
      note_fields(call.terminal, *kind);
      return fail("record.field", {{"kind", kind_text(call.terminal, kind->name)}, {"field", field.field}});
    }
  }
  if (!call.options.sure) {
    LX_TRY(const std::vector<domain::Problem> doubtful,
           doubtful_numbers(call, store->records(), *kind, edit));
    if (!doubtful.empty()) return refuse(call, kind->name, doubtful, "cli.put.sure");
  }
  LX_TRY(store::Saved saved, store->records().save({edit}));
  if (!saved.ok) return refuse(call, kind->name, saved.problems);
  LX_DO(warn_of_unknown(store->records(), *kind, edit.fields, saved.problems));
  LX_DO(warn_of_ended(call, store->records(), *kind, edit.fields, saved.problems));
  LX_DO(warn_of_void(store->records(), saved, saved.problems));
  say_saved(call, *kind, saved);
  return 0;
}

}  // namespace lianxin::client::cli
