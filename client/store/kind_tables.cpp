#include "client/store/kind_tables.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "client/store/record_row.hpp"
#include "shared/base/text.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

namespace {

using domain::Field;
using domain::Kind;

/// The register of a field without elements, and the class it stands in.
struct Found {
  const merge::Register* reg = nullptr;
  const merge::ClassState* owner = nullptr;
};

Found find_register(const merge::RecordState& state, std::uint16_t field) {
  const merge::RegisterKey key{field, ""};
  for (const auto& [privacy, owner] : state.classes) {
    const auto found = owner.registers.find(key);
    if (found != owner.registers.end()) return {&found->second, &owner};
  }
  return {};
}

bool is_number(const Field& field) {
  return field.type == domain::Type::kInteger || field.type == domain::Type::kBool;
}

/// The value is lent.
void lend_value(lianxin::store::Statement& statement, int at, const Field& field, const std::string& value) {
  std::int64_t number = 0;
  const char* end = value.data() + value.size();
  if (is_number(field) && std::from_chars(value.data(), end, number).ptr == end) {
    statement.bind(at, number);
  } else {
    statement.lend_text(at, value);
  }
}

std::string quoted(const std::string& name) { return '"' + name + '"'; }

/// Nothing happens where the row is there. Tables are watched by triggers (touched.hpp), and a statement that
/// sets one off and may have to be undone copies each page before it writes it; this one never has to be.
std::string insert_of(const Kind& kind) {
  std::string names = "r_number, r_id, r_scope, r_parent, r_flags";
  std::string marks = "?, ?, ?, ?, ?";
  for (const Field& field : kind.fields) {
    names += ", " + quoted(field.name);
    marks += ", ?";
  }
  return "INSERT OR IGNORE INTO " + KindTables::table_of(kind) + "(" + names + ") VALUES(" + marks + ")";
}

std::string update_of(const Kind& kind) {
  std::string sets = "r_scope = ?3, r_parent = ?4, r_flags = ?5";
  int place = KindTables::kFieldParameter;
  for (const Field& field : kind.fields)
    sets += ", " + quoted(field.name) + " = ?" + std::to_string(place++);
  return "UPDATE OR FAIL " + KindTables::table_of(kind) + " SET " + sets + " WHERE r_number = ?1";
}

std::string select_of(const Kind& kind) {
  std::string columns = "r_scope, r_parent, r_flags";
  for (const Field& field : kind.fields)
    columns += ", " + quoted(field.name);
  return "SELECT " + columns + " FROM " + KindTables::table_of(kind) + " WHERE r_number = ?";
}

struct ListIndex {
  std::string_view kind;
  std::string_view name;
  std::vector<std::string_view> fields;  ///< that the kind must have (that of the benchmarks has others)
  std::string_view columns;              ///< r_id follows them
  std::string_view where = "";
};

/// What the window's lists are ordered by (work_queries.hpp), so that a page of them reads its own rows only;
/// r_flags is there so that what is left out is not read either. And what is looked for among all: questions
/// and parcels still open, the counter-entry of points, what there may be once (stands_twice.hpp).
const std::vector<ListIndex>& list_indexes() {
  static const std::vector<ListIndex> kIndexes = {
      {"member", "named", {"name"}, "r_scope, name, r_flags, r_parent"},
      {"member",
       "in_care",
       {"care_flag", "name"},
       "name, r_flags, care_flag",
       " WHERE care_flag IS NOT NULL"},
      {"visit",
       "by_day",
       {"occurred_on", "began", "mode", "purposes"},
       "occurred_on, began, r_flags, mode, purposes"},
      {"contact_attempt", "listed", {"occurred_on", "at_time"}, "occurred_on, at_time, r_flags"},
      {"delivery", "listed", {"dispatched_on", "received_on"}, "ifnull(dispatched_on, received_on), r_flags"},
      {"delivery", "received", {"received_on"}, "received_on, r_flags"},
      {"case_item", "listed", {"closed_on", "opened_on"}, "closed_on IS NOT NULL, opened_on DESC, r_flags"},
      {"case_item", "open", {"closed_on"}, "closed_on"},
      {"consultation", "listed", {"occurred_on"}, "occurred_on, r_flags"},
      {"points_entry", "reversing", {"reverses"}, "reverses", " WHERE reverses IS NOT NULL"},
      {"delivery", "tracked", {"tracking_no"}, "tracking_no", " WHERE tracking_no IS NOT NULL"},
      {"certificate", "numbered", {"cert_no"}, "cert_no", " WHERE cert_no IS NOT NULL"},
      {"attendance", "of_activity", {"activity_id", "status"}, "activity_id"},
      {"stock_movement", "of_store", {"store_id", "material_id"}, "store_id, material_id"},
  };
  return kIndexes;
}

}  // namespace

