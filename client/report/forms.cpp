#include "client/report/forms.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "assets/assets.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/codes.hpp"
#include "shared/domain/id_number.hpp"
#include "shared/domain/phone.hpp"

namespace lianxin::client::report {
namespace {

constexpr std::size_t kTabNameMax = 31;  // of Excel

std::optional<FormValue> value_of(const std::string& word) {
  static const std::map<std::string, FormValue, std::less<>> kWords = {
      {"number", FormValue::kNumber}, {"text", FormValue::kText},   {"yes", FormValue::kYesNo},
      {"place", FormValue::kPlace},   {"phone", FormValue::kPhone}, {"id", FormValue::kIdNumber},
      {"no", FormValue::kRowNumber}};
  const auto found = kWords.find(word);
  if (found == kWords.end()) return std::nullopt;
  return found->second;
}

class Reader {
 public:
  explicit Reader(std::string_view name) { form_.name = name; }

  Result<FormDefinition> read(std::string_view text) {
    int number = 0;
    for (const std::string& line : split(text, '\n')) {
      ++number;
      if (line.starts_with("--") || trim(line).empty()) continue;
      std::string why;
      if (in_sql_)
        form_.sql += (form_.sql.empty() ? "" : "\n") + line;
      else
        why = take(split(trim(line), ' '));
      if (!why.empty()) return fail("report.definition", {{"line", std::to_string(number)}, {"why", why}});
    }
    form_.sql = trim(form_.sql);
    if (form_.sql.ends_with(';')) form_.sql.pop_back();
    if (form_.sql.empty() || form_.columns.empty())
      return fail("report.definition",
                  {{"line", std::to_string(number)}, {"why", "columns and rows are wanted"}});
    return std::move(form_);
  }

 private:
  std::string take(const std::vector<std::string>& words) {
    if (words[0] == "landscape") return form_.landscape = true, "";
    if (words[0] == "by_village") return form_.by_village = true, "";
    if (words[0] == "rows_per_page" && words.size() == 2) return take_rows_per_page(words[1]);
    if (words[0] == "rows") return in_sql_ = true, "";
    if (words[0] == "group") return group_ = words.size() > 1 ? words[1] : "", "";
    if (words[0] != "column" || words.size() != 4) return "unknown line: " + words[0];
    FormColumn column{words[1], group_, 0, FormValue::kText, ""};
    const auto read = std::from_chars(words[2].data(), words[2].data() + words[2].size(), column.width);
    if (read.ec != std::errc() || column.width < 2 || column.width > 80)
      return "a width of 2 to 80 is wanted";
    if (words[3].starts_with("code:")) {
      column.value = FormValue::kCode;
      column.list = words[3].substr(5);
      if (domain::code_list(column.list) == nullptr) return "no such list: " + column.list;
    } else if (const auto value = value_of(words[3])) {
      column.value = *value;
    } else {
      return "unknown word " + words[3];
    }
    form_.columns.push_back(std::move(column));
    return "";
  }

  std::string take_rows_per_page(const std::string& word) {
    const auto read = std::from_chars(word.data(), word.data() + word.size(), form_.rows_per_page);
    return read.ec == std::errc() && form_.rows_per_page > 0 ? "" : "a number of rows is wanted";
  }

  FormDefinition form_;
  std::string group_;
  bool in_sql_ = false;
};

/// One form over one ledger.
class Filler {
 public:
  Filler(figures::Ledger& ledger, const FormDefinition& form, const FormFacts& facts,
         const Messages& messages)
      : ledger_(ledger), form_(form), facts_(facts), messages_(messages) {}

  Result<std::vector<Sheet>> fill() {
    if (form_.by_village) {
      LX_DO(add_villages());
    } else {
      sheets_.push_back(empty_sheet(facts_.unit, ""));
    }
    auto select = ledger_.prepare(form_.sql);
    while (true) {
      LX_TRY(const bool found, select.step());
      if (!found) break;
      Sheet* sheet = form_.by_village ? sheet_of(select.text(0)) : &sheets_.front();
      if (sheet != nullptr) add_row(select, *sheet);
    }
    for (Sheet& sheet : sheets_) {
      if (sheet.rows.empty()) add_nil(sheet);
    }
    return std::move(sheets_);
  }

 private:
  Status add_villages() {
    auto select = ledger_.prepare(
        "SELECT u.id, u.name, o.code FROM level_unit u JOIN live_org_unit o ON o.id = u.id WHERE u.level = "
        "'village' "
        "ORDER BY o.code, u.id");
    std::set<std::string> names;
    while (true) {
      LX_TRY(const bool found, select.step());
      if (!found) return {};
      std::string tab = first_code_points(select.text(1), kTabNameMax - 13);
      if (!names.insert(tab).second) tab += " " + select.text(2);
      places_[select.text(0)] = sheets_.size();
      sheets_.push_back(empty_sheet(select.text(1), tab));
    }
  }

