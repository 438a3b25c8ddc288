#pragma once
// lianxin-server from its words to its exit status.
#include <ostream>

namespace lianxin::sync::server::admin {

/// 0 done; 1 not done, one line said why; 2 the words are wrong. Never throws.
int run_program(int argc, const char* const* argv, std::ostream& out, std::ostream& err);

}  // namespace lianxin::sync::server::admin
