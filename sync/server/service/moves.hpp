#pragma once
// Hand-overs (sync.md 6.1): a record with all that hangs on it, a village that goes up in another, a worker's
// whole load. Each is one transaction of ordinary changes of the server's own replica (2.7: an
// administrator's command may), with a line in the audit; a preview does all of it, counts, and takes it
// back.
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/base/date.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/server/service/county.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

/// Records of one kind on both sides: those of `Moved::from` together. What left one side has arrived on the
/// other, or the move fails.
struct MovedKind {
  std::uint64_t from_before = 0;
  std::uint64_t from_after = 0;
  std::uint64_t into_before = 0;
  std::uint64_t into_after = 0;
  std::uint64_t moved = 0;
};

/// One scope (or worker) that held something of it before or does now.
struct MovedSide {
  struct Count {
    std::uint64_t before = 0;
    std::uint64_t after = 0;
  };
  std::string code;  ///< of a worker the id
  std::string name;
  bool is_left = false;  ///< something of it went; else another record of the same person keeps all there
  std::map<std::string, Count> kinds;
};

struct Moved {
  std::map<std::string, MovedKind> kinds;  ///< by name of the kind; of a worker's load also "grant"
  std::vector<std::string> from;           ///< codes of the scopes left; of a load the worker's id
  std::string into;
  std::vector<MovedSide> sides;  ///< each by itself; the last is `into`
  std::uint64_t moved = 0;       ///< of all kinds: what left a side, or came to `into`
  std::uint64_t grants = 0;      ///< grants that went along (of a merge)
};

/// One thread; all must outlive it.
class Moves {
 public:
  Moves(store::Store& store, const domain::Catalogue& catalogue, const Clock& clock, const County& county)
      : store_(store), catalogue_(catalogue), clock_(clock), county_(county) {}

  /// Errors "handover.unknown" {id}, "handover.hangs" {id, parent} (it goes with that record),
  /// "handover.shelf" {id} (it belongs to everybody), "handover.there" {id, scope}, "division.unknown"
  /// {code}, "division.gone" and "division.ended" (standing.hpp), "move.unequal".
  [[nodiscard]] Result<Moved> hand_over(const Id& record, std::string_view into, bool preview);
  /// From `on` the divisions are part of `into`: their records, grants, stores and workers go along, the
  /// divisions end the day before and name their successor, and late work that still names them is filed
  /// there. Again = what has come in since goes along. A renumbering is a merge into the division of the new
  /// number. Errors "division.unknown" {code}, "merge.level" {code} (another level than `into`), "merge.self"
  /// {code}, "merge.gone" {code} (it has gone up in another itself, or ended), "move.future" {on},
  /// "move.unequal".
  [[nodiscard]] Result<Moved> merge_divisions(const std::vector<std::string>& from, std::string_view into,
                                              const Date& on, bool preview);
  /// Everything `old_worker` has open on `on` is `next`'s from then on: grants, pairs, grids, stores kept,
  /// open cases. What he did stays his. A pair ends on `on` (the first day without) and goes on with what was
  /// left of its days, less those on which `next` has that person already. Errors "worker.unknown" {worker},
  /// "replace.self", "move.future" {on}, "move.unequal".
  [[nodiscard]] Result<Moved> replace_worker(const Id& old_worker, const Id& next, const Date& on,
                                             bool preview);

 private:
  store::Store& store_;
  const domain::Catalogue& catalogue_;
  const Clock& clock_;
  const County& county_;
};

}  // namespace lianxin::sync::server
