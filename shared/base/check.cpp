#include "shared/base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace lianxin {

void check_failed(const char* condition, const char* why, const char* file, int line) {
  std::fprintf(stderr, "lianxin: bug: %s (%s) at %s:%d\n", why, condition, file, line);
  std::abort();
}

}  // namespace lianxin
