// The corpus of every fuzz target, and small changes of it, in every ./test. LX_FUZZ_CHANGES sets how many
// changed inputs each target gets (default 200), LX_SEED where they begin.
#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "client/import/xlsx_package.hpp"
#include "shared/base/file.hpp"
#include "shared/base/log.hpp"
#include "sync/wire/serialize.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/package.hpp"

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

TEST_CASE("what the targets wrap their bytes in is an honest message and an honest package") {
  sync::wire::WireError error;
  error.code = "wire.malformed";
  const Bytes plain = codec::encode(error);
  const auto unpacked =
      sync::wire::unpack<sync::wire::WireError>(message_of(sync::wire::MessageKind::kError, plain));
  REQUIRE(unpacked.ok());
  CHECK(codec::encode(*unpacked) == plain);

  struct Words : client::import::XmlListener {
    std::string all;
    void on_start(std::string_view, const client::import::XmlAttributes&) override {}
    void on_end(std::string_view) override {}
    void on_text(std::string_view text) override { all += text; }
  } words;
  auto package =
      client::import::XlsxPackage::open(package_of({{"a/1.xml", "<a>one</a>"}, {"b.xml", "<b>two</b>"}}), {});
  REQUIRE(package.ok());
  CHECK(package->read("a/1.xml", words).ok());
  CHECK(package->read("b.xml", words).ok());
  CHECK(words.all == "onetwo");
}

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
