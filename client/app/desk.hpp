#pragma once
// Everything the store thread holds while somebody works: the open store, the language, the screens being
// built. Handlers of commands are the functions `handle`, one file for each group. Store thread only.
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "client/app/command.hpp"
#include "client/app/forms_page.hpp"
#include "client/app/laptop_folder.hpp"
#include "client/app/published.hpp"
#include "client/app/roster_import.hpp"
#include "client/app/worker_thread.hpp"
#include "client/store/laptop_store.hpp"
#include "client/view/duty_book.hpp"
#include "client/view/figures_view_builder.hpp"
#include "client/view/register_view_builder.hpp"
#include "client/view/screens_view.hpp"
#include "client/view/view_sources.hpp"
#include "client/view/wording.hpp"
#include "sync/laptop/session.hpp"

namespace lianxin::client::app {

/// Makes the connection to a county's server; tests give one in memory.
using MakeTransport =
    std::function<std::unique_ptr<sync::laptop::Transport>(const sync::laptop::ServerAddress&)>;

/// A roster between preview and writing.
struct ImportDesk {
  std::filesystem::path path;
  RosterChoices choices;
  std::optional<RosterPlan> plan;
  std::optional<import::RosterSheet>
      letters;  ///< instead of a plan, while nobody said which column is the name
};

/// A long register while it is put together of pieces (more_rows.cpp).
struct RegisterReading {
  view::RegisterView view;
  std::size_t wanted = 0;      ///< rows
  std::uint64_t revision = 0;  ///< of what is shown, as its rows were read
  std::uint64_t number = 0;    ///< rises with each; of two the later one goes on
};

struct Desk {
  Desk(const Clock& machine_clock, std::filesystem::path folder, Published& out, WorkerThread& store_jobs,
       WorkerThread& net_jobs, MakeTransport make_transport);

  const Clock& clock;
  LaptopFolder laptop;
  Published& published;
  WorkerThread& store_thread;
  WorkerThread& net_thread;
  MakeTransport transport;

  view::Wording wording;
  std::unique_ptr<store::LaptopStore> store;  ///< null = nobody has unlocked
  view::DutyBook duties;                      ///< of that store
  std::uint64_t session = 0;                  ///< rises with every opening and locking
  view::ScreensView screens;
  view::Page front = view::Page::kToday;
  std::size_t register_rows = view::kRegisterRows;  ///< of the register in front
  RegisterReading reading;
  ImportDesk import;
  std::uint64_t toasts = 0;
  Id revealed;               ///< member whose numbers are shown in full, as the audit says; nil = nobody's
  std::string member_heads;  ///< heads of the open member file when it was last built

  std::filesystem::path home;  ///< of that store
  bool is_syncing = false;
  view::FiguresAsked figures_asked;
  view::FiguresKept figures_kept;
  FormsAsked forms_asked;
  ComparisonKept comparison;
  ChecksKept form_checks;
  bool is_reading_ahead = false;                       ///< slices are posted one after the other
  std::uint32_t duty_slices = 0;                       ///< read since the page of the day was last built
  std::shared_ptr<sync::laptop::CancelFlag> cancel;    ///< of the sync or enrolment under way
  std::shared_ptr<sync::laptop::CancelFlag> fetching;  ///< of the photo under way
  std::atomic<std::uint64_t> searches_asked{0};        ///< raised by the window's thread
  std::uint64_t searches_seen = 0;

