#pragma once
// Where answers go: JSON for programs or text for people on standard output, everything else on standard
// error.
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "shared/base/clock.hpp"
#include "shared/base/message.hpp"

namespace lianxin::sync::server::admin {

using Json = nlohmann::ordered_json;

class Output {
 public:
  Output(std::ostream& out, std::ostream& err, const Messages& messages, bool json)
      : out_(out), err_(err), messages_(messages), json_(json) {}

  [[nodiscard]] const Messages& messages() const { return messages_; }
  /// The one JSON value; nothing in the form for people.
  void value(const Json& value);
  /// A line for people; nothing with --json.
  void line(const std::string& text);
  void say(std::string_view key, const std::vector<ErrorArg>& args = {}) { line(messages_.get(key, args)); }
  /// A line in both forms: dumps.
  void raw(const std::string& line);
  /// One array element by element, so that a long one needs no memory: any number of `item`, then
  /// `end_items`.
  void item(const Json& value);
  void end_items();
  /// Progress and hints, never part of the answer.
  void aside(std::string_view key, const std::vector<ErrorArg>& args = {});
  /// The one line of a failure; `record` of the error names what it is about. Returns exit code 1.
  int failure(const Error& error);
  /// Everything was really written. Error "output.lost".
  [[nodiscard]] Status flush();

 private:
  [[nodiscard]] std::string sentence(const Error& error) const;

  std::ostream& out_;
  std::ostream& err_;
  const Messages& messages_;
  bool json_;
  bool first_item_ = true;
};

/// The program's texts, "zh" or "en".
[[nodiscard]] Result<Messages> load_messages(std::string_view language);
/// "2026-09-30 14:05" in the county; "" for 0.
[[nodiscard]] std::string moment_text(WallMs instant);

}  // namespace lianxin::sync::server::admin
