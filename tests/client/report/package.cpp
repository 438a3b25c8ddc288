#include "tests/client/report/package.hpp"

#include <doctest/doctest.h>
#include <zip.h>

#include "tests/support/zip_file.hpp"

namespace lianxin::test {

std::map<std::string, std::string> unpacked(const Bytes& package) {
  std::map<std::string, std::string> files;
  zip_error_t error;
  zip_source_t* source = zip_source_buffer_create(package.data(), package.size(), 0, &error);
  zip_t* zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  REQUIRE(zip != nullptr);
  for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); ++i) {
    zip_stat_t stat;
    REQUIRE(zip_stat_index(zip, static_cast<zip_uint64_t>(i), 0, &stat) == 0);
    std::string content(stat.size, '\0');
    zip_file_t* file = zip_fopen_index(zip, static_cast<zip_uint64_t>(i), 0);
    REQUIRE(zip_fread(file, content.data(), content.size()) == static_cast<zip_int64_t>(content.size()));
    zip_fclose(file);
    files.emplace(stat.name, std::move(content));
  }
  zip_discard(zip);
  return files;
}

std::string part(const Bytes& package, const std::string& name) { return unpacked(package).at(name); }

Bytes repacked(const Bytes& package, const std::string& name,
               const std::function<std::string(std::string)>& change) {
  std::map<std::string, std::string> files = unpacked(package);
  files.at(name) = change(files.at(name));
  return zip_of(files);
}

std::string replaced(std::string text, const std::vector<std::pair<std::string, std::string>>& edits) {
  for (const auto& [from, to] : edits) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace lianxin::test
