// lianxin-demo FOLDER SAMPLES [zh|en]: what ./run shows. SAMPLES = the root of the sources (rosters and the
// division list).
#include <cstdio>
#include <filesystem>

#include "assets/assets.hpp"
#include "tests/demo/story.hpp"

int main(int argc, char** argv) {
  using namespace lianxin;
  if (argc < 3) {
    std::fprintf(stderr, "lianxin-demo FOLDER SAMPLES [zh|en]\n");
    return 2;
  }
  const std::string language = argc > 3 ? argv[3] : "zh";
  auto messages = Messages::parse(assets::texts(language == "zh" ? "zh-CN" : "en"));
  if (!messages.ok()) {
    std::fprintf(stderr, "lianxin-demo: %s\n", messages.error().code.c_str());
    return 1;
  }
  std::error_code ignored;
  std::filesystem::remove_all(argv[1], ignored);
  std::filesystem::create_directories(argv[1]);
  try {
    demo::Story(std::filesystem::absolute(argv[1]), std::filesystem::absolute(argv[2]), std::move(*messages),
                language)
        .tell();
  } catch (const demo::Broken& broken) {
    std::fprintf(stderr, "lianxin-demo: %s\n", broken.what.c_str());
    return 1;
  }
  return 0;
}
