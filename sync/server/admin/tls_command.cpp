#include "sync/server/admin/tls_command.hpp"

#include "sync/server/admin/init_command.hpp"
#include "sync/server/http/certificate.hpp"
#include "sync/server/service/audit_log.hpp"

namespace lianxin::sync::server::admin {
namespace {

/// "https://10.1.9.9:8443" -> "10.1.9.9".
std::string host_of(const std::string& url) {
  std::string host = url.substr(0, url.rfind(':'));
  host = host.substr(host.find("//") == std::string::npos ? 0 : host.find("//") + 2);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return host;
}

std::string listed(const std::vector<std::string>& hosts) {
  std::string all;
  for (const std::string& host : hosts)
    all += (all.empty() ? "" : " ") + host;
  return all;
}

}  // namespace

Result<int> tls_renew(const Context& context) {
  const DataFolder folder = context.folder();
  LX_TRY(const auto store, folder.open_store());
  LX_TRY(const auto writer, store->write());
  LX_TRY(const County county, load_county(*writer));
  std::vector<std::string> hosts = context.options.hosts;
  if (hosts.empty()) hosts.push_back(host_of(county.url));
  for (const std::string& host : hosts)
    LX_DO(server_url(host, 1));
  LX_TRY(http::TlsFiles files, folder.read_tls());
  if (files.authority_key.empty()) return fail("server.tls.authority", {{"path", folder.root().string()}});
  LX_DO(http::check_pair(files));
  LX_TRY(files.certificate, http::renew_certificate(files, county.name, hosts, context.clock.now_ms()));
  LX_TRY(const std::string pin, http::key_pin(files.certificate));
  LX_DO(writer->append_audit(
      audit_row(context.clock.now_ms(), kByAdministrator, "server.tls", Id{}, {{"hosts", listed(hosts)}})));
  LX_DO(folder.write_certificate(files.certificate));
  LX_DO(writer->commit());
  context.out.value(Json{{"hosts", hosts}, {"pin", pin}});
  context.out.say("server.tls.renewed", {{"hosts", listed(hosts)}});
  context.out.say("server.tls.pin", {{"pin", pin}});
  return 0;
}

}  // namespace lianxin::sync::server::admin
