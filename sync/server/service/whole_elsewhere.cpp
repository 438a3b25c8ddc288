#include "sync/server/service/whole_elsewhere.hpp"

#include <algorithm>

#include "sync/merge/record_state.hpp"
#include "sync/server/service/exchange.hpp"

namespace lianxin::sync::server {
namespace {

/// A laptop keeps positions in 63 bits.
constexpr std::uint64_t kMarkBits = 20;

bool is_empty(const store::StateRow& row) { return row.state == merge::encode_class_state({}); }

}  // namespace

WholeElsewhere::WholeElsewhere(store::Reader& reader, const std::vector<Held>& scopes)
    : reader_(reader), scopes_(scopes) {}

std::set<Id> WholeElsewhere::scopes_of(std::uint8_t privacy) const {
  std::set<Id> out;
  for (const Held& held : scopes_) {
    const bool is_whole = std::any_of(held.classes.begin(), held.classes.end(), [&](const HeldClass& one) {
      return one.privacy == privacy && one.audience.is_nil();
    });
    if (is_whole && !held.scope.is_nil()) out.insert(held.scope);
  }
  return out;
}

std::uint64_t WholeElsewhere::mark(std::uint8_t privacy) const {
  const std::set<Id> scopes = scopes_of(privacy);
  if (scopes.empty()) return 0;
  Bytes words;
  for (const Id& scope : scopes)
    words += scope.bytes();
  const Hash256 hash = hash256(words);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i)
    number = number << 8 | hash.octets[i];
  const std::uint64_t most = (std::uint64_t{1} << kMarkBits) - 1;
  return (number % most + 1) * (2 * kOwnViewBit);
}

Result<bool> WholeElsewhere::has(const Id& record, std::uint8_t privacy) {
  const auto known = known_.find({record, privacy});
  if (known != known_.end()) return known->second;
  const std::set<Id> whole = scopes_of(privacy);
  bool stands = false;
  if (!whole.empty()) {
    LX_TRY(const auto row, reader_.record(record));
    stands = row && std::any_of(row->scopes.begin(), row->scopes.end(),
                                [&](const Id& scope) { return whole.count(scope) > 0; });
  }
  known_[{record, privacy}] = stands;
  return stands;
}

/// Nothing where no feed of the scope has told the reader that the record stands there.
Result<std::optional<store::StateRow>> WholeElsewhere::whole_of(const store::FeedKey& view,
                                                                const Id& record) {
  std::optional<store::StateRow> whole;
  bool is_told = false;
  LX_TRY(const auto states, reader_.states(record));
  for (store::StateRow row : states) {
    const bool is_view = row.audience == view.audience;
    is_told = is_told || is_view || (row.audience.is_nil() && !is_own_only(row.privacy) && !is_empty(row));
    if (row.privacy == view.privacy && row.audience.is_nil() && !is_empty(row)) whole = std::move(row);
  }
  return is_told ? whole : std::nullopt;
}

Result<std::map<Id, store::StateRow>> WholeElsewhere::instead_of(const store::FeedKey& view) {
  std::map<Id, store::StateRow> out;
  if (view.audience.is_nil()) return out;
  std::set<Id> both;
  const std::set<Id> whole = scopes_of(view.privacy);
  if (whole.empty()) return out;
  LX_TRY(const auto here, reader_.records_in(view.scope));
  for (const Id& scope : whole) {
    LX_TRY(const auto there, reader_.records_in(scope));
    std::set_intersection(here.begin(), here.end(), there.begin(), there.end(),
                          std::inserter(both, both.end()));
  }
  for (const Id& record : both) {
    LX_TRY(auto row, whole_of(view, record));
    if (row) out.emplace(record, std::move(*row));
  }
  return out;
}

}  // namespace lianxin::sync::server
