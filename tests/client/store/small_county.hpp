#pragma once
// A county in memory behind the laptop's transport: chains per replica, one feed per (scope, class) in order
// of intake, signed acknowledgements. What the laptop's store must bear, without a judge and without a disk.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/store/laptop_store.hpp"
#include "sync/laptop/session.hpp"
#include "sync/laptop/transport.hpp"
#include "sync/merge/merge.hpp"
#include "tests/support/process.hpp"

namespace lianxin::test {

inline constexpr std::string_view kPassphrase = "a passphrase for tests";
inline constexpr const char* kVillageOfTests = "220622101200";
inline constexpr WallMs kTestDay = 1'790'000'000'000;  // 2026-09-21

class SmallCounty final : public sync::laptop::Transport {
 public:
  SmallCounty();

  Result<Bytes> post(const std::string& path, BytesView body, const sync::laptop::TransferProgress& progress,
                     const sync::laptop::CancelFlag& cancel) override;

  /// A county without pictures.
  Result<Bytes> put(const std::string& /*path*/, BytesView /*body*/,
                    const sync::laptop::TransferProgress& /*progress*/,
                    const sync::laptop::CancelFlag& /*cancel*/) override {
    return fail("net.server", {{"status", "404"}});
  }

  /// What enrolment would bring for a laptop in `home`.
  [[nodiscard]] client::store::NewStore enrol(const std::filesystem::path& home);
  /// A sync; the test fails unless it ends well.
  sync::laptop::Receipt sync(client::store::LaptopStore& store);
  [[nodiscard]] Result<sync::laptop::Receipt> try_sync(client::store::LaptopStore& store);
  [[nodiscard]] bool has(const ChangeId& id) const { return index_.count(id) > 0; }
  [[nodiscard]] std::size_t changes() const { return log_.size(); }
  /// Replicas that ever sent something.
  [[nodiscard]] std::set<ReplicaId> replicas() const;
  /// Loses everything and begins another epoch (7.1).
  void restore_from_nothing();
  void hold(const Id& scope, bool yes);

  Id village;
  std::size_t page_entries = 1000;
  std::set<std::uint64_t> quarantine;  ///< counters to keep aside
  bool loses_answers = false;          ///< takes everything, and the line breaks before the answer
  std::optional<sync::wire::ExchangeAnswer> last_answer;
  std::function<void(sync::wire::ExchangeAnswer&)> before_sending;  ///< may change what is told
  ManualClock clock{kTestDay};

 private:
  struct Kept {
    ChangeId id;
    sync::change::ChangeBody body;
    Bytes body_bytes;
    Bytes values;
    Hash256 hash;
    bool inert = false;
    std::vector<ChangeId> ghosts;
  };
  using Place = std::pair<Id, std::uint8_t>;
  void take(const sync::wire::ExchangeRequest& request, sync::wire::ExchangeAnswer& answer);
  void read(const sync::wire::ExchangeRequest& request, sync::wire::ExchangeAnswer& answer);
  [[nodiscard]] std::vector<sync::wire::HeldScope> held_scopes() const;
  void merge(Kept& kept);

  sync::laptop::DeviceKeys keys_;
  Id server_;
  std::uint64_t epoch_ = 1;
  std::vector<Kept> log_;
  std::map<ChangeId, std::size_t> index_;
  std::map<ReplicaId, sync::change::ChainEnd> chains_;
  std::map<Place, std::vector<std::size_t>> feeds_;
  std::map<Id, sync::merge::RecordState> states_;
  std::set<Id> scopes_;
  std::map<Id, Bytes> device_keys_;
};

/// Two laptops of that county, with the real store.
struct TwoLaptops {
  TempFolder folder;
  SmallCounty county;
  std::unique_ptr<client::store::LaptopStore> a = make("a");
  std::unique_ptr<client::store::LaptopStore> b = make("b");

  std::unique_ptr<client::store::LaptopStore> make(const char* name);
};

/// Saves a member in the village.
Id put_member(client::store::LaptopStore& store, const std::string& name);
std::string name_of(client::store::LaptopStore& store, const Id& record);
std::string dump_of(client::store::LaptopStore& store);
/// Everything `verify` has to say, a line each.
std::string problems_of(client::store::LaptopStore& store);

}  // namespace lianxin::test
