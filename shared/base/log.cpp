#include "shared/base/log.hpp"

#include <cxxabi.h>
#include <fcntl.h>
#include <mutex>
#include <typeinfo>
#include <unistd.h>

#include "shared/base/clock.hpp"
#include "shared/base/json_text.hpp"

namespace lianxin {
namespace {

struct Target {
  std::mutex mutex;
  int fd = 2;
};

Target& target() {
  static Target one;
  return one;
}

void write_line(std::string line) {
  line += "}\n";
  const std::lock_guard lock(target().mutex);
  // A log that cannot be written must not stop the work.
  if (target().fd >= 0 && write(target().fd, line.data(), line.size()) < 0) return;
}

std::string begin_line(std::string_view event) {
  return "{\"at\":" + std::to_string(SystemClock().now_ms()) + ",\"event\":" + json_quote(event);
}

}  // namespace

void log_event(std::string_view event, std::initializer_list<LogField> fields) {
  std::string line = begin_line(event);
  for (const auto& [name, value] : fields)
    line += "," + json_quote(name) + ":" + json_quote(value);
  write_line(std::move(line));
}

void log_error(std::string_view event, const Error& error) {
  write_line(begin_line(event) + ",\"code\":" + json_quote(error.code) +
             ",\"detail\":" + json_quote(error.detail));
}

void log_thrown(std::string_view event) {
  const std::type_info* type = abi::__cxa_current_exception_type();
  log_event(event, {{"type", type == nullptr ? "" : type->name()}});
}

void set_log_target(std::string_view name) {
  const std::lock_guard lock(target().mutex);
  if (target().fd > 2) close(target().fd);
  if (name == "off") {
    target().fd = -1;
  } else if (name.empty()) {
    target().fd = 2;
  } else {
    target().fd = open(std::string(name).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
}

}  // namespace lianxin
