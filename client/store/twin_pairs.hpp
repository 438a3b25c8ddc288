#pragma once
// Which entries that have a key in common (twin_index.hpp) are alike, and how much. A county has thousands of
// such keys all over the file, and comparing two entries takes some 60 us: keys that are shared and what was
// compared are remembered until a key is written again (touched.hpp); what people said of a pair is asked
// every time. Who made an entry is asked when it is compared, and so is whom it is for. Internal to this
// folder.
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "client/store/records.hpp"
#include "client/store/touched.hpp"
#include "shared/domain/likeness.hpp"

namespace lianxin::client::store {

class RecordsImpl;

class TwinPairs {
 public:
  explicit TwinPairs(RecordsImpl& records) : records_(records) {}
  /// As Records::twins says it, `unread` aside.
  [[nodiscard]] Result<Twins> find(std::size_t limit, std::size_t compared);

 private:
  class Finder;
  void forget();
  [[nodiscard]] Status forget_touched();
  [[nodiscard]] Status read_key(const Bytes& key);
  /// At most so many of the next shared keys.
  [[nodiscard]] Status read_keys(std::size_t keys);

  RecordsImpl& records_;
  std::map<Bytes, std::vector<Id>> keys_;  ///< strongest first; of two subjects up to kTwinSubjectsMax
  Bytes read_to_;                          ///< keys up to this one are there
  bool is_read_ = false;                   ///< all are
  std::map<std::pair<Id, Id>, TwinPair> compared_;  ///< a material by its id; not alike too
  std::unordered_map<Id, std::optional<domain::PersonFacts>> persons_;
};

}  // namespace lianxin::client::store
