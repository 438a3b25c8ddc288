#pragma once
// The promises (sync.md 12), asked of the program's stores and answered by the truth alone. Each breaks the
// story with the promise's words.
#include "tests/sim/world.hpp"

namespace lianxin::sim {

/// Every register of the record on this laptop, as the screen shows it, in the story's numbers.
[[nodiscard]] Form screen_of(World& world, Laptop& laptop, const Id& record);
/// Records of the story that this laptop can work on, in the story's order; of one kind unless it is "".
[[nodiscard]] std::vector<Truth::TrueRecord> at_hand(World& world, Laptop& laptop,
                                                     const std::string& kind = {});
/// What the screen shows is what follows from what has come here.
void check_screen(World& world, Laptop& laptop, const Form& form);
/// Nothing saved and not yet known to be at the county is missing from the disk (P2).
void check_disk(World& world, Laptop& laptop);
/// After every sync: who was told "kept" was told the truth.
void check_told(World& world, Laptop& laptop);
/// The running sum of every feed on this laptop is the sum of its base states of that feed (9), after whole
/// syncs and broken ones.
void check_sums(Laptop& laptop);
/// After a green receipt: equal to the server, nothing else, nothing missing (P3, P6).
void check_receipt(World& world, Laptop& laptop);
/// Nothing of what the county had purged when this laptop was last green stands on its disk (11).
void check_purged(World& world, Laptop& laptop);
/// The server's states are what follows from its log (3.2, 3.3), actions are whole, rights were judged
/// rightly.
void check_server(World& world);
/// Figures are the sums of their facts; the desk holds exactly the conflicts there are.
void check_office(World& world, Laptop& office);

/// Where a record stands at the server, be all of it kept aside; nullopt = not to be said.
[[nodiscard]] std::optional<std::set<Id>> stands_in(const World& world, const Id& record, const Known& known);
/// The same of a record of which something counts, else nullopt.
[[nodiscard]] std::optional<std::set<Id>> villages_of(const World& world, const Id& record,
                                                      const Known& known);

}  // namespace lianxin::sim