  Sheet* sheet_of(const std::string& village) {
    const auto found = places_.find(village);
    return found == places_.end() ? nullptr : &sheets_[found->second];
  }

  std::string text(const std::string& key) const { return messages_.get("form." + form_.name + "." + key); }
  std::string day_text(const Date& day) const {
    return messages_.get("report.day", {{"year", std::to_string(day.year)},
                                        {"month", std::to_string(day.month)},
                                        {"day", std::to_string(day.day)}});
  }

  Sheet empty_sheet(const std::string& unit, const std::string& tab) const {
    Sheet sheet;
    sheet.name = tab.empty() ? first_code_points(unit.empty() ? form_.name : unit, kTabNameMax) : tab;
    sheet.title = text("title");
    sheet.left = messages_.get("form.unit", {{"unit", unit}});
    sheet.right = messages_.get("form.day", {{"day", day_text(facts_.today)}});
    for (const FormColumn& column : form_.columns) {
      Heading heading{text(column.key),
                      {},
                      column.width,
                      column.value == FormValue::kNumber || column.value == FormValue::kRowNumber
                          ? CellKind::kNumber
                          : CellKind::kText};
      if (column.group.empty()) {
        sheet.headings.push_back(std::move(heading));
        continue;
      }
      const std::string group = text(column.group);
      if (sheet.headings.empty() || sheet.headings.back().words != group ||
          sheet.headings.back().below.empty())
        sheet.headings.push_back({group, {}, 0, CellKind::kText});
      sheet.headings.back().below.push_back(std::move(heading));
    }
    sheet.signatures = {messages_.get("form.prepared_by"), messages_.get("form.checked_by"),
                        messages_.get("form.phone")};
    sheet.footer = messages_.get(
        "form.footer", {{"from", ledger_.asked().from.text()}, {"as_of", ledger_.asked().as_of.text()}});
    sheet.page = messages_.get("form.page");
    sheet.rows_per_page = form_.rows_per_page;
    sheet.landscape = form_.landscape;
    return sheet;
  }

  void add_row(const lianxin::store::Statement& select, Sheet& sheet) const {
    SheetRow row;
    int at = form_.by_village ? 1 : 0;
    for (const FormColumn& column : form_.columns) {
      if (column.value == FormValue::kRowNumber)
        row.cells.push_back(std::to_string(sheet.rows.size() + 1));
      else
        row.cells.push_back(cell(column, select.text(at++)));
    }
    sheet.rows.push_back(std::move(row));
  }

  /// K10: a table without people says so; an absent one would be something else.
  void add_nil(Sheet& sheet) const {
    SheetRow row;
    row.kind = RowKind::kNil;
    row.cells.resize(form_.columns.size());
    row.cells[form_.columns.size() > 1 ? 1 : 0] = messages_.get("form.none");
    sheet.rows.push_back(std::move(row));
  }

  std::string cell(const FormColumn& column, const std::string& value) const {
    switch (column.value) {
      case FormValue::kCode: {
        std::vector<std::string> names;
        for (const std::string& code : split(value, ','))
          if (!code.empty()) names.push_back(domain::code_name(column.list, code, facts_.language));
        return join(names, messages_.get("form.list_separator"));
      }
      case FormValue::kYesNo:
        return messages_.get(value == "1" ? "form.yes" : "form.no");
      case FormValue::kPlace:
        return domain::is_code("province", value.substr(0, 2))
                   ? domain::code_name("province", value.substr(0, 2), facts_.language)
                   : std::string();
      case FormValue::kPhone:
        return facts_.unmasked ? value : domain::mask_phone(value);
      case FormValue::kIdNumber:
        return facts_.unmasked ? value : domain::mask_id_number(value);
      default:
        return value;
    }
  }

  figures::Ledger& ledger_;
  const FormDefinition& form_;
  const FormFacts& facts_;
  const Messages& messages_;
  std::vector<Sheet> sheets_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace

Result<FormDefinition> parse_form(std::string_view name, std::string_view text) {
  return Reader(name).read(text);
}

const std::vector<FormDefinition>& form_definitions() {
  static const std::vector<FormDefinition> kForms = [] {
    std::vector<FormDefinition> forms;
    for (const std::string_view name : {"f1", "f10", "f14", "f15", "f16"}) {
      auto form = parse_form(name, assets::file("assets/reports/" + std::string(name) + ".form"));
      LX_CHECK(form.ok(), "assets/reports cannot be read");
      forms.push_back(*std::move(form));
    }
    return forms;
  }();
  return kForms;
}

const FormDefinition* form_definition(std::string_view name) {
  for (const FormDefinition& form : form_definitions()) {
    if (form.name == name) return &form;
  }
  return nullptr;
}

Result<std::vector<Sheet>> fill_form(figures::Ledger& ledger, const FormDefinition& definition,
                                     const FormFacts& facts, const Messages& messages) {
  return Filler(ledger, definition, facts, messages).fill();
}

}  // namespace lianxin::client::report
