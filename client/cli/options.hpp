#pragma once
// The words of lianxinctl as one value: parsed once, handed to one command.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/base/message.hpp"
#include "shared/terminal/command_line.hpp"

namespace lianxin::client::cli {

struct Options {
  // General
  std::string home;
  std::string language = "zh";  ///< "zh" or "en"
  bool json = false;
  bool verbose = false;  ///< what the program logs goes to standard error
  std::string passphrase_file;
  std::string command;  ///< "put", "conflict resolve", ...

  // Arguments of commands; each command reads the ones it has declared.
  std::string kind;
  std::string id;
  std::string other;    ///< the second of two records
  bool freeze = false;  ///< report: kept as handed in
  std::string reason;   ///< report: why once more
  bool close = false;   ///< report f7: the month is closed with it
  bool said = false;    ///< what was said, not what waits
  std::string file;
  std::string text;                ///< join line, reason, folder
  std::vector<std::string> words;  ///< f=v, field names, --where
  std::string cause;
  std::string as_of;
  std::string from;
  std::string period;  ///< "2026-09", "2026Q3", "2026"
  std::string record;  ///< of a form of one record
  std::string member;
  std::string on;
  bool certificate_back = false;
  std::string quarter;  ///< "2026Q4"; "" = that of today
  std::string how = "phone";
  std::optional<int> row;  ///< a figure; none = all
  bool unmasked = false;   ///< telephones and ID numbers in full
  bool gb18030 = false;
  bool check = false;    ///< figures: what must agree
  bool current = false;  ///< by the divisions of today
  std::string search;
  std::size_t limit = 0;  ///< 0 = all
  bool history = false;
  std::string take;
  std::optional<std::string> value;
  bool both = false;
  bool sure = false;  ///< a doubtful telephone or ID number is meant as it stands
  std::string server_url;
  bool keep = false;   ///< sync: by this address from now on
  std::string to;      ///< "server" or a replica
  std::string out;     ///< a file that is written
  std::string edited;  ///< report f9: the report as a person edited it
  std::string village;
  std::string map_file;
  bool preview = false;  ///< says what would be done and does nothing
  bool apply = false;
  bool accept_without_id = false;
  bool hidden_sheets = false;
  std::string rejected;  ///< import: file for the rows that are not taken
  std::string scope;
  bool shelf = false;
  bool again = false;  ///< enrol: the laptop that is here, with all its work
  std::uint64_t seed = 1;
  int share = 100;  ///< percent
};

/// What came of reading the words.
struct Parsed {
  bool ok = false;
  int exit_code = 2;    ///< when not ok: 0 for --help, 2 for wrong words
  std::string message;  ///< help or what is wrong
  Options options;
};

/// `argv` without the program's name. Options of the program itself stand before or behind the command.
[[nodiscard]] Parsed parse_words(const std::vector<std::string>& argv, const Messages& messages);

/// For tests: the texts of --help.
[[nodiscard]] HelpKeys help_keys(const Messages& messages);

}  // namespace lianxin::client::cli
