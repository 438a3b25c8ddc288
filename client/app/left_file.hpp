#pragma once
// A form, list or report left among a person's files. What lies there under its name, and is not as this
// store's owner was last given it, is somebody's own work: it is kept beside under another name, never lost
// and never in silence. Shared by the window and the command line. Store thread.
//
// The store remembers what it left by hashes of path and content, of the newest files only. A file it knows
// nothing of any more is kept once too often rather than lost.
#include <filesystem>
#include <string>

#include "client/store/laptop_store.hpp"
#include "shared/base/message.hpp"

namespace lianxin::client::app {

/// Writes the file. Says where that is kept what was there, "" for nothing. Errors of replace_file, and
/// "file.unwritable" where what is there cannot be kept: it stays as it was then.
[[nodiscard]] Result<std::filesystem::path> leave_file(store::LaptopStore& store,
                                                       const std::filesystem::path& file, BytesView content,
                                                       const Messages& messages);
/// There is nothing to write, and an older file of that name would be taken for the newest one: it goes,
/// or is kept as above.
[[nodiscard]] Result<std::filesystem::path> leave_no_file(store::LaptopStore& store,
                                                          const std::filesystem::path& file,
                                                          const Messages& messages);

/// What is said of the file that was left, and behind it where that was kept what was there, if anything was.
[[nodiscard]] std::string with_kept(const std::string& said, const std::filesystem::path& kept,
                                    const Messages& messages);

}  // namespace lianxin::client::app
