#pragma once
// What every builder reads from. Builders run on the store thread only (P8).
#include <string>
#include <string_view>

#include "client/store/laptop_store.hpp"
#include "client/store/work_queries.hpp"
#include "client/view/wording.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::view {

struct ViewSources {
  store::LaptopStore& store;
  const Wording& wording;

  /// With the county's own fields.
  [[nodiscard]] const domain::Catalogue& catalogue() const { return store.records().catalogue(); }
  /// What a field is called.
  [[nodiscard]] std::string label(std::string_view kind, std::string_view field) const {
    return wording.label(kind, field, catalogue());
  }
  [[nodiscard]] WallMs now() const { return store.clock().now_ms(); }
  [[nodiscard]] Date today() const { return Date::of(now()); }
};

/// A stored value in words: name of a code, of a record referred to, a date as people write it.
[[nodiscard]] Result<std::string> value_in_words(const ViewSources& sources, const domain::Field& field,
                                                 const std::string& value);
/// What a list shows instead of a telephone or ID number; "" = the value hides nothing.
[[nodiscard]] std::string masked_value(std::string_view kind, std::string_view field,
                                       const std::string& value);
/// The day a record speaks of: when it happened, was opened, left, began; "" = it has none.
[[nodiscard]] std::string day_in_words(const ViewSources& sources, const store::RecordShown& record);
/// What a record is called: its name, title, topic or number, else whom it is about and when; a sentence for
/// one this laptop does not have.
[[nodiscard]] Result<std::string> name_in_words(const ViewSources& sources, const Id& record);
/// The same of a row of a list of that kind, with all its fields.
[[nodiscard]] Result<std::string> name_in_words(const ViewSources& sources, const std::string& kind,
                                                const store::ListRow& row);
/// Name of a worker; a sentence for one this laptop does not know.
[[nodiscard]] Result<std::string> worker_name(const ViewSources& sources, const Id& worker);
/// "当面", "电话": how a value is known.
[[nodiscard]] std::string cause_in_words(const Wording& wording, sync::change::CauseKind cause);
/// "广东深圳" out of the destination's code and the words beside it; "" when neither is known.
[[nodiscard]] std::string place_in_words(const Wording& wording, const std::string& division,
                                         const std::string& words);
/// The same for a narrow column, no nearer than the prefecture: "山东青岛" of "山东省青岛市市南区".
[[nodiscard]] std::string place_in_brief(const Wording& wording, const std::string& division,
                                         const std::string& words);
/// What is to be known before a record of the kind is saved in that unit (nil = the shelf); "" = nothing.
[[nodiscard]] Result<std::string> before_saving(const ViewSources& sources, std::string_view kind,
                                                const Id& place);
/// The member a record is about; nil = none.
[[nodiscard]] Result<Id> member_of(const ViewSources& sources, const Id& record);

}  // namespace lianxin::client::view
