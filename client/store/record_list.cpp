// Records: lists and search, over the tables of shown values.
#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "client/store/action.hpp"
#include "shared/base/text.hpp"
#include "shared/store/each_row.hpp"
#include "sync/merge/dump_line.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

namespace {

using domain::Field;
using domain::Kind;

/// Of so many that a search finds, a table is read through rather than each of them looked up; for a list
/// with an end, when also one of so many of its rows is found.
constexpr std::size_t kManyFound = 500;
constexpr std::size_t kManyOf = 50;

/// Records as they are found, by those that stand for them. A digit finds everybody: nothing is made of each.
struct FoundSet {
  std::vector<Id> found;                  ///< sorted
  std::unordered_set<Id> standing;        ///< for one that is found
  std::unordered_map<Id, Id> stands_for;  ///< of records another one stands for

  [[nodiscard]] bool has(const Id& record) const {
    return stands_for.count(record) == 0 &&
           (std::binary_search(found.begin(), found.end(), record) || standing.count(record) > 0);
  }
  /// What hangs on any record of one that is found is found too.
  [[nodiscard]] bool has_parent(const Id& parent) const {
    if (parent.is_nil()) return false;
    const auto other = stands_for.find(parent);
    return has(other == stands_for.end() ? parent : other->second);
  }
};

/// A condition with its parameters, in order.
struct Sql {
  std::string text;
  std::vector<std::function<void(lianxin::store::Statement&, int)>> parameters;

  void add_text(std::string value) {
    parameters.push_back(
        [value = std::move(value)](lianxin::store::Statement& s, int at) { s.bind_text(at, value); });
  }
  void add_integer(std::int64_t value) {
    parameters.push_back([value](lianxin::store::Statement& s, int at) { s.bind(at, value); });
  }
  void add_id(const Id& value) {
    parameters.push_back([value](lianxin::store::Statement& s, int at) { s.bind(at, value); });
  }
};

class ListReader {
 public:
  ListReader(RecordsImpl& records, const ListQuery& query) : records_(records), query_(query) {}

  Result<std::vector<ListRow>> run() {
    kind_ = records_.catalogue().kind(query_.kind);
    if (kind_ == nullptr) return fail("list.kind", {{"kind", query_.kind}});
    sql_.text = "SELECT r_id, r_scope, r_parent, r_flags";
    for (const Field& field : kind_->fields) {
      if (!is_wanted(field)) continue;
      fields_.push_back(&field);
      sql_.text += ", \"" + field.name + "\"";
    }
    sql_.text += " FROM " + KindTables::table_of(*kind_) + " WHERE 1";
    if (!query_.with_void) sql_.text += " AND r_flags & 3 = 0";
    if (!query_.with_aliased) sql_.text += " AND r_flags & 64 = 0";
    for (const auto& [name, value] : query_.where)
      LX_DO(add_where(name, value));
    if (query_.parent) add_parent(*query_.parent);
    LX_DO(add_search());
    // What is read through to the end is sorted afterwards: a smaller tree may hold all of it.
    if (found_ && query_.limit == 0) return sorted(read());
    sql_.text += query_.newest_first ? " ORDER BY r_id DESC" : " ORDER BY r_id";
    if (query_.limit > 0 && !found_) {
      sql_.text += " LIMIT ?";
      sql_.add_integer(static_cast<std::int64_t>(query_.limit));
    }
    return read();
  }

 private:
  [[nodiscard]] bool is_wanted(const Field& field) const {
    return query_.fields.empty() ||
           std::find(query_.fields.begin(), query_.fields.end(), field.name) != query_.fields.end();
  }

