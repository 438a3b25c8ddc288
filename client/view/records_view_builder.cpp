#include "client/view/records_view_builder.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "client/store/approval.hpp"
#include "client/store/rights.hpp"
#include "client/view/audit_words.hpp"
#include "client/view/field_rows.hpp"
#include "client/view/members_view_builder.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/extension.hpp"

namespace lianxin::client::view {
namespace {

constexpr std::size_t kRecordsMax = 500;
constexpr std::size_t kColumnsMax = 5;
constexpr std::size_t kNamesMax = 300;
constexpr std::size_t kFoundMax = 9;

using domain::Field;
using domain::Kind;
using domain::Type;

bool is_stamp(const Field& field) {
  return field.name == "org_id_at_event" || field.name == "division_code_at_event";
}

bool refers(const Field& field) {
  return field.type == Type::kReference || field.type == Type::kReferenceSet;
}

/// The audit says who did what when, and to whom.
constexpr std::array<std::string_view, 6> kAuditColumns = {"occurred_on", "at_time",   "worker_id",
                                                           "action",      "record_id", "what"};

/// What a list can show in a line: no long texts, nothing secret, no stamps.
std::vector<const Field*> column_fields(const Kind& kind) {
  std::vector<const Field*> out;
  if (kind.name == "audit_entry") {
    for (const std::string_view name : kAuditColumns)
      out.push_back(kind.field(name));
    return out;
  }
  for (const Field& field : kind.fields) {
    const bool short_enough = field.type != Type::kLongText && field.type != Type::kStrokes &&
                              field.type != Type::kThumbnail && field.type != Type::kReferenceSet;
    if (short_enough && !is_stamp(field) && out.size() < kColumnsMax) out.push_back(&field);
  }
  return out;
}

/// Share of the line: words need room, a number or a yes does not, a day some for its year.
float width_of(const Field& field) {
  using domain::Type;
  if (field.name == "record_id") return 1;  // shown as a name
  switch (field.type) {
    case Type::kText:
      return 3;  // words are what a line is looked at for
    case Type::kDate:
    case Type::kPartialDate:
      return 1.2F;
    case Type::kTime:
    case Type::kBool:
    case Type::kInteger:
      return 0.7F;
    default:
      return 1;
  }
}

/// Names of the records a field may name: few and short ones are chosen from a list, members are searched
/// for.
Result<Choices> names_of(const ViewSources& sources, std::string_view target) {
  if (target == "org_unit") return held_unit_choices(sources);
  Choices out;
  store::ListQuery query;
  query.kind = target;
  query.limit = kNamesMax;
  query.newest_first = true;
  LX_TRY(const std::vector<store::ListRow> rows, sources.store.records().list(query));
  for (const store::ListRow& row : rows) {
    LX_TRY(std::string name, name_in_words(sources, query.kind, row));
    out.push_back({row.id.text(), std::move(name)});
  }
  add_letters(out);
  return out;
}

/// Of a record that is named by its number; the number itself where it is none.
Result<std::string> name_of_record(const ViewSources& sources, const std::string& text) {
  const auto id = Id::parse(text);
  return id.ok() ? name_in_words(sources, *id) : Result<std::string>(text);
}

/// Entries of the audit name a record and a form: both by their names.
Result<std::string> audit_value(const ViewSources& sources, const Field& field, const std::string& kept,
                                std::string words) {
  if (field.name == "what") return audit_words(sources.wording.messages(), kept);
  return field.name == "record_id" ? name_of_record(sources, kept) : Result<std::string>(std::move(words));
}

/// What is chosen stays readable, whether the list holds it or not.
Status add_chosen(const ViewSources& sources, const std::string& value, Choices& choices) {
  for (const std::string& text : split(value, ' ')) {
    const bool is_there =
        std::any_of(choices.begin(), choices.end(), [&](const Choice& c) { return c.code == text; });
    const auto id = Id::parse(text);
    if (!id.ok() || is_there) continue;
    LX_TRY(std::string name, name_in_words(sources, *id));
    choices.push_back({text, std::move(name)});
  }
  return {};
}

Status make_choosable(const ViewSources& sources, const Field& field, FieldRow& row) {
  if (!refers(field)) return {};
  if (field.type == Type::kReferenceSet) std::replace(row.edited.begin(), row.edited.end(), ',', ' ');
  const bool is_set = field.type == Type::kReferenceSet;
  if (field.target == "member") {
    row.input = is_set ? FieldInput::kMembers : FieldInput::kMember;
  } else {
    row.input = is_set ? FieldInput::kCodeSet : FieldInput::kCode;
    LX_TRY(row.choices, names_of(sources, field.target));
  }
  return add_chosen(sources, row.edited, row.choices);
}

Status add_rows(const ViewSources& sources, const Kind& kind, const store::RecordShown* record,
                RecordFormView& form) {
  for (const Field& field : kind.fields) {
    if (is_stamp(field) || field.type == Type::kStrokes || field.type == Type::kThumbnail) continue;
    FieldRow row;
    if (record != nullptr) {
      LX_TRY(row, field_row(sources, *record, field));
      if (kind.name == "audit_entry") {
        LX_TRY(row.value, audit_value(sources, field, record->value(field.name), row.value));
      }
    } else {
      LX_TRY(row, empty_field_row(sources, kind, field));
    }
    LX_TRY(const bool hidden, is_hidden(sources, kind, field, row));
    if (hidden) continue;
    if (refers(field) && (record == nullptr || !record->read_only)) {
      LX_DO(make_choosable(sources, field, row));
      LX_DO(keep_to_roles(sources, kind, field, record, row));
    }
    form.rows.push_back(std::move(row));
  }
  return {};
}

/// Records of this kind may be another's to make.
Status say_who_makes(const ViewSources& sources, const Kind& kind, RecordFormView& form) {
  const domain::EditRole needed = domain::EditRoles::base().to_make(kind);
  store::Rights rights(sources.store.database(), sources.store.clock());
  LX_TRY(const bool may, rights.may(needed, Id()));
  if (may) return {};
  form.read_only = true;
  form.why_read_only = sources.wording.text("problem.role_make_" + std::string(domain::word(needed)));
  return {};
}

/// Whether another signs it off: then the form stays open to him.
bool is_signed_off(const Kind& kind) {
  return kind.field("checked_by") != nullptr || kind.field("approved_by") != nullptr;
}

/// Who amends and who voids it, and where it counts at once.
Status say_whose(const ViewSources& sources, const Kind& kind, const store::RecordShown& record,
                 RecordFormView& form) {
  form.can_void = !form.read_only;
  if (form.read_only) return {};
  LX_TRY(form.before_saving, before_saving(sources, kind.name, record.scope));
  LX_TRY(const auto bar, sources.store.records().bar_to_void(record.id));
  if (bar) form.why_not_void = domain::problem_sentence(sources.wording.messages(), kind, *bar);
  if (!record.of_other || is_signed_off(kind)) return {};
  form.read_only = true;
  form.why_read_only = sources.wording.text("error.record.fact_author");
  return {};
}

/// What a new record most likely says: today, this worker, this laptop's only unit.
void fill_in(const ViewSources& sources, RecordFormView& form) {
  const auto set = [&](const FieldRow& row, const std::string& value) {
    form.draft.edits.push_back({Id(), form.kind, row.field, value});
  };
  for (const FieldRow& row : form.rows) {
    if (row.field == "occurred_on" || row.field == "pushed_on" || row.field == "opened_on")
      set(row, sources.today().text());
    if (row.field == "worker_id") set(row, sources.store.identity().worker.text());
    if ((row.field == "org_id" || row.field == "village_id") && row.choices.size() == 1)
      set(row, row.choices.front().code);
  }
}

}  // namespace

const std::vector<std::string_view>& record_kinds() {
  static const std::vector<std::string_view> kKinds = {"activity",
                                                       "attendance",
                                                       "content_push",
                                                       "contact_group",
                                                       "contact_group_member",
                                                       "contact_attempt",
                                                       "consultation",
                                                       "case_item",
                                                       "case_event",
                                                       "liaison_assignment",
                                                       "certificate",
                                                       "certificate_check",
                                                       "transfer_request",
                                                       "hardship_record",
                                                       "aid",
                                                       "support_pair",
                                                       "points_rule",
                                                       "points_entry",
                                                       "team",
                                                       "team_member",
                                                       "venue",
                                                       "grid",
                                                       "survey",
                                                       "survey_answer",
                                                       "pledge",
                                                       "duty_role",
                                                       "quarter_refresh",
                                                       "correction",
                                                       "material",
                                                       "material_component",
                                                       "stock_movement",
                                                       "worker",
                                                       "worker_role",
                                                       "duty_shift",
                                                       "org_unit",
                                                       "org_code",
                                                       "village_table",
                                                       "township_register",
                                                       "month_close",
                                                       "festival_day",
                                                       "parameter",
                                                       "custom_field",
                                                       "audit_entry"};
  return kKinds;
}

Result<RecordsView> build_records(const ViewSources& sources, std::string_view kind_name,
                                  const std::string& query) {
  RecordsView view;
  for (const std::string_view name : record_kinds())
    view.kinds.push_back({std::string(name), sources.wording.text("kind." + std::string(name))});
  view.kind = kind_name.empty() ? std::string(record_kinds().front()) : std::string(kind_name);
  view.query = query;
  const Kind* kind = sources.catalogue().kind(view.kind);
  if (kind == nullptr) return fail("list.kind", {{"kind", view.kind}});
  const std::vector<const Field*> fields = column_fields(*kind);
  for (const Field* field : fields)
    view.columns.push_back({field->name, sources.label(kind->name, field->name), width_of(*field)});
  store::ListQuery asked;
  asked.kind = view.kind;
  asked.search = query;
  asked.limit = kRecordsMax;
  asked.newest_first = true;
  LX_TRY(const std::vector<store::ListRow> rows, sources.store.records().list(asked));
  view.total = static_cast<std::uint32_t>(rows.size());
  if (query.empty()) {
    LX_TRY(view.total, store::count_of(sources.store.database(), view.kind));
  }
  std::set<Id> uncounted;
  if (kind->name == "points_entry") {
    LX_TRY(uncounted, store::own_approvals(sources.store.database()));
  }
  for (const store::ListRow& row : rows) {
    const bool is_uncounted = uncounted.count(row.id) > 0;
    RegisterRow line;
    line.record = row.id;
    line.opens = RowOpens::kRecord;
    for (const Field* field : fields) {
      const auto value = row.values.find(field->name);
      const std::string text = value == row.values.end() ? std::string() : value->second;
      LX_TRY(std::string words, value_in_words(sources, *field, text));
      if (kind->name == "audit_entry") {
        LX_TRY(words, audit_value(sources, *field, text, std::move(words)));
      }
      if (is_uncounted && field->name == "points_tenths")
        words = Wording::dotted({words, sources.wording.text("points.own_approval")});
      line.cells.push_back(
          {std::move(words), row.in_dispute || is_uncounted ? Tone::kNeedsYou : Tone::kPlain});
    }
    view.rows.push_back(std::move(line));
  }
  view.state.readiness = Readiness::kReady;
  return view;
}

Result<RecordFormView> build_record_form(const ViewSources& sources, const RecordDraft& draft,
                                         const std::string& shown_token) {
  RecordFormView form;
  form.form = draft.draft;
  form.record = draft.record;
  form.kind = draft.kind;
  form.draft = draft;
  const Kind* kind = sources.catalogue().kind(draft.kind);
  if (kind == nullptr) return fail("list.kind", {{"kind", draft.kind}});
  const std::string name = sources.wording.text("kind." + kind->name);
  if (kind->name == "audit_entry") {
    form.read_only = true;
    form.why_read_only = sources.wording.text("error.audit.by_hand");
  }
  if (kind->name == domain::kCustomFieldKind) {
    form.read_only = true;
    form.why_read_only = sources.wording.text("error.own_field.by_hand");
  }
  if (draft.record.is_nil()) {
    form.can_void = false;
    LX_TRY(form.before_saving, before_saving(sources, kind->name, Id()));
    form.title = Wording::dotted({name, sources.wording.text("view.records.new")});
    LX_DO(say_who_makes(sources, *kind, form));
    LX_DO(add_rows(sources, *kind, nullptr, form));
    if (draft.edits.empty()) fill_in(sources, form);
    return form;
  }
  LX_TRY(const auto record, sources.store.records().get(draft.record));
  if (!record || record->kind != draft.kind) return fail("record.unknown", {{"id", draft.record.text()}});
  LX_TRY(const std::string place, store::name_of(sources.store.database(), "org_unit", record->scope));
  form.title = name;
  form.subtitle = place;
  form.read_only = form.read_only || record->read_only || record->voided;
  const std::string state = kind->name == "points_entry" ? record->value("state") : std::string();
  if (!state.empty() && state != "proposed") {
    LX_TRY(const auto uncounted, store::own_approvals(sources.store.database()));
    form.read_only = true;
    form.why_read_only = sources.wording.text(uncounted.count(draft.record) > 0 ? "points.own_approval"
                                                                                : "error.points.decided");
  }
  if (record->voided) form.why_read_only = sources.wording.text("view.records.voided");
  if (record->read_only) form.why_read_only = sources.wording.text("view.records.leaving");
  LX_DO(say_whose(sources, *kind, *record, form));
  store::ShownHeads shown;
  LX_DO(sources.store.records().show(draft.record, shown));
  form.shown_token = shown_token.empty() ? shown.token() : shown_token;
  LX_DO(add_rows(sources, *kind, &*record, form));
  return form;
}

Result<Choices> find_members(const ViewSources& sources, const std::string& query) {
  Choices out;
  LX_TRY(const store::FoundMembers found, sources.store.records().find_members(query, 0, kFoundMax));
  auto& database = sources.store.database();
  LX_TRY(const std::vector<store::MemberLine> lines, store::member_lines(database, found.members));
  for (const store::MemberLine& line : lines)
    out.push_back({line.member.text(), Wording::dotted({line.name, line.village})});
  return out;
}

}  // namespace lianxin::client::view
