#pragma once
// One JSON line per event on standard error or into a file. Values of records never go in: only ids, counts,
// codes.
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "shared/base/result.hpp"

namespace lianxin {

using LogField = std::pair<std::string_view, std::string>;

/// Thread-safe. `event` is a stable word ("sync.done"); fields are numbers, ids and codes as text.
void log_event(std::string_view event, std::initializer_list<LogField> fields = {});
void log_error(std::string_view event, const Error& error);
/// In a handler, at the edge of a thread: the type of what was thrown. Its words may hold values of records.
void log_thrown(std::string_view event);
/// "" = standard error (default), "off", or a file path (0600, appended).
void set_log_target(std::string_view target);

}  // namespace lianxin
