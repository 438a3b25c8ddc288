// The report in words as Office Open XML (docx_package.hpp).
#include "client/report/docx.hpp"

#include <array>

#include "client/report/docx_package.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::report {
namespace {

// A4 with the margins of official papers, in twentieths of a point.
constexpr std::string_view kTail =
    R"(<w:sectPr><w:footerReference w:type="default" r:id="r2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>)";

/// A number typed by hand is seen at once.
constexpr std::string_view kTyped = "<w:rPr><w:highlight w:val=\"yellow\"/></w:rPr>";

/// What is tied to the records stays so: Word and WPS keep a control when the text around it is edited, and
/// its tag when the number in it is typed over. LibreOffice 7.4 drops tags and keeps bookmarks, so there is
/// one around each control; a plain-text control (w:text) it would write back doubled.
std::string control(const std::string& tag, const std::string& content, int number) {
  const std::string id = std::to_string(number);
  const std::string name = markup_escaped(tag);
  std::string out = "<w:sdt><w:sdtPr><w:alias w:val=\"" + name + "\"/><w:tag w:val=\"" + name +
                    "\"/></w:sdtPr><w:sdtContent>" + content + "</w:sdtContent></w:sdt>";
  const std::string bookmark = bookmark_of(tag, number);
  if (bookmark.empty()) return out;
  return "<w:bookmarkStart w:id=\"" + id + "\" w:name=\"" + markup_escaped(bookmark) + "\"/>" + out +
         "<w:bookmarkEnd w:id=\"" + id + "\"/>";
}

/// The day the numbers are of, for who drops tags: a bookmark without text, which .odt keeps.
std::string day_mark(const Date& as_of, int number) {
  constexpr int kBehindTheOthers = 100'000;
  const std::string id = std::to_string(kBehindTheOthers + number);
  return "<w:bookmarkStart w:id=\"" + id + "\" w:name=\"" + bookmark_of_day(as_of, number) +
         "\"/><w:bookmarkEnd w:id=\"" + id + "\"/>";
}

std::string piece_of(const Piece& piece, const Date& as_of, int& number) {
  constexpr std::size_t kTagCharactersMax = 64;  // Word calls a file with longer ones damaged
  const std::string content = docx_run(piece.text, piece.is_typed() ? kTyped : "");
  const std::string tag = control_tag(piece, as_of);
  return tag.empty() || code_points(tag) > kTagCharactersMax ? content : control(tag, content, ++number);
}

std::string paragraph(std::string_view style, const std::string& content) {
  std::string out = "<w:p>";
  if (!style.empty()) out += "<w:pPr><w:pStyle w:val=\"" + std::string(style) + "\"/></w:pPr>";
  return out + content + "</w:p>";
}

std::string paragraph_of(const Paragraph& one, const Date& as_of, bool is_first, int& number) {
  std::string content = is_first ? day_mark(as_of, 1) : std::string();
  for (const Piece& piece : one.pieces)
    content += piece_of(piece, as_of, number);
  return paragraph(one.kind == ParagraphKind::kTitle     ? "Title"
                   : one.kind == ParagraphKind::kHeading ? "Heading1"
                                                         : "",
                   content);
}

std::string cell(int width, const std::string& text) {
  return "<w:tc><w:tcPr><w:tcW w:w=\"" + std::to_string(width) + "\" w:type=\"dxa\"/></w:tcPr>" +
         paragraph("Cell", docx_run(text)) + "</w:tc>";
}

/// Of the annex, in twentieths of a point: what stands between the margins.
constexpr std::array<int, 7> kAnnexWidths = {700, 2250, 1440, 680, 1430, 1200, 1140};

std::string table_row(const std::vector<std::string>& cells, bool is_heading) {
  std::string out = "<w:tr><w:trPr><w:cantSplit/>";
  if (is_heading) out += "<w:tblHeader/>";
  out += "</w:trPr>";
  for (std::size_t i = 0; i < cells.size(); ++i)
    out += cell(kAnnexWidths.at(i), cells[i]);
  return out + "</w:tr>";
}

