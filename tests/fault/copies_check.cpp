#include "tests/fault/copies_check.hpp"

#include <sqlite3.h>
#include <vector>

#include "client/store/journal.hpp"
#include "shared/base/check.hpp"
#include "tests/client/store/small_county.hpp"

namespace lianxin::test {

namespace fs = std::filesystem;
namespace cs = client::store;

CopiesCheck::CopiesCheck(const fs::path& home) {
  const auto vault = cs::Vault::open(cs::HomePaths(home), kPassphrase);
  LX_CHECK(vault.ok(), "a key file on a whole disk opens");
  data_key_ = vault->data_key();
  journal_key_ = vault->subkey("journal");
  head_key_ = vault->subkey("head");
}

namespace {

/// A database as a program that only looks: the write-ahead log is read, nothing is written or tidied up at
/// the end.
class Looking {
 public:
  Looking(const fs::path& file, BytesView key) {
    code_ = sqlite3_open_v2(file.c_str(), &handle_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    const std::string first =
        "PRAGMA cipher='aegis'; PRAGMA key=\"raw:" + to_hex(key) + "\"; PRAGMA locking_mode=EXCLUSIVE;";
    if (code_ == SQLITE_OK) code_ = sqlite3_exec(handle_, first.c_str(), nullptr, nullptr, nullptr);
  }
  Looking(const Looking&) = delete;
  Looking& operator=(const Looking&) = delete;
  ~Looking() { sqlite3_close_v2(handle_); }
  /// All numbers of one row.
  std::vector<std::uint64_t> row(const char* sql) {
    std::vector<std::uint64_t> numbers;
    if (code_ != SQLITE_OK) return numbers;
    sqlite3_stmt* statement = nullptr;
    code_ = sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr);
    if (code_ == SQLITE_OK) code_ = sqlite3_step(statement);
    for (int i = 0; code_ == SQLITE_ROW && i < sqlite3_column_count(statement); ++i)
      numbers.push_back(static_cast<std::uint64_t>(sqlite3_column_int64(statement, i)));
    if (code_ == SQLITE_ROW) code_ = SQLITE_OK;
    sqlite3_finalize(statement);
    return numbers;
  }
  [[nodiscard]] std::string wrong() const {
    return code_ == SQLITE_OK ? "" : std::string("database: ") + sqlite3_errmsg(handle_);
  }

 private:
  sqlite3* handle_ = nullptr;
  int code_ = SQLITE_OK;
};

}  // namespace

/// The chain is whole up to its end, and its end is not before what was said.
std::string CopiesCheck::of_database(const fs::path& home, const SaidSoFar& said, std::uint64_t& end) const {
  Looking database(cs::HomePaths(home).database(), data_key_);
  const auto own = database.row(
      "SELECT (SELECT value FROM meta WHERE name = 'replica'), (SELECT value FROM meta WHERE name = "
      "'counter'), count(*), max(counter) FROM change WHERE replica = (SELECT value FROM meta WHERE name "
      "= "
      "'replica') AND hash IS NOT NULL AND length(body) > 0");
  if (own.size() != 4) return database.wrong();
  if (own[0] != said.replica.number) return "database: another replica";
  end = own[1];
  if (end < said.saved) return "database: a saved change is missing";
  if (own[2] != end || own[3] != end) return "database: a gap in the chain";
  return {};
}

/// Every change said to be saved is in it, or at the county.
std::string CopiesCheck::of_journal(const fs::path& home, const SaidSoFar& said) const {
  const fs::path file = cs::HomePaths(home).journal();
  if (!fs::exists(file)) return said.saved == 0 ? "" : "journal: gone";
  const auto journal = cs::Journal::open(file, journal_key_);
  if (!journal.ok()) return "journal: " + journal.error().code;
  if (journal->was_damaged()) return "journal: damaged";
  std::uint64_t forgotten = 0;
  if (const auto base = journal->bases().find(said.replica); base != journal->bases().end())
    forgotten = base->second.counter;
  if (forgotten > said.at_home) return "journal: forgot what the county does not have";
  for (std::uint64_t counter = forgotten + 1; counter <= said.saved; ++counter) {
    if (counter > said.at_home && journal->ids().count({said.replica, counter}) == 0)
      return "journal: a saved change is missing";
  }
  return {};
}

/// It never names what the database does not have, and never less than what was said.
std::string CopiesCheck::of_head_mark(const fs::path& home, const SaidSoFar& said, std::uint64_t end) const {
  const auto mark = cs::read_head_mark(cs::HomePaths(home).head_mark(), head_key_);
  if (!mark.ok()) return "head mark: " + mark.error().code;
  if (!*mark) return said.saved == 0 ? "" : "head mark: gone";
  if ((*mark)->end.replica != said.replica) return "head mark: another replica";
  if ((*mark)->end.counter > end) return "head mark: beyond the database";
  if ((*mark)->end.counter < said.saved) return "head mark: before what was saved";
  if ((*mark)->acknowledged > said.at_home) return "head mark: acknowledged what the county does not have";
  return {};
}

std::string CopiesCheck::complaint(const fs::path& home, const SaidSoFar& said) const {
  std::uint64_t end = 0;
  if (std::string wrong = of_database(home, said, end); !wrong.empty()) return wrong;
  if (std::string wrong = of_journal(home, said); !wrong.empty()) return wrong;
  return of_head_mark(home, said, end);
}

}  // namespace lianxin::test
