#include "client/store/verified.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "shared/base/text.hpp"
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

/// Divisions that others went up in, and when that was said. Whoever was taken along to the successor then is
/// where he was: nobody has to verify that, only what had been said of his village before (said_before).
class Mergers {
 public:
  [[nodiscard]] static Result<Mergers> read(lianxin::store::Database& database);
  /// Whether the member's village was written by the office's own act of a merger.
  [[nodiscard]] bool wrote(const merge::ClassState& state, const merge::Register& village) const {
    if (by_successor_.empty() || village.heads.size() != 1) return false;
    const merge::Head& head = village.heads.front();
    const auto meta = state.metas.find(head.id);
    const auto said = by_successor_.find(head.value.value_or(""));
    return meta != state.metas.end() && said != by_successor_.end() &&
           std::any_of(said->second.begin(), said->second.end(), [&](const Said& one) {
             return one.by == head.id.replica &&
                    std::abs(one.at - sync::change::hlc_ms(meta->second.hlc)) < kOneAct;
           });
  }

 private:
  struct Said {
    ReplicaId by;
    WallMs at = 0;
  };
  std::map<std::string, std::vector<Said>> by_successor_;
};

/// When the village that a merger wrote over had been said; 0 = the merger kept nothing of it.
WallMs said_before(const merge::ClassState& state, const merge::Register& village) {
  const domain::Field& kept = *domain::Catalogue::base().kind("member")->field("village_said_at");
  const auto said = state.registers.find({kept.wire, ""});
  if (said == state.registers.end()) return 0;
  for (const merge::Head& head : said->second.heads) {
    if (head.id == village.heads.front().id) return read_integer(head.value.value_or("")).value_or(0);
  }
  return 0;
}

WallMs latest(const merge::ClassState& state, const merge::Register& reg) {
  WallMs out = 0;
  for (const merge::Head& head : reg.heads) {
    const auto meta = state.metas.find(head.id);
    if (meta != state.metas.end()) out = std::max(out, sync::change::hlc_ms(meta->second.hlc));
  }
  return out;
}

void take(const merge::ClassState& state, const domain::Field& mark, const std::set<std::uint16_t>& items,
          const Mergers& mergers, Moments& moments) {
  for (const auto& [key, reg] : state.registers) {
    const bool is_mark =
        key.field == mark.wire || (key.field == domain::kFieldConfirmed && key.element == mark.name);
    if (is_mark) moments.marked = std::max(moments.marked, latest(state, reg));
    if (items.count(key.field) == 0) continue;
    const WallMs at = mergers.wrote(state, reg) ? said_before(state, reg) : latest(state, reg);
    moments.changed = std::max(moments.changed, at);
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
                const Mergers& mergers, ItemMoments& moments) {
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
    const WallMs written = mergers.wrote(state, reg) ? said_before(state, reg) : at;
    if (is_item && written > 0) moments.written[field->name] = written;
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

Result<Mergers> Mergers::read(lianxin::store::Database& database) {
  const domain::Field& into = *domain::Catalogue::base().kind("org_unit")->field("merged_into");
  auto select = database.prepare(
      "SELECT s.record, ifnull(s.shown, s.base) FROM k_org_unit u CROSS JOIN class_state s WHERE s.record = "
      "u.r_id AND u.merged_into IS NOT NULL ORDER BY u.r_id");
  Mergers out;
  LX_DO(each_state(
      select,
      [&](const merge::ClassState& state) {
        for (const auto& [key, reg] : state.registers) {
          if (key.field != into.wire) continue;
          for (const merge::Head& head : reg.heads) {
            const auto meta = state.metas.find(head.id);
            if (meta == state.metas.end()) continue;
            const WallMs at = sync::change::hlc_ms(meta->second.hlc);
            out.by_successor_[key.element].push_back({head.id.replica, at});
          }
        }
      },
      [](const Id& /*unit*/) {}));
  return out;
}

Result<std::vector<Id>> changed_since(lianxin::store::Database& database, const FieldWatch& watch) {
  LX_TRY(const Mergers mergers, Mergers::read(database));
  const domain::Kind& kind = *domain::Catalogue::base().kind(watch.kind);
  std::set<std::uint16_t> items;
  for (const std::string_view name : watch.items)
    items.insert(kind.field(name)->wire);
  auto select = database.prepare("SELECT s.record, ifnull(s.shown, s.base) FROM k_" + kind.name +
                                 " m CROSS JOIN class_state s WHERE s.record = m.r_id AND " +
                                 std::string(watch.is_marked) + " ORDER BY m.r_id");
  std::vector<Id> out;
  Moments moments;
  LX_DO(each_state(
      select,
      [&](const merge::ClassState& state) { take(state, *kind.field(watch.mark), items, mergers, moments); },
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
  auto select = database.prepare(
      "SELECT s.record, ifnull(s.shown, s.base), ifnull(" + std::string(verifying().is_marked) +
      ", 0) FROM k_member m CROSS JOIN class_state s WHERE s.record = m.r_id ORDER BY m.r_id");
  LX_TRY(const Mergers mergers, Mergers::read(database));
  std::vector<UnverifiedSince> out;
  ItemMoments moments;
  LX_DO(each_state(
      select,
      [&](const merge::ClassState& state) {
        take_items(state, kind, select.integer(2) != 0, mergers, moments);
      },
      [&](const Id& record) {
        if (const auto since = moments.oldest(until)) out.push_back({record, *since});
        moments = {};
      }));
  return out;
}

}  // namespace lianxin::client::store
