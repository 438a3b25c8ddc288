#pragma once
// Changes of the server's own replica: the administrator is their author; chained, logged and merged exactly
// like a laptop's (design.md 12). One object per transaction.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/domain/catalogue.hpp"
#include "sync/server/service/county.hpp"
#include "sync/server/service/workspace.hpp"

namespace lianxin::sync::server {

struct FieldValue {
  std::string field;
  std::optional<std::string> value;  ///< canonical; nullopt = cleared; of an element: "1"
  std::string element = {};          ///< of a set, else ""
};

class OwnChanges {
 public:
  /// Locks and reads the server's chain.
  [[nodiscard]] static Result<OwnChanges> begin(store::Writer& writer, const domain::Catalogue& catalogue,
                                                const County& county, WallMs now_ms);
  /// Where a new record is to stand: its scope as the head names it (nil = the shelf), and what it hangs on.
  struct Place {
    Id scope;
    Id parent;
  };
  /// One action on one record: a change per privacy class, having seen what stands there. The kind and the
  /// fields must be the catalogue's (a bug otherwise). A record that is here already keeps its own place.
  /// Error "own.text" {field}: a value that is no text or too long for a change.
  [[nodiscard]] Status write(std::string_view kind, const Id& record, const std::vector<FieldValue>& values,
                             const Place& place);
  [[nodiscard]] Status write(std::string_view kind, const Id& record, const std::vector<FieldValue>& values) {
    return write(kind, record, values, Place{});
  }
  /// The last change written.
  [[nodiscard]] ChangeId last() const { return {end_.replica, end_.counter}; }
  [[nodiscard]] Workspace& workspace() { return workspace_; }
  /// Writes everything; then only the transaction's commit is left.
  [[nodiscard]] Status finish();

 private:
  OwnChanges(store::Writer& writer, const domain::Catalogue& catalogue, const County& county, WallMs now_ms)
      : writer_(&writer),
        catalogue_(&catalogue),
        author_(county.administrator),
        now_ms_(now_ms),
        workspace_(writer, catalogue) {}
  [[nodiscard]] Status append(change::ChangeBody body, std::vector<change::WriteValue> values);

  store::Writer* writer_;
  const domain::Catalogue* catalogue_;
  Id author_;
  WallMs now_ms_;
  Workspace workspace_;
  change::ChainEnd end_;
  std::uint64_t last_stamp_ = 0;
};

}  // namespace lianxin::sync::server
