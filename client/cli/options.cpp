#include "client/cli/options.hpp"

#include <CLI/CLI.hpp>

#include "client/app/formats.hpp"

namespace lianxin::client::cli {
namespace {

constexpr int kLimitMax = 1'000'000'000;

/// One command; its words name it in `Options::command`.
CLI::App* command(CLI::App& under, Options& o, const std::string& name) {
  return add_command(under, name, o.command);
}

void add_limit(CLI::App& command, Options& o) {
  command.add_option("--limit", o.limit)->check(CLI::Range(1, kLimitMax));
}

void add_store_commands(CLI::App& app, Options& o) {
  CLI::App* enrol = command(app, o, "enrol");
  enrol->add_option("joinline", o.text);
  enrol->add_option("--file", o.file);
  enrol->add_option("--out", o.out);
  enrol->add_flag("--again", o.again);
  command(app, o, "status");
  command(app, o, "verify");
  CLI::App* backup = command(app, o, "backup");
  backup->add_option("file", o.file)->required();
  CLI::App* restore = command(app, o, "restore");
  restore->add_option("file", o.file)->required();
  CLI::App* recover = command(app, o, "recover");
  recover->add_option("journal", o.file);
  CLI::App* journal = add_group(app, "journal");
  command(*journal, o, "set")->add_option("folder", o.text)->required();
  CLI::App* passphrase = add_group(app, "passphrase");
  command(*passphrase, o, "change")->add_option("--new-file", o.file);
  CLI::App* dump = command(app, o, "dump");
  dump->add_option("--scope", o.scope);
  dump->add_flag("--shelf", o.shelf);
}

void add_record_commands(CLI::App& app, Options& o) {
  CLI::App* put = command(app, o, "put");
  put->add_option("kind", o.kind)->required();
  put->add_option("fields", o.words);
  put->add_option("--id", o.id);
  put->add_option("--as-of", o.as_of);
  put->add_option("--cause", o.cause);
  put->add_flag("--sure", o.sure);
  CLI::App* get = command(app, o, "get");
  get->add_option("id", o.id)->required();
  get->add_flag("--history", o.history);
  get->add_flag("--unmasked", o.unmasked);
  CLI::App* list = command(app, o, "list");
  list->add_option("kind", o.kind)->required();
  list->add_option("--where", o.words);
  list->add_option("--search", o.search);
  add_limit(*list, o);
  list->add_flag("--unmasked", o.unmasked);
  CLI::App* annul = command(app, o, "void");
  annul->add_option("id", o.id)->required();
  annul->add_option("--reason", o.text)->required();
  CLI::App* confirm = command(app, o, "confirm");
  confirm->add_option("id", o.id)->required();
  confirm->add_option("fields", o.words)->required();
  confirm->add_option("--cause", o.cause);
  CLI::App* due = command(app, o, "due");
  due->add_option("--scope", o.scope);
  due->add_option("--as-of", o.as_of);
  CLI::App* refresh = command(app, o, "refresh");
  refresh->add_option("members", o.words)->required();
  refresh->add_option("--quarter", o.quarter);
  refresh->add_option("--how", o.how);
}

void add_step_commands(CLI::App& app, Options& o) {
  CLI::App* member = add_group(app, "member");
  CLI::App* file = command(*member, o, "file");
  file->add_option("id", o.id)->required();
  file->add_option("--out", o.out)->required();
  CLI::App* home = command(*member, o, "home");
  home->add_option("member", o.id)->required();
  home->add_option("--from", o.from)->required();
  home->add_option("--to", o.to)->required();
  CLI::App* returned = command(*member, o, "returned");
  returned->add_option("member", o.id)->required();
  returned->add_option("--on", o.on)->required();
  returned->add_flag("--certificate-back", o.certificate_back);
  CLI::App* moved = command(*member, o, "moved");
  moved->add_option("member", o.id)->required();
  moved->add_option("fields", o.words);
  moved->add_option("--on", o.on)->required();
  command(app, o, "call")->add_option("members and fields", o.words)->required();
  CLI::App* shift = command(app, o, "shift");
  shift->add_option("from", o.from)->required();
  shift->add_option("to", o.to)->required();
  shift->add_option("--reason", o.text)->required();
  shift->add_flag("--preview", o.preview);
}

void add_audit_commands(CLI::App& app, Options& o) {
  CLI::App* audit = command(app, o, "audit");
  audit->add_option("--who", o.text);
  audit->add_option("--record", o.id);
  audit->add_option("--since", o.from);
  add_limit(*audit, o);
}

void add_points_commands(CLI::App& app, Options& o) {
  CLI::App* points = add_group(app, "points");
  CLI::App* propose = command(*points, o, "propose");
  propose->add_option("member", o.id)->required();
  propose->add_option("rule", o.other)->required();
  propose->add_option("--on", o.as_of);
  propose->add_option("--evidence", o.value);
  propose->add_option("--reason", o.text);
  command(*points, o, "approve")->add_option("entry", o.id)->required();
  command(*points, o, "reject")->add_option("entry", o.id)->required();
  CLI::App* reverse = command(*points, o, "reverse");
  reverse->add_option("entry", o.id)->required();
  reverse->add_option("--reason", o.text)->required();
  CLI::App* rule = command(*points, o, "rule");
  rule->add_option("rule", o.id)->required();
  rule->add_option("fields", o.words)->required();
  rule->add_option("--from", o.from)->required();
  command(*points, o, "sample");
  CLI::App* sum = command(*points, o, "sum");
  sum->add_option("--from", o.from);
  sum->add_option("--as-of", o.as_of);
}

void add_demo_commands(CLI::App& app, Options& o) {
  CLI::App* demo = add_group(app, "demo");
  CLI::App* county = command(*demo, o, "county");
  county->add_option("--seed", o.seed);
  county->add_option("--as-of", o.as_of);
  county->add_option("--share", o.share);
}

struct FormWords {
  const char* name;
  bool of_record = false;  ///< --record: only of this visit, file, activity
  bool of_member = false;
};
constexpr FormWords kForms[] = {{"f1"},
                                {"f2"},
                                {"f3", false, true},
                                {"f4", true},
                                {"f4b"},
                                {"f5"},
                                {"f5b"},
                                {"f6", true, true},
                                {"f6b"},
                                {"f7"},
                                {"f8"},
                                {"f10"},
                                {"f11"},
                                {"f12", true},
                                {"f12b"},
                                {"f13"},
                                {"f14"},
                                {"f15"},
                                {"f16"}};

void add_frozen_commands(CLI::App& report, Options& o) {
  CLI::App* list = command(report, o, "list");
  list->add_option("--scope", o.scope);
  CLI::App* reprint = command(report, o, "reprint");
  reprint->add_option("snapshot", o.id)->required();
  reprint->add_option("--out", o.out)->required();
  reprint->add_flag("--gb18030", o.gb18030);
  CLI::App* compare = command(report, o, "compare");
  compare->add_option("snapshot", o.id)->required();
  compare->add_option("other", o.other);
}

void add_report_commands(CLI::App& app, Options& o) {
  CLI::App* figures = command(app, o, "figures");
  figures->add_option("--scope", o.scope);
  figures->add_option("--as-of", o.as_of);
  figures->add_option("--from", o.from);
  figures->add_option("--row", o.row);
  CLI::App* report = add_group(app, "report");
  const auto period = [&](CLI::App* sub) {
    sub->add_option("--scope", o.scope);
    sub->add_option("--as-of", o.as_of);
    sub->add_option("--from", o.from);
  };
  const auto freezing = [&](CLI::App* sub) {
    sub->add_flag("--freeze", o.freeze);
    sub->add_option("--reason", o.reason);
  };
  CLI::App* f9 = command(*report, o, "f9");
  period(f9);
  CLI::Option* own = f9->add_option("--template", o.file);
  f9->add_option("--read", o.edited)->excludes(own);
  f9->add_option("--out", o.out)->required();
  freezing(f9);
  for (const FormWords& form : kForms) {
    CLI::App* sub = report->add_subcommand(form.name);
    sub->callback([&o, name = std::string(form.name)] {
      o.command = "report form";
      o.kind = name;
    });
    period(sub);
    sub->add_option("--period", o.period);
    if (form.of_record) sub->add_option("--record", o.record);
    if (form.of_member) sub->add_option("--member", o.member);
    sub->add_option("--out", o.out)->required();
    sub->add_flag("--gb18030", o.gb18030);
    sub->add_flag("--unmasked", o.unmasked);
    freezing(sub);
    if (std::string_view(form.name) == "f7") sub->add_flag("--close", o.close);
  }
  add_frozen_commands(*report, o);
  figures->add_flag("--current-divisions", o.current);
  figures->add_flag("--check", o.check);
}

void add_photo_commands(CLI::App& app, Options& o) {
  CLI::App* photo = add_group(app, "photo");
  CLI::App* add = command(*photo, o, "add");
  add->add_option("record", o.id)->required();
  add->add_option("file", o.file)->required();
  add->add_option("--caption", o.text);
  command(*photo, o, "list")->add_option("record", o.id)->required();
  CLI::App* get = command(*photo, o, "get");
  get->add_option("id", o.id)->required();
  get->add_option("--out", o.out)->required();
  get->add_option("--server", o.server_url);
}

void add_conflict_commands(CLI::App& app, Options& o) {
  CLI::App* conflict = add_group(app, "conflict");
  command(*conflict, o, "list");
  CLI::App* resolve = command(*conflict, o, "resolve");
  resolve->add_option("id", o.id)->required();
  resolve->add_option("--take", o.take);
  resolve->add_option("--value", o.value);
  resolve->add_flag("--both", o.both);
  resolve->add_option("--reason", o.text);
}

void add_duplicate_commands(CLI::App& app, Options& o) {
  CLI::App* duplicate = add_group(app, "duplicate");
  CLI::App* list = command(*duplicate, o, "list");
  add_limit(*list, o);
  list->add_flag("--said", o.said);
  for (const char* said : {"same", "different", "undo"}) {
    CLI::App* sub = command(*duplicate, o, said);
    sub->add_option("one", o.id)->required();
    sub->add_option("other", o.other)->required();
  }
}

void add_exchange_commands(CLI::App& app, Options& o) {
  CLI::App* sync = command(app, o, "sync");
  CLI::Option* server = sync->add_option("--server", o.server_url);
  sync->add_flag("--keep", o.keep)->needs(server);
  CLI::App* notice = command(app, o, "notice");
  notice->add_option("--out", o.out)->required();
  notice->add_option("--kind", o.kind);
  command(app, o, "receipt")->add_option("--out", o.out)->required();
  CLI::App* bundle = add_group(app, "bundle");
  CLI::App* give = command(*bundle, o, "export");
  give->add_option("--to", o.to)->required();
  give->add_option("--out", o.out)->required();
  command(*bundle, o, "inspect")->add_option("file", o.file)->required();
  command(*bundle, o, "import")->add_option("file", o.file)->required();
  command(*bundle, o, "laptops");
  CLI::App* import = add_group(app, "import");
  CLI::App* roster = command(*import, o, "roster");
  roster->add_option("file", o.file)->required();
  roster->add_option("--village", o.village);
  roster->add_option("--map", o.map_file);
  roster->add_flag("--apply", o.apply);
  roster->add_flag("--accept-without-id", o.accept_without_id);
  roster->add_option("--rejected", o.rejected);
  roster->add_flag("--hidden-sheets", o.hidden_sheets);
  command(*import, o, "list");
  command(*import, o, "undo")->add_option("batch", o.id)->required();
}

void add_commands(CLI::App& app, Options& o) {
  app.add_option("--home", o.home);
  app.add_option("--lang", o.language)->check(CLI::IsMember({"zh", "en"}));
  app.add_flag("--json", o.json);
  app.add_flag("--verbose", o.verbose);
  app.add_option("--passphrase-file", o.passphrase_file);
  app.require_subcommand(1);
  app.fallthrough();  // also for the commands added from here on: --json may stand behind them
  add_store_commands(app, o);
  add_record_commands(app, o);
  add_step_commands(app, o);
  add_audit_commands(app, o);
  add_points_commands(app, o);
  add_photo_commands(app, o);
  add_report_commands(app, o);
  add_conflict_commands(app, o);
  add_duplicate_commands(app, o);
  add_exchange_commands(app, o);
  add_demo_commands(app, o);
}

constexpr std::string_view kProgram = "lianxinctl";

}  // namespace

Parsed parse_words(const std::vector<std::string>& argv, const Messages& messages) {
  Parsed parsed;
  parsed.options.language = language_of(argv);
  CLI::App app("", std::string(kProgram));
  add_commands(app, parsed.options);
  const std::optional<CommandLineReply> reply =
      read_command_line(app, argv, messages, kProgram, app::laptop_formats());
  parsed.ok = !reply.has_value();
  if (reply.has_value()) {
    parsed.exit_code = reply->exit_code;
    parsed.message = reply->message;
  }
  return parsed;
}

HelpKeys help_keys(const Messages& messages) {
  Options options;
  CLI::App app("", std::string(kProgram));
  add_commands(app, options);
  return lianxin::help_keys(app, messages, kProgram);
}

}  // namespace lianxin::client::cli
