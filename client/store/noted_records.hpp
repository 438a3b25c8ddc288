#pragma once
// Records whose derived rows are to be made anew are only noted when they change, in a table of one column,
// and made in slices. Internal to this folder.
#include <string>
#include <vector>

#include "shared/base/id.hpp"
#include "shared/store/database.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

/// Makes at most `records` of those noted in `table`, all or none; `make` takes what it made out of the
/// table. True = there are more.
template <class Make>
[[nodiscard]] Result<bool> make_noted(lianxin::store::Database& database, const std::string& table,
                                      std::size_t records, const Make& make) {
  std::vector<Id> noted;
  {
    auto select = database.prepare("SELECT record FROM " + table + " LIMIT ?");
    select.bind(1, static_cast<std::int64_t>(records) + 1);
    LX_DO(each_row(select, [&] { noted.push_back(select.id(0)); }));
  }
  if (noted.empty()) return false;
  const bool more = noted.size() > records;
  if (more) noted.pop_back();
  LX_TRY(auto savepoint, lianxin::store::Savepoint::begin(database));
  for (const Id& record : noted)
    LX_DO(make(record));
  LX_DO(savepoint.keep());
  return more;
}

}  // namespace lianxin::client::store
