// Pictures that come with attachments, are sent after the records, looked at elsewhere and purged.
#include "tests/sim/pictures.hpp"

#include <algorithm>

#include "sync/laptop/pictures.hpp"
#include "tests/sim/actions.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/checks.hpp"
#include "tests/sim/saving.hpp"

namespace lianxin::sim {

namespace cs = client::store;
using Op = cs::FieldEdit::Op;

namespace {

constexpr const char* kAttachment = "attachment";

/// Octets that no other picture has; some need several pieces.
Bytes some_picture(World& world) {
  const std::string begin = world.new_value() + " ";
  const std::size_t size =
      world.dice.chance(30) ? 65536 + world.dice.below(90000) : 100 + world.dice.below(3000);
  Bytes out(size, 'p');
  std::copy(begin.begin(), begin.end(), out.begin());
  return out;
}

/// Kept at the county, and not purged.
bool is_named(const World& world, const Id& record) {
  const Place place{record, wire_of(kAttachment, "sha256"), ""};
  const auto found = world.truth.registers().find(place);
  if (found == world.truth.registers().end()) return false;
  return std::any_of(found->second.begin(), found->second.end(), [&](Commit commit) {
    return world.truth.kept().count(commit) > 0 && !world.truth.is_purged(commit, place);
  });
}

/// Of attachments on this laptop, whole ones.
std::map<Id, Hash256> pictures_of(Laptop& laptop) {
  std::map<Id, Hash256> out;
  auto row = laptop.store().database().prepare(
      "SELECT o.record, p.sha256 FROM picture p JOIN picture_of o ON o.sha256 = p.sha256 WHERE p.whole");
  while (must(row.step()))
    out[row.id(0)] = must(Hash256::from_bytes(row.blob(1)));
  return out;
}

}  // namespace

void take_picture(World& world, Laptop& laptop) {
  const auto members = at_hand(world, laptop, "member");
  if (members.empty()) return make_member(world, laptop);
  const Id member = world.dice.pick(members).id;
  cs::Edit edit;
  edit.kind = kAttachment;
  edit.record = Id::make(world.clock.now_ms());
  edit.create = true;
  edit.picture = some_picture(world);
  edit.fields = {{"member_id", Op::kSet, member.text()},
                 {"taken_on", Op::kSet, "2020-02-02"},
                 {"sha256", Op::kSet, sha256(edit.picture).hex()},
                 {"mime", Op::kSet, "image/jpeg"},
                 {"bytes", Op::kSet, std::to_string(edit.picture.size())}};
  Intent intent{
      "takes a picture R" + std::to_string(world.truth.records().size()) + " of " + world.name_of(member),
      {},
      false};
  for (const auto& field : edit.fields)
    intent.wanted.push_back({{edit.record, wire_of(edit.kind, field.field), ""}, field.value, false});
  if (world.foreign.count(member) > 0) world.foreign.insert(edit.record);
  const auto saved = laptop.records().save({edit});
  if (!note_save(world, laptop, saved, {}, intent)) return;
  world.truth.add_record({edit.record, edit.kind, member});
  world.pictures[edit.record] = edit.picture;
}

void look_at_picture(World& world, Laptop& laptop) {
  const auto all = at_hand(world, laptop, kAttachment);
  if (all.empty()) return;
  const Id record = world.dice.pick(all).id;
  const Hash256 name = sha256(world.pictures.at(record));
  // Else it is not this person's to see, or purged.
  if (must(laptop.records().get(record))->value("sha256") != name.hex()) return;
  Weather weather;
  if (world.dice.chance(30)) weather.cut_after = 1;
  laptop.line.begin(weather);
  const sync::laptop::CancelFlag never{false};
  auto* shelf = laptop.store().replica().pictures();
  const auto fetched = sync::laptop::fetch_picture(*shelf, laptop.line, {name, record}, never);
  const std::string code = fetched.ok() ? "" : fetched.error().code;
  world.say(laptop.name + ": looks at the picture " + world.name_of(record) + (code.empty() ? "" : ", ") +
            code);
  for (const char* known :
       {"", "picture.not_there", "net.timeout", "net.unreachable", "exchange.number", "sync.revoked"}) {
    if (code == known) return;
  }
  throw Broken("a picture could not be looked at: " + words_of(fetched.error()));
}

void sweep_pictures(World& world, Laptop& /*laptop*/) {
  world.server->sweep_pictures();
  world.say("the county removes pictures that nobody names");
}

void check_pictures(World& world, Laptop& laptop) {
  require(must(laptop.records().status()).unsent_pictures == 0,
          laptop.name + " has a green receipt with unsent pictures");
  for (const auto& [record, name] : pictures_of(laptop)) {
    require(name == sha256(world.pictures.at(record)), "a picture of another record");
    require(must(laptop.records().get(record)).has_value(),
            laptop.name + " keeps the picture of a record that left: " + world.name_of(record));
    require(is_named(world, record),
            laptop.name + " keeps a picture that was purged: " + world.name_of(record));
    require(world.server->has_picture(name),
            laptop.name + " has a green receipt, and the county lacks the picture " + world.name_of(record));
  }
}

void check_county_pictures(World& world) {
  world.server->sweep_pictures();
  for (const auto& [record, content] : world.pictures) {
    require(is_named(world, record) || !world.server->has_picture(sha256(content)),
            "the county keeps a picture that no record names: " + world.name_of(record));
  }
}

}  // namespace lianxin::sim
