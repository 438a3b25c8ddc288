#pragma once
// A member comes home for good or for some days, or moves on; a call to one or several members. One step for
// a person, several records for the store (domain.md 5.4, 5.13). Window and command line share it. Store
// thread.
#include <optional>
#include <string>
#include <vector>

#include "client/app/command.hpp"
#include "client/store/laptop_store.hpp"

namespace lianxin::client::app {

/// One action for Records::save.
struct Whereabouts {
  std::vector<store::Edit> edits;
  Id episode;                                     ///< the outflow that ends or stays open
  std::optional<store::RecordShown> certificate;  ///< the one still held, at a return
  /// That it is back is the office's to say: a correction among the edits asks the office for it.
  bool certificate_asked = false;
};

/// `next`: fields of the new outflow, when moved on. Errors "record.unknown" {id}, "episode.none",
/// "episode.many" {count}.
[[nodiscard]] Result<Whereabouts> whereabouts_edits(store::LaptopStore& store, const SayWhereabouts& said,
                                                    const std::vector<store::FieldEdit>& next,
                                                    const Messages& messages);
/// Text key {no} of what is still to be done with the certificate; null = nothing.
[[nodiscard]] const char* certificate_todo(const Whereabouts& made, const SayWhereabouts& said);

/// A contact record for each, bound together by the first one's id. Errors "call.members", "record.unknown".
[[nodiscard]] Result<std::vector<store::Edit>> call_edits(store::Records& records, const Id& first,
                                                          const std::vector<Id>& members,
                                                          const std::vector<store::FieldEdit>& fields);

/// The one outflow that has not ended. Errors "episode.none", "episode.many" {count}.
[[nodiscard]] Result<store::RecordShown> open_episode(store::Records& records, const Id& member);

}  // namespace lianxin::client::app
