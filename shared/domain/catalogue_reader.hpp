#pragma once
// Reads the rows of a catalogue file; every fault names its line.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/catalogue.hpp"

namespace lianxin::domain {

class CatalogueReader {
 public:
  /// Error "catalogue.malformed" {line, why}; `why` is a word for programmers, the file is not written by
  /// users.
  [[nodiscard]] Result<Catalogue> read(std::string_view tsv);

 private:
  using Words = std::vector<std::string>;

  [[nodiscard]] Status row(const Words& words);
  [[nodiscard]] Status version_row(const Words& words);
  [[nodiscard]] Status kind_row(const Words& words);
  [[nodiscard]] Status scope_words(std::string_view words, Kind& kind) const;
  [[nodiscard]] Status field_row(const Words& words);
  [[nodiscard]] Status field_words(const Words& words, Field& field) const;
  [[nodiscard]] Status add_field(Field field);
  [[nodiscard]] Status whole() const;
  [[nodiscard]] Status whole_kind(const Kind& kind) const;
  [[nodiscard]] Status whole_field(const Kind& kind, const Field& field) const;
  [[nodiscard]] Error malformed(std::string why) const;

  Catalogue catalogue_;
  std::size_t line_ = 0;
};

}  // namespace lianxin::domain
