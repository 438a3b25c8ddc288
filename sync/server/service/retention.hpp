#pragma once
// What is kept longer than its purpose needs (domain.md 7, article 19): found by rules that are data, with
// periods the county sets by records of kind `parameter`; taken away by the purge and by nothing else.
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// Values of these fields of a kind are kept so many years after that day of the record.
struct RetentionRule {
  std::string_view name;  ///< text key "server.retention.<name>"
  std::string_view kind;
  std::string_view parent;               ///< kind of the record it hangs on, whose day counts; "" = its own
  std::string_view day;                  ///< field; a record without it is still open
  std::vector<std::string_view> fields;  ///< empty = what a purge without names takes
  std::string_view parameter;            ///< years; its record with the latest day up to then holds
  int years = 0;                         ///< without such a record
};
[[nodiscard]] const std::vector<RetentionRule>& retention_rules();

/// What a rule found.
struct Overdue {
  const RetentionRule* rule = nullptr;
  /// The rule's, and with the first rule of a kind the county's own that say something of a person; empty =
  /// what a purge without names takes.
  std::vector<std::string> fields;
  int years = 0;
  Date before;              ///< the first day that is kept
  std::vector<Id> records;  ///< whose day lies before it and whose log still holds such a value, sorted
};

/// One entry for each rule, in their order; nothing is changed. A day that is known in part counts from its
/// end; a record of which all is kept aside or was refused, from the day it came.
[[nodiscard]] Result<std::vector<Overdue>> overdue(store::Reader& reader, const domain::Catalogue& catalogue,
                                                   const Date& as_of);

/// Came in after the record it hangs on went as a whole, and holds what such a purge takes: only somebody who
/// reads it can say whether it should have gone too.
struct CameSince {
  Id record;
  std::string kind;
  Id about;   ///< the record that was purged
  Date came;  ///< the day of the latest such change
};
/// Sorted by record.
[[nodiscard]] Result<std::vector<CameSince>> came_since(store::Reader& reader,
                                                        const domain::Catalogue& catalogue);

}  // namespace lianxin::sync::server
