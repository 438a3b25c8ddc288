// Where a session begins and ends.
#include "sync/server/store/sql/session.hpp"

#include <algorithm>
#include <cstring>

namespace lianxin::sync::server::store {
namespace {

constexpr std::string_view kRewrites = "rewrites";

}  // namespace

SqlSession::~SqlSession() {
  if (connection_->in_transaction()) (void)connection_->exec("ROLLBACK");
  give_back_(std::move(connection_));
}

Status SqlSession::begin(bool writing) {
  return writing ? connection_->begin_writing() : connection_->begin_reading();
}

Status SqlSession::begin_savepoint() {
  line_counts_.push_back(lines_.size());
  return connection_->exec("SAVEPOINT one");
}

Status SqlSession::end_savepoint(bool keep) {
  if (!line_counts_.empty()) {
    if (!keep) lines_.resize(line_counts_.back());
    line_counts_.pop_back();
  }
  return connection_->exec(keep ? "RELEASE one" : "ROLLBACK TO one; RELEASE one");
}

Result<std::uint64_t> SqlSession::mark_of_rewrites() {
  LX_TRY(const auto bytes, meta(kRewrites));
  std::uint64_t mark = 0;
  if (bytes) std::memcpy(&mark, bytes->data(), std::min(sizeof mark, bytes->size()));
  return mark;
}

/// By chance: numbers that are counted would come again after a restore.
Status SqlSession::put_mark_of_rewrites() { return put_meta(kRewrites, random_bytes(sizeof(std::uint64_t))); }

Status SqlSession::commit() {
  if (has_rewritten_) LX_DO(put_mark_of_rewrites());
  LX_DO(connection_->settle());
  if (lists_ != nullptr && !lines_.empty()) LX_DO(lists_->append(lines_));
  return connection_->exec("COMMIT");
}

std::string put_row_sql(std::string_view table, const std::vector<std::string_view>& columns) {
  std::string names;
  std::string marks;
  std::string sets;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string name(columns[i]);
    names += (i == 0 ? "" : ", ") + name;
    marks += (i == 0 ? "?" : ", ?") + std::to_string(i + 1);
    if (i > 0) sets += (i == 1 ? "" : ", ") + name + " = excluded." + name;
  }
  return "INSERT INTO " + std::string(table) + " (" + names + ") VALUES (" + marks + ") ON CONFLICT (" +
         std::string(columns.front()) + ") DO UPDATE SET " + sets;
}

}  // namespace lianxin::sync::server::store
