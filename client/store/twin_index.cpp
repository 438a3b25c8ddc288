#include "client/store/twin_index.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "client/store/clusters.hpp"
#include "client/store/noted_records.hpp"
#include "client/text/pinyin.hpp"
#include "shared/base/date.hpp"
#include "shared/base/hash.hpp"
#include "shared/domain/id_number.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

namespace {

using lianxin::store::Statement;

constexpr std::size_t kKeyOctets = 16;
constexpr std::size_t kMonthLength = 7;

/// 0 = this catalogue has no such kind, or not with these fields (that of the benchmarks).
std::uint16_t wire_of(const domain::Catalogue& catalogue, std::string_view kind,
                      std::initializer_list<std::string_view> fields) {
  const domain::Kind* found = catalogue.kind(kind);
  if (found == nullptr) return 0;
  const bool has_all = std::all_of(fields.begin(), fields.end(),
                                   [&](std::string_view name) { return found->field(name) != nullptr; });
  return has_all ? found->wire : std::uint16_t{0};
}

Bytes key_of(TwinKey kind, const std::string& text) {
  return Bytes(1, static_cast<char>(kind)) + Bytes(hash256(text).bytes().substr(0, kKeyOctets - 1));
}

/// Numbers that are the member's own: a neighbour's or a work's number is not, nor is a dead one.
constexpr std::string_view kOwnNumber =
    "value IS NOT NULL AND ifnull(kind, '') <> 'wechat' AND ifnull(owner, 'self') = 'self' AND "
    "ifnull(valid, 'ok') NOT IN ('wrong', 'dead') AND r_flags & 35 = 0";
static_assert((kVoided | kDeleted | kLeaving) == 35);
static_assert((kVoided | kDeleted | kLeaving | kCountedElsewhere) == 163);

/// Unread records that a save looks through, and how many it reads where there are more.
constexpr std::size_t kFew = 64;
constexpr std::size_t kReadAtOnce = 256;

/// `subject` is not member ?1, and nobody said that they are two.
std::string somebody_else(const std::string& subject) {
  return subject + " NOT IN " + cluster_sql(1) +
         " AND NOT EXISTS (SELECT 1 FROM alias s WHERE (s.record = " + subject +
         " AND s.other = ?1) OR (s.record = ?1 AND s.other = " + subject + "))";
}

/// As letters: how the name is usually read; a name nobody reads stands for itself.
std::string reading(const std::string& name) {
  const auto readings = text::name_readings(name);
  std::string out;
  if (!readings.empty()) {
    for (const std::string& syllable : readings.front())
      out += syllable;
  }
  return out.empty() ? name : out;
}

/// Any two days with at most kTwinDaysMax days between them have a bucket in common.
std::vector<std::string> buckets_of(const std::string& on) {
  const auto day = Date::parse(on);
  if (!day.ok()) return {};
  const std::int64_t bucket = day->day_number() / (kTwinDaysMax + 1);
  return {std::to_string(bucket), std::to_string(bucket + 1)};
}

}  // namespace

TwinIndex::TwinIndex(lianxin::store::Database& database, const domain::Catalogue& catalogue)
    : database_(database),
      member_(wire_of(catalogue, "member", {"name", "gender", "id_no", "born_on", "home_village_id"})),
      contact_point_(wire_of(catalogue, "contact_point", {"kind", "value", "owner", "valid"})),
      delivery_(wire_of(catalogue, "delivery",
                        {"member_id", "dispatched_on", "received_on", "resend_of", "tracking_no"})),
      delivery_line_(wire_of(catalogue, "delivery_line", {"material_id", "title_version"})),
      visit_(wire_of(catalogue, "visit", {"occurred_on", "began", "ended", "mode", "members"})) {
  if (delivery_line_ == 0) delivery_ = 0;
  if (visit_ != 0) visit_members_ = catalogue.kind("visit")->field("members")->wire;
}

