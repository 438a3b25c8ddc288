#pragma once
// Two people changed the same thing without knowing of each other: what was, what I say, what the other says.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/view/part_view.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::view {

/// A value with its history, already in words. The part that differs is marked.
struct SaidValue {
  std::string head;                ///< change id of the write; given back in ResolveConflict
  std::string value;               ///< "199 0000 5566"; empty = cleared
  std::uint32_t differs_from = 0;  ///< byte range of `value` to set bold
  std::uint32_t differs_to = 0;
  std::string who;         ///< "王建国", "李秀英（镇党建办）"
  std::string when;        ///< "11月18日 10:20"
  std::string how_known;   ///< "当面"
  std::string how_detail;  ///< "（走访记录）"
  std::string remark;      ///< "本人说换了卡，当场拨通"
  bool mine = false;
  bool shown_now = false;  ///< reports use this one
  bool clock_suspect = false;
};

enum class ConflictKind : std::uint8_t { kSameField, kMergedGroup, kDeleteEdit, kText };

struct ConflictView {
  std::string conflict;     ///< opaque, given back
  std::string shown_token;  ///< the heads that were on the screen
  Id record;
  Id member;                ///< whose file `O` opens; nil = none
  std::string name;         ///< "赵志远"
  std::string field_label;  ///< "联系电话"
  std::string place;        ///< "三合村"
  ConflictKind kind = ConflictKind::kSameField;
  std::string kind_label;   ///< "同一项，不同值", "已合并，待过目"
  std::string waiting_for;  ///< "2 天"
  std::string summary;      ///< "宏达电子有限公司 ／ 顺丰速运南关站"
  std::optional<SaidValue> before;
  std::vector<SaidValue> values;  ///< two or more; mine first
  bool can_keep_both = false;
  std::string can_open;  ///< "visit", "member" or empty
  Id visit;              ///< where it was said, for "open the visit"
  std::string consequence;  ///< "不处理也不会丢：报表里用“当面”的值，并标“有争议”。..."
};

struct ConflictDeskView {
  ListState state;
  std::vector<ConflictView> conflicts;  ///< oldest first, at most 500
  std::uint32_t total = 0;
  /// One's own values that lost elsewhere and were not looked at yet.
  struct Told {
    std::string told;  ///< opaque, given back in DismissTold
    std::string sentence;
    Id member;
  };
  std::vector<Told> told;
};

}  // namespace lianxin::client::view
