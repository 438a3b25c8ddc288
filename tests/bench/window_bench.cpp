// `lianxin-bench window` (README.md).
#include "tests/bench/window_bench.hpp"

#include "assets/assets.hpp"
#include "client/view/figures_view_builder.hpp"
#include "client/view/member_file_view_builder.hpp"
#include "client/view/members_view_builder.hpp"
#include "client/view/records_view_builder.hpp"
#include "client/view/register_view_builder.hpp"
#include "client/view/today_view_builder.hpp"
#include "tests/bench/laptop_home.hpp"
#include "tests/bench/people.hpp"
#include "tests/bench/workload.hpp"

namespace lianxin::bench {

namespace view = client::view;

namespace {

constexpr int kVisits = 3;
constexpr int kCalls = 2;
constexpr std::size_t kFactsOfMember = 10;
constexpr std::size_t kCareEvery = 50;
constexpr int kTurns = 5;

std::vector<std::pair<Id, std::string>> villages() {
  std::vector<std::pair<Id, std::string>> out;
  for (std::size_t i = 0; i < kLaptopCount; ++i)
    out.emplace_back(Id::make(kToday), "2206220" + padded(i + 1, 5));
  return out;
}

class WindowBench {
 public:
  WindowBench(const std::filesystem::path& folder, std::size_t members, const Report& report)
      : members_(members), report_(report), villages_(villages()), home_(folder, villages_) {}

  void run() {
    load();
    pages();
    searches();
    figures();
  }

 private:
  /// A record that hangs on another, with its day where it has one.
  MadeRecord& add(std::vector<MadeRecord>& out, const char* kind, const Id& parent, const char* day_field) {
    MadeRecord& record = out.emplace_back();
    record.id = Id::make(kToday);
    record.parent = parent;
    if (day_field != nullptr) home_.set(record, kind, day_field, date_between(draws_, 2025, 2026));
    return record;
  }
  void add_member(std::vector<MadeRecord>& out, std::size_t number, const Id& village);
  void add_visit(std::vector<MadeRecord>& out, const Id& member);
  void add_delivery(std::vector<MadeRecord>& out, const Id& member);
  void load();
  void pages();
  void searches();
  void figures();
  /// The first turn, and the middle one of the next: the processor's time, which minds other builds less.
  void time(const std::string& name, const std::function<void()>& work) {
    const double first = spent_on(work).processor;
    std::vector<double> next;
    for (int i = 0; i < kTurns; ++i)
      next.push_back(spent_on(work).processor);
    report_(name, 1000 * percentile(next, 0.5), "ms");
    report_(name + ", first", 1000 * first, "ms");
  }
  [[nodiscard]] view::ViewSources sources() { return {home_.store(), wording_}; }

