#pragma once

namespace lianxin {

/// Whoever started the program may have closed its standard input, output or error: the first files it opens
/// would take their numbers, and its sentences would be written into records. Each gets a file that refuses
/// what is read from or written to it.
void hold_standard_streams();

}  // namespace lianxin
