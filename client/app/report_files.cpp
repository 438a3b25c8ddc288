#include "client/app/report_files.hpp"

#include <nlohmann/json.hpp>

#include "client/report/docx.hpp"
#include "client/report/sheet_csv.hpp"
#include "client/report/sheet_docx.hpp"
#include "client/report/sheet_pdf.hpp"
#include "client/report/sheet_xlsx.hpp"

namespace lianxin::client::app {
namespace {

using Json = nlohmann::json;

Json card_of(const report::Sheet& sheet) {
  Json out = Json::array();
  for (const auto& line : sheet.card) {
    for (const report::CardCell& cell : line)
      out.push_back({{"label", cell.label}, {"value", cell.value}});
  }
  return out;
}

const char* word_of(report::RowKind kind) {
  switch (kind) {
    case report::RowKind::kNil:
      return "nil";
    case report::RowKind::kSubtotal:
      return "subtotal";
    case report::RowKind::kTotal:
      return "total";
    default:
      return "";
  }
}

Json json_of(const std::vector<report::Sheet>& sheets) {
  Json out = Json::array();
  for (const report::Sheet& sheet : sheets) {
    Json columns = Json::array();
    for (const report::Heading& column : report::columns_of(sheet))
      columns.push_back(column.words);
    Json rows = Json::array();
    Json kinds = Json::array();
    for (const report::SheetRow& row : sheet.rows) {
      rows.push_back(row.cells);
      kinds.push_back(word_of(row.kind));
    }
    Json one = {{"name", sheet.name},
                {"title", sheet.title},
                {"columns", columns},
                {"rows", rows},
                {"row_kinds", kinds},
                {"notes", sheet.notes},
                {"footer", report::foot_of(sheet)}};
    if (!sheet.card.empty()) one["card"] = card_of(sheet);
    out.push_back(std::move(one));
  }
  return out;
}

Json json_of(const report::Narrative& narrative, const Messages& messages) {
  Json paragraphs = Json::array();
  for (const report::Paragraph& one : narrative.paragraphs)
    paragraphs.push_back(one.text());
  Json annex = Json::array();
  for (const report::AnnexRow& row : narrative.annex)
    annex.push_back({{"row", row.row},
                     {"phrase", row.phrase},
                     {"exact", row.exact},
                     {"unit", row.unit},
                     {"printed", row.printed},
                     {"source", row.source},
                     {"records", row.records}});
  return {{"unit", narrative.unit},
          {"from", narrative.from.text()},
          {"as_of", narrative.as_of.text()},
          {"paragraphs", paragraphs},
          {"annex", annex},
          {"warnings", narrative.warnings},
          {"footer", report::foot_of(narrative, messages)}};
}

}  // namespace

Result<Bytes> form_file(const report::FormDefinition& form, const std::vector<report::Sheet>& sheets,
                        const FileKind& kind) {
  const std::string& path = kind.path;
  if (path.ends_with(".xlsx")) return report::xlsx_bytes(sheets, path);
  if (path.ends_with(".pdf")) return report::sheets_pdf(sheets);
  if (path.ends_with(".docx")) return report::sheets_docx(sheets);
  if (path.ends_with(".json")) return json_of(sheets).dump(1) + "\n";
  if (!path.ends_with(".csv"))
    return fail("report.kind", {{"file", path}, {"kinds", ".xlsx .pdf .csv .docx .json"}});
  if (form.by == report::SheetsBy::kVillage && sheets.size() != 1)
    return fail("report.one_sheet", {{"count", std::to_string(sheets.size())}});
  return report::sheets_csv(sheets,
                            kind.gb18030 ? report::CsvEncoding::kGb18030 : report::CsvEncoding::kUtf8);
}

Result<Bytes> narrative_file(const report::Narrative& narrative, const std::string& name,
                             const Messages& messages) {
  if (name.ends_with(".docx")) return report::narrative_docx(narrative, messages);
  if (name.ends_with(".pdf")) return report::narrative_pdf(narrative, messages);
  if (name.ends_with(".json")) return json_of(narrative, messages).dump(1) + "\n";
  if (name.ends_with(".xlsx"))
    return report::xlsx_bytes({report::narrative_annex(narrative, messages)}, name);
  if (name.ends_with(".csv"))
    return report::sheet_csv(report::narrative_annex(narrative, messages), report::CsvEncoding::kUtf8);
  return fail("report.kind", {{"file", name}, {"kinds", ".docx .pdf .xlsx .csv .json"}});
}

}  // namespace lianxin::client::app
