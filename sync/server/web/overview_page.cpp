#include "sync/server/web/overview_page.hpp"

#include <algorithm>
#include <cstdlib>

#include "assets/assets.hpp"
#include "shared/base/date.hpp"
#include "shared/base/text.hpp"
#include "sync/server/web/html.hpp"

namespace lianxin::sync::server::web {
namespace {

using Receipt = OverviewLaptop::Receipt;

constexpr std::string_view kMark = "▲ ";  // needs a person
constexpr std::string_view kSettled = "✓ ";
constexpr std::string_view kNothing = "—";

/// One page while it is written.
class Writing {
 public:
  Writing(const Overview& overview, const Messages& messages) : overview_(overview), messages_(messages) {}
  [[nodiscard]] std::string head() const;
  [[nodiscard]] std::string sums() const;
  [[nodiscard]] std::string waiting() const;
  [[nodiscard]] std::string places() const;
  [[nodiscard]] std::string foot() const;

 private:
  [[nodiscard]] std::string say(std::string_view key, const std::vector<ErrorArg>& args = {}) const {
    return markup_escaped(messages_.get(key, args));
  }
  [[nodiscard]] std::string count(std::string_view key, std::uint64_t number) const {
    return say(key, {{"count", std::to_string(number)}});
  }
  [[nodiscard]] std::int64_t days_since(WallMs instant) const {
    return std::max<std::int64_t>(0, Date::of(overview_.at_ms).day_number() - Date::of(instant).day_number());
  }
  [[nodiscard]] std::string ago(WallMs instant) const;
  [[nodiscard]] std::string sum(std::uint64_t number, std::string_view key, bool needs_somebody) const;
  [[nodiscard]] std::string header_row(const std::vector<std::string_view>& keys) const;
  [[nodiscard]] std::string row(const OverviewPlace& place) const;
  [[nodiscard]] std::string laptop_lines(const OverviewPlace& place) const;
  [[nodiscard]] std::string notes(const OverviewLaptop& laptop) const;
  [[nodiscard]] std::string receipt(const OverviewPlace& place) const;
  [[nodiscard]] bool is_late(const OverviewPlace& place) const {
    return !place.laptops.empty() &&
           (place.last_seen_ms() == 0 || days_since(place.last_seen_ms()) > kLateDays);
  }
  [[nodiscard]] std::string place_of(const std::string& code) const;
  [[nodiscard]] std::string kind_of(const std::string& kind) const;
  [[nodiscard]] std::string field_of(const OverviewDispute& one) const;
  [[nodiscard]] std::string disputes() const;
  [[nodiscard]] std::string kept_aside() const;

