#include <iostream>

#include "sync/server/admin/program.hpp"

int main(int argc, char** argv) { return lianxin::sync::server::admin::run_program(argc, argv, std::cout, std::cerr); }
