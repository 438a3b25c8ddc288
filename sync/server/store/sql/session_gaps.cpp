// Which counters of a replica are kept, and which are awaited no longer.
#include "sync/server/store/sql/collect.hpp"
#include "sync/server/store/sql/session.hpp"

namespace lianxin::sync::server::store {

Result<std::vector<std::uint64_t>> SqlSession::counters_of(ReplicaId replica, std::uint64_t first,
                                                           std::uint64_t last) {
  SqlStatement statement = prepare(
      "SELECT counter FROM change_log WHERE replica = ?1 AND counter >= ?2 AND counter <= ?3 ORDER BY "
      "counter");
  statement.bind(1, replica.number).bind(2, first).bind(3, last);
  return collect<std::uint64_t>(statement, [](const SqlStatement& from) { return from.natural(0); });
}

Result<std::vector<GapClosingRow>> SqlSession::gap_closings(const Id& device) {
  SqlStatement statement = prepare(
      "SELECT device, replica, first, last, at_ms, who, reason FROM gap_closing WHERE device = ?1 ORDER BY "
      "sequence");
  statement.bind(1, device);
  return collect<GapClosingRow>(statement, [](const SqlStatement& from) {
    return GapClosingRow{from.id(0),      ReplicaId{from.natural(1)},
                         from.natural(2), from.natural(3),
                         from.integer(4), from.text(5),
                         from.text(6)};
  });
}

Status SqlSession::append_gap_closing(const GapClosingRow& row) {
  SqlStatement statement = prepare(
      "INSERT INTO gap_closing (sequence, device, replica, first, last, at_ms, who, reason) VALUES ((SELECT "
      "coalesce(max(sequence), 0) + 1 FROM gap_closing), ?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  statement.bind(1, row.device).bind(2, row.replica.number).bind(3, row.first).bind(4, row.last);
  return statement.bind(5, row.at_ms).bind_text(6, row.who).bind_text(7, row.reason).run();
}

}  // namespace lianxin::sync::server::store