  /// The store is open.
  [[nodiscard]] view::ViewSources sources() { return {*store, wording}; }
  /// The screens as they are now go to the window.
  void publish();
  /// Says once what was done; `undo_token` "" = cannot be taken back.
  void toast(std::string text, std::string undo_token = {}, view::Tone tone = view::Tone::kSettled);
  /// Says what went wrong, and logs it.
  void toast(const Error& error);
  /// Why an action was refused, in words; `kind` is that of the edit it is about.
  [[nodiscard]] std::string refusal(const store::Saved& saved, std::string_view kind) const;
  /// Frame, the page in front, the open member file: after something was kept or a sync ended.
  void refresh();
  /// Builds the view of a page.
  void build_page(view::Page page);
  /// Builds the file of a member, with what was stashed for it.
  void build_member(const Id& member);
  void put_short_forms(view::MemberFileView& view);
  void build_shell();
  /// What a locked or new laptop shows.
  void show_outside(const std::string& notice);
  /// Everything on the screens of somebody who was just let in.
  void show_inside();
  /// What is under way on the net ends early.
  void cancel_all();
  /// Closes the store and wipes its screens.
  void close_store();
  void use_language(const std::string& language);
  void build_settings();
};

/// The words of "zh-CN" or "en", which are part of the program.
[[nodiscard]] view::Wording wording_of(const std::string& language);

// coming_in.cpp
void handle(Desk& desk, const Enrol& command);
void handle(Desk& desk, const Unlock& command);
void handle(Desk& desk, const Lock& command);
void handle(Desk& desk, const ChangePassphrase& command);
// looking.cpp
void handle(Desk& desk, const OpenPage& command);
void handle(Desk& desk, const Search& command);
void handle(Desk& desk, const OpenMember& command);
void handle(Desk& desk, const RevealNumbers& command);
void handle(Desk& desk, const OpenVisitForm& command);
void handle(Desk& desk, const OpenVisit& command);
void handle(Desk& desk, const OpenDeliveryForm& command);
void handle(Desk& desk, const OpenDelivery& command);
void handle(Desk& desk, const OpenDraft& command);
void handle(Desk& desk, const CloseForm& command);
// more_rows.cpp
void handle(Desk& desk, const MoreRows& command);
/// The register in front with as many rows as are wanted, a piece at a time; until all are read the one that
/// is shown stays, or its first rows are. `goes_on` = rows that were read before stand as they are.
void read_register(Desk& desk, view::Page page, bool goes_on = false);
// keeping.cpp
void handle(Desk& desk, const StashDraft& command);
void handle(Desk& desk, const DropDraft& command);
void handle(Desk& desk, const SaveVisit& command);
void handle(Desk& desk, const SaveDelivery& command);
void handle(Desk& desk, const SaveMember& command);
void handle(Desk& desk, const ConfirmUnchanged& command);
void handle(Desk& desk, const SayUnchanged& command);
void handle(Desk& desk, const Undo& command);
// whereabouts.cpp
void handle(Desk& desk, const SayWhereabouts& command);
void handle(Desk& desk, const SayCall& command);
// photo_desk.cpp
void handle(Desk& desk, const AddPhoto& command);
void handle(Desk& desk, const OpenPhoto& command);
// conflicts.cpp
void handle(Desk& desk, const ResolveConflict& command);
void handle(Desk& desk, const PostponeConflict& command);
void handle(Desk& desk, const DismissTold& command);
void handle(Desk& desk, const DismissDecided& command);
void handle(Desk& desk, const ObjectTold& command);
// duplicates.cpp
void handle(Desk& desk, const SayTwins& command);
// recording.cpp
void handle(Desk& desk, const OpenKind& command);
void handle(Desk& desk, const OpenRecord& command);
void handle(Desk& desk, const SaveRecord& command);
void handle(Desk& desk, const VoidRecord& command);
void handle(Desk& desk, const FindMembers& command);
/// A stashed form of such a record comes to the front.
void show_record_form(Desk& desk, const view::RecordDraft& draft, const std::string& token,
                      WallMs stashed_ms);
// figuring.cpp
void handle(Desk& desk, const AskFigures& command);
// forming.cpp
void handle(Desk& desk, const AskForms& command);
void handle(Desk& desk, const SaveForm& command);
void handle(Desk& desk, const CheckForm& command);
void handle(Desk& desk, const ReprintForm& command);
void handle(Desk& desk, const SavePaper& command);
void handle(Desk& desk, const CompareForm& command);
// reading_ahead.cpp
/// Reads what thousands of records ask for, if there is any, in slices between other work; then builds the
/// pages that show it, and their counts.
void read_ahead(Desk& desk);
// syncing.cpp
void handle(Desk& desk, const StartSync& command);
void handle(Desk& desk, const CancelSync& command);
void handle(Desk& desk, const PrintReceipt& command);
// bundling.cpp
void handle(Desk& desk, const ExportBundle& command);
void handle(Desk& desk, const ImportBundle& command);
// importing.cpp
void handle(Desk& desk, const BrowseFolder& command);
void handle(Desk& desk, const PreviewImport& command);
void handle(Desk& desk, const AcceptWithoutNumber& command);
void handle(Desk& desk, const MapColumn& command);
void handle(Desk& desk, const ChooseImportVillage& command);
void handle(Desk& desk, const ReadHiddenSheets& command);
void handle(Desk& desk, const SaveRejectedRows& command);
void handle(Desk& desk, const ApplyImport& command);
void handle(Desk& desk, const CancelImport& command);
void handle(Desk& desk, const UndoImport& command);
/// Batches on this laptop, newest first.
[[nodiscard]] Result<std::vector<view::PastBatch>> past_in_words(Desk& desk);
// settings.cpp
void handle(Desk& desk, const SetLanguage& command);
void handle(Desk& desk, const SetTextSize& command);
void handle(Desk& desk, const SetContrast& command);
void handle(Desk& desk, const SetIdleLock& command);
void handle(Desk& desk, const SetSecondCopy& command);

}  // namespace lianxin::client::app
