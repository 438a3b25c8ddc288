#include "client/ui/fonts.hpp"

#include <cmath>
#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace lianxin::client::ui {
namespace {

/// The library sizes a font by its line height; characters of all fonts shall have one em.
constexpr float kNotoLinesPerEm = 1.448F;

struct RareFont {
  std::string_view file;
  float lines_per_em;
};
constexpr RareFont kRare[] = {{"HanaMinB.ttf", 1.056F}, {"BabelStoneHan.ttf", 1.234F}};

/// Number of the SC face inside NotoSansCJK-*.ttc (JP, KR, SC, TC, HK).
constexpr int kSimplifiedFace = 2;

float em_pixels(TextStyle style) {
  switch (style) {
    case TextStyle::kSmall:
      return 14;
    case TextStyle::kHeading:
      return 18;
    case TextStyle::kValue:
    case TextStyle::kValueStrong:
      return 25;
    case TextStyle::kNormal:
    case TextStyle::kStrong:
      break;
  }
  return 16;
}

struct Mapping {
  void* data = nullptr;
  int bytes = 0;
};

/// Mapped for ever: 200 MB of fonts cost only the pages that are looked at.
Result<Mapping> map_file(const std::filesystem::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat about = {};
  if (file < 0 || fstat(file, &about) != 0 || about.st_size <= 0 || about.st_size > 1 << 30) {
    if (file >= 0) close(file);
    return fail("ui.font_unreadable", {{"file", path.filename().string()}});
  }
  void* data = mmap(nullptr, static_cast<std::size_t>(about.st_size), PROT_READ, MAP_PRIVATE, file, 0);
  close(file);
  if (data == MAP_FAILED) return fail("ui.font_unreadable", {{"file", path.filename().string()}});
  return Mapping{data, static_cast<int>(about.st_size)};
}

float lines_per_em(const std::filesystem::path& path) {
  for (const RareFont& rare : kRare) {
    if (path.filename() == rare.file) return rare.lines_per_em;
  }
  return kNotoLinesPerEm;
}

Result<ImFont*> add_font(const std::filesystem::path& path, bool merge) {
  LX_TRY(const Mapping mapping, map_file(path));
  ImFontConfig config;
  config.MergeMode = merge;
  config.FontNo = path.extension() == ".ttc" ? kSimplifiedFace : 0;
  config.OversampleH = 1;
  config.OversampleV = 1;
  config.PixelSnapH = true;
  // "Owned" would free the mapping, "not owned" makes the library copy the file: give it, then take it back.
  config.FontDataOwnedByAtlas = true;
  const float size = 16.0F * lines_per_em(path);
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
#if IMGUI_VERSION_NUM >= 19200
  ImFont* font = atlas->AddFontFromMemoryTTF(mapping.data, mapping.bytes, size, &config);
  if (font != nullptr) atlas->Sources.back().FontDataOwnedByAtlas = false;
#else
  ImFont* font = atlas->AddFontFromMemoryTTF(mapping.data, mapping.bytes, size, &config,
                                             atlas->GetGlyphRangesChineseFull());
  if (font != nullptr) atlas->ConfigData.back().FontDataOwnedByAtlas = false;
#endif
  if (font == nullptr) return fail("ui.font_unreadable", {{"file", path.filename().string()}});
  return font;
}

Result<ImFont*> add_family(const std::filesystem::path& base,
                           const std::vector<std::filesystem::path>& rare) {
  LX_TRY(ImFont * font, add_font(base, false));
  for (const std::filesystem::path& path : rare) {
    if (const Result<ImFont*> merged = add_font(path, true); !merged.ok()) return merged.error();
  }
  return font;
}

}  // namespace

FontFiles find_fonts(const std::vector<std::filesystem::path>& folders) {
  FontFiles found;
  std::filesystem::path rare[std::size(kRare)];
  const auto options = std::filesystem::directory_options::skip_permission_denied;
  for (const std::filesystem::path& folder : folders) {
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator it(folder, options, error), end; !error && it != end;
         it.increment(error)) {
      const std::string name = it->path().filename().string();
      const bool noto = name == "NotoSansCJK-Regular.ttc" || name == "NotoSansCJKsc-Regular.otf" ||
                        name == "NotoSansSC-Regular.otf";
      if (noto && found.regular.empty()) found.regular = it->path();
      const bool noto_bold =
          name == "NotoSansCJK-Bold.ttc" || name == "NotoSansCJKsc-Bold.otf" || name == "NotoSansSC-Bold.otf";
      if (noto_bold && found.bold.empty()) found.bold = it->path();
      for (std::size_t i = 0; i < std::size(kRare); ++i) {
        if (name == kRare[i].file && rare[i].empty()) rare[i] = it->path();
      }
    }
  }
  for (std::filesystem::path& path : rare) {
    if (!path.empty()) found.rare.push_back(path);
  }
  return found;
}

std::vector<std::filesystem::path> font_folders() {
  std::vector<std::filesystem::path> folders;
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
    folders.emplace_back(std::filesystem::path(home) / ".local/share/fonts");
    folders.emplace_back(std::filesystem::path(home) / ".fonts");
  }
  folders.emplace_back("/usr/local/share/fonts");
  folders.emplace_back("/usr/share/fonts");
  return folders;
}

Result<Fonts> Fonts::load(const FontFiles& files) {
  if (files.regular.empty()) return fail("ui.fonts_missing");
  Fonts fonts;
  LX_TRY(fonts.regular_, add_family(files.regular, files.rare));
  fonts.bold_ = fonts.regular_;
  if (!files.bold.empty()) {
    LX_TRY(fonts.bold_, add_family(files.bold, files.rare));
  }
  ImGui::GetIO().FontDefault = fonts.regular_;
  return fonts;
}

void Fonts::push(TextStyle style, const Theme& theme) const {
  const bool bold =
      style == TextStyle::kStrong || style == TextStyle::kHeading || style == TextStyle::kValueStrong;
  ImFont* font = bold ? bold_ : regular_;
#if IMGUI_VERSION_NUM >= 19200
  ImGui::PushFont(font, std::round(em_pixels(style) * theme.scale) * kNotoLinesPerEm);
#else
  font->Scale = std::round(em_pixels(style) * theme.scale) / 16.0F;
  ImGui::PushFont(font);
#endif
}

void Fonts::pop() { ImGui::PopFont(); }

}  // namespace lianxin::client::ui
