#pragma once
// Before anything can be seen: joining the county with a join line, and unlocking.
#include <cstdint>
#include <string>
#include <vector>

#include "client/view/part_view.hpp"

namespace lianxin::client::view {

/// A person with a store on this laptop.
struct StoreOwner {
  std::string store;   ///< opaque, given back in Unlock
  std::string person;  ///< "王建国"
  std::string place;   ///< "三合村 · 网格员"; empty before the first unlock
};

struct UnlockView {
  std::vector<StoreOwner> owners;
  bool working = false;  ///< the key is being derived (about a second)
  std::string problem;   ///< sentence of the last attempt
  std::string notice;  ///< why it is locked ("15 分钟没有操作，已锁定"), or that a repair was made
  std::uint64_t attempt = 0;  ///< rises with every answered attempt, so that the field empties itself
};

/// After the last one the person is inside, where the first sync is shown like any other.
enum class EnrolStage : std::uint8_t { kAsk, kConnecting, kMakingStore };

struct EnrolView {
  EnrolStage stage = EnrolStage::kAsk;
  std::string problem;  ///< sentence of the last attempt
  Problems problems;    ///< fields: join_line, passphrase
  std::uint32_t passphrase_letters_min = 12;
};

}  // namespace lianxin::client::view
