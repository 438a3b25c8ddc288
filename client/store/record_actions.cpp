// Records: void, confirm, resolve.
#include <algorithm>
#include <set>

#include "client/store/conflict_find.hpp"
#include "client/store/renamings.hpp"
#include "client/store/rights.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
namespace merge = sync::merge;

namespace {

using domain::Field;

Result<RecordBox> known_record(RecordsImpl& records, const Id& record) {
  LX_TRY(RecordBox box, records.load(record));
  if (!box.is_known) return fail("record.unknown", {{"id", record.text()}});
  if ((box.flags & kLeaving) != 0) return fail("record.read_only", {{"id", record.text()}});
  return box;
}

Saved saved_of(const Id& record) {
  Saved saved;
  saved.records.push_back(record);
  return saved;
}

/// Whether the person of this laptop may write these here; else what stands in the way.
class RoleCheck {
 public:
  RoleCheck(RecordsImpl& records, const RecordBox& box, const Id& worker)
      : box_(box),
        worker_(worker),
        kind_(records.catalogue().kind(box.shown.kind)),
        rights_(records.database(), records.clock()) {}

  Result<std::optional<domain::Problem>> run(const std::vector<NewWrite>& writes) {
    if (kind_ == nullptr) return std::optional<domain::Problem>();
    for (const NewWrite& write : writes) {
      const Field* field = kind_->field(write.field);
      if (field == nullptr) continue;
      const WhoMay needed = who_may(*kind_, box_.shown, worker_, *field, write.element, write.value, false);
      LX_TRY(const bool may, rights_.may(needed.role, place_of_right(*kind_, box_.base.record, box_.scope)));
      if (!may) return std::optional(refusal(*kind_, *field, needed));
    }
    return std::optional<domain::Problem>();
  }

 private:
  const RecordBox& box_;
  Id worker_;
  const domain::Kind* kind_;
  Rights rights_;
};

/// Nothing is saved.
Saved refused(domain::Problem problem) {
  Saved out;
  out.problems.push_back(std::move(problem));
  return out;
}

/// All heads of the record as its author was shown them; without a form, as they stand.
Seen heads_shown(const RecordBox& box, const ShownHeads* shown) {
  Seen out;
  for (const auto& [privacy, owner] : box.shown.classes) {
    for (const auto& [key, reg] : owner.registers) {
      const Seen heads = seen_of(box, shown, key.field, key.element);
      out.insert(out.end(), heads.begin(), heads.end());
    }
  }
  return out;
}

NewWrite removal(const RecordsImpl& records, const RecordBox& box, std::uint16_t field,
                 std::optional<std::string> value, const ShownHeads* shown) {
  NewWrite write;
  write.field = field;
  write.privacy = mark_class_of(records.catalogue(), box.shown.kind);
  write.value = std::move(value);
  write.seen = seen_of(box, shown, field, "");
  write.group_seen = heads_shown(box, shown);
  return write;
}

}  // namespace

Result<Saved> Records::void_record(const Id& record, std::string_view reason, const ShownHeads* on_form) {
  LX_TRY(const auto by_now, Renamings(impl_.database()).by_names_of_now(on_form));
  LX_TRY(RecordBox box, known_record(impl_, record));
  const std::string text = trim(reason);
  if (text.empty()) return fail("record.void_reason");
  LX_TRY(Action action, Action::begin(impl_));
  const std::vector<NewWrite> writes{
      removal(impl_, box, domain::kFieldVoided, text, by_now ? &*by_now : nullptr)};
  LX_TRY(auto problem, RoleCheck(impl_, box, action.own().worker).run(writes));
  if (problem) return refused(std::move(*problem));
  WriteCause why;  // the reason is the value itself
  LX_TRY(why.scope_position, position_for(impl_, box.scope, writes));
  LX_DO(action.write(box, box.scope, writes, why));
  return action.commit(saved_of(record));
}

Result<std::optional<domain::Problem>> Records::bar_to_void(const Id& record) {
  LX_TRY(const RecordBox box, known_record(impl_, record));
  LX_TRY(const OwnState own, impl_.own());
  return RoleCheck(impl_, box, own.worker)
      .run({removal(impl_, box, domain::kFieldVoided, std::string(), nullptr)});
}

