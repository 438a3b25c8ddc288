#include "client/store/approval.hpp"

#include <algorithm>
#include <array>

#include "client/store/rare_flags.hpp"
#include "shared/base/check.hpp"
#include "sync/merge/merge.hpp"

namespace lianxin::client::store {
namespace {

namespace merge = sync::merge;

struct ShownHead {
  std::string value;
  const merge::HeadMeta* meta = nullptr;
};

ShownHead head_of(const merge::RecordState& shown, const domain::Kind& kind, std::string_view name) {
  const domain::Field* field = kind.field(name);
  const merge::Register* reg = field == nullptr ? nullptr : shown.find(field->wire);
  const auto owner =
      field == nullptr ? shown.classes.end() : shown.classes.find(static_cast<std::uint8_t>(field->privacy));
  if (reg == nullptr || owner == shown.classes.end()) return {};
  const merge::Shown now = merge::shown(*reg, field->policy, owner->second);
  return {now.value.value_or(""), shown.meta(now.head)};
}

}  // namespace

bool is_own_approval(const merge::RecordState& shown, const domain::Kind& kind) {
  if (kind.name != "points_entry") return false;
  const ShownHead state = head_of(shown, kind, "state");
  if (state.value != "approved" || state.meta == nullptr) return false;
  if (state.meta->cause.kind == sync::change::CauseKind::kImport) return false;
  constexpr std::array<std::string_view, 3> kProposed = {"points_tenths", "rule_id", "member_id"};
  return std::any_of(kProposed.begin(), kProposed.end(), [&](std::string_view field) {
    const ShownHead head = head_of(shown, kind, field);
    return head.meta != nullptr && head.meta->author == state.meta->author;
  });
}

Result<std::set<Id>> own_approvals(lianxin::store::Database& database) {
  std::set<Id> out;
  const domain::Kind* kind = domain::Catalogue::base().kind("points_entry");
  LX_CHECK(kind != nullptr, "no such kind");
  LX_DO(each_flagged(database, kind->wire, kOwnApproval, [&](const Id& record) { out.insert(record); }));
  return out;
}

}  // namespace lianxin::client::store
