#pragma once
// A page of the office for printing, as a value, and its PDF.
#include <string>
#include <vector>

#include "shared/base/bytes.hpp"
#include "shared/base/clock.hpp"
#include "shared/base/result.hpp"

namespace lianxin::client::report {

struct PaperColumn {
  std::string heading;
  double share = 1;  ///< of the width of the page
};

struct Paper {
  std::string title;
  std::vector<std::string> facts;  ///< lines below the title
  std::string verdict;             ///< one sentence in a frame; "" = none
  std::vector<PaperColumn> columns;
  std::vector<std::vector<std::string>> rows;  ///< a cell for each column
  std::vector<std::string> notes;              ///< lines below the table
  std::vector<std::string> signatures;         ///< who signs: a line to write on after each
  std::string footer;                          ///< at the left foot of every page
  std::string page;    ///< at the right foot: "第 {page} 页 共 {pages} 页"; "" = "1 / 2"
  WallMs made_ms = 0;  ///< the date in the file
};

/// A4 upright, as many pages as it takes, at most 200. Any thread. Errors "paper.too_long" {pages_max},
/// "paper.failed" {why}.
[[nodiscard]] Result<Bytes> paper_pdf(const Paper& paper);

}  // namespace lianxin::client::report
