#include "sync/merge/merge.hpp"

#include <algorithm>
#include <set>

#include "shared/base/text.hpp"

namespace lianxin::sync::merge {
namespace {

template <class Sorted>
auto by_id(Sorted& sorted, const ChangeId& id) {
  return std::lower_bound(sorted.begin(), sorted.end(), id,
                          [](const auto& one, const ChangeId& wanted) { return one.id < wanted; });
}

void insert_sorted(RareVector<ChangeId>& sorted, const ChangeId& id) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), id);
  if (at == sorted.end() || *at != id) sorted.insert(at, id);
}

bool erase_sorted(RareVector<ChangeId>& sorted, const ChangeId& id) {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), id);
  if (at == sorted.end() || *at != id) return false;
  sorted.erase(at);
  return true;
}

std::vector<ChangeId> ids_of(const std::vector<change::SeenRef>& refs) {
  std::vector<ChangeId> ids;
  ids.reserve(refs.size());
  for (const change::SeenRef& ref : refs)
    ids.push_back(ref.id);
  return ids;
}

/// Fields of a kind are numbered one after the other, so a register mostly lies as far from the first as its
/// number does: found there, the keys between are not read.
Register& register_of(FlatMap<RegisterKey, Register>& registers, RegisterKey key) {
  if (!registers.empty()) {
    const auto first = registers.begin();
    const std::size_t guess =
        static_cast<std::size_t>(key.field) - first->first.field;  // too far where it is less
    if (guess < registers.size() && (first + static_cast<std::ptrdiff_t>(guess))->first == key)
      return (first + static_cast<std::ptrdiff_t>(guess))->second;
  }
  return registers[std::move(key)];
}

/// What one change did besides adding its own writes.
struct Touched {
  std::set<ChangeId> ghosts;
  ShortVector<ChangeId> replaced;
};

/// Replaces what a write names: heads go, what is not here becomes a ghost, and an inert write is reached
/// through (3.2, 3.3).
void replace(Register& reg, const std::vector<change::SeenRef>& seen, const IsMissing& is_missing,
             Touched& touched) {
  std::vector<ChangeId> through_inert;
  std::set<ChangeId> visited;
  const auto replace_one = [&](const ChangeId& id) {
    // Only inert writes can lead to the same one twice.
    if (!reg.inert.empty() && !visited.insert(id).second) return;
    if (const auto head = by_id(reg.heads, id); head != reg.heads.end() && head->id == id) {
      reg.heads.erase(head);
      touched.replaced.push_back(id);
      return;
    }
    const auto inert = by_id(reg.inert, id);
    const bool is_inert = inert != reg.inert.end() && inert->id == id;
    if (is_inert) through_inert.insert(through_inert.end(), inert->seen.begin(), inert->seen.end());
    if (is_inert || is_missing(id)) {
      insert_sorted(reg.ghosts, id);
      touched.ghosts.insert(id);
    }
  };
  for (const change::SeenRef& ref : seen)
    replace_one(ref.id);
  while (!through_inert.empty()) {
    const ChangeId id = through_inert.back();
    through_inert.pop_back();
    replace_one(id);
  }
}

/// Metas exactly of the changes that have a head; only what was replaced can have lost its last.
void drop_dead_metas(RecordState& state, const ShortVector<ChangeId>& replaced) {
  if (replaced.empty()) return;
  for (auto& [privacy, owner] : state.classes) {
    const auto& registers = std::as_const(owner.registers);
    for (const ChangeId& id : replaced) {
      const bool lives = std::any_of(registers.begin(), registers.end(), [&](const auto& entry) {
        const auto head = by_id(entry.second.heads, id);
        return head != entry.second.heads.end() && head->id == id;
      });
      if (!lives) owner.metas.erase(id);
    }
  }
}

/// A purged head is nobody's rival: there is nothing left to choose.
bool has_rival_values(const Register& reg) {
  const auto kept = std::find_if(reg.heads.begin(), reg.heads.end(), [](const Head& h) { return !h.purged; });
  return std::any_of(kept, reg.heads.end(),
                     [&](const Head& h) { return !h.purged && h.value != kept->value; });
}

/// Waiting for something not here; a ghost that is here, inert, is no reason to wait.
bool waits(const Register& reg) {
  return std::any_of(reg.ghosts.begin(), reg.ghosts.end(), [&](const ChangeId& id) {
    return std::none_of(reg.inert.begin(), reg.inert.end(),
                        [&](const Inert& inert) { return inert.id == id; });
  });
}

