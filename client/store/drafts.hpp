#pragma once
// Forms not yet saved (P2: at most 2 s of typing are lost). Content is the form's own text; the store does
// not read it.
#include <optional>
#include <string>
#include <vector>

#include "shared/base/clock.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/store/database.hpp"

namespace lianxin::client::store {

struct Draft {
  Id id;
  std::string form;  ///< "visit", "delivery", "member"
  Id subject;        ///< the member; nil = a new one
  std::string title;
  std::string content;
  std::string shown_token;  ///< sync.md 2.3
  WallMs saved_ms = 0;
};

/// Over the laptop's database; one thread.
class Drafts {
 public:
  explicit Drafts(lianxin::store::Database& database) : database_(database) {}
  /// Durable when it returns. Content at most 1 MB ("draft.too_large").
  [[nodiscard]] Status stash(const Draft& draft);
  /// Newest first.
  [[nodiscard]] Result<std::vector<Draft>> all();
  [[nodiscard]] Result<std::optional<Draft>> get(const Id& id);
  [[nodiscard]] Result<std::optional<Draft>> of(std::string_view form, const Id& subject);
  [[nodiscard]] Status drop(const Id& id);

 private:
  lianxin::store::Database& database_;
};

/// Small texts of this laptop and person ("language", "idle_lock_minutes", "roster_map.<hash>"); one thread.
class Settings {
 public:
  explicit Settings(lianxin::store::Database& database) : database_(database) {}
  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view name);
  [[nodiscard]] Status set(std::string_view name, std::string_view value);

 private:
  lianxin::store::Database& database_;
};

/// The last syncs, newest first; `summary` is JSON of the receipt.
struct PastSync {
  WallMs at_ms = 0;
  bool complete = false;
  std::string summary;
};
[[nodiscard]] Result<std::vector<PastSync>> past_syncs(lianxin::store::Database& database, std::size_t limit);

}  // namespace lianxin::client::store
