#include "shared/terminal/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <sstream>

#include "shared/base/json_text.hpp"
#include "shared/base/text.hpp"

namespace lianxin {
namespace {

/// Columns a terminal gives the text: characters of Chinese and full-width signs take two.
std::size_t columns_of(std::string_view text) {
  const std::u32string points = to_utf32(text);
  const auto wide = std::count_if(points.begin(), points.end(), [](char32_t c) { return c >= 0x2E80; });
  return points.size() + static_cast<std::size_t>(wide);
}

/// CLI11's help with rows that line up although a Chinese character is three octets and two columns.
class Help final : public CLI::Formatter {
 public:
  explicit Help(const Messages& messages) {
    label("Usage", messages.get("usage.usage"));
    label("OPTIONS", messages.get("usage.options"));
    label("SUBCOMMAND", messages.get("usage.command"));
    label("SUBCOMMANDS", messages.get("usage.command"));
    label("Positionals", messages.get("usage.words"));
    label("REQUIRED", messages.get("usage.required"));
    label("VALUE", messages.get("usage.value"));
  }

  std::string make_option(const CLI::Option* option, bool positional) const override {
    const bool takes_value = !positional && option->get_items_expected_max() > 0;
    const std::string left = "  " + make_option_name(option, positional) +
                             (takes_value ? " <" + get_label("VALUE") + ">" : std::string());
    const std::size_t width = std::max<std::size_t>(get_column_width(), 2);
    const std::size_t gap = columns_of(left) + 1 < width ? width - columns_of(left) : 2;
    std::string right = option->get_description();
    const std::string line_break = "\n" + std::string(width, ' ');
    for (std::size_t at = right.find('\n'); at != std::string::npos;
         at = right.find('\n', at + line_break.size()))
      right.replace(at, 1, line_break);
    const std::string required = option->get_required() ? get_label("REQUIRED") : std::string();
    return left + std::string(gap, ' ') + required + right + "\n";
  }
};

std::string path_of(const CLI::App& command, char joint) {
  std::string path;
  for (const CLI::App* at = &command; at->get_parent() != nullptr; at = at->get_parent())
    path = at->get_name() + (path.empty() ? "" : joint + path);
  return path;
}

/// Name of an option or a positional word, as its key has it.
std::string bare_name(const CLI::Option& option) {
  std::string name = option.get_name();
  name.erase(0, name.find_first_not_of('-'));
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

/// Key of the nearest text of an option, or of the one that is missing everywhere.
std::string word_key(const CLI::App& command, const CLI::Option& option, const Messages& messages,
                     const std::string& prefix) {
  std::string path = path_of(command, '.');
  for (;;) {
    std::string key = prefix + ".word." + (path.empty() ? "" : path + ".") + bare_name(option);
    if (path.empty() || messages.has(key)) return key;
    path.erase(path.find('.') == std::string::npos ? 0 : path.rfind('.'));
  }
}

/// Calls `tell(key, app, option)` for each text that the help wants; option is null for a command's own.
template <typename Tell>
void walk(CLI::App& app, const Messages& messages, const std::string& prefix, const Tell& tell) {
  const std::string path = path_of(app, '.');
  tell(path.empty() ? prefix + ".about" : prefix + ".command." + path, app, nullptr);
  for (CLI::Option* option : app.get_options({})) {
    const bool is_help = option == app.get_help_ptr();
    const bool is_version = option == app.get_version_ptr();
    tell(is_help      ? "usage.help"
         : is_version ? "usage.version"
                      : word_key(app, *option, messages, prefix),
         app, option);
  }
  for (CLI::App* command : app.get_subcommands(nullptr))
    walk(*command, messages, prefix, tell);
}

void describe(CLI::App& app, const Messages& messages, std::string_view program) {
  const auto help = std::make_shared<Help>(messages);
  const std::string options = messages.get("usage.options");
  const std::string commands = messages.get("usage.commands");
  walk(app, messages, "usage." + std::string(program),
       [&](const std::string& key, CLI::App& command, CLI::Option* option) {
         if (option != nullptr) {
           option->description(messages.get(key))->group(options);
           return;
         }
         command.description(messages.get(key));
         command.group(commands);
         command.formatter(help);
       });
}

const CLI::App& innermost(const CLI::App& app) {
  const std::vector<CLI::App*> read = app.get_subcommands();
  return read.empty() ? app : innermost(*read.back());
}

/// The option that CLI11's sentence speaks of: the longest name in it.
std::string option_in(const std::string& sentence, const CLI::App& command) {
  std::string found;
  for (const CLI::App* at = &command; at != nullptr; at = at->get_parent()) {
    for (const CLI::Option* option : at->get_options({})) {
      const std::string name = option->get_name();
      if (name.size() > found.size() && sentence.find(name) != std::string::npos) found = name;
    }
  }
  return found;
}

/// What may stand behind an option, as its help says it; of several lines the first.
std::string meaning_of(const std::string& name, const CLI::App& command) {
  for (const CLI::App* at = &command; at != nullptr; at = at->get_parent()) {
    const CLI::Option* option = at->get_option_no_throw(name);
    if (option == nullptr) continue;
    const std::string& text = option->get_description();
    return text.substr(0, text.find('\n'));
  }
  return {};
}

std::string names_of_commands(const CLI::App& under) {
  std::vector<std::string> names;
  for (const CLI::App* command : under.get_subcommands({}))
    names.push_back(command->get_name());
  return join(names, " ");
}

/// How many letters are wrong, missing, too many or swapped with their neighbour.
std::size_t slips_between(std::string_view typed, std::string_view meant) {
  std::vector<std::vector<std::size_t>> best(typed.size() + 1, std::vector<std::size_t>(meant.size() + 1));
  for (std::size_t i = 0; i <= typed.size(); ++i) {
    for (std::size_t k = 0; k <= meant.size(); ++k) {
      if (i == 0 || k == 0) {
        best[i][k] = i + k;
        continue;
      }
      const std::size_t other = typed[i - 1] == meant[k - 1] ? 0 : 1;
      best[i][k] = std::min({best[i - 1][k] + 1, best[i][k - 1] + 1, best[i - 1][k - 1] + other});
      const bool swapped = i > 1 && k > 1 && typed[i - 1] == meant[k - 2] && typed[i - 2] == meant[k - 1];
      if (swapped) best[i][k] = std::min(best[i][k], best[i - 2][k - 2] + 1);
    }
  }
  return best[typed.size()][meant.size()];
}

/// The command that was probably meant: of two slips at most, and not more than half of it; "" = none.
std::string meant_by(const std::string& typed, const CLI::App& under) {
  constexpr std::size_t kLettersMax = 40;
  std::string nearest;
  std::size_t slips = 3;
  if (typed.size() > kLettersMax) return nearest;
  for (const CLI::App* command : under.get_subcommands({})) {
    const std::string& name = command->get_name();
    const std::size_t these = slips_between(typed, name);
    if (these >= slips || these * 2 > name.size()) continue;
    slips = these;
    nearest = name;
  }
  return nearest;
}

/// The command whose words go wrong: "pu member" is a slip in the first word, whatever `member` is.
const CLI::App& wrong_at(const CLI::App& app, const std::vector<std::string>& given) {
  const std::vector<std::string> strange = app.remaining(true);
  const std::vector<CLI::App*> read = app.get_subcommands();
  if (strange.empty() || read.empty() || strange.front().starts_with('-')) return innermost(app);
  const auto place = [&](const std::string& word) { return std::find(given.begin(), given.end(), word); };
  return place(strange.front()) < place(read.front()->get_name()) ? app : innermost(app);
}

/// One sentence about words that are wrong.
std::string what_is_wrong(const CLI::App& app, const std::vector<std::string>& given,
                          const CLI::ParseError& error, const Messages& messages) {
  const CLI::App& command = wrong_at(app, given);
  const std::string words =
      app.get_name() + (path_of(command, ' ').empty() ? "" : " " + path_of(command, ' '));
  const std::vector<std::string> strange = app.remaining(true);
  const bool wants_command = !command.get_subcommands({}).empty();
  if (!strange.empty()) {
    if (wants_command) {
      const std::string meant = meant_by(strange.front(), command);
      return messages.get(meant.empty() ? "error.words.no_command" : "error.words.perhaps",
                          {{"text", strange.front()},
                           {"words", words},
                           {"meant", meant},
                           {"choices", names_of_commands(command)}});
    }
    return messages.get("error.words.strange", {{"text", strange.front()}, {"words", words}});
  }
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    if (wants_command)
      return messages.get("error.words.next", {{"words", words}, {"choices", names_of_commands(command)}});
    return messages.get("error.words.missing",
                        {{"text", option_in(error.what(), command)}, {"words", words}});
  }
  const bool excluded = dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr;
  const std::string option = option_in(error.what(), command);
  return messages.get(excluded ? "error.words.excludes" : "error.words.value",
                      {{"text", option}, {"words", words}, {"meaning", meaning_of(option, command)}});
}

std::string version_text(const ProgramFormats& formats, const Messages& messages, std::string_view program) {
  const auto number = [](std::uint64_t n) { return std::to_string(n); };
  return messages.get("usage.version_text", {{"program", std::string(program)},
                                             {"version", std::string(program_version())},
                                             {"catalogue", number(formats.catalogue)},
                                             {"store", number(formats.store)},
                                             {"protocol", number(formats.protocol)},
                                             {"bundle", number(formats.bundle)},
                                             {"engine", formats.engine}}) +
         "\n" + messages.get(formats.is_encrypted ? "usage.encrypted" : "usage.not_encrypted") + "\n";
}

std::string version_json(const ProgramFormats& formats, std::string_view program) {
  const auto pair = [](const char* name, std::uint64_t n) {
    return "," + json_quote(name) + ":" + std::to_string(n);
  };
  return "{\"program\":" + json_quote(program) + ",\"version\":" + json_quote(program_version()) +
         pair("catalogue", formats.catalogue) + pair("store", formats.store) +
         pair("protocol", formats.protocol) + pair("bundle", formats.bundle) +
         ",\"engine\":" + json_quote(formats.engine) +
         ",\"encrypted\":" + (formats.is_encrypted ? "true" : "false") + "}\n";
}

/// The first of these variables that says anything.
std::string_view environment_language() {
  for (const char* name : {"LIANXIN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return {};
}

}  // namespace

std::string language_of(const std::vector<std::string>& words) {
  std::string language = environment_language().starts_with("en") ? "en" : "zh";
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view value;
    if (words[i] == "--lang" && i + 1 < words.size()) value = words[i + 1];
    if (words[i].starts_with("--lang=")) value = std::string_view(words[i]).substr(7);
    if (value == "zh" || value == "en") language = value;
  }
  return language;
}

std::optional<CommandLineReply> read_command_line(CLI::App& app, const std::vector<std::string>& words,
                                                  const Messages& messages, std::string_view program,
                                                  const ProgramFormats& formats) {
  app.set_version_flag("--version", std::string(program_version()));
  describe(app, messages, program);
  try {
    std::vector<std::string> from_the_end(words.rbegin(), words.rend());  // as CLI11 takes them
    if (!words.empty() && words.front() == "help") from_the_end.back() = "--help";
    app.parse(std::move(from_the_end));
    return std::nullopt;
  } catch (const CLI::CallForVersion&) {
    const bool json = std::find(words.begin(), words.end(), "--json") != words.end();
    return CommandLineReply{0,
                            json ? version_json(formats, program) : version_text(formats, messages, program)};
  } catch (const CLI::Success& help) {
    std::ostringstream out;
    app.exit(help, out, out);
    return CommandLineReply{0, out.str()};
  } catch (const CLI::ParseError& error) {
    return CommandLineReply{2, what_is_wrong(app, words, error, messages) + "\n"};
  }
}

CLI::App* add_command(CLI::App& under, const std::string& name, std::string& chosen) {
  CLI::App* sub = under.add_subcommand(name);
  sub->fallthrough();  // --json may stand behind it
  sub->callback([&chosen, sub] { chosen = path_of(*sub, ' '); });
  return sub;
}

CLI::App* add_group(CLI::App& under, const std::string& name) {
  CLI::App* sub = under.add_subcommand(name);
  sub->fallthrough();
  sub->require_subcommand(1);
  return sub;
}

HelpKeys help_keys(CLI::App& app, const Messages& messages, std::string_view program) {
  HelpKeys keys;
  walk(app, messages, "usage." + std::string(program), [&](const std::string& key, CLI::App&, CLI::Option*) {
    (messages.has(key) ? keys.used : keys.missing).push_back(key);
  });
  return keys;
}

}  // namespace lianxin
