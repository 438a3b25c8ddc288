#include "client/store/laptop_store.hpp"

#include "client/store/backup_file.hpp"
#include "client/store/spare_room.hpp"
#include "client/store/store_bundles.hpp"
#include "client/store/store_opening.hpp"
#include "client/store/store_replica.hpp"
#include "client/store/store_verify.hpp"

namespace lianxin::client::store {

namespace fs = std::filesystem;

struct LaptopStore::Impl {
  StoreParts parts;
  const Clock& clock;
  Records records;
  Drafts drafts;
  Settings settings;
  StoreReplica replica;
  StoreBundles bundles;

  Impl(StoreParts all, const Clock& with)
      : parts(std::move(all)),
        clock(with),
        records(*parts.records),
        drafts(*parts.database),
        settings(*parts.database),
        replica(*parts.records, *parts.tail, parts.vault.identity(), clock),
        bundles(*parts.records, replica, parts.vault, clock) {}
};

LaptopStore::LaptopStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
LaptopStore::~LaptopStore() = default;

Result<std::unique_ptr<LaptopStore>> LaptopStore::create(const NewStore& made, const Clock& clock) {
  LX_TRY(StoreParts parts, make_parts(made, clock));
  return std::unique_ptr<LaptopStore>(new LaptopStore(std::make_unique<Impl>(std::move(parts), clock)));
}

Result<std::unique_ptr<LaptopStore>> LaptopStore::open(const fs::path& home, std::string_view passphrase,
                                                       const Clock& clock, OpenReport& report,
                                                       const domain::Catalogue& catalogue,
                                                       const OnUpgrade& on_upgrade) {
  OpenHow how;
  how.catalogue = &catalogue;
  how.on_upgrade = on_upgrade;
  LX_TRY(StoreParts parts, open_parts(home, passphrase, clock, how, report));
  return std::unique_ptr<LaptopStore>(new LaptopStore(std::make_unique<Impl>(std::move(parts), clock)));
}

Result<std::unique_ptr<LaptopStore>> LaptopStore::recover(const fs::path& home, const fs::path& journal,
                                                          std::string_view passphrase, const Clock& clock,
                                                          OpenReport& report) {
  if (!journal.empty() && journals_at(journal).empty())
    return fail("journal.unreadable", {{"path", journal.string()}});
  OpenHow how;
  how.rebuild = true;
  how.other_journal = journal;
  LX_TRY(StoreParts parts, open_parts(home, passphrase, clock, how, report));
  return std::unique_ptr<LaptopStore>(new LaptopStore(std::make_unique<Impl>(std::move(parts), clock)));
}

Result<std::unique_ptr<LaptopStore>> LaptopStore::restore(const fs::path& file, const fs::path& home,
                                                          std::string_view passphrase, const Clock& clock) {
  const HomePaths paths(home);
  std::error_code ignored;
  const bool had_folder = fs::exists(home, ignored);
  LX_DO(unpack_backup(file, paths));
  // Without the mark of the old place the store opens as a copy: a new replica (sync.md 7.2) that has not
  // asked for purges.
  OpenReport report;
  auto opened = open(home, passphrase, clock, report);
  if (!opened.ok()) {
    for (const fs::path& left :
         {paths.database(), paths.key_file(), paths.lock(), fs::path(paths.key_file().string() + ".1")})
      fs::remove(left, ignored);
    if (!had_folder) fs::remove(home, ignored);
  }
  return opened;
}

Records& LaptopStore::records() { return impl_->records; }
sync::laptop::Replica& LaptopStore::replica() { return impl_->replica; }
sync::laptop::BundleStore& LaptopStore::bundles() { return impl_->bundles; }
Drafts& LaptopStore::drafts() { return impl_->drafts; }
Settings& LaptopStore::settings() { return impl_->settings; }
const Identity& LaptopStore::identity() const { return impl_->parts.vault.identity(); }
const Clock& LaptopStore::clock() const { return impl_->clock; }
lianxin::store::Database& LaptopStore::database() { return *impl_->parts.database; }
int LaptopStore::copies() const { return impl_->parts.tail->copies(); }
void LaptopStore::on_saved(std::function<void(int copies)> tell) {
  impl_->parts.tail->on_saved(std::move(tell));
}

Result<LaptopStore::Verified> LaptopStore::verify() {
  return verify_store(*impl_->parts.records, *impl_->parts.tail, impl_->parts.home,
                      impl_->parts.vault.subkey("head"));
}

Status LaptopStore::backup(const fs::path& file) {
  return write_backup(impl_->parts.home, *impl_->parts.database, file);
}

Status LaptopStore::taking_away(const std::function<Status()>& step) {
  Status done = step();
  const fs::path& home = impl_->parts.home.folder;
  if (done.ok() || !is_full_disk(done.error())) return done;
  if (give_up_spare_room(home)) {
    done = step();
    (void)impl_->parts.database->checkpoint();  // the log gives its room back
    take_back_spare_room(home);
  }
  return done.ok() ? done : without_spare_room(done.error());
}

Status LaptopStore::change_passphrase(std::string_view old_passphrase, std::string_view next) {
  return impl_->parts.vault.change_passphrase(old_passphrase, next);
}

Status LaptopStore::enrol_again(const sync::laptop::ServerAddress& address,
                                const sync::wire::EnrolAnswer& answer, Bytes request) {
  Identity identity = impl_->parts.vault.identity();
  if (answer.server != identity.server) return fail("enrol.other_county", {{"name", answer.server_name}});
  // What was written here is one person's, and stays that.
  if (answer.worker != identity.worker) return fail("enrol.other_worker", {{"name", identity.worker_name}});
  identity.device = answer.device;
  identity.address = address;
  identity.address.server = answer.server;
  identity.address.sign_key = answer.server_sign_key;
  identity.address.seal_key = answer.server_seal_key;
  identity.arrival.reset();
  if (!request.empty()) identity.arrival = Arrival{std::move(request), answer.epoch, answer.scopes};
  return impl_->parts.vault.set_identity(identity);
}

Status LaptopStore::set_journal_folder(const fs::path& folder) {
  Identity identity = impl_->parts.vault.identity();
  std::error_code why;
  identity.journal_folder = folder.empty() ? "" : fs::absolute(folder, why).string();
  if (why) return fail("journal.unwritable", {{"path", folder.string()}});
  // The new place holds everything before the key file names it; a crash between leaves the old one behind.
  LX_DO(impl_->parts.tail->move_to(journal_file(impl_->parts.home, identity),
                                   [&] { return impl_->parts.vault.set_identity(identity); }));
  return {};
}

}  // namespace lianxin::client::store
