#pragma once
// Words set on lines of one height. What stands in many cells is laid out once.
#include <string>
#include <unordered_map>

#include "client/report/canvas.hpp"

namespace lianxin::client::report {

enum class Weight { kPlain, kBold };

struct Face {
  double size = 9;  ///< points
  Weight weight = Weight::kPlain;

  [[nodiscard]] double line() const { return size * 1.3; }
};

/// One for each drawing; the layouts it hands out live until `tidy_up`.
class Typesetter {
 public:
  explicit Typesetter(cairo_t* cairo) : cairo_(cairo) {}

  [[nodiscard]] PangoLayout* set(const std::string& words, const Face& face, double width,
                                 PangoAlignment align);
  /// Lines that words take in a width.
  [[nodiscard]] int lines(const std::string& words, const Face& face, double width);
  /// Width of words on one line.
  [[nodiscard]] double width_of(const std::string& words, const Face& face);
  void show(PangoLayout* layout, double x, double y);
  /// Forgets what was laid out when it has become much.
  void tidy_up();

 private:
  cairo_t* cairo_;
  std::unordered_map<std::string, Layout> layouts_;
};

}  // namespace lianxin::client::report
