#pragma once
// A small demonstration county, and its records as somebody who counts them by hand would look at them.
#include <doctest/doctest.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "client/county/county.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace lianxin::test {

namespace county = lianxin::client::county;

inline constexpr int kShare = 5;
inline constexpr std::size_t kTownshipsOfCounty = 8;
inline constexpr std::size_t kVillagesOfCounty = 120;
inline constexpr Date kAsOf{2026, 9, 30};
inline constexpr Date kBegin{2026, 1, 1};

/// A record that counts: not voided, no duplicate of another.
struct Live {
  Id id;
  std::map<std::string, std::string> values;  ///< sets joined by ','
  [[nodiscard]] std::string at(const std::string& field) const;
  [[nodiscard]] bool holds(const std::string& set, const std::string& element) const;
  /// The day lies in the year's span.
  [[nodiscard]] bool in_span(const std::string& field) const;
};

class MadeCounty {
 public:
  explicit MadeCounty(std::uint64_t seed = 1, int share = kShare, const Date& as_of = kAsOf);
  [[nodiscard]] std::vector<Live> live(const std::string& kind);
  /// All of a kind, voided and duplicates too.
  [[nodiscard]] std::size_t all(const std::string& kind);
  [[nodiscard]] county::CountyMade made() const { return made_; }
  Desk desk;

 private:
  county::CountyMade made_;
};

/// A desk with 8 townships of 15 villages each, and the county's unit, all of them held.
void give_divisions(Desk& desk);
/// One county for all tests that only look.
MadeCounty& shared_county();
/// A whole county's number at the share of the tests.
[[nodiscard]] std::size_t scaled(std::size_t whole);

}  // namespace lianxin::test
