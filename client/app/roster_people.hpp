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
  std::vector<std::string> numbers{};  ///< all he was ever reached by
  bool stands = true;                  ///< not one of several records of a person that another stands for
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
  /// or another village, makes a lookalike. `is_printed` (by this program): the birth is written as it stands
  /// here, so that it decides where one alone has that name in the village.
  [[nodiscard]] Match match(const RosterPerson& row, bool is_printed = false);

  /// Of a list of people who are known (import::OwnList): never a new one, and a name may come again.
  struct Listed {
    Id same;                     ///< nil = nobody for certain
    std::string basis;           ///< as in Match
    std::string reason;          ///< then "listed_nobody", "listed_several", "listed_unsure"
    std::vector<Id> lookalikes;  ///< all of that name, in whatever village
  };
  /// Exactly one with this name and village and no other birth, among several of them the one with the
  /// printed telephone. `masked`: "138****1234". One whose telephones are all others is not certain.
  [[nodiscard]] Listed match_listed(const RosterPerson& row, const std::vector<std::string>& masked) const;

 private:
  std::vector<RosterPerson> people_;
  std::vector<bool> taken_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::unordered_multimap<std::string, std::size_t> by_name_;
};

}  // namespace lianxin::client::app
