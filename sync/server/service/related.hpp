#pragma once
// What else says something of a person, before a purge (sync.md 11).
#include <string>
#include <vector>

#include "shared/domain/catalogue.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// A record that says something of the person a record is about.
struct RelatedRecord {
  Id id;
  std::string kind;
  bool same_person = false;  ///< said to be one with it (sync.md 3.8)
  bool of_others = false;    ///< speaks of other people too, or of something they share
};
/// Those that still hold what a purge without names takes, the record itself left out, by id: records said to
/// be the same person, what hangs on any of them, and what names the member. Reads whole tables: for the
/// office, not for an exchange.
[[nodiscard]] Result<std::vector<RelatedRecord>> related_records(store::Store& store,
                                                                 const domain::Catalogue& catalogue,
                                                                 const Id& record);

}  // namespace lianxin::sync::server
