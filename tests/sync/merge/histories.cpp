#include "tests/sync/merge/histories.hpp"

#include <algorithm>

namespace lianxin::test {

using namespace sync::merge;
using sync::change::ChangeBody;
using sync::change::SeenRef;
using sync::change::WriteHead;
using sync::change::WriteValue;

const domain::Catalogue& small_catalogue() {
  static const domain::Catalogue kSmall = [] {
    auto parsed = domain::Catalogue::parse(
        "version\t1\n"
        "kind\t1\tthing\tprofile\tshelf\n"
        "field\t32\treviewed\ttext\treview\tgeneral\t-\t-\t-\t-\t1\n"
        "field\t33\tnewest\ttext\tlatest\tgeneral\t-\t-\t-\t-\t1\n"
        "field\t34\ttags\treference_set\tboth\tgeneral\t-\t-\tthing\t-\t1\n"
        "field\t35\tmost\tinteger\tmax\tgeneral\t-\t-\t-\t-\t1\n"
        "field\t36\tleast\tinteger\tmin\tgeneral\t-\t-\t-\t-\t1\n"
        "field\t37\ttown\ttext\treview\tgeneral\t-\t1\t-\t-\t1\n"
        "field\t38\tfirm\ttext\treview\tgeneral\t-\t1\t-\t-\t1\n"
        "field\t39\tdesk\ttext\treview\tgeneral\t-\t1\t-\t-\t1\n"
        "field\t40\ttalk\ttext\treview\tnotes\t-\t-\t-\t-\t1\n");
    LX_CHECK(parsed.ok(), parsed.error().code.c_str());
    return std::move(parsed).value();
  }();
  return kSmall;
}

namespace {

std::vector<SeenRef> refs_of(std::vector<ChangeId> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::vector<SeenRef> refs;
  refs.reserve(ids.size());
  for (const ChangeId& id : ids)
    refs.push_back({id, std::nullopt});
  return refs;
}

}  // namespace

std::vector<ChangeId> ids_of(const std::vector<SeenRef>& refs) {
  std::vector<ChangeId> ids;
  ids.reserve(refs.size());
  for (const SeenRef& ref : refs)
    ids.push_back(ref.id);
  return ids;
}

Written written(const ChangeId& id, const std::vector<OneWrite>& writes, WallMs ms,
                sync::change::CauseKind cause) {
  Written out;
  out.body.id = id;
  out.body.action = id.counter;
  out.body.hlc = static_cast<std::uint64_t>(ms) << 16;
  out.body.record.octets[0] = 1;
  out.body.kind = 1;
  out.body.cause.kind = cause;
  for (const OneWrite& write : writes) {
    out.body.writes.push_back(
        {write.field, write.element, write.privacy, refs_of(write.seen), refs_of(write.group_seen)});
    out.values.values.push_back(WriteValue::of(write.value));
  }
  out.values.secret.emplace();
  out.meta.hlc = out.body.hlc;
  out.meta.effective_ms = ms;
  out.meta.cause = out.body.cause;
  return out;
}

RecordState empty_record() {
  RecordState state;
  state.record.octets[0] = 1;
  state.kind = 1;
  return state;
}

Applied take(RecordState& state, const Written& change, const std::set<ChangeId>& missing) {
  return apply(state, change.body, change.values, change.meta,
               [&](const ChangeId& id) { return missing.count(id) > 0; });
}

History random_history(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&random](std::uint64_t n) { return random() % n; };
  const std::uint16_t fields[] = {kReviewed, kTown, kFirm};
  History out;
  std::map<std::uint16_t, std::vector<ChangeId>> pool;
  std::map<std::uint64_t, std::uint64_t> counters;
  const std::uint64_t count = 2 + below(8);
  for (std::uint64_t n = 0; n < count; ++n) {
    const std::uint64_t replica = 1 + below(3);
    const ChangeId id{{replica}, ++counters[replica]};
    std::vector<OneWrite> writes;
    const std::uint64_t chosen = 1 + below(7);  // which of the three fields: any but none
    for (std::size_t f = 0; f < 3; ++f) {
      if ((chosen >> f & 1) == 0) continue;
      OneWrite write{fields[f], "", std::to_string(below(4)), {}, {}, 0};
      std::vector<ChangeId>& earlier = pool[fields[f]];
      for (std::uint64_t k = below(3); k > 0 && !earlier.empty(); --k)
        write.seen.push_back(earlier[below(earlier.size())]);
      writes.push_back(std::move(write));
    }
    for (const OneWrite& write : writes)
      pool[write.field].push_back(id);
    out.changes.push_back(written(id, writes, static_cast<WallMs>(1000 + below(20))));
    if (below(4) > 0) continue;
    out.inert.insert(id);
    if (below(5) < 2) out.accepted_later.insert(id);
  }
  return out;
}

