#include "client/app/formats.hpp"

#include "client/store/records_impl.hpp"
#include "shared/domain/catalogue.hpp"
#include "shared/store/engine.hpp"
#include "sync/wire/bundle.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::client::app {

ProgramFormats laptop_formats() {
  ProgramFormats formats;
  formats.catalogue = domain::Catalogue::base().version();
  formats.store = static_cast<std::uint64_t>(store::laptop_migrations().back().number);
  formats.protocol = sync::wire::kProtocol;
  formats.bundle = sync::wire::kBundleVersion;
  formats.engine = lianxin::store::engine_name();
  formats.is_encrypted = lianxin::store::engine_encrypts();
  return formats;
}

}  // namespace lianxin::client::app
