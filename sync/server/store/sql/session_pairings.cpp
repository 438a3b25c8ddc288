// Pairings of workers with members, and whose view of a record is the whole of it.
#include "sync/server/store/sql/collect.hpp"
#include "sync/server/store/sql/session.hpp"

namespace lianxin::sync::server::store {
namespace {

constexpr const char* kPairingColumns = "SELECT id, member, worker, from_date, to_date, open FROM pairing ";

PairingRow pairing_row(const SqlStatement& from) {
  return {from.id(0), from.id(1), from.id(2), from.text(3), from.text(4), from.integer(5) != 0};
}

}  // namespace

Result<std::optional<PairingRow>> SqlSession::pairing(const Id& id) {
  SqlStatement statement = prepare(std::string(kPairingColumns) + "WHERE id = ?1");
  statement.bind(1, id);
  return first_of<PairingRow>(statement, pairing_row);
}

Result<std::vector<PairingRow>> SqlSession::pairings_of(const Id& member) {
  SqlStatement statement = prepare(std::string(kPairingColumns) + "WHERE member = ?1 ORDER BY id");
  statement.bind(1, member);
  return collect<PairingRow>(statement, pairing_row);
}

Result<std::vector<PairingRow>> SqlSession::pairings_to_turn(const Id& worker, std::string_view day) {
  SqlStatement statement =
      prepare(std::string(kPairingColumns) +
              "WHERE worker = ?1 AND open <> CASE WHEN (from_date = '' OR from_date <= ?2) AND "
              "(to_date = '' OR ?2 <= to_date) THEN 1 ELSE 0 END ORDER BY id");
  statement.bind(1, worker).bind_text(2, day);
  return collect<PairingRow>(statement, pairing_row);
}

Result<std::vector<Id>> SqlSession::shared_with(const Id& record) {
  SqlStatement statement = prepare("SELECT worker FROM shared_with WHERE record = ?1 ORDER BY worker");
  statement.bind(1, record);
  return collect<Id>(statement, [](const SqlStatement& from) { return from.id(0); });
}

Status SqlSession::put_pairing(const PairingRow& row) {
  static const std::string kPut =
      put_row_sql("pairing", {"id", "member", "worker", "from_date", "to_date", "open"});
  SqlStatement statement = prepare(kPut);
  statement.bind(1, row.id).bind(2, row.member).bind(3, row.worker).bind_text(4, row.from);
  return statement.bind_text(5, row.to).bind(6, row.open).run();
}

Status SqlSession::erase_pairing(const Id& id) {
  SqlStatement statement = prepare("DELETE FROM pairing WHERE id = ?1");
  return statement.bind(1, id).run();
}

Status SqlSession::put_shared_with(const Id& record, const std::vector<Id>& workers) {
  SqlStatement clear = prepare("DELETE FROM shared_with WHERE record = ?1");
  LX_DO(clear.bind(1, record).run());
  for (const Id& worker : workers) {
    SqlStatement add = prepare("INSERT INTO shared_with (record, worker) VALUES (?1, ?2)");
    LX_DO(add.bind(1, record).bind(2, worker).run());
  }
  return {};
}

}  // namespace lianxin::sync::server::store
