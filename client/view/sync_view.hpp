#pragma once
// What a sync will cost, how far it is, and the receipt.
#include <cstdint>
#include <string>
#include <vector>

#include "client/view/conflict_desk_view.hpp"
#include "client/view/folder_view.hpp"
#include "client/view/kept_aside_view.hpp"
#include "client/view/part_view.hpp"

namespace lianxin::client::view {

enum class SyncPanel : std::uint8_t { kIdle, kConnecting, kSending, kReceiving, kChecking, kDone, kFailed };

struct ScopeReceipt {
  std::string scope;
  std::string records;        ///< "1,284"
  std::string laptop_digest;  ///< "7f3a…c21e"
  std::string server_digest;
  bool equal = false;
  std::string whole_digest = {};  ///< of the laptop, 32 digits, for paper
};

struct ReceiptLine {
  std::string key;  ///< "sent", "received", "conflicts", "told", "quarantined": for the id
  Words label;      ///< "传出 12 条"
  std::string text;
};

struct PastSync {
  std::string when;
  Words outcome;
};

struct SyncView {
  ListState state;
  SyncPanel panel = SyncPanel::kIdle;
  std::string problem;          ///< kFailed: what and what to do; nothing is lost
  bool may_have_moved = false;  ///< kFailed: the county was not reached, so another address can be typed
  std::string address;          ///< where it was looked for last
  std::string address_problem;  ///< what is wrong with the typed one
  // before
  std::uint32_t unsent = 0;
  std::uint64_t unsent_pictures = 0;
  std::uint64_t unsent_picture_bytes = 0;
  std::string unsent_kinds;  ///< "走访 5 · 送达 4 · 变更 3"
  std::string cost;          ///< "约 6 KB，1 次往返"
  std::string server;        ///< name of the county's server
  // while
  float progress = 0;         ///< 0..1
  std::string progress_text;  ///< "已传 3.2 KB / 5.9 KB，约 2 秒"
  // after
  std::string receipt_when;  ///< "11月18日 17:32:08"; empty = never synced
  std::string receipt_cost;  ///< "用时 0.4 秒 · 1 次往返 · 传出 5.9 KB，收到 3.1 KB"
  bool receipt_green = false;
  std::string receipt_sentence;  ///< "全部在县里了。本机没有任何只在这台电脑上的记录。"
  std::vector<ScopeReceipt> scopes;
  std::vector<ReceiptLine> happened;
  std::vector<ConflictDeskView::Told> told;
  KeptAsideView kept_aside;
  // beside
  std::vector<Words> this_laptop;  ///< clock, second copy, device, may be handed back
  std::vector<PastSync> past;
  bool can_print_receipt = false;  ///< the button is drawn only then
  std::string bundle_notice;       ///< what the last stick held or brought
  bool bundle_working = false;
  std::string bundle_path;                ///< looked into, not taken yet; "" = none
  std::vector<std::string> bundle_holds;  ///< from whom, for whom, when, how much
  FolderView folder;                      ///< where a bundle goes or comes from: the answer to BrowseFolder
};

}  // namespace lianxin::client::view
