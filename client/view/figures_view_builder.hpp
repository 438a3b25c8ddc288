#pragma once
// Builds the page of figures.
#include "client/figures/ledger.hpp"
#include "client/view/figures_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

/// What the page is asked for; the defaults are what it opens with.
struct FiguresAsked {
  Id unit;             ///< nil = the unit this laptop serves
  std::string period;  ///< "month", "last_month", "quarter", "last_quarter", "year"; "" = year
  int row = 0;         ///< whose ledger is open; 0 = none
  std::string part;    ///< "" = of the number itself; a part that is not there is the same
};

/// Unit and period of a page, and the same for the ledger. Errors "figures.no_unit", "figures.scope" {id}.
struct Question {
  QuestionView view;
  figures::Asked asked;
};
[[nodiscard]] Result<Question> build_question(const ViewSources& sources, const Id& unit,
                                              const std::string& period);

[[nodiscard]] Result<FiguresView> build_figures(const ViewSources& sources, const FiguresAsked& asked);

}  // namespace lianxin::client::view
