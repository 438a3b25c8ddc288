#pragma once
// Work that this laptop counts no longer because its people were handed over to units it does not hold: what
// was done for them went along (sync.md 6) and counts for the unit of its day (K4) at the county alone.
// Numbers say so.
#include <string>

#include "client/figures/ledger.hpp"
#include "shared/base/message.hpp"

namespace lianxin::client::figures {

/// How many members have left the ledger's units since the day.
[[nodiscard]] Result<std::size_t> handed_over_since(lianxin::store::Database& database, Ledger& ledger,
                                                    const Date& from);
/// "2026-01-01 以来有 1 名党员移交到其他单位…"; "" = nobody.
[[nodiscard]] std::string handed_over_words(std::size_t count, const Date& from, const Messages& messages);

}  // namespace lianxin::client::figures
