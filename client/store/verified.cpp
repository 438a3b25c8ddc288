#include "client/store/verified.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "shared/domain/catalogue.hpp"
#include "sync/change/hlc.hpp"
#include "sync/merge/record_state.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

namespace {

constexpr std::string_view kLevel = "verify_level";
/// The items of the national sheet that stand in the member's own card.
constexpr std::array<std::string_view, 17> kItems = {
    "name",      "gender",    "ethnic",       "id_no",        "id_missing_reason",  "born_on",
    "education", "joined_on", "full_on",      "member_class", "affiliation_org_id", "affiliation_text",
    "post_code", "standing",  "home_address", "native_place", "home_village_id"};
/// One act writes a change for each class, one after another.
constexpr WallMs kOneAct = 1000;

struct Moments {
  WallMs verified = 0;
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

void take(const merge::ClassState& state, std::uint16_t level, const std::set<std::uint16_t>& items,
          Moments& moments) {
  for (const auto& [key, reg] : state.registers) {
    const bool is_level =
        key.field == level || (key.field == domain::kFieldConfirmed && key.element == kLevel);
    if (is_level) moments.verified = std::max(moments.verified, latest(state, reg));
    if (items.count(key.field) > 0) moments.changed = std::max(moments.changed, latest(state, reg));
  }
}

}  // namespace

Result<std::vector<Id>> changed_since_verified(lianxin::store::Database& database) {
  const domain::Kind& member = *domain::Catalogue::base().kind("member");
  std::set<std::uint16_t> items;
  for (const std::string_view name : kItems)
    items.insert(member.field(name)->wire);
  auto select = database.prepare(
      "SELECT s.record, ifnull(s.shown, s.base) FROM k_member m JOIN state s ON s.record = m.r_id WHERE "
      "m.verify_level IN ('branch', 'committee', 'county') ORDER BY s.record");
  std::vector<Id> out;
  Id at;
  Moments moments;
  const auto close = [&] {
    if (moments.verified > 0 && moments.changed - moments.verified >= kOneAct) out.push_back(at);
    moments = {};
  };
  while (true) {
    LX_TRY(const bool found, select.step());
    if (!found) break;
    if (const Id record = select.id(0); record != at) {
      close();
      at = record;
    }
    const Bytes bytes = select.blob(1);
    if (bytes.empty()) continue;
    LX_TRY(const merge::ClassState state, merge::decode_class_state(bytes));
    take(state, member.field(kLevel)->wire, items, moments);
  }
  close();
  return out;
}

}  // namespace lianxin::client::store