std::vector<std::string> present_elements(const merge::RecordState& state, const Field& field) {
  std::vector<std::string> out;
  for (const auto& [privacy, owner] : state.classes) {
    for (auto at = owner.registers.lower_bound({field.wire, ""});
         at != owner.registers.end() && at->first.field == field.wire; ++at) {
      const auto value = merge::shown(at->second, field.policy, owner).value;
      if (value && *value != "0") out.push_back(at->first.element);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<std::string> shown_value(const merge::RecordState& state, const Field& field) {
  const Found found = find_register(state, field.wire);
  if (found.reg == nullptr) return std::nullopt;
  auto value = merge::shown(*found.reg, field.policy, *found.owner).value;
  if (value && value->empty()) return std::nullopt;
  return value;
}

domain::RecordValues shown_values(const merge::RecordState& state, const Kind& kind) {
  domain::RecordValues out;
  for (const Field& field : kind.fields) {
    if (field.is_set()) {
      auto elements = present_elements(state, field);
      if (!elements.empty()) out.sets.emplace(field.name, std::move(elements));
    } else if (auto value = shown_value(state, field)) {
      out.scalars.emplace(field.name, std::move(*value));
    }
  }
  return out;
}

Id shown_parent(const merge::RecordState& state, const Kind& kind) {
  for (const std::string& name : kind.parent_fields) {
    const Field* field = kind.field(name);
    if (field == nullptr) continue;
    std::vector<std::string> named;
    if (field->is_set()) {
      named = present_elements(state, *field);
    } else if (auto value = shown_value(state, *field)) {
      named.push_back(std::move(*value));
    }
    if (named.empty()) continue;
    // A visit to several: the one it was filed under first stays its parent.
    if (std::find(named.begin(), named.end(), state.parent.text()) != named.end()) return state.parent;
    const auto id = Id::parse(named.front());
    if (id.ok()) return *id;
  }
  return Id{};
}

Status KindTables::make(const std::function<void()>& on_table) {
  // Of an earlier program; others stand for them.
  LX_DO(
      database_.exec("DROP INDEX IF EXISTS k_delivery_sent; DROP INDEX IF EXISTS k_visit_listed; DROP INDEX "
                     "IF EXISTS k_member_care"));
  for (const Kind& kind : catalogue_->kinds())
    LX_DO(make_table(kind, on_table));
  return {};
}

/// Once, of a table that an earlier program made: its rows lie by the numbers of their records from now on.
Status KindTables::number_rows(const std::string& table) {
  std::string columns;
  {
    auto info = database_.prepare("SELECT name, type FROM pragma_table_info(?) WHERE name <> 'r_id'");
    info.bind_text(1, table);
    LX_DO(each_row(info, [&] {
      const std::string name = info.text(0);
      columns += ", " + quoted(name) + " " + info.text(1) + (name.starts_with("r_") ? " NOT NULL" : "");
    }));
  }
  LX_DO(database_.exec("ALTER TABLE " + table + " RENAME TO rows_before"));
  LX_DO(database_.exec("CREATE TABLE " + table + "(r_number INTEGER PRIMARY KEY, r_id BLOB NOT NULL UNIQUE" +
                       columns + ")"));
  LX_DO(database_.exec("INSERT INTO " + table +
                       " SELECT r.number, b.* FROM rows_before b JOIN record r ON r.id "
                       "= b.r_id ORDER BY r.number"));
  return database_.exec("DROP TABLE rows_before");
}

Status KindTables::make_table(const Kind& kind, const std::function<void()>& on_table) {
  const std::string table = table_of(kind);
  const auto declared = [](const Field& field) {
    return quoted(field.name) + (is_number(field) ? " INTEGER" : " TEXT");
  };
  std::set<std::string> columns;
  {
    auto info = database_.prepare("SELECT name FROM pragma_table_info(?)");
    info.bind_text(1, table);
    LX_DO(each_row(info, [&] { columns.insert(std::string(info.text(0))); }));
  }
  if (columns.empty()) {
    std::string sql = "CREATE TABLE " + table +
                      "(r_number INTEGER PRIMARY KEY, r_id BLOB NOT NULL UNIQUE, r_scope BLOB NOT NULL, "
                      "r_parent BLOB NOT NULL, r_flags INTEGER NOT NULL";
    for (const Field& field : kind.fields)
      sql += ", " + declared(field);
    LX_DO(database_.exec(sql + ")"));
  } else {
    if (columns.count("r_number") == 0) {
      if (on_table) on_table();
      LX_DO(number_rows(table));
    }
    for (const Field& field : kind.fields) {
      if (columns.count(field.name) == 0)
        LX_DO(database_.exec("ALTER TABLE " + table + " ADD COLUMN " + declared(field)));
    }
  }
  for (const ListIndex& index : list_indexes()) {
    const bool has_all = std::all_of(index.fields.begin(), index.fields.end(),
                                     [&](std::string_view name) { return kind.field(name) != nullptr; });
    if (kind.name != index.kind || !has_all) continue;
    LX_DO(database_.exec("CREATE INDEX IF NOT EXISTS " + table + "_" + std::string(index.name) + " ON " +
                         table + "(" + std::string(index.columns) + ", r_id)" + std::string(index.where)));
  }
  Table& made = kinds_[kind.wire];
  made.places.clear();  // a catalogue before may have had more
  made.insert = insert_of(kind);
  made.update = update_of(kind);
  made.select = select_of(kind);
  for (std::size_t i = 0; i < kind.fields.size(); ++i)
    made.places[kind.fields[i].wire] = i;
  return {};
}

namespace {

/// What a column holds; nullopt = NULL.
std::optional<std::string> column_of(const merge::RecordState& shown, const Field& field) {
  if (!field.is_set()) return shown_value(shown, field);
  const auto elements = present_elements(shown, field);
  return elements.empty() ? std::nullopt : std::optional(join(elements, ","));
}

}  // namespace

/// One walk over the registers that are there; most columns of most rows are empty.
KindTables::Values KindTables::values_of(const merge::RecordState& shown, const Kind& kind) const {
  const std::map<std::uint16_t, std::size_t>& places = kinds_.at(kind.wire).places;
  Values out(kind.fields.size());
  std::vector<bool> is_told(kind.fields.size());  // the first class that has the field speaks for it
  for (const auto& [privacy, owner] : shown.classes) {
    for (const auto& [key, reg] : owner.registers) {
      const auto place = places.find(key.field);
      if (place == places.end() || is_told[place->second]) continue;
      const Field& field = kind.fields[place->second];
      if (field.is_set()) {
        const auto elements = present_elements(shown, field);
        if (!elements.empty()) out[place->second] = join(elements, ",");
      } else if (key.element.empty()) {
        auto value = merge::shown(reg, field.policy, owner).value;
        if (value && !value->empty()) out[place->second] = std::move(value);
      } else {
        continue;
      }
      is_told[place->second] = true;
    }
  }
  return out;
}

Result<RowChange> KindTables::compare(const RowNow& now, const Kind& kind, const Values& values) {
  RowChange change;
  auto select = database_.prepare(kinds_.at(kind.wire).select);
  LX_TRY(const bool found, select.bind(1, now.number).step());
  change.is_new = !found;
  if (!found) return change;
  change.scope = select.id(0) != now.scope;
  change.parent = select.id(1) != now.shown.parent;
  change.flags = select.natural(2) != now.flags;
  constexpr int kFirstField = 3;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const int at = kFirstField + static_cast<int>(i);
    const bool same = select.is_null(at) ? !values[i] : values[i] && *values[i] == select.view(at);
    if (!same) change.fields.push_back(&kind.fields[i]);
  }
  return change;
}

std::optional<RowChange> KindTables::compare_with(const RowBefore& before, const merge::RecordState& shown,
                                                  const Kind& kind) const {
  RowChange change;
  const std::map<std::uint16_t, std::size_t>& places = kinds_.at(kind.wire).places;
  for (const auto& [key, reg] : before.registers->registers) {
    const auto place = places.find(key.field);
    if (place == places.end()) continue;
    const Field& field = kind.fields[place->second];
    // Another class may have spoken for the field.
    const bool is_alone = std::all_of(shown.classes.begin(), shown.classes.end(), [&](const auto& one) {
      const auto at = one.second.registers.lower_bound({field.wire, ""});
      return one.first == before.privacy || at == one.second.registers.end() || at->first.field != field.wire;
    });
    if (!is_alone) return std::nullopt;
    if (field.is_set()) {
      if (change.fields.empty() || change.fields.back() != &field) change.fields.push_back(&field);
      continue;
    }
    if (!key.element.empty()) continue;
    auto value = merge::shown(reg, field.policy, *before.registers).value;
    if (value && value->empty()) value.reset();
    if (value != shown_value(shown, field)) change.fields.push_back(&field);
  }
  return change;
}

namespace {

/// So few columns are set by a statement of their own; the whole row is not written for one field's edit.
constexpr std::size_t kColumnsAlone = 2;

}  // namespace

Result<RowChange> KindTables::write(const RowNow& now, bool was_known, const RowBefore* before) {
  const merge::RecordState& shown = now.shown;
  RowChange change;
  const Kind* kind = catalogue_->kind(shown.kind);
  if (kind == nullptr) return change;
  if ((now.flags & kUnapplied) != 0) {
    if (was_known) LX_DO(erase(shown.record, shown.kind));
    return change;
  }
  const auto told = before == nullptr ? std::nullopt : compare_with(*before, shown, *kind);
  if (told) {
    change = *told;
    change.scope = before->scope != now.scope;
    change.parent = before->parent != shown.parent;
    change.flags = before->flags != now.flags;
  } else if (was_known) {
    LX_TRY(change, compare(now, *kind, values_of(shown, *kind)));
  } else {
    change.is_new = true;
  }
  if (!change.any()) return change;
  const bool is_whole = change.is_new || change.scope || change.parent ||
                        change.fields.size() + (change.flags ? 1 : 0) > kColumnsAlone;
  LX_DO(is_whole ? write_whole(now, *kind, change.is_new) : write_columns(now, *kind, change));
  LX_DO(write_elements(shown, *kind, change));
  return change;
}

Status KindTables::write_whole(const RowNow& now, const Kind& kind, bool is_new) {
  const Values values = values_of(now.shown, kind);
  const Table& table = kinds_.at(kind.wire);
  const auto run = [&](const std::string& sql) -> Result<bool> {
    auto write = database_.prepare(sql);
    write.bind(1, now.number).lend(2, now.shown.record).lend(3, now.scope).lend(4, now.shown.parent);
    write.bind(5, static_cast<std::int64_t>(now.flags));
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i]) lend_value(write, kFieldParameter + static_cast<int>(i), kind.fields[i], *values[i]);
    }
    LX_DO(write.run());
    return database_.changes() > 0;
  };
  // Nearly always it is as expected.
  LX_TRY(const bool is_written, run(is_new ? table.insert : table.update));
  if (is_written) return {};
  LX_TRY(const bool is_other, run(is_new ? table.update : table.insert));
  return is_other ? Status() : fail("store.damaged", {}, table_of(kind));
}

