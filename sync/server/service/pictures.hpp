#pragma once
// Pictures that attachments name (sync/wire/pictures.hpp): who may send and see them, and which are kept.
// Which record may name one is read off the catalogue: kind `attachment`, field `sha256`.
//
// To send: some kept change of the record names it (applied or set aside: P1), so nobody fills the disk with
// what no record speaks of. To see: the device's worker holds the record's scope and the class of that field,
// as it is shown there. Who knows a name has seen the record, so a picture that is here already is not asked
// for a second time.
#include <cstdint>
#include <set>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/server/service/access.hpp"
#include "sync/server/service/county.hpp"
#include "sync/server/service/inspection.hpp"
#include "sync/server/store/picture_files.hpp"
#include "sync/server/store/store.hpp"
#include "sync/wire/pictures.hpp"

namespace lianxin::sync::server {

/// A picture that no record names any more goes after a day (a purge takes it at once); what came of one and
/// was not gone on with goes after a month.
inline constexpr std::int64_t kUnnamedKeptS = 24 * 3600;
inline constexpr std::int64_t kComingKeptS = std::int64_t{30} * 24 * 3600;

/// Pictures the kept changes of a record name, purged ones not. Sorted.
[[nodiscard]] Result<std::vector<Hash256>> pictures_named(store::Reader& reader,
                                                          const domain::Catalogue& catalogue,
                                                          const Id& record);
/// Of all records.
[[nodiscard]] Result<std::set<Hash256>> all_pictures_named(store::Reader& reader,
                                                           const domain::Catalogue& catalogue);

class Pictures {
 public:
  /// All must outlive it.
  Pictures(store::Store& store, const domain::Catalogue& catalogue, const Clock& clock, const County& county,
           store::PictureFiles& files)
      : store_(store), catalogue_(catalogue), clock_(clock), county_(county), files_(files) {}

  /// PUT and POST of /v1/picture: a packed SignedRequest. Any thread. Errors: those of wire::unpack and of
  /// the payloads, "exchange.device", "exchange.signature", "exchange.number" {last} (older than the device's
  /// newest exchange), "sync.revoked".
  [[nodiscard]] Result<wire::PictureAnswer> put(BytesView message);
  [[nodiscard]] Result<wire::PictureAnswer> get(BytesView message);

 private:
  template <class M>
  Result<M> verified(store::Reader& reader, BytesView message, Result<M> (*decode)(BytesView),
                     Id& worker) const;

  store::Store& store_;
  const domain::Catalogue& catalogue_;
  const Clock& clock_;
  const County& county_;
  store::PictureFiles& files_;
};

/// Answer to the part of an exchange.
[[nodiscard]] Result<wire::PictureTold> tell_pictures(store::Reader& reader,
                                                      const domain::Catalogue& catalogue,
                                                      const store::PictureFiles& files,
                                                      const wire::PictureAsk& ask);
/// Removes what is kept for nobody; how many files went.
[[nodiscard]] Result<std::uint64_t> sweep_pictures(store::Store& store, const domain::Catalogue& catalogue,
                                                   store::PictureFiles& files, std::int64_t unnamed_kept_s);
/// Every file is what its name says: into "checked" and the problems. Named ones that have not come are
/// counted.
[[nodiscard]] Status verify_pictures(store::Store& store, const domain::Catalogue& catalogue,
                                     const store::PictureFiles& files, Verification& found);

}  // namespace lianxin::sync::server
