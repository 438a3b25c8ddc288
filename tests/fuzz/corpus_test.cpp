// The corpus of every fuzz target, and small changes of it, in every ./test. LX_FUZZ_CHANGES sets how many
// changed inputs each target gets (default 200), LX_SEED where they begin.
#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "shared/base/file.hpp"
#include "shared/base/log.hpp"
#include "tests/fuzz/fuzz.hpp"

using namespace lianxin;
using namespace lianxin::test::fuzz;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kSeedBytesMax = 1024 * 1024;

std::vector<Bytes> corpus_of(const Target& target) {
  const char* source = std::getenv("LX_SOURCE_DIR");
  const fs::path folder =
      fs::path(source == nullptr ? "." : source) / "tests/fuzz/corpus" / std::string(target.name);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<Bytes> corpus;
  for (const fs::path& file : files) {
    auto bytes = read_file(file, kSeedBytesMax);
    REQUIRE(bytes.ok());
    corpus.push_back(std::move(*bytes));
  }
  return corpus;
}

void change(Bytes& bytes, std::mt19937& random) {
  for (std::size_t times = 1 + random() % 6; times > 0 && !bytes.empty(); --times) {
    const std::size_t at = random() % bytes.size();
    switch (random() % 5) {
      case 0:
        bytes[at] = static_cast<char>(random());
        break;
      case 1:
        bytes.erase(at, 1 + random() % 16);
        break;
      case 2:
        bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 64));
        break;
      case 3:
        bytes.resize(at);
        break;
      default:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
    }
  }
}

std::uint64_t number_of(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace

TEST_CASE("every decoder bears its whole corpus and small changes of it") {
  set_log_target("off");
  const auto seed = static_cast<std::mt19937::result_type>(number_of("LX_SEED", std::random_device{}()));
  MESSAGE("LX_SEED=", seed);
  for (const Target& target : targets()) {
    CAPTURE(target.name);
    const std::vector<Bytes> corpus = corpus_of(target);
    REQUIRE_FALSE(corpus.empty());
    for (const Bytes& bytes : corpus)
      CHECK(target.run(bytes) <= 0);
    std::mt19937 random(seed);
    for (std::uint64_t i = number_of("LX_FUZZ_CHANGES", 200); i > 0; --i) {
      Bytes bytes = corpus[random() % corpus.size()];
      change(bytes, random);
      CHECK(target.run(bytes) <= 0);
    }
  }
}
