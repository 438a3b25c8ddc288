// receipt: the receipt of the last sync as a page for printing.
#include "client/app/receipt_paper.hpp"
#include "client/cli/call.hpp"
#include "shared/base/file.hpp"

namespace lianxin::client::cli {

Exit receipt(Call& call) {
  LX_TRY(const auto store, open_store(call));
  // The messages live as long as the terminal.
  const view::Wording wording(
      std::shared_ptr<const Messages>(std::shared_ptr<void>(), &call.terminal.messages()),
      call.terminal.language() == "en" ? "en" : "zh-CN");
  LX_TRY(const Bytes pdf, app::receipt_paper({*store, wording}));
  LX_DO(replace_file(call.options.out, pdf));
  if (call.terminal.json())
    call.terminal.value({{"file", call.options.out}, {"bytes", pdf.size()}});
  else
    call.terminal.say("cli.receipt.printed", {{"file", call.options.out}});
  return 0;
}

}  // namespace lianxin::client::cli
