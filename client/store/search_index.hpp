#pragma once
// Finding people: characters, pinyin, initials, the tail of a phone or ID number (design.md 9). One text per
// record that holds something to find; a search reads them all, from memory.
//
//   text = names as written | each reading from each of its syllables on, and the initials | #number$ ...
//
// Texts are made in slices after a sync, or at the next search, not while thousands of rows come in: these
// are only noted, in a list in the order of arrival (`search_todo`). A record that has a text which may be
// another now loses it when it is noted, so whoever has neither a text nor an entry has nothing to find. An
// entry says only that somebody is to look: that of a record which is gone, is removed or has a text already
// does no harm.
#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "client/store/kind_tables.hpp"
#include "client/store/search_texts.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/store/database.hpp"
#include "sync/merge/record_state.hpp"

namespace lianxin::client::store {

/// The text to be searched for a record's shown values; "" = nothing to find.
[[nodiscard]] std::string search_text(const sync::merge::RecordState& shown, const domain::Kind& kind);
/// The part of it that a name is found by in letters: "|sanhe|sh|he|h".
[[nodiscard]] std::string search_letters(std::string_view name);
/// Pieces of which one must be in a search_text for it to be found; empty = nothing was typed.
[[nodiscard]] std::vector<std::string> search_needles(std::string_view typed);
/// What was typed, as the name at the beginning of a search_text is written.
[[nodiscard]] std::string search_name(std::string_view typed);

/// Whether records of this kind with these flags have a text at all: a number that was removed finds nobody,
/// and a record of which nothing applies is not found.
[[nodiscard]] bool has_search_text(const domain::Kind& kind, std::uint32_t flags);

/// Whom a record's text finds (the member of a phone number, else the record itself), and the text.
struct SearchText {
  Id subject;
  std::string text;
};

class SearchIndex {
 public:
  /// Makes the text of a record as it stands; "" = there is nothing to find of it, or it is not here.
  using Make = std::function<Result<SearchText>(const Id& record)>;
  SearchIndex(lianxin::store::Database& database, const domain::Catalogue& catalogue, Make make)
      : database_(database), catalogue_(&catalogue), make_(std::move(make)) {}
  void use(const domain::Catalogue& catalogue) { catalogue_ = &catalogue; }
  /// After a record's row was written: a text that may be another now goes, and is to be made anew when
  /// nobody waits: feeds bring thousands.
  [[nodiscard]] Status touch(const sync::merge::RecordState& shown, std::uint32_t flags,
                             const RowChange& change);
  /// The record is gone, or not to be found any more.
  [[nodiscard]] Status erase(const Id& record);
  [[nodiscard]] Status clear();
  /// Works off at most so many of the entries noted since; true = there are more.
  [[nodiscard]] Result<bool> refresh(std::size_t records);
  /// Records whose text is still to be made.
  [[nodiscard]] Result<std::unordered_set<Id>> noted();
  /// Reads at most so many texts into memory, so that the next search need not; true = there are more.
  [[nodiscard]] Result<bool> load(std::size_t records);
  /// All texts as the table stands; makes what is not made yet. They live until the next call.
  [[nodiscard]] Result<const SearchTexts*> texts();
  /// Records that what was typed finds, sorted. nullopt = nothing was typed.
  [[nodiscard]] Result<std::optional<std::vector<Id>>> find(std::string_view typed);

 private:
  [[nodiscard]] Status forget(const Id& record);
  [[nodiscard]] Status note(const Id& record);
  [[nodiscard]] Status make(const Id& record);
  [[nodiscard]] Status follow();

  lianxin::store::Database& database_;
  const domain::Catalogue* catalogue_;
  Make make_;
  // The table as it stands, up to the record `loaded_to_`, but for the records in `changed_`.
  SearchTexts texts_;
  enum class Loaded : std::uint8_t { kNothing, kSome, kAll } loaded_ = Loaded::kNothing;
  Id loaded_to_;
  std::unordered_set<Id> changed_;
};

}  // namespace lianxin::client::store
