#include "client/app/desk.hpp"

#include "assets/assets.hpp"
#include "client/app/draft_text.hpp"
#include "client/app/forms_page.hpp"
#include "client/app/photo_desk.hpp"
#include "client/app/receipt_words.hpp"
#include "client/store/spare_room.hpp"
#include "client/view/conflict_desk_view_builder.hpp"
#include "client/view/duplicates_view_builder.hpp"
#include "client/view/figures_view_builder.hpp"
#include "client/view/member_file_view_builder.hpp"
#include "client/view/members_view_builder.hpp"
#include "client/view/records_view_builder.hpp"
#include "client/view/shell_view_builder.hpp"
#include "client/view/today_view_builder.hpp"
#include "shared/base/log.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::app {

view::Wording wording_of(const std::string& language) {
  auto messages = Messages::parse(assets::texts(language));
  LX_CHECK(messages.ok(), "the program's own texts are well formed");
  return {std::make_shared<const Messages>(std::move(*messages)), language};
}

namespace {

/// What a page shows when it could not be built.
template <class View>
void put(View& place, Result<View> built, const view::Wording& wording) {
  if (built.ok()) {
    place = std::move(*built);
    return;
  }
  log_error("view.failed", built.error());
  place.state = {view::Readiness::kFailed, wording.sentence(built.error())};
}

}  // namespace

Desk::Desk(const Clock& machine_clock, std::filesystem::path folder, Published& out, WorkerThread& store_jobs,
           WorkerThread& net_jobs, MakeTransport make_transport)
    : clock(machine_clock),
      laptop(std::move(folder)),
      published(out),
      store_thread(store_jobs),
      net_thread(net_jobs),
      transport(std::move(make_transport)),
      wording(wording_of(laptop.look().language)) {}

void Desk::publish() {
  published.publish(std::make_shared<const view::ScreensView>(screens), wording.shared_messages());
}

void Desk::toast(std::string text, std::string undo_token, view::Tone tone) {
  const view::Mark mark = tone == view::Tone::kSettled    ? view::Mark::kSettled
                          : tone == view::Tone::kNeedsYou ? view::Mark::kNeedsYou
                                                          : view::Mark::kNone;
  screens.shell.toast = {++toasts, {std::move(text), tone, mark}, std::move(undo_token)};
}

void Desk::toast(const Error& error) {
  log_error("command.failed", error);
  toast(wording.sentence(error), {}, view::Tone::kNeedsYou);
}

std::string Desk::refusal(const store::Saved& saved, std::string_view kind) const {
  const domain::Kind* known = store->records().catalogue().kind(kind);
  LX_CHECK(known != nullptr && !saved.problems.empty(), "what is refused is of a known kind, for a reason");
  return domain::problem_sentence(wording.messages(), *known, saved.problems.front());
}

void Desk::build_shell() {
  view::ShellFacts facts;
  if (screens.today.counting.empty()) facts.due = screens.today.pressing;
  facts.is_syncing = is_syncing;
  facts.duplicates = screens.today.duplicates;
  facts.is_disk_full = store::lacks_room(home);
  if (const auto times = county_times(sources()); times.ok()) {
    facts.now_ms = times->now_ms;
    facts.last_sync_ms = times->last_sync_ms;
  } else {
    toast(times.error());
  }
  auto built = view::build_shell(sources(), facts);
  if (!built.ok()) {
    toast(built.error());
    return;
  }
  built->toast = screens.shell.toast;
  built->idle_lock_minutes = screens.settings.idle_lock_minutes;
  screens.shell = std::move(*built);
}

