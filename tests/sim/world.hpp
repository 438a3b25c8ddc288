#pragma once
// Everything of one story: the county's server, the laptops, the true time, the dice, and what really
// happened.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/sim/dice.hpp"
#include "tests/sim/folder.hpp"
#include "tests/sim/groundwork.hpp"
#include "tests/sim/laptop.hpp"
#include "tests/sim/server.hpp"
#include "tests/sim/truth.hpp"

namespace lianxin::sim {

struct StoryOptions {
  std::uint64_t seed = 0;
  bool honest_clocks = false;  ///< the same story with every clock right
  bool handovers = false;      ///< other stories: the office hands members over
  bool peers = false;          ///< other stories: laptops hand files to each other
  bool merges = false;         ///< other stories: villages are merged and renumbered
  bool purges = false;         ///< other stories: the county purges fields and records
  bool pairs = false;          ///< other stories: files of hardship, and workers paired with their members
  bool roles = false;          ///< other stories: workers in the field are secretaries of other villages too
  bool twins = false;          ///< other stories: members are said to be one, or two after all
  bool own_fields = false;     ///< other stories: the county gives out fields of its own
  bool pictures = false;       ///< other stories: attachments with pictures
  bool replacements = false;   ///< other stories: workers take the place of others
  bool sticks = false;         ///< other stories: bundles are carried too, in any order, lost, twice, late
};

/// An image of a laptop's disk, with what was on it.
struct Image {
  std::filesystem::path folder;
  Commits own;
  Commits told;
  std::vector<Form> forms;
  std::size_t purges_heard = 0;
  bool purges_unasked = false;
};

/// The server's backup, with the rights it held.
struct Backup {
  std::filesystem::path file;
  std::vector<std::vector<std::string>> grants;
  std::vector<std::set<std::string>> secretaries;
  std::set<Id> revoked;  ///< devices
};

/// A file on its way; whoever carries it may come late, twice or never.
struct Stick {
  Bytes file;
  Id device;  ///< its laptop's
  bool goes_home = false;
};

/// A file of one laptop for another.
struct PeerStick {
  Bytes file;
  Id to;          ///< device
  Commits holds;  ///< what its writer had saved and the county was not known to keep
};

class World {
 public:
  World(const Groundwork& ground, const StoryOptions& options);

  /// A line of the story for whoever asks what happened.
  void say(const std::string& line);
  /// "R3": the record's number in the story.
  [[nodiscard]] std::string name_of(const Id& record) const;
  /// A text that nobody has written before.
  [[nodiscard]] std::string new_value();
  /// The village of today in place of one that has gone up in another.
  [[nodiscard]] Id present_of(Id village) const;
  [[nodiscard]] bool is_over(const Village& village) const { return successors.count(village.id) > 0; }
  /// Villages that a laptop may hold now.
  [[nodiscard]] std::vector<std::size_t> held_by(const Laptop& laptop) const;
  [[nodiscard]] std::size_t person_of(const Laptop& laptop) const;
  /// Nothing of a record that stands in one of these villages is kept from its user.
  [[nodiscard]] bool holds_whole(const Laptop& laptop, const std::set<Id>& in) const;
  [[nodiscard]] std::size_t index_of(const Laptop& laptop) const;
  /// After every word with the server.
  void watch_server(bool anew = false);
  [[nodiscard]] std::filesystem::path new_folder(const std::string& what);
  /// The number by which a laptop's name for a change goes in the story. Breaks it when nobody wrote that.
  [[nodiscard]] Commit resolve(Laptop& laptop, const ChangeId& id);

  const Groundwork& ground;
  const StoryOptions options;
  Dice dice;
  ManualClock clock{kBeginning};
  Folder folder;
  Truth truth;
  std::vector<Village> villages;                 ///< also those that are over
  std::map<Id, Id> successors;                   ///< of villages that have gone up in another
  std::vector<std::vector<std::string>> grants;  ///< divisions by person, as the server has them
  /// Of them, villages of which somebody who works in the field elsewhere holds everything.
  std::vector<std::set<std::string>> secretaries;
  std::set<Id> revoked;            ///< devices
  std::vector<bool> grants_moved;  ///< by person: ever
  std::unique_ptr<Server> server;
  std::vector<std::unique_ptr<Laptop>> laptops;  ///< the first is the office's
  std::map<const Laptop*, Image> images;
  std::optional<Backup> backup;
  int restores = 0;                ///< of the server
  std::map<Id, WallMs> last_seen;  ///< by worker: the last sync the county has answered for certain
  std::set<Id> copied;   ///< devices of which two disks have been at work, at once or one after the other
  std::set<Id> foreign;  ///< made in a village its maker does not hold
  std::map<Id, Bytes> pictures;  ///< by attachment
  std::vector<Bytes> old_messages;
  std::vector<Stick> sticks;
  std::vector<PeerStick> peer_sticks;
  std::vector<std::string> story;

 private:
  std::size_t values_ = 0;
  int folders_ = 0;
};

}  // namespace lianxin::sim
