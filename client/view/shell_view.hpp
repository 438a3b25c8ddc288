#pragma once
// The frame around every page: bar, navigation with counts, status line, the last toast.
#include <cstdint>
#include <string>
#include <vector>

#include "client/view/part_view.hpp"

namespace lianxin::client::view {

enum class Page : std::uint8_t {
  kToday,
  kMembers,
  kVisits,
  kDeliveries,
  kCases,
  kHardship,
  kConflicts,
  kSync,
  kReports,
  kImport,
  kSettings,
  kDuplicates,
  kRecords,
  kForms,
};

/// What the person may see at all.
enum class Access : std::uint8_t {
  kNotEnrolled,  ///< no store on this laptop: EnrolView
  kLocked,       ///< UnlockView
  kOpen,
};

/// One row of the navigation, in the order given; the page behind it has its view in Screens.
struct NavItem {
  Page page = Page::kToday;
  std::uint32_t waiting = 0;  ///< 0 = no badge
  bool needs_you = false;     ///< red badge
};

/// Something done, said once. The window shows it for some seconds; a new `number` is a new toast.
struct ToastView {
  std::uint64_t number = 0;  ///< 0 = none
  Words words;
  std::string undo_token;  ///< given back in Undo; empty = cannot be undone
};

struct ShellView {
  Access access = Access::kLocked;
  std::string place;   ///< "三合村"
  std::string person;  ///< "网格员 王建国"
  std::vector<NavItem> nav;
  std::vector<Words> status;  ///< pieces of the status line: what is wrong, copies, unsent
  Words receipt;              ///< its last piece, which is shown whole whatever the others say
  Words notice;               ///< what must be read before work begins; "" = nothing
  ToastView toast;
  std::uint32_t idle_lock_minutes = 10;  ///< 0 = never
};

}  // namespace lianxin::client::view
