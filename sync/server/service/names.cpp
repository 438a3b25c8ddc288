#include "sync/server/service/names.hpp"

#include "sync/server/service/access.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {

Result<merge::RecordState> state_for(store::Reader& reader, const store::RecordRow& row, const Id& viewer) {
  merge::RecordState state;
  state.record = row.id;
  state.kind = row.kind;
  state.parent = row.parent;
  LX_TRY(const auto rows, reader.states(row.id));
  for (const store::StateRow& one : rows) {
    const Id wanted = is_own_only(one.privacy) ? viewer : Id{};
    if (one.audience != wanted) continue;
    LX_TRY(state.classes[one.privacy], merge::decode_class_state(one.state));
  }
  return state;
}

Result<std::string> record_name(store::Reader& reader, const domain::Catalogue& catalogue,
                                const store::RecordRow& row) {
  const domain::Kind* kind = catalogue.kind(row.kind);
  if (kind == nullptr || kind->field("name") == nullptr) return std::string();
  LX_TRY(const merge::RecordState state, state_for(reader, row, Id{}));
  return shown_text(state, *kind, "name");
}

Result<std::string> worker_name(store::Reader& reader, const domain::Catalogue& catalogue, const Id& worker) {
  LX_TRY(const auto row, reader.record(worker));
  const domain::Kind* kind = catalogue.kind("worker");
  if (!row || kind == nullptr || row->kind != kind->wire) return std::string();
  return record_name(reader, catalogue, *row);
}

Result<std::string> code_of(store::Reader& reader, const Id& scope) {
  LX_TRY(const auto unit, reader.unit(scope));
  return unit ? unit->code : std::string();
}

}  // namespace lianxin::sync::server
