#pragma once
// The words of lianxin-server as one value: parsed once, handed to one command.
#include <string>
#include <vector>

#include "shared/base/message.hpp"
#include "shared/terminal/command_line.hpp"

namespace lianxin::sync::server::admin {

struct Options {
  // General
  std::string data;             ///< the server's folder
  std::string language = "zh";  ///< "zh" or "en"
  bool json = false;
  bool verbose = false;  ///< what the program logs goes to standard error; `serve` does so always
  std::string passphrase_file;
  std::string command;  ///< "init", "division import", ...

  // Arguments of commands; each command reads the ones it has declared.
  std::string name;
  std::vector<std::string> hosts;
  std::string listen;
  std::string store = "sqlite";
  std::string file;
  std::string role;
  std::string scope;
  std::string worker;
  std::string id;
  std::string reason;
  std::string who;
  std::string record;
  std::string since;
  std::string answer;              ///< a second file, written
  std::string day;                 ///< --on, --from
  std::string last_day;            ///< --to of a grant
  std::vector<std::string> codes;  ///< divisions
  bool preview = false;
  bool clock_is_right = false;
  bool apply = false;
  std::string count;  ///< as a preview showed it
  bool shelf = false;
  std::vector<std::string> fields;
  bool related = false;
  std::string lists;  ///< folder with the lists a restore must not undo
};

/// What came of reading the words.
struct Parsed {
  bool ok = false;
  int exit_code = 2;    ///< when not ok: 0 for --help, 2 for wrong words
  std::string message;  ///< help or what is wrong
  Options options;
};

/// `words` without the program's name. Options may stand before, between or after the words of the command.
/// `LIANXIN_DATA` stands for --data.
[[nodiscard]] Parsed parse_words(const std::vector<std::string>& words, const Messages& messages);

/// For tests: the texts of --help.
[[nodiscard]] HelpKeys help_keys(const Messages& messages);

}  // namespace lianxin::sync::server::admin
