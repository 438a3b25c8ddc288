#pragma once
// How the county's sync stands, for those who look after it without a laptop of the program: which village
// came when, what waits for a decision. Names of staff and divisions, kinds, counts and dates; no value of a
// member's record.
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "sync/server/service/administration.hpp"
#include "sync/server/service/disputes.hpp"

namespace lianxin::sync::server {

/// A laptop as it was when it last came.
struct OverviewLaptop {
  enum class Receipt : std::uint8_t {
    kNone,  ///< it has not compared yet
    kEqual,
    kUnequal,
  };
  Id device;
  std::string worker_name;
  WallMs last_seen_ms = 0;  ///< 0 = never since it was enrolled
  Receipt receipt = Receipt::kNone;
  std::int64_t clock_offset_ms = 0;
  std::uint64_t awaited = 0;  ///< changes that never came though later ones did (gaps.hpp)
};

/// A division with what lies in its own scope.
struct OverviewPlace {
  std::string code;
  std::string name;
  std::string level;
  std::string above;                    ///< name of the division over it
  std::vector<OverviewLaptop> laptops;  ///< of people whose grant names just this division, latest first
  std::uint64_t disputes = 0;
  WallMs disputed_since_ms = 0;  ///< of the oldest
  std::uint64_t kept_aside = 0;
  /// When one of its laptops last came; 0 = none ever did.
  [[nodiscard]] WallMs last_seen_ms() const { return laptops.empty() ? 0 : laptops.front().last_seen_ms; }
};

struct OverviewDispute {
  std::string code;  ///< of the first division it lies in, "" = the shelf
  std::string place;
  std::string kind;   ///< name in the catalogue, "#7" = not known here
  std::string field;  ///< the same
  WallMs since_ms = 0;
  std::shared_ptr<const domain::OwnField> own;  ///< of a field of the county's own: what it is called
};

struct Overview {
  static constexpr std::size_t kDisputesMax = 200;
  static constexpr std::size_t kKeptAsideMax = 200;

  std::string county;
  std::string viewer;  ///< name
  WallMs at_ms = 0;
  std::vector<OverviewPlace> places;        ///< by code
  std::vector<OverviewDispute> disputes;    ///< oldest first, at most kDisputesMax
  std::uint64_t disputes_all = 0;           ///< in the viewer's divisions
  std::vector<QuarantineEntry> kept_aside;  ///< oldest first, at most kKeptAsideMax
  std::uint64_t kept_aside_all = 0;
  std::uint64_t repairs = 0;  ///< copies that were put right since the server was made (sync.md 9)
};

/// Thread-safe. All references must outlive it.
class OverviewMaker {
 public:
  OverviewMaker(store::Store& store, const domain::Catalogue& catalogue, const Clock& clock)
      : store_(&store), clock_(&clock), disputes_(catalogue) {}
  /// For whose page this is: the divisions of that person's grants today. Errors "page.unknown" (also when no
  /// grant is left), and those of the store.
  [[nodiscard]] Result<Overview> at(std::string_view path);

 private:
  store::Store* store_;
  const Clock* clock_;
  std::mutex mutex_;  ///< of disputes_
  Disputes disputes_;
};

}  // namespace lianxin::sync::server
