#pragma once
// What the person of this laptop may write where: the dated roles and the card, as the county gave them, over
// the tree of units (domain.md 2, design.md 12). What comes from elsewhere is never judged here.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/store/kind_tables.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/id.hpp"
#include "shared/domain/check.hpp"
#include "shared/domain/edit_role.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// Read once, when first asked. One thread.
class Rights {
 public:
  /// Of the person of this laptop, on the county's day: by this clock, set right by what the server told of
  /// it; a role ends by what the server has told of the time.
  Rights(lianxin::store::Database& database, const Clock& clock)
      : database_(database), now_ms_(clock.now_ms()) {}

  /// The highest role that holds for `place`, a unit or one above it; nil (the shelf) = the highest anywhere.
  /// A laptop that was told nothing of its person yet (enrolled by stick, no answer so far) is not held back:
  /// it has nobody's records.
  [[nodiscard]] Result<domain::EditRole> in(const Id& place);
  [[nodiscard]] Result<bool> may(domain::EditRole needed, const Id& place);

 private:
  struct Held {
    domain::EditRole role = domain::EditRole::kWorker;
    std::string unit;  ///< its id as text; "" = everywhere
  };
  [[nodiscard]] Status read();
  [[nodiscard]] Status read_dated();
  [[nodiscard]] Status read_card();
  [[nodiscard]] Status hold(const std::string& word, const std::string& unit);

  lianxin::store::Database& database_;
  WallMs now_ms_;
  Id worker_;
  std::string today_;
  std::string over_by_;  ///< roles that ended by this day are over
  bool is_read_ = false;
  bool is_told_ = false;
  std::vector<std::string> dated_;  ///< words of roles that stand with dates, over or not
  std::vector<Held> held_;
  std::map<Id, domain::EditRole> by_place_;
};

/// The first that was written of what stands in a record (a state does not keep who wrote a value that was
/// replaced): whose it is, and since when. nullptr = nothing was.
[[nodiscard]] const sync::merge::HeadMeta* first_written(const sync::merge::RecordState& shown);

/// Whose a write is.
struct WhoMay {
  domain::EditRole role = domain::EditRole::kWorker;
  bool of_other = false;  ///< a fact is its author's (domain.md 2.3); from the branch on it may be voided
};

/// Whose the write is of `value` (of a set: of `element`) over what is shown, asked by `worker`; taking a
/// record away is whose all its fields are. `making` = the record is new.
[[nodiscard]] WhoMay who_may(const domain::Kind& kind, const sync::merge::RecordState& shown,
                             const Id& worker, const domain::Field& field, const std::string& element,
                             const std::optional<std::string>& value, bool making);

/// The place whose role counts: of a unit itself the unit, else the scope.
[[nodiscard]] Id place_of_right(const domain::Kind& kind, const Id& record, const Id& scope);

/// "problem.role_<role>" (who fills the field in), "problem.role_step_<role>" (who says this of its codes),
/// "problem.role_void_<role>" (who voids such a record), "problem.role_void_of_other_<role>" (who voids what
/// is not one's own), "problem.role_make_<role>" (who makes such records).
[[nodiscard]] domain::Problem refusal(const domain::Kind& kind, const domain::Field& field,
                                      const WhoMay& needed);
[[nodiscard]] domain::Problem refusal_to_make(std::string_view field, domain::EditRole needed);

}  // namespace lianxin::client::store
