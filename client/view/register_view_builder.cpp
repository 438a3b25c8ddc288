#include "client/view/register_view_builder.hpp"

#include "client/view/duty_book.hpp"
#include "client/view/members_view_builder.hpp"

namespace lianxin::client::view {
namespace {

Words plain(std::string text) { return {std::move(text), Tone::kPlain, Mark::kNone}; }
Words quiet(std::string text) { return {std::move(text), Tone::kQuiet, Mark::kNone}; }

RegisterColumn column(const Wording& wording, const char* key, float weight) {
  return {key, wording.text(std::string("view.column.") + key), weight};
}

std::string month_begin(const Date& today) { return Date{today.year, today.month, 1}.text(); }

/// Of the members the book has read.
store::KnownName names_in(const DutyBook* book) {
  if (book == nullptr) return {};
  return [book](const Id& member) {
    const store::DutyMember* const found = find_member(book->facts(), member);
    return found == nullptr ? std::string() : found->contact.name;
  };
}

/// What the rows of a register are filled from.
struct Filling {
  const ViewSources& sources;
  store::KnownName known;
  std::size_t rows = 0;
  std::size_t first = 0;
};

Status fill_visits(const Filling& from, RegisterView& view) {
  const ViewSources& sources = from.sources;
  const Wording& wording = sources.wording;
  auto& database = sources.store.database();
  view.columns = {column(wording, "when", 1),    column(wording, "name", 1.2F),
                  column(wording, "mode", 0.8F), column(wording, "purposes", 1.6F),
                  column(wording, "outcome", 1), column(wording, "worker", 0.9F),
                  column(wording, "sent", 0.7F)};
  LX_TRY(const auto lines, store::contact_lines(database, Id{}, from.rows, from.known, from.first));
  LX_TRY(const auto unsent, store::unsent_records(database));
  LX_TRY(const std::uint32_t visits, store::count_of(database, "visit"));
  LX_TRY(const std::uint32_t calls, store::count_of(database, "contact_attempt"));
  LX_TRY(const std::uint32_t month,
         store::count_between(database, "visit", "occurred_on", month_begin(sources.today()), ""));
  view.total = visits + calls;
  view.subtitle = wording.text("view.register.visits", {{"month", std::to_string(month)}});
  for (const store::ContactLine& line : lines) {
    std::string who;
    if (!line.worker.is_nil()) {
      LX_TRY(who, worker_name(sources, line.worker));
    }
    RegisterRow row;
    row.record = line.is_visit ? line.record : line.member;
    row.opens = line.is_visit ? RowOpens::kVisit : RowOpens::kMember;
    row.cells = {plain(wording.day(line.occurred_on, sources.today())),
                 plain(wording.enumerate(line.names)),
                 plain(wording.code(line.is_visit ? "visit_mode" : "contact_channel", line.mode)),
                 plain(wording.codes("visit_purpose", line.purposes)),
                 plain(wording.code(line.is_visit ? "visit_outcome" : "contact_outcome", line.outcome)),
                 quiet(who),
                 unsent.count(line.record) > 0
                     ? Words{wording.text("view.unsent_mark"), Tone::kAgeing, Mark::kNone}
                     : quiet(wording.text("view.sent_mark"))};
    view.rows.push_back(std::move(row));
  }
  return {};
}

Status fill_deliveries(const Filling& from, RegisterView& view) {
  const ViewSources& sources = from.sources;
  const Wording& wording = sources.wording;
  auto& database = sources.store.database();
  view.columns = {column(wording, "when", 1),  column(wording, "name", 1.2F), column(wording, "mode", 0.8F),
                  column(wording, "lines", 2), column(wording, "state", 1),   column(wording, "receipt", 1)};
  LX_TRY(const auto lines, store::delivery_lines(database, Id{}, from.rows, from.known, from.first));
  LX_TRY(view.total, store::count_of(database, "delivery"));
  view.subtitle = wording.text("view.register.deliveries", {{"count", std::to_string(view.total)}});
  for (const store::DeliveryLine& line : lines) {
    const bool done = line.last_event == "signed_self" || line.last_event == "signed_proxy";
    RegisterRow row;
    row.record = line.delivery;
    row.opens = RowOpens::kDelivery;
    row.cells = {plain(wording.day(line.on, sources.today())),
                 plain(line.to),
                 plain(wording.code("delivery_mode", line.mode)),
                 plain(wording.enumerate(line.lines)),
                 {wording.code("delivery_event_kind", line.last_event), done ? Tone::kSettled : Tone::kAgeing,
                  done ? Mark::kSettled : Mark::kNone},
                 quiet(wording.code("receipt_kind", line.receipt_kind))};
    view.rows.push_back(std::move(row));
  }
  view.can_add = true;
  return {};
}

Words state_of_case(const Wording& wording, const store::CaseLine& line) {
  if (!line.is_case) return quiet(line.state == "1" ? wording.text("view.case.solved") : std::string());
  if (line.state == "closed")
    return {wording.code("case_event_kind", line.state), Tone::kSettled, Mark::kSettled};
  if (line.state.empty()) return {wording.text("view.case.opened"), Tone::kAgeing, Mark::kDue};
  return {wording.code("case_event_kind", line.state), Tone::kAgeing, Mark::kDue};
}

Status fill_cases(const Filling& from, RegisterView& view) {
  const ViewSources& sources = from.sources;
  const Wording& wording = sources.wording;
  auto& database = sources.store.database();
  view.columns = {column(wording, "when", 1),    column(wording, "name", 1.2F),
                  column(wording, "what", 0.9F), column(wording, "topics", 1.6F),
                  column(wording, "level", 1),   column(wording, "due", 1),
                  column(wording, "state", 1)};
  LX_TRY(const auto lines, store::case_lines(database, Id{}, from.rows, from.known, from.first));
  LX_TRY(const std::uint32_t cases, store::count_of(database, "case_item"));
  LX_TRY(const std::uint32_t consultations, store::count_of(database, "consultation"));
  LX_TRY(const std::uint32_t open, store::open_cases(database));
  view.total = cases + consultations;
  view.subtitle = wording.text("view.register.cases", {{"open", std::to_string(open)}});
  const std::string today = sources.today().text();
  for (const store::CaseLine& line : lines) {
    const bool late = line.is_case && line.state != "closed" && !line.due_on.empty() && line.due_on < today;
    RegisterRow row;
    // Who did not give a name has no file: what was asked opens itself.
    const bool is_anonymous = line.member.is_nil();
    row.record = is_anonymous ? line.record : line.member;
    row.opens = is_anonymous ? RowOpens::kRecord : RowOpens::kMember;
    row.cells = {plain(wording.day(line.on, sources.today())),
                 plain(line.name.empty() ? wording.text("view.anonymous") : line.name),
                 plain(wording.text(line.is_case ? "view.fact.case" : "view.fact.consultation")),
                 plain(wording.codes(line.is_case ? "case_topic" : "consultation_topic", line.topics)),
                 plain(wording.code("case_level", line.level)),
                 {wording.day(line.due_on, sources.today()), late ? Tone::kNeedsYou : Tone::kPlain,
                  late ? Mark::kNeedsYou : Mark::kNone},
                 state_of_case(wording, line)};
    view.rows.push_back(std::move(row));
  }
  return {};
}

Status fill_hardship(const Filling& from, DutyBook* duties, RegisterView& view) {
  const ViewSources& sources = from.sources;
  const Wording& wording = sources.wording;
  auto& database = sources.store.database();
  view.columns = {column(wording, "name", 1), column(wording, "village", 1), column(wording, "care", 2),
                  column(wording, "last_contact", 1)};
  LX_TRY(const auto members, store::members_in_care(database, from.rows, from.first));
  DutyBook once;
  DutyBook& book = duties == nullptr ? once : *duties;
  if (duties == nullptr) LX_DO(once.read(sources.store, sources.today()));
  LX_TRY(const auto lines, store::member_lines(database, members, book.facts(), store::LineWith::kName));
  LX_TRY(view.total, store::count_in_care(database));
  view.subtitle = wording.text("view.register.hardship", {{"count", std::to_string(view.total)}});
  for (const store::MemberLine& line : lines) {
    RegisterRow row;
    row.record = line.member;
    row.opens = RowOpens::kMember;
    row.cells = {plain(line.name),
                 plain(line.village),
                 {wording.codes("care", line.care_flag), Tone::kPlain, Mark::kCare},
                 plain(line.last_reached.empty() ? wording.text("view.never")
                                                 : wording.day(line.last_reached, sources.today()))};
    view.rows.push_back(std::move(row));
  }
  return {};
}

}  // namespace

bool has_register(Page page) {
  return page == Page::kVisits || page == Page::kDeliveries || page == Page::kCases ||
         page == Page::kHardship;
}

Result<RegisterView> build_register(const ViewSources& sources, Page page, DutyBook* duties,
                                    std::size_t rows_max, std::size_t first) {
  LX_CHECK(has_register(page) && first <= rows_max, "this page has no register, or not so many rows");
  const Wording& wording = sources.wording;
  RegisterView view;
  view.page = page;
  const char* key = page == Page::kVisits       ? "visits"
                    : page == Page::kDeliveries ? "deliveries"
                    : page == Page::kCases      ? "cases"
                                                : "hardship";
  view.title = wording.text(std::string("view.register_title.") + key);
  view.empty_text = wording.text(std::string("view.register_empty.") + key);
  if (duties != nullptr) LX_DO(duties->follow(sources.store, sources.today()));
  const Filling from{sources, names_in(duties), rows_max - first, first};
  if (page == Page::kVisits) LX_DO(fill_visits(from, view));
  if (page == Page::kDeliveries) LX_DO(fill_deliveries(from, view));
  if (page == Page::kCases) LX_DO(fill_cases(from, view));
  if (page == Page::kHardship) LX_DO(fill_hardship(from, duties, view));
  view.has_more = first + view.rows.size() < view.total && rows_max < kRegisterRowsMax;
  view.state.readiness = Readiness::kReady;
  return view;
}

}  // namespace lianxin::client::view
