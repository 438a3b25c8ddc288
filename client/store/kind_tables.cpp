#include "client/store/kind_tables.hpp"

#include <algorithm>
#include <charconv>
#include <set>

#include "shared/base/text.hpp"

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

void bind_value(lianxin::store::Statement& statement, int at, const Field& field, const std::string& value) {
  std::int64_t number = 0;
  const char* end = value.data() + value.size();
  if (is_number(field) && std::from_chars(value.data(), end, number).ptr == end) {
    statement.bind(at, number);
  } else {
    statement.bind_text(at, value);
  }
}

/// Parameter of the first field in the upsert.
constexpr int kFirstFieldParameter = 5;

std::string quoted(const std::string& name) { return '"' + name + '"'; }

std::string upsert_of(const Kind& kind) {
  std::string names = "r_id, r_scope, r_parent, r_flags";
  std::string marks = "?, ?, ?, ?";
  std::string sets = "r_scope = excluded.r_scope, r_parent = excluded.r_parent, r_flags = excluded.r_flags";
  for (const Field& field : kind.fields) {
    const std::string name = quoted(field.name);
    names += ", " + name;
    marks += ", ?";
    sets += ", " + name + " = excluded." + name;
  }
  return "INSERT INTO " + KindTables::table_of(kind) + "(" + names + ") VALUES(" + marks +
         ") ON CONFLICT(r_id) DO UPDATE SET " + sets;
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

Status KindTables::make() {
  for (const Kind& kind : catalogue_.kinds())
    LX_DO(make_table(kind));
  return {};
}

Status KindTables::make_table(const Kind& kind) {
  const std::string table = table_of(kind);
  const auto declared = [](const Field& field) {
    return quoted(field.name) + (is_number(field) ? " INTEGER" : " TEXT");
  };
  std::set<std::string> columns;
  {
    auto info = database_.prepare("SELECT name FROM pragma_table_info(?)");
    info.bind_text(1, table);
    while (true) {
      LX_TRY(const bool found, info.step());
      if (!found) break;
      columns.insert(std::string(info.text(0)));
    }
  }
  if (columns.empty()) {
    std::string sql =
        "CREATE TABLE " + table +
        "(r_id BLOB PRIMARY KEY, r_scope BLOB NOT NULL, r_parent BLOB NOT NULL, r_flags INTEGER NOT NULL";
    for (const Field& field : kind.fields)
      sql += ", " + declared(field);
    LX_DO(database_.exec(sql + ") WITHOUT ROWID"));
  } else {
    for (const Field& field : kind.fields) {
      if (columns.count(field.name) == 0)
        LX_DO(database_.exec("ALTER TABLE " + table + " ADD COLUMN " + declared(field)));
    }
  }
  upserts_[kind.wire] = upsert_of(kind);
  for (std::size_t i = 0; i < kind.fields.size(); ++i)
    places_[kind.wire][kind.fields[i].wire] = i;
  return {};
}

Status KindTables::write(const merge::RecordState& shown, const Id& scope, std::uint32_t flags) {
  const Kind* kind = catalogue_.kind(shown.kind);
  if (kind == nullptr) return {};
  auto upsert = database_.prepare(upserts_.at(kind->wire));
  upsert.bind(1, shown.record).bind(2, scope).bind(3, shown.parent).bind(4, static_cast<std::int64_t>(flags));
  // One walk over the registers that are there; most columns of most rows are empty.
  const std::map<std::uint16_t, std::size_t>& places = places_.at(kind->wire);
  std::vector<bool> is_bound(kind->fields.size());  // the first class that has the field speaks for it
  for (const auto& [privacy, owner] : shown.classes) {
    for (const auto& [key, reg] : owner.registers) {
      const auto place = places.find(key.field);
      if (place == places.end() || is_bound[place->second]) continue;
      const Field& field = kind->fields[place->second];
      const int at = static_cast<int>(place->second) + kFirstFieldParameter;
      if (field.is_set()) {
        const auto elements = present_elements(shown, field);
        if (!elements.empty()) upsert.bind_text(at, join(elements, ","));
      } else if (key.element.empty()) {
        const auto value = merge::shown(reg, field.policy, owner).value;
        if (value && !value->empty()) bind_value(upsert, at, field, *value);
      } else {
        continue;
      }
      is_bound[place->second] = true;
    }
  }
  LX_DO(upsert.run());
  const bool has_sets = std::any_of(kind->fields.begin(), kind->fields.end(),
                                    [](const Field& field) { return field.is_set(); });
  return has_sets ? write_elements(shown, *kind) : Status{};
}

Status KindTables::write_elements(const merge::RecordState& shown, const Kind& kind) {
  auto erase = database_.prepare("DELETE FROM element WHERE record = ?");
  LX_DO(erase.bind(1, shown.record).run());
  for (const Field& field : kind.fields) {
    if (!field.is_set()) continue;
    for (const std::string& element : present_elements(shown, field)) {
      auto insert = database_.prepare("INSERT INTO element VALUES(?, ?, ?, ?)");
      insert.bind(1, shown.record).bind(2, int{field.wire}).bind_text(3, element).bind(4, int{kind.wire});
      LX_DO(insert.run());
    }
  }
  return {};
}

Status KindTables::erase(const Id& record, std::uint16_t wire) {
  const Kind* kind = catalogue_.kind(wire);
  if (kind == nullptr) return {};
  auto row = database_.prepare("DELETE FROM " + table_of(*kind) + " WHERE r_id = ?");
  LX_DO(row.bind(1, record).run());
  auto elements = database_.prepare("DELETE FROM element WHERE record = ?");
  return elements.bind(1, record).run();
}

Result<std::string> KindTables::difference(const merge::RecordState& shown, const Id& scope,
                                           std::uint32_t flags) {
  const Kind* kind = catalogue_.kind(shown.kind);
  if (kind == nullptr) return std::string();
  std::string columns = "r_scope, r_parent, r_flags";
  for (const Field& field : kind->fields)
    columns += ", " + quoted(field.name);
  auto select = database_.prepare("SELECT " + columns + " FROM " + table_of(*kind) + " WHERE r_id = ?");
  LX_TRY(const bool found, select.bind(1, shown.record).step());
  if (!found) return std::string("r_id");
  if (select.id(0) != scope) return std::string("r_scope");
  if (select.id(1) != shown.parent) return std::string("r_parent");
  if (select.natural(2) != flags) return std::string("r_flags");
  int at = 3;
  for (const Field& field : kind->fields) {
    std::optional<std::string> wanted;
    if (field.is_set()) {
      const auto elements = present_elements(shown, field);
      if (!elements.empty()) wanted = join(elements, ",");
    } else {
      wanted = shown_value(shown, field);
    }
    if (select.text_or_null(at++) != wanted) return field.name;
  }
  return std::string();
}

Result<std::uint64_t> KindTables::orphans() {
  std::uint64_t count = 0;
  for (const Kind& kind : catalogue_.kinds()) {
    auto select = database_.prepare("SELECT count(*) FROM " + table_of(kind) +
                                    " WHERE r_id NOT IN (SELECT id FROM record)");
    LX_TRY(const bool found, select.step());
    if (found) count += select.natural(0);
  }
  return count;
}

Status KindTables::clear() {
  for (const Kind& kind : catalogue_.kinds())
    LX_DO(database_.exec("DELETE FROM " + table_of(kind)));
  return database_.exec("DELETE FROM element");
}

}  // namespace lianxin::client::store