  const Overview& overview_;
  const Messages& messages_;
};

/// "today 09:12", "20 Nov, 9 days ago", "never".
std::string Writing::ago(WallMs instant) const {
  if (instant == 0) return say("overview.never");
  const std::int64_t days = days_since(instant);
  if (days == 0) return say("overview.today", {{"time", local_time_text(instant)}});
  return say(days == 1 ? "overview.yesterday" : "overview.days_ago",
             {{"day", Date::of(instant).text()}, {"days", std::to_string(days)}});
}

std::string Writing::head() const {
  const std::string moment = Date::of(overview_.at_ms).text() + " " + local_time_text(overview_.at_ms);
  return element(
      "header", "",
      element("h1", "", say("overview.title", {{"county", overview_.county}})) +
          element("p", "", say("overview.as_of", {{"moment", moment}, {"viewer", overview_.viewer}})));
}

std::string Writing::sum(std::uint64_t number, std::string_view key, bool needs_somebody) const {
  const bool is_marked = needs_somebody && number > 0;
  const std::string figure = (is_marked ? std::string(kMark) : std::string()) + std::to_string(number);
  return element("div", is_marked ? "sum marked" : "sum",
                 element("b", "", figure) + element("span", "", say(key)));
}

std::string Writing::sums() const {
  const auto number = [&](auto is_counted) {
    return static_cast<std::uint64_t>(std::count_if(
        overview_.places.begin(), overview_.places.end(),
        [&](const OverviewPlace& place) { return place.level == "village" && is_counted(place); }));
  };
  const auto came_lately = [&](const OverviewPlace& place) {
    return !place.laptops.empty() && !is_late(place);
  };
  return element(
      "section", "sums",
      sum(number([](const auto&) { return true; }), "overview.sum.villages", false) +
          sum(number(came_lately), "overview.sum.lately", false) +
          sum(number([&](const auto& place) { return is_late(place); }), "overview.sum.late", true) +
          sum(number([](const auto& place) { return place.laptops.empty(); }), "overview.sum.without",
              false) +
          sum(overview_.disputes_all, "overview.sum.disputes", true) +
          sum(overview_.kept_aside_all, "overview.sum.kept_aside", true) +
          sum(overview_.repairs, "overview.sum.repairs", false));
}

std::string Writing::header_row(const std::vector<std::string_view>& keys) const {
  std::string cells;
  for (const std::string_view key : keys)
    cells += element("th", "", say(key));
  return element("thead", "", element("tr", "", cells));
}

/// The name with its code; the code alone of what this person does not see.
std::string Writing::place_of(const std::string& code) const {
  const auto found = std::find_if(overview_.places.begin(), overview_.places.end(),
                                  [&](const OverviewPlace& place) { return place.code == code; });
  if (found == overview_.places.end()) return markup_escaped(code);
  return markup_escaped(found->name) + " " + element("span", "quiet", markup_escaped(code));
}

std::string Writing::kind_of(const std::string& kind) const {
  const std::string key = "kind." + kind;
  return messages_.has(key) ? say(key) : markup_escaped(kind);
}

std::string Writing::field_of(const OverviewDispute& one) const {
  if (const auto* county = one.own.get(); county != nullptr)
    return markup_escaped(messages_.get("language.short") == "en" ? county->en : county->zh);
  for (const std::string& key : {"field." + one.kind + "." + one.field, "field." + one.field}) {
    if (messages_.has(key)) return say(key);
  }
  return markup_escaped(one.field);
}

std::string Writing::disputes() const {
  if (overview_.disputes.empty()) return {};
  std::string rows;
  for (const OverviewDispute& one : overview_.disputes) {
    const std::string place = one.place.empty() ? say("server.shelf") : markup_escaped(one.place);
    rows += element("tr", "",
                    element("td", "", place) + element("td", "", kind_of(one.kind)) +
                        element("td", "", field_of(one)) + element("td", "", ago(one.since_ms)));
  }
  std::string out = element("h2", "", count("overview.disputes", overview_.disputes_all));
  out += element("p", "hint", say("overview.disputes.hint"));
  out += element("table", "",
                 header_row({"overview.column.place", "overview.column.kind", "overview.column.field",
                             "overview.column.since"}) +
                     element("tbody", "", rows));
  if (overview_.disputes_all > overview_.disputes.size())
    out += element("p", "hint", count("overview.only_oldest", overview_.disputes.size()));
  return element("section", "", out);
}

std::string Writing::kept_aside() const {
  if (overview_.kept_aside.empty()) return {};
  std::string rows;
  for (const QuarantineEntry& one : overview_.kept_aside) {
    const std::string owner = one.owner.empty() ? say("server.quarantine.county") : place_of(one.owner);
    rows += element("tr", "",
                    element("td", "", one.scope.empty() ? std::string(kNothing) : place_of(one.scope)) +
                        element("td", "", kind_of(one.kind)) +
                        element("td", "", markup_escaped(one.author_name)) +
                        element("td", "", say("quarantine." + one.reason)) + element("td", "", owner) +
                        element("td", "", ago(one.accepted_ms)));
  }
  std::string out = element("h2", "", count("overview.kept_aside", overview_.kept_aside_all));
  out += element("p", "hint", say("overview.kept_aside.hint"));
  out += element("table", "",
                 header_row({"overview.column.place", "overview.column.kind", "overview.column.author",
                             "overview.column.reason", "overview.column.owner", "overview.column.since"}) +
                     element("tbody", "", rows));
  if (overview_.kept_aside_all > overview_.kept_aside.size())
    out += element("p", "hint", count("overview.only_oldest", overview_.kept_aside.size()));
  return element("section", "", out);
}

std::string Writing::waiting() const { return kept_aside() + disputes(); }

std::string Writing::notes(const OverviewLaptop& laptop) const {
  std::string out;
  if (std::llabs(laptop.clock_offset_ms) > kClockToleranceMs) {
    const std::int64_t minutes = std::llabs(laptop.clock_offset_ms) / 60000;
    out += element("div", "marked",
                   std::string(kMark) + say("overview.clock_off", {{"minutes", std::to_string(minutes)}}));
  }
  if (laptop.awaited > 0)
    out += element("div", "marked", std::string(kMark) + count("overview.awaited", laptop.awaited));
  return out;
}

std::string Writing::laptop_lines(const OverviewPlace& place) const {
  if (place.laptops.empty()) return element("td", "quiet", say("overview.no_laptop"));
  std::string lines;
  for (const OverviewLaptop& laptop : place.laptops) {
    std::string line = markup_escaped(laptop.worker_name);
    if (place.laptops.size() > 1) line += " " + element("span", "quiet", ago(laptop.last_seen_ms));
    lines += element("div", "", line) + notes(laptop);
  }
  return element("td", "", lines);
}

std::string Writing::receipt(const OverviewPlace& place) const {
  const auto has = [&](Receipt receipt) {
    return std::any_of(place.laptops.begin(), place.laptops.end(),
                       [&](const OverviewLaptop& laptop) { return laptop.receipt == receipt; });
  };
  if (has(Receipt::kUnequal)) return element("td", "marked", std::string(kMark) + say("overview.unequal"));
  if (has(Receipt::kEqual)) return element("td", "settled", std::string(kSettled) + say("overview.equal"));
  return element("td", "quiet", kNothing);
}

std::string Writing::row(const OverviewPlace& place) const {
  const bool late = is_late(place);
  std::string came(kNothing);
  if (!place.laptops.empty()) came = (late ? std::string(kMark) : std::string()) + ago(place.last_seen_ms());
  std::string disputed(kNothing);
  if (place.disputes > 0)
    disputed = std::to_string(place.disputes) + " " + element("span", "quiet", ago(place.disputed_since_ms));
  const std::string kept = place.kept_aside == 0 ? std::string(kNothing) : std::to_string(place.kept_aside);
  return element(
      "tr", "",
      element("td", "",
              markup_escaped(place.name) + " " + element("span", "quiet", markup_escaped(place.code))) +
          laptop_lines(place) + element("td", late ? "marked" : "", came) + receipt(place) +
          element("td", "", disputed) + element("td", "", kept));
}

std::string Writing::places() const {
  std::string out = element("h2", "", say("overview.places"));
  std::string rows;
  std::string above;
  const auto is_shown = [](const OverviewPlace& place) {
    return place.level == "village" || !place.laptops.empty() || place.disputes > 0 || place.kept_aside > 0;
  };
  for (const OverviewPlace& place : overview_.places) {
    if (!is_shown(place)) continue;
    // The township's own row opens its group.
    const std::string& group = place.level == "village" ? place.above : place.name;
    if (group != above) {
      rows += R"(<tr class="group"><th colspan="6">)" + markup_escaped(group) + "</th></tr>";
      above = group;
    }
    rows += row(place);
  }
  out += element(
      "table", "",
      header_row({"overview.column.place", "overview.column.laptop", "overview.column.came",
                  "overview.column.receipt", "overview.column.disputes", "overview.column.kept_aside"}) +
          element("tbody", "", rows));
  return element("section", "", out);
}

std::string Writing::foot() const { return element("footer", "", say("overview.foot")); }

std::string style() { return std::string(assets::file("assets/web/page.css")); }

}  // namespace

std::string overview_page(const Overview& overview, const Messages& messages, std::string_view language) {
  const Writing page(overview, messages);
  return document(language, messages.get("overview.title", {{"county", overview.county}}), style(),
                  page.head() + page.sums() + page.waiting() + page.places() + page.foot());
}

std::string refusal_page(const Error& error, const Messages& messages, std::string_view language) {
  return document(language, messages.get("overview.product"), style(),
                  element("header", "", element("h1", "", markup_escaped(messages.get("overview.product")))) +
                      element("section", "", element("p", "", markup_escaped(messages.sentence(error)))));
}

}  // namespace lianxin::sync::server::web
