#include "tests/bench/window_county.hpp"

#include <fstream>

#include "tests/bench/measure.hpp"
#include "tests/bench/window_papers.hpp"
#include "tests/bench/workload.hpp"

namespace lianxin::bench {
namespace {

constexpr int kVisitsEach = 2;
constexpr int kCalls = 2;
constexpr std::size_t kMaterials = 3;
constexpr std::size_t kCareEvery = 50;
constexpr std::size_t kHomeEvery = 10;     ///< came back for good
constexpr std::size_t kParcelEvery = 4;    ///< sent by courier
constexpr std::size_t kQuestionEvery = 4;  ///< a question instead of a consultation
constexpr std::size_t kOpenOf = 10;        ///< one in so many is still open
constexpr const char* kYesterday = "2026-09-20";

/// Rises when more is made: a county of an earlier one is not measured.
constexpr int kEdition = 2;

/// What the folder holds, in its last line once all of it is there.
std::filesystem::path mark_of(const std::filesystem::path& folder) { return folder / "made.txt"; }

bool has_county(const std::filesystem::path& folder, std::size_t wanted) {
  std::ifstream mark(mark_of(folder));
  std::size_t members = 0;
  int edition = 0;
  mark >> members >> edition;
  return members == wanted && edition == kEdition;
}

}  // namespace

WindowCounty::WindowCounty(const std::filesystem::path& folder, std::size_t members) {
  if (has_county(folder, members)) {
    home_ = std::make_unique<LaptopHome>(folder);
    return;
  }
  for (std::size_t i = 0; i < kLaptopCount; ++i)
    villages_.emplace_back(Id::make(kToday), "2206220" + padded(i + 1, 5));
  home_ = std::make_unique<LaptopHome>(folder, villages_);
  make(members);
  std::ofstream(mark_of(folder)) << members << ' ' << kEdition << '\n';
}

Id WindowCounty::some_member() {
  auto select = home_->store().database().prepare(
      "SELECT r_id FROM k_member ORDER BY r_id LIMIT 1 OFFSET (SELECT count(*) / 2 FROM k_member)");
  (void)must(select.step());
  return select.id(0);
}

Id WindowCounty::village_of(const Id& member) {
  auto select = home_->store().database().prepare("SELECT r_scope FROM k_member WHERE r_id = ?");
  (void)must(select.bind(1, member).step());
  return select.id(0);
}

void WindowCounty::add_disputes(std::size_t members) {
  client::store::LaptopStore& store = home_->store();
  std::vector<Id> wanted;
  {
    auto select = store.database().prepare(
        "SELECT r_id FROM k_member WHERE r_flags & 4 = 0 ORDER BY r_id DESC LIMIT max(0, ? - (SELECT "
        "count(*) "
        "FROM conflict))");
    select.bind(1, static_cast<std::int64_t>(members));
    while (must(select.step()))
      wanted.push_back(select.id(0));
  }
  for (const Id& member : wanted) {
    client::store::ShownHeads shown;
    must(store.records().show(member, shown));
    for (int i = 0; i < 2; ++i) {
      client::store::Edit edit;
      edit.kind = "member";
      edit.record = member;
      edit.fields = {{"home_address", client::store::FieldEdit::Op::kSet, remark(draws_, 8, 16)}};
      if (!must(store.records().save({edit}, &shown)).ok) throw std::runtime_error("not saved");
      home_->clock().advance(1000);
    }
  }
}

MadeRecord& WindowCounty::add(Records& out, const char* kind, const Id& parent, const char* day_field) {
  MadeRecord& record = out.emplace_back();
  record.id = Id::make(kToday);
  record.parent = parent;
  if (day_field != nullptr) home_->set(record, kind, day_field, past_day(2025));
  return record;
}

void WindowCounty::set(MadeRecord& record, const char* kind,
                       std::initializer_list<std::pair<const char*, std::string>> values) {
  for (const auto& [field, value] : values)
    home_->set(record, kind, field, value);
}

std::string WindowCounty::past_day(unsigned from_year) {
  std::string day = date_between(draws_, from_year, 2026);
  if (day > kYesterday) day.replace(0, 4, "2025");
  return day;
}

WindowCounty::Records WindowCounty::shelf() {
  Records out;
  const Id county = add(out, "org_unit", Id{}).id;
  set(out.back(), "org_unit",
      {{"kind", "county"}, {"name", "量度县"}, {"code", "220622"}, {"from", "2000-01-01"}});
  for (const auto& [id, code] : villages_) {
    add(out, "org_unit", Id{}).id = id;
    set(out.back(), "org_unit",
        {{"kind", "village"},
         {"name", code.substr(7) + "村"},
         {"code", code},
         {"parent_id", county.text()},
         {"from", "2000-01-01"}});
    workers_.push_back(add(out, "worker", Id{}).id);
    set(out.back(), "worker", {{"name", person_name(draws_)}, {"org_id", id.text()}, {"from", "2020-01-01"}});
  }
  for (std::size_t i = 0; i < kMaterials; ++i) {
    materials_.push_back(add(out, "material", Id{}).id);
    set(out.back(), "material", {{"name", "学习资料" + std::to_string(i + 1)}, {"from", "2020-01-01"}});
  }
  return out;
}

void WindowCounty::add_member(Records& out, std::size_t number, std::size_t village) {
  MadeRecord& member = add(out, "member", Id{});
  const Id id = member.id;
  set(member, "member",
      {{"name", person_name(draws_)},
       {"gender", draws_.below(2) == 0 ? "1" : "2"},
       {"joined_on", date_between(draws_, 1990, 2020)},
       {"home_village_id", villages_[village].first.text()},
       {"born_on", date_between(draws_, 1950, 2002)},
       {"id_no", "220699" + padded(draws_.next() % 100000000, 8) + padded(number % 10000, 4)},
       {"home_address", remark(draws_, 8, 16)}});
  if (number % kCareEvery == 0) home_->set(member, "member", "care_flag", "ill");
  set(add(out, "contact_point", id), "contact_point",
      {{"member_id", id.text()},
       {"kind", "mobile"},
       {"value", "13" + padded(draws_.next() % 1000000000, 9)}});
  set(add(out, "liaison_assignment", id), "liaison_assignment",
      {{"member_id", id.text()}, {"worker_id", workers_[village].text()}, {"from", "2024-01-01"}});
  add_episode(out, number, id);
  add_contacts(out, id, workers_[village]);
  add_delivery(out, number, id);
  add_question(out, number, id);
}

void WindowCounty::add_episode(Records& out, std::size_t number, const Id& member) {
  MadeRecord& episode = add(out, "mobility_episode", member);
  set(episode, "mobility_episode",
      {{"member_id", member.text()},
       {"direction", "out"},
       {"left_on", date_between(draws_, 2020, 2025)},
       {"dest_division", "330100"},
       {"usual_place", province(draws_)},
       {"link_status", "normal"}});
  if (number % kHomeEvery == 0)
    set(episode, "mobility_episode", {{"state", "ended"}, {"returned_on", past_day(2026)}});
  else
    home_->set(episode, "mobility_episode", "state", "verified");
}

void WindowCounty::add_contacts(Records& out, const Id& member, const Id& worker) {
  for (int i = 0; i < kVisitsEach; ++i) {
    set(add(out, "visit", member, "occurred_on"), "visit",
        {{"members", member.text()},
         {"workers", worker.text()},
         {"mode", "door"},
         {"purposes", "study"},
         {"outcome", draws_.below(4) == 0 ? "nobody" : "met"},
         {"content", remark(draws_, 10, 40)}});
  }
  for (int i = 0; i < kCalls; ++i) {
    set(add(out, "contact_attempt", member, "occurred_on"), "contact_attempt",
        {{"member_id", member.text()},
         {"worker_id", worker.text()},
         {"channel", "phone"},
         {"outcome", draws_.below(4) == 0 ? "no_answer" : "reached_self"}});
  }
}

void WindowCounty::add_delivery(Records& out, std::size_t number, const Id& member) {
  const bool is_parcel = number % kParcelEvery == 0;
  MadeRecord& delivery = add(out, "delivery", member, "dispatched_on");
  const Id id = delivery.id;
  set(delivery, "delivery", {{"member_id", member.text()}, {"mode", is_parcel ? "courier" : "by_hand"}});
  if (!is_parcel || draws_.below(kOpenOf) != 0) home_->set(delivery, "delivery", "received_on", kYesterday);
  set(add(out, "delivery_line", id), "delivery_line",
      {{"delivery_id", id.text()}, {"material_id", pick(draws_, materials_).text()}, {"qty", "1"}});
}

void WindowCounty::add_question(Records& out, std::size_t number, const Id& member) {
  if (number % kQuestionEvery != 0) {
    set(add(out, "consultation", member, "occurred_on"), "consultation",
        {{"member_id", member.text()}, {"topics", "dues"}});
    return;
  }
  MadeRecord& question = add(out, "case_item", member, "opened_on");
  set(question, "case_item",
      {{"member_id", member.text()}, {"topic", "dues"}, {"level", "village"}, {"due_on", "2026-09-30"}});
  if (draws_.below(kOpenOf) != 0) home_->set(question, "case_item", "closed_on", kYesterday);
}

void WindowCounty::make(std::size_t members) {
  std::size_t count = 0;
  const auto take = [&](const Id& scope, const Records& records) {
    count += records.size();
    seconds_ += spent_on([&] { (void)home_->take(scope, records); }).processor;
  };
  take(Id{}, shelf());
  for (std::size_t v = 0; v < villages_.size(); ++v) {
    Records records;
    for (std::size_t n = v; n < members; n += villages_.size())
      add_member(records, n, v);
    if (v == 0) {
      Records papers = made_papers(*home_, villages_[v].first);
      std::move(papers.begin(), papers.end(), std::back_inserter(records));
    }
    take(villages_[v].first, records);
  }
  add_syncs(*home_);
  records_per_second_ = static_cast<double>(count) / seconds_;
}

}  // namespace lianxin::bench
