#include "tests/fuzz/fuzz.hpp"

namespace lianxin::test::fuzz {

/// A further target: its function in fuzz.hpp, a file x_fuzz.cpp, its line here, a folder of seeds.
const std::vector<Target>& targets() {
  static const std::vector<Target> kTargets = {
      {"wire", fuzz_wire, 4096},           {"change", fuzz_change, 4096},
      {"state", fuzz_state, 4096},         {"key_file", fuzz_key_file, 2048},
      {"roster", fuzz_roster, 16384},      {"divisions", fuzz_divisions, 2048},
      {"catalogue", fuzz_catalogue, 4096}, {"extension", fuzz_extension, 2048},
      {"journal", fuzz_journal, 4096},     {"backup", fuzz_backup, 4096},
      {"join_line", fuzz_join_line, 512},  {"bundle", fuzz_bundle, 8192},
      {"pictures", fuzz_pictures, 2048},   {"photo", fuzz_photo, 4096},
      {"report", fuzz_report, 16384},      {"parts", fuzz_parts, 4096},
      {"json", fuzz_json, 4096},
  };
  return kTargets;
}

const Target* find_target(std::string_view name) {
  for (const Target& target : targets()) {
    if (target.name == name) return &target;
  }
  return nullptr;
}

}  // namespace lianxin::test::fuzz
