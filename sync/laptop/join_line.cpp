// Join lines, device keys and enrolment: how a laptop meets its server once.
#include <sodium.h>

#include "shared/base/sodium_start.hpp"
#include "sync/laptop/session.hpp"

namespace lianxin::sync::laptop {
namespace {

constexpr std::size_t kCodeBytesMax = 64;
constexpr std::size_t kPinsBytesMax = 512;

unsigned char* octets_of(Bytes& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace

Result<JoinLine> parse_join_line(std::string_view line) {
  const std::size_t first = line.find('#');
  const std::size_t second = first == std::string_view::npos ? first : line.find('#', first + 1);
  if (second == std::string_view::npos || !line.starts_with("https://")) return fail("enrol.join_line");
  JoinLine join{std::string(line.substr(0, first)), std::string(line.substr(first + 1, second - first - 1)),
                std::string(line.substr(second + 1))};
  while (join.url.ends_with('/'))
    join.url.pop_back();
  const bool sound = join.url.size() > 8 && !join.code.empty() && join.code.size() <= kCodeBytesMax &&
                     join.key_pins.starts_with("sha256//") && join.key_pins.size() <= kPinsBytesMax;
  if (!sound) return fail("enrol.join_line");
  return join;
}

DeviceKeys make_device_keys() {
  start_sodium();
  DeviceKeys keys;
  keys.sign_public.resize(crypto_sign_PUBLICKEYBYTES);
  keys.sign_secret.resize(crypto_sign_SECRETKEYBYTES);
  keys.seal_public.resize(crypto_box_PUBLICKEYBYTES);
  keys.seal_secret.resize(crypto_box_SECRETKEYBYTES);
  crypto_sign_keypair(octets_of(keys.sign_public), octets_of(keys.sign_secret));
  crypto_box_keypair(octets_of(keys.seal_public), octets_of(keys.seal_secret));
  return keys;
}

Result<wire::EnrolAnswer> enrol(Transport& transport, const JoinLine& join, ReplicaId replica,
                                const DeviceKeys& keys, const Clock& clock, const CancelFlag& cancel) {
  wire::EnrolRequest request;
  request.code = join.code;
  request.replica = replica;
  request.sign_key = keys.sign_public;
  request.seal_key = keys.seal_public;
  request.wall_ms = clock.now_ms();
  LX_TRY(const Bytes answer, transport.post("/v1/enrol", wire::pack(request), {}, cancel));
  return wire::unpack<wire::EnrolAnswer>(answer);
}

}  // namespace lianxin::sync::laptop
