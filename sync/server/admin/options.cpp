#include "sync/server/admin/options.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <sstream>
#include <string_view>

namespace lianxin::sync::server::admin {
namespace {

/// Help is for the person at the terminal; `--lang` comes too late for it, so it is English with the
/// command's own words.
CLI::App* command(CLI::App& under, Options& o, const std::string& name, const std::string& full,
                  const std::string& help) {
  CLI::App* sub = under.add_subcommand(name, help);
  sub->fallthrough();
  sub->callback([&o, full] { o.command = full; });
  return sub;
}

CLI::App* group(CLI::App& under, const std::string& name, const std::string& help) {
  CLI::App* sub = under.add_subcommand(name, help);
  sub->fallthrough();
  sub->require_subcommand(1);
  return sub;
}

void add_running_commands(CLI::App& app, Options& o) {
  CLI::App* init = command(app, o, "init", "init", "make keys, certificate, administrator and store, once");
  init->add_option("--name", o.name, "name of the county")->required();
  init->add_option("--host", o.hosts, "name or address by which laptops reach the server; may be repeated")
      ->required();
  init->add_option("--listen", o.listen, "address:port")->required();
  init->add_option("--store", o.store, "sqlite")->capture_default_str();
  CLI::App* serve = command(app, o, "serve", "serve", "answer the laptops until SIGTERM");
  serve->add_option("--listen", o.listen, "address:port instead of the one of init; port 0 takes a free one");
}

void add_move_options(CLI::App& move, Options& o) {
  move.add_option("--on", o.day, "first day of the new order, 2026-09-30; today or earlier")->required();
  move.add_flag("--preview", o.preview, "only count");
}

void add_division_commands(CLI::App& app, Options& o) {
  CLI::App* division = group(app, "division", "counties, townships, villages");
  command(*division, o, "import", "division import", "a list code,name,level,parent")
      ->add_option("file", o.file)
      ->required();
  command(*division, o, "list", "division list", "what is known")
      ->add_option("--scope", o.scope, "this division and all below");
  CLI::App* merge = command(*division, o, "merge", "division merge",
                            "divisions go up in another of their level, with records, grants and stores; "
                            "again: what has come in since goes along. A renumbering is a merge into the "
                            "division of the new number (division import adds it); a split is a new division "
                            "and a handover of each record");
  merge->add_option("from", o.codes, "codes of the divisions that end")->required();
  merge->add_option("--into", o.scope, "code of the division that goes on")->required();
  add_move_options(*merge, o);
}

void add_handover_command(CLI::App& app, Options& o) {
  CLI::App* handover =
      command(app, o, "handover", "handover", "a record with all that hangs on it goes to another division");
  handover->add_option("record", o.id)->required();
  handover->add_option("--to", o.scope, "code of the division")->required();
  handover->add_flag("--preview", o.preview, "only count");
}

void add_worker_commands(CLI::App& app, Options& o) {
  CLI::App* worker = group(app, "worker", "people and what they are granted");
  CLI::App* add = command(*worker, o, "add", "worker add", "a person with a first grant");
  add->add_option("--name", o.name)->required();
  add->add_option("--role", o.role, "worker, secretary, township_officer, county_officer or administrator")
      ->required();
  add->add_option("--scope", o.scope, "code of the division")->required();
  command(*worker, o, "list", "worker list", "people with their grants");
  CLI::App* grant = command(*worker, o, "grant", "worker grant", "one more grant");
  grant->add_option("id", o.id)->required();
  grant->add_option("--from", o.day, "first day; today if left out");
  grant->add_option("--to", o.last_day, "last day; open if left out");
  grant->add_option("--role", o.role)->required();
  grant->add_option("--scope", o.scope)->required();
  CLI::App* end = command(*worker, o, "end", "worker end", "end a grant, or all grants of a worker");
  end->add_option("id", o.id)->required();
  end->add_option("--on", o.day, "first day without it; today if left out");
  CLI::App* replace = command(*worker, o, "replace", "worker replace",
                              "another takes over all one has open: grants, pairs, grids, stores, cases");
  replace->add_option("old", o.id)->required();
  replace->add_option("new", o.worker)->required();
  add_move_options(*replace, o);
}

void add_device_commands(CLI::App& app, Options& o) {
  CLI::App* device = group(app, "device", "laptops");
  CLI::App* add = command(*device, o, "add", "device add", "a join line for a new laptop");
  add->add_option("--worker", o.worker)->required();
  add->add_option(
      "--out", o.file,
      "for a laptop without a network: write a file for a USB stick instead of showing the line.\n"
      "1. On the laptop: lianxinctl enrol --file FILE. It makes a second file beside it.\n"
      "2. Back here: bundle import SECOND --answer THIRD.\n"
      "3. On the laptop: lianxinctl bundle import THIRD. From then on it is enrolled.\n"
      "Hand the first file over in person: whoever has it can enrol in the worker's place");
  command(*device, o, "list", "device list", "all laptops");
  command(*device, o, "revoke", "device revoke", "a laptop that is lost")->add_option("id", o.id)->required();
  command(*device, o, "report", "device report", "whose data a laptop held")
      ->add_option("id", o.id)
      ->required();
}

void add_bundle_commands(CLI::App& app, Options& o) {
  CLI::App* bundle = group(app, "bundle", "files that travel by USB stick");
  CLI::App* import = command(*bundle, o, "import", "bundle import", "take in what a laptop has written");
  import->add_option("file", o.file)->required();
  import->add_option("--answer", o.answer, "write the answer for that laptop into this file");
  CLI::App* take_home = command(*bundle, o, "export", "bundle export", "news for one laptop");
  take_home->add_option("--device", o.id, "its id, see device list")->required();
  take_home->add_option("--out", o.file)->required();
  command(*bundle, o, "inspect", "bundle inspect", "what a file holds, from whom, for whom, from when")
      ->add_option("file", o.file)
      ->required();
}

void add_quarantine_commands(CLI::App& app, Options& o) {
  CLI::App* quarantine = group(app, "quarantine", "changes kept aside, waiting for the office");
  command(*quarantine, o, "list", "quarantine list", "all open ones");
  command(*quarantine, o, "accept", "quarantine accept", "apply one, with what was done together with it")
      ->add_option("id", o.id, "the change")
      ->required();
  CLI::App* close = command(*quarantine, o, "close", "quarantine close", "keep it, never apply it");
  close->add_option("id", o.id, "the change")->required();
  close->add_option("--reason", o.reason)->required();
}

void add_looking_commands(CLI::App& app, Options& o) {
  CLI::App* purge = command(app, o, "purge", "purge", "take values away for ever, on every laptop");
  purge->add_option("record", o.id)->required();
  purge->add_option("field", o.fields, "none: every text and everything about the person");
  purge->add_option("--reason", o.reason)->required();
  CLI::App* retention = command(app, o, "retention", "retention",
                                "what is kept longer than its period; with --apply purged for ever");
  retention->add_option("--as-of", o.day, "a day, 2026-09-30; today if left out");
  retention->add_flag("--apply", o.apply, "with --reason, and with --count as shown without --apply");
  retention->add_option("--reason", o.reason);
  retention->add_option("--count", o.count);
  CLI::App* dump = command(app, o, "dump", "dump", "canonical JSON lines");
  dump->add_option("--scope", o.scope, "this division and all below");
  dump->add_flag("--shelf", o.shelf, "with the reference records");
  dump->add_option("--worker", o.worker, "what this worker's laptop holds: the own notes and hardship only");
  command(app, o, "verify", "verify", "check every invariant of the store");
  command(app, o, "stats", "stats", "how much there is");
  CLI::App* audit = command(app, o, "audit", "audit", "who did what");
  audit->add_option("--who", o.who);
  audit->add_option("--record", o.record);
  audit->add_option("--since", o.since, "a day, 2026-09-30");
  command(app, o, "backup", "backup", "one file that restore reads; laptops may sync meanwhile")
      ->add_option("file", o.file)
      ->required();
  CLI::App* restore = command(app, o, "restore", "restore", "put a backup into an empty data folder");
  restore->add_option("file", o.file)->required();
  restore->add_option("--lists", o.lists, "folder with purges.list and grants.list of the lost server");
}

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view{} : value;
}

/// Chinese unless the terminal says otherwise.
std::string default_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string_view value = environment(name);
    if (!value.empty()) return value.starts_with("en") ? "en" : "zh";
  }
  return "zh";
}

}  // namespace

