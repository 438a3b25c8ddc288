// A register that somebody reads on and on: its rows are read in pieces, each of which nobody waits for, and
// shown when all that are wanted are there.
#include <algorithm>
#include <iterator>

#include "client/app/desk.hpp"
#include "client/store/touched.hpp"
#include "shared/base/log.hpp"

namespace lianxin::client::app {
namespace {

view::RegisterView* shown_register(Desk& desk, view::Page page) {
  auto& all = desk.screens.registers;
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.page == page; });
  return found == all.end() ? nullptr : &*found;
}

void show(Desk& desk, view::RegisterView view) {
  if (view::RegisterView* const shown = shown_register(desk, view.page))
    *shown = std::move(view);
  else
    desk.screens.registers.push_back(std::move(view));
}

void show_failed(Desk& desk, const Error& error) {
  log_error("view.failed", error);
  view::RegisterView view;
  view.page = desk.reading.view.page;
  view.state = {view::Readiness::kFailed, desk.wording.sentence(error)};
  show(desk, std::move(view));
}

/// Reads one piece; true = more are wanted.
Result<bool> read_piece(Desk& desk) {
  RegisterReading& reading = desk.reading;
  const std::size_t first = reading.view.rows.size();
  const std::size_t end = std::min(first + view::kRegisterRows, reading.wanted);
  LX_TRY(view::RegisterView piece,
         view::build_register(desk.sources(), reading.view.page, &desk.duties, end, first));
  const bool is_last = !piece.has_more || piece.rows.empty();
  std::vector<view::RegisterRow> rows = std::move(reading.view.rows);
  std::move(piece.rows.begin(), piece.rows.end(), std::back_inserter(rows));
  reading.view = std::move(piece);
  reading.view.rows = std::move(rows);
  return !is_last && reading.view.rows.size() < reading.wanted;
}

void go_on(Desk& desk, std::uint64_t session, std::uint64_t number);

void post(Desk& desk) {
  desk.store_thread.post(
      [&desk, session = desk.session, number = desk.reading.number] { go_on(desk, session, number); });
}

/// What was written meanwhile may stand anywhere: then all are read again; what a sync writes is shown when
/// it has ended.
void go_on(Desk& desk, std::uint64_t session, std::uint64_t number) {
  RegisterReading& reading = desk.reading;
  if (desk.session != session || !desk.store || reading.number != number) return;
  if (desk.front != reading.view.page) return;
  const std::uint64_t revision = store::shown_revision(desk.store->database());
  if (revision != reading.revision) {
    if (desk.is_syncing) return;
    reading.view.rows.clear();
    reading.revision = revision;
  }
  const auto more = read_piece(desk);
  if (more.ok() && *more) return post(desk);
  if (more.ok())
    show(desk, reading.view);
  else
    show_failed(desk, more.error());
  desk.publish();
}

}  // namespace

void read_register(Desk& desk, view::Page page, bool goes_on) {
  RegisterReading& reading = desk.reading;
  const bool is_shown = shown_register(desk, page) != nullptr;
  const std::uint64_t revision = store::shown_revision(desk.store->database());
  ++reading.number;
  reading.wanted = desk.register_rows;
  if (!goes_on || reading.view.page != page || reading.revision != revision) {
    reading.view = {};
    reading.view.page = page;
    reading.revision = revision;
  }
  if (is_shown && reading.wanted > view::kRegisterRows) return post(desk);
  const auto more = read_piece(desk);
  if (!more.ok()) return show_failed(desk, more.error());
  show(desk, reading.view);
  if (*more) post(desk);
}

void handle(Desk& desk, const MoreRows& command) {
  if (command.page != desk.front || !view::has_register(command.page)) return;
  desk.register_rows = std::min(2 * desk.register_rows, view::kRegisterRowsMax);
  read_register(desk, command.page, true);
  desk.publish();
}

}  // namespace lianxin::client::app
