// A worker's whole load goes to another (sync.md 6.1; domain.md: replaced mid-month).
#include <algorithm>
#include <optional>
#include <set>

#include "sync/merge/children.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/day_spans.hpp"
#include "sync/server/service/grants.hpp"
#include "sync/server/service/moves.hpp"
#include "sync/server/service/names.hpp"
#include "sync/server/service/own_changes.hpp"
#include "sync/server/service/worker_cards.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::string_view kPair = "liaison_assignment";
constexpr std::string_view kRole = "worker_role";

/// What one worker has open on a day or later.
struct Load {
  std::map<std::string, std::set<std::string>> things;  ///< by kind; a grant or role as its word and place
  std::map<Id, std::vector<DaySpan>> pairs;             ///< days of each pair from that day on, by person
  std::map<std::string, std::vector<DaySpan>> roles;    ///< of each dated role that no grant gave, by its key

  [[nodiscard]] std::size_t count(const std::string& kind) const {
    const auto found = things.find(kind);
    if (kind != kPair) return found == things.end() ? 0 : found->second.size();
    std::size_t all = 0;
    for (const auto& [person, spans] : pairs)
      all += spans.size();
    return all;
  }
};

/// How a kind names the worker it hangs on, and when it is over.
struct LoadKind {
  std::string_view kind;
  std::string_view worker_field;
  std::string_view over_field;  ///< filled = over (from that day on)
};
constexpr LoadKind kLoadKinds[] = {{kPair, "worker_id", "to"},
                                   {kRole, "worker_id", "to"},
                                   {"org_unit", "keeper_id", "to"},
                                   {"grid", "leader_id", "to"},
                                   {"grid", "worker_ids", "to"},
                                   {"case_item", "owner_id", "closed_on"},
                                   {"support_pair", "helper_worker_id", "to"},
                                   {"hardship_record", "pair_worker_id", "relieved_on"}};

class LoadHandover {
 public:
  LoadHandover(store::Writer& writer, const domain::Catalogue& catalogue, OwnChanges& own, const Id& from,
               const Id& next, const Date& on, WallMs now_ms)
      : writer_(writer),
        catalogue_(catalogue),
        own_(own),
        from_(from),
        next_(next),
        on_(on),
        now_ms_(now_ms) {}

  [[nodiscard]] Result<Load> load_of(const Id& worker);
  /// `there` = what the next worker has.
  [[nodiscard]] Status pass(const Load& there);

 private:
  [[nodiscard]] Status add_grants(const Id& worker, Load& load);
  [[nodiscard]] bool is_open(const merge::RecordState& state, const domain::Kind& kind,
                             const LoadKind& how) const;
  [[nodiscard]] bool names(const merge::RecordState& state, const domain::Field& field,
                           const Id& worker) const;
  [[nodiscard]] Status pass_record(const LoadKind& how, const domain::Kind& kind, const Id& record);
  struct Pair {
    Id member;
    Id person;  ///< the same for all records that are said to be one
    DaySpan days;
  };
  [[nodiscard]] Result<Pair> pair_in(const merge::RecordState& state, const domain::Kind& kind);
  [[nodiscard]] Status pass_pair(const domain::Kind& kind, const Id& record, const Pair& pair);
  struct DatedRole {
    std::string role;
    std::string unit;
    std::string grid;
    DaySpan days;
    [[nodiscard]] std::string key() const { return role + " " + unit + " " + grid; }
  };
  /// nullopt = it came with a grant, and goes with it.
  [[nodiscard]] Result<std::optional<DatedRole>> role_in(const merge::RecordState& state,
                                                         const domain::Kind& kind);
  [[nodiscard]] Status pass_role(const domain::Kind& kind, const Id& record, const DatedRole& role);

  store::Writer& writer_;
  const domain::Catalogue& catalogue_;
  OwnChanges& own_;
  Id from_;
  Id next_;
  Date on_;
  WallMs now_ms_;
  std::map<Id, std::vector<DaySpan>> next_pairs_;  ///< of the next worker, with those passed on so far
  std::map<std::string, std::vector<DaySpan>> next_roles_;
};

