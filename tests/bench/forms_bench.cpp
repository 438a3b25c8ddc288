// `lianxin-bench forms` (README.md).
#include "tests/bench/forms_bench.hpp"

#include <memory>
#include <xlsxwriter.h>

#include "assets/assets.hpp"
#include "client/county/county.hpp"
#include "client/figures/figures.hpp"
#include "client/report/canvas.hpp"
#include "client/report/made_forms.hpp"
#include "client/report/sheet_pdf.hpp"
#include "client/report/sheet_xlsx.hpp"
#include "client/view/wording.hpp"
#include "tests/bench/laptop_home.hpp"
#include "tests/bench/people.hpp"

namespace lianxin::bench {
namespace {

namespace fs = std::filesystem;
namespace report = client::report;
using Sheets = std::vector<report::Sheet>;

constexpr WallMs kMadeOn = 1'796'000'000'000;  // 2026-11-30
constexpr int kTurns = 3;
constexpr int kTownships = 8;
constexpr int kVillages = 118;

struct Unit {
  Id id;
  std::string code;
  std::string kind;
  std::string name;
};

/// 118 villages over 8 townships, as the county's division list has them.
std::vector<Unit> units() {
  std::vector<Unit> out = {{Id::make(kToday), "220622", "county", "县"}};
  for (int i = 0; i < kTownships; ++i)
    out.push_back({Id::make(kToday), "2206221" + padded(i, 2), "township", "镇" + std::to_string(i + 1)});
  for (int i = 0; i < kVillages; ++i)
    out.push_back({Id::make(kToday), "2206221" + padded(i % kTownships, 2) + padded(200 + i, 3), "village",
                   "村" + std::to_string(i + 1)});
  return out;
}

void make(LaptopHome& home, const std::vector<Unit>& units, const Report& tell) {
  std::vector<MadeRecord> shelf;
  for (const Unit& unit : units) {
    MadeRecord& record = shelf.emplace_back();
    record.id = unit.id;
    home.set(record, "org_unit", "kind", unit.kind);
    home.set(record, "org_unit", "name", unit.name);
    home.set(record, "org_unit", "code", unit.code);
    home.set(record, "org_unit", "from", "2000-01-01");
    if (unit.kind != "county")
      home.set(record, "org_unit", "parent_id",
               unit.kind == "township"
                   ? units.front().id.text()
                   : units[1 + (&unit - units.data() - 1 - kTownships) % kTownships].id.text());
  }
  (void)home.take(Id{}, shelf);
  std::size_t entries = 0;
  const double seconds =
      spent_on([&] {
        entries = must(client::county::make_county(home.store().records(), {}, [](std::size_t, std::size_t) {
                  })).entries;
      }).processor;
  tell("county made", seconds, "s");
  tell("county made", static_cast<double>(entries), "entries");
}

std::unique_ptr<LaptopHome> county(const fs::path& folder, const Report& tell) {
  std::unique_ptr<LaptopHome> home;
  const fs::path mark = folder / "made.txt";
  if (fs::exists(mark)) {
    home = std::make_unique<LaptopHome>(folder);
    home->clock().set(kMadeOn);
    return home;
  }
  const std::vector<Unit> all = units();
  std::vector<std::pair<Id, std::string>> scopes;
  for (const Unit& unit : all)
    scopes.emplace_back(unit.id, unit.code);
  home = std::make_unique<LaptopHome>(folder, scopes);
  home->clock().set(kMadeOn);
  make(*home, all, tell);
  std::ofstream(mark) << all.size() << '\n';
  return home;
}

/// Median of some turns, ms of the processor.
double ms_of(const std::function<void()>& work) {
  std::vector<double> turns;
  for (int i = 0; i < kTurns; ++i)
    turns.push_back(1000 * spent_on(work).processor);
  return percentile(turns, 0.5);
}

/// Every word of the sheets, row by row: what a plain program writes.
template <class Write>
void each_word(const report::Sheet& sheet, Write write) {
  std::uint32_t row = 0;
  for (const std::string* words : {&sheet.title, &sheet.left, &sheet.right})
    write(row++, 0U, *words);
  for (const report::HeadingCell& cell : report::heading_cells(sheet))
    write(row + cell.first_row, cell.first_column, cell.words);
  row += report::heading_rows(sheet);
  for (const report::SheetRow& one : sheet.rows) {
    for (std::size_t i = 0; i < one.cells.size(); ++i)
      write(row, static_cast<std::uint32_t>(i), one.cells[i]);
    ++row;
  }
  for (const std::vector<std::string>* lines : {&sheet.notes, &sheet.signatures}) {
    for (const std::string& line : *lines)
      write(row++, 0U, line);
  }
}

/// The same cells with the library alone: no formats, merges, widths or print set-up.
void plain_xlsx(const Sheets& sheets, const fs::path& path) {
  lxw_workbook* book = workbook_new(path.c_str());
  for (const report::Sheet& sheet : sheets) {
    lxw_worksheet* page = workbook_add_worksheet(book, sheet.name.c_str());
    each_word(sheet, [&](std::uint32_t row, std::uint32_t column, const std::string& words) {
      worksheet_write_string(page, row, static_cast<lxw_col_t>(column), words.c_str(), nullptr);
    });
  }
  if (workbook_close(book) != LXW_NO_ERROR) throw std::runtime_error("the workbook was not written");
}

/// The same words with Pango and Cairo alone: each laid out once and shown at its place, a page for each
/// sheet.
Bytes plain_pdf(const Sheets& sheets) {
  constexpr double kRow = 18;
  constexpr double kColumn = 60;
  Bytes out;
  const report::Surface surface = report::pdf_surface(out, "plain", "2026-11-30T00:00:00Z");
  const report::Cairo cairo(cairo_create(surface.get()));
  const report::Font font(pango_font_description_from_string("Noto Sans CJK SC 9"));
  for (const report::Sheet& sheet : sheets) {
    each_word(sheet, [&](std::uint32_t row, std::uint32_t column, const std::string& words) {
      const report::Layout layout(pango_cairo_create_layout(cairo.get()));
      pango_layout_set_font_description(layout.get(), font.get());
      pango_layout_set_text(layout.get(), words.data(), static_cast<int>(words.size()));
      cairo_move_to(cairo.get(), kColumn * column, kRow * row);
      pango_cairo_show_layout(cairo.get(), layout.get());
    });
    cairo_show_page(cairo.get());
  }
  must(report::finish(surface.get()));
  return out;
}

/// Every shown value of every kind read once.
void read_everything(lianxin::store::Database& database) {
  for (const domain::Kind& kind : domain::Catalogue::base().kinds()) {
    auto select = database.prepare("SELECT * FROM k_" + kind.name);
    const int columns = 4 + static_cast<int>(kind.fields.size());
    while (must(select.step())) {
      for (int i = 0; i < columns; ++i)
        (void)select.text(i);
    }
  }
}

void beside(const Report& tell, const std::string& name, double ours, double plain) {
  tell(name, ours, "ms");
  tell("  plain", plain, "ms");
  tell("  ratio", ours / plain, "x");
}

}  // namespace

void measure_forms(const fs::path& folder, const Report& tell) {
  const auto home = county(folder, tell);
  lianxin::store::Database& database = home->store().database();
  auto unit = database.prepare("SELECT r_id FROM k_org_unit WHERE kind = 'county'");
  if (!must(unit.step())) throw std::runtime_error("no county");
  const client::figures::Asked asked{unit.id(0), {2026, 1, 1}, {2026, 9, 30}, false};
  unit.reset();
  const Messages messages = must(Messages::parse(assets::texts("zh-CN")));

  const double figures = ms_of([&] {
    auto ledger = must(client::figures::Ledger::open(database, asked));
    (void)must(client::figures::all_figures(ledger));
  });
  beside(tell, "figures", figures, ms_of([&] { read_everything(database); }));

  Sheets sheets;
  const double made = ms_of([&] {
    auto ledger = must(client::figures::Ledger::open(database, asked));
    const report::FormFacts facts{"靖宇县", Date::of(kMadeOn), false, "zh"};
    sheets = must(report::make_form(database, ledger, *report::form_definition("f1"), facts, messages));
  });
  std::size_t rows = 0;
  for (const report::Sheet& sheet : sheets)
    rows += sheet.rows.size();
  tell("f1 tables", static_cast<double>(sheets.size()), "");
  tell("f1 rows", static_cast<double>(rows), "");
  tell("f1 read", made, "ms");
  const fs::path file = folder / "f1.xlsx";
  beside(tell, "f1 xlsx", ms_of([&] { must(report::write_xlsx(sheets, file)); }),
         ms_of([&] { plain_xlsx(sheets, folder / "plain.xlsx"); }));
  beside(tell, "f1 pdf", ms_of([&] { (void)must(report::sheets_pdf(sheets)); }),
         ms_of([&] { (void)plain_pdf(sheets); }));
}

}  // namespace lianxin::bench
