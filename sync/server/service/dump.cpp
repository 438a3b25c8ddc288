#include <algorithm>
#include <set>

#include "sync/merge/dump_line.hpp"
#include "sync/server/service/inspection.hpp"
#include "sync/server/service/names.hpp"

namespace lianxin::sync::server {
namespace {

/// Scopes of a dump and how lines name them.
using ScopeCodes = std::map<Id, std::string>;

Result<ScopeCodes> wanted_scopes(store::Reader& reader, const DumpWanted& wanted) {
  ScopeCodes codes;
  std::vector<store::UnitRow> units;
  if (wanted.scope.empty()) {
    LX_TRY(units, reader.units(0));
  } else {
    LX_TRY(const auto unit, reader.unit_by_code(wanted.scope));
    if (!unit) return fail("division.unknown", {{"code", wanted.scope}});
    LX_TRY(units, reader.units_under(unit->id));
  }
  for (store::UnitRow& unit : units)
    codes[unit.id] = std::move(unit.code);
  if (wanted.shelf) codes[Id{}] = "";
  return codes;
}

/// Records of these scopes, in the order of a dump.
Result<std::vector<std::pair<std::string, Id>>> sorted_records(store::Reader& reader,
                                                               const domain::Catalogue& catalogue,
                                                               const ScopeCodes& codes) {
  std::set<Id> ids;
  for (const auto& [scope, code] : codes) {
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
  LX_TRY(const ScopeCodes codes, wanted_scopes(*reader, wanted));
  LX_TRY(const auto records, sorted_records(*reader, catalogue, codes));
  for (const auto& [kind, id] : records) {
    LX_TRY(const auto row, reader->record(id));
    if (!row) continue;
    std::vector<std::string> scopes;
    for (const Id& scope : row->scopes) {
      if (const auto code = codes.find(scope); code != codes.end()) scopes.push_back(code->second);
    }
    LX_TRY(const merge::RecordState state, state_for(*reader, *row, wanted.viewer));
    const std::string line = merge::dump_line(state, catalogue, std::move(scopes));
    if (!line.empty()) LX_DO(take(line));
  }
  return {};
}

}  // namespace lianxin::sync::server
