#pragma once
// How a form falls onto pages: measured before anything is drawn.
#include <vector>

#include "client/report/sheet.hpp"
#include "client/report/typeset.hpp"

namespace lianxin::client::report {

/// Points from the upper left corner.
struct Frame {
  double width = kPageWidth;
  double height = kPageHeight;
  double margin = 34;
  [[nodiscard]] double inner() const { return width - 2 * margin; }
};

/// A row, or the part of it that stands on one page.
struct Strip {
  std::size_t row = 0;
  int first_line = 0;
  double height = 0;
};
struct PlannedPage {
  std::vector<Strip> card;    ///< lines of labels and values
  double table = 0;           ///< where the headings begin; they stand where rows do
  std::vector<Strip> strips;  ///< rows
  bool has_notes = false;
};

struct SheetPlan {
  Frame frame;
  Face face;                     ///< of cells
  std::vector<double> edges;     ///< of the columns: one more than there are
  std::vector<double> headings;  ///< heights of the heading rows
  std::vector<int> lines;        ///< the most that a cell of a row takes
  std::vector<int> card_lines;   ///< and of a line of the card
  int signatures_in_line = 1;
  double notes = 0;   ///< height
  double top = 0;     ///< of the table where no card is above it
  double body = 0;    ///< of its rows
  double bottom = 0;  ///< end of what rows and notes may fill
  std::vector<PlannedPage> pages;
};

inline constexpr double kCellPad = 2;
inline constexpr double kRowPad = 2.5;
inline constexpr double kCardPad = 6;
inline constexpr Face kTitleFace{15, Weight::kBold};
inline constexpr Face kLineFace{9, Weight::kPlain};
inline constexpr Face kFootFace{8, Weight::kPlain};
inline constexpr double kSignatureHeight = 26;
inline constexpr double kFootHeight = 16;

/// Of a cell: a number is never broken, a date or a telephone not where a smaller letter keeps it whole.
[[nodiscard]] Face face_of_cell(Typesetter& types, const std::string& words, const Face& face, double width,
                                bool is_number);
[[nodiscard]] SheetPlan plan_sheet(Typesetter& types, const Sheet& sheet);

}  // namespace lianxin::client::report
