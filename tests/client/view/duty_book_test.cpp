// What the book remembers against a book that reads everything, after all kinds of writes.
#include "client/view/duty_book.hpp"

#include <doctest/doctest.h>
#include <random>

#include "client/store/records_impl.hpp"
#include "client/view/today_view_builder.hpp"
#include "tests/client/view/work_store.hpp"

namespace lianxin::test {
namespace {

namespace cs = client::store;
namespace cv = client::view;

std::string line_of(const cv::Duty& duty) {
  std::string line = std::string(cv::duty_name(duty.kind)) + " " +
                     std::string(cv::urgency_name(duty.urgency)) + " " + (duty.on ? duty.on->text() : "-") +
                     " " + duty.name + " " + duty.member.text() + " " + duty.record.text() + " " +
                     std::to_string(duty.done) + "/" + std::to_string(duty.all);
  for (const ErrorArg& arg : duty.args)
    line += " " + arg.name + "=" + arg.value;
  const bool points_right = duty.of == nullptr || duty.of->contact.member == duty.member;
  return points_right ? line : "points elsewhere: " + line;
}

/// Every duty in its order, and what is counted of them.
std::vector<std::string> lines_of(const cv::DutyBook& book) {
  std::vector<std::string> out;
  for (std::size_t group = 0; group < cv::kDutyGroups; ++group) {
    const cv::DutyList& list = book.of_members(static_cast<cv::DutyGroup>(group));
    std::array<std::uint32_t, 4> counted{};
    for (const cv::Duty& duty : list.duties) {
      out.push_back(line_of(duty));
      ++counted[static_cast<std::size_t>(duty.urgency)];
    }
    CHECK(counted == list.of_urgency);
  }
  for (const cv::Duty& duty : book.others())
    out.push_back(line_of(duty));
  return out;
}

std::vector<std::string> lines_of(const cs::DutyFacts& facts) {
  std::vector<std::string> out;
  const auto line = [&](std::initializer_list<std::string> words) {
    std::string& one = out.emplace_back();
    for (const std::string& word : words)
      one += word + "|";
  };
  const auto bit = [](bool is) { return std::string(is ? "1" : "0"); };
  for (const cs::DutyMember& one : facts.members) {
    const cs::MemberContact& c = one.contact;
    line({c.member.text(), c.name, c.born_on, c.standing, bit(c.needs_care), bit(c.lost_marked),
          bit(c.is_out), bit(c.is_abroad), c.left_on, c.dest_division, c.usual_place, c.last_reached,
          c.last_indirect, c.last_visit, std::to_string(c.failed_days), c.last_failed, c.last_care_festival,
          c.last_care_on});
    line({one.home.text(), one.episode.text(), one.away_since, bit(one.is_verified), one.expected_back_on,
          one.home_from, one.home_to, std::to_string(one.liaisons), one.liaison.text(),
          std::to_string(one.reached_this_quarter), bit(one.said_this_quarter), bit(one.is_transferred),
          one.certificate.text(), one.certificate_on, std::to_string(one.certificate_year),
          bit(one.certificate_asked), bit(one.was_away), one.hardship.text()});
  }
  for (const cs::DutyCase& one : facts.cases)
    line({one.record.text(), one.member.text(), one.topic, one.due_on});
  for (const cs::DutyParcel& one : facts.parcels)
    line({one.record.text(), one.member.text(), one.dispatched_on, bit(one.is_to_gone), bit(one.has_died),
          one.name});
  for (const cs::DutyGroup& one : facts.groups)
    line({one.record.text(), one.unit.text(), one.name, bit(one.has_met)});
  for (const cs::DutySurvey& one : facts.surveys)
    line({one.record.text(), one.name, one.to, std::to_string(one.covered), std::to_string(one.all)});
  for (const domain::CountyFestival& one : facts.festivals)
    line({one.festival, one.on, one.from, one.to});
  for (const auto& [name, value] : facts.parameters)
    line({name, std::to_string(value)});
  for (const cs::DutyClose& one : facts.closes) {
    line({one.unit.text(), one.name});
    for (const std::string& month : one.closed)
      line({month});
  }
  return out;
}

void must(const Status& status) {
  if (!status.ok()) FAIL(status.error().code << " " << status.error().detail);
}

/// A village in which anything may happen.
class Village {
 public:
  explicit Village(unsigned seed) : random_(seed) {
    auto made = cs::LaptopStore::create(work.county.enrol(work.folder.path() / "other"), work.county.clock);
    REQUIRE(made.ok());
    other = std::move(*made);
    for (int i = 0; i < 6; ++i)
      members_.push_back(put_member(*work.store, "某" + std::to_string(i)));
    worker_ = put(*work.store, "worker", {{"name", "李干部"}, {"org_id", work.village.text()}});
  }

