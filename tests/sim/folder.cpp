#include "tests/sim/folder.hpp"

#include <cstdlib>
#include <unistd.h>

#include "client/store/machine_mark.hpp"
#include "tests/sim/broken.hpp"

namespace lianxin::sim {

namespace fs = std::filesystem;

Folder::Folder() {
  const fs::path memory = "/dev/shm";
  const fs::path place = access(memory.c_str(), W_OK) == 0 ? memory : fs::temp_directory_path();
  std::string pattern = (place / "lianxin-sim-XXXXXX").string();
  require(mkdtemp(pattern.data()) != nullptr, "no folder for the stories below " + place.string());
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

namespace {

bool stays_on_the_machine(const fs::path& file) {
  const std::string name = file.filename().string();
  return file.filename() == client::store::machine_mark_file("").filename() || name.ends_with("-shm") ||
         name == "lock";
}

}  // namespace

void copy_disk(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  for (const auto& entry : fs::directory_iterator(from)) {
    const fs::path copy = to / entry.path().filename();
    if (stays_on_the_machine(entry.path())) continue;
    if (entry.path().filename() == "spare.lx") {
      fs::create_hard_link(entry.path(), copy);  // 2 MB that nobody writes in again
    } else {
      fs::copy_file(entry.path(), copy);
    }
  }
}

void put_back_disk(const fs::path& image, const fs::path& home) {
  for (const auto& entry : fs::directory_iterator(home)) {
    if (entry.path().filename() != client::store::machine_mark_file("").filename()) fs::remove(entry.path());
  }
  copy_disk(image, home);
}

std::string first_text_in(store::Database& database, const std::set<std::string>& texts) {
  if (texts.empty()) return {};
  std::vector<std::string> tables;
  {
    auto select = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'");
    while (must(select.step()))
      tables.push_back(select.text(0));
  }
  for (const std::string& table : tables) {
    int columns = 0;
    {
      auto count = database.prepare("SELECT count(*) FROM pragma_table_info(?)");
      (void)must(count.bind_text(1, table).step());
      columns = static_cast<int>(count.integer(0));
    }
    auto select = database.prepare("SELECT * FROM \"" + table + "\"");
    while (must(select.step())) {
      for (int column = 0; column < columns; ++column) {
        const Bytes cell = select.blob(column);
        for (const std::string& text : texts) {
          if (cell.find(text) != Bytes::npos) return text + " in " + table;
        }
      }
    }
  }
  return {};
}

}  // namespace lianxin::sim
