#pragma once
// What a save of a form says: why it kept nothing, and what should be looked at in what it kept.
#include <string>
#include <vector>

#include "client/app/form_edits.hpp"

namespace lianxin::client::app {

/// What a save that kept nothing says, at the fields of the form.
[[nodiscard]] view::Problems problems_of(const view::Wording& wording, const domain::Catalogue& catalogue,
                                         const FormEdits& edits, const store::Saved& saved);
/// Warnings of a save that was kept, a sentence each, none twice.
[[nodiscard]] std::vector<std::string> warnings_of(const view::Wording& wording,
                                                   const domain::Catalogue& catalogue,
                                                   const std::vector<store::Edit>& edits,
                                                   const store::Saved& saved);
/// Of what was saved without being typed in a form: only that a place is none of one's own.
[[nodiscard]] std::vector<std::string> place_warnings(const view::Wording& wording, const domain::Kind& kind,
                                                      const store::Saved& saved);
/// What was done, and after it what was warned of.
[[nodiscard]] std::string with_warnings(const view::Wording& wording, std::string done,
                                        const std::vector<std::string>& warnings);
}  // namespace lianxin::client::app
