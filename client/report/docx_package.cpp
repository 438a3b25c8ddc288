#include "client/report/docx_package.hpp"

#include <memory>
#include <utility>
#include <zip.h>

#include "shared/base/text.hpp"

namespace lianxin::client::report {
namespace {

constexpr std::string_view kDocxTypes = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>)";
constexpr std::string_view kDocxPackage = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>)";
constexpr std::string_view kDocxDocument = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>)";
// Sizes are half points: title 22 pt, headings and text 16 pt, lines of 28 pt, first line two characters in.
constexpr std::string_view kDocxStyles = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="FangSong"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:pPr><w:spacing w:before="240" w:after="480"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr><w:rPr><w:rFonts w:eastAsia="SimSun"/><w:b/><w:sz w:val="44"/><w:szCs w:val="44"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:keepNext/><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:rFonts w:eastAsia="SimHei"/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Cell"/><w:pPr><w:spacing w:line="320" w:lineRule="atLeast"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr><w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Foot"><w:name w:val="footer"/><w:pPr><w:spacing w:line="240" w:lineRule="atLeast"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style></w:styles>)";
constexpr std::string_view kDocxHead = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>)";
constexpr std::string_view kDocxFootHead = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">)";
constexpr std::string_view kDocxFooterType =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml";
constexpr std::string_view kDocxFooterRelation =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer";

struct DocxDiscard {
  void operator()(zip_t* zip) const { zip_discard(zip); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};

Status add_part(zip_t* zip, const char* name, std::string_view content) {
  zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
  const zip_int64_t index = source == nullptr ? -1 : zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    if (source != nullptr) zip_source_free(source);
    return fail("report.failed", {{"why", zip_strerror(zip)}});
  }
  // The same words, the same bytes: no clock of the machine in the package.
  constexpr zip_uint16_t kFirstDosDay = (1 << 5) | 1;
  zip_file_set_dostime(zip, static_cast<zip_uint64_t>(index), 0, kFirstDosDay, 0);
  return {};
}

std::string footer_file(std::size_t place) { return "footer" + std::to_string(place + 1) + ".xml"; }

/// Every part has to be told in the list of types and in the relations of the document.
std::string types_with(std::size_t feet) {
  std::string out(kDocxTypes);
  for (std::size_t i = 0; i < feet; ++i)
    out += "<Override PartName=\"/word/" + footer_file(i) + "\" ContentType=\"" +
           std::string(kDocxFooterType) + "\"/>";
  return out + "</Types>";
}

std::string relations_with(std::size_t feet) {
  std::string out(kDocxDocument);
  for (std::size_t i = 0; i < feet; ++i)
    out += "<Relationship Id=\"" + docx_footer_id(i) + "\" Type=\"" + std::string(kDocxFooterRelation) +
           "\" Target=\"" + footer_file(i) + "\"/>";
  return out + "</Relationships>";
}

using DocxParts = std::vector<std::pair<std::string, std::string>>;

Result<Bytes> zipped(const DocxParts& parts) {
  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_source_t, DocxDiscard> buffer(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!buffer) return fail("report.failed", {{"why", zip_error_strerror(&error)}});
  zip_source_keep(buffer.get());
  std::unique_ptr<zip_t, DocxDiscard> zip(zip_open_from_source(buffer.get(), ZIP_TRUNCATE, &error));
  if (!zip) {
    zip_source_free(buffer.get());
    return fail("report.failed", {{"why", zip_error_strerror(&error)}});
  }
  for (const auto& [name, content] : parts)
    LX_DO(add_part(zip.get(), name.c_str(), content));
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

}  // namespace

std::string docx_run(std::string_view text, std::string_view look) {
  return "<w:r>" + std::string(look) + "<w:t xml:space=\"preserve\">" + markup_escaped(text) + "</w:t></w:r>";
}

std::string docx_page_numbers(std::string_view words) {
  std::string out;
  for (const auto& [mark, field] : {std::pair<std::string_view, std::string_view>{"{page}", "PAGE"},
                                    std::pair<std::string_view, std::string_view>{"{pages}", "NUMPAGES"}}) {
    const std::size_t at = words.find(mark);
    if (at == std::string_view::npos) continue;
    out += docx_run(words.substr(0, at)) + "<w:fldSimple w:instr=\" " + std::string(field) + " \">" +
           docx_run("1") + "</w:fldSimple>";
    words.remove_prefix(at + mark.size());
  }
  return out + docx_run(words);
}

std::string docx_footer_id(std::size_t place) { return "r" + std::to_string(place + 2); }

Result<Bytes> docx_package(std::string_view body, const std::vector<std::string>& feet) {
  DocxParts parts = {
      {"[Content_Types].xml", types_with(feet.size())},
      {"_rels/.rels", std::string(kDocxPackage)},
      {"word/document.xml", std::string(kDocxHead) + std::string(body) + "</w:body></w:document>"},
      {"word/_rels/document.xml.rels", relations_with(feet.size())},
      {"word/styles.xml", std::string(kDocxStyles)}};
  for (std::size_t i = 0; i < feet.size(); ++i)
    parts.emplace_back("word/" + footer_file(i), std::string(kDocxFootHead) + feet[i] + "</w:ftr>");
  return zipped(parts);
}

}  // namespace lianxin::client::report
