#pragma once
// What was saved all the same and should be looked at.
#include "client/cli/call.hpp"

namespace lianxin::client::cli {

/// [{"field","message"}], each once.
[[nodiscard]] Json warnings_json(const Call& call, const domain::Kind& kind,
                                 const std::vector<domain::Problem>& problems);
/// The JSON of whatever saved something: "copies": 1 beside it where the journal did not take it.
[[nodiscard]] Json with_copies(const Call& call, Json answer);
/// The answer of a save: JSON with its warnings and "copies": 1 where the journal did not take it, or the
/// sentence and a line for each warning.
void say_with_warnings(Call& call, Json answer, const char* key, const std::vector<ErrorArg>& args,
                       const Json& warnings);

}  // namespace lianxin::client::cli