void Desk::build_page(view::Page page) {
  using view::Page;
  if (view::has_register(page)) {
    read_register(*this, page);
  } else if (page == Page::kToday) {
    put(screens.today, view::build_today(sources(), &duties), wording);
  } else if (page == Page::kMembers) {
    put(screens.members,
        view::build_members(sources(), screens.members.query, &duties, screens.members.first), wording);
  } else if (page == Page::kConflicts) {
    put(screens.conflicts, view::build_conflict_desk(sources()), wording);
  } else if (page == Page::kDuplicates) {
    put(screens.duplicates, view::build_duplicates(sources(), &duties.twins()), wording);
  } else if (page == Page::kRecords) {
    view::RecordsView& records = screens.records;
    view::RecordFormView form = std::move(records.form);
    put(records, view::build_records(sources(), records.kind, records.query), wording);
    records.form = std::move(form);
  } else if (page == Page::kReports) {
    put(screens.figures, view::build_figures(sources(), figures_asked, figures_kept), wording);
  } else if (page == Page::kForms) {
    view::FolderView folder = std::move(screens.forms.folder);
    view::WarnedFormView warned = std::move(screens.forms.warned);
    put(screens.forms, build_forms(sources(), forms_asked, comparison, form_checks), wording);
    screens.forms.folder = std::move(folder);
    screens.forms.warned = std::move(warned);
  } else if (page == Page::kSync) {
    if (!is_syncing) put(screens.sync, build_sync(sources(), screens.sync), wording);
  } else if (page == Page::kImport) {
    auto past = past_in_words(*this);
    if (past.ok())
      screens.import.past = std::move(*past);
    else
      toast(past.error());
  } else if (page == Page::kSettings) {
    build_settings();
  }
  if (!duties.is_whole()) read_ahead(*this);
}

void Desk::build_member(const Id& member) {
  const std::uint64_t revision = screens.member.revision;
  const bool is_same =
      screens.member.member == member && screens.member.state.readiness == view::Readiness::kReady;
  view::MemberFileView view;
  view.member = member;
  put(view, view::build_member_file(sources(), member), wording);
  if (!member.is_nil() && view.state.readiness == view::Readiness::kReady) {
    auto photos = build_photos(*store, wording, member);
    if (photos.ok())
      view.photos = std::move(*photos);
    else
      toast(photos.error());
    if (is_same) {
      view.photos.fetching = screens.member.photos.fetching;
      view.photos.open = screens.member.photos.open;
      view.photos.large = screens.member.photos.large;
      view.photos.folder = screens.member.photos.folder;
    }
  }
  if (is_same) {
    view.warnings = screens.member.warnings;
    view.whereabouts.answered = screens.member.whereabouts.answered;
    view.whereabouts.problem = screens.member.whereabouts.problem;
    view.whereabouts.found = screens.member.whereabouts.found;
    view.whereabouts.found_query = screens.member.whereabouts.found_query;
  }
  if (!member.is_nil()) put_short_forms(view);
  // Whoever is typing keeps it while nothing of the record has changed.
  view.revision = is_same && view.shown_token == member_heads ? revision : revision + 1;
  member_heads = view.shown_token;
  auto stashed = store->drafts().of("member", member);
  if (!stashed.ok()) toast(stashed.error());
  if (stashed.ok() && *stashed) {
    auto draft = read_member_draft((*stashed)->content);
    if (!draft.ok()) {
      toast(draft.error());
    } else {
      view.draft = std::move(*draft);
      view.draft_saved = view::Wording::clock_time((*stashed)->saved_ms);
      if (!(*stashed)->shown_token.empty()) view.shown_token = (*stashed)->shown_token;
    }
  }
  view.revealed = !member.is_nil() && member == revealed;
  screens.member = std::move(view);
}

