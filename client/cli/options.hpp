#pragma once
// The words of lianxinctl as one value: parsed once, handed to one command (README "Command line").
#include <optional>
#include <string>
#include <vector>

namespace lianxin::client::cli {

struct Options {
  // General
  std::string home;
  std::string language = "zh";  ///< "zh" or "en"
  bool json = false;
  std::string passphrase_file;
  std::string command;  ///< "put", "conflict resolve", ...

  // Arguments of commands; each command reads the ones it has declared.
  std::string kind;
  std::string id;
  std::string file;
  std::string text;                ///< join line, reason, folder
  std::vector<std::string> words;  ///< f=v, field names, --where
  std::string cause;
  std::string as_of;
  std::string search;
  std::size_t limit = 0;  ///< 0 = all
  bool history = false;
  std::string take;
  std::optional<std::string> value;
  bool both = false;
  std::string server_url;
  std::string village;
  std::string map_file;
  bool apply = false;
  bool accept_without_id = false;
  std::string scope;
  bool shelf = false;
};

/// What came of reading the words.
struct Parsed {
  bool ok = false;
  int exit_code = 2;    ///< when not ok: 0 for --help, 2 for wrong words
  std::string message;  ///< help or what is wrong
  Options options;
};

[[nodiscard]] Parsed parse_words(int argc, char** argv);

}  // namespace lianxin::client::cli
