#pragma once
// What an entry of the audit is about, in words.
#include <string>
#include <string_view>

#include "shared/base/message.hpp"

namespace lianxin::client::view {

/// Of `audit_entry.what` as `client/app/audit.hpp` writes it: a form by its name ("f10 三合村 a.xlsx"), a
/// kind of record by its own ("get member"), a dump, a photo; unit and file stay. Words of any other sort
/// stay as they are kept.
[[nodiscard]] std::string audit_words(const Messages& messages, std::string_view what);

}  // namespace lianxin::client::view
