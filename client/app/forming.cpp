// The page of forms: made as files, handed in, made again, explained.
#include "client/app/audit.hpp"
#include "client/app/desk.hpp"
#include "client/app/left_file.hpp"
#include "client/app/notice_paper.hpp"
#include "shared/base/log.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::app {
namespace {

namespace fs = std::filesystem;

/// "一村一表-靖宇县-2026-08.xlsx": what a folder must not have in a name becomes '-'.
std::string file_name(const std::string& form, const std::string& unit, const std::string& period,
                      const std::string& kind) {
  std::string name = form + "-" + unit + "-" + period + kind;
  for (char& c : name) {
    if (c == '/' || c == '\\' || c == ':') c = '-';
  }
  return name;
}

struct Left {
  fs::path file;
  MadeForm made;
  fs::path kept;             ///< what was there before and a person had changed, also where `done` failed
  Status done;               ///< of leaving it and of handing it in
  std::size_t left_out = 0;  ///< of an edited report: what was no words
};

/// The question of a form on the page, with a person's own words where there are some.
struct ToMake {
  FormAsked asked;
  std::size_t left_out = 0;  ///< as Left
};

Result<ToMake> to_make(Desk& desk, const std::string& form, const std::string& edited) {
  ToMake out{{form, {}, desk.wording.short_language()}};
  LX_TRY(out.asked.asked, question_of(desk.sources(), desk.forms_asked, form));
  if (edited.empty()) return out;
  LX_TRY(report::EditedReport read, read_edited(edited));
  out.asked.template_text = std::move(read.template_text);
  out.left_out = read.left_out;
  return out;
}

Result<Left> make(Desk& desk, const SaveForm& command) {
  LX_TRY(const ToMake what, to_make(desk, command.form, command.edited));
  const figures::Asked& asked = what.asked.asked;
  LX_TRY(const std::string unit, store::name_of(desk.store->database(), "org_unit", asked.scope));
  const std::string period = report::period_text(asked.from, asked.as_of);
  Left out;
  out.file = documents_folder() /
             file_name(desk.wording.text("form." + command.form + ".title"), unit, period, command.kind);
  out.left_out = what.left_out;
  std::optional<HandIn> hand_in;
  if (command.hand_in) hand_in = HandIn{trim(command.reason), command.close_month};
  LX_TRY(out.made, make_file(*desk.store, desk.clock, what.asked, {out.file.string(), false}, hand_in,
                             desk.wording.messages()));
  LX_DO(write_audit(*desk.store, {Act::kExport,
                                  asked.scope,
                                  {},
                                  export_words(command.form, unit, out.file.string()),
                                  out.made.rows,
                                  {}}));
  HandedOut left = hand_out(*desk.store, desk.clock, out.made, out.file, desk.wording.messages());
  out.kept = std::move(left.kept);
  out.done = std::move(left.done);
  return out;
}

/// Made as for a file that is never written.
Result<std::vector<std::string>> warnings_before(Desk& desk, const CheckForm& command) {
  LX_TRY(const ToMake what, to_make(desk, command.form, command.edited));
  const char* file = command.form == "f9" ? "f9.docx" : "form.xlsx";
  LX_TRY(MadeForm made, make_file(*desk.store, desk.clock, what.asked, {file, false}, std::nullopt,
                                  desk.wording.messages()));
  return std::move(made.warnings);
}

/// Takes the place of what was warned of before.
void set_warned(Desk& desk, const std::string& form, std::vector<std::string> warnings) {
  view::WarnedFormView& warned = desk.screens.forms.warned;
  const std::uint64_t checked = warned.checked;
  warned = {form, form.empty() ? "" : desk.wording.text("form." + form + ".title"), std::move(warnings)};
  warned.checked = checked;
}

struct Reprinted {
  fs::path file;
  fs::path kept;  ///< as Left
};

Result<Reprinted> make_again(Desk& desk, const Id& id) {
  LX_TRY(const report::Snapshot snapshot, report::read_snapshot(desk.store->records(), id));
  if (snapshot.unmasked) LX_DO(may_take_unmasked(*desk.store));
  LX_TRY(const std::string unit, store::name_of(desk.store->database(), "org_unit", snapshot.scope));
  const std::string period = report::period_text(snapshot.from, snapshot.as_of);
  const fs::path file =
      documents_folder() / file_name(desk.wording.text("form." + snapshot.form + ".title"), unit,
                                     period + "-" + id.text().substr(0, 8), snapshot.kind);
  LX_DO(write_audit(*desk.store, {Act::kExport,
                                  snapshot.scope,
                                  id,
                                  export_words(snapshot.form, unit, file.string()),
                                  snapshot.records.size(),
                                  {}}));
  LX_TRY(fs::path kept, leave_file(*desk.store, file, snapshot.file, desk.wording.messages()));
  return Reprinted{file, std::move(kept)};
}

struct LeftPaper {
  fs::path file;
  fs::path kept;  ///< as Left
  std::string version;
};

/// Of no person, so the audit has nothing of it.
Result<LeftPaper> leave_paper(Desk& desk, const std::string& word) {
  LX_TRY(const OfficePaper which, office_paper_of(word));
  LX_TRY(const NoticePaper paper, notice_paper(desk.sources(), which));
  const std::string title = desk.wording.text("paper." + word + ".title");
  LeftPaper out{
      documents_folder() / file_name(title, paper.county, paper.version, ".pdf"), {}, paper.version};
  LX_TRY(out.kept, leave_file(*desk.store, out.file, paper.pdf, desk.wording.messages()));
  return out;
}

}  // namespace