Parsed parse_words(int argc, const char* const* argv) {
  Parsed parsed;
  Options& o = parsed.options;
  o.data = environment("LIANXIN_DATA");
  o.language = default_language();
  CLI::App app{"lianxin-server: the county's server and its administration"};
  app.add_option("--data", o.data, "folder of the server (LIANXIN_DATA)");
  app.add_option("--lang", o.language)->check(CLI::IsMember({"zh", "en"}));
  app.add_flag("--json", o.json, "one JSON value on standard output, nothing else");
  app.add_option("--passphrase-file", o.passphrase_file, "instead of LIANXIN_PASSPHRASE");
  app.require_subcommand(1);
  add_running_commands(app, o);
  add_division_commands(app, o);
  add_handover_command(app, o);
  add_worker_commands(app, o);
  add_device_commands(app, o);
  add_bundle_commands(app, o);
  add_quarantine_commands(app, o);
  add_looking_commands(app, o);
  try {
    app.parse(argc, argv);
    parsed.ok = !o.data.empty();
    if (!parsed.ok) parsed.message = "--data is required\nRun with --help for more information.\n";
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream err;
    parsed.exit_code = app.exit(error, out, err) == 0 ? 0 : 2;
    parsed.message = out.str() + err.str();
  }
  return parsed;
}

}  // namespace lianxin::sync::server::admin
