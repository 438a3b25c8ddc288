#pragma once
// Whether a division still stands, for what is to be put there: one that went up in another, or ended, takes
// nothing more.
#include <string>

#include "shared/base/date.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {

/// Its last day as shown; "" = none is known.
[[nodiscard]] Result<std::string> last_day_of(Workspace& workspace, const domain::Catalogue& catalogue,
                                              const Id& unit);
/// Stands on that day: an end that lies ahead has not come. Errors "division.gone" {name, code, into,
/// into_code} (it went up in another), "division.ended" {name, code, day}.
[[nodiscard]] Status must_stand(store::Reader& reader, Workspace& workspace,
                                const domain::Catalogue& catalogue, const store::UnitRow& unit,
                                const Date& day);
/// The same for records: they are filed where the division has gone as soon as that is said, whatever the
/// day.
[[nodiscard]] Status must_take_records(store::Reader& reader, Workspace& workspace,
                                       const domain::Catalogue& catalogue, const store::UnitRow& unit,
                                       const Date& day);

}  // namespace lianxin::sync::server
