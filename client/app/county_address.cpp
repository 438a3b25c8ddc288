#include "client/app/county_address.hpp"

#include "shared/base/text.hpp"

namespace lianxin::client::app {

Result<std::string> county_address(std::string_view typed) {
  constexpr std::string_view kScheme = "https://";
  std::string url = trim(typed);
  while (url.ends_with('/'))
    url.pop_back();
  const std::string rest = url.starts_with(kScheme) ? url.substr(kScheme.size()) : "";
  const bool is_address = !rest.empty() && rest.find_first_of("/#?@ \\") == std::string::npos;
  if (!is_address) return fail("words.server", {{"text", std::string(typed)}});
  return url;
}

sync::laptop::ServerAddress county_at(const store::LaptopStore& store, const std::string& url) {
  sync::laptop::ServerAddress address = store.identity().address;
  if (!url.empty()) address.url = url;
  return address;
}

Status keep_county_address(store::LaptopStore& store, const std::string& url) {
  const store::Identity& identity = store.identity();
  sync::wire::EnrolAnswer same;
  same.device = identity.device;
  same.worker = identity.worker;
  same.server = identity.server;
  same.server_sign_key = identity.address.sign_key;
  same.server_seal_key = identity.address.seal_key;
  return store.enrol_again(county_at(store, url), same, {});
}

bool may_have_moved(const Error& error) {
  return error.code == "net.unreachable" || error.code == "net.timeout" || error.code == "net.certificate";
}

}  // namespace lianxin::client::app
