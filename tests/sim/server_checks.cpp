// The server, and the office's figures and desk, against the truth.
#include <algorithm>
#include <charconv>

#include "shared/domain/catalogue.hpp"
#include "sync/merge/merge.hpp"
#include "sync/server/service/inspection.hpp"
#include "sync/server/service/own_fields.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/checks.hpp"
#include "tests/sim/pairs.hpp"
#include "tests/sim/saving.hpp"

namespace lianxin::sim {

namespace cs = client::store;
namespace merge = sync::merge;

namespace {

void check_state(World& world, const Truth::TrueRecord& record, const Id& audience, std::uint8_t privacy,
                 const merge::ClassState& state, const Known& known) {
  for (const Place& place : world.truth.places_of(record.id)) {
    if (world.truth.at(world.truth.registers().at(place).front()).privacy != privacy) continue;
    const Commits wanted = world.truth.heads(place, known);
    Commits found;
    const auto reg = state.registers.find({place.field, place.element});
    if (reg != state.registers.end()) {
      for (const merge::Head& head : reg->second.heads) {
        const auto commit = world.truth.named(world.server->epoch(), head.id);
        require(commit.has_value(), "a head at the server that nobody wrote");
        const bool is_gone = world.truth.is_purged(*commit, place);
        require(head.purged == is_gone, is_gone ? "a purged value stands at the server (11)"
                                                : "a value is gone at the server that nobody purged");
        require(is_gone || world.truth.write(*commit, place).value == head.value,
                "a head with another value than was written");
        found.insert(*commit);
      }
    }
    require(found == wanted, "the server's heads of " + world.name_of(record.id) + " field " +
                                 std::to_string(place.field) + place.element +
                                 (audience.is_nil() ? "" : " in an own view") +
                                 " are not the writes that nobody who was shown them has replaced");
  }
}

/// Whoever is paired has a view of the file.
void check_paired(World& world, const Pairings& pairings, const Id& record, const std::set<Id>& viewers) {
  for (const Enrolled& one : world.ground.people()) {
    require(
        viewers.count(one.worker) > 0 || view_of(world, pairings, record, one.worker) != HardshipView::kWhole,
        "the server has no view of " + world.name_of(record) + " for " + one.name + ", who is paired");
  }
}

void check_states(World& world) {
  const Known all = world.truth.known_to_server();
  const auto reader = world.server->read();
  const Pairings pairings = pairings_at(world, all);
  for (const Truth::TrueRecord& record : world.truth.records()) {
    std::set<std::uint8_t> seen;
    std::set<Id> viewers;
    for (const auto& row : must(reader->states(record.id))) {
      Known known = all;
      if (!row.audience.is_nil() && row.privacy == kHardship) {
        const HardshipView view = view_of(world, pairings, record.id, row.audience);
        viewers.insert(row.audience);
        if (view == HardshipView::kUnsure) continue;
        known = seen_in(world, view, row.audience, all);
      } else if (!row.audience.is_nil()) {
        for (auto at = known.begin(); at != known.end();)
          at = world.truth.at(at->first).author == row.audience ? std::next(at) : known.erase(at);
      } else {
        seen.insert(row.privacy);
      }
      check_state(world, record, row.audience, row.privacy, must(merge::decode_class_state(row.state)),
                  known);
    }
    for (const Place& place : world.truth.places_of(record.id)) {
      const std::uint8_t privacy = world.truth.at(world.truth.registers().at(place).front()).privacy;
      const bool is_file = privacy == kHardship && !world.truth.heads(place, all).empty();
      if (is_file) check_paired(world, pairings, record.id, viewers);
      require(seen.count(privacy) > 0 || world.truth.heads(place, all).empty(),
              "the server has no state of " + world.name_of(record.id));
    }
  }
}

/// The record, or what it hangs on, has ever been in another village.
bool has_moved(const World& world, const Id& record) {
  if (!world.successors.empty() || world.options.twins) return true;
  const auto& records = world.truth.records();
  const auto found =
      std::find_if(records.begin(), records.end(), [&](const auto& one) { return one.id == record; });
  if (found == records.end() || found->kind == "stock_movement") return false;
  if (!found->parent.is_nil()) return has_moved(world, found->parent);
  const auto homes = world.truth.registers().find({record, wire_of("member", "home_village_id"), ""});
  return homes != world.truth.registers().end() && homes->second.size() > 1;
}

/// No laptop that may speak to the county has these values any more: a restored server lost them, and so did
/// the one laptop of that class (7.1 brings back what somebody has, be it a part).
bool is_gone_everywhere(World& world, const TrueCommit& one) {
  if (world.restores == 0) return false;
  return std::none_of(world.laptops.begin(), world.laptops.end(),
                      [&](const auto& laptop) { return !laptop->revoked && laptop->has_values(one.values); });
}

/// A batch never splits an action (5.4), and what its author was shown in a village held all along is
/// applied.
void check_log(World& world) {
  std::map<std::size_t, std::set<bool>> whole;
  for (Commit commit = 0; commit < world.truth.size(); ++commit) {
    const TrueCommit& one = world.truth.at(commit);
    const auto kept = world.truth.kept().find(commit);
    const bool is_kept = kept != world.truth.kept().end();
    if (is_kept || !is_gone_everywhere(world, one)) whole[one.save].insert(is_kept);
    if (kept == world.truth.kept().end() || !one.must_apply || world.restores > 0) continue;
    const auto person =
        static_cast<std::size_t>(&world.laptops[one.laptop]->who() - world.ground.people().data());
    if (world.grants_moved[person] || world.laptops[one.laptop]->revoked) continue;
    // What one copy of a laptop stated when the record left holds for the device (4.3).
    const bool may_be_stated = world.copied.count(world.laptops[one.laptop]->who().device) > 0;
    if (may_be_stated && has_moved(world, one.record)) continue;
    require(kept->second.status == Truth::Status::kApplied,
            "held back, though its author was shown the record in a village held all along: " +
                one.name.text() + " of " + world.name_of(one.record));
  }
  for (const auto& [save, parts] : whole)
    require(parts.size() <= 1, "half an action is at the server");
}

}  // namespace

void check_server(World& world) {
  check_log(world);
  check_states(world);
}

namespace {

std::optional<std::string> only_value(const World& world, const Id& record, std::uint16_t field,
                                      const Known& known) {
  const Place place{record, field, ""};
  const Commits heads = world.truth.heads(place, known);
  return heads.size() == 1 ? world.truth.write(*heads.begin(), place).value : std::nullopt;
}

/// Voided or deleted (what was made and taken back at once is deleted); nullopt = rivals say both, so the
/// order of display decides (3.4).
std::optional<bool> is_removed(const World& world, const Id& record, const Known& known) {
  bool removed = false;
  for (const std::uint16_t field : {domain::kFieldVoided, domain::kFieldDeleted}) {
    std::set<bool> said;
    const Place place{record, field, ""};
    for (const Commit head : world.truth.heads(place, known)) {
      const auto& value = world.truth.write(head, place).value;
      said.insert(field == domain::kFieldDeleted ? value == "1" : !value.value_or("").empty());
    }
    if (said.size() > 1) return std::nullopt;
    removed = removed || said.count(true) > 0;
  }
  return removed;
}

void check_stock(World& world, Laptop& office, const Known& known) {
  long expected = 0;
  std::set<std::string> unsure;
  const std::uint16_t delta = wire_of("stock_movement", "delta");
  for (const Truth::TrueRecord& record : world.truth.records()) {
    if (record.kind != "stock_movement") continue;
    const auto removed = is_removed(world, record.id, known);
    if (!removed) unsure.insert(record.id.text());
    if (removed == false) expected += std::stol(only_value(world, record.id, delta, known).value_or("0"));
  }
  long found = 0;
  for (const cs::ListRow& row : must(office.records().list({"stock_movement", {}, "", 0, false, {}}))) {
    const auto value = row.values.find("delta");
    if (unsure.count(row.id.text()) == 0 && value != row.values.end()) found += std::stol(value->second);
  }
  require(found == expected,
          "the stock is " + std::to_string(found) + ", its facts sum up to " + std::to_string(expected));
}

/// Different values in one reviewed register, nothing still to come.
bool is_disputed(const World& world, const domain::Catalogue& catalogue, const Place& place,
                 std::uint16_t kind, const Known& known) {
  const auto policy = merge::policy_of(catalogue, kind, place.field);
  if (policy != domain::Policy::kReview && policy != domain::Policy::kFact) return false;
  if (world.truth.waits(place, known)) return false;
  std::set<std::optional<std::string>> values;
  for (const Commit head : world.truth.heads(place, known)) {
    // Nobody can choose what is gone.
    if (!world.truth.is_purged(head, place)) values.insert(world.truth.write(head, place).value);
  }
  return values.size() > 1;
}

/// Removals whose author knew nothing of what hangs on the record and stands (3.5): by the names of both.
/// Where rivals say whether something is removed, nobody can tell (`unsure`).
struct BesideRemovals {
  std::set<std::string> expected;
  std::set<std::string> unsure;
};

bool knew_of(const World& world, const TrueWrite& removal, const Id& child, const Known& known) {
  const auto places = world.truth.places_of(child);
  return std::any_of(places.begin(), places.end(), [&](const Place& place) {
    const Commits heads = world.truth.heads(place, known);
    return std::any_of(heads.begin(), heads.end(), [&](Commit head) { return removal.knew.count(head) > 0; });
  });
}

BesideRemovals beside_removals(const World& world, const Known& known) {
  BesideRemovals out;
  for (const Truth::TrueRecord& child : world.truth.records()) {
    if (child.parent.is_nil() || !villages_of(world, child.id, known)) continue;
    const std::string name = world.name_of(child.parent) + " " + world.name_of(child.id);
    const auto removed = is_removed(world, child.parent, known);
    const auto child_removed = is_removed(world, child.id, known);
    if (!removed || !child_removed) out.unsure.insert(name);
    if (removed != true || child_removed != false) continue;
    for (const std::uint16_t field : {domain::kFieldVoided, domain::kFieldDeleted}) {
      const Place place{child.parent, field, ""};
      for (const Commit head : world.truth.heads(place, known)) {
        const TrueWrite& mark = world.truth.write(head, place);
        const bool removes = field == domain::kFieldDeleted ? mark.value == "1" : mark.value.has_value();
        if (removes && mark.names_children && !knew_of(world, mark, child.id, known))
          out.expected.insert(name);
      }
    }
  }
  return out;
}

void check_removals(const World& world, Laptop& office, const Known& known) {
  const BesideRemovals truth = beside_removals(world, known);
  std::set<std::string> found;
  for (const cs::ConflictItem& item : must(office.records().conflicts())) {
    if (item.what != merge::ConflictKind::kDelete || item.element.empty()) continue;
    const std::string name = world.name_of(item.record) + " " + world.name_of(must(Id::parse(item.element)));
    if (truth.unsure.count(name) == 0) found.insert(name);
  }
  require(found == truth.expected,
          "the desk asks about " + std::to_string(found.size()) +
              " records that hang on a removed one, there are " + std::to_string(truth.expected.size()) +
              (truth.expected.empty() ? "" : ", such as " + *truth.expected.begin()) +
              (found.empty() ? "" : ", found " + *found.begin()));
}

}  // namespace

void check_office(World& world, Laptop& office) {
  const Known known = world.truth.known_to_server();
  check_stock(world, office, known);
  check_removals(world, office, known);
  const domain::Catalogue catalogue = must(sync::server::county_catalogue(*world.server->read()));
  std::set<std::string> expected;
  for (const auto& [place, commits] : world.truth.registers()) {
    const TrueCommit& any = world.truth.at(commits.front());
    if (!villages_of(world, place.record, known) || !is_disputed(world, catalogue, place, any.kind, known))
      continue;
    expected.insert(world.name_of(place.record) + " " + std::to_string(place.field) + place.element);
  }
  std::set<std::string> found;
  for (const cs::ConflictItem& item : must(office.records().conflicts())) {
    if (item.what != merge::ConflictKind::kValues) continue;
    if (!villages_of(world, item.record, known)) continue;
    std::uint16_t wire = 0;
    for (const domain::Field& field : domain::Catalogue::common_fields()) {
      if (field.name == item.field) wire = field.wire;
    }
    if (wire == 0) wire = wire_of(item.kind, item.field);
    found.insert(world.name_of(item.record) + " " + std::to_string(wire) + item.element);
  }
  require(found == expected, "the conflict desk holds " + std::to_string(found.size()) +
                                 " rival values, there are " + std::to_string(expected.size()) +
                                 (expected.empty() ? "" : ", such as " + *expected.begin()) +
                                 (found.empty() ? "" : ", found " + *found.begin()));
  std::string theirs;
  must(sync::server::dump(world.server->store(), catalogue, {"", false, {}},
                          [&](const std::string& line) -> lianxin::Status {
                            theirs += line + "\n";
                            return {};
                          }));
  std::string ours;
  must(office.records().dump("", false, [&](std::string_view line) { ours += std::string(line) + "\n"; }));
  const std::size_t same = static_cast<std::size_t>(
      std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end()).first - ours.begin());
  const std::size_t from = same > 60 ? same - 60 : 0;
  require(ours == theirs, "the office's dump is not the server's: ..." + ours.substr(from, 160) +
                              "... instead of ..." + theirs.substr(from, 160));
}

}  // namespace lianxin::sim
