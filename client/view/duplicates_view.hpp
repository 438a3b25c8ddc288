#pragma once
// Two entries that may be one person, or one delivery: side by side, with the reasons, and a key for each
// answer.
#include <string>
#include <vector>

#include "client/view/part_view.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::view {

struct TwinField {
  std::string label;
  std::string one;
  std::string other;
  bool differs = false;
};

struct TwinView {
  std::string key;          ///< both ids, for the id of widgets
  std::string kind;         ///< "member", "delivery", "visit": what they may be one of
  std::string shown_token;  ///< the heads that were on the screen
  Id one;                   ///< stands for both if they are one
  Id other;
  Id member;          ///< whose file `O` opens: the first one's
  Id other_member;    ///< and the second one's, by `P`; nil = the same person's delivery
  std::string title;  ///< "赵连心 ／ 赵联心", or one name when it is the same
  Words likeness;     ///< "很可能", "可能", "存疑"
  std::string reasons;
  std::string one_head;  ///< "三合村 · 甲 11月20日 登记"
  std::string other_head;
  std::vector<TwinField> fields;
  std::string consequence;
};

/// What was said of a pair, to be taken back.
struct TwinSaidView {
  std::string key;
  Id one;
  Id other;
  std::string names;  ///< "赵连心（三合村） ／ 赵联心（大井村）"
  Words word;         ///< "同一个人", "不是同一次走访"
  std::string who;    ///< "镇党建办 11月20日"
};

struct DuplicatesView {
  ListState state;
  std::vector<TwinView> pairs;  ///< the likeliest first, at most 200
  bool more = false;
  bool reading = false;            ///< records that came lately are still being looked through
  std::vector<TwinSaidView> said;  ///< newest first, at most 200
};

}  // namespace lianxin::client::view
