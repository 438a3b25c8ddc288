#include "tests/demo/step.hpp"

#include <algorithm>

#include "shared/base/file.hpp"

namespace lianxin::demo {
namespace {

Json parse(const std::string& out) {
  Json whole = Json::parse(out, nullptr, false);
  if (!whole.is_discarded()) return whole;
  Json lines = Json::array();
  std::size_t at = 0;
  while (at < out.size()) {
    const std::size_t end = std::min(out.find('\n', at), out.size());
    if (end > at) lines.push_back(Json::parse(out.substr(at, end - at)));
    at = end + 1;
  }
  return lines;
}

}  // namespace

const test::Environment& environment() {
  static const test::Environment kEnvironment = {{"LIANXIN_PASSPHRASE", "lianxin-demo-passphrase"},
                                                 {"LIANXIN_KDF_MIB", "8"}};
  return kEnvironment;
}

Json must(const std::vector<std::string>& argv) {
  const test::Ran ran = test::run(argv, environment());
  if (ran.exit_code != 0) {
    std::string words;
    for (std::size_t i = 1; i < argv.size(); ++i)
      words += argv[i] + " ";
    throw Broken{words + "\n" + ran.out + ran.err};
  }
  return parse(ran.out);
}

test::Background serve(const std::filesystem::path& data, const std::filesystem::path& log) {
  constexpr int kTimeoutMs = 20000;
  constexpr std::size_t kLogBytesMax = 4096;
  test::Background serving({test::program("lianxin-server").string(), "serve", "--data", data.string()},
                           environment(), log);
  if (!serving.first_line(kTimeoutMs).empty()) return serving;
  const auto said = read_file(log, kLogBytesMax);
  throw Broken{"lianxin-server serve\n" + (said.ok() ? *said : Bytes())};
}

}  // namespace lianxin::demo
