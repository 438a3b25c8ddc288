#pragma once
// The notice a member gets before anything is written down (domain.md 7, articles 14, 17, 29, 30): who keeps
// what, why, how long, whom to ask. One for a county: it says the fields that are on and the county's own
// periods.
#include <string>

#include "client/view/view_sources.hpp"
#include "shared/base/bytes.hpp"

namespace lianxin::client::app {

struct NoticePaper {
  Bytes pdf;
  std::string version;  ///< for `member.notice_version`: another one when a word of it is another
};

/// Of the county this laptop belongs to, as it stands today; of no person. Store thread. Errors of
/// `report::paper_pdf`.
[[nodiscard]] Result<NoticePaper> notice_paper(const view::ViewSources& sources);

}  // namespace lianxin::client::app