Result<Saved> Records::confirm(const Id& record, const std::vector<std::string>& fields,
                               const change::Cause& cause, const Date& on, const ShownHeads* on_form) {
  LX_TRY(const auto by_now, Renamings(impl_.database()).by_names_of_now(on_form));
  const ShownHeads* shown = by_now ? &*by_now : nullptr;
  LX_TRY(RecordBox box, known_record(impl_, record));
  const domain::Kind* kind = impl_.catalogue().kind(box.shown.kind);
  std::vector<NewWrite> writes;
  for (const std::string& name : fields) {
    const Field* field = kind == nullptr ? nullptr : kind->field(name);
    if (field == nullptr || field->is_set())
      return fail("record.field", {{"kind", kind == nullptr ? "" : kind->name}, {"field", name}});
    NewWrite mark;
    mark.field = domain::kFieldConfirmed;
    mark.element = name;
    mark.privacy = static_cast<std::uint8_t>(field->privacy);
    mark.value = on.text();
    mark.seen = seen_of(box, shown, mark.field, name);
    mark.group_seen = seen_of(box, shown, field->wire, "");
    if (!mark.group_seen.empty()) writes.push_back(std::move(mark));
  }
  LX_TRY(Action action, Action::begin(impl_));
  LX_DO(action.write(box, box.scope, writes, {cause, "", 0}));
  return action.commit(saved_of(record));
}

namespace {

/// The writes a decision comes to.
class Resolver {
 public:
  Resolver(RecordsImpl& records, const FoundConflict& found, const ResolveHow& how)
      : records_(records), box_(found.box), conflict_(found.conflict), how_(how) {}

  Result<std::vector<NewWrite>> run() {
    kind_ = records_.catalogue().kind(box_.shown.kind);
    field_ = field_of(records_.catalogue(), box_.shown.kind, conflict_.key.field);
    const bool takes = how_.kind == ResolveHow::Kind::kTake;
    if (takes && !std::binary_search(conflict_.heads.begin(), conflict_.heads.end(), how_.take))
      return fail("conflict.value");
    if (how_.kind == ResolveHow::Kind::kBoth &&
        (field_ == nullptr || field_->type != domain::Type::kCodeList))
      return fail("conflict.both");
    switch (conflict_.kind) {
      case merge::ConflictKind::kGroup:
        return group();
      case merge::ConflictKind::kDelete:
        return deletion();
      case merge::ConflictKind::kValues:
        break;
    }
    return value();
  }

 private:
  using How = ResolveHow::Kind;

  [[nodiscard]] const merge::Register* reg(const merge::RegisterKey& key) const {
    return box_.shown.find(key.field, key.element);
  }
  static const merge::Head* head_in(const merge::Register& reg, const ChangeId& id) {
    const auto head = std::find_if(reg.heads.begin(), reg.heads.end(),
                                   [&](const merge::Head& one) { return one.id == id; });
    return head == reg.heads.end() ? nullptr : &*head;
  }

  Result<std::optional<std::string>> typed() {
    if (field_ == nullptr) return how_.value.empty() ? std::nullopt : std::optional(how_.value);
    std::string text = how_.value;
    if (field_->type == domain::Type::kReference && field_->target == "org_unit") {
      LX_TRY(const auto unit, records_.unit_of(trim(text)));
      if (unit) text = unit->text();
    }
    auto canonical = domain::canonical_value(*field_, text);
    if (!canonical.ok()) {
      Error error = std::move(canonical).error();
      error.record = box_.base.record.text();
      return error;
    }
    return canonical->empty() ? std::nullopt : std::optional(*canonical);
  }

  Result<std::vector<NewWrite>> value() {
    NewWrite write;
    write.field = conflict_.key.field;
    write.element = conflict_.key.element;
    write.privacy = conflict_.privacy;
    write.seen = seen_of(box_, how_.shown, write.field, write.element);
    const bool removes = write.field == domain::kFieldDeleted || write.field == domain::kFieldVoided;
    if (removes) {
      write.group_seen = merge::all_heads_of(box_.shown);
    } else if (field_ != nullptr && kind_ != nullptr) {
      write.group_seen = group_seen_of(box_, how_.shown, *kind_, *field_);
    }
    if (!removes) add_removals(box_, how_.shown, write.group_seen);
    const merge::Register& rivals = *reg(conflict_.key);
    if (how_.kind == How::kTake) {
      write.value = head_in(rivals, how_.take)->value;
    } else if (how_.kind == How::kValue) {
      LX_TRY(write.value, typed());
    } else if (how_.kind == How::kBoth) {
      write.value = joined(rivals);
    } else {
      const auto policy = merge::policy_of(records_.catalogue(), box_.shown.kind, conflict_.key.field);
      write.value = merge::shown(rivals, policy, box_.shown.classes.at(conflict_.privacy)).value;
    }
    return std::vector<NewWrite>{std::move(write)};
  }

