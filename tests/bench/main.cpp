// lianxin-bench store FOLDER [--rows N] [--json]
// lianxin-bench window FOLDER [--rows N] [--json]
// lianxin-bench forms FOLDER [--json]
// lianxin-bench sync FOLDER --work w1|w2t|w3|w4|first [--share S] [--at-once N] [--json]
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include "shared/base/log.hpp"
#include "tests/bench/county.hpp"
#include "tests/bench/forms_bench.hpp"
#include "tests/bench/store_bench.hpp"
#include "tests/bench/sync_bench.hpp"
#include "tests/bench/window_bench.hpp"
#include "tests/bench/workload.hpp"

namespace lianxin::bench {
namespace {

struct Asked {
  std::string_view what;
  std::filesystem::path folder;
  std::size_t rows = kMemberCount;
  SyncWanted sync;
  bool json = false;
};

bool read(int argc, char** argv, Asked& asked) {
  if (argc < 3) return false;
  asked.what = argv[1];
  asked.folder = argv[2];
  for (int i = 3; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--json") {
      asked.json = true;
      continue;
    }
    if (i + 1 == argc) return false;
    if (word == "--rows") {
      asked.rows = std::strtoull(argv[++i], nullptr, 10);
    } else if (word == "--work") {
      asked.sync.work = argv[++i];
    } else if (word == "--share") {
      asked.sync.share = std::strtod(argv[++i], nullptr);
    } else if (word == "--at-once") {
      asked.sync.at_once = std::strtoull(argv[++i], nullptr, 10);
    } else {
      return false;
    }
  }
  const bool is_work = asked.sync.work == "w1" || asked.sync.work == "w2t" || asked.sync.work == "w3" ||
                       asked.sync.work == "w4" || asked.sync.work == "first";
  if (asked.what == "sync") {
    constexpr std::size_t kAtOnceMax = 64;
    return is_work && asked.sync.share > 0 && asked.sync.share <= 1 && asked.sync.at_once > 0 &&
           asked.sync.at_once <= kAtOnceMax;
  }
  const bool has_rows = asked.what == "store" || asked.what == "window";
  return asked.what == "forms" || asked.what == "serve" || asked.what == "serve_real" ||
         (has_rows && asked.rows > 0 && asked.rows <= kMemberCount);
}

int run(const Asked& asked) {
  set_log_target("off");
  if (asked.what == "serve" || asked.what == "serve_real")
    return serve_county(asked.folder, asked.what == "serve_real");
  const Report report = [&](const std::string& name, double value, const std::string& unit) {
    std::printf(asked.json ? "{\"figure\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n" : "%-18s %12.3f %s\n",
                name.c_str(), value, unit.c_str());
    std::fflush(stdout);
  };
  std::filesystem::create_directories(asked.folder);
  if (asked.what == "store") {
    measure_store(asked.folder, asked.rows, report);
  } else if (asked.what == "forms") {
    measure_forms(asked.folder, report);
  } else if (asked.what == "window") {
    measure_window(asked.folder, asked.rows, report);
  } else {
    measure_sync(asked.folder, asked.sync, report);
  }
  return 0;
}

}  // namespace
}  // namespace lianxin::bench

int main(int argc, char** argv) {
  lianxin::bench::Asked asked;
  if (!lianxin::bench::read(argc, argv, asked)) {
    std::fprintf(
        stderr,
        "lianxin-bench store|window FOLDER [--rows 1..100000] [--json]\n"
        "lianxin-bench forms FOLDER [--json]\n"
        "lianxin-bench sync FOLDER --work w1|w2t|w3|w4|first [--share 0..1] [--at-once 1..64] [--json]\n");
    return 2;
  }
  try {
    return lianxin::bench::run(asked);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lianxin-bench: %s\n", error.what());
    return 1;
  }
}
