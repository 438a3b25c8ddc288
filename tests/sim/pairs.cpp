// Files of hardship and the workers who are paired with their members: made, opened, ended, voided, passed
// on.
#include "tests/sim/pairs.hpp"

#include <algorithm>

#include "shared/base/date.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/change/change.hpp"
#include "tests/sim/actions.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/checks.hpp"
#include "tests/sim/saving.hpp"

namespace lianxin::sim {

namespace cs = client::store;
using Op = cs::FieldEdit::Op;

namespace {

constexpr const char* kPair = "support_pair";
constexpr WallMs kDay = 24 * 3600 * 1000;

/// What the heads of a register say; several = rivals.
std::set<std::string> said(const World& world, const Id& record, std::uint16_t field, const Known& known) {
  const Place place{record, field, ""};
  std::set<std::string> out;
  for (const Commit head : world.truth.heads(place, known))
    out.insert(world.truth.write(head, place).value.value_or(""));
  return out;
}

std::string only(const std::set<std::string>& values) { return values.empty() ? "" : *values.begin(); }

bool is_open(const std::string& from, const std::string& to, const std::string& day) {
  return (from.empty() || from <= day) && (to.empty() || day <= to);
}

/// The calendar has turned the pairing since its worker last came: the county turns it when he comes.
bool has_turned(const World& world, const Id& worker, const std::string& from, const std::string& to) {
  const auto seen = world.last_seen.find(worker);
  const WallMs since = seen == world.last_seen.end() ? kBeginning : seen->second;
  const WallMs now = world.clock.now_ms();
  bool turned = false;
  for (WallMs at = since; at < now; at += kDay)
    turned = turned || is_open(from, to, Date::of(at).text()) != is_open(from, to, Date::of(now).text());
  return turned;
}

void add_pairing(const World& world, const Id& record, const Known& known, Pairings& out) {
  const auto of = [&](const char* field) { return said(world, record, wire_of(kPair, field), known); };
  const auto members = of("member_id");
  const auto workers = of("helper_worker_id");
  const auto from = of("from");
  const auto to = of("to");
  const auto voided = said(world, record, domain::kFieldVoided, known);
  const auto deleted = said(world, record, domain::kFieldDeleted, known);
  const bool rivals =
      std::max({members.size(), workers.size(), from.size(), to.size(), voided.size(), deleted.size()}) > 1;
  const auto worker = Id::parse(only(workers));
  const bool is_removed = !only(voided).empty() || only(deleted) == "1";
  for (const std::string& name : members) {
    const auto member = Id::parse(name);
    if (!member.ok()) continue;
    if (rivals || (worker.ok() && has_turned(world, *worker, only(from), only(to))))
      out.unsure.insert(*member);
    if (worker.ok() && !is_removed && is_open(only(from), only(to), Date::of(world.clock.now_ms()).text()))
      out.workers[*member].insert(*worker);
  }
}

/// The record and what it hangs on.
std::vector<Id> upwards(const World& world, Id record) {
  std::vector<Id> out;
  while (!record.is_nil()) {
    out.push_back(record);
    const auto& records = world.truth.records();
    const auto found =
        std::find_if(records.begin(), records.end(), [&](const auto& one) { return one.id == record; });
    record = found == records.end() ? Id{} : found->parent;
  }
  return out;
}

}  // namespace

Pairings pairings_at(const World& world, const Known& known) {
  Pairings out;
  for (const Truth::TrueRecord& record : world.truth.records()) {
    if (record.kind == kPair) add_pairing(world, record.id, known, out);
  }
  return out;
}

HardshipView view_of(World& world, const Pairings& pairings, const Id& record, const Id& worker) {
  bool paired = false;
  for (const Id& at : upwards(world, record)) {
    if (pairings.unsure.count(at) > 0) return HardshipView::kUnsure;
    const auto workers = pairings.workers.find(at);
    paired = paired || (workers != pairings.workers.end() && workers->second.count(worker) > 0);
  }
  if (paired) return HardshipView::kWhole;
  const auto log = must(world.server->read()->changes_of_record(record));
  const bool is_torn = !log.empty() && log.front().privacy == kHardship && log.front().author != worker;
  return is_torn ? HardshipView::kNothing : HardshipView::kOwn;
}

Known seen_in(const World& world, HardshipView view, const Id& worker, const Known& known) {
  if (view == HardshipView::kWhole) return known;
  Known out;
  if (view == HardshipView::kNothing) return out;
  for (const auto& [commit, inert] : known) {
    if (world.truth.at(commit).author == worker) out.emplace(commit, inert);
  }
  return out;
}

namespace {

/// Mostly those who may: the offices. A worker's goes to the county's desk.
Laptop& who_pairs(World& world, Laptop& laptop) {
  return laptop.is_office() || world.dice.chance(15) ? laptop : *world.laptops.front();
}

std::string some_worker(World& world) {
  if (world.dice.chance(80)) return world.dice.pick(world.laptops)->who().worker.text();
  return world.dice.pick(world.ground.people()).worker.text();
}

/// Long past, or some days from now: the calendar turns pairings too.
std::string some_day(World& world, const char* long_past) {
  if (world.dice.chance(60)) return long_past;
  const auto days = static_cast<int>(world.dice.below(20)) - 5;
  return Date::of(world.clock.now_ms()).plus_days(days).text();
}

std::optional<Truth::TrueRecord> some_here(World& world, Laptop& laptop, const std::string& kind) {
  const auto ids = laptop.ids("SELECT id FROM record WHERE flags & 32 = 0");
  const std::set<Id> here(ids.begin(), ids.end());
  std::vector<Truth::TrueRecord> fit;
  for (const Truth::TrueRecord& one : world.truth.records()) {
    if (one.kind == kind && here.count(one.id) > 0) fit.push_back(one);
  }
  return fit.empty() ? std::nullopt : std::optional(world.dice.pick(fit));
}

void set(cs::Edit& edit, Intent& intent, const std::string& field, const std::string& value, bool may_stand) {
  edit.fields.push_back({field, Op::kSet, value});
  intent.wanted.push_back({{edit.record, wire_of(edit.kind, field), ""},
                           value.empty() ? std::nullopt : std::optional(value),
                           may_stand});
}

/// A record that hangs on a member.
void make_of(World& world, Laptop& laptop, const Id& member, cs::Edit edit, Intent intent) {
  edit.create = true;
  set(edit, intent, "member_id", member.text(), false);
  intent.what = "makes a " + edit.kind + " R" + std::to_string(world.truth.records().size()) + " of " +
                world.name_of(member) + intent.what + ",";
  intent.nothing_else = false;
  if (world.foreign.count(member) > 0) world.foreign.insert(edit.record);
  if (note_save(world, laptop, laptop.records().save({edit}), {}, intent))
    world.truth.add_record({edit.record, edit.kind, member});
}

}  // namespace

void make_file(World& world, Laptop& laptop) {
  const auto member = some_here(world, laptop, "member");
  if (!member) return make_member(world, laptop);
  cs::Edit edit;
  edit.kind = "hardship_record";
  edit.record = Id::make(world.clock.now_ms());
  Intent intent{"", {}};
  set(edit, intent, "active", "1", false);
  set(edit, intent, "description", world.new_value(), false);
  make_of(world, laptop, member->id, std::move(edit), std::move(intent));
}

void open_pairing(World& world, Laptop& any) {
  Laptop& laptop = who_pairs(world, any);
  const auto member = some_here(world, laptop, "member");
  if (!member) return make_member(world, laptop);
  cs::Edit edit;
  edit.kind = kPair;
  edit.record = Id::make(world.clock.now_ms());
  Intent intent{"", {}};
  const std::string from = some_day(world, "2020-01-01");
  set(edit, intent, "helper_worker_id", some_worker(world), false);
  set(edit, intent, "from", from, false);
  intent.what =
      " with " + edit.fields.front().value.substr(edit.fields.front().value.size() - 4) + " from " + from;
  make_of(world, laptop, member->id, std::move(edit), std::move(intent));
}

void change_pairing(World& world, Laptop& any) {
  Laptop& laptop = who_pairs(world, any);
  const auto pairing = some_here(world, laptop, kPair);
  if (!pairing) return open_pairing(world, any);
  const Form form = screen_of(world, laptop, pairing->id);
  Intent intent{"", {}};
  if (world.dice.chance(20)) {
    const std::string reason = world.new_value();
    intent.what = "voids the pairing " + world.name_of(pairing->id);
    intent.wanted.push_back({{pairing->id, domain::kFieldVoided, ""}, reason, false});
    (void)note_save(world, laptop, laptop.records().void_record(pairing->id, reason), form.screen, intent);
    return;
  }
  cs::Edit edit;
  edit.kind = kPair;
  edit.record = pairing->id;
  if (world.dice.chance(40)) {
    set(edit, intent, "helper_worker_id", some_worker(world), true);
  } else {
    // An end before the beginning is not taken by a form: both are set.
    set(edit, intent, "from", "2020-01-01", true);
    set(edit, intent, "to", world.dice.chance(25) ? "" : some_day(world, "2020-02-02"), true);
  }
  intent.what = "changes the pairing " + world.name_of(pairing->id) + " (" + edit.fields.back().field + " " +
                edit.fields.back().value + "):";
  (void)note_save(world, laptop, laptop.records().save({edit}), form.screen, intent);
}

}  // namespace lianxin::sim
