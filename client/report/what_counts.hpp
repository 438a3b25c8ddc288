#pragma once
// Which kinds of records a number of the figures is counted from: those its query reads, and those of which
// the views and tables it reads are made.
#include <string>

#include "shared/domain/catalogue.hpp"

namespace lianxin::client::report {

/// `part` "" = the figure itself. Read from assets/figures once; shared by threads.
[[nodiscard]] bool is_counted_from(int row, const std::string& part, const domain::Kind& kind);

}  // namespace lianxin::client::report
