#include "client/app/left_file.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/file.hpp"
#include "shared/base/hash.hpp"
#include "shared/base/log.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSetting = "left_files";
constexpr std::size_t kRememberedMax = 500;
constexpr std::uint64_t kComparedBytesMax = 256ULL << 20U;

/// What a link leads to is what is written and kept.
fs::path place_of(const fs::path& file) {
  std::error_code unknown;
  fs::path place = fs::canonical(file, unknown);
  if (unknown) place = fs::weakly_canonical(fs::absolute(file, unknown), unknown);
  return unknown ? file : place;
}

/// Hashes of path and content of the files this store left, the newest last.
class LeftFiles {
 public:
  explicit LeftFiles(store::LaptopStore& store) : store_(store) {}

  [[nodiscard]] bool is_as_left(const fs::path& place, BytesView content) {
    const auto known = read();
    return std::find(known.begin(), known.end(), line_of(place, content)) != known.end();
  }
  /// A store that takes nothing now does not hinder a file from being left.
  void note(const fs::path& place, BytesView content) {
    std::vector<std::string> known = read();
    const std::string line = line_of(place, content);
    if (!known.empty() && known.back() == line) return;
    std::erase_if(known, [&](const std::string& one) { return one.starts_with(name_of(place)); });
    known.push_back(line);
    if (known.size() > kRememberedMax) known.erase(known.begin());
    if (const Status noted = store_.settings().set(kSetting, join(known, " ")); !noted.ok())
      log_error("left_file.not_noted", noted.error());
  }

 private:
  static std::string name_of(const fs::path& place) { return hash256(place.string()).hex().substr(0, 32); }
  static std::string line_of(const fs::path& place, BytesView content) {
    return name_of(place) + hash256(content).hex();
  }
  std::vector<std::string> read() {
    const auto said = store_.settings().get(kSetting);
    if (!said.ok() || !*said || (*said)->empty()) return {};
    return split(**said, ' ');
  }

  store::LaptopStore& store_;
};

/// A name beside that is free: "f1 (before 2026-11-30 21-40).xlsx".
fs::path free_name(const fs::path& place, WallMs now, const Messages& messages) {
  std::string when = Date::of(now).text() + " " + local_time_text(now);
  std::replace(when.begin(), when.end(), ':', '-');  // no folder of a stick takes it
  const std::string name =
      messages.get("report.kept_name", {{"name", place.stem().string()}, {"when", when}});
  const std::string kind = place.extension().string();
  fs::path free = place.parent_path() / (name + kind);
  for (int n = 2; is_there(free); ++n)
    free = place.parent_path() / (name + "-" + std::to_string(n) + kind);
  return free;
}

/// Moves what is there and somebody's own out of the way; "" = nothing was.
Result<fs::path> keep_beside(store::LaptopStore& store, const fs::path& place, BytesView next,
                             const Messages& messages) {
  std::error_code why;
  if (!fs::is_regular_file(place, why)) return fs::path();
  // What cannot be read may be moved all the same.
  const auto there = read_file(place, kComparedBytesMax);
  if (there.ok() && (*there == next || LeftFiles(store).is_as_left(place, *there))) return fs::path();
  fs::path kept = free_name(place, store.clock().now_ms(), messages);
  fs::rename(place, kept, why);
  if (why) return fail("file.unwritable", {{"path", place.string()}, {"why", why_key(why.value())}});
  return kept;
}

}  // namespace

Result<fs::path> leave_file(store::LaptopStore& store, const fs::path& file, BytesView content,
                            const Messages& messages) {
  const fs::path place = place_of(file);
  LX_TRY(fs::path kept, keep_beside(store, place, content, messages));
  // A link that leads to nothing would be replaced itself.
  const fs::path& target = kept.empty() ? file : place;
  if (const Status written = replace_file(target, content); !written.ok()) {
    std::error_code failed;
    if (!kept.empty()) fs::rename(kept, place, failed);
    if (failed) log_event("left_file.kept_aside", {{"why", failed.message()}});
    return written.error();
  }
  LeftFiles(store).note(place, content);
  return kept;
}

Result<fs::path> leave_no_file(store::LaptopStore& store, const fs::path& file, const Messages& messages) {
  const fs::path place = place_of(file);
  LX_TRY(fs::path kept, keep_beside(store, place, {}, messages));
  std::error_code ignored;
  if (kept.empty()) fs::remove(file, ignored);
  return kept;
}

std::string with_kept(const std::string& said, const fs::path& kept, const Messages& messages) {
  return kept.empty() ? said : said + " " + messages.get("report.kept_beside", {{"file", kept.string()}});
}

}  // namespace lianxin::client::app
