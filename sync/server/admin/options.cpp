#include "sync/server/admin/options.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <string_view>

#include "shared/domain/catalogue.hpp"
#include "shared/store/engine.hpp"
#include "sync/server/store/store.hpp"
#include "sync/wire/bundle.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::server::admin {
namespace {

/// One command; its words name it in `Options::command`.
CLI::App* command(CLI::App& under, Options& o, const std::string& name) {
  return add_command(under, name, o.command);
}

void add_running_commands(CLI::App& app, Options& o) {
  CLI::App* init = command(app, o, "init");
  init->add_option("--name", o.name)->required();
  init->add_option("--host", o.hosts)->required();
  init->add_option("--listen", o.listen)->required();
  init->add_option("--store", o.store)->capture_default_str();
  CLI::App* serve = command(app, o, "serve");
  serve->add_option("--listen", o.listen);
  serve->add_option("--host", o.hosts)->expected(1);
  serve->add_flag("--clock-is-right", o.clock_is_right);
}

void add_move_options(CLI::App& move, Options& o) {
  move.add_option("--on", o.day)->required();
  move.add_flag("--preview", o.preview);
}

void add_division_commands(CLI::App& app, Options& o) {
  CLI::App* division = add_group(app, "division");
  command(*division, o, "import")->add_option("file", o.file)->required();
  command(*division, o, "list")->add_option("--scope", o.scope);
  CLI::App* merge = command(*division, o, "merge");
  merge->add_option("from", o.codes)->required();
  merge->add_option("--into", o.scope)->required();
  add_move_options(*merge, o);
}

void add_catalogue_commands(CLI::App& app, Options& o) {
  CLI::App* catalogue = add_group(app, "catalogue");
  CLI::App* extend = command(*catalogue, o, "extend");
  extend->add_option("file", o.file)->required();
  extend->add_flag("--preview", o.preview);
  command(*catalogue, o, "show");
}

void add_handover_command(CLI::App& app, Options& o) {
  CLI::App* handover = command(app, o, "handover");
  handover->add_option("record", o.id)->required();
  handover->add_option("--to", o.scope)->required();
  handover->add_flag("--preview", o.preview);
}

void add_worker_commands(CLI::App& app, Options& o) {
  CLI::App* worker = add_group(app, "worker");
  CLI::App* add = command(*worker, o, "add");
  add->add_option("--name", o.name)->required();
  add->add_option("--role", o.role)->required();
  add->add_option("--scope", o.scope)->required();
  command(*worker, o, "list");
  CLI::App* grant = command(*worker, o, "grant");
  grant->add_option("id", o.id)->required();
  grant->add_option("--from", o.day);
  grant->add_option("--to", o.last_day);
  grant->add_option("--role", o.role)->required();
  grant->add_option("--scope", o.scope)->required();
  CLI::App* end = command(*worker, o, "end");
  end->add_option("id", o.id)->required();
  end->add_option("--on", o.day);
  CLI::App* replace = command(*worker, o, "replace");
  replace->add_option("old", o.id)->required();
  replace->add_option("new", o.worker)->required();
  add_move_options(*replace, o);
}

void add_device_commands(CLI::App& app, Options& o) {
  CLI::App* device = add_group(app, "device");
  CLI::App* add = command(*device, o, "add");
  add->add_option("--worker", o.worker)->required();
  add->add_option("--out", o.file);
  command(*device, o, "list");
  command(*device, o, "revoke")->add_option("id", o.id)->required();
  command(*device, o, "report")->add_option("id", o.id)->required();
  CLI::App* close_gap = command(*device, o, "close-gap");
  close_gap->add_option("id", o.id)->required();
  close_gap->add_option("--reason", o.reason)->required();
}

void add_bundle_commands(CLI::App& app, Options& o) {
  CLI::App* bundle = add_group(app, "bundle");
  CLI::App* import = command(*bundle, o, "import");
  import->add_option("file", o.file)->required();
  import->add_option("--answer", o.answer);
  CLI::App* take_home = command(*bundle, o, "export");
  take_home->add_option("--device", o.id)->required();
  take_home->add_option("--out", o.file)->required();
  command(*bundle, o, "inspect")->add_option("file", o.file)->required();
}

void add_page_commands(CLI::App& app, Options& o) {
  CLI::App* page = add_group(app, "page");
  command(*page, o, "open")->add_option("id", o.id)->required();
  command(*page, o, "close")->add_option("id", o.id)->required();
}

void add_secret_commands(CLI::App& app, Options& o) {
  CLI::App* passphrase = add_group(app, "passphrase");
  command(*passphrase, o, "change")->add_option("--new-file", o.file);
  CLI::App* tls = add_group(app, "tls");
  command(*tls, o, "renew")->add_option("--host", o.hosts);
}

void add_quarantine_commands(CLI::App& app, Options& o) {
  CLI::App* quarantine = add_group(app, "quarantine");
  command(*quarantine, o, "list");
  command(*quarantine, o, "accept")->add_option("id", o.id)->required();
  CLI::App* close = command(*quarantine, o, "close");
  close->add_option("id", o.id)->required();
  close->add_option("--reason", o.reason)->required();
}

void add_looking_commands(CLI::App& app, Options& o) {
  CLI::App* purge = command(app, o, "purge");
  purge->add_option("record", o.id)->required();
  purge->add_option("field", o.fields);
  purge->add_option("--reason", o.reason)->required();
  purge->add_flag("--related", o.related);
  CLI::App* retention = command(app, o, "retention");
  retention->add_option("--as-of", o.day);
  retention->add_flag("--apply", o.apply);
  retention->add_option("--reason", o.reason);
  retention->add_option("--count", o.count);
  CLI::App* dump = command(app, o, "dump");
  dump->add_option("--scope", o.scope);
  dump->add_flag("--shelf", o.shelf);
  dump->add_option("--worker", o.worker);
  command(app, o, "verify");
  command(app, o, "stats");
  CLI::App* audit = command(app, o, "audit");
  audit->add_option("--who", o.who);
  audit->add_option("--record", o.record);
  audit->add_option("--since", o.since);
  command(app, o, "backup")->add_option("file", o.file)->required();
  CLI::App* restore = command(app, o, "restore");
  restore->add_option("file", o.file)->required();
  restore->add_option("--lists", o.lists);
  restore->add_option("--store", o.store);
  command(app, o, "migrate")->add_option("--to", o.store)->required();
}

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : value;
}