std::string annex(const Narrative& narrative, const Messages& messages) {
  std::string out =
      paragraph("Heading1", "<w:r><w:br w:type=\"page\"/></w:r>" + day_mark(narrative.as_of, 2) +
                                control(std::string(kAnnexTag), docx_run(messages.get("report.annex")), 0));
  out +=
      "<w:tbl><w:tblPr><w:tblW w:w=\"8840\" w:type=\"dxa\"/><w:tblBorders><w:top w:val=\"single\" "
      "w:sz=\"4\"/><w:left "
      "w:val=\"single\" w:sz=\"4\"/><w:bottom w:val=\"single\" w:sz=\"4\"/><w:right w:val=\"single\" "
      "w:sz=\"4\"/><w:insideH w:val=\"single\" w:sz=\"4\"/><w:insideV w:val=\"single\" "
      "w:sz=\"4\"/></w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>";
  for (const int width : kAnnexWidths)
    out += "<w:gridCol w:w=\"" + std::to_string(width) + "\"/>";
  out += "</w:tblGrid>";
  out += table_row(annex_headings(messages), true);
  for (const AnnexRow& row : narrative.annex)
    out += table_row(annex_cells(row), false);
  out += "</w:tbl>";
  for (const std::string& warning : narrative.warnings)
    out += paragraph("Cell", docx_run(warning));
  // Below a table there has to be a paragraph.
  return narrative.warnings.empty() ? out + paragraph("Cell", "") : out;
}

/// At the foot of every page: period, as-of, what it was handed in as, the page.
std::string foot(const Narrative& narrative, const Messages& messages) {
  return paragraph("Foot", docx_run(foot_of(narrative, messages))) +
         paragraph("Foot", docx_page_numbers(messages.get("form.page")));
}

}  // namespace

std::string control_tag(const Piece& piece, const Date& as_of) {
  if (piece.field.empty() || piece.field == "typed:") return "";
  const bool is_figure = is_digits(piece.field.substr(0, 1));
  return (is_figure ? "fig:" : "") + piece.field + "@" + as_of.text() + "#" + mark_of(piece.text);
}

std::string bookmark_of(std::string_view tag, int number) {
  constexpr std::size_t kNameCharactersMax = 40;  // of Word; letters, digits and underscores
  const std::size_t day = tag.find('@');
  const std::size_t mark = tag.rfind('#');
  std::string name = "lx" + std::to_string(number) + "_";
  if (mark != std::string_view::npos) name += std::string(tag.substr(mark + 1, kBookmarkDigits));
  name += "_";
  for (const char c : tag.substr(0, day))
    name += c == ':' ? "__c" : c == '.' ? "__d" : c == '|' ? "__b" : std::string(1, c);
  return code_points(name) > kNameCharactersMax ? "" : name;
}

std::string bookmark_of_day(const Date& as_of, int number) {
  std::string day = as_of.text();
  std::erase(day, '-');
  return std::string(kDayBookmark) + std::to_string(number) + "of" + day;
}

std::optional<Date> day_of_bookmark(std::string_view name) {
  const std::size_t at = name.rfind("of");
  if (!name.starts_with(kDayBookmark) || at == std::string_view::npos) return std::nullopt;
  const std::string_view digits = name.substr(at + 2);
  if (digits.size() != 8) return std::nullopt;
  const auto day = Date::parse(std::string(digits.substr(0, 4)) + "-" + std::string(digits.substr(4, 2)) +
                               "-" + std::string(digits.substr(6)));
  return day.ok() ? std::optional(*day) : std::nullopt;
}

std::string tag_of_bookmark(std::string_view name) {
  const std::size_t mark = name.find('_');
  if (!name.starts_with("lx") || mark == std::string_view::npos) return "";
  const std::size_t field = name.find('_', mark + 1);
  if (field == std::string_view::npos) return "";
  std::string out;
  for (std::size_t at = field + 1; at < name.size();) {
    const std::string_view three = name.substr(at, 3);
    const char sign = three == "__c" ? ':' : three == "__d" ? '.' : three == "__b" ? '|' : '\0';
    out += sign == '\0' ? name[at] : sign;
    at += sign == '\0' ? 1 : 3;
  }
  return field == mark + 1 ? out : out + "#" + std::string(name.substr(mark + 1, field - mark - 1));
}

std::string mark_of(std::string_view printed) {
  constexpr std::size_t kMarkDigits = 12;
  return hash256(printed).hex().substr(0, kMarkDigits);
}

Result<Bytes> narrative_docx(const Narrative& narrative, const Messages& messages) {
  std::string document;
  int number = 0;  // of the bookmarks; the annex has 0
  for (const Paragraph& one : narrative.paragraphs)
    document += paragraph_of(one, narrative.as_of, &one == &narrative.paragraphs.front(), number);
  document += annex(narrative, messages);
  document += kTail;
  return docx_package(document, {foot(narrative, messages)});
}

}  // namespace lianxin::client::report
