// `lianxin-bench window` (README.md).
#include "tests/bench/window_bench.hpp"

#include "assets/assets.hpp"
#include "client/view/conflict_desk_view_builder.hpp"
#include "client/view/duplicates_view_builder.hpp"
#include "client/view/duty_book.hpp"
#include "client/view/figures_view_builder.hpp"
#include "client/view/form_view_builder.hpp"
#include "client/view/kept_aside_view_builder.hpp"
#include "client/view/member_file_view_builder.hpp"
#include "client/view/members_view_builder.hpp"
#include "client/view/records_view_builder.hpp"
#include "client/view/register_view_builder.hpp"
#include "client/view/shell_view_builder.hpp"
#include "client/view/today_view_builder.hpp"
#include "tests/bench/window_county.hpp"
#include "tests/bench/window_papers.hpp"

namespace lianxin::bench {

namespace view = client::view;

namespace {

constexpr int kTurns = 5;
constexpr std::size_t kSlice = 2000;
constexpr std::size_t kTexts = 5000;
constexpr std::size_t kPersons = 100;
constexpr std::size_t kPairs = 100;
constexpr std::size_t kDisputes = 500;
/// Of many records: all members, contacts, deliveries, questions.
constexpr int kFiguresWithRecords[] = {1, 20, 36, 45, 54};

/// What a plain program would ask for the same page: one statement on the same tables, its rows read as text.
struct Plain {
  const char* page;
  const char* sql;
};
constexpr Plain kVisits{
    "visits",
    "SELECT v.r_id, v.occurred_on, v.mode, v.purposes, v.outcome, w.name, m.name FROM k_visit v "
    "JOIN k_member m ON m.r_id = v.r_parent LEFT JOIN k_worker w ON w.r_id = "
    "unhex(replace(v.workers, '-', '')) WHERE v.r_flags & 3 = 0 ORDER BY v.occurred_on DESC, "
    "v.began DESC LIMIT 300"};
constexpr Plain kDeliveries{
    "deliveries",
    "SELECT d.r_id, m.name, d.mode, ifnull(d.dispatched_on, d.received_on), d.receipt_kind, g.name, l.qty "
    "FROM "
    "k_delivery d JOIN k_member m ON m.r_id = d.r_parent JOIN record r ON r.parent = d.r_id AND r.kind = 18 "
    "AND "
    "r.parent != x'00000000000000000000000000000000' JOIN k_delivery_line l ON l.r_id = r.id LEFT JOIN "
    "k_material g "
    "ON g.r_id = unhex(replace(l.material_id, '-', '')) WHERE d.r_flags & 67 = 0 ORDER BY 4 DESC LIMIT 300"};
constexpr Plain kCases{
    "cases",
    "SELECT k.r_id, m.name, k.opened_on, k.topic, k.level, k.due_on FROM k_case_item k JOIN k_member "
    "m ON m.r_id = k.r_parent WHERE k.r_flags & 3 = 0 ORDER BY k.closed_on IS NOT NULL, k.opened_on "
    "DESC LIMIT 300"};
constexpr Plain kHardship{
    "hardship",
    "SELECT m.r_id, m.name, o.name, m.care_flag FROM k_member m JOIN k_org_unit o ON o.r_id = "
    "m.r_scope WHERE m.care_flag IS NOT NULL AND m.r_flags & 67 = 0 ORDER BY m.name LIMIT 300"};
constexpr const char* kMembers =
    "SELECT m.r_id, m.name, m.gender, o.name, e.dest_division, e.usual_place, c.value FROM k_org_unit o JOIN "
    "k_member m "
    "ON m.r_scope = o.r_id JOIN record re ON re.parent = m.r_id AND re.kind = 9 AND re.parent != "
    "x'00000000000000000000000000000000' JOIN k_mobility_episode e ON e.r_id = re.id JOIN record rc ON "
    "rc.parent = "
    "m.r_id AND rc.kind = 8 AND rc.parent != x'00000000000000000000000000000000' JOIN k_contact_point c ON "
    "c.r_id = "
    "rc.id WHERE m.r_flags & 67 = 0 ORDER BY m.r_scope, m.name LIMIT ";
/// Who was last met when, the longest ago first: less than the page says.
constexpr const char* kTodayPlain =
    "SELECT m.r_id, m.name, max(v.occurred_on) AS day FROM k_member m LEFT JOIN k_visit v ON v.r_parent = "
    "m.r_id AND "
    "v.outcome = 'met' WHERE m.r_flags & 67 = 0 GROUP BY m.r_id ORDER BY day LIMIT 500";

class WindowBench {
 public:
  WindowBench(const std::filesystem::path& folder, std::size_t members, const Report& report)
      : report_(report),
        county_(folder, members),
        home_(county_.home()),
        some_member_(county_.some_member()) {}

