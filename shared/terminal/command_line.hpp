#pragma once
// What a command line says of itself, in the person's language: its help, and what is wrong with the words it
// was given. The programs declare commands and options by CLI11 without any text; the texts are in
// assets/text, by key:
//   usage.<program>.about                          what the program is for
//   usage.<program>.command.<words of the command> joined by dots
//   usage.<program>.word.<words of the command>.<name of the option, without dashes, blanks as "_">
// A word without a text of its own has that of the nearest command above, at last
// usage.<program>.word.<name>.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/message.hpp"
#include "shared/base/version.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11's
class App;
}

namespace lianxin {

/// "zh" or "en": the last `--lang X` or `--lang=X` of `words` that is one of them, else what LIANXIN_LANG,
/// LC_ALL, LC_MESSAGES or LANG says, the first of them that is set: English where it begins with "en", else
/// Chinese.
[[nodiscard]] std::string language_of(const std::vector<std::string>& words);

/// A line for people in place of a command: help that was asked for (0), or what is wrong with the words (2).
struct CommandLineReply {
  int exit_code = 2;
  std::string message;  ///< ends with a line break; of wrong words one line
};

/// Reads `words` (without the program's name) into what the options of `app` point at. nullopt: they are
/// right. --version among them tells the formats, as one JSON value when --json is there, too.
[[nodiscard]] std::optional<CommandLineReply> read_command_line(CLI::App& app,
                                                                const std::vector<std::string>& words,
                                                                const Messages& messages,
                                                                std::string_view program,
                                                                const ProgramFormats& formats);

/// A command below `under`; when it is read, its words ("worker add") stand in `chosen`.
CLI::App* add_command(CLI::App& under, const std::string& name, std::string& chosen);
/// A word that commands stand behind.
CLI::App* add_group(CLI::App& under, const std::string& name);

/// For tests: which texts the help of `app` uses, and which it would need and does not find.
struct HelpKeys {
  std::vector<std::string> used;
  std::vector<std::string> missing;
};
[[nodiscard]] HelpKeys help_keys(CLI::App& app, const Messages& messages, std::string_view program);

}  // namespace lianxin
