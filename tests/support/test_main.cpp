// Tests say which language they expect, whatever the terminal they run in speaks.
#define DOCTEST_CONFIG_IMPLEMENT
#include <cstdlib>
#include <doctest/doctest.h>

int main(int argc, char** argv) {
  setenv("LIANXIN_LANG", "zh", 1);
  return doctest::Context(argc, argv).run();
}