  void step() {
    static constexpr std::array kSteps = {
        &Village::add_member, &Village::visit,     &Village::visit,         &Village::call,
        &Village::leave,      &Village::liaison,   &Village::certificate,   &Village::check,
        &Village::refresh,    &Village::hardship,  &Village::question,      &Village::answer,
        &Village::parcel,     &Village::arrive,    &Village::edit_visit,    &Village::void_any,
        &Village::undo,       &Village::say_twins, &Village::say_twins,     &Village::edit_member,
        &Village::survey,     &Village::sync,      &Village::edit_elsewhere};
    work.county.clock.advance(1000);
    (this->*kSteps[below(kSteps.size())])();
  }

  WorkStore work;
  std::unique_ptr<cs::LaptopStore> other;
  std::size_t written = 0;

 private:
  std::size_t below(std::size_t most) { return random_() % most; }
  const Id& one_of(const std::vector<Id>& all) { return all[below(all.size())]; }
  Id member() { return one_of(members_); }
  std::string some_day() { return day(*work.store, static_cast<int>(below(300))); }
  Id keep(const Id& id) {
    if (!id.is_nil()) records_.push_back(id);
    return id;
  }
  /// What may not be written now (its scope is not held) is left; nil then.
  Id attempt(cs::LaptopStore& store, const std::string& kind, Values values, const Id& record = {}) {
    cs::Edit edit;
    edit.kind = kind;
    edit.record = record;
    for (const auto& [name, value] : values) {
      const std::string field = name;
      const bool adds = field.ends_with('+');
      edit.fields.push_back({field.substr(0, field.size() - (adds ? 1 : 0)),
                             adds ? cs::FieldEdit::Op::kAdd : cs::FieldEdit::Op::kSet, value});
    }
    const auto saved = store.records().save({edit});
    if (!saved.ok() || !saved->ok) return {};
    ++written;
    return saved->records.front();
  }
  Id attempt_change(cs::LaptopStore& store, const std::string& kind, const Id& record, Values values) {
    return attempt(store, kind, values, record);
  }
  template <class... T>
  const char* choose(T... texts) {
    const std::array<const char*, sizeof...(T)> all = {texts...};
    return all[below(all.size())];
  }