/// Numbers by size and before all other texts (dates compare as texts), so that the order is total.
bool value_less(const std::string& a, const std::string& b) {
  const auto x = read_integer(a);
  const auto y = read_integer(b);
  if (x.has_value() != y.has_value()) return x.has_value();
  return x && *x != *y ? *x < *y : a < b;
}

const Head& strongest(const Register& reg, const ClassState& owner, bool by_evidence) {
  const Head* best = &reg.heads.front();
  for (const Head& head : reg.heads) {
    if (head.purged != best->purged) {
      if (best->purged) best = &head;
      continue;
    }
    if (head.id != best->id &&
        shown_before(head.id, owner.metas.at(head.id), best->id, owner.metas.at(best->id), by_evidence)) {
      best = &head;
    }
  }
  return *best;
}

const Head& extreme(const Register& reg, bool largest) {
  const Head* best = &reg.heads.front();
  for (const Head& head : reg.heads) {
    if (!head.value) continue;
    const bool better = !best->value || (largest ? value_less(*best->value, *head.value)
                                                 : value_less(*head.value, *best->value));
    if (better) best = &head;
  }
  return *best;
}

const Head& present(const Register& reg) {
  const auto found =
      std::find_if(reg.heads.begin(), reg.heads.end(), [](const Head& h) { return h.value.has_value(); });
  return found == reg.heads.end() ? reg.heads.front() : *found;
}

Head head_of(const ChangeId& id, const change::WriteHead& write, const change::WriteValue& value) {
  return {id, value.value(), value.state == change::WriteValue::State::kPurged, ids_of(write.group_seen)};
}

/// The first change of a class: there is nothing to look for. False = nothing was done, as it writes one
/// register twice.
bool apply_first(ClassState& owner, const change::ChangeBody& body, const change::ChangeValues& values,
                 const HeadMeta& meta, const IsMissing& is_missing, Touched& touched) {
  FlatMap<RegisterKey, Register>::Gathering registers(body.writes.size());
  for (std::size_t i = 0; i < body.writes.size(); ++i) {
    const change::WriteHead& write = body.writes[i];
    Register& reg = registers.add({write.field, write.element}, Register{}).second;
    if (!write.seen.empty()) replace(reg, write.seen, is_missing, touched);
    reg.heads.push_back(head_of(body.id, write, values.values[i]));
  }
  auto taken = registers.taken();
  if (!taken) return false;
  owner.registers = std::move(*taken);
  owner.metas[body.id] = meta;
  return true;
}

}  // namespace

Applied apply(RecordState& state, const change::ChangeBody& body, const change::ChangeValues& values,
              const HeadMeta& meta, const IsMissing& is_missing) {
  Applied out;
  Touched touched;
  ClassState& only = state.classes[body.privacy()];
  if (only.empty() && apply_first(only, body, values, meta, is_missing, touched)) {
    out.changed = !body.writes.empty();
    out.new_ghosts.assign(touched.ghosts.begin(), touched.ghosts.end());
    return out;
  }
  for (std::size_t i = 0; i < body.writes.size(); ++i) {
    const change::WriteHead& write = body.writes[i];
    ClassState& owner = state.classes[write.privacy];
    if (owner.registers.empty()) owner.registers.reserve(body.writes.size());
    Register& reg = register_of(owner.registers, {write.field, write.element});
    const auto at = by_id(reg.heads, body.id);
    if (at != reg.heads.end() && at->id == body.id) continue;
    out.changed = true;
    if (const auto inert = by_id(reg.inert, body.id); inert != reg.inert.end() && inert->id == body.id)
      reg.inert.erase(inert);
    const bool dead_on_arrival = erase_sorted(reg.ghosts, body.id);
    replace(reg, write.seen, is_missing, touched);
    if (!dead_on_arrival) {
      reg.heads.insert(by_id(reg.heads, body.id), head_of(body.id, write, values.values[i]));
      owner.metas[body.id] = meta;
    }
    out.concurrent = out.concurrent || has_rival_values(reg);
  }
  drop_dead_metas(state, touched.replaced);
  out.new_ghosts.assign(touched.ghosts.begin(), touched.ghosts.end());
  return out;
}

