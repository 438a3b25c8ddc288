// member file: everything held about one member, as pages to hand over.
#include "client/app/audit.hpp"
#include "client/app/left_file.hpp"
#include "client/app/member_paper.hpp"
#include "client/cli/call.hpp"
#include "client/cli/personal.hpp"
#include "client/cli/warnings.hpp"

namespace lianxin::client::cli {

Exit member_file(Call& call) {
  if (!call.options.out.ends_with(".pdf"))
    return fail("report.kind", {{"file", call.options.out}, {"kinds", ".pdf"}});
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const Id member, store->records().find_id(call.options.id));
  // The messages live as long as the terminal.
  const view::Wording wording(
      std::shared_ptr<const Messages>(std::shared_ptr<void>(), &call.terminal.messages()),
      call.terminal.language() == "en" ? "en" : "zh-CN");
  LX_TRY(const app::MemberPaper paper, app::member_paper({*store, wording}, member));
  // A file is often named after the member, and names have no place in the audit.
  const bool is_named = !paper.name.empty() && call.options.out.find(paper.name) != std::string::npos;
  LX_DO(app::write_audit(*store, {app::Act::kExport, paper.unit, member,
                                  app::export_words("member file", "", is_named ? "*.pdf" : call.options.out),
                                  paper.records, ""}));
  LX_TRY(const auto kept, app::leave_file(*store, call.options.out, paper.pdf, call.terminal.messages()));
  note_kept(call, kept);
  if (call.terminal.json())
    call.terminal.value(with_kept(
        {{"file", call.options.out}, {"bytes", paper.pdf.size()}, {"records", paper.records}}, kept));
  else
    call.terminal.say("cli.member.file",
                      {{"file", call.options.out}, {"count", std::to_string(paper.records)}});
  return 0;
}

}  // namespace lianxin::client::cli
