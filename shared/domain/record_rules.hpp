#pragma once
// What the fields of one record say about each other (domain.md 2, column "validation"). These only warn.
#include <vector>

#include "shared/domain/check.hpp"

namespace lianxin::domain {

/// Warnings of the kind's own rules; empty for kinds without any. Values are canonical.
[[nodiscard]] std::vector<Problem> cross_field_problems(const Kind& kind, const RecordValues& values);

}  // namespace lianxin::domain
