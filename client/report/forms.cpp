#include "client/report/forms.hpp"

#include <algorithm>
#include <map>

#include "shared/base/text.hpp"
#include "shared/domain/codes.hpp"
#include "shared/domain/id_number.hpp"
#include "shared/domain/phone.hpp"
#include "shared/domain/places.hpp"
#include "shared/domain/private_numbers.hpp"

namespace lianxin::client::report {
namespace {

constexpr std::size_t kTabNameMax = 31;    // of Excel
constexpr std::size_t kPagesOfTab = 1000;  // Excel knows 1023 page breaks

std::string decimal(const std::string& value, std::size_t digits) {
  const bool below = value.starts_with('-');
  std::string text = below ? value.substr(1) : value;
  if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos) return value;
  while (text.size() <= digits)
    text.insert(text.begin(), '0');
  std::string parts = text.substr(text.size() - digits);
  text.resize(text.size() - digits);
  while (parts.ends_with('0'))
    parts.pop_back();
  return (below ? "-" : "") + text + (parts.empty() ? "" : "." + parts);
}

/// One form over one ledger.
class Filler {
 public:
  Filler(figures::Ledger& ledger, const FormDefinition& form, const FormFacts& facts,
         const Messages& messages)
      : ledger_(ledger), form_(form), facts_(facts), messages_(messages) {}

  Result<std::vector<Sheet>> fill() {
    if (form_.by == SheetsBy::kRecord) {
      LX_DO(fill_records());
    } else {
      for (const FormPage& page : form_.pages)
        LX_DO(fill_page(page));
    }
    for (Sheet& sheet : sheets_)
      add_notes(sheet);
    add_undecided();
    return std::move(sheets_);
  }

 private:
  Status fill_page(const FormPage& page) {
    const std::size_t first = sheets_.size();
    if (form_.by == SheetsBy::kVillage) {
      LX_DO(add_villages(page));
    } else {
      const std::string tab = form_.pages.size() == 1 ? facts_.unit : title(page);
      sheets_.push_back(empty_sheet(page, facts_.unit, tab_name(tab)));
    }
    if (!page.facts.empty()) {
      auto select = ledger_.prepare(page.facts);
      LX_TRY(const bool found, select.step());
      sheets_.back().card = card(page, found ? &select : nullptr, 0);
    }
    LX_DO(fill_table(page, [&](const lianxin::store::Statement& select) {
      return form_.by == SheetsBy::kVillage ? sheet_of(select.text(0)) : &sheets_[first];
    }));
    for (std::size_t i = first; i < sheets_.size(); ++i)
      add_nil(page, sheets_[i]);
    return {};
  }

  /// Every page for every record, those of a record together.
  Status fill_records() {
    std::vector<std::vector<Sheet>> of_page;
    for (const FormPage& page : form_.pages) {
      of_page.emplace_back();
      LX_DO(page_of_records(page, of_page));
    }
    for (std::size_t i = 0; i < of_page.front().size(); ++i) {
      for (std::vector<Sheet>& pages : of_page)
        sheets_.push_back(std::move(pages[i]));
    }
    if (!sheets_.empty()) return {};
    const std::string& asked = facts_.record.empty() ? facts_.member : facts_.record;
    if (!asked.empty()) return fail("report.no_record", {{"id", asked}});
    Sheet sheet = empty_sheet(form_.pages.front(), facts_.unit, tab_name(facts_.unit));
    sheet.card = card(form_.pages.front(), nullptr, 0);
    if (!sheet.card.empty()) sheet.card.front().front().value = nil_word();
    sheets_.push_back(std::move(sheet));
    return {};
  }