  void run() {
    if (county_.records_per_second() > 0) {
      report_("made", county_.seconds(), "s");
      report_("made", county_.records_per_second(), "records/s");
    } else {
      report_("open again", home_.open_again(), "s");
    }
    county_.add_disputes(kDisputes);
    read_ahead();
    pages();
    decisions();
    lists();
    forms();
    searches();
    figures();
    papers();
  }

 private:
  struct Cost {
    double first = 0;
    double next = 0;
  };
  /// The first turn, and the middle one of the next: the processor's ms, which minds other builds less.
  static Cost cost_of(const std::function<void()>& work) {
    Cost cost;
    cost.first = 1000 * spent_on(work).processor;
    std::vector<double> next;
    for (int i = 0; i < kTurns; ++i)
      next.push_back(1000 * spent_on(work).processor);
    cost.next = percentile(next, 0.5);
    return cost;
  }
  void time(const std::string& name, const std::function<void()>& work) {
    const Cost cost = cost_of(work);
    report_(name, cost.next, "ms");
    report_(name + ", first", cost.first, "ms");
    last_ = cost.next;
  }
  /// The same beside a plain statement.
  void beside(const std::string& sql) {
    const double plain = cost_of([&] { read_all(sql); }).next;
    report_("  plain SQL", plain, "ms");
    report_("  ratio", last_ / plain, "x");
  }
  void read_all(const std::string& sql) {
    auto select = home_.store().database().prepare(sql);
    while (must(select.step())) {
      for (int i = 0; i < kColumns; ++i)
        (void)select.text(i);
    }
  }
  void save(const client::store::Edit& edit);
  void save_visit();
  void save_member();
  void save_parcel();
  void save_new_member();
  void slices(const std::string& name, const std::function<bool()>& slice);
  void read_ahead();
  void count_duties();
  void pages();
  void decisions();
  void lists();
  void all_records();
  void forms();
  void searches();
  void figures();
  void papers();
  [[nodiscard]] view::ViewSources sources() { return {home_.store(), wording_}; }

