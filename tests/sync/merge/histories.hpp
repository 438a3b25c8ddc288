#pragma once
// Changes by hand and random histories of one record, with a definition of its heads that knows nothing of
// how they are computed.
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "sync/merge/merge.hpp"

namespace lianxin::test {

using sync::merge::ClassState;
using sync::merge::HeadMeta;
using sync::merge::IsMissing;
using sync::merge::RecordState;
using sync::merge::RegisterKey;

/// Fields of the catalogue of these tests, kind 1.
inline constexpr std::uint16_t kReviewed = 32;
inline constexpr std::uint16_t kLatest = 33;
inline constexpr std::uint16_t kTags = 34;
inline constexpr std::uint16_t kMost = 35;
inline constexpr std::uint16_t kLeast = 36;
inline constexpr std::uint16_t kTown = 37;  ///< group 1
inline constexpr std::uint16_t kFirm = 38;  ///< group 1
inline constexpr std::uint16_t kDesk = 39;  ///< group 1
inline constexpr std::uint16_t kTalk = 40;  ///< class notes
[[nodiscard]] const domain::Catalogue& small_catalogue();

struct Written {
  sync::change::ChangeBody body;
  sync::change::ChangeValues values;
  HeadMeta meta;
};

struct OneWrite {
  std::uint16_t field = kReviewed;
  std::string element;
  std::optional<std::string> value;
  std::vector<ChangeId> seen;
  std::vector<ChangeId> group_seen;
  std::uint8_t privacy = 0;
};

/// A change of record kind 1; stamp and effective time are `ms`.
[[nodiscard]] Written written(const ChangeId& id, const std::vector<OneWrite>& writes, WallMs ms = 1000,
                              sync::change::CauseKind cause = sync::change::CauseKind::kTyped);
[[nodiscard]] std::vector<ChangeId> ids_of(const std::vector<sync::change::SeenRef>& refs);
[[nodiscard]] RecordState empty_record();
/// Applies with nothing missing but what `missing` names.
sync::merge::Applied take(RecordState& state, const Written& change, const std::set<ChangeId>& missing = {});

struct History {
  std::vector<Written> changes;
  std::set<ChangeId> inert;           ///< arrive as inert
  std::set<ChangeId> accepted_later;  ///< of these, the ones accepted
  [[nodiscard]] bool stays_inert(const ChangeId& id) const {
    return inert.count(id) > 0 && accepted_later.count(id) == 0;
  }
};
/// Up to nine changes of three replicas to three registers, each shown any earlier writes.
[[nodiscard]] History random_history(std::uint64_t seed);

/// A write is a head iff it is applied and no applied write's author named it, directly or through writes
/// that stayed inert (sync.md 3.2, 3.3).
[[nodiscard]] std::map<RegisterKey, std::set<ChangeId>> heads_by_definition(const History& history);
[[nodiscard]] std::map<RegisterKey, std::set<ChangeId>> heads_in(const RecordState& state);

struct Step {
  bool inert = false;
  const Written* change = nullptr;
};
/// Any order in which acceptance follows the inert arrival; with `repeats` some steps come again later.
[[nodiscard]] std::vector<Step> random_order(const History& history, std::mt19937_64& random, bool repeats);

using Rule = std::function<void(RecordState&, const Step&, const IsMissing&)>;
/// The rule as the product has it.
void real_rule(RecordState& state, const Step& step, const IsMissing& is_missing);
/// What a server makes of the steps: its log says what has arrived and what was applied before.
[[nodiscard]] RecordState replay(const std::vector<Step>& steps, const Rule& rule, bool has_log = true);
[[nodiscard]] Bytes bytes_of(const RecordState& state);

}  // namespace lianxin::test
