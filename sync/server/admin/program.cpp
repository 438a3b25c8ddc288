#include "sync/server/admin/program.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <string_view>
#include <utility>

#include "shared/base/log.hpp"
#include "shared/terminal/standard_streams.hpp"
#include "sync/server/admin/audit_command.hpp"
#include "sync/server/admin/backup_commands.hpp"
#include "sync/server/admin/bundle_commands.hpp"
#include "sync/server/admin/catalogue_commands.hpp"
#include "sync/server/admin/division_commands.hpp"
#include "sync/server/admin/init_command.hpp"
#include "sync/server/admin/migrate_command.hpp"
#include "sync/server/admin/move_commands.hpp"
#include "sync/server/admin/office_commands.hpp"
#include "sync/server/admin/page_commands.hpp"
#include "sync/server/admin/passphrase_command.hpp"
#include "sync/server/admin/people_commands.hpp"
#include "sync/server/admin/purge_commands.hpp"
#include "sync/server/admin/retention_commands.hpp"
#include "sync/server/admin/serve_command.hpp"
#include "sync/server/admin/tls_command.hpp"

namespace lianxin::sync::server::admin {
namespace {

constexpr std::array<std::pair<std::string_view, Command>, 37> kCommands = {{
    {"init", init_command},
    {"serve", serve_command},
    {"division import", division_import},
    {"division list", division_list},
    {"division merge", division_merge},
    {"catalogue extend", catalogue_extend},
    {"catalogue show", catalogue_show},
    {"handover", handover_command},
    {"worker replace", worker_replace},
    {"worker add", worker_add},
    {"worker list", worker_list},
    {"worker grant", worker_grant},
    {"worker end", worker_end},
    {"device add", device_add},
    {"device list", device_list},
    {"device revoke", device_revoke},
    {"device report", device_report},
    {"device close-gap", device_close_gap},
    {"passphrase change", passphrase_change},
    {"tls renew", tls_renew},
    {"page open", page_open},
    {"page close", page_close},
    {"bundle import", bundle_import},
    {"bundle export", bundle_export},
    {"bundle inspect", bundle_inspect},
    {"quarantine list", quarantine_list},
    {"quarantine accept", quarantine_accept},
    {"quarantine close", quarantine_close},
    {"purge", purge_command},
    {"retention", retention_command},
    {"dump", dump_command},
    {"verify", verify_command},
    {"stats", stats_command},
    {"audit", audit_command},
    {"backup", backup_command},
    {"restore", restore_command},
    {"migrate", migrate_command},
}};

Result<int> run_command(const Context& context) {
  const auto* const found = std::find_if(kCommands.begin(), kCommands.end(), [&](const auto& row) {
    return row.first == context.options.command;
  });
  LX_CHECK(found != kCommands.end(), "a command without a function");
  LX_TRY(const int status, found->second(context));
  LX_DO(context.out.flush());
  return status;
}

/// Sentences about the data folder name it.
Error with_folder(Error error, const std::string& data) {
  const bool named = std::any_of(error.args.begin(), error.args.end(),
                                 [](const ErrorArg& arg) { return arg.name == "path"; });
  if (!named) error.args.push_back({"path", data});
  return error;
}

/// Wrong words: told in the form that was probably asked for.
int wrong_words(const Parsed& parsed, bool json, std::ostream& out, std::ostream& err) {
  if (parsed.exit_code == 0) {
    out << parsed.message;
    return 0;
  }
  err << parsed.message;
  if (json) {
    const std::string first = parsed.message.substr(0, parsed.message.find('\n'));
    const Json inner = {{"code", "words"}, {"message", first}, {"record", ""}};
    out << Json{{"error", inner}}.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n';
  }
  return parsed.exit_code;
}

/// The edge of the program: what is thrown is told like any other error.
Result<int> run_to_the_edge(const Context& context) {
  try {
    return run_command(context);
  } catch (const std::exception& thrown) {
    return fail("program.threw", {{"what", thrown.what()}});
  }
}

}  // namespace

int run_program(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
  hold_standard_streams();
  const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  const auto messages = load_messages(language_of(words));
  LX_CHECK(messages.ok(), "the program's own texts");
  const Parsed parsed = parse_words(words, *messages);
  const bool json = std::find(words.begin(), words.end(), "--json") != words.end();
  if (!parsed.ok) return wrong_words(parsed, json, out, err);
  if (!parsed.options.verbose && parsed.options.command != "serve") set_log_target("off");
  Output output(out, err, *messages, parsed.options.json);
  const SystemClock clock;
  const auto status = run_to_the_edge({parsed.options, output, clock});
  if (status.ok()) return *status;
  const int failed = output.failure(with_folder(status.error(), parsed.options.data));
  return status.error().code == "date.malformed" ? 2 : failed;  // a word that is no date
}

}  // namespace lianxin::sync::server::admin
