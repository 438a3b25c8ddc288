#include "client/county/making.hpp"

#include <algorithm>

namespace lianxin::client::county {

std::size_t Making::scaled(std::size_t whole) const {
  return std::max<std::size_t>(1, (whole * static_cast<std::size_t>(share) + 50) / 100);
}

Date Making::entered(Chance& chance, const Date& on) const {
  const int days = chance.percent(4) ? chance.between(20, 45) : chance.between(0, 2);
  return std::min(on.plus_days(days), as_of);
}

const Worker& Making::officer_of(const Member& member) const {
  return officers[ground.villages[member.village].township];
}

std::vector<Date> Making::months() const {
  std::vector<Date> out;
  for (Date month = begin; month <= as_of; month = month.plus_months(1))
    out.push_back(month);
  return out;
}

}  // namespace lianxin::client::county
