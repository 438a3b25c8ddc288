#pragma once
// One member: every field with its age, and what happened, newest first.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/view/part_view.hpp"
#include "client/view/photo_view.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::view {

/// How the window lets a field be edited.
enum class FieldInput : std::uint8_t {
  kText,
  kNumber,  ///< a few digits, or a time of the day
  kLongText,
  kDate,
  kCode,
  kCodeSet,
  kYesNo,
  kReadOnly,
  kMember,  ///< searched for by name; `choices` holds the one that is chosen
  kMembers,
  kPlace,  ///< a division, typed by name and chosen
};

/// One field of one record (a member, a contact point, a mobility episode).
struct FieldRow {
  Id record;
  std::string kind;   ///< catalogue name, "contact_point"
  std::string field;  ///< catalogue name, "value"
  std::string label;
  std::string value;   ///< as shown; empty = not known
  std::string masked;  ///< shown instead until the person asks; empty = nothing to hide
  std::string edited;  ///< what an editor starts from: canonical text, a code, codes separated by blanks
  FieldInput input = FieldInput::kText;
  Choices choices;  ///< kCode, kCodeSet
  Words freshness;  ///< "✓ 今天", "210 天", "未核实"
  bool in_dispute = false;
  bool waiting = false;      ///< a value is known to exist and is not here yet
  bool can_confirm = false;  ///< space = unchanged
  std::string how_known;     ///< "11月18日 王建国 当面"
  bool own = false;          ///< of the county's own: stands under a title of its own
  bool rare = false;         ///< empty and seldom filled in: shown when the person unfolds the rest
};

struct FieldSection {
  std::string key;    ///< "contact", for the id
  std::string title;  ///< "联系方式"
  std::vector<FieldRow> rows;
};

struct FactRow {
  Id record;
  std::string when;
  Words what;  ///< "走访 · 入户"
  std::string detail;
  std::string who;
  bool unsent = false;
  bool is_visit = false;  ///< opens by OpenVisit
};

/// `kind` of the fields of a new inflow (流入登记), beside those of a new outflow, "mobility_episode".
inline constexpr std::string_view kNewInflow = "mobility_episode:in";

/// Typed values of the editor, one per changed field.
struct FieldEdit {
  Id record;
  std::string kind;
  std::string field;
  std::string value;
};

struct MemberDraft {
  Id draft;   ///< nil = nothing stashed yet; the handler gives one
  Id member;  ///< nil = a new member
  std::vector<FieldEdit> edits;
  std::string cause;  ///< how it is known: a code of `MemberFileView::causes`
};

/// What coming home means: for some days (the outflow stays open), for good, or on to another place.
enum class HomeComing : std::uint8_t { kHome, kReturned, kMoved };
struct WhereaboutsDraft {
  Id member;
  HomeComing what = HomeComing::kReturned;
  std::string day;    ///< of the return or the move; the first day at home
  std::string until;  ///< kHome: the last day
  bool certificate_back = false;
  // kMoved: the new outflow
  std::string division;
  std::string place;
  std::string employer;
  Id draft;
  bool operator==(const WhereaboutsDraft&) const = default;
};
struct CalledDraft {
  Id member;
  std::string name;
  bool operator==(const CalledDraft&) const = default;
};
/// One call, in the short form: a contact of the member, and of each of the others.
struct CallDraft {
  Id member;
  std::string day;
  std::string channel;
  std::string outcome;
  std::vector<std::string> topics;  ///< when somebody was reached
  std::string content;
  std::vector<CalledDraft> others;
  Id draft;
  bool operator==(const CallDraft&) const = default;
};

/// What the short forms of the file start from: came home, moved on, a call.
struct WhereaboutsView {
  bool is_out = false;     ///< one open outflow
  bool asks_place = true;  ///< false: the county does without it
  bool asks_employer = true;
  std::string away;         ///< "2025年3月外出 · 广东深圳"
  std::string today;        ///< canonical
  std::string certificate;  ///< number of the one he holds; "" = none
  Choices outcomes;         ///< of a call
  Choices channels;
  Choices topics;
  std::uint32_t answered = 0;  ///< short forms that were kept or refused in this file
  std::string problem;         ///< why the last one was refused; "" = it was kept
  WhereaboutsDraft said;       ///< what was stashed, or a form that begins
  std::string said_saved;      ///< "10:24:31"; empty = nothing was stashed
  CallDraft call;
  std::string call_saved;
  Choices found;  ///< members by what was typed (FindMembers), code = id
  std::string found_query;
};

struct MemberFileView {
  ListState state;
  Id member;             ///< whose file; nil = none opened
  std::string title;     ///< name
  std::string subtitle;  ///< "男 · 1979年3月 · 三合村 · 流动党员"
  Words status;
  std::vector<FieldSection> sections;
  std::vector<FactRow> facts;  ///< newest first, at most 500
  std::uint32_t facts_total = 0;
  PhotosView photos;
  WhereaboutsView whereabouts;
  bool revealed = false;    ///< numbers may be shown in full: the audit has the entry
  std::string shown_token;  ///< the heads of every field shown (sync.md 2.3); given back when saving
  Choices causes;           ///< in person, phone, document, family ...
  bool read_only = false;   ///< leaving the scope, or no right; `why_read_only` says so
  std::string why_read_only;
  std::string before_saving;          ///< as RecordFormView::before_saving
  MemberDraft draft;                  ///< what was stashed; edits empty = nothing
  std::string draft_saved;            ///< "10:24:31"; empty = not yet
  Problems problems;                  ///< of the last save
  std::vector<std::string> warnings;  ///< of what was kept last while the file was open
  std::uint64_t revision = 0;  ///< rises when the record changed, so that an editor takes the new values
};

}  // namespace lianxin::client::view
