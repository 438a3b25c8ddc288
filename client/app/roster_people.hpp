#pragma once
// Is the person of a roster's row on this laptop already? Pure: knows no store.
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/base/id.hpp"

namespace lianxin::client::app {

struct RosterPerson {
  Id id;
  std::string name;
  std::string id_no;  ///< "" = none
  std::string born;   ///< partial date, "" = unknown
  Id village;
  std::vector<std::string> mobiles{};  ///< his own
};

class RosterPeople {
 public:
  void add(RosterPerson person);

  struct Match {
    Id same;                     ///< nil = nobody
    std::string basis;           ///< "id", "name_born", "name_phone", "name": how `same` was recognised
    bool other_name = false;     ///< that ID number belongs to somebody with another name; `same` is nil
    std::vector<Id> lookalikes;  ///< perhaps the same; a person decides
  };
  /// Same ID number and name; else, unless both have numbers: same name and village with the same birth month
  /// or day, the same mobile number and no other birth, or with no birth known on either side. Whom a name
  /// has found once is not found by a name again, so that two of one name in one file stay two. A year alone,
  /// or another village, makes a lookalike.
  [[nodiscard]] Match match(const RosterPerson& row);

 private:
  std::vector<RosterPerson> people_;
  std::vector<bool> taken_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::unordered_multimap<std::string, std::size_t> by_name_;
};

}  // namespace lianxin::client::app
