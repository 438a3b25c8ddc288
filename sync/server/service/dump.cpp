#include <algorithm>
#include <set>

#include "sync/merge/dump_line.hpp"
#include "sync/server/service/access.hpp"
#include "sync/server/service/inspection.hpp"
#include "sync/server/service/names.hpp"

namespace lianxin::sync::server {
namespace {

struct DumpScope {
  std::string code;       ///< how lines name it
  bool own_only = false;  ///< hardship and notes only as far as the viewer wrote them
};
using DumpScopes = std::map<Id, DumpScope>;

/// Leaves what the viewer's laptop holds.
Status keep_held(store::Reader& reader, const DumpWanted& wanted, DumpScopes& scopes) {
  LX_TRY(const Access access, access_of(reader, wanted.viewer, wanted.today));
  DumpScopes held;
  for (const Held& one : access.scopes) {
    const auto found = scopes.find(one.scope);
    if (found == scopes.end()) continue;
    const bool own_only = std::any_of(one.classes.begin(), one.classes.end(),
                                      [](const HeldClass& c) { return !c.audience.is_nil(); });
    held[one.scope] = {std::move(found->second.code), own_only};
  }
  scopes = std::move(held);
  return {};
}

Result<DumpScopes> wanted_scopes(store::Reader& reader, const DumpWanted& wanted) {
  DumpScopes scopes;
  std::vector<store::UnitRow> units;
  if (wanted.scope.empty()) {
    LX_TRY(units, reader.units(0));
  } else {
    LX_TRY(const auto unit, reader.unit_by_code(wanted.scope));
    if (!unit) return fail("division.unknown", {{"code", wanted.scope}});
    LX_TRY(units, reader.units_under(unit->id));
  }
  for (store::UnitRow& unit : units)
    scopes[unit.id] = {std::move(unit.code)};
  if (wanted.shelf) scopes[Id{}] = {};
  if (!wanted.viewer.is_nil()) LX_DO(keep_held(reader, wanted, scopes));
  return scopes;
}

/// Records of these scopes, in the order of a dump.
Result<std::vector<std::pair<std::string, Id>>> sorted_records(store::Reader& reader,
                                                               const domain::Catalogue& catalogue,
                                                               const DumpScopes& scopes) {
  std::set<Id> ids;
  for (const auto& [scope, unused] : scopes) {
    LX_TRY(const auto in_scope, reader.records_in(scope));
    ids.insert(in_scope.begin(), in_scope.end());
  }
  std::vector<std::pair<std::string, Id>> records;
  for (const Id& id : ids) {
    LX_TRY(const auto row, reader.record(id));
    if (row) records.emplace_back(merge::dump_kind(catalogue, row->kind), id);
  }
  std::sort(records.begin(), records.end());
  return records;
}

}  // namespace

Status dump(store::Store& store, const domain::Catalogue& catalogue, const DumpWanted& wanted,
            const OnLine& take) {
  LX_TRY(const auto reader, store.read());
  LX_TRY(const DumpScopes scopes, wanted_scopes(*reader, wanted));
  LX_TRY(const auto records, sorted_records(*reader, catalogue, scopes));
  for (const auto& [kind, id] : records) {
    if (!merge::is_in_dump(kind, wanted.shelf)) continue;
    LX_TRY(const auto row, reader->record(id));
    if (!row) continue;
    std::vector<std::string> codes;
    bool own_only = true;
    for (const Id& id_of_scope : row->scopes) {
      const auto found = scopes.find(id_of_scope);
      if (found == scopes.end()) continue;
      codes.push_back(found->second.code);
      own_only = own_only && found->second.own_only;
    }
    LX_TRY(const merge::RecordState state, state_for(*reader, *row, own_only ? wanted.viewer : Id{}));
    const std::string line = merge::dump_line(state, catalogue, std::move(codes));
    if (!line.empty()) LX_DO(take(line));
  }
  return {};
}

}  // namespace lianxin::sync::server
