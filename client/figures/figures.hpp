#pragma once
// Figures of the work (domain.md 3, rows 1 to 78): each one a query over the ledger, so that the number is
// the sum of the list it opens (K8). Definitions are data: assets/figures/*.sql; words are texts
// "figure.<row>...".
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/figures/ledger.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::figures {

inline constexpr int kFigureRows = 78;

/// A record and what it adds to the number.
struct Counted {
  std::string record;  ///< id
  std::int64_t amount = 0;
};

enum class Gather : std::uint8_t {
  kSum,
  kMin,
  kMedian,
  kMax,
  kHundred,  ///< the sum, and how many of the figure come on a hundred of it
};

/// A number beside the figure: "answered", or one of a list's codes.
struct Part {
  std::string name;
  std::string list;  ///< code list `name` belongs to; "" = text "figure.<row>.part.<name>"
  std::int64_t value = 0;
  std::vector<Counted> counted;
  std::set<std::string> kinds{};  ///< of the records in the list; name_kinds
  bool is_hundred = false;        ///< Gather::kHundred
};

struct Figure {
  int row = 0;
  std::string unit;         ///< text "unit.<unit>"; "none" = words of the report without a number
  bool is_rounded = false;  ///< printed with 余 (K6)
  std::optional<std::int64_t> value;
  std::optional<std::int64_t> of;  ///< what it is a share of
  std::vector<Counted> counted;
  std::set<std::string> kinds;  ///< of the records in the list; name_kinds
  std::vector<Part> parts;
  std::optional<domain::PrivacyClass> needs;  ///< of a class that only reaches laptops which may see it
  bool goes_along = false;                    ///< FigureDefinition
};

/// Parsed once; shared by threads.
struct PartDefinition {
  std::string name;  ///< "" = a part for each code of `list`
  std::string list;
  Gather gather = Gather::kSum;
  std::string sql;
};
struct FigureDefinition {
  int row = 0;
  std::string unit;
  bool is_rounded = false;
  std::optional<domain::PrivacyClass> needs;
  bool goes_along = false;  ///< counts what was done for members, which goes along when they are handed over
  std::string value;        ///< SQL; "" = none
  std::string of;
  std::vector<PartDefinition> parts;
};

/// The program's own, by row.
[[nodiscard]] const std::vector<FigureDefinition>& figure_definitions();
/// Error "figures.malformed" {line, why}.
[[nodiscard]] Result<std::vector<FigureDefinition>> parse_figures(std::string_view text);

[[nodiscard]] Result<Figure> figure(Ledger& ledger, const FigureDefinition& definition);
[[nodiscard]] Result<std::vector<Figure>> all_figures(Ledger& ledger);
/// Says of each list which kinds of records it is made of: the ledger a number comes from.
[[nodiscard]] Status name_kinds(lianxin::store::Database& database, std::vector<Figure>& figures);

}  // namespace lianxin::client::figures
