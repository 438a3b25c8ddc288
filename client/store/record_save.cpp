// Records: saving edits.
#include "client/store/edit_plan.hpp"
#include "client/store/fields_off.hpp"
#include "client/store/gone_members.hpp"
#include "client/store/pictures.hpp"
#include "client/store/place_held.hpp"
#include "client/store/renamings.hpp"
#include "client/store/stands_twice.hpp"

namespace lianxin::client::store {

Result<Saved> Records::save(const std::vector<Edit>& edits, const ShownHeads* on_form) {
  LX_TRY(Action action, Action::begin(impl_));
  LX_TRY(const auto by_now, Renamings(impl_.database()).by_names_of_now(on_form));
  const ShownHeads* shown = by_now ? &*by_now : nullptr;
  Saved saved;
  Rights rights(impl_.database(), impl_.clock());
  PlacesTold places(impl_, rights);
  for (std::size_t i = 0; i < edits.size(); ++i) {
    LX_TRY(EditPlan plan, plan_edit(impl_, action.own(), rights, edits[i], shown));
    if (const domain::Kind* kind = impl_.catalogue().kind(plan.box.shown.kind)) {
      LX_DO(check_recipient(*this, impl_.database(), *kind, Date::of(impl_.clock().now_ms()), plan));
      LX_DO(check_fields_off(impl_.database(), *kind, Date::of(impl_.clock().now_ms()), plan));
      LX_DO(check_circle(impl_.database(), *kind, plan));
    }
    if (plan.is_blocked()) {
      Saved refused;
      refused.problems = std::move(plan.problems);
      refused.problem_edit = i;
      return refused;
    }
    saved.problems.insert(saved.problems.end(), plan.problems.begin(), plan.problems.end());
    LX_DO(places.look_at(plan, saved.problems));
    saved.records.push_back(plan.box.base.record);
    WriteCause why{edits[i].cause, edits[i].note, 0};
    LX_TRY(why.scope_position, position_for(impl_, plan.scope, plan.writes));
    LX_DO(action.write(plan.box, plan.scope, plan.writes, why));
    if (!edits[i].picture.empty())
      LX_DO(keep_picture(impl_.database(), plan.box.base.record, edits[i].picture));
  }
  LX_DO(warn_of_twice(impl_, saved.records, saved.problems));
  return action.commit(std::move(saved));
}

}  // namespace lianxin::client::store
