#pragma once
// One laptop of a story: the real store on a disk that can be copied, a clock that may lie, a line that
// breaks.
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/store/laptop_store.hpp"
#include "sync/laptop/session.hpp"
#include "tests/sim/groundwork.hpp"
#include "tests/sim/server.hpp"
#include "tests/sim/truth.hpp"

namespace lianxin::sim {

/// True time and a mistake.
class WrongClock final : public Clock {
 public:
  explicit WrongClock(const Clock& truth) : truth_(truth) {}
  [[nodiscard]] WallMs now_ms() const override { return truth_.now_ms() + mistake; }
  [[nodiscard]] WallMs steady_ms() const override { return truth_.now_ms(); }
  WallMs mistake = 0;

 private:
  const Clock& truth_;
};

/// What goes wrong on the way, counted in requests of one sync; 0 = never.
struct Weather {
  int lose_request = 0;
  int lose_reply = 0;
  int cut_after = 0;
  bool repeat = false;  ///< every request arrives twice
};

/// The server at the other end, without a wire.
class Line final : public sync::laptop::Transport {
 public:
  Line(Server& server, ManualClock& truth) : server_(server), truth_(truth) {}
  Result<Bytes> post(const std::string& path, BytesView body, const sync::laptop::TransferProgress& progress,
                     const sync::laptop::CancelFlag& cancel) override;
  Result<Bytes> put(const std::string& path, BytesView body, const sync::laptop::TransferProgress& progress,
                    const sync::laptop::CancelFlag& cancel) override;
  void begin(const Weather& weather);
  [[nodiscard]] int requests() const { return requests_; }
  [[nodiscard]] const Bytes& last_request() const { return last_request_; }
  [[nodiscard]] const Bytes& last_answer() const { return last_answer_; }

 private:
  [[nodiscard]] Result<Bytes> through(const std::function<Bytes()>& handle);
  [[nodiscard]] Result<Bytes> picture(bool is_put, BytesView body);
  Server& server_;
  ManualClock& truth_;
  Weather weather_;
  int requests_ = 0;
  Bytes last_request_;
  Bytes last_answer_;
};

/// Heads as they stood on a screen, by register, in the story's own numbers.
using Screen = std::map<Place, Commits>;

/// A form left open: what it showed, and the fields it may be saved with later.
struct Form {
  Id record;
  client::store::ShownHeads shown;
  Screen screen;
  Id draft;  ///< nil = only on the screen: gone with a crash
};

/// What a worker in the field holds of a record's class hardship (pairs.hpp).
enum class HardshipView : std::uint8_t { kOwn, kWhole, kNothing, kUnsure };

/// A change as it lies on the laptop's disk.
struct Written {
  Hash256 hash;
  Bytes body;
  Bytes values;
};

class Laptop {
 public:
  Laptop(const Groundwork& ground, std::size_t person, std::filesystem::path home, Server& server,
         ManualClock& truth);

  [[nodiscard]] client::store::LaptopStore& store() { return *store_; }
  [[nodiscard]] client::store::Records& records() { return store_->records(); }
  [[nodiscard]] const Enrolled& who() const { return *who_; }
  [[nodiscard]] bool is_office() const { return who_->role != "worker"; }
  [[nodiscard]] const std::filesystem::path& home() const { return home_; }

  /// The program is gone without a goodbye; what was on the disk at that moment is what it finds again.
  void crash();
  void close() { store_.reset(); }
  void open();
  /// An image of the disk as it is now.
  void take_image(const std::filesystem::path& to);
  /// The image is back on the machine; `noticed` = with a mark of its own, as a backup program does it.
  void put_back(const std::filesystem::path& image, bool noticed);
  /// A second machine with the same disk. `noticed` as above.
  void become_clone_of(Laptop& other, const std::filesystem::path& home, bool noticed);
  /// The first page of the database is overwritten.
  void ruin_database();

  [[nodiscard]] Result<sync::laptop::Receipt> sync(const Weather& weather, std::size_t batch_bytes);
  /// The answer that came last is taken a second time.
  [[nodiscard]] lianxin::Status take_last_answer_again();

  // looking at the disk
  [[nodiscard]] std::optional<Written> written(const ChangeId& id);
  /// Head hash of what only another laptop has brought so far.
  [[nodiscard]] std::optional<Hash256> brought_by_peer(const ChangeId& id);
  /// As it lies on the disk, whoever wrote it.
  [[nodiscard]] std::optional<Bytes> body_of(const ChangeId& id);
  /// A change with these values is on the disk, its own or somebody else's.
  [[nodiscard]] bool has_values(BytesView values);
  /// The first of these texts that stands anywhere in the database; "" = none.
  [[nodiscard]] std::string first_found(const std::set<std::string>& texts);
  [[nodiscard]] std::uint64_t epoch();
  [[nodiscard]] std::vector<Hash256> hashes(const char* sql);
  [[nodiscard]] std::vector<Id> ids(const char* sql);

  std::string name;
  WrongClock clock;
  Line line;
  Commits own;                 ///< saved on this disk
  Commits told;                ///< of them, what the server has told this laptop it keeps
  std::optional<Known> known;  ///< what the last whole sync left here; nullopt = not known since
  std::map<Id, HardshipView>
      hardship;                  ///< by record, as the last whole sync left it; a worker's in the field
  std::set<Id> whole;            ///< records of which nothing was kept from its user then
  std::set<Id> left;             ///< records that the last whole sync did not leave here
  std::size_t purges_heard = 0;  ///< of the county's: all when it was last green
  bool purges_unasked = false;   ///< the list went with a ruined database, what was purged did not come back
  std::vector<Form> forms;
  std::string undo;  ///< token of the last save, and the records it touched
  std::vector<Id> undo_records;
  bool revoked = false;

 private:
  const Enrolled* who_;
  std::filesystem::path home_;
  int syncs_ = 0;
  std::unique_ptr<client::store::LaptopStore> store_;
};

}  // namespace lianxin::sim
