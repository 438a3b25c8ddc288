#include "client/app/roster_file.hpp"

#include "client/import/workbook.hpp"
#include "shared/base/file.hpp"

namespace lianxin::client::app {

Result<Bytes> roster_bytes(const std::filesystem::path& file) {
  auto bytes = read_file(file, import::Limits().file_bytes);
  if (!bytes.ok() && bytes.error().code == "file.too_large") return fail("import.too_large");
  return bytes;
}

}  // namespace lianxin::client::app
