#pragma once
// Builds the page of forms. Store thread.
#include <cstdint>
#include <string>

#include "client/app/form_making.hpp"
#include "client/view/forms_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::app {

/// What the page is asked for; the defaults are what it opens with.
struct FormsAsked {
  Id unit;             ///< nil = the unit this laptop serves
  std::string period;  ///< as FiguresAsked
  Id compared;         ///< snapshot whose numbers are explained; nil = none
};

/// An open comparison counts everything again, about a second: it stands until something is written.
struct ComparisonKept {
  std::uint64_t revision = 0;  ///< of the store
  std::string language;
  view::ComparisonView view;
};

/// What does not agree in the numbers of the page's unit and period: counted anew when something is written
/// or something else is asked.
struct ChecksKept {
  std::uint64_t revision = 0;  ///< of the store; 0 = nothing was counted yet
  std::string language;
  figures::Asked asked;
  std::vector<std::string> failed;
};

/// Both `kept` are looked at, and are what was made.
[[nodiscard]] Result<view::FormsView> build_forms(const view::ViewSources& sources, const FormsAsked& asked,
                                                  ComparisonKept& kept, ChecksKept& checks);

/// The question of a form for the page's unit and period; a form of a month or a quarter is of the one in
/// which the period ends. Errors of view::build_question.
[[nodiscard]] Result<figures::Asked> question_of(const view::ViewSources& sources, const FormsAsked& asked,
                                                 const std::string& form);

}  // namespace lianxin::client::app
