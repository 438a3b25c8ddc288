#pragma once
// Builds the page of figures.
#include <map>

#include "client/figures/figures.hpp"
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

/// A record of a ledger in words: when, whose, what, where; "view.figures.not_here" where it is not on this
/// laptop.
[[nodiscard]] Result<LedgerRowView> ledger_row(const ViewSources& sources, const figures::Counted& counted);

/// The last answer: it stands while nothing is written and nothing else is asked.
struct FiguresKept {
  std::uint64_t revision = 0;  ///< of the store; 0 = nothing was counted yet
  std::string language;
  figures::Asked asked;
  std::vector<FigureRowView> rows;
  std::vector<std::string> failed;  ///< checks, a sentence each
  std::string handed_over;          ///< work that went along with people; "" = none
  /// Records behind a figure and behind its parts, as many as the page shows; `totals`: how many there are,
  /// of the figure and then of each part.
  struct Lists {
    figures::Figure figure;
    std::vector<std::size_t> totals;
  };
  std::map<int, Lists> lists;  ///< by row
};

/// `kept` is looked at, and is what was counted.
[[nodiscard]] Result<FiguresView> build_figures(const ViewSources& sources, const FiguresAsked& asked,
                                                FiguresKept& kept);

}  // namespace lianxin::client::view