  void add_member() {
    const Id id = keep(attempt(
        *work.store, "member",
        {{"name", "新人" + std::to_string(members_.size())}, {"home_village_id", work.village.text()}}));
    if (!id.is_nil()) members_.push_back(id);
  }
  void visit() {
    visits_.push_back(keep(attempt(*work.store, "visit",
                                   {{"members+", member().text()},
                                    {"members+", member().text()},
                                    {"occurred_on", some_day()},
                                    {"mode", choose("door", "phone")},
                                    {"outcome", choose("met", "met_family", "nobody")}})));
  }
  void call() {
    keep(attempt(*work.store, "contact_attempt",
                 {{"member_id", member().text()},
                  {"occurred_on", some_day()},
                  {"channel", choose("phone", "employer")},
                  {"outcome", choose("reached_self", "reached_family", "no_answer")}}));
  }
  void leave() {
    keep(attempt(*work.store, "mobility_episode",
                 {{"member_id", member().text()},
                  {"direction", "out"},
                  {"left_on", some_day()},
                  {"dest_division", "440300"},
                  {"state", choose("reported", "verified", "ended")}}));
  }
  void liaison() {
    keep(attempt(*work.store, "liaison_assignment",
                 {{"member_id", member().text()}, {"worker_id", worker_.text()}, {"from", some_day()}}));
  }
  void certificate() {
    certificates_.push_back(keep(attempt(*work.store, "certificate",
                                         {{"member_id", member().text()},
                                          {"issued_on", "2025-02-01"},
                                          {"state", choose("issued", "applied", "returned")}})));
  }
  void check() {
    if (certificates_.empty()) return;
    keep(attempt(*work.store, "certificate_check",
                 {{"certificate_id", one_of(certificates_).text()},
                  {"occurred_on", some_day()},
                  {"year", "2026"},
                  {"outcome", choose("passed", "not_seen")}}));
  }
  void refresh() {
    keep(attempt(*work.store, "quarter_refresh",
                 {{"member_id", member().text()},
                  {"occurred_on", day(*work.store, 3)},
                  {"quarter", "2026Q3"},
                  {"outcome", "unchanged"}}));
  }
  void hardship() {
    keep(attempt(*work.store, "hardship_record", {{"member_id", member().text()}, {"active", "1"}}));
  }
  void question() {
    cases_.push_back(keep(attempt(*work.store, "case_item",
                                  {{"member_id", member().text()},
                                   {"opened_on", day(*work.store, 20)},
                                   {"topic", "dues"},
                                   {"due_on", day(*work.store, static_cast<int>(below(15)))}})));
  }
  void answer() {
    if (!cases_.empty())
      (void)attempt_change(*work.store, "case_item", one_of(cases_),
                           {{"closed_on", choose("", "2026-09-20")}});
  }
  void parcel() {
    parcels_.push_back(keep(attempt(
        *work.store, "delivery",
        {{"member_id", member().text()}, {"mode", "courier"}, {"dispatched_on", day(*work.store, 12)}})));
  }
  void arrive() {
    if (parcels_.empty()) return;
    keep(attempt(*work.store, "delivery_event",
                 {{"delivery_id", one_of(parcels_).text()},
                  {"occurred_on", day(*work.store, 1)},
                  {"kind", choose("signed_self", "in_transit")}}));
  }
  void edit_visit() {
    if (visits_.empty()) return;
    cs::Edit edit;
    edit.kind = "visit";
    edit.record = one_of(visits_);
    edit.fields = {
        {"members", below(2) == 0 ? cs::FieldEdit::Op::kAdd : cs::FieldEdit::Op::kRemove, member().text()}};
    (void)work.store->records().save({edit});
  }
  void void_any() {
    if (!records_.empty()) (void)work.store->records().void_record(one_of(records_), "记错了");
  }
  void undo() {
    cs::Edit edit;
    edit.kind = "contact_attempt";
    edit.fields = {{"member_id", cs::FieldEdit::Op::kSet, member().text()},
                   {"occurred_on", cs::FieldEdit::Op::kSet, some_day()},
                   {"outcome", cs::FieldEdit::Op::kSet, "reached_self"}};
    const auto saved = work.store->records().save({edit});
    if (saved.ok() && saved->ok) (void)work.store->records().undo(saved->undo_token);
  }
  void say_twins() {
    using Word = cs::TwinWord;
    const std::array words = {Word::kSame, Word::kSame, Word::kDifferent, Word::kUnsaid};
    (void)work.store->records().say_twins(member(), member(), words[below(words.size())]);
  }
  void edit_member() {
    (void)attempt_change(*work.store, "member", member(),
                         {{"name", "改名" + std::to_string(below(4))},
                          {"standing", choose("normal", "left", "", "deceased")}});
  }
  void survey() {
    keep(attempt(
        *work.store, "survey",
        {{"name", "普查"}, {"org_id", work.village.text()}, {"from", "2026-09-01"}, {"to", "2026-12-01"}}));
  }
  void sync() {
    if (below(4) == 0) {
      held_ = !held_;
      work.county.hold(work.village, held_);
    }
    work.county.sync(*work.store);
  }
  /// Somebody else writes, and it comes here with a feed.
  void edit_elsewhere() {
    work.county.sync(*work.store);
    work.county.sync(*other);
    const Id whom = member();
    if (!(*other->records().get(whom)).has_value()) return;
    (void)attempt(*other, "visit",
                  {{"members+", whom.text()}, {"occurred_on", some_day()}, {"outcome", "met"}});
    (void)attempt_change(*other, "member", whom,
                         {{"care_flag", "ill"}, {"name", "别处改名" + std::to_string(below(50))}});
    work.county.sync(*other);
    work.county.sync(*work.store);
  }

