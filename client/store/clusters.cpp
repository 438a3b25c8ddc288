#include "client/store/clusters.hpp"

#include <algorithm>

#include "client/store/kind_count.hpp"
#include "client/store/kind_tables.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

namespace {

std::uint16_t wire_of(const domain::Catalogue& catalogue, std::string_view kind) {
  const domain::Kind* found = catalogue.kind(kind);
  return found == nullptr ? std::uint16_t{0} : found->wire;
}

/// What is said of this record and others, as it is shown.
std::map<Id, bool> said_in(const merge::RecordState& shown) {
  std::map<Id, bool> out;
  for (const auto& [other, reg] : said_on(shown)) {
    const auto value = merge::shown(*reg, domain::Policy::kReview, shown.classes.at(0)).value;
    if (value && other != shown.record) out[other] = *value == "1";
  }
  return out;
}

}  // namespace

std::vector<std::pair<Id, const merge::Register*>> said_on(const merge::RecordState& shown) {
  std::vector<std::pair<Id, const merge::Register*>> out;
  const auto owner = shown.classes.find(0);
  if (owner == shown.classes.end()) return out;
  const auto& registers = owner->second.registers;
  for (auto at = registers.lower_bound({domain::kFieldAliasOf, ""});
       at != registers.end() && at->first.field == domain::kFieldAliasOf; ++at) {
    const auto other = Id::parse(at->first.element);
    if (other.ok()) out.emplace_back(*other, &at->second);
  }
  return out;
}

std::string cluster_sql(int parameter) {
  const std::string id = "?" + std::to_string(parameter);
  return "(SELECT " + id +
         " AS id UNION SELECT b.record FROM cluster a JOIN cluster b ON b.canonical = a.canonical WHERE "
         "a.record = " +
         id + ")";
}

std::string cluster_texts_sql(int parameter) {
  // A record's text is its 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
  return "(SELECT substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-' || substr(h, 13, 4) || '-' || substr(h, "
         "17, 4) || "
         "'-' || substr(h, 21) FROM (SELECT lower(hex(id)) AS h FROM " +
         cluster_sql(parameter) + "))";
}

Clusters::Clusters(lianxin::store::Database& database, const domain::Catalogue& catalogue)
    : database_(database),
      member_(wire_of(catalogue, "member")),
      delivery_(wire_of(catalogue, "delivery")),
      visit_(wire_of(catalogue, "visit")) {
  const domain::Kind* visit = catalogue.kind("visit");
  const domain::Field* members = visit == nullptr ? nullptr : visit->field("members");
  if (members != nullptr) visit_members_ = members->wire;
}

Status Clusters::write_said(const RecordBox& box, bool was_known) {
  const Id& record = box.shown.record;
  if (was_known) {
    auto forget = database_.prepare("DELETE FROM alias WHERE record = ?");
    LX_DO(forget.bind(1, record).run());
  }
  for (const auto& [other, same] : said_in(box.shown)) {
    auto insert = database_.prepare("INSERT INTO alias VALUES(?, ?, ?)");
    LX_DO(insert.bind(1, record).bind(2, other).bind(3, same).run());
  }
  return {};
}

Result<bool> Clusters::is_named(const Id& record) {
  auto select = database_.prepare(
      "SELECT 1 FROM alias WHERE record = ?1 UNION ALL SELECT 1 FROM alias WHERE other = ?1 UNION ALL "
      "SELECT 1 FROM cluster WHERE record = ?1");
  return select.bind(1, record).step();
}

Status Clusters::take(RecordBox& box) {
  if (!may_join(box.shown.kind)) return {};
  const Id record = box.shown.record;
  LX_TRY(const bool was_named, is_named(record));
  const bool says = !said_on(box.shown).empty();
  if (says || was_named) LX_DO(write_said(box, was_named));
  if (!says && !was_named) return {};
  LX_DO(join(record, box.shown.kind));
  LX_TRY(const auto row, row_of(record));
  if (row) box.flags = box.row.flags = row->flags;
  return {};
}

