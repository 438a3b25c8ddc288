#include "client/view/field_rows.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "client/store/fields_off.hpp"
#include "client/store/list_value.hpp"
#include "client/store/rights.hpp"
#include "client/store/search_index.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/amount.hpp"
#include "shared/domain/record_rules.hpp"

namespace lianxin::client::view {
namespace {

constexpr std::int64_t kAgeingDays = 90;

FieldInput input_of(const domain::Field& field) {
  using domain::Type;
  switch (field.type) {
    case Type::kLongText:
      return FieldInput::kLongText;
    case Type::kInteger:
    case Type::kTime:
      return FieldInput::kNumber;
    case Type::kDate:
    case Type::kPartialDate:
      return FieldInput::kDate;
    case Type::kCode:
      return FieldInput::kCode;
    case Type::kCodeSet:
    case Type::kCodeList:
      return FieldInput::kCodeSet;
    case Type::kBool:
      return FieldInput::kYesNo;
    case Type::kReference:
    case Type::kReferenceSet:
    case Type::kStrokes:
    case Type::kThumbnail:
      return FieldInput::kReadOnly;
    default:
      return field.check.find("division_or_unknown") != std::string::npos ? FieldInput::kPlace
                                                                          : FieldInput::kText;
  }
}

/// The home village is chosen among those this laptop works for: nobody's home is a county or a township.
Status add_villages(const ViewSources& sources, FieldRow& row) {
  std::set<Id> above;
  LX_TRY(const auto units, sources.store.records().list({.kind = "org_unit"}));
  for (const store::ListRow& unit : units) {
    const std::string kind = store::value_of(unit, "kind");
    if (kind == "county" || kind == "township" || kind == "street") above.insert(unit.id);
  }
  LX_TRY(const std::vector<store::HeldScope> scopes, sources.store.records().scopes());
  for (const store::HeldScope& scope : scopes) {
    if (scope.scope.is_nil() || above.count(scope.scope) > 0) continue;
    LX_TRY(const std::string name, store::name_of(sources.store.database(), "org_unit", scope.scope));
    row.choices.push_back({scope.scope.text(), name.empty() ? scope.name : name});
  }
  return {};
}

Status add_choices(const ViewSources& sources, const domain::Field& field, FieldRow& row) {
  if (row.input == FieldInput::kCode || row.input == FieldInput::kCodeSet) {
    row.choices = sources.wording.choices(field.target);
  } else if (field.name == "home_village_id") {
    LX_DO(add_villages(sources, row));
    row.input = FieldInput::kCode;
  }
  add_letters(row.choices);
  return {};
}

/// Before anything is known of a record, or of who may fill it in.
Result<FieldRow> plain_row(const ViewSources& sources, const domain::Kind& kind, const domain::Field& field) {
  FieldRow row;
  row.kind = kind.name;
  row.field = field.name;
  row.label = sources.label(kind.name, field.name);
  row.input = input_of(field);
  row.own = field.own != nullptr;
  LX_DO(add_choices(sources, field, row));
  return row;
}

Words freshness(const ViewSources& sources, const store::FieldShown& field) {
  const Wording& wording = sources.wording;
  // Nothing to ask for: there was a value, and nobody has it any more.
  if (field.purged && field.value.empty() && field.elements.empty())
    return {wording.text("view.fresh.purged"), Tone::kQuiet, Mark::kNone};
  const auto known = known_on(field);
  if (!known) return {};
  if (field.cause.kind == sync::change::CauseKind::kImport && field.confirmed_on.empty())
    return {wording.text("view.fresh.unverified"), Tone::kAgeing, Mark::kNone};
  const std::int64_t days = sources.today().day_number() - known->day_number();
  if (days <= 0) return {wording.text("view.fresh.today"), Tone::kSettled, Mark::kSettled};
  return {wording.text("view.fresh.days", {{"days", std::to_string(days)}}),
          days >= kAgeingDays ? Tone::kAgeing : Tone::kQuiet, Mark::kNone};
}

Result<std::string> how_known(const ViewSources& sources, const store::FieldShown& field) {
  if (field.effective_ms == 0) return std::string();
  LX_TRY(const std::string who, worker_name(sources, field.author));
  const Date today = sources.today();
  return sources.wording.day(Date::of(field.effective_ms).text(), today) + " " + who + " " +
         cause_in_words(sources.wording, field.cause.kind);
}

bool is_over(const store::RecordShown& record) {
  if (record.voided || record.deleted) return true;
  if (record.kind == "contact_point") {
    const std::string valid = record.value("valid");
    return !record.value("to").empty() || valid == "wrong" || valid == "dead";
  }
  return !record.value("returned_on").empty() || record.value("state") == "ended";
}

Status read_children(const ViewSources& sources, const store::RecordShown& member, const std::string& kind,
                     std::vector<store::RecordShown>& out) {
  const auto children = member.children.find(kind);
  if (children == member.children.end()) return {};
  for (const Id& child : children->second) {
    LX_TRY(auto shown, sources.store.records().get(child));
    if (shown && !is_over(*shown)) out.push_back(std::move(*shown));
  }
  return {};
}

}  // namespace

std::optional<Date> known_on(const store::FieldShown& field) {
  if (field.value.empty() && field.elements.empty()) return std::nullopt;
  const Date said = Date::of(field.effective_ms);
  const auto confirmed = Date::parse(field.confirmed_on);
  return confirmed.ok() ? std::max(said, *confirmed) : said;
}

Result<Choices> held_unit_choices(const ViewSources& sources) {
  Choices out;
  const std::string today = sources.today().text();
  std::map<Id, std::string> last_days;
  LX_TRY(const auto units, sources.store.records().list({.kind = "org_unit"}));
  for (const store::ListRow& unit : units) {
    const std::string day = store::value_of(unit, "to");
    if (!day.empty() && day < today) last_days[unit.id] = day;
  }
  LX_TRY(const std::vector<store::HeldScope> scopes, sources.store.records().scopes());
  for (const store::HeldScope& scope : scopes) {
    if (scope.scope.is_nil()) continue;
    LX_TRY(std::string name, store::name_of(sources.store.database(), "org_unit", scope.scope));
    if (name.empty()) name = scope.name;
    if (const auto ended = last_days.find(scope.scope); ended != last_days.end())
      name = sources.wording.text("view.unit_ended", {{"name", name}, {"day", ended->second}});
    out.push_back({scope.scope.text(), std::move(name)});
  }
  add_letters(out);
  return out;
}

void add_letters(Choices& choices) {
  constexpr std::size_t kSeenAtOnce = 12;  // the window narrows more than these by typing
  if (choices.size() <= kSeenAtOnce) return;
  for (Choice& choice : choices)
    choice.letters = store::search_letters(choice.label);
}

Result<bool> is_hidden(const ViewSources& sources, const domain::Kind& kind, const domain::Field& field,
                       const FieldRow& row) {
  if (!row.value.empty()) return false;
  return store::is_off(sources.store.database(), kind, field, sources.today());
}

Status keep_to_roles(const ViewSources& sources, const domain::Kind& kind, const domain::Field& field,
                     const store::RecordShown* record, FieldRow& row) {
  LX_TRY(const bool off, store::is_off(sources.store.database(), kind, field, sources.today()));
  if (off) {
    row.input = FieldInput::kReadOnly;
    row.how_known = sources.wording.text("view.field_off");
    return {};
  }
  const domain::EditRoles& roles = domain::EditRoles::base();
  const bool making = record == nullptr;
  const domain::EditRole least = making ? roles.to_make(kind) : domain::EditRole::kWorker;
  const std::string present = making || field.is_set() ? std::string() : record->value(field.name);
  if (!present.empty() && domain::is_fixed(kind, field)) {
    row.input = FieldInput::kReadOnly;
    row.how_known = sources.wording.text("view.field_fixed");
    return {};
  }
  const auto needed = [&](const std::string& value) {
    return std::max(least, roles.to_write(kind, field, present, value, making));
  };
  store::Rights rights(sources.store.database(), sources.store.clock());
  const Id place = making ? Id() : store::place_of_right(kind, record->id, record->scope);
  domain::EditRole lowest = needed("");
  bool may_any = false;
  if (field.type == domain::Type::kCode && !row.choices.empty()) {
    Choices open;
    lowest = domain::EditRole::kCounty;
    for (const Choice& choice : row.choices) {
      LX_TRY(const bool may, rights.may(needed(choice.code), place));
      if (may || choice.code == present) open.push_back(choice);
      if (choice.code == present) continue;
      may_any = may_any || may;
      lowest = std::min(lowest, needed(choice.code));
    }
    row.choices = std::move(open);
  } else {
    LX_TRY(may_any, rights.may(lowest, place));
  }
  if (may_any) return {};
  row.input = FieldInput::kReadOnly;
  row.how_known = sources.wording.text("view.who_may." + std::string(domain::word(lowest)));
  return {};
}

Result<FieldRow> empty_field_row(const ViewSources& sources, const domain::Kind& kind,
                                 const domain::Field& field) {
  LX_TRY(FieldRow row, plain_row(sources, kind, field));
  LX_DO(keep_to_roles(sources, kind, field, nullptr, row));
  return row;
}

Result<FieldRow> field_row(const ViewSources& sources, const store::RecordShown& record,
                           const domain::Field& field) {
  const domain::Kind* kind = sources.catalogue().kind(record.kind);
  LX_CHECK(kind != nullptr, "a record of an unknown kind is not shown");
  LX_TRY(FieldRow row, plain_row(sources, *kind, field));
  LX_DO(keep_to_roles(sources, *kind, field, &record, row));
  row.record = record.id;
  if (record.read_only) row.input = FieldInput::kReadOnly;
  const auto found = record.fields.find(field.name);
  if (found == record.fields.end()) return row;
  const store::FieldShown& shown = found->second;
  const std::string stored = field.is_set() ? join(shown.elements, ",") : shown.value;
  LX_TRY(row.value, value_in_words(sources, field, stored));
  row.masked = masked_value(record.kind, field.name, stored);
  row.edited = domain::is_amount(field) ? domain::yuan_of_fen(stored) : stored;
  if (row.input == FieldInput::kCodeSet) std::replace(row.edited.begin(), row.edited.end(), ',', ' ');
  row.in_dispute = shown.dispute;
  row.waiting = shown.waiting;
  row.freshness = freshness(sources, shown);
  row.can_confirm = !stored.empty() && !record.read_only && !shown.dispute;
  if (row.how_known.empty()) {
    LX_TRY(row.how_known, how_known(sources, shown));
  }
  return row;
}

Result<std::vector<FieldRow>> own_field_rows(const ViewSources& sources, std::string_view kind_name,
                                             const store::RecordShown* record) {
  std::vector<FieldRow> rows;
  const domain::Kind* kind = sources.catalogue().kind(kind_name);
  LX_CHECK(kind != nullptr, "the kind stands in the catalogue");
  for (const domain::Field& field : kind->fields) {
    if (field.own == nullptr) continue;
    LX_TRY(FieldRow row,
           record == nullptr ? empty_field_row(sources, *kind, field) : field_row(sources, *record, field));
    LX_TRY(const bool hidden, is_hidden(sources, *kind, field, row));
    if (!hidden) rows.push_back(std::move(row));
  }
  return rows;
}

Result<std::optional<MemberRecords>> member_records(const ViewSources& sources, const Id& member) {
  LX_TRY(auto shown, sources.store.records().get(member));
  if (!shown || shown->kind != "member") return std::optional<MemberRecords>();
  MemberRecords out;
  out.member = std::move(*shown);
  LX_DO(read_children(sources, out.member, "contact_point", out.contact_points));
  LX_DO(read_children(sources, out.member, "mobility_episode", out.episodes));
  return std::optional(std::move(out));
}

Result<std::string> shown_token_of(const ViewSources& sources, const MemberRecords& records) {
  store::ShownHeads shown;
  LX_DO(sources.store.records().show(records.member.id, shown));
  for (const auto* list : {&records.contact_points, &records.episodes}) {
    for (const store::RecordShown& record : *list)
      LX_DO(sources.store.records().show(record.id, shown));
  }
  return shown.token();
}

std::string contact_in_words(const Wording& wording, const store::ContactLine& line, const Date& today) {
  const std::string mode = wording.code(line.is_visit ? "visit_mode" : "contact_channel", line.mode);
  const std::string outcome = wording.code(line.is_visit ? "visit_outcome" : "contact_outcome", line.outcome);
  return wording.day(line.occurred_on, today) + " " + Wording::dotted({mode, outcome});
}

}  // namespace lianxin::client::view
