// lianxin-sim: tells seeded stories of a county and says which promise breaks first (README.md).
#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

#include "tests/sim/story.hpp"

namespace {

using namespace lianxin::sim;
using Instant = std::chrono::steady_clock;

struct Asked {
  std::uint64_t seed = 1;
  std::uint64_t seeds = 1;
  double seconds = 0;  ///< 0 = count seeds only
  bool from_day = false;
  bool trace = false;
  bool list = false;
  std::vector<std::uint64_t> skipped;
  StoryOptions how;
};

/// Flags that tell other stories.
std::string flags_of(const StoryOptions& how) {
  return std::string(how.sticks ? " --sticks" : "") + (how.handovers ? " --handovers" : "") +
         (how.merges ? " --merges" : "") + (how.peers ? " --peers" : "") + (how.purges ? " --purges" : "") +
         (how.pairs ? " --pairs" : "") + (how.roles ? " --roles" : "") + (how.twins ? " --twins" : "") +
         (how.own_fields ? " --own-fields" : "") + (how.pictures ? " --pictures" : "") +
         (how.replacements ? " --replacements" : "");
}

double since(Instant::time_point began) {
  return std::chrono::duration<double>(Instant::now() - began).count();
}

/// Other stories every day, the same ones all day long.
std::uint64_t first_of_day() {
  constexpr std::uint64_t kSecondsOfDay = 24 * 3600;
  constexpr std::uint64_t kSeedsOfDay = 1000000;
  return static_cast<std::uint64_t>(std::time(nullptr)) / kSecondsOfDay * kSeedsOfDay;
}

void print_story(const Told& told, std::size_t lines) {
  const std::size_t from = told.story.size() > lines ? told.story.size() - lines : 0;
  for (std::size_t i = from; i < told.story.size(); ++i)
    std::printf("  %s\n", told.story[i].c_str());
}

int run(const Asked& asked) {
  constexpr std::size_t kShort = 25;
  const Groundwork ground;
  const std::uint64_t first = asked.from_day ? first_of_day() : asked.seed;
  const auto began = Instant::now();
  double days = 0;
  std::uint64_t told_count = 0;
  std::size_t commits = 0;
  while (told_count < asked.seeds || (asked.seconds > 0 && since(began) < asked.seconds)) {
    const std::uint64_t seed = first + told_count;
    if (std::find(asked.skipped.begin(), asked.skipped.end(), seed) != asked.skipped.end()) {
      ++told_count;
      continue;
    }
    StoryOptions how = asked.how;
    how.seed = seed;
    const Told told = tell_story(ground, how);
    ++told_count;
    days += told.device_days;
    commits += told.commits;
    if (asked.trace) print_story(told, told.story.size());
    if (asked.list) {
      std::printf("%llu %s\n", static_cast<unsigned long long>(seed),
                  told.broken.empty() ? "held" : told.broken.c_str());
      std::fflush(stdout);
    }
    if (told.broken.empty() || asked.list) continue;
    if (!asked.trace) print_story(told, kShort);
    std::printf("seed %llu, story %llu of this run: %s\n", static_cast<unsigned long long>(seed),
                static_cast<unsigned long long>(told_count), told.broken.c_str());
    std::printf("all of it again: lianxin-sim --seed %llu --trace%s\n", static_cast<unsigned long long>(seed),
                flags_of(asked.how).c_str());
    return 1;
  }
  const double minutes = since(began) / 60;
  std::printf("seeds %llu ... %llu held: %.0f seeds a minute, %zu changes, %.1f device-years\n",
              static_cast<unsigned long long>(first), static_cast<unsigned long long>(first + told_count - 1),
              static_cast<double>(told_count) / minutes, commits, days / 365);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Asked asked;
  CLI::App app("Seeded stories of a county: laptops, lines, crashes, clocks", "lianxin-sim");
  app.add_option("--seed", asked.seed, "first seed");
  app.add_option("--seeds", asked.seeds, "how many");
  app.add_option("--seconds", asked.seconds, "go on for so long, at least --seeds");
  app.add_flag("--from-day", asked.from_day, "seeds of the day instead of --seed");
  app.add_flag("--trace", asked.trace, "tell the whole story");
  app.add_flag("--list", asked.list, "say of every seed what came of it, and go on");
  app.add_option("--skip", asked.skipped, "seeds not to tell")->delimiter(',');
  app.add_flag("--honest-clocks", asked.how.honest_clocks, "the same story with every clock right");
  app.add_flag("--sticks", asked.how.sticks,
               "other stories: files are carried too, in any order, lost, twice, late");
  app.add_flag("--merges", asked.how.merges, "other stories: villages are merged and renumbered too");
  app.add_flag("--peers", asked.how.peers, "other stories: laptops hand files to each other too");
  app.add_flag("--pairs", asked.how.pairs,
               "other stories: files of hardship, and workers paired with members");
  app.add_flag("--roles", asked.how.roles,
               "other stories: workers in the field are secretaries of other villages too");
  app.add_flag("--twins", asked.how.twins, "other stories: members are said to be one person too");
  app.add_flag("--own-fields", asked.how.own_fields, "other stories: the county gives out own fields too");
  app.add_flag("--pictures", asked.how.pictures, "other stories: pictures are taken too");
  app.add_flag("--replacements", asked.how.replacements,
               "other stories: workers take the place of others too");
  app.add_flag("--purges", asked.how.purges, "other stories: the county purges fields and records too");
  app.add_flag("--handovers", asked.how.handovers, "other stories: the office hands members over too");
  CLI11_PARSE(app, argc, argv);
  return run(asked);
}
