// Office Open XML (ECMA-376 part 1, 17), written by hand because Debian has no library that writes it; the
// package is libzip's work.
#include "client/report/docx.hpp"

#include <array>
#include <memory>
#include <zip.h>

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::report {
namespace {

constexpr std::string_view kTypes = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/></Types>)";
constexpr std::string_view kPackage = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>)";
constexpr std::string_view kDocument = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>)";
// Sizes are half points: title 22 pt, headings and text 16 pt, lines of 28 pt, first line two characters in.
constexpr std::string_view kStyles = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="FangSong"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:pPr><w:spacing w:before="240" w:after="480"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="SimSun"/><w:b/><w:sz w:val="44"/><w:szCs w:val="44"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:keepNext/><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:eastAsia="SimHei"/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:pPr><w:spacing w:line="320" w:lineRule="atLeast"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr><w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Foot"><w:name w:val="footer"/><w:pPr><w:spacing w:line="240" w:lineRule="atLeast"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style></w:styles>)";
constexpr std::string_view kHead = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>)";
constexpr std::string_view kFootHead = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">)";
// A4 with the margins of official papers, in twentieths of a point.
constexpr std::string_view kTail =
    R"(<w:sectPr><w:footerReference w:type="default" r:id="r2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>)";

/// A number typed by hand is seen at once.
constexpr std::string_view kTyped = "<w:rPr><w:highlight w:val=\"yellow\"/></w:rPr>";

std::string run(std::string_view text, std::string_view look = "") {
  return "<w:r>" + std::string(look) + "<w:t xml:space=\"preserve\">" + markup_escaped(text) + "</w:t></w:r>";
}

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
  const std::string content = run(piece.text, piece.is_typed() ? kTyped : "");
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
         paragraph("Cell", run(text)) + "</w:tc>";
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
                                control(std::string(kAnnexTag), run(messages.get("report.annex")), 0));
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
    out += paragraph("Cell", run(warning));
  // Below a table there has to be a paragraph.
  return narrative.warnings.empty() ? out + paragraph("Cell", "") : out;
}

/// "第 {page} 页 共 {pages} 页" with the numbers left to who sets the pages.
std::string page_numbers(std::string_view words) {
  std::string out;
  for (const auto& [mark, field] : {std::pair<std::string_view, std::string_view>{"{page}", "PAGE"},
                                    std::pair<std::string_view, std::string_view>{"{pages}", "NUMPAGES"}}) {
    const std::size_t at = words.find(mark);
    if (at == std::string_view::npos) continue;
    out += run(words.substr(0, at)) + "<w:fldSimple w:instr=\" " + std::string(field) + " \">" + run("1") +
           "</w:fldSimple>";
    words.remove_prefix(at + mark.size());
  }
  return out + run(words);
}

/// At the foot of every page: period, as-of, what it was handed in as, the page.
std::string foot(const Narrative& narrative, const Messages& messages) {
  return std::string(kFootHead) + paragraph("Foot", run(foot_of(narrative, messages))) +
         paragraph("Foot", page_numbers(messages.get("form.page"))) + "</w:ftr>";
}

struct Discard {
  void operator()(zip_t* zip) const { zip_discard(zip); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};

Status add(zip_t* zip, const char* name, std::string_view content) {
  zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
  const zip_int64_t index = source == nullptr ? -1 : zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    if (source != nullptr) zip_source_free(source);
    return fail("report.failed", {{"why", zip_strerror(zip)}});
  }
  // The same narrative, the same bytes: no clock of the machine in the package.
  constexpr zip_uint16_t kFirstDosDay = (1 << 5) | 1;
  zip_file_set_dostime(zip, static_cast<zip_uint64_t>(index), 0, kFirstDosDay, 0);
  return {};
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
  std::string document(kHead);
  int number = 0;  // of the bookmarks; the annex has 0
  for (const Paragraph& one : narrative.paragraphs)
    document += paragraph_of(one, narrative.as_of, &one == &narrative.paragraphs.front(), number);
  document += annex(narrative, messages);
  document += kTail;
  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_source_t, Discard> buffer(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!buffer) return fail("report.failed", {{"why", zip_error_strerror(&error)}});
  zip_source_keep(buffer.get());
  std::unique_ptr<zip_t, Discard> zip(zip_open_from_source(buffer.get(), ZIP_TRUNCATE, &error));
  if (!zip) {
    zip_source_free(buffer.get());
    return fail("report.failed", {{"why", zip_error_strerror(&error)}});
  }
  LX_DO(add(zip.get(), "[Content_Types].xml", kTypes));
  LX_DO(add(zip.get(), "_rels/.rels", kPackage));
  LX_DO(add(zip.get(), "word/document.xml", document));
  LX_DO(add(zip.get(), "word/_rels/document.xml.rels", kDocument));
  LX_DO(add(zip.get(), "word/styles.xml", kStyles));
  const std::string footer = foot(narrative, messages);
  LX_DO(add(zip.get(), "word/footer1.xml", footer));
  if (zip_close(zip.get()) != 0) return fail("report.failed", {{"why", zip_strerror(zip.get())}});
  (void)zip.release();
  if (zip_source_open(buffer.get()) != 0) return fail("report.failed", {{"why", "zip"}});
  zip_stat_t stat;
  zip_source_stat(buffer.get(), &stat);
  Bytes out(static_cast<std::size_t>(stat.size), '\0');
  const zip_int64_t read = zip_source_read(buffer.get(), out.data(), out.size());
  zip_source_close(buffer.get());
  if (read != static_cast<zip_int64_t>(out.size())) return fail("report.failed", {{"why", "zip"}});
  return out;
}

}  // namespace lianxin::client::report
