#pragma once
// Festivals for care visits (domain.md 6.6). The lunar ones are a table, because calendars in libraries get
// them wrong; the window only proposes, a person chooses (domain.md 5, case 17).
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

namespace lianxin::domain {

/// One year's festival, and the days in which a care visit is proposed as one of it.
struct FestivalWindow {
  std::string festival;
  Date on;
  Date from;
  Date to;
};

/// A festival's day as a county set it (kind festival_day): it wins over the table, and goes on where that
/// ends.
struct CountyFestival {
  std::string festival;
  std::string on;
  std::string from;  ///< "" = as long before the day as in the table
  std::string to;    ///< "" = as long after it
};

/// Immutable after parsing; shared by threads.
class FestivalCalendar {
 public:
  /// The program's own table, 2024 to 2036.
  [[nodiscard]] static const FestivalCalendar& base();
  /// Format at the head of assets/codes/festivals.tsv; a county may hand out its own. Error
  /// "festivals.malformed" {line}.
  [[nodiscard]] static Result<FestivalCalendar> parse(std::string_view tsv);

  /// Code of list `festival` whose window holds the day; of several the nearest. nullopt = none.
  [[nodiscard]] std::optional<std::string> proposed(const Date& day) const;
  /// The day of a festival in a year; nullopt when the table does not reach it.
  [[nodiscard]] std::optional<Date> day_of(std::string_view festival, int year) const;
  /// Every festival of the day's year and of those before and after it; of a county's own days the last
  /// holds.
  [[nodiscard]] std::vector<FestivalWindow> windows(const Date& day,
                                                    const std::vector<CountyFestival>& county = {}) const;

 private:
  struct Festival {
    std::string code;
    int days_before = 0;
    int days_after = 0;
    int month = 0;  ///< 0 = every year its own day, in `days`
    int day = 0;
    std::map<int, Date> days;
  };
  [[nodiscard]] static std::optional<Date> day_in(const Festival& festival, int year);
  [[nodiscard]] static std::optional<FestivalWindow> window_in(const Festival& festival, int year,
                                                               const std::vector<CountyFestival>& county);
  [[nodiscard]] bool add(const std::vector<std::string>& words);

  std::vector<Festival> festivals_;
};

/// The window that holds the day; of several that of the nearest festival. nullopt = none.
[[nodiscard]] std::optional<FestivalWindow> nearest_window(const std::vector<FestivalWindow>& windows,
                                                           const Date& day);

}  // namespace lianxin::domain