Status TwinIndex::touch(const sync::merge::RecordState& shown, bool was_known) {
  const std::uint16_t kind = shown.kind;
  const bool is_line = kind != 0 && kind == delivery_line_;
  if (kind == 0 ||
      (!is_line && kind != member_ && kind != contact_point_ && kind != delivery_ && kind != visit_))
    return {};
  const Id record = is_line ? shown.parent : shown.record;
  if (record.is_nil()) return {};
  if (was_known && !is_line) {
    LX_DO(erase(record));
  }
  return note_record(database_, "twin_todo", record);
}

Status TwinIndex::erase(const Id& record) {
  auto forget = database_.prepare("DELETE FROM twin_key WHERE record = ?");
  return forget.bind(1, record).run();
}

Status TwinIndex::clear() {
  return database_.exec("DELETE FROM twin_key; DELETE FROM twin_shared; DELETE FROM twin_todo");
}

Result<bool> TwinIndex::refresh(std::size_t records) {
  return make_noted(database_, "twin_todo", records, [this](const Id& record) { return make(record); });
}

Status TwinIndex::make(const Id& record) {
  LX_DO(erase(record));
  LX_TRY(const Keys made, keys_of(record));
  for (const Bytes& key : made.keys) {
    auto insert = database_.prepare("INSERT OR IGNORE INTO twin_key VALUES(?, ?, ?)");
    LX_DO(insert.bind(1, record).bind_blob(2, key).bind(3, made.subject).run());
    auto other = database_.prepare("SELECT 1 FROM twin_key WHERE key = ? AND subject <> ?");
    LX_TRY(const bool is_shared, other.bind_blob(1, key).bind(2, made.subject).step());
    if (!is_shared) continue;
    auto share = database_.prepare("INSERT OR IGNORE INTO twin_shared VALUES(?)");
    LX_DO(share.bind_blob(1, key).run());
  }
  return {};
}

Result<TwinIndex::Keys> TwinIndex::phone_keys(const Id& record) {
  auto select = database_.prepare("SELECT r_parent, value FROM k_contact_point WHERE r_id = ? AND " +
                                  std::string(kOwnNumber));
  LX_TRY(const bool found, select.bind(1, record).step());
  if (!found) return Keys{};
  return Keys{select.id(0), {key_of(TwinKey::kPhone, select.text(1))}};
}

Result<TwinIndex::Keys> TwinIndex::keys_of(const Id& record) {
  auto select = database_.prepare("SELECT kind FROM record WHERE id = ?");
  LX_TRY(const bool found, select.bind(1, record).step());
  const auto kind = found ? static_cast<std::uint16_t>(select.integer(0)) : std::uint16_t{0};
  if (kind == 0) return Keys{record, {}};
  if (kind == contact_point_) return phone_keys(record);
  Keys out{record, {}};
  if (kind == member_) {
    LX_TRY(const auto facts, person(record));
    if (!facts) return out;
    if (domain::normalize_id_number(facts->id_no).ok())
      out.keys.push_back(key_of(TwinKey::kId, facts->id_no));
    if (facts->name.empty()) return out;
    if (facts->born.size() >= kMonthLength)
      out.keys.push_back(key_of(TwinKey::kBirth, facts->reading + "|" + facts->born.substr(0, kMonthLength)));
    if (!facts->village.is_nil())
      out.keys.push_back(key_of(TwinKey::kVillage, facts->reading + "|" + facts->village.text()));
  } else if (kind == visit_) {
    LX_DO(add_visit_keys(out));
  } else if (kind == delivery_) {
    LX_TRY(const auto facts, delivery(record));
    if (!facts) return out;
    if (!facts->tracking_no.empty()) out.keys.push_back(key_of(TwinKey::kTracking, facts->tracking_no));
    if (facts->person.is_nil()) return out;
    for (const TwinDelivery::Line& line : facts->lines) {
      for (const std::string& bucket : buckets_of(facts->on))
        out.keys.push_back(
            key_of(TwinKey::kDelivery, facts->person.text() + "|" + line.material + "|" + bucket));
    }
  }
  std::sort(out.keys.begin(), out.keys.end());
  out.keys.erase(std::unique(out.keys.begin(), out.keys.end()), out.keys.end());
  return out;
}

