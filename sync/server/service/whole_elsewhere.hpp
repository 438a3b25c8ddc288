#pragma once
// One person may hold a class whole in one scope and as a view in another: secretary of a village, and worker
// in the next. Of a record that stands in both, or comes from the one into the other, a laptop has one state.
//  1. While it stands where the class is held whole, the feed of the view tells its whole state too, and
//     counts it so in the digest, as far as the reader's laptop has the record in that scope.
//  2. When it leaves that scope and stays in the other, the same answer tells what the view shows of it.
//  3. Which scopes are held whole is part of the positions of a view: when that changes, it begins anew.
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "sync/server/service/access.hpp"
#include "sync/server/store/store.hpp"

namespace lianxin::sync::server {

class WholeElsewhere {
 public:
  /// Of somebody who holds `scopes`, which must outlive it, as must the reader.
  WholeElsewhere(store::Reader& reader, const std::vector<Held>& scopes);

  /// What positions of a view carry above `kOwnViewBit`; 0 = the class is held whole nowhere but on the
  /// shelf.
  [[nodiscard]] std::uint64_t mark(std::uint8_t privacy) const;
  /// The record stands in a scope where the class is held whole.
  [[nodiscard]] Result<bool> has(const Id& record, std::uint8_t privacy);
  /// The whole states that the reader's laptop has in place of what the view shows, by record.
  [[nodiscard]] Result<std::map<Id, store::StateRow>> instead_of(const store::FeedKey& view);

 private:
  [[nodiscard]] std::set<Id> scopes_of(std::uint8_t privacy) const;
  [[nodiscard]] Result<std::optional<store::StateRow>> whole_of(const store::FeedKey& view, const Id& record);

  store::Reader& reader_;
  const std::vector<Held>& scopes_;
  std::map<std::pair<Id, std::uint8_t>, bool> known_;
};

}  // namespace lianxin::sync::server
