#include "client/store/persons.hpp"

#include "client/store/kind_number.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {
namespace {

constexpr std::string_view kHasParent = "parent != x'00000000000000000000000000000000'";

}  // namespace

Result<Persons> Persons::only(lianxin::store::Database& database, const std::vector<Id>& records) {
  Persons persons;
  persons.is_all_ = false;
  LX_DO(database.exec(
      "CREATE TEMP TABLE IF NOT EXISTS asked_person(record BLOB PRIMARY KEY) WITHOUT ROWID; DELETE "
      "FROM asked_person"));
  LX_TRY(auto savepoint, lianxin::store::Savepoint::begin(database));
  for (const Id& record : records) {
    auto insert = database.prepare(
        "INSERT OR IGNORE INTO asked_person SELECT ?1 UNION SELECT parent FROM record WHERE id = ?1");
    LX_DO(insert.bind(1, record).run());
  }
  LX_DO(
      database.exec("INSERT OR IGNORE INTO asked_person SELECT b.record FROM asked_person p CROSS JOIN "
                    "cluster a ON a.record "
                    "= p.record JOIN cluster b ON b.canonical = a.canonical"));
  LX_DO(savepoint.keep());
  return persons;
}

Result<std::vector<Id>> Persons::records(lianxin::store::Database& database) const {
  std::vector<Id> out;
  if (is_all_) return out;
  auto select = database.prepare("SELECT record FROM asked_person ORDER BY record");
  LX_DO(each_row(select, [&] { out.push_back(select.id(0)); }));
  return out;
}

std::string Persons::themselves() const {
  return is_all_ ? "" : " AND r_id IN (SELECT record FROM asked_person)";
}

std::string Persons::rows_of(std::string_view kind) const {
  if (is_all_) return {};
  return " AND r_id IN (SELECT r.id FROM asked_person p CROSS JOIN record r ON r.parent = p.record AND "
         "r.kind = " +
         kind_number(kind) + " AND r." + std::string(kHasParent) + ")";
}

std::string Persons::rows_of(std::string_view kind, std::string_view parent_kind) const {
  if (is_all_) return {};
  return " AND r_id IN (SELECT r.id FROM asked_person p CROSS JOIN record o ON o.parent = p.record AND "
         "o.kind = " +
         kind_number(parent_kind) + " AND o." + std::string(kHasParent) +
         " CROSS JOIN record r ON r.parent = o.id AND r.kind = " + kind_number(kind) + " AND r." +
         std::string(kHasParent) + ")";
}

std::string Persons::visits() const {
  if (is_all_) return {};
  const domain::Kind* visit = domain::Catalogue::base().kind("visit");
  return " AND r_id IN (SELECT e.record FROM asked_person p CROSS JOIN element e ON e.element = "
         "id_text(p.record) "
         "AND "
         "e.kind = " +
         kind_number("visit") + " AND e.field = " + std::to_string(visit->field("members")->wire) + ")";
}

}  // namespace lianxin::client::store
