#include "client/cli/call.hpp"

#include <cstdlib>

#include "client/cli/passphrase.hpp"

namespace lianxin::client::cli {

Result<std::filesystem::path> home_of(const Options& options) {
  if (!options.home.empty()) return std::filesystem::path(options.home);
  const char* data = std::getenv("XDG_DATA_HOME");
  if (data != nullptr && *data != '\0') return std::filesystem::path(data) / "lianxin";
  const char* person = std::getenv("HOME");
  if (person == nullptr || *person == '\0') return fail("cli.no_home");
  return std::filesystem::path(person) / ".local" / "share" / "lianxin";
}

void tell_report(Terminal& terminal, const store::OpenReport& report) {
  if (report.repaired) {
    terminal.note("cli.report_repaired",
                  {{"count", std::to_string(report.from_journal)}, {"file", report.set_aside.string()}});
  } else if (report.from_journal > 0) {
    terminal.note("cli.report_from_journal", {{"count", std::to_string(report.from_journal)}});
  }
  if (report.missing > 0) terminal.note("cli.report_missing", {{"count", std::to_string(report.missing)}});
  if (report.is_copy) terminal.note("cli.report_copy");
}

Result<std::unique_ptr<store::LaptopStore>> open_store(Call& call) {
  LX_TRY(const std::filesystem::path home, home_of(call.options));
  // Whoever has no store yet is not asked for a passphrase first.
  if (!std::filesystem::exists(store::HomePaths(home).key_file()))
    return fail("store.missing", {{"path", home.string()}});
  LX_TRY(const std::string passphrase, current_passphrase(call.options, call.terminal));
  store::OpenReport report;
  LX_TRY(auto store, store::LaptopStore::open(home, passphrase, call.clock, report));
  tell_report(call.terminal, report);
  return store;
}

int refuse(Call& call, const std::string& kind_name, const std::vector<domain::Problem>& problems) {
  const domain::Kind* kind = domain::Catalogue::base().kind(kind_name);
  LX_CHECK(kind != nullptr, "problems of an unknown kind");
  Json fields = Json::array();
  std::vector<std::string> sentences;
  const bool any_blocks = std::any_of(problems.begin(), problems.end(),
                                      [](const domain::Problem& problem) { return problem.blocks; });
  for (const domain::Problem& problem : problems) {
    if (any_blocks && !problem.blocks) continue;
    sentences.push_back(domain::problem_sentence(call.terminal.messages(), *kind, problem));
    fields.push_back({{"field", problem.field}, {"message", sentences.back()}});
  }
  std::string all;
  for (const std::string& sentence : sentences)
    all += (all.empty() ? "" : " ") + sentence;
  call.terminal.error(fail("cli.not_saved", {{"why", all}}), Json{{"fields", std::move(fields)}});
  return 1;
}

}  // namespace lianxin::client::cli
