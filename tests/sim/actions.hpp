#pragma once
// What people and machines do in a story. One more kind of doing is one more row of the table.
#include <string>
#include <vector>

#include "tests/sim/world.hpp"

namespace lianxin::sim {

struct Action {
  const char* name;
  std::uint64_t weight;
  void (*run)(World&, Laptop&);
};
/// Those of a story; with sticks, or with an office that hands over, there are more.
[[nodiscard]] std::vector<Action> actions(const StoryOptions& options);

// work.cpp: people at their laptops
void make_member(World& world, Laptop& laptop);
void make_child(World& world, Laptop& laptop);
void edit_now(World& world, Laptop& laptop);
void open_form(World& world, Laptop& laptop);
void save_form(World& world, Laptop& laptop);
void move_member(World& world, Laptop& laptop);
void confirm_fields(World& world, Laptop& laptop);
void void_record(World& world, Laptop& laptop);
void resolve_conflict(World& world, Laptop& laptop);
void take_back(World& world, Laptop& laptop);
/// What waits for a decision on this laptop, without the county's own cards of divisions and workers: where
/// two lives of the county said other things of those, that is none of the story's.
std::vector<client::store::ConflictItem> desk_of(World& world, Laptop& laptop);
/// Settles one conflict of the desk, as somebody who looks at it now; false = the desk is empty.
bool settle_first_conflict(World& world, Laptop& laptop);

// mishaps.cpp: lines, disks, clocks
void sync_whole(World& world, Laptop& laptop);
void sync_broken(World& world, Laptop& laptop);
void crash(World& world, Laptop& laptop);
void crash_in_sync(World& world, Laptop& laptop);
void take_image(World& world, Laptop& laptop);
void put_back_image(World& world, Laptop& laptop);
void clone(World& world, Laptop& laptop);
void ruin_database(World& world, Laptop& laptop);
void clock_jumps(World& world, Laptop& laptop);
void old_message_again(World& world, Laptop& laptop);
/// One sync and everything that must hold after it; true = green.
bool sync_and_check(World& world, Laptop& laptop, const Weather& weather, std::size_t batch_bytes);

// sticks.cpp: work that travels in files (sync.md 8)
void write_stick(World& world, Laptop& laptop);
void stick_arrives(World& world, Laptop& laptop);
void stick_comes_home(World& world, Laptop& laptop);
void county_writes_stick(World& world, Laptop& laptop);

// peers.cpp: files from laptop to laptop (sync.md 8.2)
void write_peer_stick(World& world, Laptop& laptop);
void peer_stick_arrives(World& world, Laptop& laptop);

// purges.cpp: values that may be nowhere any more (sync.md 11)
void purge_field(World& world, Laptop& laptop);
void purge_record(World& world, Laptop& laptop);

// pairs.cpp: files of hardship, and who is paired with their members
void make_file(World& world, Laptop& laptop);
void open_pairing(World& world, Laptop& laptop);
void change_pairing(World& world, Laptop& laptop);

// twins.cpp: members who are said to be one
void say_twins(World& world, Laptop& laptop);

// own.cpp: fields of the county's own
void give_out_fields(World& world, Laptop& laptop);

// pictures.cpp: attachments
void take_picture(World& world, Laptop& laptop);
void look_at_picture(World& world, Laptop& laptop);
/// As the county does it once a day.
void sweep_pictures(World& world, Laptop& laptop);

// office.cpp: the county
void accept_quarantined(World& world, Laptop& laptop);
void close_quarantined(World& world, Laptop& laptop);
void back_up_server(World& world, Laptop& laptop);
void restore_server(World& world, Laptop& laptop);
void change_grants(World& world, Laptop& laptop);
/// Of a village a worker in the field becomes secretary, or is one no longer and works there.
void change_secretary(World& world, Laptop& laptop);
void revoke_device(World& world, Laptop& laptop);

// moves.cpp
void merge_villages(World& world, Laptop& laptop);
/// A new number is a new village into which the old one is merged.
void renumber_village(World& world, Laptop& laptop);
/// A worker's whole load goes to another.
void replace_worker(World& world, Laptop& laptop);
/// The county itself moves a member to another village, whatever laptops are doing with it (sync.md 6.1).
void hand_over_member(World& world, Laptop& laptop);

}  // namespace lianxin::sim