  Status add_where(const std::string& name, const std::string& value) {
    if (name == "scope") {
      LX_TRY(const Id scope, scope_of(value));
      sql_.text += " AND r_scope = ?";
      sql_.add_id(scope);
      return {};
    }
    const Field* field = kind_->field(name);
    if (field == nullptr || field->wire < domain::kFirstKindField)
      return fail("list.field", {{"kind", kind_->name}, {"field", name}});
    LX_TRY(const std::string wanted, canonical(*field, value));
    if (field->is_set()) {
      sql_.text += " AND r_id IN (SELECT record FROM element WHERE kind = ? AND field = ? AND element = ?)";
      sql_.add_integer(kind_->wire);
      sql_.add_integer(field->wire);
      sql_.add_text(wanted);
    } else if (wanted.empty()) {
      sql_.text += " AND \"" + name + "\" IS NULL";
    } else {
      // The column's own affinity turns digits into numbers.
      sql_.text += " AND \"" + name + "\" = ?";
      sql_.add_text(wanted);
      const auto id = Id::parse(wanted);
      const bool is_parent = !kind_->parent_fields.empty() && kind_->parent_fields.front() == name;
      if (is_parent && id.ok()) add_parent(*id);
    }
    return {};
  }

  Result<Id> scope_of(const std::string& value) {
    const auto id = Id::parse(value);
    if (id.ok()) return *id;
    LX_TRY(const auto unit, records_.unit_of(value));
    if (!unit) return fail("record.unknown", {{"id", value}});
    return *unit;
  }

  Result<std::string> canonical(const Field& field, const std::string& value) {
    const bool refers = field.type == domain::Type::kReference || field.type == domain::Type::kReferenceSet;
    if (refers && !value.empty() && !Id::parse(value).ok()) {
      LX_TRY(const auto unit, records_.unit_of(value));
      if (unit) return unit->text();
    }
    const auto known = domain::canonical_value(field, value);
    return known.ok() ? *known : value;
  }

  void add_parent(const Id& parent) {
    sql_.text +=
        " AND r_id IN (SELECT id FROM record WHERE parent = ? AND parent != "
        "x'00000000000000000000000000000000')";
    sql_.add_id(parent);
  }

  /// Whom one of several records of a person names is shown by the one that stands for all; what hangs on
  /// those who are found is found too.
  Status add_search() {
    LX_TRY(auto found, records_.search().find(query_.search));
    if (!found) return {};
    LX_TRY(const bool is_many, are_many(found->size()));
    if (is_many) return take_found(std::move(*found));
    LX_DO(put_found(*found));
    sql_.text += " AND r_id IN (SELECT id FROM searched";
    if (!kind_->parent_fields.empty()) {
      sql_.text +=
          " UNION ALL SELECT r.id FROM record r WHERE r.parent != x'00000000000000000000000000000000' AND "
          "r.kind = " +
          std::to_string(kind_->wire) +
          " AND r.parent IN (SELECT id FROM searched UNION ALL SELECT c.record FROM cluster c JOIN searched "
          "s ON "
          "c.canonical = s.id)";
    }
    sql_.text += ")";
    return {};
  }

  Result<bool> are_many(std::size_t found) {
    if (found < kManyFound || query_.limit == 0) return found >= kManyFound;
    auto select = records_.database().prepare("SELECT counted FROM kind_count WHERE kind = ?");
    LX_TRY(const bool is_known, select.bind(1, int{kind_->wire}).step());
    return is_known && found * kManyOf >= select.natural(0);
  }

  /// The same as the statement over `searched`, for is_found().
  Status take_found(std::vector<Id> found) {
    FoundSet& all = found_.emplace();
    all.found = std::move(found);
    auto select =
        records_.database().prepare("SELECT record, canonical FROM cluster WHERE record <> canonical");
    return each_row(select, [&] {
      const Id record = select.id(0);
      all.stands_for.emplace(record, select.id(1));
      if (std::binary_search(all.found.begin(), all.found.end(), record)) all.standing.insert(select.id(1));
    });
  }

  [[nodiscard]] bool is_found(const lianxin::store::Statement& row) const {
    return found_->has(row.id(0)) || (!kind_->parent_fields.empty() && found_->has_parent(row.id(2)));
  }

  [[nodiscard]] Result<std::vector<ListRow>> sorted(Result<std::vector<ListRow>> rows) const {
    if (!rows.ok()) return rows;
    std::sort(rows->begin(), rows->end(), [&](const ListRow& a, const ListRow& b) {
      return query_.newest_first ? b.id < a.id : a.id < b.id;
    });
    return rows;
  }

