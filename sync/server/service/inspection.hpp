#pragma once
// Looking at the whole store: the canonical dump, and the proof that everything in it agrees.
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

using OnLine = std::function<Status(const std::string& line)>;

struct DumpWanted {
  std::string scope;   ///< code of a division: it and all below; "" = every scope
  bool shelf = false;  ///< with the reference shelf
  Id viewer;           ///< nil = everything; a worker's id = what that worker's laptop holds, as it holds it
  Date today;          ///< the day on which the viewer's grants are judged
};
/// Lines of merge::dump_line without line ends, sorted by kind and id. One snapshot. Error "division.unknown"
/// {code}, and what `take` says.
[[nodiscard]] Status dump(store::Store& store, const domain::Catalogue& catalogue, const DumpWanted& wanted,
                          const OnLine& take);

struct Problem {
  std::string invariant;  ///< "files" "chain" "watermark" "feed" "state" "digest" "membership"
                          ///< "moved" "pairing" "sharing"
  std::string record;     ///< record id, replica or scope it is about
  std::string what;       ///< technical, without values
};
struct Verification {
  std::map<std::string, std::uint64_t> checked;  ///< "changes" "replicas" "records" "states" "feeds"
  std::vector<Problem> problems;
  [[nodiscard]] bool ok() const { return problems.empty(); }
};
/// Recomputes every chain, compares watermarks with the log, rebuilds every state from the log by merging,
/// sums every digest, counts every feed and looks for moves that are not listed. One snapshot; no change is
/// made.
[[nodiscard]] Result<Verification> verify(store::Store& store);

}  // namespace lianxin::sync::server
