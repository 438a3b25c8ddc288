#include "client/store/edit_plan.hpp"

#include <algorithm>
#include <set>

#include "client/store/stamps.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/domain/extension.hpp"
#include "shared/domain/record_rules.hpp"

namespace lianxin::client::store {

namespace change = sync::change;
namespace merge = sync::merge;

namespace {

using domain::Field;
using domain::Kind;
using domain::Problem;
using Op = FieldEdit::Op;

/// A fact is its author's to amend for so long, then only by a correction (domain.md 2.4).
constexpr WallMs kAmendDays = 7;

/// What another person signs on a fact: the check of a visit; of points, the approval with all that says it.
bool is_sign_off(const Kind& kind, const Field& field) {
  if (field.name == "checked_by" || field.name == "checked_on") return true;
  const Field* approval = kind.field("approved_by");
  return approval != nullptr && approval->group != 0 && field.group == approval->group;
}

/// One canonical write that is wanted: of a scalar, or of one element.
struct Wanted {
  const Field* field = nullptr;
  std::string element;
  std::optional<std::string> value;
};

class Planner {
 public:
  Planner(RecordsImpl& records, const OwnState& own, Rights& rights, const Edit& edit,
          const ShownHeads* shown)
      : records_(records), own_(own), rights_(rights), edit_(edit), shown_(shown) {}

  Result<EditPlan> run() {
    LX_DO(open());
    for (const FieldEdit& one : edit_.fields)
      LX_DO(want(one));
    if (creating_) LX_DO(stamp());
    if (!creating_) LX_DO(check_right());
    check();
    if (plan_.is_blocked()) return std::move(plan_);
    LX_DO(place());
    LX_DO(check_roles());
    if (plan_.is_blocked()) return std::move(plan_);
    LX_DO(write());
    return std::move(plan_);
  }

 private:
  Status open() {
    kind_ = records_.catalogue().kind(edit_.kind);
    Id id = edit_.record;
    creating_ = id.is_nil() || edit_.create;
    if (id.is_nil()) id = Id::make(records_.clock().now_ms());
    LX_TRY(plan_.box, records_.load(id));
    const std::string text = id.text();
    if (plan_.box.is_known && edit_.kind.empty()) kind_ = records_.catalogue().kind(plan_.box.shown.kind);
    if (kind_ == nullptr) return fail("record.kind", {{"kind", edit_.kind}});
    if (kind_->name == domain::kCustomFieldKind) return fail("own_field.by_hand");
    if (creating_ && plan_.box.is_known) return fail("record.exists", {{"id", text}});
    if (!creating_ && (!plan_.box.is_known || plan_.box.shown.kind != kind_->wire))
      return fail("record.unknown", {{"id", text}});
    if ((plan_.box.flags & kLeaving) != 0) return fail("record.read_only", {{"id", text}});
    if (creating_) {
      plan_.box.base.kind = kind_->wire;
      plan_.box.shown.kind = kind_->wire;
    }
    values_ = shown_values(plan_.box.shown, *kind_);
    return {};
  }

  /// Codes of organisation units become their ids; what is none is left for canonical_value to say so.
  Result<std::string> with_ids(const Field& field, const std::string& typed) {
    const bool refers = field.type == domain::Type::kReference || field.type == domain::Type::kReferenceSet;
    if (!refers || typed.empty() || field.target != "org_unit" || Id::parse(trim(typed)).ok()) return typed;
    LX_TRY(const auto unit, records_.unit_of(half_width(trim(typed))));
    return unit ? unit->text() : typed;
  }

  Result<std::optional<std::string>> canonical(const Field& field, const std::string& typed) {
    LX_TRY(const std::string text, with_ids(field, typed));
    auto value = domain::canonical_value(field, text);
    if (value.ok()) return std::optional(std::move(*value));
    constexpr std::string_view kPrefix = "problem.";
    const std::string& code = value.error().code;
    Problem problem{field.name, code.starts_with(kPrefix) ? code.substr(kPrefix.size()) : code,
                    value.error().args, true};
    const bool named = std::any_of(problem.args.begin(), problem.args.end(),
                                   [](const ErrorArg& arg) { return arg.name == "field"; });
    if (!named) problem.args.push_back({"field", field.name});
    plan_.problems.push_back(std::move(problem));
    return std::optional<std::string>{};
  }

  Status want(const FieldEdit& one) {
    const Field* field = kind_->field(one.field);
    if (field == nullptr || domain::is_mark(field->wire))
      return fail("record.field", {{"kind", kind_->name}, {"field", one.field}});
    touched_.insert(field->name);
    if (field->is_set()) return want_elements(*field, one);
    LX_TRY(const auto value, canonical(*field, one.value));
    if (!value) return {};
    // A list in one register takes "+=" and "-=" too.
    std::string text = *value;
    if (one.op != Op::kSet && field->type == domain::Type::kCodeList)
      text = changed_list(*field, one.op, text);
    want_scalar(*field, text);
    return {};
  }

