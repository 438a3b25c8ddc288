#pragma once
// From words to exit status. Also what tests call: nothing here ends the process or writes elsewhere than to
// the two streams.
#include <ostream>
#include <string>
#include <vector>

namespace lianxin::client::cli {

/// 0 done, 1 not done (one line says why), 2 the words are wrong. `argv` without the program's name.
[[nodiscard]] int run(const std::vector<std::string>& argv, std::ostream& out, std::ostream& err);

}  // namespace lianxin::client::cli
