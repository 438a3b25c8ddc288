#include "client/cli/warnings.hpp"

#include <algorithm>

#include "shared/domain/check.hpp"

namespace lianxin::client::cli {

Json warnings_json(const Call& call, const domain::Kind& kind, const std::vector<domain::Problem>& problems) {
  Json out = Json::array();
  for (const domain::Problem& problem : problems) {
    Json one = {{"field", problem.field},
                {"message", domain::problem_sentence(call.terminal.messages(), kind, problem)}};
    if (std::find(out.begin(), out.end(), one) == out.end()) out.push_back(std::move(one));
  }
  return out;
}

Json place_warnings(const Call& call, const domain::Kind& kind, const store::Saved& saved) {
  std::vector<domain::Problem> places;
  for (const domain::Problem& problem : saved.problems) {
    if (problem.code.starts_with("place_")) places.push_back(problem);
  }
  return warnings_json(call, kind, places);
}

Json with_copies(const Call& call, Json answer) {
  if (call.one_copy) answer["copies"] = 1;
  return answer;
}

Json with_kept(Json answer, const std::filesystem::path& kept) {
  if (!kept.empty()) answer["kept"] = kept.string();
  return answer;
}

void note_kept(Call& call, const std::filesystem::path& kept) {
  if (!kept.empty()) call.terminal.note("report.kept_beside", {{"file", kept.string()}});
}

int refuse_with_kept(Call& call, const Error& error, const std::filesystem::path& kept) {
  call.terminal.error(error, with_kept(Json::object(), kept));
  note_kept(call, kept);
  return 1;
}

void say_with_warnings(Call& call, Json answer, const char* key, const std::vector<ErrorArg>& args,
                       const Json& warnings) {
  if (call.terminal.json()) {
    if (!warnings.empty()) answer["warnings"] = warnings;
    call.terminal.value(with_copies(call, std::move(answer)));
    return;
  }
  call.terminal.say(key, args);
  say_warnings(call, warnings);
}

void say_warnings(Call& call, const Json& warnings) {
  for (const Json& warning : warnings)
    call.terminal.say("cli.please_check", {{"what", warning.at("message").get<std::string>()}});
}

}  // namespace lianxin::client::cli
