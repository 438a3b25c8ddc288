#include "sync/server/service/pairings.hpp"

#include <algorithm>
#include <array>

#include "sync/merge/children.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {
namespace {

/// A kind whose records pair a worker with a member.
struct PairingKind {
  std::string_view kind;
  std::string_view member;
  std::string_view worker;
  std::string_view from;
  std::string_view to;
  std::string_view holds;  ///< field that ends it by "0"; "" = none
};
constexpr std::array<PairingKind, 2> kKinds{
    {{"support_pair", "member_id", "helper_worker_id", "from", "to", ""},
     {"hardship_record", "member_id", "pair_worker_id", "paired_on", "relieved_on", "active"}}};

const PairingKind* pairing_kind(const domain::Kind* kind) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](const PairingKind& one) {
    return kind != nullptr && one.kind == kind->name;
  });
  return found == kKinds.end() ? nullptr : &*found;
}

bool is_field(const domain::Kind& kind, std::string_view name, std::uint16_t field) {
  const domain::Field* known = kind.field(name);
  return known != nullptr && known->wire == field;
}

/// What ended it ends it also when the words are purged (sync.md 11).
bool is_purged(const merge::RecordState& state, const domain::Kind& kind, std::string_view name) {
  const domain::Field* field = kind.field(name);
  return field != nullptr && std::any_of(state.classes.begin(), state.classes.end(), [&](const auto& one) {
           const auto reg = one.second.registers.find({field->wire, ""});
           return reg != one.second.registers.end() &&
                  merge::shown(reg->second, field->policy, one.second).purged;
         });
}

/// Kinds whose every field is of the shared class.
bool is_all_shared(const domain::Kind& kind) {
  return !kind.fields.empty() &&
         std::all_of(kind.fields.begin(), kind.fields.end(), [](const domain::Field& field) {
           return static_cast<std::uint8_t>(field.privacy) == kSharedClass;
         });
}

}  // namespace

bool is_pairing_kind(const domain::Kind* kind) { return pairing_kind(kind) != nullptr; }

bool is_worker_of_pairing(const domain::Kind& kind, std::uint16_t field) {
  const PairingKind* how = pairing_kind(&kind);
  return how != nullptr && is_field(kind, how->worker, field);
}

bool is_part_of_pairing(const domain::Kind& kind, std::uint16_t field) {
  const PairingKind* how = pairing_kind(&kind);
  if (how == nullptr) return false;
  if (field == domain::kFieldVoided || field == domain::kFieldDeleted) return true;
  const std::string_view parts[] = {how->member, how->worker, how->from, how->to, how->holds};
  return std::any_of(std::begin(parts), std::end(parts),
                     [&](std::string_view name) { return is_field(kind, name, field); });
}

bool names_worker(const merge::RecordState& state, const domain::Kind& kind) {
  const PairingKind* how = pairing_kind(&kind);
  return how != nullptr && !shown_text(state, kind, how->worker).empty();
}

std::optional<store::PairingRow> pairing_in(const merge::RecordState& state, const domain::Kind& kind) {
  const PairingKind* how = pairing_kind(&kind);
  if (how == nullptr || merge::is_removed(state)) return std::nullopt;
  const auto member = Id::parse(shown_text(state, kind, how->member));
  const auto worker = Id::parse(shown_text(state, kind, how->worker));
  if (!member.ok() || !worker.ok()) return std::nullopt;
  if (is_purged(state, kind, how->to) || is_purged(state, kind, how->holds)) return std::nullopt;
  if (shown_text(state, kind, how->holds) == "0") return std::nullopt;
  return store::PairingRow{state.record, *member, *worker, shown_text(state, kind, how->from),
                           shown_text(state, kind, how->to)};
}

bool is_open_on(const store::PairingRow& pairing, const Date& day) {
  const std::string text = day.text();
  return (pairing.from.empty() || pairing.from <= text) && (pairing.to.empty() || text <= pairing.to);
}

Result<std::set<Id>> paired_with(store::Reader& reader, const store::RecordRow& row) {
  constexpr int kDepthMax = 16;
  std::set<Id> workers;
  Id at = row.id;
  Id above = row.parent;
  for (int depth = 0; depth < kDepthMax; ++depth) {
    LX_TRY(const auto pairings, reader.pairings_of(at));
    for (const store::PairingRow& pairing : pairings) {
      if (pairing.open) workers.insert(pairing.worker);
    }
    if (above.is_nil() || above == at) break;
    at = above;
    LX_TRY(const auto next, reader.record(at));
    above = next ? next->parent : Id{};
  }
  return workers;
}

bool keeps_own_view(const store::LogRow& first, std::uint8_t privacy, const Id& author) {
  return privacy != kSharedClass || first.privacy != privacy || first.author == author;
}

Status turn_pairings(store::Writer& writer, const domain::Catalogue& catalogue, const Id& worker,
                     const Date& today) {
  LX_TRY(const auto due, writer.pairings_to_turn(worker, today.text()));
  if (due.empty()) return {};
  Workspace workspace(writer, catalogue);
  for (const store::PairingRow& pairing : due)
    LX_DO(workspace.turn_pairing(pairing, today));
  return workspace.flush();
}

Status make_pairings(store::Store& store, const domain::Catalogue& catalogue) {
  {
    LX_TRY(const auto reader, store.read());
    LX_TRY(const auto made, reader->meta(kMetaPairingsMade));
    if (made == kPairingsNow) return {};
  }
  LX_TRY(const auto writer, store.write());
  LX_TRY(const auto made, writer->meta(kMetaPairingsMade));
  if (made == kPairingsNow) return {};
  Workspace workspace(*writer, catalogue);
  for (const domain::Kind& kind : catalogue.kinds()) {
    if (!is_pairing_kind(&kind) && !is_all_shared(kind)) continue;
    LX_TRY(const auto records, writer->records_of_kind(kind.wire));
    for (const Id& record : records) {
      if (is_all_shared(kind)) LX_DO(workspace.hide_torn_views(record));
      if (is_pairing_kind(&kind)) LX_DO(workspace.note_pairing(record));
    }
  }
  LX_DO(workspace.flush());
  LX_DO(writer->put_meta(kMetaPairingsMade, kPairingsNow));
  return writer->commit();
}

}  // namespace lianxin::sync::server
