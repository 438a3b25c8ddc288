#include "sync/server/admin/init_command.hpp"

#include <algorithm>

#include "sync/server/admin/passphrase.hpp"
#include "sync/server/http/address.hpp"

namespace lianxin::sync::server::admin {
namespace {

constexpr std::size_t kHostBytesMax = 253;

/// Letters, digits, dot, dash; colons of an IPv6 address.
bool is_host(const std::string& host) {
  return !host.empty() && host.size() <= kHostBytesMax && std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == ':';
  });
}

/// A database is written down as the store before anything stands in it: an `init` that was cut goes on
/// there.
Result<std::unique_ptr<store::Store>> create(const DataFolder& folder, const Bytes& key,
                                             const std::string& kind) {
  if (!store::is_postgres_url(kind)) return store::open_sqlite_store(folder.store(), key, true);
  LX_TRY(auto store, store::open_postgres_store(kind, folder.root(), key, true));
  LX_DO(folder.write_store_url(kind));
  return store;
}

Result<std::unique_ptr<store::Store>> open_or_create(const DataFolder& folder, const std::string& kind) {
  LX_TRY(const Bytes key, folder.make_or_read_key());
  auto opened = folder.has_store() ? folder.open_store() : create(folder, key, kind);
  LX_TRY(auto store, std::move(opened));
  LX_TRY(const auto reader, store->read());
  if (load_county(*reader).ok()) return fail("server.made");
  return store;
}

void tell(const Context& context, const County& county, const std::string& pin) {
  context.out.value(Json{{"server", county.server.text()},
                         {"name", county.name},
                         {"url", county.url},
                         {"listen", county.listen},
                         {"pin", pin}});
  context.out.say("server.init.done", {{"name", county.name}, {"url", county.url}});
  context.out.say("server.init.pin", {{"pin", pin}});
  context.out.say("server.init.next", {{"data", context.options.data}});
  context.out.say("server.init.backup", {{"data", context.options.data}});
}

}  // namespace

Result<std::string> server_url(const std::string& host, int port) {
  if (!is_host(host)) return fail("server.host", {{"host", host}});
  const bool six = host.find(':') != std::string::npos;
  return "https://" + (six ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<int> init_command(const Context& context) {
  const Options& options = context.options;
  if (options.store != "sqlite" && !store::is_postgres_url(options.store))
    return fail("server.store_kind", {{"store", options.store}});
  LX_DO(check_county_name(options.name));
  LX_TRY(const auto address, http::parse_address(options.listen));
  NewCounty wanted;
  wanted.name = options.name;
  wanted.listen = options.listen;
  for (const std::string& host : options.hosts)
    LX_DO(server_url(host, address.port));
  LX_TRY(wanted.url, server_url(options.hosts.front(), address.port));
  if (store::is_postgres_url(options.store)) LX_DO(store::is_fit_for_store(options.store));
  const DataFolder folder = context.folder();
  LX_DO(folder.make());
  LX_TRY(const FileLock only_one, folder.lock());
  LX_TRY(const auto store, open_or_create(folder, options.store));
  LX_TRY(const std::string chosen, first_passphrase(options.passphrase_file, context.out.messages()));
  LX_TRY(wanted.kept_password, kept_password(chosen));
  LX_TRY(const auto tls, http::make_tls_files(options.name, options.hosts, context.clock.now_ms()));
  LX_DO(folder.write_tls(tls));
  LX_TRY(const std::string pin, http::key_pin(tls.certificate));
  LX_TRY(const County county, make_county(*store, domain::Catalogue::base(), context.clock, wanted));
  tell(context, county, pin);
  return 0;
}

}  // namespace lianxin::sync::server::admin
