#include "client/view/conflict_desk_view_builder.hpp"

#include <algorithm>

#include "shared/base/text.hpp"
#include "shared/domain/phone.hpp"

namespace lianxin::client::view {
namespace {

/// So many wait their turn on the page; whoever decides one is shown the next.
constexpr std::size_t kConflictsMax = 100;

const domain::Field* field_of(const ViewSources& sources, const store::ConflictItem& item,
                              const std::string& field) {
  const domain::Kind* kind = sources.catalogue().kind(item.kind);
  return kind == nullptr ? nullptr : kind->field(field);
}

/// The words of a value; cleared ones say so.
Result<std::string> words_of(const ViewSources& sources, const store::ConflictItem& item,
                             const std::string& field_name, const std::optional<std::string>& value) {
  if (!value || value->empty()) return std::string();
  const domain::Field* field = field_of(sources, item, field_name);
  if (field == nullptr) return *value;
  if (field->is_set()) {
    LX_TRY(const std::string element, value_in_words(sources, *field, item.element));
    return sources.wording.text(*value == "0" ? "view.conflict.without" : "view.conflict.with",
                                {{"element", element}});
  }
  LX_TRY(const std::string words, value_in_words(sources, *field, *value));
  return spaced_phone(words);
}

Result<std::string> who_said(const ViewSources& sources, const store::RivalValue& rival) {
  LX_TRY(const std::string name, worker_name(sources, rival.author));
  if (rival.mine) return name;
  LX_TRY(const auto worker, sources.store.records().get(rival.author));
  if (!worker) return name;
  const auto unit = Id::parse(worker->value("org_id"));
  if (!unit.ok()) return name;
  LX_TRY(const std::string org, store::name_of(sources.store.database(), "org_unit", *unit));
  if (org.empty()) return name;
  return sources.wording.text("view.worker_of", {{"name", name}, {"org", org}});
}

/// Something was added to a record that another removes; the element is what.
bool is_beside_removal(const store::ConflictItem& item) {
  return item.what == sync::merge::ConflictKind::kDelete && !item.element.empty();
}

Result<SaidValue> said(const ViewSources& sources, const store::ConflictItem& item,
                       const store::RivalValue& rival, const PurgedWrites& purged) {
  const Wording& wording = sources.wording;
  SaidValue out;
  out.head = rival.change.text();
  const bool hangs_on_it = is_beside_removal(item) && rival.field != item.field;
  const std::string& field = rival.field.empty() ? item.field : rival.field;
  LX_TRY(out.value, words_of(sources, item, field, rival.value));
  if (purged.count({rival.change, field}) > 0) out.value = wording.text("view.fresh.purged");
  if (hangs_on_it)
    out.value = wording.text("view.conflict.added", {{"what", wording.text("kind." + rival.field)}});
  else if (item.what != sync::merge::ConflictKind::kValues && !rival.field.empty())
    out.value = sources.label(item.kind, rival.field) + ": " +
                (out.value.empty() ? wording.text("view.conflict.cleared") : out.value);
  LX_TRY(out.who, who_said(sources, rival));
  out.when = wording.moment(rival.effective_ms, sources.today());
  out.how_known = cause_in_words(wording, rival.cause.kind);
  if (rival.cause.kind == sync::change::CauseKind::kVisit)
    out.how_detail = wording.text("view.cause.visit_detail");
  out.remark = rival.note;
  out.mine = rival.mine;
  out.shown_now = item.is_shown(rival);
  out.clock_suspect = rival.suspect;
  return out;
}

void mark_differences(ConflictView& conflict) {
  for (SaidValue& value : conflict.values) {
    for (const SaidValue& other : conflict.values) {
      if (&other == &value || other.value == value.value) continue;
      const Difference difference = difference_of(value.value, other.value);
      value.differs_from = difference.from;
      value.differs_to = difference.to;
      break;
    }
  }
}

void name_kind(const ViewSources& sources, const store::ConflictItem& item, ConflictView& conflict) {
  const Wording& wording = sources.wording;
  const domain::Field* field = field_of(sources, item, item.field);
  switch (item.what) {
    case sync::merge::ConflictKind::kValues:
      conflict.kind = field != nullptr && field->type == domain::Type::kLongText ? ConflictKind::kText
                                                                                 : ConflictKind::kSameField;
      conflict.kind_label = wording.text("view.conflict.same_field");
      return;
    case sync::merge::ConflictKind::kGroup:
      conflict.kind = ConflictKind::kMergedGroup;
      conflict.kind_label = wording.text("view.conflict.merged");
      return;
    case sync::merge::ConflictKind::kDelete:
      conflict.kind = ConflictKind::kDeleteEdit;
      conflict.kind_label =
          wording.text(is_beside_removal(item) ? "view.conflict.deleted_below" : "view.conflict.deleted");
      return;
  }
}

/// Since when both values have stood side by side.
std::string waiting_for(const ViewSources& sources, const store::ConflictItem& item) {
  WallMs newest = 0;
  for (const store::RivalValue& rival : item.heads)
    newest = std::max(newest, rival.effective_ms);
  const auto days = sources.today().day_number() - Date::of(newest).day_number();
  return days <= 0 ? sources.wording.text("view.today")
                   : sources.wording.text("view.days", {{"days", std::to_string(days)}});
}

/// Whom the record may be the same as.
Result<std::string> other_name(const ViewSources& sources, const std::string& element) {
  const auto other = Id::parse(element);
  if (!other.ok()) return std::string();
  LX_TRY(const Id member, member_of(sources, *other));
  return store::name_of(sources.store.database(), "member", member);
}

Status add_where(const ViewSources& sources, const store::ConflictItem& item, ConflictView& conflict) {
  LX_TRY(conflict.member, member_of(sources, item.record));
  auto& database = sources.store.database();
  LX_TRY(const auto record, sources.store.records().get(item.record));
  if (!conflict.member.is_nil()) {
    LX_TRY(conflict.name, store::name_of(database, "member", conflict.member));
  } else if (record) {
    conflict.name = record->value("name");
  }
  if (item.field == "alias_of") {
    LX_TRY(const std::string other, other_name(sources, item.element));
    conflict.name += " " + sources.wording.text("view.conflict.versus") + " " + other;
  }
  if (record) {
    LX_TRY(conflict.place, store::name_of(database, "org_unit", record->scope));
  }
  for (const store::RivalValue& rival : item.heads) {
    if (rival.cause.kind == sync::change::CauseKind::kVisit) conflict.visit = rival.cause.ref;
  }
  conflict.can_open = !conflict.visit.is_nil() ? "visit" : conflict.member.is_nil() ? "" : "member";
  return {};
}

std::string consequence(const ViewSources& sources, const ConflictView& conflict) {
  if (conflict.kind == ConflictKind::kMergedGroup) return sources.wording.text("view.conflict.merged_hint");
  const auto shown = std::find_if(conflict.values.begin(), conflict.values.end(),
                                  [](const SaidValue& value) { return value.shown_now; });
  if (shown == conflict.values.end()) return sources.wording.text("view.conflict.kept");
  const bool is_told_by_how =
      !shown->how_known.empty() &&
      std::count_if(conflict.values.begin(), conflict.values.end(),
                    [&](const SaidValue& value) { return value.how_known == shown->how_known; }) == 1;
  if (is_told_by_how) return sources.wording.text("view.conflict.consequence", {{"how", shown->how_known}});
  return sources.wording.text("view.conflict.consequence_who", {{"who", shown->who}, {"when", shown->when}});
}

Result<ConflictView> conflict_of(const ViewSources& sources, const store::ConflictItem& item) {
  ConflictView conflict;
  conflict.conflict = item.id;
  conflict.record = item.record;
  store::ShownHeads shown;
  LX_DO(sources.store.records().show(item.record, shown));
  conflict.shown_token = shown.token();
  conflict.field_label = sources.label(item.kind, item.field);
  name_kind(sources, item, conflict);
  LX_DO(add_where(sources, item, conflict));
  LX_TRY(const PurgedWrites purged, purged_in(sources.store.records(), item));
  for (const store::RivalValue& rival : item.heads) {
    LX_TRY(SaidValue value, said(sources, item, rival, purged));
    conflict.values.push_back(std::move(value));
  }
  std::stable_sort(conflict.values.begin(), conflict.values.end(),
                   [](const SaidValue& a, const SaidValue& b) { return a.mine && !b.mine; });
  mark_differences(conflict);
  if (item.before) {
    SaidValue before;
    LX_TRY(before.value, words_of(sources, item, item.field, item.before));
    conflict.before = std::move(before);
  }
  std::vector<std::string> values;
  for (const SaidValue& value : conflict.values)
    values.push_back(value.value.empty() ? sources.wording.text("view.conflict.cleared") : value.value);
  conflict.summary = join(values, " " + sources.wording.text("view.conflict.versus") + " ");
  conflict.waiting_for = waiting_for(sources, item);
  const domain::Field* field = field_of(sources, item, item.field);
  const bool is_number = item.kind == "contact_point" && item.field == "value";
  conflict.can_keep_both = conflict.kind == ConflictKind::kSameField && conflict.values.size() == 2 &&
                           field != nullptr && (field->is_set() || is_number);
  conflict.consequence = consequence(sources, conflict);
  return conflict;
}

}  // namespace

Result<PurgedWrites> purged_in(store::Records& records, const store::ConflictItem& conflict) {
  PurgedWrites out;
  const bool all_have_values =
      std::all_of(conflict.heads.begin(), conflict.heads.end(),
                  [](const store::RivalValue& rival) { return rival.value.has_value(); });
  if (all_have_values) return out;
  LX_TRY(const std::vector<store::HistoryEntry> history, records.history(conflict.record));
  for (const store::HistoryEntry& entry : history) {
    for (const store::HistoryWrite& write : entry.writes) {
      if (write.purged) out.insert({entry.change, write.field});
    }
  }
  return out;
}

Difference difference_of(const std::string& value, const std::string& other) {
  const std::u32string a = to_utf32(value);
  const std::u32string b = to_utf32(other);
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t front = 0;
  while (front < shorter && a[front] == b[front])
    ++front;
  std::size_t back = 0;
  while (back < shorter - front && a[a.size() - 1 - back] == b[b.size() - 1 - back])
    ++back;
  const std::size_t from = to_utf8(std::u32string_view(a).substr(0, front)).size();
  const std::size_t length = to_utf8(std::u32string_view(a).substr(front, a.size() - front - back)).size();
  return {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(from + length)};
}

std::string spaced_phone(const std::string& value) {
  if (!domain::is_mobile(value)) return value;
  return value.substr(0, 3) + " " + value.substr(3, 4) + " " + value.substr(7);
}

Result<std::vector<ConflictDeskView::Told>> told_in_words(const ViewSources& sources) {
  LX_TRY(const std::vector<store::Told> told, sources.store.records().told());
  std::vector<ConflictDeskView::Told> out;
  for (const store::Told& one : told) {
    ConflictDeskView::Told row;
    row.told = one.id;
    LX_TRY(row.member, member_of(sources, one.record));
    LX_TRY(const std::string name, store::name_of(sources.store.database(), "member", row.member));
    LX_TRY(const std::string who, worker_name(sources, one.by_author));
    store::ConflictItem item;
    item.kind = one.kind;
    item.field = one.field;
    item.element = one.element;
    LX_TRY(const std::string mine, words_of(sources, item, one.field, one.mine));
    LX_TRY(const std::string now, words_of(sources, item, one.field, one.now));
    row.sentence =
        sources.wording.text("view.told", {{"name", name},
                                           {"field", sources.label(one.kind, one.field)},
                                           {"who", who},
                                           {"when", sources.wording.moment(one.at_ms, sources.today())},
                                           {"now", now},
                                           {"mine", mine}});
    if (!one.note.empty()) row.sentence += sources.wording.text("view.told_why", {{"note", one.note}});
    out.push_back(std::move(row));
  }
  return out;
}

Result<ConflictDeskView> build_conflict_desk(const ViewSources& sources) {
  ConflictDeskView view;
  LX_TRY(const std::vector<store::ConflictItem> items, sources.store.records().conflicts(kConflictsMax));
  LX_TRY(view.total, store::count_conflicts(sources.store.database()));
  for (const store::ConflictItem& item : items) {
    LX_TRY(ConflictView conflict, conflict_of(sources, item));
    view.conflicts.push_back(std::move(conflict));
  }
  LX_TRY(view.told, told_in_words(sources));
  view.state.readiness = Readiness::kReady;
  return view;
}

}  // namespace lianxin::client::view
