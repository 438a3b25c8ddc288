#include "client/figures/ledger.hpp"

#include "assets/assets.hpp"
#include "client/store/approval.hpp"
#include "client/store/gone_members.hpp"
#include "client/store/read_alike.hpp"
#include "client/store/touched.hpp"
#include "client/store/verified.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::figures {
namespace {

using domain::Field;
using domain::Kind;

std::string column_name(std::string_view name) { return "\"" + std::string(name) + "\""; }

/// K4: where the event happened by the divisions of that day; profiles stand where they stand now.
std::string unit_of(const Kind& kind) {
  if (kind.field("org_id_at_event") != nullptr) return "coalesce(org_id_at_event, id_text(r_scope))";
  return "id_text(r_scope)";
}

/// The day an event counts on (K1); "" = a profile, which has none.
std::string_view day_of(const Kind& kind) {
  for (const std::string_view name : {"occurred_on", "pushed_on", "opened_on"}) {
    if (kind.field(name) != nullptr) return name;
  }
  return "";
}

/// Long texts and drawings are not counted.
bool is_counted(const Field& field) {
  return !field.is_set() && field.type != domain::Type::kLongText && field.type != domain::Type::kStrokes &&
         field.type != domain::Type::kThumbnail;
}

bool may_stand_twice(std::string_view kind) {
  return kind == "member" || kind == "visit" || kind == "delivery";
}

/// What `k` says, of records entered twice the one that stands. A person's things stay his, whichever of his
/// records was voided; what hangs on a visit or a parcel goes with it. None is sent after itself.
std::string value_of(const Kind& kind, const Field& field) {
  std::string said = "k." + column_name(field.name);
  if (field.type != domain::Type::kReference || !may_stand_twice(field.target)) return said;
  const std::string counts = field.target == "member" ? "" : " AND same.counts";
  std::string stands =
      "coalesce((SELECT stands FROM same WHERE same.id = " + said + counts + "), " + said + ")";
  if (field.target != kind.name) return stands;
  return "nullif(" + stands +
         ", coalesce((SELECT stands FROM same WHERE same.id = id_text(k.r_id)), id_text(k.r_id)))";
}

/// Statements that make the table of a kind, with an index on what names a record that others hang on.
std::vector<std::string> made(const Kind& kind) {
  std::string table =
      "CREATE TEMP TABLE all_" + kind.name + "(id TEXT PRIMARY KEY, record BLOB, in_unit TEXT, here INTEGER";
  std::vector<std::string> out(1);
  for (const Field& field : kind.fields) {
    if (!is_counted(field)) continue;
    table += ", " + column_name(field.name);
    if (field.type == domain::Type::kReference && field.target != "org_unit" && field.target != "worker")
      out.push_back("CREATE INDEX temp.all_" + kind.name + "_by_" + field.name + " ON all_" + kind.name +
                    "(" + column_name(field.name) + ")");
  }
  out.front() = table + ") WITHOUT ROWID";
  out.push_back("CREATE TEMP VIEW live_" + kind.name + " AS SELECT * FROM all_" + kind.name + " WHERE here");
  for (const Field& field : kind.fields) {
    if (field.is_set())
      out.push_back("CREATE TEMP TABLE " + kind.name + "_" + field.name +
                    "(id TEXT, element TEXT, PRIMARY KEY(id, element)) WITHOUT ROWID");
  }
  return out;
}

std::string filled(const Kind& kind) {
  const std::string here = kind.scope_rule == domain::ScopeRule::kShelf
                               ? "1"
                               : "coalesce(" + unit_of(kind) + " IN (SELECT id FROM scope_unit), 0)";
  std::string sql =
      "INSERT INTO all_" + kind.name + " SELECT id_text(r_id), r_id, " + unit_of(kind) + ", " + here;
  for (const Field& field : kind.fields) {
    if (is_counted(field)) sql += ", " + value_of(kind, field);
  }
  // Bits of other kinds are never set, so all are asked for their own one.
  sql += " FROM k_" + kind.name + " k WHERE r_flags & " +
         std::to_string(store::kNotCounted | store::kOwnApproval) + " = 0";
  if (const auto day = day_of(kind); !day.empty())
    sql += " AND " + column_name(day) + " <= (SELECT as_of FROM asked)";
  return sql;
}

/// What was entered twice is what both records say: where the one that stands says nothing, the next one
/// does. Who was noted at the door before he was in the list is the older record, and says little.
std::string filled_from_others(const Kind& kind) {
  const std::string all = "all_" + kind.name;
  std::string sql = "UPDATE " + all + " SET ";
  for (const Field& field : kind.fields) {
    if (!is_counted(field)) continue;
    const std::string name = column_name(field.name);
    if (!sql.ends_with("SET ")) sql += ", ";
    sql += name;
    sql += " = coalesce(" + name + ", (SELECT " + value_of(kind, field) + " FROM cluster c JOIN k_" +
           kind.name + " k ON k.r_id = c.record WHERE c.canonical = " + all +
           ".record AND c.record <> c.canonical AND k." + name + " IS NOT NULL AND k.r_flags & " +
           std::to_string(store::kVoided | store::kDeleted) + " = 0 ORDER BY c.record LIMIT 1))";
  }
  return sql + " WHERE record IN (SELECT canonical FROM cluster WHERE record <> canonical)";
}

/// What both records of a parcel list was in it once.
constexpr const char* kListedOnce =
    "DELETE FROM all_delivery_line WHERE EXISTS (SELECT 1 FROM k_delivery_line k JOIN all_delivery_line o ON "
    "o.delivery_id = all_delivery_line.delivery_id AND o.material_id = all_delivery_line.material_id JOIN "
    "k_delivery_line n ON n.r_id = o.record WHERE k.r_id = all_delivery_line.record AND n.delivery_id < "
    "k.delivery_id)";

std::string filled(const Kind& kind, const Field& field) {
  const bool of_members = field.type == domain::Type::kReferenceSet && field.target == "member";
  const bool of_twins = may_stand_twice(kind.name);
  const std::string whose =
      of_twins ? "coalesce((SELECT stands FROM same WHERE same.id = id_text(record)), id_text(record))"
               : "id_text(record)";
  return "INSERT OR IGNORE INTO " + kind.name + "_" + field.name + " SELECT " + whose + ", " +
         (of_members ? "coalesce((SELECT stands FROM same WHERE same.id = element), element)"
                     : std::string("element")) +
         " FROM element WHERE kind = " + std::to_string(kind.wire) +
         " AND field = " + std::to_string(field.wire) +
         (of_twins ? " AND id_text(record) NOT IN (SELECT id FROM same WHERE NOT counts)" : "");
}

/// What hangs on a member and has no unit of its own day: his outflow, telephones, liaison.
bool hangs_on_member(const Kind& kind) {
  if (kind.scope_rule != domain::ScopeRule::kParent || kind.parent_fields.empty()) return false;
  const Field* parent = kind.field(kind.parent_fields.front());
  return parent != nullptr && parent->target == "member" && kind.field("org_id_at_event") == nullptr;
}

/// K4: where people stood on the day (`anybody`) stands what hangs on them, and they themselves, the last of
/// all.
std::vector<std::string> stood_on_the_day() {
  std::vector<std::string> out;
  const auto add = [&](const std::string& kind, const std::string& member) {
    out.push_back(
        "UPDATE all_" + kind +
        " SET (in_unit, here) = (SELECT a.village, a.here FROM anybody a WHERE a.id = " + member +
        ") WHERE " + member +
        " IN (SELECT m.id FROM all_member m JOIN anybody a ON a.id = m.id WHERE a.village <> m.in_unit)");
  };
  for (const Kind& kind : domain::Catalogue::base().kinds()) {
    if (hangs_on_member(kind)) add(kind.name, column_name(kind.parent_fields.front()));
  }
  add("member", "id");
  return out;
}

/// Views by rules that duties follow as well.
std::vector<std::string> shared_views() {
  const std::string events = "all_delivery_event e WHERE e.delivery_id = d.id AND e.occurred_on <= as_of";
  return {"CREATE TEMP VIEW abroad_episode AS SELECT f.id FROM all_mobility_episode f, asked WHERE " +
              store::is_abroad_sql("f", "as_of"),
          "CREATE TEMP VIEW parcel_result AS SELECT d.id, " +
              store::parcel_result_sql("d", events, "e.id", "as_of") +
              " AS result FROM all_delivery d, asked",
          "CREATE TEMP VIEW transfer_out AS SELECT t.id, t.member_id AS member, coalesce(t.done_on, "
          "t.asked_on) AS "
          "on_day FROM all_transfer_request t WHERE t.state = 'done' AND " +
              store::is_outward_sql("t", "SELECT id FROM all_org_unit")};
}

}  // namespace

