#pragma once
// Every invariant of a store, checked (LaptopStore::verify). Internal to this folder.
#include "client/store/journal_tail.hpp"
#include "client/store/laptop_store.hpp"
#include "client/store/records_impl.hpp"

namespace lianxin::client::store {

[[nodiscard]] Result<LaptopStore::Verified> verify_store(RecordsImpl& records, const JournalTail& tail,
                                                         const HomePaths& home, BytesView head_key);

}  // namespace lianxin::client::store
