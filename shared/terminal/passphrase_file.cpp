#include "shared/terminal/passphrase_file.hpp"

#include "shared/base/file.hpp"

namespace lianxin {

Result<std::string> read_passphrase_file(const std::filesystem::path& file) {
  constexpr std::uint64_t kBytesMax = 4096;
  LX_TRY(Bytes line, read_file(file, kBytesMax));
  if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);  // some editors' mark of UTF-8, which nobody types
  while (line.ends_with('\n') || line.ends_with('\r'))
    line.pop_back();
  if (line.find('\n') != Bytes::npos) return fail("passphrase.lines", {{"path", file.string()}});
  return line;
}

}  // namespace lianxin