  /// Into a table in memory, as the records that stand for them.
  Status put_found(const std::vector<Id>& found) {
    auto& database = records_.database();
    LX_DO(database.exec(
        "CREATE TEMP TABLE IF NOT EXISTS searched(id BLOB PRIMARY KEY) WITHOUT ROWID; DELETE FROM searched"));
    LX_TRY(auto savepoint, lianxin::store::Savepoint::begin(database));
    auto insert = database.prepare("INSERT INTO searched VALUES(?)");
    for (const Id& id : found) {
      LX_DO(insert.bind(1, id).run());
      insert.reset();
    }
    LX_DO(database.exec(
        "INSERT OR IGNORE INTO searched SELECT c.canonical FROM searched s JOIN cluster c ON c.record = "
        "s.id; "
        "DELETE FROM searched WHERE id IN (SELECT record FROM cluster WHERE record != canonical)"));
    return savepoint.keep();
  }

  Result<std::vector<ListRow>> read() {
    auto select = records_.database().prepare(sql_.text);
    int at = 1;
    for (const auto& bind : sql_.parameters)
      bind(select, at++);
    std::vector<ListRow> out;
    std::map<Id, std::string> codes;
    while (true) {
      if (query_.limit > 0 && out.size() == query_.limit) return out;
      LX_TRY(const bool more, select.step());
      if (!more) return out;
      if (found_ && !is_found(select)) continue;
      ListRow row;
      row.id = select.id(0);
      row.scope = select.id(1);
      row.parent = select.id(2);
      row.in_dispute = (select.integer(3) & kInDispute) != 0;
      row.voided = (select.integer(3) & (kVoided | kDeleted)) != 0;
      auto [code, is_new] = codes.try_emplace(row.scope);
      if (is_new) {
        LX_TRY(code->second, records_.code_of(row.scope));
      }
      row.scope_code = code->second;
      int column = 4;
      for (const Field* field : fields_) {
        auto value = select.text_or_null(column++);
        if (value) row.values.emplace(field->name, std::move(*value));
      }
      out.push_back(std::move(row));
    }
  }

  RecordsImpl& records_;
  const ListQuery& query_;
  const Kind* kind_ = nullptr;
  std::vector<const Field*> fields_;
  Sql sql_;
  std::optional<FoundSet> found_;  ///< null = the statement says who is found, or nothing is searched
};

}  // namespace

Result<std::vector<ListRow>> Records::list(const ListQuery& query) { return ListReader(impl_, query).run(); }

Result<bool> Records::read_texts(std::size_t records) { return impl_.search().refresh(records); }

Status Records::dump(std::string_view scope_code, bool with_shelf,
                     const std::function<void(std::string_view)>& line) {
  std::map<Id, std::string> wanted;
  LX_TRY(const std::vector<HeldScope> held, impl_.held());
  for (const HeldScope& scope : held) {
    const bool is_shelf = scope.scope.is_nil();
    if (is_shelf ? with_shelf : scope_code.empty() || scope.code == scope_code)
      wanted[scope.scope] = scope.code;
  }
  std::map<std::pair<std::string, Id>, std::vector<std::string>> records;  // by kind and id
  {
    auto select = impl_.database().prepare(
        "SELECT r.kind, r.id, m.scope FROM membership m JOIN record r ON r.id = m.record");
    LX_DO(each_row(select, [&] {
      const auto scope = wanted.find(select.id(2));
      if (scope == wanted.end()) return;
      std::string name = merge::dump_kind(impl_.catalogue(), static_cast<std::uint16_t>(select.integer(0)));
      if (merge::is_in_dump(name, with_shelf))
        records[{std::move(name), select.id(1)}].push_back(scope->second);
    }));
  }
  for (auto& [key, scopes] : records) {
    LX_TRY(const RecordBox box, impl_.load(key.second));
    const std::string text = merge::dump_line(box.shown, impl_.catalogue(), std::move(scopes));
    if (!text.empty()) line(text);
  }
  return {};
}

}  // namespace lianxin::client::store