Status LoadHandover::add_grants(const Id& worker, Load& load) {
  LX_TRY(const auto grants, writer_.grants(worker));
  for (const store::GrantRow& grant : grants) {
    if (grant.to.empty() || grant.to >= on_.text())
      load.things["grant"].insert(grant.role + " " + grant.division.text());
  }
  return {};
}

bool LoadHandover::is_open(const merge::RecordState& state, const domain::Kind& kind,
                           const LoadKind& how) const {
  const std::string over = shown_text(state, kind, how.over_field);
  return over.empty() || over >= on_.text();
}

bool LoadHandover::names(const merge::RecordState& state, const domain::Field& field,
                         const Id& worker) const {
  if (!field.is_set()) {
    const merge::Register* reg = state.find(field.wire);
    const auto owner = state.classes.find(static_cast<std::uint8_t>(field.privacy));
    return reg != nullptr && owner != state.classes.end() &&
           merge::shown(*reg, field.policy, owner->second).value == worker.text();
  }
  const auto elements = elements_in(state, field);
  return std::find(elements.begin(), elements.end(), worker) != elements.end();
}

Result<Load> LoadHandover::load_of(const Id& worker) {
  Load load;
  LX_DO(add_grants(worker, load));
  for (const LoadKind& how : kLoadKinds) {
    const domain::Kind* kind = catalogue_.kind(how.kind);
    const domain::Field* field = kind == nullptr ? nullptr : kind->field(how.worker_field);
    if (field == nullptr) continue;
    LX_TRY(const auto ids, writer_.records_of_kind(kind->wire));
    for (const Id& id : ids) {
      LX_TRY(const merge::RecordState* state, own_.workspace().state_of(id));
      if (state == nullptr || !names(*state, *field, worker) || merge::is_removed(*state)) continue;
      if (how.kind == kPair) {
        LX_TRY(const Pair pair, pair_in(*state, *kind));
        const DaySpan left = since(pair.days, on_.text());
        if (left.has_days()) load.pairs[pair.person].push_back(left);
      } else if (how.kind == kRole) {
        LX_TRY(const auto role, role_in(*state, *kind));
        const DaySpan left = role ? since(role->days, on_.text()) : DaySpan{"", ""};
        if (!role || !left.has_days()) continue;
        load.things[std::string(kRole)].insert(role->key());
        load.roles[role->key()].push_back(left);
      } else if (is_open(*state, *kind, how)) {
        load.things[std::string(how.kind)].insert(id.text());
      }
    }
  }
  return load;
}

Result<LoadHandover::Pair> LoadHandover::pair_in(const merge::RecordState& state, const domain::Kind& kind) {
  Pair pair;
  pair.days = {shown_text(state, kind, "from"), shown_text(state, kind, "to")};
  pair.member = parent_in(state, kind, state.parent);
  pair.person = state.record;
  if (pair.member.is_nil()) return pair;
  LX_TRY(const std::set<Id> person, own_.workspace().cluster_of(pair.member));
  pair.person = *person.begin();
  return pair;
}

/// A pair is history: the old one ends, a new one begins with the days that were left of it. Those on which
/// the next worker has the member already are his as they are; one that has not begun ends on its first day,
/// so that it was never the old worker's.
Status LoadHandover::pass_pair(const domain::Kind& kind, const Id& record, const Pair& pair) {
  const DaySpan left = since(pair.days, on_.text());
  if (!left.has_days()) return {};
  LX_TRY(const auto scopes, own_.workspace().scopes_of(record));
  LX_DO(own_.write(kind.name, record, {{"to", left.from}}));
  std::vector<DaySpan>& there = next_pairs_[pair.person];
  const std::vector<DaySpan> missing = uncovered(left, there);
  for (const DaySpan& span : missing) {
    std::vector<FieldValue> values{{"worker_id", next_.text()}, {"from", span.from}, {"reason", "replaced"}};
    if (!pair.member.is_nil()) values.push_back({"member_id", pair.member.text()});
    if (!span.to.empty()) values.push_back({"to", span.to});
    const OwnChanges::Place place{scopes.empty() ? Id{} : scopes.front(), pair.member};
    LX_DO(own_.write(kind.name, Id::make(now_ms_), values, place));
    there.push_back(span);
  }
  return {};
}