void handle(Desk& desk, const AskForms& command) {
  desk.forms_asked = {command.unit, command.period, {}};
  set_warned(desk, "", {});
  desk.build_page(view::Page::kForms);
  desk.publish();
}

void handle(Desk& desk, const SaveForm& command) {
  if (!desk.store) return;
  const auto left = make(desk, command);
  set_warned(desk, "", {});
  if (!left.ok()) {
    desk.toast(left.error());
  } else if (!left->done.ok()) {
    log_error("command.failed", left->done.error());
    desk.toast(with_kept(desk.wording.sentence(left->done.error()), left->kept, desk.wording.messages()), {},
               view::Tone::kNeedsYou);
  } else {
    const std::vector<std::string>& warnings = left->made.warnings;
    const char* key = left->made.mark ? "app.form_handed_in" : "app.form_saved";
    std::string said = with_kept(desk.wording.text(key, {{"file", left->file.string()}}), left->kept,
                                 desk.wording.messages());
    if (!warnings.empty()) {
      said += " " + desk.wording.text("app.form_warned", {{"count", std::to_string(warnings.size())}});
      set_warned(desk, command.form, warnings);
    }
    if (left->left_out > 0)
      said += " " + desk.wording.text("report.left_out", {{"count", std::to_string(left->left_out)}});
    desk.toast(said);
  }
  desk.build_page(view::Page::kForms);
  desk.publish();
}

void handle(Desk& desk, const CheckForm& command) {
  if (!desk.store) return;
  auto warnings = warnings_before(desk, command);
  set_warned(desk, command.form, warnings.ok() ? std::move(*warnings) : std::vector<std::string>());
  view::WarnedFormView& warned = desk.screens.forms.warned;
  if (!warnings.ok()) warned.problem = desk.wording.sentence(warnings.error());
  ++warned.checked;
  desk.publish();
}

void handle(Desk& desk, const ReprintForm& command) {
  if (!desk.store) return;
  const auto left = make_again(desk, command.snapshot);
  if (left.ok())
    desk.toast(with_kept(desk.wording.text("app.form_reprinted", {{"file", left->file.string()}}), left->kept,
                         desk.wording.messages()));
  else
    desk.toast(left.error());
  desk.publish();
}

void handle(Desk& desk, const SavePaper& command) {
  if (!desk.store) return;
  const auto left = leave_paper(desk, command.paper);
  if (left.ok())
    desk.toast(with_kept(desk.wording.text(command.paper == "notice" ? "app.notice_saved" : "app.form_saved",
                                           {{"file", left->file.string()}, {"version", left->version}}),
                         left->kept, desk.wording.messages()));
  else
    desk.toast(left.error());
  desk.publish();
}

void handle(Desk& desk, const CompareForm& command) {
  desk.forms_asked.compared = command.snapshot;
  desk.build_page(view::Page::kForms);
  desk.publish();
}

}  // namespace lianxin::client::app