Applied apply_inert(RecordState& state, const change::ChangeBody& body, const IsMissing& is_missing) {
  Applied out;
  Touched touched;
  for (const change::WriteHead& write : body.writes) {
    ClassState& owner = state.classes[write.privacy];
    Register& reg = owner.registers[{write.field, write.element}];
    const auto at = by_id(reg.inert, body.id);
    if (at != reg.inert.end() && at->id == body.id) continue;
    // Told again that an accepted write was once kept aside: acceptance is later, and stands.
    if (const auto head = by_id(reg.heads, body.id); head != reg.heads.end() && head->id == body.id) continue;
    out.changed = true;
    reg.inert.insert(at, {body.id, ids_of(write.seen)});
    if (std::binary_search(reg.ghosts.begin(), reg.ghosts.end(), body.id)) {
      replace(reg, write.seen, is_missing, touched);
    }
  }
  drop_dead_metas(state, touched.replaced);
  out.new_ghosts.assign(touched.ghosts.begin(), touched.ghosts.end());
  return out;
}

bool shown_before(const ChangeId& a, const HeadMeta& ma, const ChangeId& b, const HeadMeta& mb,
                  bool by_evidence) {
  if (by_evidence) {
    const int ra = change::evidence_rank(ma.cause.kind);
    const int rb = change::evidence_rank(mb.cause.kind);
    if (ra != rb) return ra > rb;
  }
  if (ma.suspect != mb.suspect) return !ma.suspect;
  if (ma.effective_ms != mb.effective_ms) return ma.effective_ms > mb.effective_ms;
  return a > b;
}

Shown shown(const Register& reg, domain::Policy policy, const ClassState& owner) {
  Shown out;
  out.waiting = waits(reg);
  if (reg.heads.empty()) return out;
  const bool review = policy == domain::Policy::kReview || policy == domain::Policy::kFact;
  const Head* head = nullptr;
  if (policy == domain::Policy::kBoth) {
    head = &present(reg);
  } else if (policy == domain::Policy::kMax || policy == domain::Policy::kMin) {
    head = &extreme(reg, policy == domain::Policy::kMax);
  } else {
    head = &strongest(reg, owner, review);
  }
  out.value = head->value;
  out.head = head->id;
  out.purged = head->purged;
  out.in_dispute = review && !out.waiting && has_rival_values(reg);
  return out;
}

domain::Policy policy_of(const domain::Catalogue& catalogue, std::uint16_t kind, std::uint16_t field) {
  const domain::Kind* known = catalogue.kind(kind);
  const domain::Field* row = known == nullptr ? nullptr : known->field(field);
  if (row != nullptr) return row->policy;
  for (const domain::Field& common : domain::Catalogue::common_fields()) {
    if (common.wire == field) return common.policy;
  }
  return domain::Policy::kReview;
}

namespace {

std::vector<change::SeenRef> refs_of(const Register& reg) {
  std::vector<change::SeenRef> out;
  for (const Head& head : reg.heads)
    out.push_back({head.id, std::nullopt});
  return out;
}

void sort_once(std::vector<change::SeenRef>& refs) {
  std::sort(refs.begin(), refs.end());
  refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
}

}  // namespace

std::vector<change::SeenRef> heads_of(const RecordState& state, const RegisterKey& key) {
  const Register* reg = state.find(key.field, key.element);
  return reg == nullptr ? std::vector<change::SeenRef>{} : refs_of(*reg);
}

std::vector<change::SeenRef> group_heads_of(const RecordState& state, const domain::Kind& kind,
                                            const domain::Field& field) {
  std::vector<change::SeenRef> out;
  if (field.group == 0) return out;
  for (const domain::Field& other : kind.fields) {
    if (other.group != field.group || other.wire == field.wire) continue;
    const auto heads = heads_of(state, {other.wire, ""});
    out.insert(out.end(), heads.begin(), heads.end());
  }
  sort_once(out);
  return out;
}

std::vector<change::SeenRef> all_heads_of(const RecordState& state) {
  std::vector<change::SeenRef> out;
  for (const auto& [privacy, owner] : state.classes) {
    for (const auto& [key, reg] : owner.registers) {
      const auto heads = refs_of(reg);
      out.insert(out.end(), heads.begin(), heads.end());
    }
  }
  sort_once(out);
  return out;
}

}  // namespace lianxin::sync::merge
