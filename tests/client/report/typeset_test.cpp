// Words on lines of one height, and the PDF they are drawn on.
#include "client/report/typeset.hpp"

#include <doctest/doctest.h>

#include "client/report/canvas.hpp"

namespace lianxin::test {
namespace {

namespace report = client::report;

constexpr report::Face kFace{10, report::Weight::kPlain};

struct Drawing {
  Bytes out;
  report::Surface surface = report::pdf_surface(out, "台账", "2020-01-01");
  report::Cairo cairo{cairo_create(surface.get())};
  report::Typesetter types{cairo.get()};
};

}  // namespace

TEST_CASE("Chinese wraps anywhere, a line has one height whatever letters are on it") {
  Drawing drawing;
  CHECK(drawing.types.lines("", kFace, 50) == 1);
  CHECK(drawing.types.lines("党员", kFace, 50) == 1);
  CHECK(drawing.types.lines("流动党员管理台账", kFace, 41) == 2);
  for (const char* words : {"党员", "abc", "𠮷𡈽㛃"}) {
    int height = 0;
    pango_layout_get_size(drawing.types.set(words, kFace, -1, PANGO_ALIGN_LEFT), nullptr, &height);
    CHECK(static_cast<double>(height) / PANGO_SCALE == doctest::Approx(kFace.line()));
  }
}

TEST_CASE("what was laid out is used again, for the same width, size and weight only") {
  Drawing drawing;
  PangoLayout* first = drawing.types.set("是", kFace, 20, PANGO_ALIGN_LEFT);
  CHECK(drawing.types.set("是", kFace, 20, PANGO_ALIGN_LEFT) == first);
  CHECK(drawing.types.set("是", kFace, 30, PANGO_ALIGN_LEFT) != first);
  CHECK(drawing.types.set("是", {10, report::Weight::kBold}, 20, PANGO_ALIGN_LEFT) != first);
  CHECK(drawing.types.width_of("党员党员", kFace) ==
        doctest::Approx(2 * drawing.types.width_of("党员", kFace)));
}

TEST_CASE("a drawing becomes a PDF when it is finished, and what failed is told") {
  Drawing drawing;
  drawing.types.show(drawing.types.set("党员", kFace, -1, PANGO_ALIGN_LEFT), 20, 20);
  cairo_show_page(drawing.cairo.get());
  CHECK(report::finish(drawing.surface.get()).ok());
  CHECK(drawing.out.starts_with("%PDF-"));
  CHECK(drawing.out.find("%%EOF") != Bytes::npos);
  const report::Surface broken(cairo_pdf_surface_create("no/such/folder/x.pdf", 10, 10));
  const Status status = report::finish(broken.get());
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().code == "paper.failed");
}

}  // namespace lianxin::test
