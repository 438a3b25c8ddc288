// lianxinctl: the laptop's store from a terminal.
#include <iostream>

#include "client/cli/run.hpp"
#include "shared/terminal/standard_streams.hpp"

int main(int argc, char** argv) {
  lianxin::hold_standard_streams();
  return lianxin::client::cli::run(std::vector<std::string>(argv + 1, argv + argc), std::cout, std::cerr);
}
