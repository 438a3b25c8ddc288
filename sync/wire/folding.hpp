#pragma once
// Requests and answers with less said (since protocol 3): changes and entries in columns, and what both sides
// can list told by its sum. A laptop that folds its request is answered folded; nothing here knows what
// either side has stored.
//
//   scopes held    the laptop tells the sum of the list it was told last, and its cursors as positions
//                  along it. A server whose list is another one has read no cursor: it answers with its
//                  list and no page, and the laptop names its cursors one by one in the next exchange.
//   digests        the answer ends with one sum over the place, position and digest of every (scope,
//                  class) held. Where the laptop's own sum is another one, it asks for each of them
//                  (sync.md 9).
#include <vector>

#include "sync/wire/messages.hpp"

namespace lianxin::sync::wire {

/// Of scopes, codes and classes, in whatever order they stand.
[[nodiscard]] Digest128 sum_of(std::vector<HeldScope> held);

/// One feed as it stands at the end of an answer; a (scope, class) without a digest is one without records.
using FeedEnd = ScopeDigest;
/// Of place, position and digest of every class of these scopes, those of `ends` that are among them and
/// zeros for the rest.
[[nodiscard]] Digest128 sum_of_ends(std::vector<HeldScope> held, const std::vector<FeedEnd>& ends);

/// Moves changes and cursors into `folded`. `held` empty = the cursors stay as they are.
void fold(ExchangeRequest& request, const std::vector<HeldScope>& held, bool each_digest);
/// Brings the changes back and says in `folding` what else was told; a request in rows stays as it is. Error
/// "wire.malformed".
[[nodiscard]] Status unfold(ExchangeRequest& request);
/// The cursors, once the list is known along which they were told. False where it is another list.
[[nodiscard]] bool read_cursors(ExchangeRequest& request, const std::vector<HeldScope>& held);

/// For who folded its request so; leaves an answer in rows that says what columns cannot.
void fold(ExchangeAnswer& answer, const Folding& asked);
/// The answer as it was, with `held`, the list of the request, where the server has no other. Error
/// "wire.malformed".
[[nodiscard]] Status unfold(ExchangeAnswer& answer, const std::vector<HeldScope>& held);

}  // namespace lianxin::sync::wire
