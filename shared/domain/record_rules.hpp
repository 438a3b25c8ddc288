#pragma once
// What the fields of one record say about each other (domain.md 2, column "validation"). These only warn.
#include <vector>

#include "shared/domain/check.hpp"

namespace lianxin::domain {

/// Warnings of the kind's own rules; empty for kinds without any. Values are canonical.
[[nodiscard]] std::vector<Problem> cross_field_problems(const Kind& kind, const RecordValues& values);

/// Said when the record is made and never written over (domain.md 2.2, 2.14): which way somebody went, who
/// was named for whom. What has changed is ended and begun anew, what is wrong is voided.
[[nodiscard]] bool is_fixed(const Kind& kind, const Field& field);

}  // namespace lianxin::domain
