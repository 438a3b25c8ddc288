#include "sync/server/service/standing.hpp"

namespace lianxin::sync::server {
namespace {

/// Names the successor, so that the operator can go on with it.
Status gone_to(store::Reader& reader, const store::UnitRow& unit, const Id& successor) {
  LX_TRY(const auto into, reader.unit(successor));
  return fail("division.gone", {{"name", unit.name},
                                {"code", unit.code},
                                {"into", into ? into->name : std::string()},
                                {"into_code", into ? into->code : successor.text()}});
}

}  // namespace

Result<std::string> last_day_of(Workspace& workspace, const domain::Catalogue& catalogue, const Id& unit) {
  LX_TRY(const merge::RecordState* state, workspace.state_of(unit));
  return state == nullptr ? std::string() : shown_text(*state, *catalogue.kind("org_unit"), "to");
}

Status must_stand(store::Reader& reader, Workspace& workspace, const domain::Catalogue& catalogue,
                  const store::UnitRow& unit, const Date& day) {
  LX_TRY(const std::string last, last_day_of(workspace, catalogue, unit.id));
  if (last >= day.text()) return {};
  LX_TRY(const Id present, workspace.present_unit(unit.id));
  if (present != unit.id) return gone_to(reader, unit, present);
  if (last.empty()) return {};
  return fail("division.ended", {{"name", unit.name}, {"code", unit.code}, {"day", last}});
}

Status must_take_records(store::Reader& reader, Workspace& workspace, const domain::Catalogue& catalogue,
                         const store::UnitRow& unit, const Date& day) {
  LX_TRY(const Id present, workspace.present_unit(unit.id));
  if (present != unit.id) return gone_to(reader, unit, present);
  return must_stand(reader, workspace, catalogue, unit, day);
}

}  // namespace lianxin::sync::server
