#pragma once
// A broken assumption is a bug: say where, stop; the database's journal keeps the data. On in every build.
namespace lianxin {
[[noreturn]] void check_failed(const char* condition, const char* why, const char* file, int line);
}

#define LX_CHECK(condition, why)                                    \
  do {                                                              \
    if (!(condition)) {                                             \
      ::lianxin::check_failed(#condition, why, __FILE__, __LINE__); \
    }                                                               \
  } while (false)