namespace {

using Seen = std::map<ChangeId, std::vector<ChangeId>>;

/// Did the author of `writer` name `wanted`, directly or through what stayed inert?
bool names(const Seen& seen, const History& history, const ChangeId& writer, const ChangeId& wanted) {
  const auto named = seen.find(writer);
  if (named == seen.end()) return false;
  return std::any_of(named->second.begin(), named->second.end(), [&](const ChangeId& id) {
    return id == wanted || (history.stays_inert(id) && names(seen, history, id, wanted));
  });
}

bool is_replaced(const Seen& seen, const History& history, const ChangeId& wanted) {
  return std::any_of(seen.begin(), seen.end(), [&](const auto& writer) {
    return !history.stays_inert(writer.first) && names(seen, history, writer.first, wanted);
  });
}

}  // namespace

std::map<RegisterKey, std::set<ChangeId>> heads_by_definition(const History& history) {
  std::map<RegisterKey, Seen> registers;
  for (const Written& change : history.changes) {
    for (const WriteHead& write : change.body.writes)
      registers[{write.field, write.element}][change.body.id] = ids_of(write.seen);
  }
  std::map<RegisterKey, std::set<ChangeId>> heads;
  for (const auto& [key, seen] : registers) {
    for (const auto& [id, ignored] : seen) {
      if (!is_replaced(seen, history, id) && !history.stays_inert(id)) heads[key].insert(id);
    }
  }
  return heads;
}

std::map<RegisterKey, std::set<ChangeId>> heads_in(const RecordState& state) {
  std::map<RegisterKey, std::set<ChangeId>> heads;
  for (const auto& [privacy, owner] : state.classes) {
    for (const auto& [key, reg] : owner.registers) {
      for (const Head& head : reg.heads)
        heads[key].insert(head.id);
    }
  }
  return heads;
}

std::vector<Step> random_order(const History& history, std::mt19937_64& random, bool repeats) {
  std::vector<Step> steps;
  for (const Written& change : history.changes)
    steps.push_back({history.inert.count(change.body.id) > 0, &change});
  std::shuffle(steps.begin(), steps.end(), random);
  const auto insert_after = [&](std::size_t at, const Step& step) {
    const std::size_t to = at + 1 + random() % (steps.size() - at);
    steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(to), step);
  };
  for (const Written& change : history.changes) {
    if (history.accepted_later.count(change.body.id) == 0) continue;
    const auto at =
        std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.change == &change; });
    insert_after(static_cast<std::size_t>(at - steps.begin()), {false, &change});
  }
  for (std::uint64_t k = repeats ? 1 + random() % 4 : 0; k > 0; --k) {
    const std::size_t at = random() % steps.size();
    insert_after(at, Step(steps[at]));
  }
  return steps;
}

void real_rule(RecordState& state, const Step& step, const IsMissing& is_missing) {
  const Written& change = *step.change;
  if (step.inert)
    apply_inert(state, change.body, is_missing);
  else
    apply(state, change.body, change.values, change.meta, is_missing);
}

RecordState replay(const std::vector<Step>& steps, const Rule& rule, bool has_log) {
  RecordState state = empty_record();
  std::set<ChangeId> arrived;
  std::set<ChangeId> applied;
  const IsMissing is_missing = [&](const ChangeId& id) { return arrived.count(id) == 0; };
  for (const Step& step : steps) {
    const ChangeId& id = step.change->body.id;
    const bool is_known = step.inert ? arrived.count(id) > 0 : applied.count(id) > 0;
    if (has_log && is_known) continue;
    rule(state, step, is_missing);
    arrived.insert(id);
    if (!step.inert) applied.insert(id);
  }
  return state;
}

Bytes bytes_of(const RecordState& state) {
  Bytes out;
  for (const auto& [privacy, owner] : state.classes)
    out += static_cast<char>(privacy) + encode_class_state(owner);
  return out;
}

}  // namespace lianxin::test
