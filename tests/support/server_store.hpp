#pragma once
// The store of a server under test: a file, or with LX_TEST_STORE=postgres a place of its own in the tests'
// own PostgreSQL, so that what is proved of the service is proved over both.
#include <filesystem>
#include <memory>

#include "sync/server/store/store.hpp"

namespace lianxin::test {

/// In both cases under the name of the file. Errors of the store; "store.unreachable" where no PostgreSQL can
/// run.
[[nodiscard]] Result<std::unique_ptr<sync::server::store::Store>> open_server_store(
    const std::filesystem::path& file, BytesView key, bool create);
/// A backup takes the place of what is kept under the name of the file, which nobody has open.
[[nodiscard]] Status put_back(const std::filesystem::path& backup, const std::filesystem::path& file,
                              BytesView key);

}  // namespace lianxin::test
