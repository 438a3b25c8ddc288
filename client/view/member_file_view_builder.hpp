#pragma once
// Builds MemberFileView: every field with its age, and what happened. Store thread.
#include "client/view/member_file_view.hpp"
#include "client/view/view_sources.hpp"

namespace lianxin::client::view {

/// Nil = the form of a new member. A member who is not here gives kFailed with a sentence. The caller adds
/// draft, problems and revision.
[[nodiscard]] Result<MemberFileView> build_member_file(const ViewSources& sources, const Id& member);
/// Codes of MemberDraft::cause with their words.
[[nodiscard]] Choices cause_choices(const Wording& wording);

}  // namespace lianxin::client::view
