// Fields of the county's own (design.md 4): given out, taken back, given out again, while laptops that do not
// know of it yet are at work.
#include "tests/sim/own.hpp"

#include "shared/domain/extension.hpp"
#include "sync/server/service/own_fields.hpp"
#include "tests/sim/actions.hpp"
#include "tests/sim/broken.hpp"

namespace lianxin::sim {

namespace {

constexpr std::string_view kLists =
    "codes\tride\ncode\tbus\t班车\tBus\ncode\tcar\t自家车\tCar\nkind\tmember\n";

std::string lines_of(const OwnField& field, bool is_retired) {
  const std::string name = field.name;
  std::string out = "field\t" + std::to_string(field.wire) + "\t" + name + "\t" + field.how + "\t1\n";
  out += "label\t" + name + "\t县里自定\tOwn\npurpose\t" + name + "\t演练时安排接送和培训\n";
  return is_retired ? out + "retired\t" + name + "\n" : out;
}

}  // namespace

const std::vector<OwnField>& own_fields() {
  static const std::vector<OwnField> kFields = {
      {"own_ride", 10001, "code\treview\tgeneral\t-\t-\town:ride\t-", {"bus", "car"}},
      {"own_wish", 10002, "text\tlatest\tnotes\t-\t-\t-\t-", {}},
      {"own_skill", 10003, "text\treview\tcontact\t-\t-\t-\t-", {}},
  };
  return kFields;
}

void give_out_fields(World& world, Laptop& /*laptop*/) {
  const int version = int{must(sync::server::own_fields(*world.server->read())).version} + 1;
  std::string file = "version\t" + std::to_string(version) + "\n" + std::string(kLists);
  std::string names;
  for (const OwnField& field : own_fields()) {
    if (world.dice.chance(30)) continue;
    const bool is_retired = world.dice.chance(25);
    file += lines_of(field, is_retired);
    names += std::string(" ") + field.name + (is_retired ? " (not asked any more)" : "");
  }
  if (names.empty()) return;
  const auto rows = must(domain::read_extension(file));
  (void)must(sync::server::extend_catalogue(world.server->store(), world.clock,
                                            world.server->admin().county(), rows, false));
  world.say("the county gives out" + names);
  world.watch_server();
}

}  // namespace lianxin::sim