  Status page_of_records(const FormPage& page, std::vector<std::vector<Sheet>>& of_page) {
    const bool is_first = of_page.size() == 1;
    const FormPage& says_who = page.facts.empty() ? form_.pages.front() : page;
    std::vector<Sheet>& sheets = of_page.back();
    if (!is_first) sheets.resize(of_page.front().size());
    auto select = ledger_.prepare(says_who.facts);
    while (true) {
      LX_TRY(const bool found, select.step());
      if (!found) break;
      const std::string record = select.text(0);
      if (!facts_.record.empty() && record != facts_.record) continue;
      if (!facts_.member.empty() && select.text(1) != facts_.member) continue;
      if (is_first) {
        places_.emplace(record, sheets.size());
        sheets.emplace_back();
      }
      const auto place = places_.find(record);
      if (place == places_.end()) continue;
      Sheet& sheet = sheets[place->second];
      sheet = empty_sheet(page, facts_.unit, "");
      sheet.goes_on = !is_first;
      sheet.name = is_first ? tab_of_record(select.text(2)) : of_page.front()[place->second].name;
      if (!page.card.empty()) sheet.card = card(page, &select, 3);
    }
    LX_DO(fill_table(page, [&](const lianxin::store::Statement& row) {
      const auto place = places_.find(row.text(0));
      return place == places_.end() ? nullptr : &sheets[place->second];
    }));
    for (Sheet& sheet : sheets)
      add_nil(page, sheet);
    return {};
  }

  template <typename SheetOf>
  Status fill_table(const FormPage& page, const SheetOf& sheet_of_row) {
    if (page.rows.empty()) return {};
    auto select = ledger_.prepare(page.rows);
    while (true) {
      LX_TRY(const bool found, select.step());
      if (!found) return {};
      if (Sheet* sheet = sheet_of_row(select)) add_row(page, select, *sheet);
    }
  }

  Status add_villages(const FormPage& page) {
    auto select = ledger_.prepare(
        "SELECT u.id, u.name, o.code FROM level_unit u JOIN live_org_unit o ON o.id = u.id WHERE u.level = "
        "'village' "
        "ORDER BY o.code, u.id");
    while (true) {
      LX_TRY(const bool found, select.step());
      if (!found) return {};
      std::string tab = first_code_points(tab_name(select.text(1)), kTabNameMax - 13);
      if (!tabs_.insert(tab).second) tab += " " + select.text(2);
      places_[select.text(0)] = sheets_.size();
      sheets_.push_back(empty_sheet(page, select.text(1), tab));
    }
  }

  Sheet* sheet_of(const std::string& village) {
    const auto found = places_.find(village);
    return found == places_.end() ? nullptr : &sheets_[found->second];
  }

  /// Without what Excel does not take.
  static std::string tab_name(const std::string& words) {
    std::string out;
    for (const char c : words)
      out += std::string("[]:*?/\\").find(c) == std::string::npos ? c : ' ';
    while (out.starts_with('\''))
      out.erase(0, 1);
    while (out.ends_with('\''))
      out.pop_back();
    return first_code_points(out, kTabNameMax);
  }

  /// Records that follow each other share a tab when they ask for the same; a name that comes again later
  /// gets a number.
  std::string tab_of_record(const std::string& words) {
    const std::string wanted = first_code_points(tab_name(words), kTabNameMax - 6);
    pages_of_tab_ += form_.pages.size();
    if (!tab_.empty() && wanted == wanted_ && pages_of_tab_ <= kPagesOfTab) return tab_;
    wanted_ = wanted;
    pages_of_tab_ = form_.pages.size();
    tab_ = wanted;
    for (int n = 2; !tabs_.insert(tab_).second; ++n)
      tab_ = wanted + " " + std::to_string(n);
    return tab_;
  }

  std::string text(const std::string& key) const {
    return key == "-" ? "" : messages_.get("form." + form_.name + "." + key);
  }
  std::string title(const FormPage& page) const { return text(page.key.empty() ? "title" : page.key); }
  std::string day_text(const Date& day) const {
    return messages_.get("report.day", {{"year", std::to_string(day.year)},
                                        {"month", std::to_string(day.month)},
                                        {"day", std::to_string(day.day)}});
  }

