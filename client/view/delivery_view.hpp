#pragma once
// Handing over or sending material, with a signature.
#include <cstdint>
#include <string>
#include <vector>

#include "client/view/part_view.hpp"
#include "client/view/visit_form_view.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::view {

struct DeliveryDraft {
  Id draft;
  Id member;
  std::string mode;  ///< code: by_hand, courier, via_family ...
  std::string occurred_on;
  std::vector<HandedDraft> lines;
  std::string to_name;  ///< copied at dispatch, not linked
  std::string to_phone;
  std::string to_address;
  std::string carrier;
  std::string tracking_no;
  std::string received_by;
  std::string relation;  ///< code
  std::string received_on;
  std::string receipt_kind;      ///< code
  std::string receipt_strokes;   ///< as VisitDraft::ack_strokes
  std::vector<FieldEdit> edits;  ///< of the county's own fields, under a nil record
  /// Fields the form filled in by itself and nobody has typed since: only these it takes back.
  std::vector<std::string> filled_in;
};

struct DeliveryFormView {
  ListState state;
  Id form;            ///< = draft.draft; nil = no form open
  std::string title;  ///< name of the member
  DeliveryDraft draft;
  bool restored = false;
  std::string draft_saved;
  std::string shown_token;
  std::string before_saving;     ///< as RecordFormView::before_saving
  std::vector<std::string> off;  ///< as VisitFormView::off
  std::vector<FieldRow> own;     ///< the county's own fields of a delivery
  Choices modes;
  Choices relations;
  Choices receipt_kinds;
  std::vector<StockLine> bag;
  std::vector<Words> last_deliveries;
  Problems problems;
  std::uint64_t answered = 0;
};

}  // namespace lianxin::client::view
