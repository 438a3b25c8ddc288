#pragma once
// Records whose derived rows are to be made anew are only noted when they change, each at the end of a list
// (seq, record), and made in slices. An entry says only that somebody is to look: a record may stand there
// more than once, and one that is gone by now may stand there still. Internal to this folder.
#include <set>
#include <string>
#include <unordered_set>

#include "shared/base/id.hpp"
#include "shared/store/database.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

[[nodiscard]] inline Status note_record(lianxin::store::Database& database, const std::string& list,
                                        const Id& record) {
  // The list may be watched (kind_tables.cpp says why OR FAIL).
  auto insert = database.prepare("INSERT OR FAIL INTO " + list + "(record) VALUES(?)");
  return insert.lend(1, record).run();
}

/// Works off at most `entries` of the list, from its beginning, all or none. True = there are more.
template <class Make>
[[nodiscard]] Result<bool> make_noted(lianxin::store::Database& database, const std::string& list,
                                      std::size_t entries, const Make& make) {
  std::int64_t upto = 0;
  std::size_t taken = 0;
  std::set<Id> noted;
  bool more = false;
  {
    auto select = database.prepare("SELECT seq, record FROM " + list + " ORDER BY seq LIMIT ?");
    select.bind(1, static_cast<std::int64_t>(entries) + 1);
    LX_DO(each_row(select, [&] {
      more = ++taken > entries;
      if (more) return;
      upto = select.integer(0);
      noted.insert(select.id(1));
    }));
  }
  if (noted.empty()) return more;
  LX_TRY(auto savepoint, lianxin::store::Savepoint::begin(database));
  for (const Id& record : noted)
    LX_DO(make(record));
  auto done = database.prepare("DELETE FROM " + list + " WHERE seq <= ?");
  LX_DO(done.bind(1, upto).run());
  LX_DO(savepoint.keep());
  return more;
}

/// Records that stand in the list.
[[nodiscard]] inline Result<std::unordered_set<Id>> noted_in(lianxin::store::Database& database,
                                                             const std::string& list) {
  std::unordered_set<Id> out;
  auto select = database.prepare("SELECT record FROM " + list);
  LX_DO(each_row(select, [&] { out.insert(select.id(0)); }));
  return out;
}

}  // namespace lianxin::client::store
