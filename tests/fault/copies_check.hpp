#pragma once
// The copies a laptop keeps of its work (database, journal, head mark), each judged by itself after a cut:
// quicker than opening the store, and stricter, because no copy may lean on another.
#include <filesystem>
#include <string>

#include "client/store/vault.hpp"
#include "shared/base/bytes.hpp"
#include "shared/base/id.hpp"

namespace lianxin::test {

/// What had been said when the power failed.
struct SaidSoFar {
  ReplicaId replica;
  std::uint64_t saved = 0;    ///< own counter up to which "saved" was said
  std::uint64_t at_home = 0;  ///< own counter up to which the county keeps everything
};

class CopiesCheck {
 public:
  /// Keys of a home whose disk is whole.
  explicit CopiesCheck(const std::filesystem::path& home);
  /// "" = each copy in this folder is sound and holds everything it must.
  [[nodiscard]] std::string complaint(const std::filesystem::path& home, const SaidSoFar& said) const;

 private:
  [[nodiscard]] std::string of_database(const std::filesystem::path& home, const SaidSoFar& said,
                                        std::uint64_t& end) const;
  [[nodiscard]] std::string of_journal(const std::filesystem::path& home, const SaidSoFar& said) const;
  [[nodiscard]] std::string of_head_mark(const std::filesystem::path& home, const SaidSoFar& said,
                                         std::uint64_t end) const;
  Bytes data_key_;
  Bytes journal_key_;
  Bytes head_key_;
};

}  // namespace lianxin::test
