// lianxin-bench store FOLDER [--rows N] [--json]
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

#include "tests/bench/store_bench.hpp"
#include "tests/bench/workload.hpp"

int main(int argc, char** argv) {
  using namespace lianxin::bench;
  std::size_t rows = kMemberCount;
  bool json = false;
  bool understood = argc >= 3 && std::string_view(argv[1]) == "store";
  for (int i = 3; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--json") {
      json = true;
    } else if (word == "--rows" && i + 1 < argc) {
      rows = std::strtoull(argv[++i], nullptr, 10);
    } else {
      understood = false;
    }
  }
  if (!understood || rows == 0 || rows > kMemberCount) {
    std::fprintf(stderr, "lianxin-bench store FOLDER [--rows 1..100000] [--json]\n");
    return 2;
  }
  try {
    std::filesystem::create_directories(argv[2]);
    measure_store(argv[2], rows, [&](const std::string& name, double value, const std::string& unit) {
      std::printf(json ? "{\"figure\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n" : "%-16s %12.2f %s\n",
                  name.c_str(), value, unit.c_str());
      std::fflush(stdout);
    });
  } catch (const std::exception& error) {
    std::fprintf(stderr, "lianxin-bench: %s\n", error.what());
    return 1;
  }
  return 0;
}
