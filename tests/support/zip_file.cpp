#include "tests/support/zip_file.hpp"

#include <zip.h>

#include "shared/base/check.hpp"

namespace lianxin::test {

std::string zip_of(const std::map<std::string, std::string>& parts, Packing packing) {
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, nullptr);
  LX_CHECK(archive != nullptr, "zip in memory");
  for (const auto& [name, content] : parts) {
    zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
    const auto index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    LX_CHECK(index >= 0, "zip in memory");
    if (packing == Packing::kStored)
      zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
  }
  LX_CHECK(zip_close(archive) == 0, "zip in memory");
  zip_stat_t stat;
  zip_source_stat(target, &stat);
  std::string bytes(stat.size, '\0');
  zip_source_open(target);
  zip_source_read(target, bytes.data(), bytes.size());
  zip_source_close(target);
  zip_source_free(target);
  return bytes;
}

}  // namespace lianxin::test
