// People at their laptops: making, editing, confirming, deciding.
#include <algorithm>

#include "shared/domain/catalogue.hpp"
#include "tests/sim/actions.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/checks.hpp"
#include "tests/sim/own.hpp"
#include "tests/sim/saving.hpp"

namespace lianxin::sim {

namespace cs = client::store;
using Op = cs::FieldEdit::Op;

namespace {

/// What may be typed into a field of a kind.
struct Choice {
  std::string field;
  std::vector<std::string> codes;  ///< empty = any text
  bool is_set = false;
};

const std::map<std::string, std::vector<Choice>>& choices() {
  static const std::map<std::string, std::vector<Choice>> kChoices = {
      {"member",
       {{"name_note", {}},
        {"post_code", {}},
        {"affiliation_text", {}},
        {"home_address", {}},
        {"current_address", {}},
        {"native_place", {}},
        {"remark", {}},
        {"standing_doc_no", {}},
        {"standing", {"normal", "stopped", "kept"}},
        {"care_flag", {"old", "infirm", "ill"}},
        {"talent_tags", {"planting", "breeding", "craft"}, true}}},
      {"contact_point", {{"owner_note", {}}, {"valid", {"ok", "wrong", "dead"}}}},
      {"visit", {{"content", {}}, {"companions", {}}}},
      {"stock_movement", {}},
      {"attachment", {}},
      {"support_pair", {{"purpose", {}}}},
      {"hardship_record", {{"description", {}}, {"income_source", {}}, {"cause_text", {}}}},
  };
  return kChoices;
}

/// Adds one field to an edit, and to what is wanted of it.
void type_into(World& world, const Choice& choice, const std::string& kind, const Id& record, cs::Edit& edit,
               Intent& intent) {
  const std::uint16_t wire = wire_of(kind, choice.field);
  if (choice.is_set) {
    const std::string& code = world.dice.pick(choice.codes);
    const bool add = world.dice.chance(65);
    edit.fields.push_back({choice.field, add ? Op::kAdd : Op::kRemove, code});
    intent.wanted.push_back(
        {{record, wire, code}, add ? std::optional<std::string>("1") : std::nullopt, true});
    return;
  }
  const std::string value = choice.codes.empty() ? world.new_value() : world.dice.pick(choice.codes);
  const bool clear = world.dice.chance(6);
  edit.fields.push_back({choice.field, Op::kSet, clear ? "" : value});
  intent.wanted.push_back(
      {{record, wire, ""}, clear ? std::nullopt : std::optional(value), clear || !choice.codes.empty()});
}

/// Fields that this laptop knows and still asks for.
std::vector<Choice> choices_at(Laptop& laptop, const std::string& kind) {
  std::vector<Choice> out = choices().at(kind);
  const domain::Kind* known = laptop.records().catalogue().kind(kind);
  for (const OwnField& own : own_fields()) {
    const domain::Field* field = known->field(own.name);
    if (field != nullptr && field->own != nullptr && !field->own->retired)
      out.push_back({own.name, own.codes});
  }
  return out;
}

void type_some(World& world, Laptop& laptop, const std::string& kind, const Id& record, cs::Edit& edit,
               Intent& intent) {
  std::vector<Choice> left = choices_at(laptop, kind);
  for (std::uint64_t n = 1 + world.dice.below(3); n > 0 && !left.empty(); --n) {
    const std::size_t at = world.dice.below(left.size());
    type_into(world, left[at], kind, record, edit, intent);
    intent.what += " " + left[at].field;
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

sync::change::Cause some_cause(World& world) {
  using Kind = sync::change::CauseKind;
  static const std::vector<Kind> kKinds = {Kind::kTyped, Kind::kPhone, Kind::kDocument, Kind::kCorrection,
                                           Kind::kFamily};
  return {world.dice.pick(kKinds), Id{}};
}

/// A new record: every register empty before the eyes.
void make(World& world, Laptop& laptop, cs::Edit edit, Intent intent, const Id& parent) {
  edit.create = true;
  edit.cause = some_cause(world);
  intent.nothing_else = false;  // stamps of the day and the worker come with it
  const auto saved = laptop.records().save({edit});
  if (note_save(world, laptop, saved, {}, intent)) world.truth.add_record({edit.record, edit.kind, parent});
}

/// Most work happens to what was touched last: only so do people meet.
const Truth::TrueRecord& pick_record(World& world, const std::vector<Truth::TrueRecord>& of) {
  const std::size_t recent = std::min<std::size_t>(of.size(), 4);
  return world.dice.chance(70) ? of[of.size() - 1 - world.dice.below(recent)]
                               : of[world.dice.below(of.size())];
}

/// Villages that the person can choose: those that the laptop knows to be held.
std::vector<std::size_t> villages_at(World& world, Laptop& laptop) {
  if (!world.options.merges) return world.held_by(laptop);
  std::set<Id> told;
  for (const cs::HeldScope& scope : must(laptop.records().scopes()))
    told.insert(scope.scope);
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < world.villages.size(); ++i) {
    if (told.count(world.villages[i].id) > 0) out.push_back(i);
  }
  return out;
}

void want(Intent& intent, const cs::Edit& edit, const std::string& field, const std::string& value) {
  intent.wanted.push_back({{edit.record, wire_of(edit.kind, field), ""}, value, false});
}

}  // namespace

void make_member(World& world, Laptop& laptop) {
  cs::Edit edit;
  edit.kind = "member";
  edit.record = Id::make(world.clock.now_ms());
  const auto held = villages_at(world, laptop);
  const bool elsewhere = held.empty() || world.dice.chance(4);
  const std::size_t village = elsewhere ? world.dice.below(world.villages.size()) : world.dice.pick(held);
  if (std::find(held.begin(), held.end(), village) == held.end()) world.foreign.insert(edit.record);
  const std::string unit = world.villages[village].id.text();
  edit.fields = {{"name", Op::kSet, "演练员"}, {"home_village_id", Op::kSet, unit}};
  Intent intent{"makes a member R" + std::to_string(world.truth.records().size()) + " in village " +
                    std::to_string(village) + ",",
                {}};
  want(intent, edit, "name", "演练员");
  want(intent, edit, "home_village_id", unit);
  type_some(world, laptop, "member", edit.record, edit, intent);
  make(world, laptop, std::move(edit), std::move(intent), Id{});
}

void make_child(World& world, Laptop& laptop) {
  const auto members = at_hand(world, laptop, "member");
  if (members.empty()) return make_member(world, laptop);
  const Truth::TrueRecord member = pick_record(world, members);
  cs::Edit edit;
  edit.record = Id::make(world.clock.now_ms());
  Id parent = member.id;
  const std::uint64_t which = world.dice.below(3);
  if (which == 0) {
    edit.kind = "contact_point";
    edit.fields = {{"member_id", Op::kSet, member.id.text()}, {"kind", Op::kSet, "wechat"}};
  } else if (which == 1) {
    edit.kind = "visit";
    edit.fields = {{"members", Op::kAdd, member.id.text()},
                   {"occurred_on", Op::kSet, "2020-02-02"},
                   {"outcome", Op::kSet, "met"}};
  } else {
    const auto held = villages_at(world, laptop);
    if (held.empty()) return;
    edit.kind = "stock_movement";
    parent = Id{};
    const std::string delta = std::to_string(static_cast<int>(world.dice.below(20)) - 10);
    edit.fields = {{"store_id", Op::kSet, world.villages[world.dice.pick(held)].id.text()},
                   {"material_id", Op::kSet, member.id.text()},
                   {"occurred_on", Op::kSet, "2020-02-02"},
                   {"delta", Op::kSet, delta == "0" ? "11" : delta}};
  }
  Intent intent{"makes a " + edit.kind + " R" + std::to_string(world.truth.records().size()) + " of " +
                    world.name_of(member.id) + ",",
                {}};
  if (world.foreign.count(member.id) > 0) world.foreign.insert(edit.record);
  if (which < 2) type_some(world, laptop, edit.kind, edit.record, edit, intent);
  make(world, laptop, std::move(edit), std::move(intent), parent);
}

namespace {

void save_with(World& world, Laptop& laptop, const Truth::TrueRecord& record, const Form& form,
               const cs::ShownHeads* shown, const std::string& how) {
  cs::Edit edit;
  edit.kind = record.kind;
  edit.record = record.id;
  edit.cause = some_cause(world);
  Intent intent{how + " " + world.name_of(record.id) + ":", {}};
  type_some(world, laptop, record.kind, record.id, edit, intent);
  if (edit.fields.empty()) return;
  const auto saved = laptop.records().save({edit}, shown);
  if (!note_save(world, laptop, saved, form.screen, intent)) return;
  check_screen(world, laptop, screen_of(world, laptop, record.id));
}

}  // namespace

void edit_now(World& world, Laptop& laptop) {
  const auto records = at_hand(world, laptop);
  if (records.empty()) return make_member(world, laptop);
  const Truth::TrueRecord record = pick_record(world, records);
  save_with(world, laptop, record, screen_of(world, laptop, record.id), nullptr, "edits");
}

void open_form(World& world, Laptop& laptop) {
  const auto records = at_hand(world, laptop);
  if (records.empty() || laptop.forms.size() > 3) return;
  const Truth::TrueRecord record = pick_record(world, records);
  Form form = screen_of(world, laptop, record.id);
  if (world.dice.chance(50)) {
    form.draft = Id::make(world.clock.now_ms());
    must(
        laptop.store().drafts().stash({form.draft, "member", record.id, "", "typed", form.shown.token(), 0}));
  }
  world.say(laptop.name + ": opens a form of " + world.name_of(record.id) +
            (form.draft.is_nil() ? "" : " and leaves a draft"));
  laptop.forms.push_back(std::move(form));
}

void save_form(World& world, Laptop& laptop) {
  if (laptop.forms.empty()) return open_form(world, laptop);
  const std::size_t at = world.dice.below(laptop.forms.size());
  Form form = laptop.forms[at];
  laptop.forms.erase(laptop.forms.begin() + static_cast<std::ptrdiff_t>(at));
  if (!form.draft.is_nil()) {
    const auto draft = must(laptop.store().drafts().get(form.draft));
    // A purge takes forms about its record along.
    const bool may_be_gone = std::any_of(world.truth.purges().begin(), world.truth.purges().end(),
                                         [&](const TruePurge& one) { return one.record == form.record; });
    require(draft.has_value() || may_be_gone, "a draft is gone");
    if (!draft) return;
    // What has become part of a branch goes by its name there too (7.2).
    const bool may_be_renamed = world.copied.count(laptop.who().device) > 0;
    require(draft->shown_token == form.shown.token() || may_be_renamed,
            "a draft holds something else than was stashed");
    form.shown = must(cs::ShownHeads::parse(draft->shown_token));
    must(laptop.store().drafts().drop(form.draft));
  }
  for (const Truth::TrueRecord& record : world.truth.records()) {
    if (record.id == form.record) {
      return save_with(world, laptop, Truth::TrueRecord(record), form, &form.shown, "saves an old form of");
    }
  }
}

void move_member(World& world, Laptop& laptop) {
  const auto members = at_hand(world, laptop, "member");
  if (members.empty()) return;
  const Truth::TrueRecord member = pick_record(world, members);
  const Form form = screen_of(world, laptop, member.id);
  const Village& to = world.dice.pick(world.villages);
  cs::Edit edit;
  edit.kind = "member";
  edit.record = member.id;
  edit.fields = {{"home_village_id", Op::kSet, to.id.text()}};
  Intent intent{"moves " + world.name_of(member.id) + " to " + to.code + ":", {}};
  intent.wanted.push_back({{member.id, wire_of("member", "home_village_id"), ""}, to.id.text(), true});
  if (world.dice.chance(40)) type_some(world, laptop, "member", member.id, edit, intent);
  (void)note_save(world, laptop, laptop.records().save({edit}), form.screen, intent);
}

void confirm_fields(World& world, Laptop& laptop) {
  const auto members = at_hand(world, laptop, "member");
  if (members.empty()) return;
  const Truth::TrueRecord member = pick_record(world, members);
  const Form form = screen_of(world, laptop, member.id);
  Intent intent{"confirms " + world.name_of(member.id), {}, false};
  const auto on = Date::of(world.clock.now_ms());
  const auto saved =
      laptop.records().confirm(member.id, {"home_address", "name_note"}, some_cause(world), on);
  (void)note_save(world, laptop, saved, form.screen, intent);
}

void void_record(World& world, Laptop& laptop) {
  const auto records = at_hand(world, laptop);
  if (records.empty()) return;
  const Truth::TrueRecord record = pick_record(world, records);
  const Form form = screen_of(world, laptop, record.id);
  const std::string reason = world.new_value();
  Intent intent{"voids " + world.name_of(record.id), {}};
  intent.wanted.push_back({{record.id, domain::kFieldVoided, ""}, reason, false});
  (void)note_save(world, laptop, laptop.records().void_record(record.id, reason), form.screen, intent);
}

std::vector<cs::ConflictItem> desk_of(World& world, Laptop& laptop) {
  auto desk = must(laptop.records().conflicts());
  std::erase_if(desk, [&](const cs::ConflictItem& item) { return !world.truth.is_of_story(item.record); });
  return desk;
}

bool settle_first_conflict(World& world, Laptop& laptop) {
  const auto desk = desk_of(world, laptop);
  if (desk.empty()) return false;
  const cs::ConflictItem& item = desk.front();
  const Form form = screen_of(world, laptop, item.record);
  cs::ResolveHow how;
  how.kind = cs::ResolveHow::Kind::kLookedAt;
  if (item.what == sync::merge::ConflictKind::kValues && !item.heads.empty()) {
    how.kind = cs::ResolveHow::Kind::kTake;
    how.take = item.heads[world.dice.below(item.heads.size())].change;
  }
  const Intent intent{
      "settles a conflict of " + world.name_of(item.record) + " (" + item.field + ")", {}, false};
  return note_save(world, laptop, laptop.records().resolve(item.id, how), form.screen, intent);
}

void resolve_conflict(World& world, Laptop& laptop) { (void)settle_first_conflict(world, laptop); }

void take_back(World& world, Laptop& laptop) {
  if (laptop.undo.empty()) return;
  Screen screen;
  for (const Id& record : laptop.undo_records) {
    if (!must(laptop.records().get(record))) return;
    const Form form = screen_of(world, laptop, record);
    screen.insert(form.screen.begin(), form.screen.end());
  }
  const Intent intent{"takes the last save back", {}, false};
  const std::string token = laptop.undo;
  (void)note_save(world, laptop, laptop.records().undo(token), screen, intent);
}

}  // namespace lianxin::sim
