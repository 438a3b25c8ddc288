#pragma once
// From the county's answer to an enrolment to the store a laptop begins with. Shared by the window and the
// command line.
#include <filesystem>
#include <string>

#include "client/store/laptop_store.hpp"
#include "sync/laptop/session.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::client::app {

/// `address` is where the laptop enrolled; the server's keys are those of the answer.
[[nodiscard]] store::NewStore new_store(const std::filesystem::path& home, const std::string& passphrase,
                                        ReplicaId replica, const sync::laptop::DeviceKeys& keys,
                                        const sync::laptop::ServerAddress& address,
                                        const sync::wire::EnrolAnswer& answer);

}  // namespace lianxin::client::app
