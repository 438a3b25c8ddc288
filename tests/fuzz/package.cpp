#include "tests/fuzz/package.hpp"

#include "tests/support/zip_file.hpp"

namespace lianxin::test::fuzz {

std::string relation(const std::string& type, const std::string& target) {
  return "<Relationships><Relationship Id=\"a\" Type=\"x/" + type + "\" Target=\"" + target +
         "\"/></Relationships>";
}

std::string package_of(const std::map<std::string, std::string>& parts) {
  return zip_of(parts, Packing::kStored);
}

}  // namespace lianxin::test::fuzz
