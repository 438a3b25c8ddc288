#pragma once
// A step of the demonstration: a real program is run, and it must succeed.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/process.hpp"

namespace lianxin::demo {

using Json = nlohmann::json;

/// Thrown when a step fails; the message is what the program said.
struct Broken {
  std::string what;
};

/// What every program of the demonstration gets: the passphrase, and stores that open fast
/// (client/store/vault.hpp): nobody real is in them.
[[nodiscard]] const test::Environment& environment();
/// Runs and reads what it printed: a value, or an array of its lines. Throws Broken.
Json must(const std::vector<std::string>& argv);
/// The county in `data` is served until the result goes; what its program says stands in `log`. Throws Broken
/// with that where it does not begin, as when its port is another's.
[[nodiscard]] test::Background serve(const std::filesystem::path& data, const std::filesystem::path& log);

}  // namespace lianxin::demo