  std::string day_line() const {
    const std::string day = day_text(facts_.today);
    if (form_.by == SheetsBy::kRecord) return messages_.get("form.day_only", {{"day", day}});
    const std::string own = "form." + form_.name + ".measure";
    const std::string measure = messages_.get(messages_.has(own) ? own : "form.measure");
    return messages_.get("form.day", {{"day", day}, {"measure", measure}});
  }

  Sheet empty_sheet(const FormPage& page, const std::string& unit, const std::string& tab) const {
    Sheet sheet;
    sheet.name = tab.empty() ? form_.name : tab;
    sheet.title = title(page);
    sheet.left = messages_.get("form.unit", {{"unit", unit}});
    sheet.right = day_line();
    add_headings(page, sheet);
    for (const std::string& key : page.notes)
      sheet.notes.push_back(text(key));
    if (form_.signatures.empty()) {
      sheet.signatures = {messages_.get("form.prepared_by"), messages_.get("form.checked_by"),
                          messages_.get("form.phone")};
    } else {
      for (const std::string& key : form_.signatures)
        sheet.signatures.push_back(text(key));
    }
    sheet.footer = messages_.get(
        "form.footer", {{"from", ledger_.asked().from.text()}, {"as_of", ledger_.asked().as_of.text()}});
    sheet.page = messages_.get("form.page");
    sheet.rows_per_page = form_.rows_per_page;
    sheet.landscape = form_.landscape;
    return sheet;
  }

