#pragma once
// Where a record stands: the scopes whose feeds have brought it, or, of what was made here and no feed has
// told yet, where it is supposed to be (sync.md 6).
//
// Nearly every record stands in one scope, the one it is shown in, and its own row says so. The rule, which
// leaves one way to write each state of things:
//  - a pair (record, scope) is in the record's row (`record.stands` & 1) iff the scope is the one shown and
//    the pair is not silent;
//  - every other pair is in table `membership_beside`, and `record.stands` & 2 iff there is one;
//  - a record without a row stands nowhere: `RecordBox::enters` says where a new one will.
// View `membership` is both as one table. It is written by this class, and by RecordsImpl::write_record_row,
// which makes the row and lets a record's pairs be set anew when it is shown in another scope. Internal to
// this folder.
#include <functional>
#include <map>
#include <vector>

#include "client/store/record_row.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

/// One scope a record stands in.
struct Standing {
  Id scope;
  /// Another scope's page brought the record anew: this scope's feed has nothing to add to it.
  bool is_silent = false;
  bool operator==(const Standing&) const = default;
};

class Membership {
 public:
  explicit Membership(lianxin::store::Database& database) : database_(database) {}

  // --- asked. Sorted by scope.
  [[nodiscard]] Result<std::vector<Standing>> of(const Id& record);
  /// Of a record as it was loaded, when nothing has been written of it since. Asks nothing where its row says
  /// all.
  [[nodiscard]] Result<std::vector<Standing>> of(const RecordBox& loaded);
  [[nodiscard]] Result<std::vector<Id>> scopes_of(const Id& record);
  /// Every scope with its records; reads all rows once.
  [[nodiscard]] Result<std::map<Id, std::vector<Id>>> by_scope();

  // --- written. Nothing happens to a record without a row.
  /// It stands in this scope too; a pair that is there already stays as it is.
  [[nodiscard]] Status add(const Id& record, const Id& scope);
  /// It does not stand in this scope any more.
  [[nodiscard]] Status end(const Id& record, const Id& scope);
  /// It stands in no other scope than this one any more.
  [[nodiscard]] Status end_others(const Id& record, const Id& scope);
  /// Of its scopes this one speaks, and all others are silent.
  [[nodiscard]] Status silence_others(const Id& record, const Id& scope);
  /// None of its scopes is silent any more.
  [[nodiscard]] Status speak(const Id& record);
  /// None is, of any record.
  [[nodiscard]] Status speak_all();
  /// It stands in these scopes and no other; each scope once.
  [[nodiscard]] Status set(const Id& record, const std::vector<Standing>& standings);
  /// Before its row goes.
  [[nodiscard]] Status erase(const Id& record);

  /// Records of which it is not written by the rule.
  [[nodiscard]] Result<std::vector<Id>> wrong();
  /// Everything as the rule says, whatever stands there.
  [[nodiscard]] Status mend();

 private:
  using Change = std::function<void(std::vector<Standing>& standings)>;
  [[nodiscard]] Status change(const Id& record, const Change& change);

  lianxin::store::Database& database_;
};

}  // namespace lianxin::client::store
