#include "client/view/members_view_builder.hpp"

#include "client/store/member_order.hpp"
#include "client/view/duty_book.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/phone.hpp"

namespace lianxin::client::view {
namespace {

constexpr std::size_t kMembersMax = 300;

MemberRow row_of(const Wording& wording, const store::MemberLine& line, const Date& today) {
  MemberRow row;
  row.member = line.member;
  row.name = line.name;
  row.gender = wording.code("gender", line.gender);
  row.village = line.village;
  row.place = line.is_out ? place_in_words(wording, line.dest_division, line.usual_place)
                          : wording.text("view.at_home");
  if (row.place.empty()) row.place = wording.text("view.place_unknown");
  row.phone_masked = domain::mask_phone(line.phone);
  row.last_contact =
      line.last_reached.empty() ? wording.text("view.never") : wording.day(line.last_reached, today);
  row.status = member_status(wording, line.standing, line.link_status, !line.care_flag.empty());
  row.in_dispute = line.in_dispute;
  return row;
}

}  // namespace

Words member_status(const Wording& wording, const std::string& standing, const std::string& link_status,
                    bool needs_care) {
  if (!standing.empty() && standing != "normal" && standing != "restored")
    return {wording.code("standing", standing), Tone::kQuiet, Mark::kNone};
  if (link_status == "lost") return {wording.text("view.status.lost"), Tone::kNeedsYou, Mark::kNeedsYou};
  if (needs_care) return {wording.text("view.status.care"), Tone::kPlain, Mark::kCare};
  if (link_status == "hard") return {wording.code("link_status", link_status), Tone::kAgeing, Mark::kDue};
  return {wording.text("view.status.normal"), Tone::kSettled, Mark::kSettled};
}

Result<MembersView> build_members(const ViewSources& sources, const std::string& query, DutyBook* duties,
                                  std::uint32_t from) {
  MembersView view;
  view.query = query;
  view.first = from;
  auto& database = sources.store.database();
  LX_TRY(view.total, store::count_of(database, "member"));
  std::vector<Id> members;
  const std::string wanted = trim(query);
  if (wanted.empty()) {
    LX_TRY(members, store::members_in_order(database, from, kMembersMax));
    view.matching = view.total;
  } else {
    LX_TRY(store::FoundMembers found, sources.store.records().find_members(wanted, from, kMembersMax));
    view.matching = static_cast<std::uint32_t>(found.matching);
    members = std::move(found.members);
  }
  const Date today = sources.today();
  std::vector<store::MemberLine> lines;
  if (duties == nullptr) {
    LX_TRY(lines, store::member_lines(database, members));
  } else {
    LX_DO(duties->follow(sources.store, today));
    LX_TRY(lines, store::member_lines(database, members, duties->facts()));
  }
  view.rows.reserve(lines.size());
  for (const store::MemberLine& line : lines)
    view.rows.push_back(row_of(sources.wording, line, today));
  view.state.readiness = Readiness::kReady;
  return view;
}

}  // namespace lianxin::client::view
