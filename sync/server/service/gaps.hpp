#pragma once
// Counters a device gave its changes that never came, though later ones did (sync.md 4.2): awaited, until the
// office closes those of a device that is lost for good.
#include <cstdint>
#include <vector>

#include "sync/server/store/store.hpp"
#include "sync/wire/parts.hpp"

namespace lianxin::sync::server {

struct DeviceGaps {
  struct Closed {
    store::GapClosingRow closing;
    std::uint64_t arrived = 0;  ///< of its counters, afterwards
    [[nodiscard]] std::uint64_t missing() const { return closing.last - closing.first + 1 - arrived; }
  };
  std::vector<wire::IdRun> open;  ///< awaited, by replica, rising
  std::vector<Closed> closed;     ///< in the order of their closing

  [[nodiscard]] std::uint64_t awaited() const;
  [[nodiscard]] std::uint64_t closed_missing() const;
  [[nodiscard]] std::uint64_t arrived_late() const;
};

/// Of all chains of the device: what lies between its counter row and the highest counter kept, and is
/// neither here nor closed. `replicas` are all of the store.
[[nodiscard]] Result<DeviceGaps> gaps_of(store::Reader& reader, const store::DeviceRow& device,
                                         const std::vector<store::ReplicaRow>& replicas);

}  // namespace lianxin::sync::server
