#include "client/report/canvas.hpp"

namespace lianxin::client::report {
namespace {

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<Bytes*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Surface pdf_surface(Bytes& out, const std::string& title, const std::string& day) {
  Surface surface(cairo_pdf_surface_create_for_stream(&append, &out, kPageWidth, kPageHeight));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, day.c_str());
  return surface;
}

Status finish(cairo_surface_t* surface) {
  cairo_surface_finish(surface);
  const cairo_status_t status = cairo_surface_status(surface);
  if (status == CAIRO_STATUS_SUCCESS) return {};
  return fail("paper.failed", {{"why", cairo_status_to_string(status)}});
}

}  // namespace lianxin::client::report