/// What was stashed of them, else where they begin.
void Desk::put_short_forms(view::MemberFileView& view) {
  view::WhereaboutsView& out = view.whereabouts;
  out.said.draft = out.call.draft = Id();
  if (auto stashed = store->drafts().of("say", view.member); stashed.ok() && *stashed) {
    if (auto draft = read_whereabouts_draft((*stashed)->content); draft.ok()) {
      out.said = std::move(*draft);
      out.said_saved = view::Wording::clock_time((*stashed)->saved_ms);
    }
  }
  if (auto stashed = store->drafts().of("call", view.member); stashed.ok() && *stashed) {
    if (auto draft = read_call_draft((*stashed)->content); draft.ok()) {
      out.call = std::move(*draft);
      out.call_saved = view::Wording::clock_time((*stashed)->saved_ms);
    }
  }
  if (out.said.draft.is_nil()) {
    out.said = {};
    out.said.member = view.member;
    out.said.day = out.today;
    out.said.draft = Id::make(clock.now_ms());
  }
  if (!out.call.draft.is_nil()) return;
  out.call = {};
  out.call.member = view.member;
  out.call.day = out.today;
  out.call.channel = "phone";
  out.call.draft = Id::make(clock.now_ms());
}

void Desk::refresh() {
  build_page(front);
  if (screens.member.state.readiness == view::Readiness::kReady && !screens.member.member.is_nil())
    build_member(screens.member.member);
  build_shell();
  read_ahead(*this);
}

void Desk::show_outside(const std::string& notice) {
  const std::uint64_t attempt = screens.unlock.attempt;
  const view::ToastView last = screens.shell.toast;
  view::ScreensView outside;
  outside.unlock.owners = laptop.owners();
  outside.unlock.attempt = attempt + 1;
  outside.unlock.notice = notice;
  outside.shell.access = outside.unlock.owners.empty() ? view::Access::kNotEnrolled : view::Access::kLocked;
  outside.shell.toast.number = last.number;
  const ScreenLook& look = laptop.look();
  outside.settings.language = look.language;
  outside.settings.text_percent = look.text_percent;
  outside.settings.contrast = look.contrast;
  screens = std::move(outside);
}

void Desk::show_inside() {
  screens.unlock = {};
  screens.enrol = {};
  front = view::Page::kToday;
  build_settings();
  build_page(view::Page::kToday);
  build_page(view::Page::kMembers);
  build_page(view::Page::kConflicts);
  build_page(view::Page::kSync);
  build_shell();
  read_ahead(*this);
}

void Desk::cancel_all() {
  for (auto* flag : {&cancel, &fetching}) {
    if (*flag) (*flag)->store(true);
    flag->reset();
  }
}

void Desk::close_store() {
  cancel_all();
  is_syncing = false;
  store.reset();
  duties = view::DutyBook();
  reading = {};
  figures_asked = {};
  figures_kept = {};
  forms_asked = {};
  comparison = {};
  form_checks = {};
  ++session;
  is_reading_ahead = false;
  revealed = {};
  import = {};
}

void Desk::use_language(const std::string& language) {
  wording = wording_of(language == "en" ? "en" : "zh-CN");
}

void Desk::build_settings() {
  view::SettingsView& settings = screens.settings;
  const ScreenLook& look = laptop.look();
  settings.state.readiness = view::Readiness::kReady;
  settings.language = look.language;
  settings.text_percent = look.text_percent;
  settings.contrast = look.contrast;
  const auto minutes = store->settings().get("idle_lock_minutes");
  if (minutes.ok() && *minutes)
    settings.idle_lock_minutes = static_cast<std::uint32_t>(read_integer(**minutes).value_or(0));
  settings.second_copy_folder = store->identity().journal_folder;
  const bool two = store->copies() >= 2;
  settings.second_copy_state = {wording.text(two ? "view.copies.two" : "view.copies.one"),
                                two ? view::Tone::kSettled : view::Tone::kAgeing,
                                two ? view::Mark::kSettled : view::Mark::kNone};
  const store::Identity& identity = store->identity();
  settings.about = {
      {wording.text("view.about.device", {{"device", identity.device.text()}}), view::Tone::kPlain, {}},
      {wording.text("view.about.server", {{"server", identity.server_name}}), view::Tone::kPlain, {}},
      {wording.text("view.about.encrypted"), view::Tone::kQuiet, {}}};
}

}  // namespace lianxin::client::app
