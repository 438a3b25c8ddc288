#pragma once
// Everything this laptop holds about one member, printed for the member (domain.md 7, articles 45 and 46).
#include <cstdint>

#include "client/view/view_sources.hpp"
#include "shared/base/bytes.hpp"

namespace lianxin::client::app {

struct MemberPaper {
  Bytes pdf;
  std::string name;           ///< of the member
  Id unit;                    ///< the village
  std::uint64_t records = 0;  ///< the member's card and all that names it
};

/// Every record that is the member, hangs on it or names it, field by field in plain words, void ones too;
/// what this laptop does not hold is named. Telephones and ID numbers stand whole only for who may take them
/// out (may_take_unmasked). Writes no audit. Errors "record.unknown" {id}, "member.kind" {id}, those of
/// paper_pdf.
[[nodiscard]] Result<MemberPaper> member_paper(const view::ViewSources& sources, const Id& member);

}  // namespace lianxin::client::app
