#pragma once
// A county of two townships and three villages on one laptop, and what happens in it, in one line each.
#include "client/figures/figures.hpp"
#include "tests/client/store/records_fixture.hpp"

namespace lianxin::test {

namespace figures = client::figures;

using Fields = std::vector<std::pair<std::string, std::string>>;

struct CountyDesk : Desk {
  CountyDesk();

  /// A record of any kind; the test fails unless it was saved.
  Id add(const std::string& kind, const Fields& fields);
  /// A mobile member of a village: gone since 2025-01-10, verified.
  Id mobile_member(const std::string& name, const Id& home, const Fields& episode = {});
  Id visit(const Fields& fields);
  Id unit(const std::string& kind, const std::string& name, const Id& parent, const Fields& more = {});

  /// Of the whole county from 1 January to 30 September 2026 unless said.
  figures::Figure figure(int row, const Id& scope = {}, const std::string& as_of = "2026-09-30",
                         const std::string& from = "2026-01-01", bool current_divisions = false);
  /// The figure's number; -1 = none.
  std::int64_t number(int row, const Id& scope = {}, const std::string& as_of = "2026-09-30",
                      const std::string& from = "2026-01-01");
  /// The number of a part; -1 = no such part.
  std::int64_t part(int row, const std::string& name);

  Id county;
  Id east;  ///< township of `sanhe` and `linhe`
  Id west;  ///< township of `baishan`
  Id sanhe;
  Id linhe;
  Id baishan;
};

}  // namespace lianxin::test