  std::mt19937 random_;
  Id worker_;
  std::vector<Id> members_;
  std::vector<Id> records_;
  std::vector<Id> visits_;
  std::vector<Id> certificates_;
  std::vector<Id> cases_;
  std::vector<Id> parcels_;
  bool held_ = true;
};

}  // namespace

TEST_CASE(
    "what is remembered of duties equals what is read anew, after writes, merges, voids, joins and leaving") {
  std::size_t seen = 0;
  std::size_t pairs_seen = 0;
  for (unsigned seed = 1; seed <= 3; ++seed) {
    Village village(seed);
    const Date today = village.work.sources().today();
    cv::DutyBook book;
    must(book.follow(*village.work.store, today));
    for (int step = 0; step < 70; ++step) {
      INFO("seed " << seed << " step " << step);
      village.step();
      must(book.follow(*village.work.store, today));
      cv::DutyBook anew;
      must(anew.read(*village.work.store, today));
      REQUIRE(lines_of(book.facts()) == lines_of(anew.facts()));
      REQUIRE(lines_of(book) == lines_of(anew));
      REQUIRE(book.sums() == anew.sums());
      if (step % 3 == 0) (void)village.work.store->records().read_twins(5);
      const auto pairs = cv::count_duplicates(*village.work.store);
      REQUIRE(pairs.ok());
      CHECK(*cv::count_duplicates(*village.work.store, &book.twins()) == *pairs);
      pairs_seen += *pairs;
      seen += lines_of(book).size();
    }
    CHECK(village.written > 30);
    CHECK(problems_of(*village.work.store) == "");
  }
  CHECK(seen > 500);
  CHECK(pairs_seen > 10);
}

TEST_CASE(
    "read in slices between writes, the end equals what is read in one go, and until then the book says so") {
  std::size_t slices = 0;
  std::size_t waited = 0;
  for (unsigned seed = 11; seed <= 16; ++seed) {
    Village village(seed);
    const Date today = village.work.sources().today();
    constexpr std::size_t kAtOnce = 2;  // whoever is more waits
    cv::DutyBook book(kAtOnce);
    for (int step = 0; step < 60; ++step) {
      INFO("seed " << seed << " step " << step);
      const int writes = step % 4 == 0 ? 5 : 1;
      for (int i = 0; i < writes; ++i)
        village.step();
      const bool another_day = step % 20 == 19;
      const Date day = another_day ? today.plus_days(1) : today;
      must(book.follow(*village.work.store, day));
      waited += book.is_whole() ? 0 : 1;
      // Sometimes a part, so that writes come between; who is read already stands as he is.
      for (int i = 0; i < 2 && !book.is_whole(); ++i, ++slices)
        (void)book.read_some(*village.work.store, 1);
      must(book.follow(*village.work.store, day));
      cv::DutyBook anew;
      must(anew.read(*village.work.store, day));
      CHECK(book.facts().members.size() <= anew.facts().members.size() + book.waiting());
      if (step % 3 != 2) continue;
      while (!book.is_whole()) {
        const auto more = book.read_some(*village.work.store, 2);
        REQUIRE(more.ok());
        CHECK(*more != book.is_whole());
        ++slices;
      }
      must(book.follow(*village.work.store, day));
      REQUIRE(book.is_whole());
      REQUIRE(lines_of(book.facts()) == lines_of(anew.facts()));
      REQUIRE(lines_of(book) == lines_of(anew));
      REQUIRE(book.sums() == anew.sums());
    }
  }
  CHECK(slices > 100);
  CHECK(waited > 50);
}

TEST_CASE("a page of the day that is not counted to the end says so; rebuilding the store changes nothing") {
  WorkStore work;
  for (int i = 0; i < 5; ++i) {
    const Id member = put_member(*work.store, "某" + std::to_string(i));
    put(*work.store, "mobility_episode",
        {{"member_id", member.text()}, {"direction", "out"}, {"left_on", "2025-03"}, {"state", "verified"}});
  }
  cv::DutyBook book(2);
  auto page = cv::build_today(work.sources(), &book);
  REQUIRE(page.ok());
  CHECK(page->counting == work.sources().wording.text("view.counting", {{"count", "5"}}));
  CHECK(page->to_contact == 0);
  (void)book.read_some(*work.store, 3);
  page = cv::build_today(work.sources(), &book);
  CHECK(page->counting == work.sources().wording.text("view.counting", {{"count", "2"}}));
  CHECK(page->to_contact == 3);
  const auto impl = cs::RecordsImpl::open(work.store->database(), work.county.clock);
  REQUIRE(impl.ok());
  REQUIRE((*impl)->rebuild().ok());
  while (!book.is_whole())
    must(book.follow(*work.store, work.sources().today())), (void)book.read_some(*work.store, 3);
  page = cv::build_today(work.sources(), &book);
  CHECK(page->counting == "");
  CHECK(page->to_contact == 5);
  CHECK(page->due_total == cv::build_today(work.sources())->due_total);
}

TEST_CASE("an outflow that ended by death makes of a parcel on its way one to call back, at once") {
  WorkStore work;
  const Date today = work.sources().today();
  const Id member = put_member(*work.store, "赵志远");
  (void)put_member(*work.store, "钱守信");
  put(*work.store, "delivery",
      {{"member_id", member.text()}, {"mode", "courier"}, {"dispatched_on", day(*work.store, 12)}});
  cv::DutyBook book;
  must(book.follow(*work.store, today));
  put(*work.store, "mobility_episode",
      {{"member_id", member.text()},
       {"direction", "out"},
       {"left_on", "2025-03"},
       {"state", "ended"},
       {"returned_on", day(*work.store, 1)},
       {"end_kind", "died"}});
  must(book.follow(*work.store, today));
  cv::DutyBook anew;
  must(anew.read(*work.store, today));
  CHECK(lines_of(book.facts()) == lines_of(anew.facts()));
  CHECK(lines_of(book) == lines_of(anew));
}

TEST_CASE("parameters, another day and thousands of writes are followed too") {
  WorkStore work;
  const Date today = work.sources().today();
  const Id member = put_member(*work.store, "赵志远");
  put(*work.store, "mobility_episode",
      {{"member_id", member.text()},
       {"direction", "out"},
       {"left_on", "2025-03"},
       {"dest_division", "440300"}});
  put(*work.store, "contact_attempt",
      {{"member_id", member.text()}, {"occurred_on", day(*work.store, 20)}, {"outcome", "reached_self"}});
  cv::DutyBook book;
  must(book.follow(*work.store, today));
  const auto is_due = [&] {
    const auto& all = book.of_members(cv::DutyGroup::kContact).duties;
    return std::any_of(all.begin(), all.end(),
                       [](const cv::Duty& duty) { return duty.kind == cv::DutyKind::kContact; });
  };
  CHECK_FALSE(is_due());
  must(book.follow(*work.store, today.plus_days(15)));
  CHECK(is_due());
  must(book.follow(*work.store, today));
  CHECK_FALSE(is_due());
  put(*work.store, "parameter", {{"name", "contact_interval_days"}, {"value", "10"}, {"from", "2026-01-01"}});
  must(book.follow(*work.store, today));
  CHECK(is_due());
}

}  // namespace lianxin::test
