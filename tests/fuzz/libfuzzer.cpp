// Entry for libFuzzer (preset "fuzz"): LX_FUZZ_TARGET names the target. tests/fuzz/run drives it.
#include <cstdio>
#include <cstdlib>

#include "shared/base/log.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

const lianxin::test::fuzz::Target* chosen = nullptr;

}  // namespace

// The names are libFuzzer's.
// NOLINTBEGIN(readability-identifier-naming)
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  const char* name = std::getenv("LX_FUZZ_TARGET");
  chosen = name == nullptr ? nullptr : lianxin::test::fuzz::find_target(name);
  if (chosen == nullptr) {
    std::fputs("LX_FUZZ_TARGET names no target of tests/fuzz/targets.cpp\n", stderr);
    std::exit(2);
  }
  lianxin::set_log_target("off");
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return chosen->run({reinterpret_cast<const char*>(data), size});
}
// NOLINTEND(readability-identifier-naming)
