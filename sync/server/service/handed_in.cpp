#include "sync/server/service/handed_in.hpp"

#include <algorithm>
#include <set>

#include "shared/domain/form_fields.hpp"
#include "sync/server/service/names.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {
namespace {

/// Where its authors saw it, and where it says that it belongs.
Result<std::set<Id>> places_of(store::Reader& reader, const domain::Catalogue& catalogue,
                               const store::RecordRow& row) {
  std::set<Id> places;
  LX_TRY(const auto log, reader.changes_of_record(row.id));
  for (const store::LogRow& one : log) {
    LX_TRY(const change::ChangeBody body, change::decode_body(one.body));
    places.insert(body.scope);
  }
  const domain::Kind* kind = catalogue.kind(row.kind);
  const domain::Field* field = kind == nullptr ? nullptr : kind->field(kind->scope_field);
  if (field != nullptr) {
    LX_TRY(const merge::RecordState state, state_for(reader, row, Id{}));
    const auto said = references_in(state, *field);
    places.insert(said.begin(), said.end());
  }
  return places;
}

Status add_above(store::Reader& reader, const Id& place, std::set<Id>& units) {
  LX_TRY(auto unit, reader.unit(place));
  while (unit && units.insert(unit->id).second) {
    LX_TRY(unit, reader.unit(unit->parent));
  }
  return {};
}

}  // namespace

Result<std::vector<Id>> forms_handed_in(store::Reader& reader, const domain::Catalogue& catalogue,
                                        const Id& record, const std::vector<std::string>& fields) {
  std::vector<Id> out;
  const bool may_show = std::any_of(fields.begin(), fields.end(), [](const std::string& field) {
    return domain::may_stand_on_form(field);
  });
  if (!may_show) return out;
  const domain::Kind* kind = catalogue.kind("report_snapshot");
  LX_TRY(const auto row, reader.record(record));
  if (!row || kind == nullptr) return out;
  LX_TRY(const std::set<Id> places, places_of(reader, catalogue, *row));
  std::set<Id> units;
  for (const Id& place : places)
    LX_DO(add_above(reader, place, units));
  LX_TRY(const auto snapshots, reader.records_of_kind(kind->wire));
  for (const Id& id : snapshots) {
    LX_TRY(const auto snapshot, reader.record(id));
    if (!snapshot) continue;
    LX_TRY(const merge::RecordState state, state_for(reader, *snapshot, Id{}));
    const auto unit = Id::parse(shown_text(state, *kind, "org_id"));
    if (unit.ok() && units.count(*unit) > 0) out.push_back(id);
  }
  return out;
}

}  // namespace lianxin::sync::server
