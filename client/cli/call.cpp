#include "client/cli/call.hpp"

#include <cstdlib>

#include "client/app/laptop_folder.hpp"
#include "client/cli/passphrase.hpp"
#include "client/store/clock_offset.hpp"
#include "client/store/home_check.hpp"
#include "client/store/spare_room.hpp"
#include "shared/base/file.hpp"
#include "shared/base/span.hpp"
#include "shared/base/text.hpp"
#include "shared/domain/codes.hpp"

namespace lianxin::client::cli {

void tell_report(Terminal& terminal, const store::OpenReport& report) {
  if (report.repaired) {
    const bool was_there = !report.set_aside.empty();
    terminal.note(was_there ? "cli.report_repaired" : "cli.report_missing_database",
                  {{"count", std::to_string(report.from_journal)}, {"file", report.set_aside.string()}});
  } else if (report.from_journal > 0) {
    terminal.note("cli.report_from_journal", {{"count", std::to_string(report.from_journal)}});
  }
  if (report.journal_damaged) terminal.note("cli.report_journal_damaged");
  if (report.missing > 0) terminal.note("cli.report_missing", {{"count", std::to_string(report.missing)}});
  if (report.is_copy) terminal.note("cli.report_copy");
}

void HowFar::operator()(std::size_t done, std::size_t all) {
  const WallMs now = call_.clock.steady_ms();
  if (now - told_ms_ < kEveryMs) return;
  told_ms_ = now;
  call_.terminal.note(key_, {{"done", std::to_string(done)},
                             {"all", std::to_string(all)},
                             {"seconds", std::to_string((now - began_ms_) / 1000)}});
}

Result<std::unique_ptr<store::LaptopStore>> open_store(Call& call) {
  LX_TRY(const std::filesystem::path home, app::home_folder(call.options.home));
  // Whoever has no store yet is not asked for a passphrase first.
  LX_DO(store::must_open(store::HomePaths(home)));
  LX_TRY(const std::string passphrase, current_passphrase(call.options, call.terminal));
  store::OpenReport report;
  LX_TRY(auto store, store::LaptopStore::open(home, passphrase, call.clock, report, domain::Catalogue::base(),
                                              HowFar(call, "cli.opening.upgrade", true)));
  store->on_saved([&call](int copies) { call.one_copy = copies < 2; });
  call.terminal.use(store->records().catalogue());
  tell_report(call.terminal, report);
  if (store::lacks_room(home)) call.terminal.note("view.disk_full");
  LX_TRY(const std::int64_t offset, store::clock_offset_now(store->database(), call.clock.now_ms()));
  LX_TRY(const std::int64_t gone_back, store::clock_gone_back(store->database(), call.clock.now_ms()));
  const bool is_off = std::abs(offset) > kClockToleranceMs;
  if (is_off || gone_back > 0) {
    const Span span = span_of(is_off ? offset : gone_back);
    const std::string length = call.terminal.words(span.key(), {{"count", std::to_string(span.count)}});
    call.terminal.note(!is_off      ? "cli.status.clock_gone_back"
                       : offset > 0 ? "cli.status.clock_fast"
                                    : "cli.status.clock_slow",
                       {{"span", length}});
  }
  return store;
}

namespace {

/// What may be written where only a list's codes may; "" = not that, or too many to read.
std::string codes_text(const Terminal& terminal, const domain::Kind& kind, const domain::Problem& problem) {
  constexpr std::size_t kCodesMax = 40;
  const domain::Field* field = problem.code == "code" ? kind.field(problem.field) : nullptr;
  const auto* codes = field == nullptr ? nullptr : domain::code_list(field->target);
  if (codes == nullptr || codes->size() > kCodesMax) return {};
  std::vector<std::string> words;
  for (const domain::Code& code : *codes)
    words.push_back(code.code + " " + domain::code_name(field->target, code.code, terminal.language()));
  return " " + terminal.words("cli.codes", {{"codes", join(words, " | ")}});
}

}  // namespace

int refuse(Call& call, const std::string& kind_name, const std::vector<domain::Problem>& problems,
           std::string_view hint) {
  const domain::Kind* kind = call.terminal.catalogue().kind(kind_name);
  LX_CHECK(kind != nullptr, "problems of an unknown kind");
  Json fields = Json::array();
  std::vector<std::string> sentences;
  const bool any_blocks = std::any_of(problems.begin(), problems.end(),
                                      [](const domain::Problem& problem) { return problem.blocks; });
  for (const domain::Problem& problem : problems) {
    if (any_blocks && !problem.blocks) continue;
    sentences.push_back(domain::problem_sentence(call.terminal.messages(), *kind, problem) +
                        codes_text(call.terminal, *kind, problem));
    fields.push_back({{"field", problem.field}, {"message", sentences.back()}});
  }
  std::string all;
  for (const std::string& sentence : sentences)
    all += (all.empty() ? "" : " ") + sentence;
  if (!hint.empty()) all += " " + call.terminal.words(hint);
  Error error = fail("cli.not_saved", {{"why", all}});
  error.record = call.options.id;
  call.terminal.error(error, Json{{"fields", std::move(fields)}});
  return 1;
}

}  // namespace lianxin::client::cli
