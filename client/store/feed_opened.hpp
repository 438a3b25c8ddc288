#pragma once
// One record while entries about it are taken in. Internal to FeedWriter.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "client/store/feed_writer.hpp"
#include "shared/base/short_vector.hpp"
#include "sync/merge/merge.hpp"

namespace lianxin::client::store {

/// What of the record's class the base told the digests; zero = nothing.
[[nodiscard]] inline Digest128 leaf_of(const RecordBox& box, std::uint8_t privacy) {
  const auto owner = box.base.classes.find(privacy);
  if (owner == box.base.classes.end() || owner->second.empty()) return {};
  return sync::merge::digest_leaf(box.base.record, privacy, owner->second);
}

struct FeedWriter::Opened {
  /// A class of which something is taken in.
  struct Touched {
    std::uint8_t privacy = 0;
    Digest128 leaf;  ///< in the base, before
    /// What may change of what is shown; nullopt = nothing has been merged.
    std::optional<sync::merge::ClassState> shown_before;
  };

  Id scope;
  RecordBox box;
  std::vector<Id> scopes;
  ShortVector<Touched> classes;
  bool is_member = false;
  bool is_silent = false;
  bool is_taken = false;     ///< something has been taken in since
  bool begins_anew = false;  ///< it stood nowhere: what was here of it counts no more

  [[nodiscard]] Touched& touch(std::uint8_t privacy) {
    for (Touched& one : classes) {
      if (one.privacy == privacy) return one;
    }
    classes.push_back({privacy, box.is_known ? leaf_of(box, privacy) : Digest128{}, std::nullopt});
    return classes.back();
  }
  [[nodiscard]] bool is_touched(std::uint8_t privacy) const {
    return std::any_of(classes.begin(), classes.end(),
                       [&](const Touched& one) { return one.privacy == privacy; });
  }
  [[nodiscard]] bool stands_here() const { return is_member || is_taken; }
  /// Another scope has brought the record with this change in it: this feed, which tells of own work whatever
  /// has become of it, says next what the record is here.
  [[nodiscard]] bool is_in_already() const;
  /// Whether what comes of it next may be taken in before this is stored: nothing else may look at it then.
  [[nodiscard]] bool may_wait() const { return !box.has_overlay && (!box.is_known || !scopes.empty()); }
  sync::merge::ClassState release_shown(std::uint8_t privacy) {
    return std::exchange(box.shown.classes[privacy], sync::merge::ClassState{});
  }
  /// Before a change is merged: of what is shown only the registers it writes are kept, so that the base is
  /// nobody else's and changes in place.
  void keep_written(std::uint8_t privacy, const sync::change::ChangeBody& body);
  /// Into the base. `seq` = where the log has it, with this verdict; 0 = that is not known.
  void merge_change(const sync::change::ChangeBody& body, const sync::change::ChangeValues& values,
                    const FeedVerdict& verdict, std::int64_t seq);
};

}  // namespace lianxin::client::store
