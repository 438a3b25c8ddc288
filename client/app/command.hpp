#pragma once
// What a person wants, as values. The window pushes them and changes nothing itself; one handler file each.
#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "client/view/delivery_view.hpp"
#include "client/view/member_file_view.hpp"
#include "client/view/records_view.hpp"
#include "client/view/settings_view.hpp"
#include "client/view/shell_view.hpp"
#include "client/view/visit_form_view.hpp"
#include "shared/base/id.hpp"

namespace lianxin::client::app {

// --- coming in and going out

/// Joins the county: the line (or the path of a join file), and the passphrase chosen.
struct Enrol {
  std::string join_line;
  std::string passphrase;
};
struct Unlock {
  std::string store;  ///< StoreOwner::store
  std::string passphrase;
};
/// By hand or after idle minutes.
struct Lock {
  bool idle = false;
};
struct ChangePassphrase {
  std::string old_passphrase;
  std::string next_passphrase;
};

// --- looking

/// A page came to the front: its view is wanted fresh.
struct OpenPage {
  view::Page page = view::Page::kToday;
};
/// A register is read to its end: twice as many rows are wanted.
struct MoreRows {
  view::Page page = view::Page::kVisits;
};
/// Answered by MembersView with the same `query`, from that place of its list on.
struct Search {
  std::string query;
  std::uint32_t from = 0;
};
/// Answered by MemberFileView with the same id; nil = the form of a new member.
struct OpenMember {
  Id member;
};
/// The numbers of the open member file in full; answered by `MemberFileView::revealed` once the audit has it.
struct RevealNumbers {
  Id member;
};
/// Answered by VisitFormView: an unfinished draft of this member, else a new form.
struct OpenVisitForm {
  Id member;
  std::string purpose = {};  ///< chosen in a new form; "" = none
};
/// A visit already saved, to read or amend (its author, within the days allowed).
struct OpenVisit {
  Id visit;
};
struct OpenDeliveryForm {
  Id member;
};
struct OpenDelivery {
  Id delivery;
};
/// A stashed form, whatever its kind.
struct OpenDraft {
  Id draft;
};
/// The form is left; what was stashed stays.
struct CloseForm {
  Id form;
};

// --- keeping

/// Answered by MemberFileView: came home or moved on, and a call, in their short forms.
using HomeComing = view::HomeComing;
using SayWhereabouts = view::WhereaboutsDraft;
using SayCall = view::CallDraft;

/// Everything typed so far; sent at most every 2 s and when a form is left (P2).
struct StashDraft {
  std::variant<view::VisitDraft, view::DeliveryDraft, view::MemberDraft, view::RecordDraft,
               view::WhereaboutsDraft, view::CallDraft>
      draft;
  std::string shown_token;
};
/// The person gives a draft up (second gesture asked by the window).
struct DropDraft {
  Id draft;
};
struct SaveVisit {
  view::VisitDraft draft;
  std::string shown_token;
};
struct SaveDelivery {
  view::DeliveryDraft draft;
  std::string shown_token;
};
struct SaveMember {
  view::MemberDraft draft;
  std::string shown_token;
};
/// "Unchanged": one field of a record, out of the member file.
struct ConfirmUnchanged {
  Id record;
  std::string field;
  std::string shown_token;
};
/// As many members as one act speaks of.
inline constexpr std::size_t kUnchangedMax = 200;
/// "Unchanged this quarter", of one member or a page of them.
struct SayUnchanged {
  std::vector<Id> members;
};
/// Takes the last action back by ordinary changes; the token is a toast's.
struct Undo {
  std::string undo_token;
};

/// A JPEG file becomes a photo of the record (a member).
struct AddPhoto {
  Id record;
  std::string path;
  std::string caption;
};
/// Shown large, brought from the county first where need be; nil = closed again.
struct OpenPhoto {
  Id photo;
};

// --- conflicts

enum class Resolution : std::uint8_t { kTake, kKeepBoth, kLookedAt };

struct ResolveConflict {
  std::string conflict;
  Resolution resolution = Resolution::kTake;
  std::string head;  ///< the value taken, or with kKeepBoth the main one
  std::string shown_token;
};
/// "Ask first": the conflict goes to the end of the desk, nothing is written to the record.
struct PostponeConflict {
  std::string conflict;
};
/// The person has read that a value of theirs lost.
struct DismissTold {
  std::string told;
};
/// "I do not agree": the value is stated again as a new conflict.
struct ObjectTold {
  std::string told;
};
/// The person has read what the office decided about their change.
struct DismissDecided {
  std::string change;
};

// --- possible duplicates

enum class TwinAnswer : std::uint8_t { kSame, kDifferent, kUndo };

/// Two records are one, or not, or what was said is taken back.
struct SayTwins {
  Id one;
  Id other;
  TwinAnswer word = TwinAnswer::kSame;
  std::string shown_token;  ///< of TwinView; "" = what stands in the store now was shown
};

// --- records of kinds without a page of their own

/// Answered by RecordsView with this kind and query.
struct OpenKind {
  std::string kind;  ///< "" = the one shown last
  std::string query;
};
/// Answered by RecordsView::form; a record's kind is its own.
struct OpenRecord {
  std::string kind;
  Id record;                               ///< nil = a new one of `kind`, or what was stashed of it
  std::vector<view::FieldEdit> fill = {};  ///< stands in the form already; what was stashed is left alone
};
struct SaveRecord {
  view::RecordDraft draft;
  std::string shown_token;
};
/// Out of the counts, still readable (K2).
struct VoidRecord {
  Id record;
  std::string reason;
  std::string shown_token = {};  ///< "" = what stands in the store now was shown
};
/// Answered by RecordsView::found.
struct FindMembers {
  std::string query;
};

// --- figures

/// Answered by FiguresView.
struct AskFigures {
  Id unit;  ///< nil = the unit this laptop serves
  std::string period;
  int row = 0;       ///< whose ledger is wanted; 0 = none
  std::string part;  ///< "" = that of the number itself
};

// --- forms

/// Answered by FormsView.
struct AskForms {
  Id unit;  ///< nil = the unit this laptop serves
  std::string period;
};
/// A file among the person's documents, for the unit and period of the page.
struct SaveForm {
  std::string form;
  std::string kind;          ///< ".xlsx", ".pdf", ".docx"
  bool hand_in = false;      ///< kept as handed in
  std::string reason;        ///< why once more
  bool close_month = false;  ///< f7: the month is closed with it
  std::string edited = {};   ///< f9: path of a document whose words are taken, with the numbers of now
};
/// What would be warned of, before it is handed in: nothing is written. Answered by FormsView::warned.
struct CheckForm {
  std::string form;
  std::string edited = {};  ///< as of SaveForm
};
struct ReprintForm {
  Id snapshot;
};
/// A paper of the office (OfficePaper) as a PDF among the person's documents.
struct SavePaper {
  std::string paper;  ///< "notice", "assessment", "incident"
};
/// Why its numbers are others now; nil = closes what is open.
struct CompareForm {
  Id snapshot;
};

// --- sync

struct StartSync {
  /// The county's server has moved, as it was typed; kept when it is met there. "" = where it was.
  std::string address = {};
};
struct CancelSync {};
struct PrintReceipt {};
/// What waits, sealed into a file for a stick.
struct ExportBundle {
  std::string folder;
};
/// A file of a stick; "" = leave it.
struct ImportBundle {
  std::string path;
  bool look = false;  ///< only say what it holds
};

// --- import of rosters

/// Lists a folder for the file chooser of import, sync and settings (their `folder`); empty = the person's
/// documents, "sticks" = mounted media.
struct BrowseFolder {
  std::string path;
};
/// Reads and judges; nothing is written.
struct PreviewImport {
  std::string path;
};
/// The quarantined row is to be taken, with the number left out.
struct AcceptWithoutNumber {
  std::string row;
  bool accept = true;
};
/// What a column holds: a target of roster_headings.tsv, "-" = it is not taken. Remembered with the import.
struct MapColumn {
  std::string column;  ///< ImportColumn::key
  std::string target;
};
/// Village (code) of the rows that no village is written for.
struct ChooseImportVillage {
  std::string village;
};
struct ReadHiddenSheets {
  bool read = true;
};
/// The rows that will not be taken, with the reasons, as a file.
struct SaveRejectedRows {};
struct ApplyImport {
  std::string preview_token;
};
struct CancelImport {};
struct UndoImport {
  std::string batch;
};

// --- settings

struct SetLanguage {
  std::string language;
};
struct SetTextSize {
  std::uint32_t percent = 100;
};
struct SetContrast {
  view::Contrast contrast = view::Contrast::kLight;
};
struct SetIdleLock {
  std::uint32_t minutes = 10;
};
/// Folder of the second copy (journal); empty = none.
struct SetSecondCopy {
  std::string folder;
};

using AnyCommand =
    std::variant<Enrol, Unlock, Lock, ChangePassphrase, OpenPage, MoreRows, Search, OpenMember, RevealNumbers,
                 OpenVisitForm, OpenVisit, OpenDeliveryForm, OpenDelivery, OpenDraft, CloseForm, StashDraft,
                 DropDraft, SaveVisit, SaveDelivery, SaveMember, ConfirmUnchanged, SayUnchanged,
                 SayWhereabouts, SayCall, AddPhoto, OpenPhoto, Undo, ResolveConflict, PostponeConflict,
                 DismissTold, ObjectTold, DismissDecided, SayTwins, OpenKind, OpenRecord, SaveRecord,
                 VoidRecord, FindMembers, AskFigures, AskForms, SaveForm, CheckForm, ReprintForm, SavePaper,
                 CompareForm, StartSync, CancelSync, PrintReceipt, ExportBundle, ImportBundle, BrowseFolder,
                 PreviewImport, AcceptWithoutNumber, MapColumn, ChooseImportVillage, ReadHiddenSheets,
                 SaveRejectedRows, ApplyImport, CancelImport, UndoImport, SetLanguage, SetTextSize,
                 SetContrast, SetIdleLock, SetSecondCopy>;

/// One command of any kind. What a variant of so many kinds costs the compiler is paid once, in command.cpp.
class Command {
 public:
  template <class T>
  requires(!std::is_same_v<T, Command>)
      Command(T wish);  // NOLINT(google-explicit-constructor): a wish is a command
  Command(const Command& other);
  Command(Command&& other) noexcept;
  Command& operator=(Command other) noexcept;
  ~Command();

  [[nodiscard]] const AnyCommand& any() const { return *any_; }
  /// nullptr when it is of another kind.
  template <class T>
  [[nodiscard]] const T* as() const {
    return std::get_if<T>(any_.get());
  }

 private:
  std::unique_ptr<AnyCommand> any_;  ///< never null, but in one that was moved from
};

/// Commands of one frame in order. Belongs to the window's thread; the app takes all of them after each
/// frame.
class CommandQueue {
 public:
  void push(Command command) { commands_.push_back(std::move(command)); }
  [[nodiscard]] std::vector<Command> take() { return std::exchange(commands_, {}); }
  [[nodiscard]] bool empty() const { return commands_.empty(); }

 private:
  std::vector<Command> commands_;
};

}  // namespace lianxin::client::app
