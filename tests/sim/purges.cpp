// The county purges while laptops hold old images, open forms and unsent work (sync.md 11).
#include <algorithm>

#include "shared/domain/catalogue.hpp"
#include "tests/sim/actions.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/checks.hpp"
#include "tests/sim/saving.hpp"

namespace lianxin::sim {

namespace {

/// A record that the server knows, in the story's order.
std::optional<Truth::TrueRecord> some_record(World& world) {
  std::vector<Truth::TrueRecord> known;
  const auto reader = world.server->read();
  for (const Truth::TrueRecord& record : world.truth.records()) {
    if (must(reader->record(record.id))) known.push_back(record);
  }
  return known.empty() ? std::nullopt : std::optional(world.dice.pick(known));
}

bool is_text(const domain::Field& field) {
  return field.type == domain::Type::kText || field.type == domain::Type::kLongText;
}

/// A record that goes as a whole takes its attachments along, each with a purge of its own.
void add_attachments(World& world, const Id& record) {
  const auto reader = world.server->read();
  for (const Truth::TrueRecord& one : world.truth.records()) {
    if (one.kind != "attachment" || one.parent != record) continue;
    const auto purges = must(reader->purges_of(one.id));
    if (purges.empty()) continue;
    const auto& last = purges.back();
    world.truth.add_purge({one.id, last.number, {last.fields.begin(), last.fields.end()}, true});
  }
}

/// Heads, records and counts stand; what is gone is said by name.
void purge(World& world, const Truth::TrueRecord& record, const std::vector<std::string>& fields) {
  const domain::Kind* kind = domain::Catalogue::base().kind(record.kind);
  const auto done = must(world.server->admin().purge(record.id, fields, "asked for"));
  require(done.changes_before == done.changes_after && done.records_before == done.records_after,
          "a purge changed the county's counts");
  TruePurge purge{record.id, done.number, {}, fields.empty()};
  for (const std::string& name : done.fields)
    purge.fields.insert(wire_of(record.kind, name));
  for (const std::string& name : fields)
    require(purge.fields.count(wire_of(record.kind, name)) > 0, "a purge left out a field it was told");
  for (const domain::Field& field : kind->fields) {
    require(!fields.empty() || !is_text(field) || purge.fields.count(field.wire) > 0,
            "a purge of a whole record left a text: " + field.name);
  }
  std::uint64_t earlier = 0;
  for (const TruePurge& one : world.truth.purges()) {
    const bool is_above = record.kind == "attachment" && one.is_whole && one.record == record.parent;
    if (one.record == record.id || is_above) earlier = std::max(earlier, one.number);
  }
  require(done.number == std::max(earlier + 1, world.server->epoch()),
          "the purges of a record are not numbered one after the other, in a new life of the server from its "
          "epoch");
  world.truth.add_purge(std::move(purge));
  if (fields.empty()) add_attachments(world, record.id);
  world.server->remove_pictures(done.pictures);
  world.say("the county purges " + std::to_string(done.fields.size()) + " fields of " +
            world.name_of(record.id) + ", " + std::to_string(done.changes) + " changes lose values");
  world.watch_server(true);
}

}  // namespace

void purge_field(World& world, Laptop& /*laptop*/) {
  const auto record = some_record(world);
  if (!record) return;
  std::vector<std::string> texts;
  const domain::Kind* kind = domain::Catalogue::base().kind(record->kind);
  for (const Place& place : world.truth.places_of(record->id)) {
    const domain::Field* field = kind->field(place.field);
    if (field != nullptr && is_text(*field)) texts.push_back(field->name);
  }
  if (!texts.empty()) purge(world, *record, {world.dice.pick(texts)});
}

void purge_record(World& world, Laptop& /*laptop*/) {
  const auto record = some_record(world);
  if (record) purge(world, *record, {});
}

namespace {

std::string who_wrote(const World& world, const std::string& found) {
  std::string out;
  for (Commit commit = 0; commit < world.truth.size(); ++commit) {
    for (const TrueWrite& write : world.truth.at(commit).writes) {
      if (write.value && found.starts_with(*write.value + " "))
        out += ", " + world.truth.at(commit).name.text() + " of " + world.name_of(write.place.record) +
               " field " + std::to_string(write.place.field);
    }
  }
  return out;
}

}  // namespace

void check_purged(World& world, Laptop& laptop) {
  if (laptop.purges_heard == 0) return;
  const std::string found = laptop.first_found(world.truth.purged_texts(laptop.purges_heard));
  require(found.empty(),
          laptop.name + " still holds what it heard was purged: " + found + who_wrote(world, found));
}

}  // namespace lianxin::sim