std::vector<std::string> statements_of(std::string_view sql) {
  std::vector<std::string> out;
  std::string statement;
  for (const std::string& line : split(sql, '\n')) {
    const std::string words = trim(line);
    if (words.empty() || words.starts_with("--")) continue;
    statement += (statement.empty() ? "" : "\n") + line;
    if (!words.ends_with(';')) continue;
    statement.resize(statement.rfind(';'));
    out.push_back(std::move(statement));
    statement.clear();
  }
  if (!statement.empty()) out.push_back(std::move(statement));
  return out;
}

Result<Ledger> Ledger::open(lianxin::store::Database& database, const Asked& asked) {
  if (asked.as_of < asked.from)
    return fail("figures.period", {{"from", asked.from.text()}, {"as_of", asked.as_of.text()}});
  Ledger ledger(database, asked);
  LX_TRY(auto transaction, lianxin::store::Transaction::begin(database));
  LX_DO(ledger.make_tables());
  LX_DO(ledger.ask());
  LX_DO(transaction.commit());
  return ledger;
}

Status Ledger::make_tables() {
  {
    auto made = database_->prepare("SELECT 1 FROM sqlite_temp_master WHERE name = 'asked'");
    LX_TRY(const bool found, made.step());
    if (found) return {};
  }
  for (const std::string& statement : statements_of(assets::file("assets/figures/asked.sql")))
    LX_DO(database_->exec(statement));
  for (const Kind& kind : domain::Catalogue::base().kinds()) {
    for (const std::string& statement : made(kind))
      LX_DO(database_->exec(statement));
  }
  for (const std::string& statement : shared_views())
    LX_DO(database_->exec(statement));
  for (const std::string& statement : statements_of(assets::file("assets/figures/views.sql")))
    LX_DO(database_->exec(statement));
  return {};
}