  static constexpr int kColumns = 3;
  const Report& report_;
  WindowCounty county_;
  LaptopHome& home_;
  Id some_member_;
  double last_ = 0;
  int names_ = 0;
  view::DutyBook duties_;
  view::Wording wording_{std::make_shared<const Messages>(must(Messages::parse(assets::texts("zh-CN")))),
                         "zh-CN"};
};

/// What the window does in slices while nobody waits.
void WindowBench::read_ahead() {
  const auto all = [](const auto& slice) {
    while (must(slice())) {
    }
  };
  auto& records = home_.store().records();
  report_("search texts", spent_on([&] { all([&] { return records.read_texts(kSlice); }); }).processor, "s");
  slices("5,000 search texts", [&] { return must(records.load_texts(kTexts)); });
  report_("twin keys", spent_on([&] { all([&] { return records.read_twins(kSlice); }); }).processor, "s");
  slices("100 pairs", [&] { return must(records.compare_twins(kPairs)); });
}

void WindowBench::save(const client::store::Edit& edit) {
  if (!must(home_.store().records().save({edit})).ok) throw std::runtime_error("not saved");
  home_.clock().advance(1000);
}

void WindowBench::save_visit() {
  client::store::Edit edit;
  edit.kind = "visit";
  edit.fields = {{"members", client::store::FieldEdit::Op::kAdd, some_member_.text()},
                 {"occurred_on", client::store::FieldEdit::Op::kSet, "2026-09-20"},
                 {"outcome", client::store::FieldEdit::Op::kSet, "met"}};
  save(edit);
}

void WindowBench::save_parcel() {
  client::store::Edit edit;
  edit.kind = "delivery";
  edit.fields = {{"member_id", client::store::FieldEdit::Op::kSet, some_member_.text()},
                 {"mode", client::store::FieldEdit::Op::kSet, "courier"},
                 {"dispatched_on", client::store::FieldEdit::Op::kSet, "2026-09-01"}};
  save(edit);
}

void WindowBench::save_new_member() {
  client::store::Edit edit;
  edit.kind = "member";
  edit.fields = {
      {"name", client::store::FieldEdit::Op::kSet, "赵新来"},
      {"home_village_id", client::store::FieldEdit::Op::kSet, county_.village_of(some_member_).text()}};
  save(edit);
}

/// Work in slices until there is no more.
void WindowBench::slices(const std::string& name, const std::function<bool()>& slice) {
  std::vector<double> costs;
  double sum = 0;
  for (bool more = true; more;) {
    costs.push_back(1000 * spent_on([&] { more = slice(); }).processor);
    sum += costs.back() / 1000;
  }
  report_("slice of " + name, percentile(costs, 0.5), "ms");
  report_("  the slowest of a hundred", percentile(costs, 0.99), "ms");
  report_("  the slowest", percentile(costs, 1), "ms");
  report_("  all of them", sum, "s");
}

/// The first page of the day, whose counting goes on in slices while the window answers
/// (client/app/reading_ahead.cpp).
void WindowBench::count_duties() {
  const auto today = [&] { (void)must(view::build_today(sources(), &duties_)); };
  report_("today, counting", 1000 * spent_on(today).processor, "ms");
  report_("members, counting",
          1000 * spent_on([&] { (void)must(view::build_members(sources(), "", &duties_)); }).processor, "ms");
  slices("100 persons", [&] { return must(duties_.read_some(home_.store(), kPersons)); });
}

/// And his keys are made anew.
void WindowBench::save_member() {
  client::store::Edit edit;
  edit.kind = "member";
  edit.record = some_member_;
  edit.fields = {{"name", client::store::FieldEdit::Op::kSet, ++names_ % 2 == 0 ? "赵连心" : "赵连新"}};
  save(edit);
  (void)must(home_.store().records().read_twins(kSlice));
}

void WindowBench::pages() {
  count_duties();
  const auto today = [&] { (void)must(view::build_today(sources(), &duties_)); };
  time("today", today);
  beside(kTodayPlain);
  const auto after = [&](const char* what, const auto& save) {
    std::vector<double> costs;
    for (int i = 0; i < kTurns; ++i) {
      save();
      costs.push_back(1000 * spent_on(today).processor);
    }
    report_(std::string("today after ") + what, percentile(costs, 0.5), "ms");
  };
  after("a visit is saved", [&] { save_visit(); });
  after("a member is saved", [&] { save_member(); });
  after("a parcel is saved", [&] { save_parcel(); });
  after("a new member is saved", [&] { save_new_member(); });
  time("frame", [&] { (void)must(view::build_shell(sources(), {})); });
  time("member", [&] { (void)must(view::build_member_file(sources(), some_member_)); });
  time("pairs looked for anew", [&] { (void)must(view::count_duplicates(home_.store())); });
  time("duplicates", [&] { (void)must(view::build_duplicates(sources(), &duties_.twins())); });
}

/// What waits for a person, and what the county keeps aside, as if it were so.
void WindowBench::decisions() {
  time("conflicts", [&] { (void)must(view::build_conflict_desk(sources())); });
  auto& database = home_.store().database();
  auto savepoint = must(lianxin::store::Savepoint::begin(database));
  must(database.exec(
      "UPDATE change SET status = 1 WHERE seq IN (SELECT seq FROM change WHERE hash IS NOT NULL LIMIT 500)"));
  time("kept aside", [&] { (void)must(view::build_kept_aside(sources())); });
}

/// The slowest of all kinds, with a list or a new form each.
void WindowBench::all_records() {
  std::pair<double, std::string> list;
  std::pair<double, std::string> form;
  for (const std::string_view kind : view::record_kinds()) {
    const std::string name(kind);
    view::RecordDraft draft;
    draft.draft = Id::make(home_.clock().now_ms());
    draft.kind = name;
    const Cost listed = cost_of([&] { (void)must(view::build_records(sources(), name, "")); });
    const Cost made = cost_of([&] { (void)must(view::build_record_form(sources(), draft, "")); });
    list = std::max(list, {std::max(listed.first, listed.next), name});
    form = std::max(form, {std::max(made.first, made.next), name});
  }
  report_("slowest records: " + list.second, list.first, "ms");
  report_("slowest new form: " + form.second, form.first, "ms");
}

void WindowBench::forms() {
  const auto visit = must(view::new_visit_draft(sources(), some_member_));
  time("visit form", [&] { (void)must(view::build_visit_form(sources(), visit, "")); });
  const auto delivery = must(view::new_delivery_draft(sources(), some_member_));
  time("delivery form", [&] { (void)must(view::build_delivery_form(sources(), delivery, "")); });
  time("new member", [&] { (void)must(view::build_member_file(sources(), Id())); });
  all_records();
}

void WindowBench::lists() {
  time("members", [&] { (void)must(view::build_members(sources(), "", &duties_)); });
  beside(std::string(kMembers) + "300");
  time("members, the middle of them",
       [&] { (void)must(view::build_members(sources(), "", &duties_, 50'000)); });
  const std::pair<Plain, view::Page> registers[] = {{kVisits, view::Page::kVisits},
                                                    {kDeliveries, view::Page::kDeliveries},
                                                    {kCases, view::Page::kCases},
                                                    {kHardship, view::Page::kHardship}};
  for (const auto& [plain, page] : registers) {
    time(plain.page, [&, page = page] { (void)must(view::build_register(sources(), page, &duties_)); });
    beside(plain.sql);
    const std::size_t end = std::min<std::size_t>(
        view::kRegisterRowsMax, must(view::build_register(sources(), page, &duties_)).total);
    time(std::string(plain.page) + ", the last piece", [&, page = page] {
      (void)must(
          view::build_register(sources(), page, &duties_, end, end - std::min(end, view::kRegisterRows)));
    });
  }
  for (const char* kind :
       {"contact_attempt", "consultation", "case_item", "liaison_assignment", "activity"}) {
    time(std::string("records ") + kind, [&] { (void)must(view::build_records(sources(), kind, "")); });
    beside(std::string("SELECT k.r_id, m.name, k.* FROM k_") + kind +
           " k LEFT JOIN k_member m ON m.r_id = k.r_parent WHERE k.r_flags & 67 = 0 ORDER BY k.r_id DESC "
           "LIMIT 500");
  }
}

void WindowBench::searches() {
  for (const char* typed : {"张", "张伟", "z", "zhang", "zw", "1", "3301", "不在这里"}) {
    const std::string words(typed);
    time("search " + words, [&] { (void)must(view::build_members(sources(), words, &duties_)); });
    beside("SELECT r_id, name, gender FROM k_member WHERE name LIKE '%" + words +
           "%' AND r_flags & 67 = 0 LIMIT 2000");
    time("choose " + words, [&] { (void)must(view::find_members(sources(), words)); });
    beside("SELECT r_id, name, gender FROM k_member WHERE name LIKE '%" + words +
           "%' AND r_flags & 67 = 0 LIMIT 9");
  }
  for (const char* typed : {"张", "z", "1", "刘洋", "张伟"}) {
    for (const char* kind : {"consultation", "case_item", "contact_attempt"}) {
      time(std::string("records ") + kind + " by " + typed,
           [&] { (void)must(view::build_records(sources(), kind, typed)); });
    }
  }
  beside(
      "SELECT c.r_id, m.name, c.occurred_on FROM k_member m JOIN record r ON r.parent = m.r_id AND r.kind = "
      "13 AND "
      "r.parent != x'00000000000000000000000000000000' JOIN k_contact_attempt c ON c.r_id = r.id WHERE "
      "m.name LIKE "
      "'%张伟%' ORDER BY c.r_id DESC LIMIT 500");
}

void WindowBench::figures() {
  view::FiguresKept kept;
  const auto ask = [&](const std::string& what, int row) {
    const auto work = [&] { (void)must(view::build_figures(sources(), {{}, "", row, ""}, kept)); };
    report_("figures, " + what, 1000 * spent_on(work).processor, "ms");
  };
  ask("first", 0);
  ask("the same again", 0);
  for (const int row : kFiguresWithRecords)
    ask("the records behind " + std::to_string(row), row);
}

void WindowBench::papers() {
  measure_papers(
      home_, wording_, [&](const std::string& name, const auto& work) { time(name, work); },
      [&](const std::string& name, const auto& work) {
        report_(name, 1000 * spent_on(work).processor, "ms");
      });
}

}  // namespace

void measure_window(const std::filesystem::path& folder, std::size_t members, const Report& report) {
  WindowBench(folder, members, report).run();
}

}  // namespace lianxin::bench
