// verify, backup, restore, recover, journal, passphrase: keeping the store well.
#include "client/app/laptop_folder.hpp"
#include "client/cli/call.hpp"
#include "client/cli/passphrase.hpp"
#include "client/store/home_check.hpp"
#include "shared/base/file.hpp"

namespace lianxin::client::cli {
namespace {

/// The person's file, wherever the program stands; the store works with whole paths.
std::filesystem::path whole_path(const std::string& file) {
  std::error_code ignored;
  const std::filesystem::path whole = std::filesystem::absolute(file, ignored);
  return whole.empty() ? std::filesystem::path(file) : whole;
}

void say_verified(Call& call, const store::LaptopStore::Verified& verified) {
  Terminal& terminal = call.terminal;
  std::vector<std::vector<std::string>> rows;
  for (const auto& [what, count] : verified.checked)
    rows.push_back({"  " + terminal.words("cli.verify.what." + what), std::to_string(count)});
  terminal.say("cli.verify.checked");
  terminal.table(rows);
  if (verified.problems.empty()) {
    terminal.say("cli.verify.ok");
    return;
  }
  rows.clear();
  for (const store::LaptopStore::Problem& problem : verified.problems)
    rows.push_back({"  " + problem.invariant, problem.record, problem.what});
  terminal.say("cli.verify.problems", {{"count", std::to_string(verified.problems.size())}});
  terminal.table(rows);
}

Json verified_json(const store::LaptopStore::Verified& verified) {
  Json checked = Json::object();
  for (const auto& [what, count] : verified.checked)
    checked[what] = count;
  Json problems = Json::array();
  for (const store::LaptopStore::Problem& problem : verified.problems) {
    problems.push_back(
        {{"invariant", problem.invariant}, {"record", problem.record}, {"what", problem.what}});
  }
  return {
      {"ok", verified.problems.empty()}, {"checked", std::move(checked)}, {"problems", std::move(problems)}};
}

Result<Json> whose(store::LaptopStore& store) {
  LX_TRY(const store::StoreStatus now, store.records().status());
  Json scopes = Json::array();
  for (const store::HeldScope& scope : now.scopes)
    scopes.push_back(scope.code);
  return Json{{"replica", now.replica.text()}, {"worker", now.worker.text()}, {"scopes", std::move(scopes)}};
}

/// One JSON value, or one sentence.
int finish(Call& call, const Json& json, const char* key, const std::vector<ErrorArg>& args = {}) {
  if (call.terminal.json()) {
    call.terminal.value(json);
  } else {
    call.terminal.say(key, args);
  }
  return 0;
}

/// Before anything is shown of what was put back: one sync, which also brings what was purged since. Without
/// a line it is said that this could not be done.
Result<bool> ask_for_purges(Call& call, store::LaptopStore& store) {
  const auto synced = run_one_sync(call, store);
  if (!synced.ok()) call.terminal.note("cli.restored_unasked");
  LX_TRY(const store::StoreStatus now, store.records().status());
  if (!now.purges_unasked) call.terminal.note("cli.restored_asked");
  return !now.purges_unasked;
}

}  // namespace

Exit verify(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const store::LaptopStore::Verified verified, store->verify());
  if (call.terminal.json()) {
    call.terminal.value(verified_json(verified));
  } else {
    say_verified(call, verified);
  }
  return verified.problems.empty() ? 0 : 1;
}

Exit backup(Call& call) {
  const std::filesystem::path file = whole_path(call.options.file);
  LX_TRY(const auto store, open_store(call));
  LX_DO(store->backup(file));
  std::error_code ignored;
  const auto bytes = std::filesystem::file_size(file, ignored);
  return finish(call, {{"file", file.string()}, {"bytes", bytes}}, "cli.backup_made",
                {{"file", file.string()}});
}

Exit restore(Call& call) {
  LX_TRY(const std::filesystem::path home, app::home_folder(call.options.home));
  if (store::holds_work(store::HomePaths(home))) return fail("store.exists", {{"path", home.string()}});
  const std::filesystem::path file = whole_path(call.options.file);
  if (!is_there(file)) return fail("file.missing", {{"path", call.options.file}});
  LX_TRY(const std::string passphrase, current_passphrase(call.options, call.terminal));
  LX_TRY(const auto store, store::LaptopStore::restore(file, home, passphrase, call.clock));
  LX_TRY(const bool asked, ask_for_purges(call, *store));
  LX_TRY(Json json, whose(*store));
  json["purges_asked"] = asked;
  return finish(call, json, "cli.restored", {{"file", file.string()}});
}

Exit recover(Call& call) {
  LX_TRY(const std::filesystem::path home, app::home_folder(call.options.home));
  LX_DO(store::must_open(store::HomePaths(home)));
  LX_TRY(const std::string passphrase, current_passphrase(call.options, call.terminal));
  const std::filesystem::path journal =
      call.options.file.empty() ? std::filesystem::path() : whole_path(call.options.file);
  // Mistyped, or the stick is not in: without it what is only there would be given up.
  if (!journal.empty() && !is_there(journal)) return fail("journal.no_folder", {{"path", journal.string()}});
  store::OpenReport report;
  LX_TRY(const auto store, store::LaptopStore::recover(home, journal, passphrase, call.clock, report));
  LX_TRY(const bool asked, ask_for_purges(call, *store));
  LX_TRY(Json json, whose(*store));
  json["purges_asked"] = asked;
  json["from_journal"] = report.from_journal;
  json["missing"] = report.missing;
  json["journal_damaged"] = report.journal_damaged;
  json["set_aside"] = report.set_aside.empty() ? Json() : Json(report.set_aside.string());
  if (report.journal_damaged) call.terminal.note("cli.report_journal_damaged");
  if (report.missing > 0)
    call.terminal.note("cli.report_missing", {{"count", std::to_string(report.missing)}});
  return finish(call, json, report.set_aside.empty() ? "cli.recovered_anew" : "cli.recovered",
                {{"count", std::to_string(report.from_journal)}, {"file", report.set_aside.string()}});
}

Exit journal_set(Call& call) {
  const std::filesystem::path folder =
      call.options.text.empty() ? std::filesystem::path() : whole_path(call.options.text);
  std::error_code unknown;
  if (!folder.empty() && !std::filesystem::is_directory(folder, unknown))
    return fail("journal.no_folder", {{"path", folder.string()}});
  LX_TRY(const auto store, open_store(call));
  LX_DO(store->set_journal_folder(folder));
  return finish(call, {{"journal", folder.string()}, {"copies", store->copies()}},
                folder.empty() ? "cli.journal_home" : "cli.journal_set", {{"folder", folder.string()}});
}

Exit passphrase_change(Call& call) {
  LX_TRY(const auto store, open_store(call));
  LX_TRY(const std::string now, current_passphrase(call.options, call.terminal));
  LX_TRY(const std::string next, next_passphrase(call.options, call.terminal));
  LX_DO(store->change_passphrase(now, next));
  return finish(call, {{"changed", true}}, "cli.passphrase_changed");
}

}  // namespace lianxin::client::cli