  std::string changed_list(const Field& field, Op op, const std::string& codes) {
    std::set<std::string> all;
    const auto present = values_.scalars.find(field.name);
    if (present != values_.scalars.end()) {
      for (const std::string& code : split(present->second, ','))
        all.insert(code);
    }
    for (const std::string& code : split(codes, ',')) {
      if (op == Op::kAdd) all.insert(code);
      if (op == Op::kRemove) all.erase(code);
    }
    all.erase("");
    return join({all.begin(), all.end()}, ",");
  }

  void want_scalar(const Field& field, const std::string& value) {
    values_.scalars[field.name] = value;
    std::erase_if(wanted_, [&](const Wanted& other) { return other.field == &field; });
    wanted_.push_back({&field, "", value.empty() ? std::nullopt : std::optional(value)});
  }

  Status want_elements(const Field& field, const FieldEdit& one) {
    std::set<std::string> named;
    for (const std::string& part : split(one.value, ',')) {
      if (trim(part).empty()) continue;
      LX_TRY(const auto element, canonical(field, part));
      if (element && !element->empty()) named.insert(*element);
    }
    std::vector<std::string>& present = values_.sets[field.name];
    std::set<std::string> after(present.begin(), present.end());
    const std::set<std::string> before = after;
    if (one.op == Op::kSet) after = named;
    if (one.op == Op::kAdd) after.insert(named.begin(), named.end());
    if (one.op == Op::kRemove) {
      for (const std::string& element : named)
        after.erase(element);
    }
    present.assign(after.begin(), after.end());
    for (const std::string& element : after) {
      if (before.count(element) == 0) want_element(field, element, "1");
    }
    for (const std::string& element : before) {
      if (after.count(element) == 0) want_element(field, element, std::nullopt);
    }
    return {};
  }

  void want_element(const Field& field, const std::string& element, std::optional<std::string> value) {
    const auto same = std::find_if(wanted_.begin(), wanted_.end(), [&](const Wanted& other) {
      return other.field == &field && other.element == element;
    });
    // Added and taken away again in one form: nothing.
    if (same != wanted_.end()) {
      wanted_.erase(same);
    } else {
      wanted_.push_back({&field, element, std::move(value)});
    }
  }

  Status stamp() {
    LX_TRY(const auto stamps, stamps_of(records_, own_, *kind_, values_));
    for (const auto& [name, value] : stamps) {
      const Field* field = kind_->field(name);
      if (field == nullptr) continue;
      if (field->is_set()) {
        LX_DO(want_elements(*field, {name, Op::kAdd, value}));
      } else {
        want_scalar(*field, value);
      }
    }
    return {};
  }

  /// Facts are their author's (design.md 4); a review may be signed by another person.
  Status check_right() {
    if (!kind_->is_fact) return {};
    const merge::HeadMeta* first = first_written(plan_.box.shown);
    if (first == nullptr) return {};
    for (const Wanted& one : wanted_) {
      if (is_sign_off(*kind_, *one.field) || one.field->wire < domain::kFirstKindField) continue;
      if (first->author != own_.worker) return fail("record.fact_author");
      const WallMs age = records_.clock().now_ms() - own_.clock_offset_ms - change::hlc_ms(first->hlc);
      const bool is_late = one.field->policy == domain::Policy::kFact && age > kAmendDays * kDayMs;
      if (is_late && edit_.cause.kind != change::CauseKind::kCorrection)
        return fail("record.fact_closed", {{"days", std::to_string(kAmendDays)}});
    }
    return {};
  }

  void check() {
    const Date today = Date::of(records_.clock().now_ms());
    for (Problem& problem : domain::check_record(*kind_, values_, today, creating_)) {
      const bool is_ours = creating_ || touched_.count(problem.field) > 0;
      const bool is_told =
          std::any_of(plan_.problems.begin(), plan_.problems.end(),
                      [&](const Problem& other) { return other.field == problem.field && other.blocks; });
      if (is_told && problem.blocks) continue;
      // An old value that is wrong is no reason to refuse a new one elsewhere.
      problem.blocks = problem.blocks && is_ours;
      plan_.problems.push_back(std::move(problem));
    }
    std::stable_partition(plan_.problems.begin(), plan_.problems.end(),
                          [](const Problem& problem) { return problem.blocks; });
  }

  /// Where the record lives: as it was seen, or, a new one, as its own fields say.
  Status place() {
    if (!creating_) {
      plan_.scope = plan_.box.scope;
      return {};
    }
    for (const std::string& name : kind_->parent_fields) {
      const auto scalar = values_.scalars.find(name);
      const auto set = values_.sets.find(name);
      std::string text = scalar != values_.scalars.end() ? scalar->second : std::string();
      if (set != values_.sets.end() && !set->second.empty()) text = set->second.front();
      if (text.empty()) continue;
      LX_TRY(plan_.box.shown.parent, Id::parse(text));
      break;
    }
    LX_TRY(const auto found, records_.place_of(plan_.box.shown));
    plan_.scope = found.scope;
    if (found.shelf || !found.scope.is_nil()) return {};
    const auto unit = values_.scalars.find(kind_->scope_field);
    if (unit != values_.scalars.end() && !unit->second.empty()) {
      LX_TRY(plan_.scope, Id::parse(unit->second));
      return {};
    }
    return fail("record.unknown", {{"id", plan_.box.shown.parent.text()}});
  }

