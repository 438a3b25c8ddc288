// A worker's whole load goes to another (sync.md 6.1; domain.md: replaced mid-month).
#include <algorithm>
#include <set>

#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/grants.hpp"
#include "sync/server/service/moves.hpp"
#include "sync/server/service/own_changes.hpp"
#include "sync/server/service/worker_cards.hpp"

namespace lianxin::sync::server {
namespace {

/// What one worker has open on a day, by kind: a grant as role and division, a pair as its member, else the
/// record.
using Load = std::map<std::string, std::set<std::string>>;

/// How a kind names the worker it hangs on, and when it is over.
struct LoadKind {
  std::string_view kind;
  std::string_view worker_field;
  std::string_view over_field;  ///< filled = over (from that day on)
};
constexpr LoadKind kLoadKinds[] = {{"liaison_assignment", "worker_id", "to"},
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
  [[nodiscard]] Status pass();

 private:
  [[nodiscard]] Status add_grants(const Id& worker, Load& load);
  [[nodiscard]] Result<bool> is_open(const merge::RecordState& state, const domain::Kind& kind,
                                     const LoadKind& how) const;
  [[nodiscard]] bool names(const merge::RecordState& state, const domain::Field& field,
                           const Id& worker) const;
  [[nodiscard]] Status pass_record(const LoadKind& how, const domain::Kind& kind, const Id& record);
  [[nodiscard]] Status pass_pair(const domain::Kind& kind, const Id& record, const merge::RecordState& state);

  store::Writer& writer_;
  const domain::Catalogue& catalogue_;
  OwnChanges& own_;
  Id from_;
  Id next_;
  Date on_;
  WallMs now_ms_;
};

Status LoadHandover::add_grants(const Id& worker, Load& load) {
  LX_TRY(const auto grants, writer_.grants(worker));
  for (const store::GrantRow& grant : grants) {
    if (grant.to.empty() || grant.to >= on_.text())
      load["grant"].insert(grant.role + " " + grant.division.text());
  }
  return {};
}

Result<bool> LoadHandover::is_open(const merge::RecordState& state, const domain::Kind& kind,
                                   const LoadKind& how) const {
  for (const domain::Field& common : domain::Catalogue::common_fields()) {
    if (common.wire != domain::kFieldDeleted && common.wire != domain::kFieldVoided) continue;
    for (const auto& [privacy, owner] : state.classes) {  // marks stand in the kind's least private class
      const auto reg = owner.registers.find({common.wire, ""});
      if (reg == owner.registers.end() || reg->second.heads.empty()) continue;
      const merge::Shown shown = merge::shown(reg->second, common.policy, owner);
      const std::string value = shown.value.value_or("");
      if (shown.purged || (!value.empty() && value != "0")) return false;
    }
  }
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
      if (state == nullptr || !names(*state, *field, worker)) continue;
      LX_TRY(const bool open, is_open(*state, *kind, how));
      const bool is_pair = how.kind == "liaison_assignment";
      if (open)
        load[std::string(how.kind)].insert(is_pair ? parent_in(*state, *kind, state->parent).text()
                                                   : id.text());
    }
  }
  return load;
}

/// A pair is history: the old one ends, a new one begins.
Status LoadHandover::pass_pair(const domain::Kind& kind, const Id& record, const merge::RecordState& state) {
  LX_TRY(const auto scopes, own_.workspace().scopes_of(record));
  const Id member = parent_in(state, kind, state.parent);
  LX_DO(own_.write(kind.name, record, {{"to", on_.plus_days(-1).text()}}));
  const OwnChanges::Place place{scopes.empty() ? Id{} : scopes.front(), member};
  return own_.write(kind.name, Id::make(now_ms_),
                    {{"member_id", member.text()},
                     {"worker_id", next_.text()},
                     {"from", on_.text()},
                     {"reason", "replaced"}},
                    place);
}

Status LoadHandover::pass_record(const LoadKind& how, const domain::Kind& kind, const Id& record) {
  const domain::Field& field = *kind.field(how.worker_field);
  LX_TRY(const merge::RecordState* state, own_.workspace().state_of(record));
  if (state == nullptr || !names(*state, field, from_)) return {};
  LX_TRY(const bool open, is_open(*state, kind, how));
  if (!open) return {};
  if (how.kind == "liaison_assignment") return pass_pair(kind, record, merge::RecordState(*state));
  if (!field.is_set()) return own_.write(kind.name, record, {{field.name, next_.text()}});
  return own_.write(kind.name, record,
                    {{field.name, std::nullopt, from_.text()}, {field.name, "1", next_.text()}});
}

Status LoadHandover::pass() {
  LX_TRY(const auto grants, writer_.grants(from_));
  for (const store::GrantRow& grant : grants)
    LX_DO(pass_grant(writer_, grant, {next_, grant.division, on_}, now_ms_));
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

/// All that was one's is the other's, and nothing of either is lost.
Status count_load(const Load& old_before, const Load& old_after, const Load& next_before,
                  const Load& next_after, Moved& moved) {
  static const std::set<std::string> kNothing;
  const auto of = [](const Load& load, const std::string& kind) -> const std::set<std::string>& {
    const auto found = load.find(kind);
    return found == load.end() ? kNothing : found->second;
  };
  std::set<std::string> kinds;
  for (const Load* load : {&old_before, &old_after, &next_before, &next_after}) {
    for (const auto& [kind, things] : *load)
      kinds.insert(kind);
  }
  for (const std::string& kind : kinds) {
    std::set<std::string> all = of(old_before, kind);
    all.insert(of(next_before, kind).begin(), of(next_before, kind).end());
    if (!of(old_after, kind).empty() || all != of(next_after, kind))
      return fail("move.unequal", {{"id", kind}});
    moved.kinds[kind] = {of(old_before, kind).size(), of(old_after, kind).size(),
                         of(next_before, kind).size(), of(next_after, kind).size(),
                         of(old_before, kind).size()};
    moved.moved += of(old_before, kind).size();
  }
  return {};
}

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
  LX_DO(handover.pass());
  LX_DO(own.finish());
  Moved moved;
  moved.from = {old_worker.text()};
  moved.into = next.text();
  LX_TRY(const Load old_after, handover.load_of(old_worker));
  LX_TRY(const Load next_after, handover.load_of(next));
  LX_DO(count_load(old_before, old_after, next_before, next_after, moved));
  if (preview) return moved;
  LX_DO(writer->append_audit(
      audit_row(now, kByAdministrator, "worker.replace", old_worker,
                {{"worker", next.text()}, {"date", on.text()}, {"count", std::to_string(moved.moved)}})));
  LX_DO(writer->commit());
  return moved;
}

}  // namespace lianxin::sync::server
