// Possible duplicates: what a person says of two records.
#include "client/app/desk.hpp"

namespace lianxin::client::app {
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
