// receipt: the receipt of the last sync as a page for printing.
#include "client/app/left_file.hpp"
#include "client/app/receipt_paper.hpp"
#include "client/cli/warnings.hpp"

namespace lianxin::client::cli {

Exit receipt(Call& call) {
  LX_TRY(const auto store, open_store(call));
  // The messages live as long as the terminal.
  const view::Wording wording(
      std::shared_ptr<const Messages>(std::shared_ptr<void>(), &call.terminal.messages()),
      call.terminal.language() == "en" ? "en" : "zh-CN");
  LX_TRY(const Bytes pdf, app::receipt_paper({*store, wording}));
  LX_TRY(const auto kept, app::leave_file(*store, call.options.out, pdf, call.terminal.messages()));
  note_kept(call, kept);
  if (call.terminal.json())
    call.terminal.value(with_kept({{"file", call.options.out}, {"bytes", pdf.size()}}, kept));
  else
    call.terminal.say("cli.receipt.printed", {{"file", call.options.out}});
  return 0;
}

}  // namespace lianxin::client::cli
