#pragma once
// One save, written into the truth: what was wanted, and what its author had before the eyes.
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/world.hpp"

namespace lianxin::sim {

/// One field as it is meant to be after the save.
struct Wanted {
  Place place;
  std::optional<std::string> value;
  bool may_stand = false;  ///< may have that value already: then nothing is written
};

struct Intent {
  std::string what;  ///< for the story
  std::vector<Wanted> wanted;
  bool nothing_else = true;  ///< what was not touched is not written (2.3)
};

/// Takes a save into the truth, and checks that it says what was meant and names what was shown. False = it
/// was politely refused (the record is leaving, somebody else's fact).
bool note_save(World& world, Laptop& laptop, const Result<client::store::Saved>& saved, const Screen& screen,
               const Intent& intent);

/// Wire number of a field of a kind.
[[nodiscard]] std::uint16_t wire_of(const std::string& kind, const std::string& field);

}  // namespace lianxin::sim
