#include "client/view/members_view_builder.hpp"

#include <algorithm>

#include "client/store/member_order.hpp"
#include "client/view/duty_book.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/phone.hpp"

namespace lianxin::client::view {
namespace {

constexpr std::size_t kRowsMax = 300;

/// 0 = the name itself, 1 = begins with it, 2 = found otherwise (inside the name, pinyin, a number).
int rank_of(const std::string& name, const std::string& query) {
  if (name == query) return 0;
  return name.starts_with(query) ? 1 : 2;
}

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

/// So many of those who are found, from a place on; `matching` = how many there are.
Result<std::vector<Id>> found_by(const ViewSources& sources, const std::string& query, std::size_t from,
                                 std::uint32_t& matching) {
  store::ListQuery list;
  list.kind = "member";
  list.search = query;
  list.fields = {"name"};
  LX_TRY(const std::vector<store::ListRow> rows, sources.store.records().list(list));
  matching = static_cast<std::uint32_t>(rows.size());
  struct Hit {
    int rank;
    std::string name;
    Id member;
  };
  std::vector<Hit> hits;
  hits.reserve(rows.size());
  for (const store::ListRow& row : rows) {
    const auto name = row.values.find("name");
    const std::string text = name == row.values.end() ? std::string() : name->second;
    hits.push_back({rank_of(text, query), text, row.id});
  }
  const auto place = [&](std::size_t at) {
    return hits.begin() + static_cast<std::ptrdiff_t>(std::min(at, hits.size()));
  };
  std::partial_sort(hits.begin(), place(from + kRowsMax), hits.end(), [](const Hit& a, const Hit& b) {
    return std::tie(a.rank, a.name, a.member) < std::tie(b.rank, b.name, b.member);
  });
  std::vector<Id> members;
  for (auto hit = place(from); hit < place(from + kRowsMax); ++hit)
    members.push_back(hit->member);
  return members;
}

}  // namespace

Words member_status(const Wording& wording, const std::string& standing, const std::string& link_status,
                    bool needs_care) {
  if (!standing.empty() && standing != "normal" && standing != "restored")
    return {wording.code("standing", standing), Tone::kQuiet, Mark::kNone};
  if (link_status == "lost") return {wording.text("view.status.lost"), Tone::kNeedsYou, Mark::kNeedsYou};
  if (needs_care) return {wording.text("view.status.care"), Tone::kPlain, Mark::kCare};
  if (link_status == "hard") return {wording.code("link_status", link_status), Tone::kAgeing, Mark::kDue};
  return {wording.text("view.status.normal"), Tone::kSettled, Mark::kDue};
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
    LX_TRY(members, store::members_in_order(database, from, kRowsMax));
    view.matching = view.total;
  } else {
    LX_TRY(members, found_by(sources, wanted, from, view.matching));
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
