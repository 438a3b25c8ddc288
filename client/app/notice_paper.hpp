#pragma once
// The notice a member gets before anything is written down (domain.md 7, articles 14, 17, 29, 30): who keeps
// what, why, how long, whom to ask. One for a county: it says the fields that are on and the county's own
// periods.
#include <cstdint>
#include <string>
#include <string_view>

#include "client/view/view_sources.hpp"
#include "shared/base/bytes.hpp"

namespace lianxin::client::app {

struct NoticePaper {
  Bytes pdf;
  std::string county;
  std::string version;  ///< for `member.notice_version`: another one when a word of it is another
};

/// The notice; the form of the impact assessment (articles 55, 56) and the plan for a laptop or a file that
/// is lost (articles 51, 57): what the program does stands in them, the office writes its own beside it.
enum class OfficePaper : std::uint8_t { kNotice, kAssessment, kIncident };
/// "notice", "assessment", "incident"; error "notice.kind" {kind}.
[[nodiscard]] Result<OfficePaper> office_paper_of(std::string_view word);

/// Of the county this laptop belongs to, as it stands today; of no person. Store thread. Errors of
/// `report::paper_pdf`.
[[nodiscard]] Result<NoticePaper> notice_paper(const view::ViewSources& sources,
                                               OfficePaper which = OfficePaper::kNotice);

}  // namespace lianxin::client::app
