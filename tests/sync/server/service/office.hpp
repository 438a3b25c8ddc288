#pragma once
// A county in memory's reach: a store in a temporary folder, a clock moved by hand, two townships with three
// villages.
#include <memory>
#include <string>

#include "sync/server/service/administration.hpp"
#include "sync/server/service/exchange.hpp"
#include "sync/server/service/inspection.hpp"
#include "sync/server/service/pictures.hpp"
#include "sync/server/store/store.hpp"
#include "tests/support/process.hpp"

namespace lianxin::test {

namespace server = lianxin::sync::server;
namespace store = lianxin::sync::server::store;
namespace wire = lianxin::sync::wire;
namespace change = lianxin::sync::change;
namespace merge = lianxin::sync::merge;

inline constexpr const char* kCounty = "220622";
inline constexpr const char* kTownship = "220622101";
inline constexpr const char* kSanhe = "220622101200";
inline constexpr const char* kDajing = "220622101201";
inline constexpr const char* kLongquan = "220622102200";  ///< of the other township

/// The value, or a failed test that names the error.
template <class T>
T must(Result<T> result);
void must(const Status& status);

[[nodiscard]] Bytes store_key();

/// What a county keeps of "a passphrase": made once, since it takes long on purpose.
[[nodiscard]] const std::string& kept_password_of_all();

class Office {
 public:
  explicit Office(const domain::Catalogue& catalogue = domain::Catalogue::base());
  ManualClock clock{1794000000000};  // autumn 2026
  /// The division of a code.
  [[nodiscard]] Id unit(const std::string& code) const;
  /// A worker with a grant.
  Id worker(const std::string& name, const std::string& role, const std::string& code);
  /// Reads the whole store again and proves it; fails the test on a problem.
  void prove() const;
  [[nodiscard]] std::string dump(const std::string& scope = {}, const Id& viewer = {}) const;
  [[nodiscard]] const domain::Catalogue& catalogue() const { return catalogue_; }
  [[nodiscard]] store::Store& store() const { return *store_; }
  [[nodiscard]] std::unique_ptr<store::Reader> reader() const;
  [[nodiscard]] server::Administration& admin() { return *admin_; }
  [[nodiscard]] server::Exchange& exchange() { return *exchange_; }
  [[nodiscard]] store::PictureFiles& picture_files() { return files_; }
  [[nodiscard]] server::Pictures pictures() {
    return {*store_, catalogue(), clock, exchange_->county(), files_};
  }
  /// Restores nothing, but lives on as after a restore.
  void new_epoch();
  /// Puts a copy of the store back, with the lists beside it or as if they were lost, and lives on in the
  /// next epoch.
  void restore(const std::filesystem::path& copy, bool with_lists = true);
  /// The same without a word of it: as a copy of the whole machine put back.
  void put_back_silently(const std::filesystem::path& copy);
  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "store.db"; }

 private:
  void begin();
  const domain::Catalogue& catalogue_;
  TempFolder folder_;
  store::PictureFiles files_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<server::Administration> admin_;
  std::unique_ptr<server::Exchange> exchange_;
};

/// A list for division imports out of one text.
[[nodiscard]] server::DivisionCounts import_text(server::Administration& admin, std::string text,
                                                 std::size_t piece = 7);
[[nodiscard]] std::string small_list();

}  // namespace lianxin::test

#include <doctest/doctest.h>

namespace lianxin::test {

template <class T>
T must(Result<T> result) {
  if (!result.ok()) INFO(result.error().code, " ", result.error().detail);
  REQUIRE_MESSAGE(result.ok(), (result.ok() ? "" : result.error().code + " " + result.error().detail));
  return std::move(result).value();
}

}  // namespace lianxin::test
