#pragma once
// What the program says: JSON for programs on standard output, sentences and tables for people, progress and
// notes on standard error.
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/message.hpp"
#include "shared/base/result.hpp"
#include "shared/domain/catalogue.hpp"

namespace lianxin::client::cli {

using Json = nlohmann::ordered_json;

class Terminal {
 public:
  /// `language`: "zh" or "en". Streams and messages outlive the terminal.
  Terminal(std::ostream& out, std::ostream& err, const Messages& messages, std::string language, bool json)
      : out_(out), err_(err), messages_(messages), language_(std::move(language)), json_(json) {}

  [[nodiscard]] bool json() const { return json_; }
  [[nodiscard]] const std::string& language() const { return language_; }
  [[nodiscard]] const Messages& messages() const { return messages_; }
  /// The program's, or with the county's own fields once a store that knows them was opened.
  [[nodiscard]] const domain::Catalogue& catalogue() const { return catalogue_; }
  void use(const domain::Catalogue& catalogue) { catalogue_ = catalogue; }
  [[nodiscard]] std::string words(std::string_view key, const std::vector<ErrorArg>& args = {}) const;

  /// One line of JSON on standard output, also without --json (`dump`).
  void value(const Json& json);
  /// A line as it is, on standard output.
  void line(std::string_view text);
  /// A sentence on standard output; nothing under --json.
  void say(std::string_view key, const std::vector<ErrorArg>& args = {});
  /// Columns as wide as their widest cell (Chinese characters count two); nothing under --json.
  void table(const std::vector<std::vector<std::string>>& rows);
  /// A sentence on standard error, always.
  void note(std::string_view key, const std::vector<ErrorArg>& args = {});
  /// Whether all that was said on standard output has arrived. Error "output.lost".
  [[nodiscard]] Status flush();
  /// The error for programs or for people; `more` is merged into the error's JSON.
  void error(const Error& error, const Json& more = {});

 private:
  std::ostream& out_;
  std::ostream& err_;
  const Messages& messages_;
  std::string language_;
  bool json_;
  domain::Catalogue catalogue_ = domain::Catalogue::base();
};

/// Columns a terminal needs for a text: two for a Chinese character, none for a combining mark.
[[nodiscard]] std::size_t display_width(std::string_view utf8);
/// "2026-11-24 15:04" in the county.
[[nodiscard]] std::string time_text(std::int64_t wall_ms);
/// "2026-11-24T07:04:05Z".
[[nodiscard]] std::string iso_time(std::int64_t wall_ms);

}  // namespace lianxin::client::cli
