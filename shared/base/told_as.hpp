#pragma once
// A file is written under a passing name, beside that of the person's file, and gets its own when it is
// whole. What hinders it is told about the file that the person asked for.
#include <filesystem>
#include <utility>

#include "shared/base/result.hpp"

namespace lianxin {

/// Where the error names the passing file, or one whose name begins so, it names `asked`.
[[nodiscard]] inline Error told_as(Error error, const std::filesystem::path& passing,
                                   const std::filesystem::path& asked) {
  for (ErrorArg& arg : error.args) {
    if (arg.value.starts_with(passing.string())) arg.value = asked.string();
  }
  return error;
}
[[nodiscard]] inline Status told_as(Status done, const std::filesystem::path& passing,
                                    const std::filesystem::path& asked) {
  return done.ok() ? done : Status(told_as(std::move(done).error(), passing, asked));
}

}  // namespace lianxin