Result<std::optional<Id>> TwinIndex::other_with_number(const Id& record, const Id& member) {
  LX_DO(read_on());
  LX_TRY(const Keys made, keys_of(record));
  for (const Bytes& key : made.keys) {
    const char kind = key.front();
    if (kind != static_cast<char>(TwinKey::kId) && kind != static_cast<char>(TwinKey::kPhone)) continue;
    auto select = database_.prepare("SELECT k.subject FROM twin_key k WHERE k.key = ?2 AND " +
                                    somebody_else("k.subject") + " LIMIT 1");
    LX_TRY(const bool found, select.bind(1, member).bind_blob(2, key).step());
    if (found) return std::optional(select.id(0));
  }
  return made.keys.empty() ? std::optional<Id>() : unread_with_number(record, member);
}

/// Few are looked through as they are; of many some are read each time, so that a long list is no burden.
Status TwinIndex::read_on() {
  auto count = database_.prepare("SELECT count(*) FROM (SELECT 1 FROM twin_todo LIMIT ?)");
  LX_TRY(const bool any, count.bind(1, static_cast<std::int64_t>(kFew) + 1).step());
  if (!any || count.integer(0) <= static_cast<std::int64_t>(kFew)) return {};
  count.reset();
  LX_TRY(const bool more, refresh(kReadAtOnce));
  (void)more;
  return {};
}

/// The same of what nobody has read: by the numbers themselves.
Result<std::optional<Id>> TwinIndex::unread_with_number(const Id& record, const Id& member) {
  const std::string by_number =
      record == member
          ? "SELECT m.r_id FROM twin_todo t CROSS JOIN k_member m ON m.r_id = t.record WHERE m.r_flags & 35 "
            "= 0 "
            "AND m.id_no = (SELECT id_no FROM k_member WHERE r_id = ?2) AND " +
                somebody_else("m.r_id")
          : "SELECT c.r_parent FROM twin_todo t CROSS JOIN k_contact_point c ON c.r_id = t.record WHERE " +
                std::string(kOwnNumber) +
                " AND value = (SELECT value FROM k_contact_point WHERE r_id = ?2) AND " +
                somebody_else("c.r_parent");
  auto select = database_.prepare(by_number + " LIMIT 1");
  LX_TRY(const bool found, select.bind(1, member).bind(2, record).step());
  return found ? std::optional(select.id(0)) : std::optional<Id>();
}

Status TwinIndex::add_visit_keys(Keys& out) {
  LX_TRY(const auto facts, visit(out.subject));
  if (!facts || facts->on.empty()) return {};
  for (const Id& person : facts->people)
    out.keys.push_back(key_of(TwinKey::kVisit, person.text() + "|" + facts->on));
  return {};
}

Result<std::optional<domain::PersonFacts>> TwinIndex::person(const Id& member) {
  domain::PersonFacts facts;
  {
    auto select = database_.prepare(
        "SELECT name, gender, id_no, born_on, home_village_id FROM k_member WHERE r_id = ? AND r_flags & 35 "
        "= 0");
    LX_TRY(const bool found, select.bind(1, member).step());
    if (!found) return std::optional<domain::PersonFacts>{};
    facts.name = select.text(0);
    facts.gender = select.text(1);
    facts.id_no = select.text(2);
    facts.born = select.text(3);
    const auto village = Id::parse(select.text(4));
    if (village.ok()) facts.village = *village;
  }
  facts.reading = reading(facts.name);
  auto phones = database_.prepare(
      "SELECT value FROM k_contact_point WHERE r_id IN (SELECT id FROM record WHERE parent = ? AND parent != "
      "x'00000000000000000000000000000000') AND " +
      std::string(kOwnNumber));
  phones.bind(1, member);
  LX_DO(each_row(phones, [&] { facts.phones.push_back(phones.text(0)); }));
  return std::optional(std::move(facts));
}

