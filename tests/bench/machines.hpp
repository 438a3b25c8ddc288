#pragma once
// The laptops of a measurement: the real store with everything a save and a sync write, and a scribe, who
// only writes changes by rule and hands them in (the loader of a county, the other side of a conflict).
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "client/store/journal_tail.hpp"
#include "client/store/records.hpp"
#include "client/store/records_impl.hpp"
#include "client/store/store_replica.hpp"
#include "shared/base/clock.hpp"
#include "sync/laptop/session.hpp"
#include "tests/bench/county.hpp"
#include "tests/bench/measure.hpp"
#include "tests/bench/workload.hpp"

namespace lianxin::bench {

/// Where the workload's people live in this county.
struct Directory {
  Directory(const Workload& work, std::size_t members, CountyProcess& county);
  [[nodiscard]] const Id& village_of(const Id& member) const {
    return villages[numbers.at(member) % kLaptopCount];
  }
  std::vector<Id> villages;
  std::vector<Id> members;
  std::unordered_map<Id, std::size_t> numbers;
};

/// A device the county knows.
struct Device {
  Device(CountyProcess& county, const std::string& role, const std::string& code);
  [[nodiscard]] std::unique_ptr<sync::laptop::Transport> connect() const {
    return sync::laptop::make_curl_transport(identity.address);
  }
  client::store::Identity identity;
  std::uint64_t epoch = 0;
  ReplicaId replica = ReplicaId::random();
};

/// Writes changes without a store.
class Scribe {
 public:
  Scribe(CountyProcess& county, const Directory& directory)
      : device_(county, "county_officer", kCountyCodeText), directory_(directory) {
    end_.replica = device_.replica;
  }
  /// The members themselves; the change that makes member i has counter i + 1.
  void write_members(const Workload& work);
  /// The same people as members of the base catalogue: an action each, with a change for each class.
  void write_real_members(const Workload& work);
  /// One-field edits, visits and deliveries over members another scribe has made.
  void write(const Operation& operation, const Scribe& made_by);
  void write_edit(std::size_t member, std::size_t field, const std::string& value, const Scribe& made_by);
  /// Hands everything in; nothing is read.
  void push();
  [[nodiscard]] ReplicaId replica() const { return end_.replica; }
  /// For measuring the merge alone: what was written.
  [[nodiscard]] const std::vector<sync::change::Change>& written() const { return written_; }

 private:
  static constexpr const char* kCountyCodeText = "220699";
  /// `action` 0 = an action of its own.
  void add(sync::change::ChangeBody body, std::vector<sync::change::WriteValue> values,
           std::uint64_t action = 0);
  void send(std::size_t from, std::size_t to);
  Device device_;
  const Directory& directory_;
  SystemClock clock_;
  sync::change::ChainEnd end_;
  std::vector<sync::change::Change> written_;
  std::vector<bool> empty_fields_;  ///< by member * 32 + field: no head there
  std::size_t pushed_ = 0;
  std::uint64_t number_ = 0;
  std::unique_ptr<sync::laptop::Transport> line_;
};

/// What one sync cost beside time.
struct SyncCost {
  Spent whole;
  Spent take;  ///< inside the store
  sync::laptop::Receipt receipt;
};

class Laptop {
 public:
  Laptop(CountyProcess& county, const Directory& directory, const std::filesystem::path& folder,
         const std::string& role, const std::string& code, const domain::Catalogue& catalogue);
  /// Everything as actions of their own, in one commit.
  void write(const std::vector<Operation>& operations);
  /// One whole sync over a new connection.
  SyncCost sync();
  [[nodiscard]] client::store::RecordsImpl& impl() { return *impl_; }
  [[nodiscard]] client::store::Records& records() { return records_; }
  [[nodiscard]] std::uint64_t conflicts();
  /// Problems of `RecordsImpl::verify`.
  [[nodiscard]] std::size_t problems();

 private:
  void write_one(const Operation& operation);
  Device device_;
  const Directory& directory_;
  SystemClock clock_;
  std::unique_ptr<lianxin::store::Database> database_;
  std::unique_ptr<client::store::RecordsImpl> impl_;
  std::unique_ptr<client::store::JournalTail> tail_;
  client::store::Records records_;
  client::store::StoreReplica replica_;
};

}  // namespace lianxin::bench
