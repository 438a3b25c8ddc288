// The benchmarks' work is the same on every machine: digests of its lines.
#include "tests/bench/workload.hpp"

#include <doctest/doctest.h>
#include <sodium.h>

#include "shared/base/bytes.hpp"

namespace lianxin::bench {
namespace {

std::string sha256(const std::string& text) {
  Bytes out(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(out.data()),
                     reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return to_hex(out);
}

std::string lines_of_all(const std::vector<Operation>& operations, const std::string& before = {}) {
  std::string out;
  for (const Operation& operation : operations)
    out += before + operation.line() + "\n";
  return out;
}

TEST_CASE("the fixed work of W1 to W4 is byte for byte what every peer is measured with") {
  const Workload work = make_workload();
  CHECK(sha256(lines_of(work.members)) == "c081aee14f3d7341a5e814d24d1f8b6561b12dc3d740d7936fcba0cec3bb4908");
  CHECK(sha256(lines_of_all(work.day_of_laptop)) ==
        "bf7c66e52c330830301d43d764787b6442c57096aa9ce1649e39ff860f1270c9");
  CHECK(sha256(lines_of_all(work.day_of_server)) ==
        "a79872959926d903d2ad43b6714280a1265d3e82bf533e6bcd37cf4da81036fb");
  std::string mornings;
  std::string townships;
  for (std::size_t n = 0; n < work.mornings.size(); ++n) {
    mornings += lines_of_all(work.mornings[n], std::to_string(n) + "\t");
    townships += std::to_string(n) + "\t" + std::to_string(work.townships[n]) + "\n";
  }
  CHECK(sha256(mornings) == "d9f8686be0119599c932909b63a023ec6703af5777d72e0b6365117f941a305e");
  CHECK(sha256(townships) == "3e658eec06ea8107f661d65642a933b219a0dc01c70b37355e3ca27aa4610632");
  std::string rivals;
  for (const RivalEdit& both : work.rivals) {
    rivals += both.member + "\t" + std::to_string(both.field_a) + "\t" + both.value_a + "\t" +
              std::to_string(both.field_b) + "\t" + both.value_b + "\n";
  }
  CHECK(sha256(rivals) == "9e562f9a5a9dfe11baca868b12eebc4fbdfebdcf07b9db6d35e18611f7178893");
}

}  // namespace
}  // namespace lianxin::bench
