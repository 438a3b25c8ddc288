#pragma once
// The county before a story: divisions, people and enrolled laptops. Made once in a program and copied for
// every story, since keys, tables and passphrases are the same in all of them.
#include <filesystem>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/base/id.hpp"
#include "tests/sim/folder.hpp"

namespace lianxin::sim {

inline constexpr WallMs kBeginning = 1794000000000;  ///< autumn 2026
inline constexpr std::string_view kPassphrase = "a passphrase for stories";

struct Village {
  std::string code;
  Id id;
};

/// One worker with one laptop, as enrolled.
struct Enrolled {
  std::string name;
  std::string role;
  std::vector<std::string> codes;  ///< divisions of the grants
  Id worker;
  Id device;
  std::string mark;  ///< secret of the machine mark (client/store/machine_mark.hpp)
};

class Groundwork {
 public:
  Groundwork();
  [[nodiscard]] const std::vector<Village>& villages() const { return villages_; }
  /// The first is the county's office: it holds everything.
  [[nodiscard]] const std::vector<Enrolled>& people() const { return people_; }
  [[nodiscard]] std::filesystem::path server_file() const { return folder_.path() / "server.db"; }
  [[nodiscard]] std::filesystem::path home_of(const Enrolled& one) const { return folder_.path() / one.name; }

 private:
  void make_county();
  void enrol(Enrolled& one);
  Folder folder_;
  ManualClock clock_{kBeginning};
  std::vector<Village> villages_;
  std::vector<Enrolled> people_;
};

}  // namespace lianxin::sim