  std::size_t members_;
  const Report& report_;
  Draws draws_{20240701};
  std::vector<std::pair<Id, std::string>> villages_;
  LaptopHome home_;
  Id some_member_;
  view::Wording wording_{std::make_shared<const Messages>(must(Messages::parse(assets::texts("zh-CN")))),
                         "zh-CN"};
};

void WindowBench::add_visit(std::vector<MadeRecord>& out, const Id& member) {
  MadeRecord& visit = add(out, "visit", member, "occurred_on");
  home_.set(visit, "visit", "members", member.text());
  home_.set(visit, "visit", "workers", home_.author().text());
  home_.set(visit, "visit", "mode", "door");
  home_.set(visit, "visit", "purposes", "study");
  home_.set(visit, "visit", "outcome", draws_.below(4) == 0 ? "nobody" : "met");
  home_.set(visit, "visit", "content", remark(draws_, 10, 40));
}

void WindowBench::add_delivery(std::vector<MadeRecord>& out, const Id& member) {
  MadeRecord& delivery = add(out, "delivery", member, "dispatched_on");
  const Id id = delivery.id;
  home_.set(delivery, "delivery", "member_id", member.text());
  home_.set(delivery, "delivery", "mode", "by_hand");
  MadeRecord& line = add(out, "delivery_line", id, nullptr);
  home_.set(line, "delivery_line", "delivery_id", id.text());
  home_.set(line, "delivery_line", "qty", "1");
}

void WindowBench::add_member(std::vector<MadeRecord>& out, std::size_t number, const Id& village) {
  MadeRecord& member = add(out, "member", Id{}, nullptr);
  const Id id = member.id;
  some_member_ = id;
  home_.set(member, "member", "name", person_name(draws_));
  home_.set(member, "member", "gender", draws_.below(2) == 0 ? "1" : "2");
  home_.set(member, "member", "joined_on", date_between(draws_, 1990, 2020));
  home_.set(member, "member", "home_village_id", village.text());
  home_.set(member, "member", "born_on", date_between(draws_, 1950, 2002));
  home_.set(member, "member", "id_no",
            "220699" + padded(draws_.next() % 100000000, 8) + padded(number % 10000, 4));
  home_.set(member, "member", "home_address", remark(draws_, 8, 16));
  if (number % kCareEvery == 0) home_.set(member, "member", "care_flag", "ill");
  MadeRecord& phone = add(out, "contact_point", id, nullptr);
  home_.set(phone, "contact_point", "member_id", id.text());
  home_.set(phone, "contact_point", "kind", "mobile");
  home_.set(phone, "contact_point", "value", "13" + padded(draws_.next() % 1000000000, 9));
  MadeRecord& episode = add(out, "mobility_episode", id, "left_on");
  home_.set(episode, "mobility_episode", "member_id", id.text());
  home_.set(episode, "mobility_episode", "direction", "out");
  home_.set(episode, "mobility_episode", "dest_division", "330100");
  for (int i = 0; i < kVisits; ++i)
    add_visit(out, id);
  for (int i = 0; i < kCalls; ++i) {
    MadeRecord& call = add(out, "contact_attempt", id, "occurred_on");
    home_.set(call, "contact_attempt", "member_id", id.text());
    home_.set(call, "contact_attempt", "channel", "phone");
    home_.set(call, "contact_attempt", "outcome", "reached_self");
  }
  add_delivery(out, id);
  MadeRecord& asked = add(out, "consultation", id, "occurred_on");
  home_.set(asked, "consultation", "member_id", id.text());
  home_.set(asked, "consultation", "topics", "dues");
}

void WindowBench::load() {
  std::vector<MadeRecord> units(1);
  const Id county = Id::make(kToday);
  units.front().id = county;
  home_.set(units.front(), "org_unit", "kind", "county");
  home_.set(units.front(), "org_unit", "name", "量度县");
  home_.set(units.front(), "org_unit", "code", "220622");
  home_.set(units.front(), "org_unit", "from", "2000-01-01");
  for (const auto& [id, code] : villages_) {
    MadeRecord& unit = units.emplace_back();
    unit.id = id;
    home_.set(unit, "org_unit", "kind", "village");
    home_.set(unit, "org_unit", "name", code.substr(7) + "村");
    home_.set(unit, "org_unit", "code", code);
    home_.set(unit, "org_unit", "parent_id", county.text());
    home_.set(unit, "org_unit", "from", "2000-01-01");
  }
  double seconds = home_.take(Id{}, units);
  for (std::size_t v = 0; v < villages_.size(); ++v) {
    std::vector<MadeRecord> records;
    for (std::size_t n = v; n < members_; n += villages_.size())
      add_member(records, n, villages_[v].first);
    seconds += home_.take(villages_[v].first, records);
  }
  report_("load", static_cast<double>(members_ * (1 + kFactsOfMember)) / seconds, "records/s");
  report_("search texts", seconds_of([&] { (void)must(view::find_members(sources(), "zhang")); }), "s");
}

void WindowBench::pages() {
  time("members", [&] { (void)must(view::build_members(sources(), "")); });
  const std::pair<const char*, view::Page> registers[] = {{"visits", view::Page::kVisits},
                                                          {"deliveries", view::Page::kDeliveries},
                                                          {"cases", view::Page::kCases},
                                                          {"hardship", view::Page::kHardship}};
  for (const auto& [name, page] : registers)
    time(name, [&, page = page] { (void)must(view::build_register(sources(), page)); });
  for (const char* kind : {"contact_attempt", "consultation", "activity"})
    time(std::string("records ") + kind, [&] { (void)must(view::build_records(sources(), kind, "")); });
  time("member", [&] { (void)must(view::build_member_file(sources(), some_member_)); });
  time("today", [&] { (void)must(view::build_today(sources())); });
}

void WindowBench::searches() {
  for (const char* typed : {"张", "张伟", "zhang", "zw", "3301", "不在这里"}) {
    const std::string words(typed);
    time("search " + words, [&] { (void)must(view::build_members(sources(), words)); });
    time("choose " + words, [&] { (void)must(view::find_members(sources(), words)); });
  }
  time("records by 张伟", [&] { (void)must(view::build_records(sources(), "contact_attempt", "张伟")); });
}

void WindowBench::figures() {
  time("figures", [&] { (void)must(view::build_figures(sources(), {})); });
}

}  // namespace

void measure_window(const std::filesystem::path& folder, std::size_t members, const Report& report) {
  WindowBench(folder, members, report).run();
}

}  // namespace lianxin::bench
