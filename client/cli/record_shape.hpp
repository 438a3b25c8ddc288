#pragma once
// Records as the command line shows them: JSON by the contract, and words for people.
#include <map>
#include <string>

#include "client/cli/terminal.hpp"
#include "client/store/records.hpp"
#include "client/view/conflict_desk_view_builder.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::cli {

/// Names of workers, members and units by their ids, looked up once.
class Names {
 public:
  explicit Names(store::Records& records) : records_(records) {}
  /// The name, else the id itself. An error of the store counts as "no name".
  [[nodiscard]] std::string of(const Id& id);

 private:
  store::Records& records_;
  std::map<Id, std::string> known_;
};

/// {"value","dispute","confirmed_on"}; the value of a set is an array.
[[nodiscard]] Json field_json(const domain::Field* field, const store::FieldShown& shown);
[[nodiscard]] Json record_json(const Terminal& terminal, const store::RecordShown& record);
[[nodiscard]] Json row_json(const domain::Kind& kind, const store::ListRow& row);
[[nodiscard]] Json history_json(const std::vector<store::HistoryEntry>& history, Names& names);
/// `purged` as view::purged_in says.
[[nodiscard]] Json conflict_json(const store::ConflictItem& conflict, const view::PurgedWrites& purged,
                                 Names& names);
[[nodiscard]] Json told_json(const store::Told& told, Names& names);
/// "values", "group", "delete": what a conflict is about.
[[nodiscard]] std::string conflict_word(sync::merge::ConflictKind what);

/// A stored value in words: names of codes and records, "yes" and "no"; sets joined.
[[nodiscard]] std::string value_text(const Terminal& terminal, const domain::Field* field,
                                     const std::string& value, Names& names);
/// How a value is known, in words.
[[nodiscard]] std::string cause_text(const Terminal& terminal, const sync::change::Cause& cause);
[[nodiscard]] std::string kind_text(const Terminal& terminal, std::string_view kind);
/// On standard error: what may be written for a field of this kind, or for a kind.
void note_fields(Terminal& terminal, const domain::Kind& kind);
void note_kinds(Terminal& terminal);
/// Up to eight units by their names; of more the one above all others and how many are below it.
[[nodiscard]] std::string scopes_text(const Terminal& terminal, const std::vector<store::HeldScope>& scopes);
[[nodiscard]] std::string field_text(const Terminal& terminal, std::string_view kind, std::string_view field);
[[nodiscard]] const domain::Field* field_of(const Terminal& terminal, std::string_view kind,
                                            std::string_view field);

}  // namespace lianxin::client::cli
