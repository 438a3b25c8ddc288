#pragma once
// The county's server has moved: what a person types as its address, and what is kept of it. Window and
// command line share it.
#include <string>
#include <string_view>

#include "client/store/laptop_store.hpp"
#include "shared/base/result.hpp"
#include "sync/laptop/replica.hpp"

namespace lianxin::client::app {

/// "https://host:port" without a slash behind. Error "words.server" {text}.
[[nodiscard]] Result<std::string> county_address(std::string_view typed);

/// The county at `url`, "" = where it is looked for now: its keys are the county's wherever it is.
[[nodiscard]] sync::laptop::ServerAddress county_at(const store::LaptopStore& store, const std::string& url);

/// The county was met at `url`: it is looked for there from now on; laptop and keys stay. Errors of
/// LaptopStore::enrol_again.
[[nodiscard]] Status keep_county_address(store::LaptopStore& store, const std::string& url);

/// Whether what went wrong may be that the server is at another address.
[[nodiscard]] bool may_have_moved(const Error& error);

}  // namespace lianxin::client::app
