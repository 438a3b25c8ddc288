// lianxinctl: the laptop's store from a terminal.
#include <iostream>

#include "client/cli/run.hpp"

int main(int argc, char** argv) {
  return lianxin::client::cli::run(std::vector<std::string>(argv + 1, argv + argc), std::cout, std::cerr);
}
