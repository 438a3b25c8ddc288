#include "client/store/rights.hpp"

#include <algorithm>

#include "client/store/meta.hpp"
#include "shared/base/date.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::store {
namespace {

using domain::EditRole;

constexpr int kDepthMax = 8;  // county, township, village, grid; a circle ends

std::string code_with(std::string_view stem, EditRole role) {
  return std::string(stem) + std::string(domain::word(role));
}

}  // namespace

Result<EditRole> Rights::in(const Id& place) {
  LX_DO(read());
  if (!is_told_) return EditRole::kCounty;
  const auto known = by_place_.find(place);
  if (known != by_place_.end()) return known->second;
  EditRole highest = EditRole::kWorker;
  const auto raise = [&](std::string_view unit, bool anywhere) {
    for (const Held& one : held_) {
      if (anywhere || one.unit.empty() || one.unit == unit) highest = std::max(highest, one.role);
    }
  };
  raise("", place.is_nil());
  std::string unit = place.is_nil() ? std::string() : place.text();
  for (int depth = 0; depth < kDepthMax && !unit.empty(); ++depth) {
    raise(unit, false);
    LX_TRY(const Id id, Id::parse(unit));
    auto select = database_.prepare("SELECT parent_id FROM k_org_unit WHERE r_id = ?");
    LX_TRY(const bool found, select.bind(1, id).step());
    // A unit that has not been heard of yet may lie anywhere.
    if (!found && depth == 0) raise("", true);
    unit = found ? select.text_or_null(0).value_or("") : std::string();
  }
  by_place_[place] = highest;
  return highest;
}

Result<bool> Rights::may(EditRole needed, const Id& place) {
  if (needed == EditRole::kWorker) return true;
  LX_TRY(const EditRole held, in(place));
  return held >= needed;
}

Status Rights::read() {
  if (is_read_) return {};
  LX_TRY(const OwnState own, read_own(database_));
  worker_ = own.worker;
  // A clock that was set back takes no right away: what this laptop has written or heard was earlier.
  const WallMs now = std::max(now_ms_ - own.clock_offset_ms, sync::change::hlc_ms(own.hlc.last));
  today_ = Date::of(now).text();
  // Nor does one that was set ahead: a role is over when the county's own time says so.
  LX_TRY(const auto heard, Meta(database_).integer(kMetaAnswerMs));
  over_by_ = heard ? std::min(today_, Date::of(*heard).text()) : today_;
  LX_DO(read_dated());
  LX_DO(read_card());
  // While a feed is told anew (a restored server, 7.1) half of what was told is gone: that refuses nobody.
  LX_TRY(const auto anew, Meta(database_).integer(kMetaSweep));
  is_told_ = is_told_ && anew.value_or(0) == 0;
  is_read_ = true;
  return {};
}

Status Rights::read_dated() {
  auto select = database_.prepare(
      "SELECT role, org_id, ifnull(\"from\", ''), ifnull(\"to\", '') FROM k_worker_role "
      "WHERE worker_id = ? AND r_flags & 3 = 0");
  select.bind_text(1, worker_.text());
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return {};
    is_told_ = true;
    dated_.push_back(select.text_or_null(0).value_or(""));
    const std::string to = select.text(3);
    const bool holds = select.text(2) <= today_ && (to.empty() || over_by_ < to);
    if (holds) LX_DO(hold(dated_.back(), select.text_or_null(1).value_or("")));
  }
}

/// A role the card names counts where the card places the person, unless it stands with dates.
Status Rights::read_card() {
  auto select =
      database_.prepare("SELECT ifnull(roles, ''), org_id FROM k_worker WHERE r_id = ? AND r_flags & 3 = 0");
  LX_TRY(const bool found, select.bind(1, worker_).step());
  if (!found) return {};
  is_told_ = true;
  for (const std::string& role : split(select.text(0), ',')) {
    if (std::find(dated_.begin(), dated_.end(), role) == dated_.end())
      LX_DO(hold(role, select.text_or_null(1).value_or("")));
  }
  return {};
}

Status Rights::hold(const std::string& word, const std::string& unit) {
  if (word == "admin") {
    held_.push_back({EditRole::kCounty, ""});
    return {};
  }
  if ((word != "secretary" && word != "officer") || unit.empty()) return {};
  EditRole role = EditRole::kVillage;
  if (word == "officer") {
    LX_TRY(const Id id, Id::parse(unit));
    auto select = database_.prepare("SELECT ifnull(kind, '') FROM k_org_unit WHERE r_id = ?");
    LX_TRY(const bool found, select.bind(1, id).step());
    const std::string kind = found ? select.text(0) : std::string();
    if (kind == "township" || kind == "street") role = EditRole::kTownship;
    if (kind == "county") role = EditRole::kCounty;
  }
  held_.push_back({role, unit});
  return {};
}

const sync::merge::HeadMeta* first_written(const sync::merge::RecordState& shown) {
  const sync::merge::HeadMeta* first = nullptr;
  for (const auto& [privacy, owner] : shown.classes) {
    for (const auto& [id, meta] : owner.metas) {
      if (first == nullptr || meta.hlc < first->hlc) first = &meta;
    }
  }
  return first;
}

WhoMay who_may(const domain::Kind& kind, const sync::merge::RecordState& shown, const Id& worker,
               const domain::Field& field, const std::string& element,
               const std::optional<std::string>& value, bool making) {
  const domain::EditRoles& roles = domain::EditRoles::base();
  if (field.wire == domain::kFieldDeleted || field.wire == domain::kFieldVoided) {
    const EditRole least = roles.to_remove(kind, shown_values(shown, kind));
    const auto* first = kind.is_fact ? first_written(shown) : nullptr;
    const bool of_other = first != nullptr && first->author != worker;
    return {of_other ? std::max(least, EditRole::kVillage) : least, of_other};
  }
  if (field.is_set()) return {roles.to_write(kind, field, "", element, making)};
  return {roles.to_write(kind, field, shown_value(shown, field).value_or(""), value.value_or(""), making)};
}

Id place_of_right(const domain::Kind& kind, const Id& record, const Id& scope) {
  return kind.name == "org_unit" ? record : scope;
}

domain::Problem refusal(const domain::Kind& kind, const domain::Field& field, const WhoMay& needed) {
  std::string_view stem = "role_";
  if (field.wire < domain::kFirstKindField)
    stem = needed.of_other ? "role_void_of_other_" : "role_void_";
  else if (domain::EditRoles::base().to_write(kind, field) < needed.role)
    stem = "role_step_";
  return {field.name, code_with(stem, needed.role), {{"field", field.name}}, true};
}

domain::Problem refusal_to_make(std::string_view field, EditRole needed) {
  return {std::string(field), code_with("role_make_", needed), {{"field", std::string(field)}}, true};
}

}  // namespace lianxin::client::store
