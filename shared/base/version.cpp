#include "shared/base/version.hpp"

namespace lianxin {

std::string_view program_version() { return LX_VERSION; }

}  // namespace lianxin
