#pragma once
// What was saved all the same and should be looked at.
#include <filesystem>

#include "client/cli/call.hpp"

namespace lianxin::client::cli {

/// [{"field","message"}], each once.
[[nodiscard]] Json warnings_json(const Call& call, const domain::Kind& kind,
                                 const std::vector<domain::Problem>& problems);
/// Of what was saved without being typed here: only that a place is none of one's own.
[[nodiscard]] Json place_warnings(const Call& call, const domain::Kind& kind, const store::Saved& saved);
/// The JSON of whatever saved something: "copies": 1 beside it where the journal did not take it.
[[nodiscard]] Json with_copies(const Call& call, Json answer);
/// Where that was kept what lay under the name of a file that was left (left_file.hpp): in the JSON, and on
/// standard error.
[[nodiscard]] Json with_kept(Json answer, const std::filesystem::path& kept);
void note_kept(Call& call, const std::filesystem::path& kept);
/// What was not done all the same, with that beside it; exit status 1.
[[nodiscard]] int refuse_with_kept(Call& call, const Error& error, const std::filesystem::path& kept);
/// The answer of a save: JSON with its warnings and "copies": 1 where the journal did not take it, or the
/// sentence and a line for each warning.
void say_with_warnings(Call& call, Json answer, const char* key, const std::vector<ErrorArg>& args,
                       const Json& warnings);
/// A line for each.
void say_warnings(Call& call, const Json& warnings);

}  // namespace lianxin::client::cli
