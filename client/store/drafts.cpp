#include "client/store/drafts.hpp"

namespace lianxin::client::store {
namespace {

constexpr std::size_t kContentBytesMax = 1024 * 1024;
constexpr std::string_view kSelect =
    "SELECT id, form, subject, title, content, shown_token, saved_ms FROM draft ";

Draft read_draft(const lianxin::store::Statement& row) {
  return {row.id(0), row.text(1), row.id(2), row.text(3), row.text(4), row.text(5), row.integer(6)};
}

Result<std::optional<Draft>> first_of(lianxin::store::Statement select) {
  LX_TRY(const bool found, select.step());
  if (!found) return std::optional<Draft>();
  return std::optional(read_draft(select));
}

}  // namespace

Status Drafts::stash(const Draft& draft) {
  if (draft.content.size() > kContentBytesMax)
    return fail("draft.too_large", {{"limit", std::to_string(kContentBytesMax >> 20)}});
  auto upsert = database_.prepare(
      "INSERT INTO draft VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET form = excluded.form, "
      "subject = excluded.subject, title = excluded.title, content = excluded.content, "
      "shown_token = excluded.shown_token, saved_ms = excluded.saved_ms");
  upsert.bind(1, draft.id).bind_text(2, draft.form).bind(3, draft.subject).bind_text(4, draft.title);
  upsert.bind_text(5, draft.content).bind_text(6, draft.shown_token).bind(7, draft.saved_ms);
  return upsert.run();
}

Result<std::vector<Draft>> Drafts::all() {
  std::vector<Draft> out;
  auto select = database_.prepare(std::string(kSelect) + "ORDER BY saved_ms DESC, id DESC");
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    out.push_back(read_draft(select));
  }
}

Result<std::optional<Draft>> Drafts::get(const Id& id) {
  auto select = database_.prepare(std::string(kSelect) + "WHERE id = ?");
  select.bind(1, id);
  return first_of(std::move(select));
}

Result<std::optional<Draft>> Drafts::of(std::string_view form, const Id& subject) {
  auto select = database_.prepare(std::string(kSelect) +
                                  "WHERE form = ? AND subject = ? ORDER BY saved_ms DESC, id DESC LIMIT 1");
  select.bind_text(1, form).bind(2, subject);
  return first_of(std::move(select));
}

Status Drafts::drop(const Id& id) {
  auto erase = database_.prepare("DELETE FROM draft WHERE id = ?");
  return erase.bind(1, id).run();
}

Result<std::optional<std::string>> Settings::get(std::string_view name) {
  auto select = database_.prepare("SELECT value FROM setting WHERE name = ?");
  LX_TRY(const bool found, select.bind_text(1, name).step());
  if (!found) return std::optional<std::string>();
  return std::optional(select.text(0));
}

Status Settings::set(std::string_view name, std::string_view value) {
  auto upsert =
      database_.prepare("INSERT INTO setting VALUES(?, ?) ON CONFLICT DO UPDATE SET value = excluded.value");
  return upsert.bind_text(1, name).bind_text(2, value).run();
}

Result<std::vector<PastSync>> past_syncs(lianxin::store::Database& database, std::size_t limit) {
  std::vector<PastSync> out;
  auto select = database.prepare("SELECT at_ms, complete, summary FROM past_sync ORDER BY id DESC LIMIT ?");
  select.bind(1, static_cast<std::int64_t>(limit));
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    out.push_back({select.integer(0), select.integer(1) != 0, select.text(2)});
  }
}

}  // namespace lianxin::client::store
