#pragma once
// A laptop of one made-up county whose records come as pages of a snapshot, made here without a server.
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/store/laptop_store.hpp"
#include "shared/base/clock.hpp"
#include "sync/laptop/session.hpp"
#include "sync/merge/record_state.hpp"

namespace lianxin::bench {

inline constexpr WallMs kToday = 1'790'000'000'000;  ///< 2026-09-21

/// One record as the server would tell it.
struct MadeRecord {
  Id id;
  std::uint16_t kind = 0;
  Id parent;
  std::map<std::uint8_t, sync::merge::ClassState> classes;
};

/// 25 fields of the base catalogue's member that take a text: its name first, its village last.
[[nodiscard]] std::vector<const domain::Field*> member_fields();

class LaptopHome {
 public:
  /// Enrols a laptop that holds the shelf and these scopes (id, code) with all classes.
  LaptopHome(const std::filesystem::path& folder, std::vector<std::pair<Id, std::string>> scopes);
  /// Opens the one that an earlier run left in the folder.
  explicit LaptopHome(const std::filesystem::path& folder);
  /// Sets fields of the base catalogue by name; a set gets one element for each call.
  void set(MadeRecord& record, std::string_view kind, std::string_view field, const std::string& value);
  /// Takes the records in as one page per class; returns the seconds the store took.
  double take(const Id& scope, const std::vector<MadeRecord>& records);
  /// Closes and opens with the passphrase; returns seconds.
  double open_again();
  [[nodiscard]] client::store::LaptopStore& store() { return *store_; }
  [[nodiscard]] ManualClock& clock() { return clock_; }
  [[nodiscard]] const Id& author() const { return author_; }

 private:
  [[nodiscard]] sync::wire::ExchangeAnswer answer_of(sync::wire::FeedPage page) const;

  std::filesystem::path home_;
  std::vector<std::pair<Id, std::string>> scopes_;
  ManualClock clock_{kToday};
  sync::laptop::DeviceKeys keys_ = sync::laptop::make_device_keys();
  Id server_ = Id::make(kToday);
  Id author_ = Id::make(kToday);
  ReplicaId other_ = ReplicaId::random();
  std::uint64_t counter_ = 0;
  std::map<std::pair<Id, std::uint8_t>, std::uint64_t> positions_;
  std::unique_ptr<client::store::LaptopStore> store_;
};

}  // namespace lianxin::bench
