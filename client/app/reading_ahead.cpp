// What the window needs to have read of thousands of records is read in slices between other work of the
// store thread: what a search finds them by, whose duties are not counted yet, who may be one person.
#include "client/app/desk.hpp"

namespace lianxin::client::app {
namespace {

/// Some 20 ms at most: nobody waits for a slice.
constexpr std::size_t kRecordsAtOnce = 200;
constexpr std::size_t kTextsAtOnce = 5000;
constexpr std::size_t kPairsAtOnce = 100;
constexpr std::size_t kPersonsAtOnce = 100;
/// Slices of duties after which the page of the day shows how far the counting has come.
constexpr std::uint32_t kSlicesUnseen = 50;

void show_today(Desk& desk) {
  desk.duty_slices = 0;
  desk.build_page(view::Page::kToday);
  desk.build_shell();
  desk.publish();
}

/// True = there is more. What a search finds them by goes first: somebody may be waiting for it.
Result<bool> read_some(Desk& desk) {
  store::Records& records = desk.store->records();
  // A sync has the store in turns of its own; what it brings is looked through when it has ended.
  if (!desk.is_syncing) {
    LX_TRY(const bool more, records.read_texts(kRecordsAtOnce));
    if (more) return true;
    LX_TRY(const bool unloaded, records.load_texts(kTextsAtOnce));
    if (unloaded) return true;
  }
  if (!desk.duties.is_whole()) {
    LX_TRY(const bool more, desk.duties.read_some(*desk.store, kPersonsAtOnce));
    if (!more || ++desk.duty_slices == kSlicesUnseen) show_today(desk);
    return true;
  }
  if (desk.is_syncing) return false;
  LX_TRY(const bool more, records.read_twins(kRecordsAtOnce));
  return more ? Result<bool>(true) : records.compare_twins(kPairsAtOnce);
}

Result<bool> is_any(Desk& desk) {
  if (!desk.duties.is_whole()) return true;
  if (desk.is_syncing) return false;
  store::Records& records = desk.store->records();
  LX_TRY(const bool texts, records.read_texts(0));
  LX_TRY(const bool unloaded, records.load_texts(0));
  const bool any = texts || unloaded || desk.duties.twins().twins.uncompared;
  return any ? Result<bool>(true) : records.read_twins(0);
}

void read_slice(Desk& desk, std::uint64_t session) {
  if (desk.session != session || !desk.store) return;
  const auto more = read_some(desk);
  if (more.ok() && *more) {
    desk.store_thread.post([&desk, session] { read_slice(desk, session); });
    return;
  }
  desk.is_reading_ahead = false;
  if (!more.ok()) desk.toast(more.error());
  // What cannot be read is asked for again with the next page, not now.
  if (!more.ok() || desk.is_syncing) return desk.publish();
  desk.build_page(view::Page::kDuplicates);
  desk.build_page(view::Page::kToday);
  desk.build_shell();
  desk.publish();
}

}  // namespace

void read_ahead(Desk& desk) {
  if (desk.is_reading_ahead || !desk.store) return;
  const auto any = is_any(desk);
  if (any.ok() && !*any) return;
  desk.is_reading_ahead = true;
  desk.store_thread.post([&desk, session = desk.session] { read_slice(desk, session); });
}

}  // namespace lianxin::client::app
