#pragma once
// A laptop's records over a plain database in a temporary folder, and a small server that merges what it is
// sent and feeds it back (one scope, every class).
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "client/store/feed_writer.hpp"
#include "client/store/records.hpp"
#include "client/store/records_impl.hpp"
#include "shared/store/database.hpp"
#include "tests/support/process.hpp"

namespace lianxin::test {

namespace cs = client::store;

/// Remembers what it was told.
class FakeTail final : public cs::SaveTail {
 public:
  Status saved(const std::vector<cs::JournalEntry>& entries, const cs::HeadMark& mark) override;
  Status acknowledged(ReplicaId replica, std::uint64_t counter, const cs::HeadMark& mark) override;
  Status erased() override { return {}; }
  [[nodiscard]] int copies() const override { return 2; }
  std::vector<cs::JournalEntry> entries;
  cs::HeadMark mark;
};

inline constexpr WallMs kStart = 1'790'000'000'000;  // 2026-09-21
inline const char* const kVillageCode = "220622101200";

/// One change as the server keeps it.
struct Kept {
  ChangeId id;
  Bytes body;
  Bytes values;
  bool quarantined = false;
  std::vector<ChangeId> ghosts;
};

/// Merges in order of arrival. Everything it takes is one feed, whatever the class.
class SmallServer {
 public:
  void push(const cs::JournalEntry& entry, bool quarantine = false);
  [[nodiscard]] bool has(const ChangeId& id) const { return index_.count(id) > 0; }
  [[nodiscard]] const std::vector<Kept>& log() const { return log_; }
  [[nodiscard]] const std::map<Id, sync::merge::RecordState>& states() const { return states_; }

 private:
  std::vector<Kept> log_;
  std::map<ChangeId, std::size_t> index_;
  std::map<Id, sync::merge::RecordState> states_;
};

class Desk {
 public:
  explicit Desk(std::uint64_t replica = 1,
                const std::string& worker = "0199aaaa-0000-7000-8000-000000000001");
  cs::Edit edit(const std::string& kind, const Id& record,
                const std::vector<std::pair<std::string, std::string>>& fields) const;
  /// Saves one edit; the test fails unless it was saved.
  cs::Saved put(const std::string& kind, const Id& record,
                const std::vector<std::pair<std::string, std::string>>& fields,
                const cs::ShownHeads* shown = nullptr);
  Id member(const std::string& name);
  [[nodiscard]] std::string value(const Id& record, const std::string& field);
  /// Everything own that was not sent yet goes to the server.
  void push(SmallServer& server);
  /// Everything the server has that has not been read, at most `limit` entries.
  void pull(const SmallServer& server, std::size_t limit = 1000000);
  /// Every derived thing is what it is derived from.
  [[nodiscard]] std::vector<std::string> problems();
  [[nodiscard]] std::string dump();

  Id worker;
  Id village;
  ManualClock clock{kStart};
  TempFolder folder;
  std::unique_ptr<lianxin::store::Database> database;
  std::unique_ptr<cs::RecordsImpl> impl;
  FakeTail tail;
  cs::Records records;

 private:
  std::unique_ptr<cs::RecordsImpl> open();
  std::size_t pushed_ = 0;
  std::size_t pulled_ = 0;
};

}  // namespace lianxin::test
