#include "client/view/duplicates_view_builder.hpp"

#include <algorithm>

#include "client/store/touched.hpp"
#include "client/view/conflict_desk_view_builder.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::view {
namespace {

/// So many pairs wait their turn on the page, and of what was said so many are listed.
constexpr std::size_t kPairsMax = 50;
constexpr std::size_t kSaidMax = 200;
constexpr std::size_t kPairsCounted = 1000;
constexpr std::size_t kComparedAtOnce = 10;

/// What tells two people apart, in the order of the page; what only one of them has is shown too.
constexpr std::string_view kMemberFields[] = {
    "name",      "gender",   "id_no",     "born_on",   "home_village_id", "home_address", "current_address",
    "joined_on", "standing", "education", "occupation"};
constexpr std::string_view kDeliveryFields[] = {"member_id",   "mode",         "dispatched_on", "tracking_no",
                                                "received_on", "receipt_kind", "worker_id"};
constexpr std::string_view kVisitFields[] = {"occurred_on", "began", "ended", "mode", "outcome", "content"};

TwinField side_by_side(std::string label, std::string one, std::string other) {
  TwinField row{std::move(label), std::move(one), std::move(other), false};
  row.differs = row.one != row.other;
  return row;
}

Status add_fields(const ViewSources& sources, const store::RecordShown& one, const store::RecordShown& other,
                  TwinView& view) {
  const domain::Kind* kind = sources.catalogue().kind(one.kind);
  LX_CHECK(kind != nullptr, "only known kinds are compared");
  const auto add = [&](std::string_view name) -> Status {
    const domain::Field* field = kind->field(name);
    LX_CHECK(field != nullptr, "the field stands in the catalogue");
    const std::string ours = one.value(name);
    const std::string theirs = other.value(name);
    if (ours.empty() && theirs.empty()) return {};
    LX_TRY(std::string our_words, value_in_words(sources, *field, ours));
    LX_TRY(std::string their_words, value_in_words(sources, *field, theirs));
    // What is the same need not be read out; what differs must be seen.
    const std::string mask = ours == theirs ? masked_value(one.kind, name, ours) : std::string();
    if (!mask.empty()) our_words = their_words = mask;
    view.fields.push_back(
        side_by_side(sources.label(kind->name, name), std::move(our_words), std::move(their_words)));
    return {};
  };
  if (kind->name == "member") {
    for (const std::string_view name : kMemberFields)
      LX_DO(add(name));
  } else if (kind->name == "visit") {
    for (const std::string_view name : kVisitFields)
      LX_DO(add(name));
  } else {
    for (const std::string_view name : kDeliveryFields)
      LX_DO(add(name));
  }
  return {};
}

/// A set field of a visit in words: whom, by whom, for what.
Status add_set(const ViewSources& sources, const store::RecordShown& one, const store::RecordShown& other,
               const char* name, TwinView& view) {
  const domain::Field* field = sources.catalogue().kind(one.kind)->field(name);
  LX_CHECK(field != nullptr, "the field stands in the catalogue");
  const auto words = [&](const store::RecordShown& record) -> Result<std::string> {
    const auto found = record.fields.find(name);
    if (found == record.fields.end()) return std::string();
    return value_in_words(sources, *field, join(found->second.elements, ","));
  };
  LX_TRY(std::string ours, words(one));
  LX_TRY(std::string theirs, words(other));
  if (!ours.empty() || !theirs.empty())
    view.fields.push_back(side_by_side(sources.label(one.kind, name), std::move(ours), std::move(theirs)));
  return {};
}

Result<std::string> phones_of(const ViewSources& sources, const store::RecordShown& member) {
  std::vector<std::string> out;
  const auto points = member.children.find("contact_point");
  if (points == member.children.end()) return std::string();
  for (const Id& id : points->second) {
    LX_TRY(const auto point, sources.store.records().get(id));
    if (point && !point->voided && !point->deleted && !point->value("value").empty())
      out.push_back(spaced_phone(point->value("value")));
  }
  std::sort(out.begin(), out.end());
  return sources.wording.enumerate(out);
}

std::string visits_of(const ViewSources& sources, const store::RecordShown& member) {
  const auto visits = member.children.find("visit");
  const std::size_t count = visits == member.children.end() ? 0 : visits->second.size();
  return sources.wording.text("view.twins.visits", {{"count", std::to_string(count)}});
}

Result<std::string> lines_of(const ViewSources& sources, const store::RecordShown& delivery) {
  std::vector<std::string> out;
  const auto lines = delivery.children.find("delivery_line");
  if (lines == delivery.children.end()) return std::string();
  for (const Id& id : lines->second) {
    LX_TRY(const auto line, sources.store.records().get(id));
    const auto material = line ? Id::parse(line->value("material_id")) : Result<Id>(fail("record.unknown"));
    if (!line || line->voided || !material.ok()) continue;
    LX_TRY(const std::string name, store::name_of(sources.store.database(), "material", *material));
    out.push_back(name + " ×" + line->value("qty"));
  }
  return sources.wording.enumerate(out);
}

Status add_children(const ViewSources& sources, const store::RecordShown& one,
                    const store::RecordShown& other, TwinView& view) {
  const Wording& wording = sources.wording;
  if (one.kind == "member") {
    LX_TRY(std::string ours, phones_of(sources, one));
    LX_TRY(std::string theirs, phones_of(sources, other));
    if (!ours.empty() || !theirs.empty())
      view.fields.push_back(
          side_by_side(wording.text("view.twins.phones"), std::move(ours), std::move(theirs)));
    view.fields.push_back(
        side_by_side(wording.text("view.twins.facts"), visits_of(sources, one), visits_of(sources, other)));
    view.fields.back().differs = false;
    return {};
  }
  if (one.kind == "visit") {
    for (const char* name : {"members", "workers", "purposes"})
      LX_DO(add_set(sources, one, other, name, view));
    return {};
  }
  LX_TRY(std::string ours, lines_of(sources, one));
  LX_TRY(std::string theirs, lines_of(sources, other));
  view.fields.push_back(side_by_side(wording.text("view.twins.lines"), std::move(ours), std::move(theirs)));
  return {};
}

/// "三合村 · 甲 11月20日": where it stands, who said its name or date last, and when.
Result<std::string> head_of(const ViewSources& sources, const store::RecordShown& record) {
  LX_TRY(const std::string place, store::name_of(sources.store.database(), "org_unit", record.scope));
  const store::FieldShown* oldest = nullptr;
  for (const auto& [name, field] : record.fields) {
    if (field.effective_ms > 0 && (oldest == nullptr || field.effective_ms < oldest->effective_ms))
      oldest = &field;
  }
  if (oldest == nullptr) return place;
  LX_TRY(const std::string who, worker_name(sources, oldest->author));
  return Wording::dotted({place, who + " " + sources.wording.moment(oldest->effective_ms, sources.today())});
}

Result<std::string> name_in(const ViewSources& sources, const store::RecordShown& record) {
  if (record.kind == "member") return record.value("name");
  LX_TRY(const Id member, member_of(sources, record.id));
  return store::name_of(sources.store.database(), "member", member);
}

std::string reasons_in_words(const Wording& wording, const store::TwinPair& pair) {
  std::vector<std::string> out;
  for (const store::TwinPair::Reason& reason : pair.reasons)
    out.push_back(wording.text("duplicate.reason." + reason.key, reason.args));
  return wording.enumerate(out);
}

Words likeness_in_words(const Wording& wording, domain::Likeness likeness) {
  switch (likeness) {
    case domain::Likeness::kStrong:
      return {wording.text("duplicate.likeness.strong"), Tone::kNeedsYou, Mark::kNeedsYou};
    case domain::Likeness::kLikely:
      return {wording.text("duplicate.likeness.likely"), Tone::kAgeing, Mark::kToday};
    case domain::Likeness::kWeak:
    case domain::Likeness::kNone:
      break;
  }
  return {wording.text("duplicate.likeness.weak"), Tone::kQuiet, Mark::kDue};
}

Result<std::optional<TwinView>> pair_of(const ViewSources& sources, const store::TwinPair& pair) {
  LX_TRY(const auto one, sources.store.records().get(pair.one));
  LX_TRY(const auto other, sources.store.records().get(pair.other));
  if (!one || !other) return std::optional<TwinView>{};
  TwinView view;
  view.key = pair.one.text() + pair.other.text();
  view.kind = pair.kind;
  view.one = pair.one;
  view.other = pair.other;
  store::ShownHeads shown;
  LX_DO(sources.store.records().show(pair.one, shown));
  LX_DO(sources.store.records().show(pair.other, shown));
  // Also that nobody had said anything is something that was shown (sync.md 2.3).
  if (shown.find(pair.other, domain::kFieldAliasOf, pair.one.text()) == nullptr)
    shown.add(pair.other, domain::kFieldAliasOf, pair.one.text(), {});
  view.shown_token = shown.token();
  LX_TRY(view.member, member_of(sources, pair.one));
  LX_TRY(view.other_member, member_of(sources, pair.other));
  if (view.other_member == view.member) view.other_member = Id{};
  LX_TRY(view.title, name_in(sources, *one));
  LX_TRY(const std::string name, name_in(sources, *other));
  if (name != view.title) view.title += " " + sources.wording.text("view.conflict.versus") + " " + name;
  view.likeness = likeness_in_words(sources.wording, pair.likeness);
  view.reasons = reasons_in_words(sources.wording, pair);
  LX_TRY(view.one_head, head_of(sources, *one));
  LX_TRY(view.other_head, head_of(sources, *other));
  LX_DO(add_fields(sources, *one, *other, view));
  LX_DO(add_children(sources, *one, *other, view));
  view.consequence = sources.wording.text("view.twins.consequence." + pair.kind);
  return std::optional(std::move(view));
}

Result<std::string> named_with_place(const ViewSources& sources, const Id& id) {
  LX_TRY(const auto record, sources.store.records().get(id));
  if (!record) return sources.wording.text("view.twins.not_here");
  LX_TRY(const std::string name, name_in(sources, *record));
  LX_TRY(const std::string place, store::name_of(sources.store.database(), "org_unit", record->scope));
  return sources.wording.text("view.worker_of", {{"name", name}, {"org", place}});
}

Status add_said(const ViewSources& sources, DuplicatesView& view) {
  LX_TRY(const std::vector<store::TwinSaid> all, sources.store.records().said_of_twins());
  for (const store::TwinSaid& said : all) {
    if (view.said.size() == kSaidMax) break;
    TwinSaidView row;
    row.key = said.one.text() + said.other.text();
    row.one = said.one;
    row.other = said.other;
    LX_TRY(const std::string one, named_with_place(sources, said.one));
    LX_TRY(const std::string other, named_with_place(sources, said.other));
    row.names = one + " " + sources.wording.text("view.conflict.versus") + " " + other;
    row.word = {sources.wording.text((said.same ? "view.twins.same." : "view.twins.different.") + said.kind),
                Tone::kPlain, said.same ? Mark::kSettled : Mark::kNone};
    if (said.in_dispute)
      row.word = {sources.wording.text("view.twins.dispute"), Tone::kNeedsYou, Mark::kNeedsYou};
    LX_TRY(const std::string who, worker_name(sources, said.author));
    row.who = who + " " + sources.wording.moment(said.effective_ms, sources.today());
    view.said.push_back(std::move(row));
  }
  return {};
}

/// Looks again when something has moved; whoever remembers gets the pairs that are compared, and the rest
/// when they are (client/app/reading_ahead.cpp).
Result<const store::Twins*> follow(store::LaptopStore& store, TwinsKept* kept, TwinsKept& once) {
  if (kept == nullptr) {
    LX_TRY(once.twins, store.records().twins(kPairsCounted));
    return &once.twins;
  }
  LX_TRY(const std::uint64_t revision, store::twins_revision(store.database(), store.records().catalogue()));
  if (kept->revision == revision && !kept->twins.uncompared) return &kept->twins;
  LX_TRY(kept->twins, store.records().twins(kPairsCounted, kComparedAtOnce));
  kept->revision = revision;
  return &kept->twins;
}

}  // namespace

Result<DuplicatesView> build_duplicates(const ViewSources& sources, TwinsKept* kept) {
  DuplicatesView view;
  TwinsKept once;
  LX_TRY(const store::Twins* found, follow(sources.store, kept, once));
  for (const store::TwinPair& pair : found->pairs) {
    if (view.pairs.size() == kPairsMax) break;
    LX_TRY(auto one, pair_of(sources, pair));
    if (one) view.pairs.push_back(std::move(*one));
  }
  view.more = found->more || found->pairs.size() > kPairsMax;
  view.reading = found->unread || found->uncompared;
  LX_DO(add_said(sources, view));
  view.state.readiness = Readiness::kReady;
  return view;
}

Result<std::uint32_t> count_duplicates(store::LaptopStore& store, TwinsKept* kept) {
  TwinsKept once;
  LX_TRY(const store::Twins* found, follow(store, kept, once));
  return static_cast<std::uint32_t>(found->pairs.size());
}

}  // namespace lianxin::client::view
