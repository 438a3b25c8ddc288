// Records: saving edits.
#include <functional>

#include "client/store/edit_plan.hpp"
#include "client/store/fields_off.hpp"
#include "client/store/gone_members.hpp"
#include "client/store/pictures.hpp"
#include "client/store/place_held.hpp"
#include "client/store/renamings.hpp"
#include "client/store/stands_twice.hpp"

namespace lianxin::client::store {

namespace {

/// Called with what was planned, before it is written.
using OnPlanned = std::function<Status(const EditPlan&)>;

/// Writes the edits of one action. False = one is refused; `saved` says which and why.
Result<bool> write_edits(Records& records, RecordsImpl& impl, Rights& rights, Action& action,
                         const std::vector<Edit>& edits, const ShownHeads* shown, const OnPlanned& on_planned,
                         Saved& saved) {
  const Date today = Date::of(impl.clock().now_ms());
  for (std::size_t i = 0; i < edits.size(); ++i) {
    LX_TRY(EditPlan plan, plan_edit(impl, action.own(), rights, edits[i], shown));
    if (const domain::Kind* kind = impl.catalogue().kind(plan.box.shown.kind)) {
      LX_DO(check_recipient(records, impl.database(), *kind, today, plan));
      LX_DO(check_fields_off(impl.database(), *kind, today, plan));
      LX_DO(check_circle(impl.database(), *kind, plan));
    }
    if (plan.is_blocked()) {
      saved = {};
      saved.problems = std::move(plan.problems);
      saved.problem_edit = i;
      return false;
    }
    if (on_planned) LX_DO(on_planned(plan));
    saved.records.push_back(plan.box.base.record);
    WriteCause why{edits[i].cause, edits[i].note, 0};
    LX_TRY(why.scope_position, position_for(impl, plan.scope, plan.writes));
    LX_DO(action.write(plan.box, plan.scope, plan.writes, why));
    if (!edits[i].picture.empty())
      LX_DO(keep_picture(impl.database(), plan.box.base.record, edits[i].picture));
  }
  return true;
}

}  // namespace

Result<Saved> Records::save(const std::vector<Edit>& edits, const ShownHeads* on_form) {
  LX_TRY(Action action, Action::begin(impl_));
  LX_TRY(const auto by_now, Renamings(impl_.database()).by_names_of_now(on_form));
  const ShownHeads* shown = by_now ? &*by_now : nullptr;
  Saved saved;
  Rights rights(impl_.database(), impl_.clock());
  PlacesTold places(impl_, rights);
  const OnPlanned warn = [&](const EditPlan& plan) {
    saved.problems.insert(saved.problems.end(), plan.problems.begin(), plan.problems.end());
    return places.look_at(plan, saved.problems);
  };
  LX_TRY(const bool is_written, write_edits(*this, impl_, rights, action, edits, shown, warn, saved));
  if (!is_written) return saved;
  LX_DO(warn_of_twice(impl_, saved.records, saved.problems));
  return action.commit(std::move(saved));
}

Result<std::size_t> Records::save_all(const std::vector<std::vector<Edit>>& actions) {
  LX_TRY(Action action, Action::begin(impl_));
  Saved saved;
  Rights rights(impl_.database(), impl_.clock());
  for (std::size_t i = 0; i < actions.size(); ++i) {
    action.begin_another();
    LX_TRY(const bool is_written, write_edits(*this, impl_, rights, action, actions[i], nullptr, {}, saved));
    if (!is_written) return i;
  }
  LX_TRY(saved, action.commit(std::move(saved)));
  return actions.size();
}

}  // namespace lianxin::client::store
