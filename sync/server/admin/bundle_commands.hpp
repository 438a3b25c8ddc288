#pragma once
#include "sync/server/admin/command.hpp"

namespace lianxin::sync::server::admin {

/// Takes in what a laptop has written; with --answer the file for that laptop is written beside. A repeated
/// file is harmless. Errors of Bundles::import and of the files.
[[nodiscard]] Result<int> bundle_import(const Context& context);
/// News for one laptop. Errors of Bundles::export_for.
[[nodiscard]] Result<int> bundle_export(const Context& context);
/// The clear header of any bundle; takes nothing in.
[[nodiscard]] Result<int> bundle_inspect(const Context& context);

}  // namespace lianxin::sync::server::admin