Status Clusters::erase(const Id& record, std::uint16_t kind) {
  if (!may_join(kind)) return {};
  LX_TRY(const bool was_named, is_named(record));
  if (!was_named) return {};
  LX_TRY(const std::vector<Id> others, records_of(record));
  for (const std::string_view sql :
       {"DELETE FROM alias WHERE record = ?", "DELETE FROM cluster WHERE record = ?"}) {
    auto statement = database_.prepare(sql);
    LX_DO(statement.bind(1, record).run());
  }
  for (const Id& other : others) {
    if (other != record) LX_DO(join(other, kind));
  }
  return {};
}

Result<std::optional<Clusters::Row>> Clusters::row_of(const Id& record) {
  auto select = database_.prepare("SELECT kind, flags FROM record WHERE id = ?");
  LX_TRY(const bool found, select.bind(1, record).step());
  if (!found) return std::optional<Row>{};
  return std::optional(
      Row{static_cast<std::uint16_t>(select.integer(0)), static_cast<std::uint32_t>(select.integer(1))});
}

/// Also through a record that is not on this laptop; what is here and of another kind joins nobody.
Result<std::set<Id>> Clusters::said_to_be_one(const Id& record, std::uint16_t kind) {
  std::set<Id> seen{record};
  std::set<Id> out;
  std::vector<Id> next{record};
  while (!next.empty() && seen.size() <= kClusterMax) {
    const Id id = next.back();
    next.pop_back();
    LX_TRY(const auto row, row_of(id));
    if (row && row->kind != kind) continue;
    if (row) out.insert(id);
    auto select = database_.prepare(
        "SELECT other FROM alias WHERE record = ?1 AND same UNION SELECT record FROM alias WHERE other = ?1 "
        "AND same");
    select.bind(1, id);
    LX_DO(each_row(select, [&] {
      if (seen.insert(select.id(0)).second) next.push_back(select.id(0));
    }));
  }
  return out;
}

/// Who stands for whom among records that may have been one before.
Result<std::map<Id, Id>> Clusters::canonicals(const std::set<Id>& records, std::uint16_t kind) {
  std::map<Id, Id> out;
  for (const Id& record : records) {
    if (out.count(record) > 0) continue;
    LX_TRY(const std::set<Id> one, said_to_be_one(record, kind));
    if (one.empty()) continue;
    Id canonical = *one.begin();
    for (const Id& id : one) {
      LX_TRY(const auto row, row_of(id));
      if (!row || (row->flags & (kVoided | kDeleted)) != 0) continue;
      canonical = id;
      break;
    }
    for (const Id& id : one)
      out[id] = canonical;
  }
  return out;
}

Status Clusters::join(const Id& record, std::uint16_t kind) {
  LX_TRY(const std::vector<Id> before, records_of(record));
  LX_TRY(std::set<Id> concerned, said_to_be_one(record, kind));
  concerned.insert(before.begin(), before.end());
  LX_TRY(const auto now, canonicals(concerned, kind));
  std::map<Id, int> sizes;
  for (const auto& [id, canonical] : now)
    ++sizes[canonical];
  for (const auto& [id, canonical] : now)
    LX_DO(write(id, canonical, sizes[canonical] == 1, kind));
  return {};
}

