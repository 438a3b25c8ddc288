#pragma once
// One visit on one page.
#include <cstdint>
#include <string>
#include <vector>

#include "client/view/member_file_view.hpp"
#include "client/view/part_view.hpp"
#include "shared/base/id.hpp"
#include "shared/domain/festival.hpp"

namespace lianxin::client::view {

/// A question found during the visit.
struct CaseDraft {
  std::string topic;  ///< code
  std::string level;  ///< code: on_spot, village ...
  std::string content;
};

/// Material given during the visit.
struct HandedDraft {
  Id material;
  std::uint32_t quantity = 1;
};

/// Everything typed; texts as typed, codes as codes. Kept by StashDraft, saved by SaveVisit.
struct VisitDraft {
  Id draft;
  Id member;
  std::string occurred_on;  ///< "2026-11-18"
  std::string began;        ///< "10:05"
  std::string ended;
  std::string mode;
  std::vector<std::string> purposes;
  std::vector<std::string> topics;  ///< of a call
  std::string outcome;              ///< follows `met` where it is plain; else chosen. Of a call: a contact's
  std::vector<std::string> met_persons;
  std::string content;
  std::string festival;  ///< asked only when purposes hold "care"
  std::string gift_kind;
  std::string gift_quantity;
  std::string gift_yuan;
  std::vector<CaseDraft> cases;
  std::vector<HandedDraft> handed;
  std::string next_on;
  std::string ack_kind;
  std::string ack_strokes;           ///< "x,y x,y;x,y ..." in thousandths of the field, at most 8 KB
  std::vector<FieldEdit> edits;      ///< corrected at the door
  std::vector<FieldEdit> confirmed;  ///< "unchanged"; `value` is empty
  bool is_kept = false;              ///< a visit that was saved before, which it stays
};

/// A call is another record than a visit and says less: no end, no purpose, no signature, nothing given.
[[nodiscard]] inline bool is_call(const VisitDraft& draft) {
  return !draft.is_kept && (draft.mode == "phone" || draft.mode == "video");
}

struct StockLine {
  Id material;
  std::string name;
  std::int64_t in_bag = 0;  ///< may be negative: a warning, never a refusal
};

struct VisitFormView {
  ListState state;
  Id form;                    ///< = draft.draft; nil = no form open
  std::string title;          ///< name of the member
  VisitDraft draft;           ///< what the form starts from: new values, or what was stashed
  bool restored = false;      ///< the draft is from before
  std::string draft_saved;    ///< "10:24:31"; empty = nothing stashed yet
  std::string shown_token;    ///< heads shown when the form was opened (sync.md 2.3)
  std::string before_saving;  ///< as RecordFormView::before_saving; also that another wrote the visit
  /// Fields of a visit the county does without; what stands in one is asked. "at_time": of a call.
  std::vector<std::string> off;

  Choices modes;
  Choices purposes;
  Choices outcomes;
  Choices call_outcomes;
  Choices topics;  ///< of a call
  Choices met_persons;
  Choices festivals;
  /// Of the county's calendar: another day typed proposes its own festival.
  std::vector<domain::FestivalWindow> festival_windows;
  Choices gift_kinds;
  Choices case_topics;
  Choices case_levels;
  Choices ack_kinds;      ///< how the person confirmed; the strokes belong to "signature"
  std::string next_hint;  ///< "春节返乡"

  /// The county's own fields of a visit and of a call. What is typed goes into `edits` of the draft, under
  /// that kind and no record.
  std::vector<FieldRow> own;
  std::vector<FieldRow> own_of_call;

  std::vector<FieldRow> checks;    ///< beside the form: what may be stale, stalest first
  std::vector<Words> last_visits;  ///< "9月30日 电话 · 未接通", at most five
  std::vector<StockLine> bag;
  Problems problems;           ///< of the last SaveVisit
  std::uint64_t answered = 0;  ///< rises with every answered SaveVisit of this form
};

}  // namespace lianxin::client::view
