// notice: the sheet that tells a member what is kept, and the office's papers beside it, as pages to print.
#include "client/app/left_file.hpp"
#include "client/app/notice_paper.hpp"
#include "client/cli/warnings.hpp"

namespace lianxin::client::cli {

Exit notice(Call& call) {
  if (!call.options.out.ends_with(".pdf"))
    return fail("report.kind", {{"file", call.options.out}, {"kinds", ".pdf"}});
  LX_TRY(const app::OfficePaper which, app::office_paper_of(call.options.kind));
  LX_TRY(const auto store, open_store(call));
  // The messages live as long as the terminal.
  const view::Wording wording(
      std::shared_ptr<const Messages>(std::shared_ptr<void>(), &call.terminal.messages()),
      call.terminal.language() == "en" ? "en" : "zh-CN");
  LX_TRY(const app::NoticePaper paper, app::notice_paper({*store, wording}, which));
  LX_TRY(const auto kept, app::leave_file(*store, call.options.out, paper.pdf, call.terminal.messages()));
  note_kept(call, kept);
  if (call.terminal.json())
    call.terminal.value(with_kept(
        {{"file", call.options.out}, {"bytes", paper.pdf.size()}, {"version", paper.version}}, kept));
  else
    call.terminal.say(which == app::OfficePaper::kNotice ? "cli.notice.made" : "cli.notice.paper",
                      {{"file", call.options.out}, {"version", paper.version}});
  return 0;
}

}  // namespace lianxin::client::cli