Status Clusters::write(const Id& record, const Id& canonical, bool alone, std::uint16_t kind) {
  LX_TRY(const Id before, canonical_of(record));
  LX_TRY(const auto row, row_of(record));
  if (alone) {
    auto erase = database_.prepare("DELETE FROM cluster WHERE record = ?");
    LX_DO(erase.bind(1, record).run());
  } else {
    auto upsert = database_.prepare(
        "INSERT INTO cluster VALUES(?, ?) ON CONFLICT(record) DO UPDATE SET canonical = excluded.canonical");
    LX_DO(upsert.bind(1, record).bind(2, canonical).run());
  }
  const auto aliased = static_cast<std::uint32_t>(kAliased);
  const std::uint32_t flags = canonical == record ? row->flags & ~aliased : row->flags | aliased;
  if (flags != row->flags) {
    const char* table = kind == member_ ? "k_member" : kind == delivery_ ? "k_delivery" : "k_visit";
    for (const std::string& sql : {std::string("UPDATE record SET flags = ? WHERE id = ?"),
                                   "UPDATE " + std::string(table) + " SET r_flags = ? WHERE r_id = ?"}) {
      auto update = database_.prepare(sql);
      LX_DO(update.bind(1, static_cast<std::int64_t>(flags)).bind(2, record).run());
    }
    const RecordRow counted{kind, {}, {}, row->flags};
    LX_DO(count_row(database_, &counted, {kind, {}, {}, flags}));
  }
  if (before == canonical || kind != member_) return {};
  // Deliveries and visits are compared by the person they were for.
  auto todo = database_.prepare(
      "INSERT INTO twin_todo(record) SELECT id FROM record WHERE parent = ?1 AND kind = ?2 AND parent != "
      "x'00000000000000000000000000000000' UNION SELECT record FROM element WHERE kind = ?3 AND field = ?4 "
      "AND element = ?5");
  return todo.bind(1, record)
      .bind(2, int{delivery_})
      .bind(3, int{visit_})
      .bind(4, int{visit_members_})
      .bind_text(5, record.text())
      .run();
}

Result<std::vector<Id>> Clusters::records_of(const Id& record) {
  auto select = database_.prepare("SELECT * FROM " + cluster_sql(1) + " ORDER BY 1");
  select.bind(1, record);
  std::vector<Id> out;
  LX_DO(each_row(select, [&] { out.push_back(select.id(0)); }));
  return out;
}

Result<Id> Clusters::canonical_of(const Id& record) {
  auto select = database_.prepare("SELECT canonical FROM cluster WHERE record = ?");
  LX_TRY(const bool found, select.bind(1, record).step());
  return found ? select.id(0) : record;
}

Result<std::optional<bool>> Clusters::said_of(const Id& one, const Id& other) {
  auto select = database_.prepare(
      "SELECT same FROM alias WHERE (record = ?1 AND other = ?2) OR (record = ?2 AND other = ?1) ORDER BY "
      "same DESC");
  LX_TRY(const bool found, select.bind(1, one).bind(2, other).step());
  return found ? std::optional(select.integer(0) != 0) : std::nullopt;
}

Status Clusters::clear() {
  LX_DO(database_.exec("DELETE FROM alias; DELETE FROM cluster"));
  auto flags = database_.prepare("UPDATE record SET flags = flags & ~64 WHERE flags & 64 != 0");
  static_assert(kAliased == 64);
  return flags.run();
}

Result<std::vector<Id>> Clusters::wrong() {
  struct Stored {
    std::uint16_t kind = 0;
    bool has_row = false;
    Id canonical;
    bool has_flag = false;
  };
  std::map<Id, Stored> stored;  // whoever has a row, a flag, or something said
  {
    auto select = database_.prepare(
        "SELECT r.id, r.kind, c.record IS NOT NULL, ifnull(c.canonical, r.id), r.flags & 64 <> 0 FROM record "
        "r LEFT "
        "JOIN cluster c ON c.record = r.id WHERE c.record IS NOT NULL OR r.flags & 64 != 0 OR r.id IN "
        "(SELECT record "
        "FROM alias WHERE same) OR r.id IN (SELECT other FROM alias WHERE same)");
    LX_DO(each_row(select, [&] {
      stored[select.id(0)] = {static_cast<std::uint16_t>(select.integer(1)), select.integer(2) != 0,
                              select.id(3), select.integer(4) != 0};
    }));
  }
  std::vector<Id> out;
  for (const auto& [record, what] : stored) {
    if (!may_join(what.kind)) continue;
    LX_TRY(const auto now, canonicals({record}, what.kind));
    const auto canonical = now.find(record);
    const bool is_right = canonical != now.end() && canonical->second == what.canonical &&
                          what.has_row == (now.size() > 1) && what.has_flag == (what.canonical != record);
    if (!is_right) out.push_back(record);
  }
  return out;
}

}  // namespace lianxin::client::store
