#include "client/app/receipt_paper.hpp"

#include "client/app/receipt_words.hpp"
#include "client/report/paper.hpp"

namespace lianxin::client::app {
namespace {

constexpr std::size_t kPastRows = 100;

/// The last sync that ended with a receipt.
Result<store::PastSync> last_receipt(const view::ViewSources& sources) {
  LX_TRY(const auto past, store::past_syncs(sources.store.database(), kPastRows));
  for (const store::PastSync& one : past) {
    if (is_receipt(one)) return one;
  }
  return fail("receipt.none");
}

}  // namespace

Result<std::string> receipt_paper_name(const view::ViewSources& sources) {
  LX_TRY(const store::PastSync past, last_receipt(sources));
  std::string clock = view::Wording::clock_time(county_time(past));
  std::erase(clock, ':');
  return sources.wording.text("paper.receipt.file") + "-" + Date::of(county_time(past)).text() + "-" +
         clock.substr(0, 4) + ".pdf";
}

Result<Bytes> receipt_paper(const view::ViewSources& sources) {
  const view::Wording& wording = sources.wording;
  LX_TRY(const store::PastSync past, last_receipt(sources));
  LX_TRY(const view::SyncView view, build_sync(sources, {}));
  LX_TRY(const store::StoreStatus status, sources.store.records().status());
  report::Paper paper;
  paper.title = wording.text("paper.receipt.title", {{"server", view.server}});
  paper.facts = {
      wording.text("paper.receipt.when", {{"day", wording.partial_day(Date::of(county_time(past)).text())},
                                          {"time", view::Wording::clock_time(county_time(past))}}),
      wording.text("view.this_device", {{"replica", status.replica.text()}, {"person", status.worker_name}})};
  paper.verdict = view.receipt_sentence;
  paper.columns = {{wording.text("sync.column.scope"), 1.6},
                   {wording.text("sync.column.records"), 0.7},
                   {wording.text("paper.receipt.digest"), 4.4},
                   {wording.text("sync.column.result"), 0.9}};
  for (const view::ScopeReceipt& scope : view.scopes) {
    paper.rows.push_back({scope.scope, scope.records, scope.whole_digest,
                          wording.text(scope.equal ? "sync.equal" : "sync.not_equal")});
  }
  for (const view::ReceiptLine& line : view.happened)
    paper.notes.push_back(view::Wording::dotted({line.label.text, line.text}));
  if (view.kept_aside.total > 0)
    paper.notes.push_back(
        wording.text("paper.receipt.aside", {{"count", std::to_string(view.kept_aside.total)}}));
  paper.notes.push_back(hand_back_in_words(wording, status));
  paper.signatures = {wording.text("paper.receipt.worker"), wording.text("paper.receipt.office")};
  paper.footer = wording.text("paper.receipt.footer", {{"day", wording.partial_day(sources.today().text())},
                                                       {"time", view::Wording::clock_time(sources.now())}});
  paper.made_ms = past.at_ms;
  return report::paper_pdf(paper);
}

}  // namespace lianxin::client::app
