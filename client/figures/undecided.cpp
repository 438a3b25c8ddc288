#include "client/figures/undecided.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "client/figures/units.hpp"
#include "client/store/work_queries.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::figures {
namespace {

constexpr std::size_t kPairsMax = 1000;
constexpr std::size_t kNamed = 5;

/// What is said of a record of a pair.
struct Said {
  Id scope;
  std::string name;
  std::string begins;
  std::string ends;
};

/// Reads the rows alone: a pair has two records, and a county a thousand pairs.
class GroupReader {
 public:
  GroupReader(lianxin::store::Database& database, const Id& unit) : database_(database), unit_(unit) {}

  Result<bool> is_in_unit(const Id& scope) {
    const auto [known, is_new] = in_unit_.try_emplace(scope, false);
    if (is_new) {
      LX_TRY(known->second, figures::is_in_unit(database_, scope, unit_));
    }
    return known->second;
  }

  /// nullopt = not here.
  Result<std::optional<Said>> read(const std::string& kind, const Id& record) {
    auto select = database_.prepare(sql_of(kind));
    LX_TRY(const bool found, select.bind(1, record).step());
    if (!found) return std::optional<Said>{};
    Said said{select.id(0), select.text(1), {}, {}};
    if (kind == "member") {
      LX_TRY(const std::string place, store::name_of(database_, "org_unit", said.scope));
      if (!place.empty()) said.name += " (" + place + ")";
    } else {
      const auto member = Id::parse(split(select.text(2), ',').front());  // of a visit the first one
      LX_TRY(const std::string name, store::name_of(database_, "member", member.ok() ? *member : Id{}));
      said.begins = said.name;
      said.ends = select.text(3);
      said.name = name + " " + said.name;
    }
    return std::optional(std::move(said));
  }

 private:
  /// Scope, name or day, and of what has a day whose it is and the last day.
  static std::string_view sql_of(const std::string& kind) {
    if (kind == "member") return "SELECT r_scope, name FROM k_member WHERE r_id = ?";
    if (kind == "visit")
      return "SELECT r_scope, occurred_on, members, occurred_on FROM k_visit WHERE r_id = ?";
    return "SELECT r_scope, ifnull(dispatched_on, received_on), member_id, "
           "ifnull(received_on, dispatched_on) FROM k_delivery WHERE r_id = ?";
  }

  lianxin::store::Database& database_;
  Id unit_;
  std::map<Id, bool> in_unit_;
};

}  // namespace

Result<std::vector<Undecided>> undecided(store::Records& records, lianxin::store::Database& database,
                                         const Id& unit) {
  LX_TRY(const store::Twins twins, records.twins(kPairsMax));
  GroupReader reader(database, unit);
  std::vector<Undecided> out;
  for (const store::TwinPair& pair : twins.pairs) {
    LX_TRY(const auto one, reader.read(pair.kind, pair.one));
    LX_TRY(const auto other, reader.read(pair.kind, pair.other));
    if (!one || !other) continue;
    LX_TRY(const bool is_here, reader.is_in_unit(one->scope));
    LX_TRY(const bool is_other_here, reader.is_in_unit(other->scope));
    if (!is_here && !is_other_here) continue;
    Undecided undecided{pair.kind, pair.one, pair.other, one->scope, other->scope};
    undecided.begins = std::min(one->begins, other->begins);
    undecided.ends = std::max(one->ends, other->ends);
    undecided.names = one->name;
    if (other->name != one->name) undecided.names += " / " + other->name;
    out.push_back(std::move(undecided));
  }
  return out;
}

bool is_in_period(const Undecided& pair, const Date& first, const Date& last) {
  return (pair.ends.empty() || pair.ends >= first.text()) && pair.begins <= last.text();
}

std::vector<Undecided> undecided_in(const Figure& figure, const std::vector<Undecided>& all) {
  std::vector<Undecided> out;
  if (all.empty()) return out;
  std::set<std::string_view> counted;
  for (const Counted& one : figure.counted)
    counted.insert(one.record);
  for (const Undecided& pair : all) {
    if (counted.count(pair.one.text()) + counted.count(pair.other.text()) > 0) out.push_back(pair);
  }
  return out;
}

std::string undecided_words(const std::vector<Undecided>& some, const Messages& messages) {
  if (some.empty()) return "";
  // Several records of one occasion, or a visit and a parcel of one day, go by the same words.
  std::vector<std::pair<std::string, std::size_t>> named;
  for (const Undecided& one : some) {
    const auto known =
        std::find_if(named.begin(), named.end(), [&](const auto& other) { return other.first == one.names; });
    if (known == named.end())
      named.emplace_back(one.names, 1);
    else
      ++known->second;
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(named.size(), kNamed); ++i) {
    const auto& [words, pairs] = named[i];
    names.push_back(pairs == 1 ? words : words + " ×" + std::to_string(pairs));
  }
  const char* key = named.size() > kNamed ? "figures.undecided_first" : "figures.undecided";
  return messages.get(key, {{"count", std::to_string(some.size())},
                            {"names", join(names, messages.get("form.list_separator"))}});
}

}  // namespace lianxin::client::figures