Result<std::optional<LoadHandover::DatedRole>> LoadHandover::role_in(const merge::RecordState& state,
                                                                     const domain::Kind& kind) {
  LX_TRY(const auto grant, writer_.grant(state.record));
  if (grant) return std::optional<DatedRole>();
  DatedRole role{shown_text(state, kind, "role"),
                 shown_text(state, kind, "org_id"),
                 shown_text(state, kind, "grid_id"),
                 {}};
  role.days = {shown_text(state, kind, "from"), shown_text(state, kind, "to")};
  return std::optional(std::move(role));
}

/// History like a pair: the old one ends, the next worker's begins, on days on which he has no such role yet.
Status LoadHandover::pass_role(const domain::Kind& kind, const Id& record, const DatedRole& role) {
  const DaySpan left = since(role.days, on_.text());
  if (!left.has_days()) return {};
  LX_DO(own_.write(kind.name, record, {{"to", left.from}}));
  std::vector<DaySpan>& there = next_roles_[role.key()];
  for (const DaySpan& span : uncovered(left, there)) {
    std::vector<FieldValue> values{{"worker_id", next_.text()}, {"role", role.role}, {"from", span.from}};
    if (!role.unit.empty()) values.push_back({"org_id", role.unit});
    if (!role.grid.empty()) values.push_back({"grid_id", role.grid});
    if (!span.to.empty()) values.push_back({"to", span.to});
    LX_DO(own_.write(kind.name, Id::make(now_ms_), values));
    there.push_back(span);
  }
  return {};
}

Status LoadHandover::pass_record(const LoadKind& how, const domain::Kind& kind, const Id& record) {
  const domain::Field& field = *kind.field(how.worker_field);
  LX_TRY(const merge::RecordState* state, own_.workspace().state_of(record));
  if (state == nullptr || !names(*state, field, from_) || merge::is_removed(*state)) return {};
  if (how.kind == kPair) {
    LX_TRY(const Pair pair, pair_in(*state, kind));
    return pass_pair(kind, record, pair);
  }
  if (how.kind == kRole) {
    LX_TRY(const auto role, role_in(*state, kind));
    return role ? pass_role(kind, record, *role) : Status();
  }
  if (!is_open(*state, kind, how)) return {};
  if (!field.is_set()) return own_.write(kind.name, record, {{field.name, next_.text()}});
  return own_.write(kind.name, record,
                    {{field.name, std::nullopt, from_.text()}, {field.name, "1", next_.text()}});
}

Status LoadHandover::pass(const Load& there) {
  next_pairs_ = there.pairs;
  next_roles_ = there.roles;
  LX_TRY(const auto grants, writer_.grants(from_));
  for (const store::GrantRow& grant : grants)
    LX_DO(pass_grant(writer_, own_, grant, {next_, grant.division, on_}, now_ms_));
  for (const Id& worker : {from_, next_})
    LX_DO(write_card_roles(writer_, own_, worker, Date::of(now_ms_)));
  for (const LoadKind& how : kLoadKinds) {
    const domain::Kind* kind = catalogue_.kind(how.kind);
    if (kind == nullptr || kind->field(how.worker_field) == nullptr) continue;
    LX_TRY(const auto ids, writer_.records_of_kind(kind->wire));
    for (const Id& id : ids)
      LX_DO(pass_record(how, *kind, id));
  }
  return {};
}

/// What both had is the next one's now: things by name, pairs day by day.
class LoadProof {
 public:
  LoadProof(const Load& old_before, const Load& old_after, const Load& next_before, const Load& next_after)
      : old_before_(old_before), old_after_(old_after), next_before_(next_before), next_after_(next_after) {}

