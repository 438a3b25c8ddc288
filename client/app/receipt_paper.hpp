#pragma once
// The receipt of the last sync on paper: what the two sides compared and said, for a file or a signature.
#include <filesystem>

#include "client/view/view_sources.hpp"
#include "shared/base/bytes.hpp"

namespace lianxin::client::app {

/// A PDF of the last sync that ended with a receipt. Store thread. Errors "receipt.none" and those of
/// `report::paper_pdf`.
[[nodiscard]] Result<Bytes> receipt_paper(const view::ViewSources& sources);
/// Its name in a folder, by the moment of that sync: "同步凭据-2026-11-18-1732.pdf". Error "receipt.none".
[[nodiscard]] Result<std::string> receipt_paper_name(const view::ViewSources& sources);

}  // namespace lianxin::client::app