Status KindTables::write_columns(const RowNow& now, const Kind& kind, const RowChange& change) {
  std::string sql = "UPDATE OR FAIL " + table_of(kind) + " SET ";
  for (const Field* field : change.fields)
    sql += quoted(field->name) + " = ?, ";
  sql += change.flags ? "r_flags = ?, " : "";
  sql.replace(sql.size() - 2, 2, " WHERE r_number = ?");
  Values values;
  for (const Field* field : change.fields)
    values.push_back(column_of(now.shown, *field));
  auto update = database_.prepare(sql);
  int at = 0;
  for (const Field* field : change.fields) {
    const std::optional<std::string>& value = values[static_cast<std::size_t>(at++)];
    if (value) lend_value(update, at, *field, *value);
  }
  if (change.flags) update.bind(++at, static_cast<std::int64_t>(now.flags));
  return update.bind(++at, now.number).run();
}

Status KindTables::write_elements(const merge::RecordState& shown, const Kind& kind,
                                  const RowChange& change) {
  const auto write_one = [&](const Field& field) -> Status {
    if (!change.is_new) {
      auto erase = database_.prepare("DELETE FROM element WHERE record = ? AND field = ?");
      LX_DO(erase.bind(1, shown.record).bind(2, int{field.wire}).run());
    }
    for (const std::string& element : present_elements(shown, field)) {
      auto insert = database_.prepare("INSERT OR IGNORE INTO element VALUES(?, ?, ?, ?)");
      insert.bind(1, shown.record).bind(2, int{field.wire}).bind_text(3, element).bind(4, int{kind.wire});
      LX_DO(insert.run());
    }
    return {};
  };
  if (!change.is_new) {
    for (const Field* field : change.fields) {
      if (field->is_set()) LX_DO(write_one(*field));
    }
    return {};
  }
  for (const Field& field : kind.fields) {
    if (field.is_set()) LX_DO(write_one(field));
  }
  return {};
}

