#include "client/cli/run.hpp"

#include <algorithm>
#include <cstdlib>

#include "assets/assets.hpp"
#include "client/cli/call.hpp"
#include "client/cli/personal.hpp"
#include "client/cli/words.hpp"
#include "shared/base/id.hpp"
#include "shared/base/log.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::cli {
namespace {

/// The machine's clock; LIANXIN_CLOCK_OFFSET_MS shifts it for this program only (tests, demonstrations).
class ShiftedClock final : public Clock {
 public:
  ShiftedClock() {
    if (const char* text = std::getenv("LIANXIN_CLOCK_OFFSET_MS"))
      offset_ms_ = std::strtoll(text, nullptr, 10);
  }
  [[nodiscard]] WallMs now_ms() const override { return machine_.now_ms() + offset_ms_; }
  [[nodiscard]] WallMs steady_ms() const override { return machine_.steady_ms(); }

 private:
  SystemClock machine_;
  WallMs offset_ms_ = 0;
};

struct Handler {
  std::string_view command;
  Exit (*handle)(Call&);
};
constexpr Handler kHandlers[] = {{"enrol", enrol},
                                 {"status", status},
                                 {"put", put},
                                 {"get", get},
                                 {"list", list},
                                 {"dump", dump},
                                 {"void", void_record},
                                 {"confirm", confirm},
                                 {"due", due},
                                 {"refresh", refresh},
                                 {"conflict list", conflict_list},
                                 {"conflict resolve", conflict_resolve},
                                 {"duplicate list", duplicate_list},
                                 {"duplicate same", duplicate_same},
                                 {"duplicate different", duplicate_different},
                                 {"duplicate undo", duplicate_undo},
                                 {"member home", member_home},
                                 {"member returned", member_returned},
                                 {"member moved", member_moved},
                                 {"call", call_members},
                                 {"shift", shift},
                                 {"sync", sync},
                                 {"audit", audit},
                                 {"member file", member_file},
                                 {"points propose", points_propose},
                                 {"points approve", points_approve},
                                 {"points reject", points_reject},
                                 {"points reverse", points_reverse},
                                 {"points rule", points_rule},
                                 {"points sample", points_sample},
                                 {"points sum", points_sum},
                                 {"photo add", photo_add},
                                 {"photo list", photo_list},
                                 {"photo get", photo_get},
                                 {"figures", figures_of},
                                 {"report f9", narrative},
                                 {"report form", form},
                                 {"report list", report_list},
                                 {"report reprint", report_reprint},
                                 {"report compare", report_compare},
                                 {"notice", notice},
                                 {"receipt", receipt},
                                 {"bundle export", bundle_export},
                                 {"bundle inspect", bundle_inspect},
                                 {"bundle import", bundle_import},
                                 {"bundle laptops", bundle_laptops},
                                 {"import roster", import_roster},
                                 {"import undo", import_undo},
                                 {"import list", import_list},
                                 {"demo county", demo_county},
                                 {"verify", verify},
                                 {"backup", backup},
                                 {"restore", restore},
                                 {"recover", recover},
                                 {"journal set", journal_set},
                                 {"passphrase change", passphrase_change}};

Result<Messages> messages_in(const std::string& language) {
  return Messages::parse(assets::texts(language == "en" ? "en" : "zh-CN"));
}

/// Who types a name where a record's number is asked is told where the number stands.
void say_how_to_find(Terminal& terminal, const std::string& command, const Error& error) {
  const bool is_of_person = command == "get" || command == "put" || command == "call" ||
                            command == "refresh" || command.starts_with("member ");
  if (terminal.json() || !is_of_person || error.code != "record.unknown" || error.args.empty()) return;
  const std::string& typed = error.args.front().value;
  const bool is_number = Id::parse(typed).ok() || is_digits(typed) || typed.find('=') != std::string::npos;
  if (!typed.empty() && !is_number) terminal.note("cli.find_by_name", {{"text", typed}});
}

/// Wrong words, or the help somebody asked for.
int say_words(const Parsed& parsed, bool json, std::ostream& out, std::ostream& err) {
  if (parsed.exit_code == 0) {
    out << parsed.message;
  } else if (json) {
    const std::string first = parsed.message.substr(0, parsed.message.find('\n'));
    const Json inner = {{"code", "words"}, {"message", first}, {"record", ""}};
    // Words are typed bytes: what is no text of theirs is replaced, not told on.
    out << Json{{"error", inner}}.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
  } else {
    err << parsed.message;
  }
  return parsed.exit_code;
}

/// The edge of the program: what is thrown is told like any other error.
Exit handled(const Handler& handler, Call& call) {
  try {
    LX_TRY(const int status, handler.handle(call));
    LX_DO(call.terminal.flush());
    return status;
  } catch (const std::exception& thrown) {
    return fail("program.threw", {{"what", thrown.what()}});
  }
}

}  // namespace

int run(const std::vector<std::string>& argv, std::ostream& out, std::ostream& err) {
  const Result<Messages> messages = messages_in(language_of(argv));
  if (!messages.ok()) {  // only a broken build; there is no text to say it with
    err << messages.error().code << '\n';
    return 1;
  }
  const Parsed parsed = parse_words(argv, *messages);
  const Options& options = parsed.options;
  const bool json = options.json || std::find(argv.begin(), argv.end(), "--json") != argv.end();
  if (!parsed.ok) return say_words(parsed, json, out, err);
  if (!options.verbose) set_log_target("off");
  Terminal terminal(out, err, *messages, options.language, options.json);
  const ShiftedClock clock;
  Call call{options, terminal, clock};
  for (const Handler& handler : kHandlers) {
    if (handler.command != options.command) continue;
    const Exit done = handled(handler, call);
    if (call.one_copy) terminal.note("cli.saved_one_copy");
    if (done.ok()) return *done;
    Error error = done.error();
    if (error.record.empty()) error.record = options.id;
    terminal.error(error);
    say_how_to_find(terminal, options.command, error);
    return is_about_words(error) ? 2 : 1;
  }
  terminal.error(fail("words.command", {{"text", options.command}}));
  return 2;
}

}  // namespace lianxin::client::cli
