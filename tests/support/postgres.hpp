#pragma once
// A PostgreSQL of the tests' own, in a folder that goes with it; nothing of the machine's is touched. It
// needs Debian's package postgresql; where that is missing, tests say so and leave it out.
#include <memory>
#include <string>

#include "tests/support/process.hpp"

namespace lianxin::test {

/// LX_TEST_STORE=postgres: the servers under test keep their data in it.
[[nodiscard]] bool is_postgres_wanted();

class Postgres {
 public:
  /// The one of this process, started at the first call (2 seconds) and stopped at its end; nullptr where the
  /// package is missing. Throws where it is there and does not start: nothing may be left out unnoticed.
  static Postgres* running();
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;
  ~Postgres();
  /// A new empty database.
  [[nodiscard]] std::string new_database();
  /// A new empty place in a database shared with others of its kind: made in a moment.
  [[nodiscard]] std::string new_schema();
  /// Everybody is cut off, as by a restart of the database.
  void cut_connections();
  /// Runs SQL as its administrator; standard output.
  std::string sql(const std::string& database, const std::string& text);

 private:
  explicit Postgres(std::filesystem::path programs);
  void start();
  std::filesystem::path folder_;
  std::filesystem::path programs_;
  std::unique_ptr<Background> server_;
  int databases_ = 0;
  std::string shared_;
  int schemas_ = 0;
};

}  // namespace lianxin::test
