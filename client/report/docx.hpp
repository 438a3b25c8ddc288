#pragma once
// The report in words as a file that Word, WPS and LibreOffice open.
#include <optional>

#include "client/report/narrative.hpp"

namespace lianxin::client::report {

/// Tag of the control that holds a piece: what it is tied to, the day, and a mark of what was printed in it
/// ("fig:36@2026-09-30#0a1b..."), so that a number typed over is found. "" = no control.
[[nodiscard]] std::string control_tag(const Piece& piece, const Date& as_of);
[[nodiscard]] std::string mark_of(std::string_view printed);
/// The same as the name of a bookmark ("lx3_0a1b2c3d_fig__c36"), with the first digits of the mark; "" = too
/// long for one.
inline constexpr std::size_t kBookmarkDigits = 8;
[[nodiscard]] std::string bookmark_of(std::string_view tag, int number);
/// "fig:36#0a1b2c3d"; "" = not a bookmark of ours.
[[nodiscard]] std::string tag_of_bookmark(std::string_view name);
/// The day as the name of a bookmark ("lxday1of20260930"): of a file whose tags are gone, as after .odt.
inline constexpr std::string_view kDayBookmark = "lxday";
[[nodiscard]] std::string bookmark_of_day(const Date& as_of, int number);
[[nodiscard]] std::optional<Date> day_of_bookmark(std::string_view name);
/// Tag of the heading from which on the program wrote the annex.
inline constexpr std::string_view kAnnexTag = "annex";

/// A file of words with styles, each number a content control (`control_tag`), those typed by hand marked
/// yellow, and the annex as a table. The same narrative gives the same bytes. Error "report.failed" {why}.
[[nodiscard]] Result<Bytes> narrative_docx(const Narrative& narrative, const Messages& messages);

}  // namespace lianxin::client::report