  /// Counts into both sides of `moved`, and proves that nothing of either is lost.
  [[nodiscard]] Status count(Moved& moved) const {
    std::set<std::string> kinds;
    for (const Load* load : {&old_before_, &old_after_, &next_before_, &next_after_}) {
      for (const auto& [kind, things] : load->things)
        kinds.insert(kind);
      if (!load->pairs.empty()) kinds.emplace(kPair);
    }
    for (const std::string& kind : kinds) {
      const bool is_whole = kind == kPair ? has_all_days() : has_all(kind);
      if (old_after_.count(kind) > 0 || !is_whole) return fail("move.unequal", {{"id", kind}});
      moved.kinds[kind] = {old_before_.count(kind), old_after_.count(kind), next_before_.count(kind),
                           next_after_.count(kind), old_before_.count(kind)};
      moved.moved += old_before_.count(kind);
      moved.sides.at(0).kinds[kind] = {old_before_.count(kind), old_after_.count(kind)};
      moved.sides.at(1).kinds[kind] = {next_before_.count(kind), next_after_.count(kind)};
    }
    moved.sides.at(0).is_left = moved.moved > 0;
    return {};
  }

 private:
  [[nodiscard]] static std::set<std::string> things(const Load& load, const std::string& kind) {
    const auto found = load.things.find(kind);
    return found == load.things.end() ? std::set<std::string>() : found->second;
  }
  [[nodiscard]] bool has_all(const std::string& kind) const {
    std::set<std::string> both = things(old_before_, kind);
    both.merge(things(next_before_, kind));
    return both == things(next_after_, kind);
  }
  [[nodiscard]] bool has_all_days() const {
    std::map<Id, std::vector<DaySpan>> both = next_before_.pairs;
    for (const auto& [person, spans] : old_before_.pairs)
      both[person].insert(both[person].end(), spans.begin(), spans.end());
    return both.size() == next_after_.pairs.size() &&
           std::all_of(both.begin(), both.end(), [&](const auto& one) {
             const auto after = next_after_.pairs.find(one.first);
             return after != next_after_.pairs.end() && joined(one.second) == joined(after->second);
           });
  }

  const Load& old_before_;
  const Load& old_after_;
  const Load& next_before_;
  const Load& next_after_;
};

}  // namespace

Result<Moved> Moves::replace_worker(const Id& old_worker, const Id& next, const Date& on, bool preview) {
  const WallMs now = clock_.now_ms();
  if (!preview) LX_DO(must_have_come(on, now));  // looking ahead is allowed
  if (old_worker == next) return fail("replace.self", {{"worker", next.text()}});
  LX_TRY(const auto writer, store_.write());
  for (const Id& worker : {old_worker, next}) {
    LX_TRY(const auto row, writer->record(worker));
    if (!row || row->kind != catalogue_.kind("worker")->wire)
      return fail("worker.unknown", {{"worker", worker.text()}});
  }
  LX_TRY(OwnChanges own, OwnChanges::begin(*writer, catalogue_, county_, now));
  LoadHandover handover(*writer, catalogue_, own, old_worker, next, on, now);
  LX_TRY(const Load old_before, handover.load_of(old_worker));
  LX_TRY(const Load next_before, handover.load_of(next));
  LX_DO(handover.pass(next_before));
  LX_DO(own.finish());
  Moved moved;
  moved.from = {old_worker.text()};
  moved.into = next.text();
  for (const Id& worker : {old_worker, next}) {
    LX_TRY(std::string name, worker_name(*writer, catalogue_, worker));
    moved.sides.push_back({worker.text(), std::move(name), false, {}});
  }
  LX_TRY(const Load old_after, handover.load_of(old_worker));
  LX_TRY(const Load next_after, handover.load_of(next));
  LX_DO(LoadProof(old_before, old_after, next_before, next_after).count(moved));
  if (preview) return moved;
  LX_DO(writer->append_audit(
      audit_row(now, kByAdministrator, "worker.replace", old_worker,
                {{"worker", next.text()}, {"date", on.text()}, {"count", std::to_string(moved.moved)}})));
  LX_DO(writer->commit());
  return moved;
}

}  // namespace lianxin::sync::server
