#pragma once
// --freeze: a form as it was handed in, kept with the records that counted (client/report/snapshots.hpp).
#include <optional>
#include <string>

#include "client/cli/call.hpp"
#include "client/report/snapshots.hpp"

namespace lianxin::client::cli {

/// One freezing: its number stands on the pages before they are made, then the file is kept.
class Freezing {
 public:
  /// nullopt without --freeze. Errors of report::next_mark.
  [[nodiscard]] static Result<std::optional<Freezing>> begin(Call& call, store::LaptopStore& store,
                                                             const std::string& form,
                                                             const figures::Asked& asked);
  /// For the foot of each page.
  [[nodiscard]] std::string words() const;
  /// `snapshot` has the form's value already; the rest is added here. Says id, number and digest in `said`.
  [[nodiscard]] Status keep(report::Snapshot snapshot, const Bytes& file, Json& said);
  void say() const;

 private:
  Freezing(Call& call, store::LaptopStore& store, const figures::Asked& asked)
      : call_(&call), store_(&store), asked_(asked) {}

  Call* call_;
  store::LaptopStore* store_;
  figures::Asked asked_;
  std::string form_;
  report::ToFreeze what_;
  std::string digest_;
};

}  // namespace lianxin::client::cli
