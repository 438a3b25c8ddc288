#pragma once
// Finding people: characters, pinyin, initials, the tail of a phone or ID number (design.md 9). One text per
// record that holds something to find; a search reads them all, which 100,000 members bear (some 10 MB).
//
//   text = names as written | each reading from each of its syllables on, and the initials | #number$ ...
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/catalogue.hpp"
#include "shared/store/database.hpp"
#include "sync/merge/record_state.hpp"

namespace lianxin::client::store {

/// The text to be searched for a record's shown values; "" = nothing to find.
[[nodiscard]] std::string search_text(const sync::merge::RecordState& shown, const domain::Kind& kind);
/// Pieces of which one must be in a search_text for it to be found; empty = nothing was typed.
[[nodiscard]] std::vector<std::string> search_needles(std::string_view typed);

class SearchIndex {
 public:
  /// Makes the text of a record as it stands.
  using Make = std::function<Result<std::string>(const Id& record)>;
  SearchIndex(lianxin::store::Database& database, const domain::Catalogue& catalogue, Make make)
      : database_(database), catalogue_(catalogue), make_(std::move(make)) {}
  /// Notes that the record's text is to be made anew: feeds bring thousands, and a name takes 40 us to read.
  [[nodiscard]] Status touch(const sync::merge::RecordState& shown, std::uint32_t flags);
  [[nodiscard]] Status erase(const Id& record);
  /// Makes the texts noted since; called before a search, and after a sync so that the search need not.
  [[nodiscard]] Status refresh();

 private:
  lianxin::store::Database& database_;
  const domain::Catalogue& catalogue_;
  Make make_;
};

}  // namespace lianxin::client::store
