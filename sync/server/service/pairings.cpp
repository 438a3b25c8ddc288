#include "sync/server/service/pairings.hpp"

#include <algorithm>

#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::string_view kKind = "support_pair";
constexpr std::string_view kMember = "member_id";
constexpr std::string_view kWorker = "helper_worker_id";
constexpr std::string_view kFrom = "from";
constexpr std::string_view kTo = "to";

bool is_removed(const merge::RecordState& state) {
  return std::any_of(state.classes.begin(), state.classes.end(), [](const auto& owner) {
    return std::any_of(owner.second.registers.begin(), owner.second.registers.end(), [&](const auto& entry) {
      const bool removes =
          entry.first.field == domain::kFieldVoided || entry.first.field == domain::kFieldDeleted;
      if (!removes) return false;
      const auto value = merge::shown(entry.second, domain::Policy::kReview, owner.second).value;
      return value && !value->empty() && *value != "0";
    });
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

bool is_pairing_kind(const domain::Kind* kind) { return kind != nullptr && kind->name == kKind; }

bool is_worker_of_pairing(const domain::Kind& kind, std::uint16_t field) {
  const domain::Field* worker = kind.field(kWorker);
  return worker != nullptr && worker->wire == field;
}

std::optional<store::PairingRow> pairing_in(const merge::RecordState& state, const domain::Kind& kind) {
  const auto member = Id::parse(shown_text(state, kind, kMember));
  const auto worker = Id::parse(shown_text(state, kind, kWorker));
  if (!member.ok() || !worker.ok() || is_removed(state)) return std::nullopt;
  return store::PairingRow{state.record, *member, *worker, shown_text(state, kind, kFrom),
                           shown_text(state, kind, kTo)};
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
    if (made && !made->empty()) return {};
  }
  LX_TRY(const auto writer, store.write());
  LX_TRY(const auto made, writer->meta(kMetaPairingsMade));
  if (made && !made->empty()) return {};
  Workspace workspace(*writer, catalogue);
  for (const domain::Kind& kind : catalogue.kinds()) {
    if (!is_pairing_kind(&kind) && !is_all_shared(kind)) continue;
    LX_TRY(const auto records, writer->records_of_kind(kind.wire));
    for (const Id& record : records)
      LX_DO(is_pairing_kind(&kind) ? workspace.note_pairing(record) : workspace.hide_torn_views(record));
  }
  LX_DO(workspace.flush());
  LX_DO(writer->put_meta(kMetaPairingsMade, "1"));
  return writer->commit();
}

}  // namespace lianxin::sync::server
