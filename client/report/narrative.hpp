#pragma once
// The report in words (form F9): the county's own template with live numbers, and the annex that says where
// each came from. How a template is written: head of assets/reports/f9.txt.
#include <string>
#include <string_view>
#include <vector>

#include "client/figures/figures.hpp"
#include "client/report/sheet.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/date.hpp"
#include "shared/base/message.hpp"

namespace lianxin::client::report {

/// Words, or what stays tied to the records.
struct Piece {
  std::string text;
  /// "" = words; "36", "37.collected" = a figure; "unit", "as_of", "all:31|每名" = a word in braces;
  /// "typed:36" = a number typed over figure 36, "typed:" = one that no figure stands behind.
  std::string field;
  [[nodiscard]] bool is_typed() const { return field.starts_with("typed:"); }
};
enum class ParagraphKind : std::uint8_t { kTitle, kHeading, kText };
struct Paragraph {
  ParagraphKind kind = ParagraphKind::kText;
  std::vector<Piece> pieces;
  /// `after_typed` stands behind each number typed by hand.
  [[nodiscard]] std::string text(std::string_view after_typed = "") const;
};

struct AnnexRow {
  int row = 0;
  std::string phrase;
  std::string exact;  ///< "231", "96/118"
  std::string unit;
  std::string printed;  ///< as the text prints it
  std::size_t records = 0;
  std::string source = {};  ///< which ledger its records stand in
  /// For the page: a number that is no list of its own, as what a share is of, has none.
  [[nodiscard]] std::string records_text() const {
    const bool is_nought = exact == "0" || exact.starts_with("0/");
    return records == 0 && !is_nought ? std::string() : std::to_string(records);
  }
};

struct Narrative {
  std::vector<Paragraph> paragraphs;
  std::vector<AnnexRow> annex;        ///< every number of the text, by row
  std::vector<std::string> warnings;  ///< words that claim more than the records show, numbers typed by hand
  std::string unit;
  Date from;
  Date as_of;
  std::string snapshot;  ///< beside the footer: id of the snapshot, "机内第 n 版"; "" = not frozen
};
/// Unit, period and snapshot, as they stand at the foot.
[[nodiscard]] std::string foot_of(const Narrative& narrative, const Messages& messages);

struct NarrativeFacts {
  std::string unit;  ///< name
  Date from;
  Date as_of;
  Date today;
};

/// At most 200 KB. A number typed by hand stays as it was typed, marked and listed. Error "report.template"
/// {line, why}: an unknown word in braces, a figure without such a part.
[[nodiscard]] Result<Narrative> write_narrative(std::string_view template_text,
                                                const std::vector<figures::Figure>& figures,
                                                const NarrativeFacts& facts, const Messages& messages);
/// The annex as it is printed: its headings, and the cells of a row.
[[nodiscard]] std::vector<std::string> annex_headings(const Messages& messages);
[[nodiscard]] std::vector<std::string> annex_cells(const AnnexRow& row);
/// The program's own template.
[[nodiscard]] std::string_view narrative_template();

/// The annex as a form of its own.
[[nodiscard]] Sheet narrative_annex(const Narrative& narrative, const Messages& messages);

/// Pages for printing; errors of paper_pdf.
[[nodiscard]] Result<Bytes> narrative_pdf(const Narrative& narrative, const Messages& messages);

}  // namespace lianxin::client::report
