// The program lianxin-server (README of sync/server/admin).
#include <iostream>
#include <sys/stat.h>

#include "sync/server/admin/program.hpp"

int main(int argc, char** argv) {
  umask(S_IRWXG | S_IRWXO);  // the store's own files, too, are for nobody else
  return lianxin::sync::server::admin::run_program(argc, argv, std::cout, std::cerr);
}
