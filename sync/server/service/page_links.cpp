#include "sync/server/service/page_links.hpp"

#include "shared/base/hash.hpp"
#include "sync/server/service/audit_log.hpp"
#include "sync/server/service/names.hpp"

namespace lianxin::sync::server {
namespace {

constexpr std::size_t kSecretBytes = 16;
constexpr std::size_t kIdLetters = 36;

std::string account_of(const Id& worker) { return "page:" + worker.text(); }

std::string kept_of(std::string_view secret) { return hash256(secret, "lx-page").hex(); }

store::AuditRow told(WallMs now_ms, std::string_view action, const Id& worker) {
  return audit_row(now_ms, kByAdministrator, action, worker);
}

}  // namespace

Result<std::string> open_page(store::Store& store, const domain::Catalogue& catalogue, const Clock& clock,
                              const Id& worker) {
  const std::string secret = to_hex(random_bytes(kSecretBytes));
  LX_TRY(const auto writer, store.write());
  LX_TRY(const std::string name, worker_name(*writer, catalogue, worker));
  if (name.empty()) return fail("worker.unknown", {{"worker", worker.text()}});
  LX_DO(writer->put_account({account_of(worker), worker, "page", kept_of(secret)}));
  LX_DO(writer->append_audit(told(clock.now_ms(), "page.open", worker)));
  LX_DO(writer->commit());
  return std::string(kPagePrefix) + worker.text() + "/" + secret;
}

Status close_page(store::Store& store, const Clock& clock, const Id& worker) {
  LX_TRY(const auto writer, store.write());
  LX_TRY(auto account, writer->account(account_of(worker)));
  if (!account || account->password_hash.empty()) return fail("page.closed", {{"worker", worker.text()}});
  account->password_hash.clear();
  LX_DO(writer->put_account(*account));
  LX_DO(writer->append_audit(told(clock.now_ms(), "page.close", worker)));
  return writer->commit();
}

Result<Id> page_owner(store::Reader& reader, std::string_view path) {
  const Error unknown = fail("page.unknown");
  if (!path.starts_with(kPagePrefix)) return unknown;
  path.remove_prefix(kPagePrefix.size());
  const auto worker = Id::parse(path.substr(0, kIdLetters));
  if (!worker.ok() || path.size() <= kIdLetters || path[kIdLetters] != '/') return unknown;
  LX_TRY(const auto account, reader.account(account_of(*worker)));
  const std::string_view secret = path.substr(kIdLetters + 1);
  // Digests of random letters: nothing is learnt from how long their comparison takes.
  if (!account || account->password_hash != kept_of(secret)) return unknown;
  return *worker;
}

}  // namespace lianxin::sync::server
