#include "client/store/unit_line.hpp"

#include <algorithm>

namespace lianxin::client::store {

Result<std::vector<Id>> unit_line(lianxin::store::Database& database, const Id& unit) {
  constexpr std::size_t kUnitsMax = 17;  // as many steps as the server goes
  std::vector<Id> line{unit};
  auto select = database.prepare("SELECT ifnull(merged_into, '') FROM k_org_unit WHERE r_id = ?");
  while (line.size() < kUnitsMax) {
    LX_TRY(const bool found, select.bind(1, line.back()).step());
    if (!found) break;
    const auto into = Id::parse(select.text(0));  // of several none is read
    select.reset();
    if (!into.ok() || std::find(line.begin(), line.end(), *into) != line.end()) break;
    line.push_back(*into);
  }
  return line;
}

}  // namespace lianxin::client::store
