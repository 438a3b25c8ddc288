#include "client/report/made_forms.hpp"

#include <algorithm>
#include <iterator>

#include "client/figures/handed_over.hpp"
#include "shared/base/check.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::report {
namespace {

std::size_t column_at(const FormPage& page, std::string_view key) {
  const auto found = std::find_if(page.columns.begin(), page.columns.end(),
                                  [&](const FormColumn& one) { return one.key == key; });
  LX_CHECK(found != page.columns.end(), "a column of the form is gone");
  return static_cast<std::size_t>(found - page.columns.begin());
}

const FormDefinition& known(std::string_view name) {
  const FormDefinition* form = form_definition(name);
  LX_CHECK(form != nullptr, "a form is gone");
  return *form;
}

Status need_township(figures::Ledger& ledger, const FormFacts& facts) {
  auto select = ledger.prepare(
      "SELECT 1 FROM level_unit u JOIN asked ON asked.scope = u.id WHERE u.level = 'township'");
  LX_TRY(const bool found, select.step());
  if (found) return {};
  return fail("report.township", {{"unit", facts.unit}});
}

Sheet cover_of(const Sheet& summary, std::size_t tables, const Date& as_of, const FormFacts& facts,
               const Messages& messages) {
  const auto words = [&](const char* key, const std::vector<ErrorArg>& args) {
    return messages.get(std::string("form.f2.") + key, args);
  };
  const std::size_t mobile = column_at(known("f2").pages.front(), "mobile");
  const std::string day = messages.get("report.day", {{"year", std::to_string(facts.today.year)},
                                                      {"month", std::to_string(facts.today.month)},
                                                      {"day", std::to_string(facts.today.day)}});
  Sheet cover = summary;
  cover.headings.clear();
  cover.rows.clear();
  cover.is_cover = true;
  cover.name = words("cover", {});
  cover.title = words("book", {{"unit", facts.unit}});
  cover.left = words("book_quarter", {{"year", std::to_string(as_of.year)},
                                      {"quarter", std::to_string((as_of.month + 2) / 3)}});
  cover.right.clear();
  cover.notes = {words("book_tables", {{"tables", std::to_string(tables)}}),
                 words("book_members", {{"mobile", summary.rows.back().cells.at(mobile)}}), summary.left,
                 messages.get("form.day_only", {{"day", day}})};
  return cover;
}

Result<std::vector<Sheet>> make_register(figures::Ledger& ledger, const FormFacts& facts,
                                         const Messages& messages) {
  LX_DO(need_township(ledger, facts));
  LX_TRY(std::vector<Sheet> parts, fill_form(ledger, known("f2"), facts, messages));
  LX_TRY(std::vector<Sheet> tables, fill_form(ledger, known("f1"), facts, messages));
  LX_DO(check_register(parts.front(), tables, messages));
  parts.back().signatures.insert(parts.back().signatures.begin(), messages.get("form.f2.book_unit"));
  std::vector<Sheet> book;
  book.push_back(cover_of(parts.front(), tables.size(), ledger.asked().as_of, facts, messages));
  book.push_back(std::move(parts.front()));
  std::move(tables.begin(), tables.end(), std::back_inserter(book));
  std::move(parts.begin() + 1, parts.end(), std::back_inserter(book));
  for (std::size_t i = 1; i < book.size(); ++i)
    book[i].goes_on = true;
  return book;
}

/// What the closing of the unit's month left open (K9); before it is closed, who has not been heard since.
Status add_month_notes(figures::Ledger& ledger, const FormFacts& facts, Sheet& sheet,
                       const Messages& messages) {
  auto select = ledger.prepare(
      "SELECT coalesce(c.late_count, 0), coalesce(x.unsynced_devices, '') FROM live_month_close c "
      "JOIN k_month_close x ON x.r_id = c.record JOIN asked ON asked.month = c.month AND asked.scope = "
      "c.org_id "
      "WHERE c.state = 'closed' ORDER BY c.id");
  std::int64_t late = 0;
  std::vector<std::string> devices;
  bool is_closed = false;
  while (true) {
    LX_TRY(const bool found, select.step());
    if (!found) break;
    is_closed = true;
    late += select.integer(0);
    for (const std::string& device : split(select.text(1), '\n'))
      if (!trim(device).empty()) devices.push_back(trim(device));
  }
  if (!is_closed) devices = facts.not_heard;
  if (late > 0) sheet.notes.push_back(messages.get("form.f7.late", {{"count", std::to_string(late)}}));
  if (!devices.empty())
    sheet.notes.push_back(
        messages.get("form.f7.unsynced", {{"devices", join(devices, messages.get("form.list_separator"))}}));
  return {};
}

Result<std::vector<Sheet>> make_month(lianxin::store::Database& database, figures::Ledger& ledger,
                                      const FormFacts& facts, const Messages& messages) {
  const FormDefinition& form = known("f7");
  LX_TRY(std::vector<Sheet> sheets, fill_form(ledger, form, facts, messages));
  Sheet& sheet = sheets.front();
  LX_DO(add_month_notes(ledger, facts, sheet, messages));
  figures::Asked year = ledger.asked();
  year.from = {year.as_of.year, 1, 1};
  LX_TRY(auto whole, figures::Ledger::open(database, year));
  // The year's line counts what was done since its first day.
  LX_TRY(const std::size_t moved, figures::handed_over_since(database, whole, year.from));
  if (std::string words = figures::handed_over_words(moved, year.from, messages); !words.empty())
    sheet.notes.push_back(std::move(words));
  LX_TRY(const std::vector<Sheet> of_year, fill_form(whole, form, facts, messages));
  sheet.rows.back().cells.front() = messages.get("form.total");
  sheet.rows.push_back(of_year.front().rows.back());
  sheet.rows.back().cells.front() = messages.get("form.f7.year");
  return sheets;
}

}  // namespace

Result<std::vector<Sheet>> make_form(lianxin::store::Database& database, figures::Ledger& ledger,
                                     const FormDefinition& definition, const FormFacts& facts,
                                     const Messages& messages) {
  if (definition.name == "f2") return make_register(ledger, facts, messages);
  if (definition.name == "f7") return make_month(database, ledger, facts, messages);
  return fill_form(ledger, definition, facts, messages);
}

Status check_register(const Sheet& summary, const std::vector<Sheet>& tables, const Messages& messages) {
  const FormPage& page = known("f2").pages.front();
  const std::size_t village = column_at(page, "village");
  const std::size_t mobile = column_at(page, "mobile");
  const auto differ = [&](const std::string& where, std::size_t table, const std::string& says) {
    return fail("report.register", {{"village", where.empty() ? messages.get("form.total") : where},
                                    {"table", std::to_string(table)},
                                    {"summary", says}});
  };
  std::size_t at = 0;
  std::size_t sum = 0;
  for (const SheetRow& row : summary.rows) {
    if (row.kind == RowKind::kNil) continue;
    const std::string& says = row.cells.at(mobile);
    if (row.kind != RowKind::kPlain) {
      if (at != tables.size()) return differ("", tables.size(), std::to_string(at));
      if (std::to_string(sum) != says) return differ("", sum, says);
      continue;
    }
    if (at == tables.size()) return differ(row.cells.at(village), 0, says);
    const auto& rows = tables[at++].rows;
    const auto people = static_cast<std::size_t>(std::count_if(
        rows.begin(), rows.end(), [](const SheetRow& one) { return one.kind == RowKind::kPlain; }));
    if (std::to_string(people) != says) return differ(row.cells.at(village), people, says);
    sum += people;
  }
  return {};
}

}  // namespace lianxin::client::report
