#pragma once
// Changes this laptop holds (table `change`): its own, all of them, and those its feeds brought.
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "shared/store/database.hpp"
#include "sync/change/change.hpp"
#include "sync/change/hlc.hpp"
#include "sync/merge/merge.hpp"

namespace lianxin::client::store {

enum class ChangeStatus : std::uint8_t { kApplied = 0, kQuarantined = 1, kClosed = 2 };

/// One row of the log.
struct LoggedChange {
  sync::change::ChangeBody body;
  std::optional<sync::change::ChangeValues> values;  ///< nullopt = head only (inert)
  WallMs effective_ms = 0;
  bool suspect = false;
  ChangeStatus status = ChangeStatus::kApplied;
  std::string reason;
  std::string owner;
  bool in_overlay = false;
  bool in_base = false;
  std::int64_t seq = 0;  ///< order of arrival
  [[nodiscard]] sync::merge::HeadMeta meta() const;
};

class ChangeLog {
 public:
  explicit ChangeLog(lianxin::store::Database& database) : database_(database) {}

  /// An own change, new: in the overlay, time provisional.
  [[nodiscard]] Status append_own(const sync::change::Change& change);
  /// A change a feed brought, which applies. False = something stands under its name already, and nothing is
  /// written.
  [[nodiscard]] Result<bool> put_new(const sync::change::ChangeBody& body, BytesView body_bytes,
                                     BytesView values, WallMs effective_ms, bool suspect);
  /// The same; `values` empty = head only. Already there (a quarantined one that is accepted):
  /// its time, values and flags are brought up to date.
  [[nodiscard]] Status put_foreign(const sync::change::ChangeBody& body, BytesView body_bytes,
                                   BytesView values, WallMs effective_ms, bool suspect, ChangeStatus status);
  /// A change another laptop brought: in the overlay, time provisional, no hash of ours.
  [[nodiscard]] Status put_peer(const sync::change::Change& change);
  [[nodiscard]] Result<std::optional<LoggedChange>> find(const ChangeId& id);
  [[nodiscard]] Result<bool> has(const ChangeId& id);
  /// It came back in a feed: out of the overlay, with the server's time.
  [[nodiscard]] Status settle(const ChangeId& id, WallMs effective_ms, bool suspect, bool in_base);
  [[nodiscard]] Status set_status(const ChangeId& id, ChangeStatus status, std::string_view reason,
                                  std::string_view owner);
  /// An own change that is known by another name from now on, with what it replaced; no hash of ours any
  /// more.
  [[nodiscard]] Status rename(const ChangeId& id, const sync::change::ChangeBody& renamed);
  /// The overlay of a record in the order of writing; `each` may fail.
  [[nodiscard]] Status overlay_of(const Id& record, const std::function<Status(const LoggedChange&)>& each);
  /// Every change of a record by hlc, oldest first.
  [[nodiscard]] Result<std::vector<LoggedChange>> of_record(const Id& record);
  /// Some change of the record is kept aside.
  [[nodiscard]] Result<bool> keeps_aside(const Id& record);
  /// And was written on this laptop.
  [[nodiscard]] Result<bool> keeps_own_aside(const Id& record);

  /// From here to `look_away`, within one transaction: that the log has nothing of a change, an overlay or
  /// something kept aside is answered from memory, for who asks it of thousands. Who writes the table past
  /// this class, so that more is overlay or kept aside, looks away or ahead again.
  [[nodiscard]] Status look_ahead();
  void look_away() { glance_.reset(); }

 private:
  /// What may be there; more than is, where something has gone since.
  struct Glance {
    std::unordered_map<std::uint64_t, std::uint64_t> highest;  ///< counter by replica, as it was first asked
    std::unordered_set<ChangeId> written;                      ///< since
    std::unordered_set<Id> overlay;                            ///< records
    std::unordered_set<Id> aside;
  };
  [[nodiscard]] Result<bool> may_have(const ChangeId& id);
  void note(const sync::change::ChangeBody& body, bool is_overlay, bool is_aside);

  lianxin::store::Database& database_;
  std::optional<Glance> glance_;
};

/// Whoever looks ahead meanwhile looks away at its end, however that comes.
class LookingAhead {
 public:
  explicit LookingAhead(ChangeLog& log) : log_(log) {}
  ~LookingAhead() { log_.look_away(); }
  LookingAhead(const LookingAhead&) = delete;
  LookingAhead& operator=(const LookingAhead&) = delete;

 private:
  ChangeLog& log_;
};

}  // namespace lianxin::client::store