Status KindTables::erase(const Id& record, std::uint16_t wire) {
  const Kind* kind = catalogue_->kind(wire);
  if (kind == nullptr) return {};
  auto row = database_.prepare("DELETE FROM " + table_of(*kind) + " WHERE r_id = ?");
  LX_DO(row.bind(1, record).run());
  auto elements = database_.prepare("DELETE FROM element WHERE record = ?");
  return elements.bind(1, record).run();
}

Result<std::string> KindTables::difference(const RowNow& now) {
  const Kind* kind = catalogue_->kind(now.shown.kind);
  if (kind == nullptr) return std::string();
  LX_TRY(const RowChange change, compare(now, *kind, values_of(now.shown, *kind)));
  const bool has_none = (now.flags & kUnapplied) != 0;
  if (change.is_new != has_none) return std::string("r_id");
  if (has_none) return std::string();
  if (change.scope) return std::string("r_scope");
  if (change.parent) return std::string("r_parent");
  if (change.flags) return std::string("r_flags");
  return change.fields.empty() ? std::string() : change.fields.front()->name;
}

Result<std::uint64_t> KindTables::orphans() {
  std::uint64_t count = 0;
  for (const Kind& kind : catalogue_->kinds()) {
    auto select =
        database_.prepare("SELECT count(*) FROM " + table_of(kind) +
                          " WHERE NOT EXISTS (SELECT 1 FROM record WHERE number = r_number AND id = "
                          "r_id)");
    LX_TRY(const bool found, select.step());
    if (found) count += select.natural(0);
  }
  return count;
}

Status KindTables::clear() {
  for (const Kind& kind : catalogue_->kinds())
    LX_DO(database_.exec("DELETE FROM " + table_of(kind)));
  return database_.exec("DELETE FROM element");
}

}  // namespace lianxin::client::store
