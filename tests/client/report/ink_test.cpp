// What is printed is looked at as a picture: a PDF may hold a character and yet show nothing.
#include "client/report/ink.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <string>

#include "shared/base/text.hpp"
#include "tests/support/process.hpp"

namespace lianxin::test {
namespace {

namespace report = client::report;

constexpr int kCell = 20;  // points, and pixels of the picture
constexpr int kAcross = 25;
constexpr int kDown = 40;

/// Each character in a cell of its own, page after page.
Bytes page_of(const std::u32string& characters, const char* font) {
  Bytes out;
  const report::Surface surface = report::pdf_surface(out, "字", "2020-01-01");
  cairo_pdf_surface_set_size(surface.get(), kAcross * kCell, kDown * kCell);
  const report::Cairo cairo(cairo_create(surface.get()));
  const report::Font face(pango_font_description_from_string(font));
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const std::size_t cell = i % (kAcross * kDown);
    if (i > 0 && cell == 0) cairo_show_page(cairo.get());
    const report::Layout layout(pango_cairo_create_layout(cairo.get()));
    pango_layout_set_font_description(layout.get(), face.get());
    const std::string text = to_utf8(characters.substr(i, 1));
    pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
    report::show_words(cairo.get(), layout.get(), static_cast<double>(cell % kAcross * kCell),
                       static_cast<double>(cell / kAcross * kCell));
  }
  REQUIRE(report::finish(surface.get()).ok());
  return out;
}

/// The characters that left no ink in their cells.
std::u32string lost(const std::u32string& characters, const char* font) {
  const TempFolder folder;
  const std::filesystem::path file = folder.path() / "page.pdf";
  std::ofstream(file, std::ios::binary) << page_of(characters, font);
  const std::string pages = run({"/usr/bin/env", "pdftoppm", "-r", "72", "-gray", file.string()}).out;
  const std::string head =
      "P5\n" + std::to_string(kAcross * kCell) + " " + std::to_string(kDown * kCell) + "\n255\n";
  constexpr std::size_t kPicture = static_cast<std::size_t>(kAcross) * kCell * kDown * kCell;
  const std::size_t count = (characters.size() - 1) / (kAcross * kDown) + 1;
  REQUIRE(pages.size() == count * (head.size() + kPicture));
  std::u32string lost;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const std::size_t cell = i % (kAcross * kDown);
    const std::size_t page = i / (kAcross * kDown) * (head.size() + kPicture) + head.size();
    bool inked = false;
    for (std::size_t y = 0; y < kCell; ++y) {
      const std::size_t row =
          page + (cell / kAcross * kCell + y) * (kAcross * kCell) + cell % kAcross * kCell;
      for (std::size_t x = 0; x < kCell; ++x)
        inked = inked || static_cast<unsigned char>(pages[row + x]) < 160;
    }
    if (!inked) lost += characters[i];
  }
  return lost;
}

std::u32string between(char32_t first, char32_t last) {
  std::u32string all;
  for (char32_t c = first; c <= last; ++c)
    all += c;
  return all;
}

}  // namespace

TEST_CASE("a character prints although it alone calls its subroutines") {
  for (const char* font : {"Noto Sans CJK SC 12", "Noto Sans CJK SC Bold 12"}) {
    CHECK(to_utf8(lost(U"如", font)) == "");
    CHECK(to_utf8(lost(U"如下", font)) == "");
  }
}

TEST_CASE("every everyday Chinese character prints, in both weights") {
  const std::u32string everyday = between(0x4E00, 0x9FA5);
  for (const char* font : {"Noto Sans CJK SC 12", "Noto Sans CJK SC Bold 12"})
    CHECK(to_utf8(lost(everyday, font)) == "");
}

TEST_CASE("signs, letters, digits and rare characters of names print, whatever font has them") {
  CHECK(to_utf8(lost(U"！，。：；？“”（）《》、·—…●◆▲①⑩ABCxyz0123456789%*-/"
                     U"㛃㐂𠮷𡈽𬭎",
                     "Noto Sans CJK SC 12")) == "");
}

TEST_CASE("a character that no font has is a box, and what stands around it prints") {
  CHECK(to_utf8(lost(U"王\U000E0FFF\U0010FFFD如", "Noto Sans CJK SC 12")).find("如") == std::string::npos);
}

}  // namespace lianxin::test