/// The question, and how far the store was when it was asked.
std::string Ledger::question() const {
  return asked_.scope.text() + asked_.from.text() + asked_.as_of.text() +
         (asked_.current_divisions ? "now" : "then") + std::to_string(store::shown_revision(*database_));
}

/// For this very question, from what stands in the store now.
Result<bool> Ledger::is_filled() {
  if (!database_->counts_writes()) return false;  // it would stand for ever
  auto filled = database_->prepare("SELECT 1 FROM filled_for WHERE question = ?");
  return filled.bind_text(1, question()).step();
}

Status Ledger::ask() {
  LX_TRY(const bool is_same, is_filled());
  if (is_same) return database_->exec("DELETE FROM destination_change");
  LX_DO(database_->exec("DELETE FROM filled_for"));
  if (!asked_.scope.is_nil()) {
    auto unit = database_->prepare("SELECT 1 FROM k_org_unit WHERE r_id = ?");
    LX_TRY(const bool known, unit.bind(1, asked_.scope).step());
    if (!known) return fail("figures.scope", {{"id", asked_.scope.text()}});
  }
  LX_DO(take_question());
  LX_DO(take_records());
  LX_DO(take_gone());
  for (const std::string& statement : statements_of(assets::file("assets/figures/fill.sql")))
    LX_DO(database_->exec(statement));
  for (const std::string& statement : stood_on_the_day())
    LX_DO(database_->exec(statement));
  auto filled = database_->prepare("INSERT INTO filled_for VALUES(?)");
  return filled.bind_text(1, question()).run();
}

Status Ledger::read_changed_members() {
  LX_TRY(const std::vector<Id> members, store::changed_since_verified(*database_));
  return fill("changed_since", members);
}

Status Ledger::read_changed_entries() {
  LX_TRY(const std::vector<Id> outflows, store::changed_since_entered(*database_));
  return fill("changed_since_entry", outflows);
}

Status Ledger::read_unverified() {
  LX_TRY(const auto members, store::unverified_since(*database_, asked_.as_of));
  LX_DO(database_->exec("DELETE FROM unverified_since"));
  for (const store::UnverifiedSince& one : members) {
    auto insert = database_->prepare("INSERT INTO unverified_since VALUES(?, ?)");
    LX_DO(insert.bind_text(1, one.member.text()).bind_text(2, one.since.text()).run());
  }
  return {};
}

Status Ledger::fill(const std::string& table, const std::vector<Id>& records) {
  LX_DO(database_->exec("DELETE FROM " + table));
  for (const Id& record : records) {
    auto insert = database_->prepare("INSERT INTO " + table + " VALUES(?)");
    LX_DO(insert.bind_text(1, record.text()).run());
  }
  return {};
}

Status Ledger::take_question() {
  const auto statements = statements_of(assets::file("assets/figures/question.sql"));
  LX_DO(database_->exec("DELETE FROM asked"));
  {
    auto asked = database_->prepare(statements.front());
    LX_DO(asked.bind_text(1, asked_.scope.is_nil() ? "" : asked_.scope.text())
              .bind_text(2, asked_.from.text())
              .bind_text(3, asked_.as_of.text())
              .bind(4, asked_.current_divisions)
              .run());
  }
  for (std::size_t i = 1; i < statements.size(); ++i)
    LX_DO(database_->exec(statements[i]));
  return {};
}

Status Ledger::take_records() {
  for (const Kind& kind : domain::Catalogue::base().kinds()) {
    LX_DO(database_->exec("DELETE FROM all_" + kind.name));
    LX_DO(database_->exec(filled(kind)));
    if (may_stand_twice(kind.name)) LX_DO(database_->exec(filled_from_others(kind)));
    if (kind.name == "delivery_line") LX_DO(database_->exec(kListedOnce));
    for (const Field& field : kind.fields) {
      if (!field.is_set()) continue;
      LX_DO(database_->exec("DELETE FROM " + kind.name + "_" + field.name));
      LX_DO(database_->exec(filled(kind, field)));
    }
  }
  return {};
}

Status Ledger::take_gone() {
  LX_TRY(const auto gone, store::said_gone(*database_));
  LX_DO(database_->exec("DELETE FROM said_gone"));
  for (const store::GoneSince& one : gone) {
    auto insert = database_->prepare("INSERT INTO said_gone VALUES(?, ?)");
    LX_DO(insert.bind_text(1, one.record.text()).bind_text(2, one.since.text()).run());
  }
  return {};
}

}  // namespace lianxin::client::figures
