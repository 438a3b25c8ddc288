#include "sync/server/store/sql/copy_rows.hpp"

namespace lianxin::sync::server::store {
namespace {

std::string columns_of(const SqlTable& table) {
  std::string out;
  for (const auto& [name, type] : table.columns)
    out += (out.empty() ? "" : ", ") + name;
  return out;
}

std::string insert_of(const SqlTable& table) {
  std::string marks;
  for (std::size_t i = 1; i <= table.columns.size(); ++i)
    marks += (i == 1 ? "?" : ", ?") + std::to_string(i);
  return "INSERT INTO " + table.name + " (" + columns_of(table) + ") VALUES (" + marks + ")";
}

void bind_column(SqlStatement& to, const SqlStatement& row, int column, SqlType type) {
  switch (type) {
    case SqlType::kInteger:
      to.bind(column + 1, row.integer(column));
      return;
    case SqlType::kText:
      to.bind_text(column + 1, row.view(column));
      return;
    case SqlType::kOctets:
      to.bind_blob(column + 1, row.view(column));
  }
}

}  // namespace

Result<std::uint64_t> copy_rows(const std::vector<SqlTable>& tables, SqlConnection& from, SqlConnection& to) {
  std::uint64_t rows = 0;
  for (const SqlTable& table : tables) {
    const std::string insert = insert_of(table);
    LX_DO(from.each("SELECT " + columns_of(table) + " FROM " + table.name,
                    [&](const SqlStatement& row) -> Status {
                      SqlStatement put(to.prepare(insert));
                      for (std::size_t i = 0; i < table.columns.size(); ++i)
                        bind_column(put, row, static_cast<int>(i), table.columns[i].second);
                      ++rows;
                      return put.run();
                    }));
  }
  LX_DO(to.settle());
  return rows;
}

Result<std::uint64_t> count_rows(const std::vector<SqlTable>& tables, SqlConnection& in) {
  std::uint64_t rows = 0;
  for (const SqlTable& table : tables) {
    SqlStatement count(in.prepare("SELECT count(*) FROM " + table.name));
    LX_TRY(const bool found, count.step());
    if (found) rows += count.natural(0);
  }
  return rows;
}

}  // namespace lianxin::sync::server::store
