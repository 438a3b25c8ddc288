// demo: invented records to try the programs with.
#include <chrono>

#include "client/cli/call.hpp"
#include "client/cli/warnings.hpp"
#include "client/cli/words.hpp"
#include "client/county/county.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::cli {
namespace {

constexpr std::size_t kTellEvery = 5000;

Result<county::CountyOptions> options_of(const Call& call) {
  county::CountyOptions options;
  options.seed = call.options.seed;
  options.share = call.options.share;
  if (call.options.as_of.empty()) return options;
  LX_TRY(options.as_of, parse_day(call.options.as_of));
  const Date today = Date::of(call.clock.now_ms());
  if (options.as_of > today) return fail("demo.future", {{"today", today.text()}});
  return options;
}

}  // namespace

Exit demo_county(Call& call) {
  LX_TRY(const county::CountyOptions options, options_of(call));
  LX_TRY(const auto store, open_store(call));
  std::size_t told = 0;
  const auto progress = [&](std::size_t done, std::size_t all) {
    if (done < told + kTellEvery && done < all) return;
    told = done;
    call.terminal.note("cli.county.progress", {{"done", std::to_string(done)}, {"all", std::to_string(all)}});
  };
  const auto begun = std::chrono::steady_clock::now();
  LX_TRY(const county::CountyMade made, county::make_county(store->records(), options, progress));
  const auto taken =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
  if (!made.missing.empty()) call.terminal.note("cli.county.missing", {{"codes", join(made.missing, ", ")}});
  if (call.terminal.json()) {
    LX_TRY(const auto counts, store->records().counts());
    Json records = Json::object();
    for (const auto& [kind, count] : counts)
      records[kind] = count;
    call.terminal.value(with_copies(call, {{"seed", options.seed},
                                           {"as_of", options.as_of.text()},
                                           {"share", options.share},
                                           {"townships", made.townships},
                                           {"villages", made.villages},
                                           {"missing", made.missing},
                                           {"entries", made.entries},
                                           {"ms", taken.count()},
                                           {"records", std::move(records)}}));
    return 0;
  }
  call.terminal.say("cli.county.made", {{"townships", std::to_string(made.townships)},
                                        {"villages", std::to_string(made.villages)},
                                        {"entries", std::to_string(made.entries)},
                                        {"seconds", std::to_string(taken.count() / 1000)}});
  return 0;
}

}  // namespace lianxin::client::cli