  void add_headings(const FormPage& page, Sheet& sheet) const {
    for (const FormColumn& column : page.columns) {
      const bool is_number = column.value == FormValue::kNumber || column.value == FormValue::kRowNumber ||
                             column.value == FormValue::kTenths || column.value == FormValue::kMoney;
      Heading heading{text(column.key), {}, column.width, is_number ? CellKind::kNumber : CellKind::kText};
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
  }

  /// The card of a page; without a record its values are blank.
  std::vector<std::vector<CardCell>> card(const FormPage& page, const lianxin::store::Statement* select,
                                          int at) const {
    std::vector<std::vector<CardCell>> out;
    for (const auto& line : page.card) {
      out.emplace_back();
      for (const FormPair& pair : line) {
        CardCell one{text(pair.key), "", pair.label_columns, pair.value_columns, pair.lines};
        if (select != nullptr) one.value = said(pair, select->text(at++));
        if (one.value.empty() && select != nullptr) one.value = nothing(pair);
        out.back().push_back(std::move(one));
      }
    }
    return out;
  }

  void add_row(const FormPage& page, const lianxin::store::Statement& select, Sheet& sheet) const {
    SheetRow row;
    int at = form_.by == SheetsBy::kWhole ? 0 : 1;
    if (page.has_totals) {
      const std::string kind = select.text(at++);
      row.kind = kind == "total"      ? RowKind::kTotal
                 : kind == "subtotal" ? RowKind::kSubtotal
                                      : RowKind::kPlain;
    }
    const auto number = std::count_if(sheet.rows.begin(), sheet.rows.end(),
                                      [](const SheetRow& one) { return one.kind == RowKind::kPlain; });
    for (const FormColumn& column : page.columns) {
      if (column.value == FormValue::kRowNumber)
        row.cells.push_back(number_word(row.kind, number + 1));
      else
        row.cells.push_back(said(column, select.text(at++)));
      if (row.cells.back().empty() && row.kind == RowKind::kPlain) row.cells.back() = nothing(column);
    }
    sheet.rows.push_back(std::move(row));
  }

  /// "无" where there is none; what is only not known yet stays blank, to be filled in by hand.
  std::string nothing(const FormItem& item) const {
    if (!item.or_none) return {};
    return messages_.get(item.value == FormValue::kPlace ? "form.place_unknown" : "form.none");
  }

  std::string number_word(RowKind kind, std::ptrdiff_t number) const {
    if (kind == RowKind::kTotal) return messages_.get("form.total");
    if (kind == RowKind::kSubtotal) return messages_.get("form.subtotal");
    return std::to_string(number);
  }

  bool is_missing(const std::optional<domain::PrivacyClass>& needed) const {
    return needed && facts_.missing.count(*needed) > 0;
  }
  bool is_own_only(const std::optional<domain::PrivacyClass>& needed) const {
    return needed && facts_.own_only.count(*needed) > 0;
  }
  /// What this laptop does not know is not "none".
  std::string nil_word() const {
    const bool unknown = is_missing(form_.needs) || is_own_only(form_.needs);
    return messages_.get(unknown ? "form.withheld" : "form.none");
  }

  /// K10: a table without people says so; an absent one would be something else.
  void add_nil(const FormPage& page, Sheet& sheet) const {
    if (page.rows.empty() || std::any_of(sheet.rows.begin(), sheet.rows.end(),
                                         [](const SheetRow& row) { return row.kind == RowKind::kPlain; }))
      return;
    SheetRow row;
    row.kind = RowKind::kNil;
    row.cells.resize(page.columns.size());
    row.cells[page.columns.size() > 1 ? 1 : 0] = nil_word();
    sheet.rows.insert(sheet.rows.begin(), std::move(row));
  }

  /// Kinds whose records this form counts; those of one record count nobody.
  [[nodiscard]] bool counts(const std::string& kind) const {
    static const std::map<std::string_view, std::string_view> kForms = {
        {"member", " f1 f2 f6b f7 f8 f10 f11 f16 "}, {"visit", " f4b f7 "}, {"delivery", " f5 f7 "}};
    const auto found = kForms.find(kind);
    return found != kForms.end() && found->second.find(" " + form_.name + " ") != std::string_view::npos;
  }

  /// Of visits and parcels those of the form's days; the month summary sums up its year as well.
  [[nodiscard]] bool concerns(const figures::Undecided& pair) const {
    const figures::Asked& asked = ledger_.asked();
    const Date first = form_.name == "f7" ? Date{asked.as_of.year, 1, 1} : asked.from;
    return counts(pair.kind) && figures::is_in_period(pair, first, asked.as_of);
  }

  /// On the table of each village it concerns, or of the whole unit.
  void add_undecided() {
    const auto note = [&](Sheet& sheet, const std::string& village) {
      std::vector<figures::Undecided> some;
      for (const figures::Undecided& pair : facts_.undecided) {
        const bool is_here =
            village.empty() || pair.scope.text() == village || pair.other_scope.text() == village;
        if (is_here && concerns(pair)) some.push_back(pair);
      }
      std::string words = figures::undecided_words(some, messages_);
      if (!words.empty()) sheet.notes.push_back(std::move(words));
    };
    if (form_.by == SheetsBy::kVillage) {
      for (const auto& [village, place] : places_)
        note(sheets_[place], village);
    } else if (form_.by == SheetsBy::kWhole && !sheets_.empty()) {
      note(sheets_.front(), "");
    }
  }

  void add_notes(Sheet& sheet) const {
    std::set<domain::PrivacyClass> needed;
    if (form_.needs) needed.insert(*form_.needs);
    for (const FormPage& page : form_.pages) {
      for (const auto& line : page.card)
        for (const FormPair& pair : line)
          if (pair.needs) needed.insert(*pair.needs);
      for (const FormColumn& column : page.columns)
        if (column.needs) needed.insert(*column.needs);
    }
    for (const domain::PrivacyClass one : needed) {
      const std::string number = std::to_string(static_cast<int>(one));
      if (is_missing(one))
        sheet.notes.push_back(messages_.get("form.missing." + number));
      else if (is_own_only(one))
        sheet.notes.push_back(messages_.get("form.own_only." + number));
    }
  }

  std::string said(const FormItem& item, const std::string& value) const {
    const bool says_nothing = value.empty() || value == "0";
    if (is_missing(item.needs) || (is_own_only(item.needs) && says_nothing))
      return messages_.get("form.withheld");
    switch (item.value) {
      case FormValue::kCode:
        return listed(value, ',', [&](const std::string& code) {
          return domain::code_name(item.list, code, facts_.language);
        });
      case FormValue::kWord:
        return listed(value, ',', [&](const std::string& word) {
          return messages_.get("form." + item.list + "." + word);
        });
      case FormValue::kNames:
        return listed(value, '|', [&](const std::string& name) { return free_words(item, name); });
      case FormValue::kYesNo:
        return messages_.get(value == "1" ? "form.yes" : "form.no");
      case FormValue::kPlace:
        return place(value);
      case FormValue::kPhone:
        return listed(value, ',', [&](const std::string& phone) {
          return facts_.unmasked ? phone : domain::mask_phone(phone);
        });
      case FormValue::kIdNumber:
        return facts_.unmasked ? value : domain::mask_id_number(value);
      case FormValue::kSecret:
        return secret(value);
      case FormValue::kTenths:
        return decimal(value, 1);
      case FormValue::kMoney:
        return decimal(value, 2);
      case FormValue::kBoxes:
        return boxes(item.list, value);
      case FormValue::kText:
        return free_words(item, value);
      default:
        return value;
    }
  }

  /// "山东省青岛市黄岛区"; in English the province is said so, what lies below has its own name only.
  std::string place(const std::string& code) const {
    if (code == "abroad" || code == "unknown") return messages_.get("form.place_" + code);
    std::string told = domain::full_place_name(code);
    if (told.empty() || facts_.language != "en") return told;
    const std::string province = code.substr(0, 2);
    const std::string below = told.substr(domain::full_place_name(province).size());
    const std::string name = domain::code_name("province", province, "en");
    return below.empty() ? name : name + ", " + below;
  }

  /// What a person wrote of people (columns of a class) may hold a number of theirs in the middle of words.
  std::string free_words(const FormItem& item, const std::string& words) const {
    return facts_.unmasked || !item.needs ? words : domain::mask_private_numbers(words);
  }

  template <typename SaidOne>
  std::string listed(const std::string& value, char between, const SaidOne& said_one) const {
    std::vector<std::string> out;
    for (const std::string& one : split(value, between))
      if (!one.empty()) out.push_back(said_one(one));
    return join(out, messages_.get("form.list_separator"));
  }

  std::string secret(const std::string& value) const {
    FormItem item;
    for (const auto& [begin, kind] :
         {std::pair{"phone:", FormValue::kPhone}, std::pair{"id:", FormValue::kIdNumber},
          std::pair{"place:", FormValue::kPlace}}) {
      item.value = kind;
      if (value.starts_with(begin)) return said(item, value.substr(std::string_view(begin).size()));
    }
    return facts_.unmasked ? value : domain::mask_private_numbers(value);
  }

  std::string boxes(const std::string& list, const std::string& code) const {
    constexpr std::int64_t kDigitsOfList = 2;
    const std::optional<std::int64_t> digits = read_integer(list);
    if (digits && !is_digits(code) && !code.empty()) return code;  // words stand where the code is not known
    const auto size = static_cast<std::size_t>(digits.value_or(kDigitsOfList));
    std::string out;
    for (const char digit : code.empty() ? std::string(size, ' ') : code)
      out += messages_.get("form.box", {{"digit", std::string(1, digit)}});
    return code.empty() || digits ? out : out + " " + domain::code_name(list, code, facts_.language);
  }

  figures::Ledger& ledger_;
  const FormDefinition& form_;
  const FormFacts& facts_;
  const Messages& messages_;
  std::vector<Sheet> sheets_;
  std::map<std::string, std::size_t> places_;  ///< of a village's or a record's sheet
  std::set<std::string> tabs_;
  std::size_t pages_of_tab_ = 0;
  std::string wanted_;
  std::string tab_;
};

}  // namespace

Result<std::vector<Sheet>> fill_form(figures::Ledger& ledger, const FormDefinition& definition,
                                     const FormFacts& facts, const Messages& messages) {
  return Filler(ledger, definition, facts, messages).fill();
}

}  // namespace lianxin::client::report
