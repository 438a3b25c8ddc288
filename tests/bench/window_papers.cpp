#include "tests/bench/window_papers.hpp"

#include "client/app/forms_page.hpp"
#include "client/app/receipt_words.hpp"
#include "client/app/roster_import.hpp"
#include "tests/bench/measure.hpp"

namespace lianxin::bench {
namespace {

namespace app = client::app;
namespace view = client::view;

constexpr std::size_t kForms = 5000;  ///< of 118 villages: three years of months and quarters
constexpr std::size_t kImports = 500;
constexpr std::size_t kSyncs = 1000;  ///< of three years, one each day
constexpr const char* kDayOfAll = "2026-09-20";

void set(LaptopHome& home, MadeRecord& record, const char* kind,
         std::initializer_list<std::pair<const char*, std::string>> values) {
  for (const auto& [field, value] : values)
    home.set(record, kind, field, value);
}

}  // namespace

std::vector<MadeRecord> made_papers(LaptopHome& home, const Id& unit) {
  std::vector<MadeRecord> out;
  const std::string digest(64, 'a');
  for (std::size_t number = 0; number < kForms; ++number) {
    MadeRecord& record = out.emplace_back();
    record.id = Id::make(kToday);
    set(home, record, "report_snapshot",
        {{"org_id", unit.text()},
         {"form", number % 3 == 0 ? "f7" : "f1"},
         {"period", "2026-08"},
         {"as_of", "2026-08-31"},
         {"occurred_on", kDayOfAll},
         {"revision", std::to_string(number + 1)},
         {"digest", digest},
         {"record_count", "1348"}});
  }
  for (std::size_t number = 0; number < kImports; ++number) {
    MadeRecord& record = out.emplace_back();
    record.id = Id::make(kToday);
    set(home, record, "import_batch",
        {{"org_id", unit.text()},
         {"file_name", "名册" + std::to_string(number) + ".xlsx"},
         {"accepted", "96"},
         {"merged", "14"},
         {"quarantined", "4"},
         {"imported_on", kDayOfAll}});
  }
  return out;
}

void add_syncs(LaptopHome& home) {
  // Of nothing: the page still reads and words each.
  const std::string receipt = app::receipt_text(sync::laptop::Receipt{});
  for (std::size_t syncs = 0; syncs < kSyncs; ++syncs)
    must(home.store().replica().remember_sync(receipt, true));
}

void measure_papers(LaptopHome& home, const view::Wording& wording, const TimeWork& time,
                    const TimeWork& first) {
  const view::ViewSources sources{home.store(), wording};
  app::ComparisonKept comparison;
  app::ChecksKept checks;
  const auto forms = [&] { (void)must(app::build_forms(sources, {}, comparison, checks)); };
  first("forms, with all figures checked", forms);
  time("forms, 5,000 handed in", forms);
  time("past imports, 500", [&] { (void)must(app::past_rosters(home.store().records())); });
  time("sync page, 1,000 past syncs", [&] { (void)must(app::build_sync(sources, {})); });
}

}  // namespace lianxin::bench
