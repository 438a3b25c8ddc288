#include "client/cli/options.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <sstream>

namespace lianxin::client::cli {
namespace {

/// Help is for the person at the terminal; `--lang` comes too late for it, so it is English with the
/// command's own words.
CLI::App* command(CLI::App& under, Options& o, const std::string& name, const std::string& full,
                  const std::string& help) {
  CLI::App* sub = under.add_subcommand(name, help);
  sub->callback([&o, full] { o.command = full; });
  return sub;
}

void add_store_commands(CLI::App& app, Options& o) {
  CLI::App* enrol = command(app, o, "enrol", "enrol", "make the encrypted store from a join line");
  enrol->add_option("joinline", o.text);
  enrol->add_option(
      "--file", o.file,
      "the file made by `lianxin-server device add --out`, brought on a stick. The laptop can be used\n"
      "at once; a second file is written for the county office, whose answer (bundle import)\n"
      "completes the enrolment. A text file with a join line enrols over the network");
  enrol->add_option("--out", o.out, "where the second file goes; else beside the first");
  command(app, o, "status", "status", "what waits, what is disputed, when last synced");
  command(app, o, "verify", "verify", "check every invariant of the store");
  CLI::App* backup = command(app, o, "backup", "backup", "one file that restore reads");
  backup->add_option("file", o.file)->required();
  CLI::App* restore = command(app, o, "restore", "restore", "put a backup into an empty home");
  restore->add_option("file", o.file)->required();
  CLI::App* recover =
      command(app, o, "recover", "recover", "rebuild a damaged store from journal and server");
  recover->add_option("journal", o.file);
  CLI::App* journal = app.add_subcommand("journal", "the second copy of unsent work");
  journal->require_subcommand(1);
  command(*journal, o, "set", "journal set", "keep the journal in this folder")
      ->add_option("folder", o.text)
      ->required();
  CLI::App* passphrase = app.add_subcommand("passphrase", "the passphrase");
  passphrase->require_subcommand(1);
  command(*passphrase, o, "change", "passphrase change", "LIANXIN_NEW_PASSPHRASE or a file")
      ->add_option("--new-file", o.file);
  CLI::App* dump = command(app, o, "dump", "dump", "canonical JSON lines");
  dump->add_option("--scope", o.scope);
  dump->add_flag("--shelf", o.shelf);
}

void add_record_commands(CLI::App& app, Options& o) {
  CLI::App* put = command(app, o, "put", "put", "create or edit a record");
  put->add_option("kind", o.kind)->required();
  put->add_option("fields", o.words, "f=v, f+=v, f-=v, f=");
  put->add_option("--id", o.id);
  put->add_option("--as-of", o.as_of);
  put->add_option("--cause", o.cause, "phone, visit:ID, document, family, import:ID, correction");
  put->add_flag("--sure", o.sure, "save a doubtful telephone or ID number as it stands");
  CLI::App* get = command(app, o, "get", "get", "one record");
  get->add_option("id", o.id)->required();
  get->add_flag("--history", o.history);
  get->add_flag("--unmasked", o.unmasked, "telephones and ID numbers in full; goes into the audit");
  CLI::App* list = command(app, o, "list", "list", "records of a kind, JSON lines");
  list->add_option("kind", o.kind)->required();
  list->add_option("--where", o.words, "f=v");
  list->add_option("--search", o.search);
  list->add_option("--limit", o.limit);
  list->add_flag("--unmasked", o.unmasked, "telephones and ID numbers in full; goes into the audit");
  CLI::App* annul = command(app, o, "void", "void", "take a record out of the counts, with the reason");
  annul->add_option("id", o.id)->required();
  annul->add_option("--reason", o.text)->required();
  CLI::App* confirm = command(app, o, "confirm", "confirm", "say that fields are unchanged");
  confirm->add_option("id", o.id)->required();
  confirm->add_option("fields", o.words)->required();
  confirm->add_option("--cause", o.cause);
  CLI::App* due = command(app, o, "due", "due", "what is due and why, the most pressing first");
  due->add_option("--scope", o.scope, "an organisation unit or its code; else all of this laptop");
  due->add_option("--as-of", o.as_of, "YYYY-MM-DD; else today");
  CLI::App* refresh = command(app, o, "refresh", "refresh", "say that members are unchanged this quarter");
  refresh->add_option("members", o.words)->required();
  refresh->add_option("--quarter", o.quarter, "2026Q4; else the quarter of today");
  refresh->add_option("--how", o.how, "visit, phone or family; else phone");
}

void add_step_commands(CLI::App& app, Options& o) {
  CLI::App* member =
      app.add_subcommand("member", "the file of one, and coming home in three meanings, one word each");
  member->require_subcommand(1);
  CLI::App* file = command(*member, o, "file", "member file",
                           "everything this laptop holds about one, to hand over; goes into the audit");
  file->add_option("id", o.id)->required();
  file->add_option("--out", o.out, "F.pdf")->required();
  CLI::App* home = command(*member, o, "home", "member home", "for some days; the outflow stays open");
  home->add_option("member", o.id)->required();
  home->add_option("--from", o.from, "YYYY-MM-DD")->required();
  home->add_option("--to", o.to, "YYYY-MM-DD")->required();
  CLI::App* returned = command(*member, o, "returned", "member returned", "for good: the outflow ends");
  returned->add_option("member", o.id)->required();
  returned->add_option("--on", o.on, "YYYY-MM-DD")->required();
  returned->add_flag("--certificate-back", o.certificate_back, "he has handed in the activity certificate");
  CLI::App* moved =
      command(*member, o, "moved", "member moved", "to another place: one outflow ends, the next begins");
  moved->add_option("member", o.id)->required();
  moved->add_option("fields", o.words, "f=v of the new outflow");
  moved->add_option("--on", o.on, "YYYY-MM-DD")->required();
  command(app, o, "call", "call", "one call about one or several members: a contact record for each")
      ->add_option("members and fields", o.words, "MEMBER ... f=v ...")
      ->required();
  CLI::App* shift = command(app, o, "shift", "shift", "what you wrote down for one day happened on another");
  shift->add_option("from", o.from, "YYYY-MM-DD")->required();
  shift->add_option("to", o.to, "YYYY-MM-DD")->required();
  shift->add_option("--reason", o.text)->required();
  shift->add_flag("--preview", o.preview, "only say what would be moved");
}

void add_audit_commands(CLI::App& app, Options& o) {
  CLI::App* audit =
      command(app, o, "audit", "audit", "who looked at whole numbers or exported what, the newest first");
  audit->add_option("--who", o.text, "a worker, by id or name");
  audit->add_option("--record", o.id);
  audit->add_option("--since", o.from, "YYYY-MM-DD");
  audit->add_option("--limit", o.limit);
}

void add_points_commands(CLI::App& app, Options& o) {
  CLI::App* points = app.add_subcommand("points", "the points ledger, if the county has switched it on");
  points->require_subcommand(1);
  CLI::App* propose = command(*points, o, "propose", "points propose", "an entry, to be approved by another");
  propose->add_option("member", o.id)->required();
  propose->add_option("rule", o.other)->required();
  propose->add_option("--on", o.as_of, "YYYY-MM-DD; else today");
  propose->add_option("--evidence", o.value, "the record it rests on; else --reason");
  propose->add_option("--reason", o.text);
  command(*points, o, "approve", "points approve", "one that another has proposed")
      ->add_option("entry", o.id)
      ->required();
  command(*points, o, "reject", "points reject", "one that another has proposed")
      ->add_option("entry", o.id)
      ->required();
  CLI::App* reverse = command(*points, o, "reverse", "points reverse",
                              "propose the counter-entry of an approved one; the entry itself stays");
  reverse->add_option("entry", o.id)->required();
  reverse->add_option("--reason", o.text)->required();
  CLI::App* rule = command(*points, o, "rule", "points rule", "a rule changes from a day on");
  rule->add_option("rule", o.id)->required();
  rule->add_option("fields", o.words, "f=v")->required();
  rule->add_option("--from", o.from, "YYYY-MM-DD")->required();
  CLI::App* sum = command(*points, o, "sum", "points sum", "approved points by member and village");
  sum->add_option("--from", o.from, "YYYY-MM-DD; else 1 January of that year");
  sum->add_option("--as-of", o.as_of, "YYYY-MM-DD; else today");
}

void add_demo_commands(CLI::App& app, Options& o) {
  CLI::App* demo = app.add_subcommand("demo", "invented records to try the programs with");
  demo->require_subcommand(1);
  CLI::App* county = command(*demo, o, "county", "demo county",
                             "fill an empty office laptop with a believable year of a county; then sync");
  county->add_option("--seed", o.seed, "the same seed makes the same records");
  county->add_option("--as-of", o.as_of, "last day of the records, 2026-09-30 if not said");
  county->add_option("--share", o.share, "percent of villages, members and facts, 1 to 100");
}

struct FormHelp {
  const char* name;
  const char* help;
  const char* one = nullptr;  ///< what --record is; nullptr = the form is a table
  bool of_member = false;
};
constexpr FormHelp kForms[] = {
    {"f1", "one table per village: its mobile members"},
    {"f2", "register of a township: cover, summary, tables of its villages, changes, signatures"},
    {"f3", "national collection sheet, a page for each member", nullptr, true},
    {"f4", "visit record, a page for each visit", "only this visit"},
    {"f4b", "month list of visits"},
    {"f5", "hand-out and signature list of materials"},
    {"f5b", "stock of a month"},
    {"f6", "booklet of each member in hardship", "only this hardship file", true},
    {"f6b", "roster of members in hardship"},
    {"f7", "summary of a month: a line for each village or township"},
    {"f8", "changes of a quarter, with counts that balance"},
    {"f10", "register of members who left"},
    {"f11", "annual statistics and its companion"},
    {"f12", "record of meetings and activities with sign-in", "only this activity"},
    {"f13", "points notice, without ID numbers and telephones"},
    {"f14", "register of activity certificates"},
    {"f15", "ledger of questions and suggestions"},
    {"f16", "1+N pairing"}};

void add_frozen_commands(CLI::App& report, Options& o) {
  CLI::App* list = command(report, o, "list", "report list", "what was handed in");
  list->add_option("--scope", o.scope, "only of this unit");
  CLI::App* reprint =
      command(report, o, "reprint", "report reprint", "a form as it was handed in, to the byte");
  reprint->add_option("snapshot", o.id)->required();
  reprint->add_option("--out", o.out, "of the same kind: the same bytes; of another: the same words")
      ->required();
  reprint->add_flag("--gb18030", o.gb18030, "CSV in GB 18030, not UTF-8");
  CLI::App* compare = command(report, o, "compare", "report compare",
                              "why numbers are others than in a form handed in, record by record");
  compare->add_option("snapshot", o.id)->required();
  compare->add_option("other", o.other, "another snapshot; else what counts now");
}

void add_report_commands(CLI::App& app, Options& o) {
  CLI::App* figures =
      command(app, o, "figures", "figures", "the numbers of the report, each with the records that make it");
  figures->add_option("--scope", o.scope,
                      "an organisation unit or its code; else the one this laptop serves");
  figures->add_option("--as-of", o.as_of, "YYYY-MM-DD; else today");
  figures->add_option("--from", o.from, "YYYY-MM-DD; else 1 January of that year");
  figures->add_option("--row", o.row, "only this one of 1 to 78, with its list");
  CLI::App* report = app.add_subcommand("report", "forms and the report, as files");
  report->require_subcommand(1);
  const auto period = [&](CLI::App* sub) {
    sub->add_option("--scope", o.scope, "an organisation unit or its code; else the one this laptop serves");
    sub->add_option("--as-of", o.as_of, "YYYY-MM-DD; else today");
    sub->add_option("--from", o.from, "YYYY-MM-DD; else 1 January of that year");
  };
  const auto freezing = [&](CLI::App* sub) {
    sub->add_flag("--freeze", o.freeze,
                  "hand it in: keep the file and what it counted, with a number on each page");
    sub->add_option("--reason", o.reason, "why it is handed in once more");
  };
  CLI::App* f9 = command(*report, o, "f9", "report f9", "the county's report in words, with its annex");
  period(f9);
  CLI::Option* own =
      f9->add_option("--template", o.file, "the county's own text; how to write one: assets/reports/f9.txt");
  f9->add_option("--read", o.edited,
                 "F.docx as edited in Word, WPS or LibreOffice: its words stay, its numbers are filled anew, "
                 "those typed over are marked and listed")
      ->excludes(own);
  f9->add_option("--out", o.out, "F.docx, F.pdf, F.json, or F.xlsx for the annex alone")->required();
  freezing(f9);
  for (const FormHelp& form : kForms) {
    CLI::App* sub = report->add_subcommand(form.name, form.help);
    sub->callback([&o, name = std::string(form.name)] {
      o.command = "report form";
      o.kind = name;
    });
    period(sub);
    sub->add_option("--period", o.period, "2026-09, 2026Q3 or 2026, instead of --from");
    if (form.one != nullptr) sub->add_option("--record", o.record, form.one);
    if (form.of_member) sub->add_option("--member", o.member, "only of this member");
    sub->add_option("--out", o.out, "F.xlsx, F.pdf, F.csv (one table) or F.json")->required();
    sub->add_flag("--gb18030", o.gb18030, "CSV in GB 18030, not UTF-8");
    sub->add_flag("--unmasked", o.unmasked,
                  "telephones and ID numbers in full: for secretaries and offices; goes into the audit");
    freezing(sub);
    if (std::string_view(form.name) == "f7")
      sub->add_flag("--close", o.close,
                    "and close the month: what comes later stands as late in the next one");
  }
  add_frozen_commands(*report, o);
  figures->add_flag("--current-divisions", o.current,
                    "also what villages did before they were merged into these");
}

void add_photo_commands(CLI::App& app, Options& o) {
  CLI::App* photo =
      app.add_subcommand("photo", "pictures of a member, visit, delivery, question, consultation");
  photo->require_subcommand(1);
  CLI::App* add = command(*photo, o, "add", "photo add",
                          "a JPEG; made small, without what the camera put beside it. No ID cards, please");
  add->add_option("record", o.id)->required();
  add->add_option("file", o.file)->required();
  add->add_option("--caption", o.text);
  command(*photo, o, "list", "photo list", "those of a record")->add_option("record", o.id)->required();
  CLI::App* get =
      command(*photo, o, "get", "photo get", "write one to a file; fetched from the county if need be");
  get->add_option("id", o.id)->required();
  get->add_option("--out", o.out)->required();
  get->add_option("--server", o.server_url);
}

void add_conflict_commands(CLI::App& app, Options& o) {
  CLI::App* conflict = app.add_subcommand("conflict", "values that wait for a person");
  conflict->require_subcommand(1);
  command(*conflict, o, "list", "conflict list", "all open ones");
  CLI::App* resolve = command(*conflict, o, "resolve", "conflict resolve", "decide one");
  resolve->add_option("id", o.id)->required();
  resolve->add_option("--take", o.take, "the change whose value holds");
  resolve->add_option("--value", o.value, "another value");
  resolve->add_flag("--both", o.both, "keep both (sets)");
  resolve->add_option("--reason", o.text);
}

void add_duplicate_commands(CLI::App& app, Options& o) {
  CLI::App* duplicate = app.add_subcommand("duplicate", "entries that may be one person, or one delivery");
  duplicate->require_subcommand(1);
  CLI::App* list =
      command(*duplicate, o, "list", "duplicate list", "pairs nobody has decided, the likeliest first");
  list->add_option("--limit", o.limit);
  list->add_flag("--said", o.said, "what was decided instead");
  const auto pair = [&](const std::string& name, const std::string& help) {
    CLI::App* sub = command(*duplicate, o, name, "duplicate " + name, help);
    sub->add_option("one", o.id)->required();
    sub->add_option("other", o.other)->required();
  };
  pair("same", "they are one; both stay, and are shown and counted as one");
  pair("different", "they are two, and are not asked about again");
  pair("undo", "take back what was said of the two");
}

void add_exchange_commands(CLI::App& app, Options& o) {
  CLI::App* sync = command(app, o, "sync", "sync", "exchange with the county server");
  sync->add_option("--server", o.server_url);
  command(app, o, "receipt", "receipt", "the receipt of the last sync as a page for printing")
      ->add_option("--out", o.out, "a PDF file")
      ->required();
  CLI::App* bundle = app.add_subcommand("bundle", "files that travel by USB stick, sealed to their receiver");
  bundle->require_subcommand(1);
  CLI::App* give =
      command(*bundle, o, "export", "bundle export", "for the county's server or another laptop");
  give->add_option("--to", o.to, "server, or the replica of a laptop that holds a village of ours")
      ->required();
  give->add_option("--out", o.out)->required();
  command(*bundle, o, "inspect", "bundle inspect",
          "from whom, for whom, from when, how much; takes nothing in")
      ->add_option("file", o.file)
      ->required();
  command(*bundle, o, "import", "bundle import", "take a file in; any order, any number of times")
      ->add_option("file", o.file)
      ->required();
  command(*bundle, o, "laptops", "bundle laptops", "whom a file can be made for");
  CLI::App* import = app.add_subcommand("import", "rosters as offices keep them");
  import->require_subcommand(1);
  CLI::App* roster = command(*import, o, "roster", "import roster", "preview; with --apply also write");
  roster->add_option("file", o.file)->required();
  roster->add_option("--village", o.village);
  roster->add_option("--map", o.map_file);
  roster->add_flag("--apply", o.apply);
  roster->add_flag("--accept-without-id", o.accept_without_id,
                   "take quarantined rows without their ruined number");
  roster->add_option("--rejected", o.rejected,
                     "write the rows that are not taken here, with reasons (.xlsx)");
  roster->add_flag("--hidden-sheets", o.hidden_sheets, "also read hidden sheets");
  command(*import, o, "list", "import list", "batches of this laptop");
  command(*import, o, "undo", "import undo", "take a whole batch back")
      ->add_option("batch", o.id)
      ->required();
}

}  // namespace

Parsed parse_words(const std::vector<std::string>& argv) {
  Parsed parsed;
  Options& o = parsed.options;
  CLI::App app{"lianxinctl: the laptop's store from a terminal"};
  const char* home = std::getenv("LIANXIN_HOME");
  if (home != nullptr) o.home = home;
  app.add_option("--home", o.home, "folder of the store (LIANXIN_HOME)");
  app.add_option("--lang", o.language)->check(CLI::IsMember({"zh", "en"}));
  app.add_flag("--json", o.json);
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
  try {
    // CLI11 takes the words from the end.
    app.parse(std::vector<std::string>(argv.rbegin(), argv.rend()));
    parsed.ok = true;
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream err;
    parsed.exit_code = app.exit(error, out, err) == 0 ? 0 : 2;
    parsed.message = out.str() + err.str();
  }
  return parsed;
}

}  // namespace lianxin::client::cli
