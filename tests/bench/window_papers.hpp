#pragma once
// What a county's laptop has after years: forms handed in, rosters imported, syncs; and the pages that list
// them.
#include <functional>
#include <string>
#include <vector>

#include "client/view/wording.hpp"
#include "tests/bench/laptop_home.hpp"

namespace lianxin::bench {

/// Forms handed in by this unit, and what it imported, as the server would tell them.
[[nodiscard]] std::vector<MadeRecord> made_papers(LaptopHome& home, const Id& unit);
/// Receipts of past syncs, remembered here.
void add_syncs(LaptopHome& home);

/// Does the work some times and reports it.
using TimeWork = std::function<void(const std::string& name, const std::function<void()>& work)>;
/// After the figures were asked for once; `first` is what is done once only.
void measure_papers(LaptopHome& home, const client::view::Wording& wording, const TimeWork& time,
                    const TimeWork& first);

}  // namespace lianxin::bench