Result<std::optional<TwinDelivery>> TwinIndex::delivery(const Id& delivery) {
  TwinDelivery facts;
  {
    auto select = database_.prepare(
        "SELECT ifnull(c.canonical, d.r_parent), ifnull(d.dispatched_on, d.received_on), d.resend_of, "
        "d.member_id, d.carrier, d.tracking_no "
        "FROM k_delivery d LEFT JOIN cluster c ON c.record = d.r_parent WHERE d.r_id = ? AND d.r_flags & 35 "
        "= 0");
    LX_TRY(const bool found, select.bind(1, delivery).step());
    if (!found || (select.is_null(3) && select.is_null(5))) return std::optional<TwinDelivery>{};
    if (!select.is_null(3)) facts.person = select.id(0);
    facts.carrier = select.text(4);
    facts.tracking_no = select.text(5);
    facts.on = select.text(1);
    const auto first = Id::parse(select.text(2));
    if (first.ok()) facts.resend_of = *first;
  }
  auto lines = database_.prepare(
      "SELECT l.material_id, l.title_version FROM record r JOIN k_delivery_line l ON l.r_id = r.id "
      "WHERE r.parent = ? AND r.parent != x'00000000000000000000000000000000' AND l.r_flags & 3 = 0 "
      "AND l.material_id IS NOT NULL");
  lines.bind(1, delivery);
  LX_DO(each_row(lines, [&] { facts.lines.push_back({lines.text(0), lines.text(1)}); }));
  return std::optional(std::move(facts));
}

/// A call is another one each time; a visit was to a door, a venue or a workplace.
Result<std::optional<TwinVisit>> TwinIndex::visit(const Id& visit) {
  TwinVisit facts;
  {
    auto select = database_.prepare(
        "SELECT occurred_on, began, ended FROM k_visit WHERE r_id = ? AND r_flags & 163 = 0 AND "
        "ifnull(mode, 'door') IN ('door', 'venue', 'workplace')");
    LX_TRY(const bool found, select.bind(1, visit).step());
    if (!found) return std::optional<TwinVisit>{};
    facts.on = select.text(0);
    facts.began = select.text(1);
    facts.ended = select.text(2);
  }
  auto members = database_.prepare("SELECT element FROM element WHERE record = ? AND field = ?");
  members.bind(1, visit).bind(2, int{visit_members_});
  std::vector<Id> named;
  LX_DO(each_row(members, [&] {
    const auto id = Id::parse(members.text(0));
    if (id.ok()) named.push_back(*id);
  }));
  for (const Id& id : named) {
    auto stands = database_.prepare("SELECT canonical FROM cluster WHERE record = ?");
    LX_TRY(const bool is_one_of, stands.bind(1, id).step());
    facts.people.push_back(is_one_of ? stands.id(0) : id);
  }
  std::sort(facts.people.begin(), facts.people.end());
  facts.people.erase(std::unique(facts.people.begin(), facts.people.end()), facts.people.end());
  return std::optional(std::move(facts));
}

Result<std::vector<Id>> TwinIndex::wrong() {
  LX_TRY(const auto waiting, noted_in(database_, "twin_todo"));
  std::map<Id, std::set<Bytes>> stored;
  {
    auto select = database_.prepare(
        "SELECT r.id, k.key FROM record r LEFT JOIN twin_key k ON k.record = r.id WHERE r.kind IN (?1, ?2, "
        "?3, ?4) AND r.id NOT IN (SELECT record FROM twin_todo) UNION SELECT k.record, k.key FROM twin_key "
        "k");
    select.bind(1, int{member_}).bind(2, int{contact_point_}).bind(3, int{delivery_}).bind(4, int{visit_});
    LX_DO(each_row(select, [&] {
      std::set<Bytes>& keys = stored[select.id(0)];
      if (!select.is_null(1)) keys.insert(select.blob(1));
    }));
  }
  std::vector<Id> out;
  for (const auto& [record, keys] : stored) {
    LX_TRY(const Keys made, keys_of(record));
    if (std::set<Bytes>(made.keys.begin(), made.keys.end()) == keys) continue;
    if (waiting.count(record) == 0) out.push_back(record);
  }
  return out;
}

}  // namespace lianxin::client::store