void add_commands(CLI::App& app, Options& o) {
  app.add_option("--data", o.data);
  app.add_option("--lang", o.language)->check(CLI::IsMember({"zh", "en"}));
  app.add_flag("--json", o.json);
  app.add_flag("--verbose", o.verbose);
  app.add_option("--passphrase-file", o.passphrase_file);
  app.require_subcommand(1);
  add_running_commands(app, o);
  add_division_commands(app, o);
  add_catalogue_commands(app, o);
  add_handover_command(app, o);
  add_worker_commands(app, o);
  add_device_commands(app, o);
  add_secret_commands(app, o);
  add_page_commands(app, o);
  add_bundle_commands(app, o);
  add_quarantine_commands(app, o);
  add_looking_commands(app, o);
}

ProgramFormats server_formats() {
  ProgramFormats formats;
  formats.catalogue = domain::Catalogue::base().version();
  formats.store = static_cast<std::uint64_t>(store::sqlite_store_format());
  formats.protocol = wire::kProtocol;
  formats.bundle = wire::kBundleVersion;
  formats.engine = ::lianxin::store::engine_name();
  formats.is_encrypted = ::lianxin::store::engine_encrypts();
  return formats;
}

constexpr std::string_view kProgram = "lianxin-server";

}  // namespace

Parsed parse_words(const std::vector<std::string>& words, const Messages& messages) {
  Parsed parsed;
  Options& o = parsed.options;
  o.data = environment("LIANXIN_DATA");
  o.language = language_of(words);
  CLI::App app("", std::string(kProgram));
  add_commands(app, o);
  const std::optional<CommandLineReply> reply =
      read_command_line(app, words, messages, kProgram, server_formats());
  if (reply.has_value()) {
    parsed.exit_code = reply->exit_code;
    parsed.message = reply->message;
  } else if (o.data.empty()) {
    parsed.message =
        messages.get("error.words.missing", {{"text", "--data"}, {"words", std::string(kProgram)}}) + "\n";
  } else {
    parsed.ok = true;
  }
  return parsed;
}

HelpKeys help_keys(const Messages& messages) {
  Options options;
  CLI::App app("", std::string(kProgram));
  add_commands(app, options);
  return lianxin::help_keys(app, messages, kProgram);
}

}  // namespace lianxin::sync::server::admin
