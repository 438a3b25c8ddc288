// Possible duplicates: what a person says of two records; records that came are looked through in slices
// between other work of the store thread.
#include "client/app/desk.hpp"

namespace lianxin::client::app {
namespace {

/// Some 20 ms at most: nobody waits for a slice.
constexpr std::size_t kRecordsAtOnce = 200;

/// What a search finds them by goes first: somebody may be waiting for it.
Result<bool> read_some(store::Records& records, std::size_t count) {
  LX_TRY(const bool more, records.read_texts(count));
  return more ? Result<bool>(true) : records.read_twins(count);
}

void read_slice(Desk& desk, std::uint64_t session) {
  if (desk.session != session || !desk.store) return;
  // A sync has the store in turns of its own; what it brings is read when it has ended.
  if (desk.is_syncing) {
    desk.is_reading_twins = false;
    return;
  }
  const auto more = read_some(desk.store->records(), kRecordsAtOnce);
  if (more.ok() && *more) {
    desk.store_thread.post([&desk, session] { read_slice(desk, session); });
    return;
  }
  desk.is_reading_twins = false;
  if (!more.ok()) desk.toast(more.error());
  desk.build_page(view::Page::kDuplicates);
  desk.build_page(view::Page::kToday);
  desk.build_shell();
  desk.publish();
}

}  // namespace

void read_twins(Desk& desk) {
  if (desk.is_reading_twins || !desk.store) return;
  const auto any = read_some(desk.store->records(), 0);
  if (any.ok() && !*any) return;
  desk.is_reading_twins = true;
  desk.store_thread.post([&desk, session = desk.session] { read_slice(desk, session); });
}

void handle(Desk& desk, const SayTwins& command) {
  using Word = store::TwinWord;
  const Word word = command.word == TwinAnswer::kSame        ? Word::kSame
                    : command.word == TwinAnswer::kDifferent ? Word::kDifferent
                                                             : Word::kUnsaid;
  const char* done = command.word == TwinAnswer::kSame        ? "app.twins_same"
                     : command.word == TwinAnswer::kDifferent ? "app.twins_different"
                                                              : "app.twins_undone";
  const auto say = [&]() -> Result<store::Saved> {
    if (command.shown_token.empty()) return desk.store->records().say_twins(command.one, command.other, word);
    LX_TRY(const store::ShownHeads shown, store::ShownHeads::parse(command.shown_token));
    return desk.store->records().say_twins(command.one, command.other, word, &shown);
  };
  const auto saved = say();
  if (!saved.ok())
    desk.toast(saved.error());
  else
    desk.toast(desk.wording.text(done), saved->undo_token);
  desk.build_page(view::Page::kDuplicates);
  desk.build_page(view::Page::kMembers);
  desk.build_page(view::Page::kToday);
  desk.refresh();
  desk.publish();
}

}  // namespace lianxin::client::app
