#include "client/store/verified.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "shared/domain/catalogue.hpp"
#include "shared/store/each_row.hpp"
#include "sync/change/hlc.hpp"
#include "sync/merge/record_state.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

namespace {

/// What is said once of a record, and the fields it was said of.
struct FieldWatch {
  std::string_view kind;
  std::string_view mark;
  std::string_view is_marked;  ///< SQL over k_<kind> m
  std::vector<std::string_view> items;
};

/// The items of the national sheet that stand in the member's own card.
const FieldWatch& verifying() {
  static const FieldWatch kWatch = {
      "member",
      "verify_level",
      "m.verify_level IN ('branch', 'committee', 'county')",
      {"name", "gender", "ethnic", "id_no", "id_missing_reason", "born_on", "education", "joined_on",
       "full_on", "member_class", "affiliation_org_id", "affiliation_text", "post_code", "standing",
       "home_address", "native_place", "home_village_id"}};
  return kWatch;
}

/// What the register of outflows asks for.
const FieldWatch& entering() {
  static const FieldWatch kWatch = {
      "mobility_episode",
      "national_entry_on",
      "m.national_entry_on IS NOT NULL",
      {"left_on", "kind", "reason", "reason_text", "former_occupation", "dest_sector", "dest_division",
       "dest_address", "dest_org_name", "dest_contact", "dest_contact_phone", "origin_contact",
       "checked_in_on", "link_status", "lost_since", "returned_on", "end_kind"}};
  return kWatch;
}

/// One act writes a change for each class, one after another.
constexpr WallMs kOneAct = 1000;

struct Moments {
  WallMs marked = 0;
  WallMs changed = 0;
};

WallMs latest(const merge::ClassState& state, const merge::Register& reg) {
  WallMs out = 0;
  for (const merge::Head& head : reg.heads) {
    const auto meta = state.metas.find(head.id);
    if (meta != state.metas.end()) out = std::max(out, sync::change::hlc_ms(meta->second.hlc));
  }
  return out;
}

void take(const merge::ClassState& state, const domain::Field& mark, const std::set<std::uint16_t>& items,
          Moments& moments) {
  for (const auto& [key, reg] : state.registers) {
    const bool is_mark =
        key.field == mark.wire || (key.field == domain::kFieldConfirmed && key.element == mark.name);
    if (is_mark) moments.marked = std::max(moments.marked, latest(state, reg));
    if (items.count(key.field) > 0) moments.changed = std::max(moments.changed, latest(state, reg));
  }
}

/// Of one record: when its mark was set, and when each item was written and confirmed.
struct ItemMoments {
  WallMs marked = 0;
  std::map<std::string, WallMs> written;
  std::map<std::string, WallMs> confirmed;

  /// The day of the oldest item that is unverified; nullopt = none.
  [[nodiscard]] std::optional<Date> oldest(const Date& until) const {
    std::optional<Date> out;
    for (const auto& [item, at] : written) {
      const auto said = confirmed.find(item);
      const WallMs known = std::max(marked, said == confirmed.end() ? 0 : said->second);
      if (at - known < kOneAct) continue;
      const Date day = Date::of(at);
      if (day <= until && (!out || day < *out)) out = day;
    }
    return out;
  }
};

void take_items(const merge::ClassState& state, const domain::Kind& kind, bool is_marked,
                ItemMoments& moments) {
  const FieldWatch& watch = verifying();
  for (const auto& [key, reg] : state.registers) {
    const WallMs at = latest(state, reg);
    if (key.field == domain::kFieldConfirmed && !key.element.empty()) {
      const bool of_mark = key.element == watch.mark;
      if (of_mark && is_marked) moments.marked = std::max(moments.marked, at);
      WallMs& confirmed = moments.confirmed[key.element];
      confirmed = std::max(confirmed, at);
      continue;
    }
    const domain::Field* field = kind.field(key.field);
    if (field == nullptr) continue;
    if (field->name == watch.mark && is_marked) moments.marked = std::max(moments.marked, at);
    const bool is_item = std::find(watch.items.begin(), watch.items.end(), field->name) != watch.items.end();
    if (is_item) moments.written[field->name] = at;
  }
}

/// The class states of records (columns: record, state), one record after another; `end` = all of it was
/// told.
template <class Take, class End>
Status each_state(lianxin::store::Statement& select, Take take_state, End end) {
  std::optional<Id> at;
  LX_DO(each_row(select, [&]() -> Status {
    const Id record = select.id(0);
    if (at && *at != record) end(*at);
    at = record;
    const Bytes bytes = select.blob(1);
    if (bytes.empty()) return {};
    LX_TRY(const merge::ClassState state, merge::decode_class_state(bytes));
    take_state(state);
    return {};
  }));
  if (at) end(*at);
  return {};
}

Result<std::vector<Id>> changed_since(lianxin::store::Database& database, const FieldWatch& watch) {
  const domain::Kind& kind = *domain::Catalogue::base().kind(watch.kind);
  std::set<std::uint16_t> items;
  for (const std::string_view name : watch.items)
    items.insert(kind.field(name)->wire);
  auto select = database.prepare("SELECT s.record, ifnull(s.shown, s.base) FROM k_" + kind.name +
                                 " m JOIN state s ON s.record = m.r_id WHERE " +
                                 std::string(watch.is_marked) + " ORDER BY s.record");
  std::vector<Id> out;
  Moments moments;
  LX_DO(each_state(
      select, [&](const merge::ClassState& state) { take(state, *kind.field(watch.mark), items, moments); },
      [&](const Id& record) {
        if (moments.marked > 0 && moments.changed - moments.marked >= kOneAct) out.push_back(record);
        moments = {};
      }));
  return out;
}

}  // namespace

Result<std::vector<Id>> changed_since_verified(lianxin::store::Database& database) {
  return changed_since(database, verifying());
}

Result<std::vector<Id>> changed_since_entered(lianxin::store::Database& database) {
  return changed_since(database, entering());
}

Result<std::vector<UnverifiedSince>> unverified_since(lianxin::store::Database& database, const Date& until) {
  const domain::Kind& kind = *domain::Catalogue::base().kind(verifying().kind);
  auto select = database.prepare("SELECT s.record, ifnull(s.shown, s.base), ifnull(" +
                                 std::string(verifying().is_marked) +
                                 ", 0) FROM k_member m JOIN state s ON s.record = m.r_id ORDER BY s.record");
  std::vector<UnverifiedSince> out;
  ItemMoments moments;
  LX_DO(each_state(
      select,
      [&](const merge::ClassState& state) { take_items(state, kind, select.integer(2) != 0, moments); },
      [&](const Id& record) {
        if (const auto since = moments.oldest(until)) out.push_back({record, *since});
        moments = {};
      }));
  return out;
}

}  // namespace lianxin::client::store