  /// Who may fill in what (edit_role.hpp). What the program itself fills in is not asked, and a field that
  /// stays as it is is no write.
  Status check_roles() {
    const Id place = place_of_right(*kind_, creating_ ? Id() : plan_.box.base.record, plan_.scope);
    if (creating_) {
      const domain::EditRole needed = domain::EditRoles::base().to_make(*kind_);
      LX_TRY(const bool may, rights_.may(needed, place));
      if (!may)
        return refuse(refusal_to_make(edit_.fields.empty() ? "" : edit_.fields.front().field, needed));
    }
    std::set<const Field*> told;
    for (const Wanted& one : wanted_) {
      const auto present = present_value(one);
      if (present == one.value || touched_.count(one.field->name) == 0) continue;
      if (!creating_ && present && domain::is_fixed(*kind_, *one.field)) {
        LX_DO(refuse({one.field->name, "field_fixed", {{"field", one.field->name}}, true}));
        continue;
      }
      const WhoMay needed =
          who_may(*kind_, plan_.box.shown, own_.worker, *one.field, one.element, one.value, creating_);
      LX_TRY(const bool may, rights_.may(needed.role, place));
      if (!may && told.insert(one.field).second) LX_DO(refuse(refusal(*kind_, *one.field, needed)));
    }
    return {};
  }

  Status refuse(Problem problem) {
    const auto first_warning = std::find_if(plan_.problems.begin(), plan_.problems.end(),
                                            [](const Problem& other) { return !other.blocks; });
    plan_.problems.insert(first_warning, std::move(problem));
    return {};
  }

  Status write() {
    std::set<const Field*> written;
    for (const Wanted& one : wanted_) {
      const std::optional<std::string> present = present_value(one);
      if (present == one.value) continue;
      LX_DO(add_write(one));
      written.insert(one.field);
    }
    if (!edit_.as_of) return {};
    for (const Wanted& one : wanted_) {
      if (one.field->is_set() || one.field->wire < domain::kFirstKindField) continue;
      NewWrite mark;
      mark.field = domain::kFieldConfirmed;
      mark.element = one.field->name;
      mark.privacy = static_cast<std::uint8_t>(one.field->privacy);
      mark.value = edit_.as_of->text();
      mark.seen = seen_of(plan_.box, shown_, mark.field, mark.element);
      mark.confirms_new = written.count(one.field) > 0;
      if (!mark.confirms_new) mark.group_seen = seen_of(plan_.box, shown_, one.field->wire, "");
      if (one.value) plan_.writes.push_back(std::move(mark));
    }
    return {};
  }

  [[nodiscard]] std::optional<std::string> present_value(const Wanted& one) const {
    if (!one.field->is_set()) return shown_value(plan_.box.shown, *one.field);
    const auto elements = present_elements(plan_.box.shown, *one.field);
    const bool there = std::binary_search(elements.begin(), elements.end(), one.element);
    return there ? std::optional<std::string>("1") : std::nullopt;
  }

  Status add_write(const Wanted& one) {
    NewWrite write;
    write.field = one.field->wire;
    write.element = one.element;
    const bool is_mark = write.field < domain::kFirstKindField;
    write.privacy = static_cast<std::uint8_t>(is_mark ? kind_->mark_class() : one.field->privacy);
    write.value = one.value;
    write.seen = seen_of(plan_.box, shown_, write.field, write.element);
    const bool removes = write.field == domain::kFieldDeleted || write.field == domain::kFieldVoided;
    write.group_seen =
        removes ? merge::all_heads_of(plan_.box.shown) : group_seen_of(plan_.box, shown_, *kind_, *one.field);
    if (!removes) add_removals(plan_.box, shown_, write.group_seen);
    plan_.writes.push_back(std::move(write));
    return {};
  }

  RecordsImpl& records_;
  const OwnState& own_;
  Rights& rights_;
  const Edit& edit_;
  const ShownHeads* shown_;
  const Kind* kind_ = nullptr;
  bool creating_ = false;
  EditPlan plan_;
  domain::RecordValues values_;  ///< as they will be
  std::set<std::string> touched_;
  std::vector<Wanted> wanted_;
};

}  // namespace

Result<EditPlan> plan_edit(RecordsImpl& records, const OwnState& own, Rights& rights, const Edit& edit,
                           const ShownHeads* shown) {
  return Planner(records, own, rights, edit, shown).run();
}

}  // namespace lianxin::client::store
