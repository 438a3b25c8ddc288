#pragma once
// Who is due today and why; what waits on this laptop.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/view/member_file_view.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::view {

/// What Enter opens, already filled.
enum class DueOpens : std::uint8_t {
  kMember,
  kVisit,      ///< a visit of the member, `purpose` chosen
  kDelivery,   ///< the delivery `record`
  kRecord,     ///< a form of `kind`: `record`, or a new one; `fill` stands in it
  kConflicts,  ///< pages
  kDuplicates,
  kSync,
};

struct DueRow {
  Id member;  ///< nil = about no single one
  std::string name;
  std::string place;         ///< where to, "广东深圳"
  Words why;                 ///< mark and the reason; `why_lead` stands before it in its tone
  std::string why_lead;      ///< "联系中断"; empty = none
  Words due;                 ///< "逾期 13 天", "11月30日"
  std::string last_contact;  ///< "9月30日"
  std::string key;           ///< one for each row, for the id
  std::string group;         ///< DueGroup::code
  bool first = true;         ///< among those shown before "all" is asked for
  DueOpens opens = DueOpens::kMember;
  std::string purpose = {};
  std::string kind = {};
  Id record = {};
  std::vector<FieldEdit> fill = {};
  bool can_say_same = false;  ///< quarter refresh: one key says "unchanged"
  std::string village = {};   ///< whose list he is on
};

/// Rows of one kind: how many there are, of which so many are late.
struct DueGroup {
  std::string code;
  std::string name;  ///< "联系"
  std::uint32_t count = 0;
  std::uint32_t late = 0;
};

struct DayCount {
  std::string label;  ///< "周一"
  std::uint32_t count = 0;
};

struct FestivalRow {
  std::string name;    ///< "春节慰问"
  std::string detail;  ///< "还有 12 天 · 已走访 3 / 24 人"
};

struct DraftRow {
  Id draft;
  std::string title;  ///< "走访 · 赵志远"
  std::string when;   ///< "今天 10:24"
};

struct TodayView {
  ListState state;
  std::string counting;  ///< "正在统计…": rows and numbers of people are not final; empty = they are
  bool nobody_here = false;      ///< this laptop holds no member yet
  std::vector<DueRow> due;       ///< at most 500 of each group, what presses first
  std::vector<DueGroup> groups;  ///< those with something in them
  std::uint32_t due_total = 0;
  std::uint32_t pressing = 0;  ///< late, or today
  std::vector<DayCount> week;  ///< visits per day, oldest first; the last one is today
  std::vector<DraftRow> drafts;
  std::vector<FestivalRow> festivals;

  std::uint32_t unsent = 0;
  std::string unsent_kinds;  ///< "走访 5 · 送达 4 · 变更 3"
  std::string unsent_cost;   ///< "约 6 KB，1 次往返。"
  std::uint32_t conflicts = 0;
  std::vector<std::string> conflict_lines;  ///< at most three, "赵志远 · 联系电话"
  std::uint32_t duplicates = 0;             ///< pairs that may be one

  std::uint32_t contacted = 0;  ///< of those to be kept in touch with, reached in time: as figure 20
  std::uint32_t to_contact = 0;
  std::vector<Words> month_lines;  ///< "送学上门 6 次 · 咨询 9 次"
};

}  // namespace lianxin::client::view