  static std::optional<std::string> joined(const merge::Register& rivals) {
    std::set<std::string> all;
    for (const merge::Head& head : rivals.heads) {
      for (const std::string& code : split(head.value.value_or(""), ','))
        all.insert(code);
    }
    all.erase("");
    return join({all.begin(), all.end()}, ",");
  }

  /// Both stand as they are, and somebody has looked at them; or one field of the group is written anew.
  Result<std::vector<NewWrite>> group() {
    NewWrite write;
    write.privacy = conflict_.privacy;
    if (how_.kind == How::kValue) {
      write.field = conflict_.key.field;
      write.seen = seen_of(box_, how_.shown, write.field, "");
      if (kind_ != nullptr && field_ != nullptr)
        write.group_seen = group_seen_of(box_, how_.shown, *kind_, *field_);
      add_removals(box_, how_.shown, write.group_seen);
      LX_TRY(write.value, typed());
      return std::vector<NewWrite>{std::move(write)};
    }
    write.field = domain::kFieldLookedAt;
    write.element = std::to_string(conflict_.group);
    write.value = "1";
    write.seen = seen_of(box_, how_.shown, write.field, write.element);
    if (kind_ != nullptr) {
      for (const Field& field : kind_->fields) {
        if (field.group != conflict_.group) continue;
        const Seen heads = seen_of(box_, how_.shown, field.wire, "");
        write.group_seen.insert(write.group_seen.end(), heads.begin(), heads.end());
      }
    }
    return std::vector<NewWrite>{std::move(write)};
  }

  /// Taking the removal, or looking at it, leaves the record removed; anything else brings it back.
  Result<std::vector<NewWrite>> deletion() {
    const merge::Register& marks = *reg({conflict_.key.field, ""});
    const merge::ClassState& owner = box_.shown.classes.at(conflict_.privacy);
    std::optional<std::string> value;
    if (how_.kind == How::kTake) {
      const merge::Head* mark = head_in(marks, how_.take);
      if (mark != nullptr) value = mark->value;
    } else if (how_.kind == How::kLookedAt) {
      value = merge::shown(marks, domain::Policy::kReview, owner).value;
    } else {
      LX_TRY(value, typed());
    }
    return std::vector<NewWrite>{removal(records_, box_, conflict_.key.field, std::move(value), how_.shown)};
  }

  RecordsImpl& records_;
  const RecordBox& box_;
  const merge::Conflict& conflict_;
  const ResolveHow& how_;
  const domain::Kind* kind_ = nullptr;
  const Field* field_ = nullptr;
};

}  // namespace

Result<Saved> Records::resolve(std::string_view conflict, const ResolveHow& on_form) {
  Renamings renamings(impl_.database());
  LX_TRY(const auto by_now, renamings.by_names_of_now(on_form.shown));
  ResolveHow how = on_form;
  if (by_now) {
    how.shown = &*by_now;
    LX_TRY(how.take, renamings.name_of_now(how.take, on_form.shown->renamings()));
  }
  LX_TRY(auto found, find_conflict(impl_, conflict));
  if (!found) return fail("conflict.unknown", {{"id", std::string(conflict)}});
  if ((found->box.flags & kLeaving) != 0)
    return fail("record.read_only", {{"id", found->box.base.record.text()}});
  LX_TRY(const std::vector<NewWrite> writes, Resolver(impl_, *found, how).run());
  LX_TRY(Action action, Action::begin(impl_));
  LX_TRY(auto problem, RoleCheck(impl_, found->box, action.own().worker).run(writes));
  if (problem) return refused(std::move(*problem));
  WriteCause why{{change::CauseKind::kResolve, Id{}}, how.note, 0};
  LX_TRY(why.scope_position, position_for(impl_, found->box.scope, writes));
  LX_DO(action.write(found->box, found->box.scope, writes, why));
  return action.commit(saved_of(found->box.base.record));
}

}  // namespace lianxin::client::store
