#pragma once
// What figures, forms (over the ledger's tables, client/figures) and duties (over k_<kind>) read by one rule,
// as parts of SQL. `day` is an expression for the day asked about.
#include <string>

namespace lianxin::client::store {

/// Whether the outflow `alias` led abroad until the day: said so, or to Taiwan, Hong Kong or Macao (71, 81,
/// 82).
[[nodiscard]] std::string is_abroad_sql(const std::string& alias, const std::string& day);

/// What became of the parcel `alias` until the day: 'signed', 'proxy', 'refused', 'returned', 'left' (put
/// down somewhere, nobody took it in hand), 'problem' (the last that was heard is that something is wrong:
/// it may be lost) or 'on_the_way'. `events` says "... e WHERE ..." of its events
/// until that day, `id` is their column of ids. The last word counts; a receipt written on the parcel is a
/// word of its day.
[[nodiscard]] std::string parcel_result_sql(const std::string& alias, const std::string& events,
                                            const std::string& id, const std::string& day);

/// Whether the transfer `alias` led to a branch that is not in `units`, a query for ids of ours.
[[nodiscard]] std::string is_outward_sql(const std::string& alias, const std::string& units);

}  // namespace lianxin::client::store
