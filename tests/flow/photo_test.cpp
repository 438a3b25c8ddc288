// Photos between real programs: taken in, sent after the records, cut on the way by kill -9 of either side
// and gone on with, seen and fetched by the office, refused when wrong, gone everywhere after a purge, back
// after a restore.
#include <chrono>
#include <doctest/doctest.h>
#include <filesystem>
#include <signal.h>
#include <thread>

#include "client/picture/picture.hpp"
#include "shared/base/file.hpp"
#include "shared/base/hash.hpp"
#include "tests/support/county.hpp"
#include "tests/support/jpeg.hpp"

namespace {

using namespace lianxin;
using namespace lianxin::test;
namespace fs = std::filesystem;

constexpr const char* kCamera = "CAMERA 42.3911N 126.8077E";

struct PhotoStory {
  County county;
  Laptop worker = county.laptop("甲", "worker", kSanhe);
  Laptop colleague = county.laptop("乙", "worker", kSanhe);
  Laptop office = county.laptop("书记", "secretary", kSanhe);
  std::string member =
      worker.ctl({"put", "member", "name=赵志远", std::string("home_village_id=") + kSanhe}).at("id");

  fs::path file(const std::string& name, const Bytes& content) {
    const fs::path path = county.folder() / name;
    REQUIRE(replace_file(path, content).ok());
    return path;
  }
  Json add(const fs::path& photo) {
    return worker.ctl({"photo", "add", member, photo.string(), "--caption", "门口"});
  }
  Json only_photo(const Laptop& laptop) {
    const Json photos = laptop.ctl({"photo", "list", member});
    REQUIRE(photos.size() == 1);
    return photos.at(0);
  }
  std::vector<fs::path> files_below(const fs::path& folder) {
    std::vector<fs::path> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) out.push_back(entry.path());
    }
    return out;
  }
  /// No file below holds the beginning of a JPEG or the camera's words.
  void is_unreadable(const fs::path& folder) {
    for (const fs::path& path : files_below(folder)) {
      const auto content = read_file(path, 1ULL << 30);
      if (!content.ok()) continue;
      CHECK_MESSAGE(content->find("\xFF\xD8\xFF\xE0") == Bytes::npos, path.string());
      CHECK_MESSAGE(content->find("JFIF") == Bytes::npos, path.string());
      CHECK_MESSAGE(content->find(kCamera) == Bytes::npos, path.string());
    }
  }
  std::uint64_t coming() {
    const fs::path folder = county.data() / "pictures" / "coming";
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none))
      return entry.file_size(none);
    return 0;
  }
};

TEST_CASE(
    "a photo goes to the county after the records, the office sees and fetches it, and nobody else does") {
  PhotoStory s;
  const auto photo = s.file("door.jpg", with_exif(quarters_jpeg(2000, 1500, 40), 6, kCamera));
  const Json added = s.add(photo);
  CHECK(added.at("width") == 1200);  // upright and small
  CHECK(added.at("height") == 1600);
  CHECK(added.at("bytes").get<std::uint64_t>() <= 512 * 1024);
  CHECK(added.at("unsent") == true);
  CHECK(s.worker.ctl({"status"}).at("unsent_pictures") == 1);
  CHECK(s.worker.ctl({"status"}).at("may_be_handed_on") == false);
  s.is_unreadable(s.worker.home());

  const Json receipt = s.worker.ctl({"sync"});
  CHECK(receipt.at("complete") == true);
  CHECK(receipt.at("pictures_sent") == 1);
  CHECK(receipt.at("pictures_unsent") == 0);
  CHECK(s.worker.ctl({"status"}).at("may_be_handed_on") == true);
  const Json stats = s.county.server({"stats"});
  CHECK(stats.at("pictures") == 1);
  CHECK(stats.at("picture_bytes") == added.at("bytes"));

  s.office.ctl({"sync"});
  const Json seen = s.only_photo(s.office);
  CHECK(seen.at("sha256") == added.at("sha256"));
  CHECK(seen.at("caption") == "门口");
  CHECK(seen.at("thumbnail_bytes").get<int>() > 100);
  CHECK(seen.at("here") == false);
  const auto out = (s.county.folder() / "fetched.jpg").string();
  const std::string id = seen.at("id");
  CHECK(s.office.ctl({"photo", "get", id, "--out", out}).at("fetched") == true);
  const Bytes fetched = read_file(out, 1 << 20).value();
  CHECK(sha256(fetched).hex() == added.at("sha256").get<std::string>());
  CHECK(fetched.find(kCamera) == Bytes::npos);
  CHECK(s.office.try_ctl({"photo", "get", id, "--out", out}).exit_code == 1);  // never overwritten
  CHECK(s.office.ctl({"photo", "get", id, "--out", out + "2"}).at("fetched") == false);

  s.colleague.ctl({"sync"});
  const Json hidden = s.only_photo(s.colleague);
  CHECK(hidden.at("sha256").is_null());
  CHECK(hidden.at("caption") == "");
  const Said refused = s.colleague.try_ctl({"photo", "get", id, "--out", out + "3"});
  CHECK(refused.exit_code == 1);
  CHECK(refused.json.at("error").at("code") == "photo.hidden");

  s.is_unreadable(s.county.data());
  for (const Laptop* laptop : {&s.worker, &s.colleague, &s.office})
    s.is_unreadable(laptop->home());
  s.county.settle({&s.worker, &s.colleague, &s.office});
}

TEST_CASE("kill -9 of the laptop or of the server in the middle of an upload costs no more than a piece") {
  PhotoStory s;
  const auto log = s.county.folder() / "laptop.log";
  std::uint64_t bytes = 0;
  for (unsigned n = 0; n < 6; ++n) {
    const auto photo = s.file(std::to_string(n) + ".jpg", quarters_jpeg(1600, 1600, 80, n + 1));
    bytes += s.add(photo).at("bytes").get<std::uint64_t>();
  }
  REQUIRE(bytes > 6 * 4 * 65536);
  int cuts = 0;
  for (int ms = 40; cuts < 8 && ms < 2000; ms += 15) {
    Background running(s.worker.words({"sync"}), {{"LIANXIN_PASSPHRASE", kPassphrase}}, log);
    std::this_thread::sleep_for(std::chrono::milliseconds(ms));
    if (!running.is_running()) {
      running.wait();
      break;  // all of it went
    }
    if (cuts % 2 == 0) {
      running.signal(SIGKILL);
      running.wait();
    } else {
      s.county.kill();
      running.wait();
      s.county.start();
    }
    cuts += s.coming() > 0 || s.county.server({"stats"}).at("pictures") > 0 ? 1 : 0;
  }
  MESSAGE("cuts that fell into the upload: ", cuts);
  const std::uint64_t there = s.county.server({"stats"}).at("picture_bytes");
  const Json receipt = s.worker.ctl({"sync"});
  CHECK(receipt.at("complete") == true);
  CHECK(receipt.at("pictures_unsent") == 0);
  const Json stats = s.county.server({"stats"});
  CHECK(stats.at("pictures") == 6);
  CHECK(stats.at("pictures_coming") == 0);
  CHECK(stats.at("picture_bytes") == bytes);
  // What was there was not sent again: only the rest went up, with what a request adds.
  CHECK(receipt.at("bytes_up").get<std::uint64_t>() < bytes - there + 65536 + 20 * 1024);
  CHECK(s.county.server({"verify"}).at("ok") == true);
  CHECK(s.worker.ctl({"verify"}).at("ok") == true);
}

TEST_CASE("files that are no photo are refused with one line, and nothing changes") {
  PhotoStory s;
  const Json before = s.worker.ctl({"status"});
  const Bytes photo = quarters_jpeg(200, 100);
  const std::vector<std::pair<Bytes, std::string>> bad = {
      {"\x89PNG\r\n\x1A\nrest", "photo.not_jpeg"},
      {"", "photo.not_jpeg"},
      {photo.substr(0, photo.size() / 2), "photo.damaged"},
      {with_size(photo, 50000, 50000), "photo.too_many_pixels"},
      {Bytes(client::picture::kFileBytesMax + 1, '\xFF'), "file.too_large"},
  };
  for (const auto& [content, code] : bad) {
    const Said said = s.worker.try_ctl({"photo", "add", s.member, s.file("bad.jpg", content).string()});
    CHECK(said.exit_code == 1);
    CHECK(said.json.at("error").at("code") == code);
    CHECK(said.json.at("error").at("message").get<std::string>().find('{') == std::string::npos);
  }
  CHECK(s.worker.try_ctl({"photo", "add", s.member, "/nowhere/at/all.jpg"}).json.at("error").at("code") ==
        "file.missing");
  CHECK(s.worker.ctl({"status"}).at("unsent") == before.at("unsent"));
  CHECK(s.worker.ctl({"status"}).at("unsent_pictures") == 0);
}

TEST_CASE(
    "a purge takes the picture from server and laptops, and a restore of an older backup takes it again") {
  PhotoStory s;
  const Json added = s.add(s.file("door.jpg", quarters_jpeg(900, 700, 30)));
  s.worker.ctl({"sync"});
  s.office.ctl({"sync"});
  const std::string id = added.at("id");
  s.office.ctl({"photo", "get", id, "--out", (s.county.folder() / "x.jpg").string()});
  const auto backup = s.county.folder() / "server.backup";
  s.county.server({"backup", backup.string()});
  const Json purged = s.county.server({"purge", s.member, "--reason", "本人要求删除"});
  CHECK(purged.at("attachments") == 1);
  CHECK(purged.at("pictures") == 1);
  CHECK(s.county.server({"stats"}).at("pictures") == 0);
  for (const Laptop* laptop : {&s.worker, &s.office}) {
    CHECK(laptop->ctl({"sync"}).at("complete") == true);
    const Json left = s.only_photo(*laptop);
    CHECK(left.at("purged") == true);
    CHECK(left.at("here") == false);
    CHECK(left.at("thumbnail_bytes") == 0);
    CHECK(laptop->ctl({"verify"}).at("checked").at("pictures") == 0);
    const Said none = laptop->try_ctl({"photo", "get", id, "--out", (s.county.folder() / "y.jpg").string()});
    CHECK(none.json.at("error").at("code") == "photo.purged");
  }
  s.county.put_back(backup, true);
  CHECK(s.county.server({"stats"}).at("pictures") == 0);
  s.county.settle({&s.worker, &s.office});
  CHECK(s.county.server({"stats"}).at("pictures") == 0);
}

TEST_CASE("a photo that comes after its member went as a whole goes too, and what else came since is named") {
  PhotoStory s;
  s.county.settle({&s.worker, &s.office});
  const std::string photo = s.add(s.file("late.jpg", quarters_jpeg(900, 700, 30))).at("id");
  const std::string visit = s.worker
                                .ctl({"put", "visit", "members=" + s.member, "mode=door",
                                      "occurred_on=2026-11-02", "outcome=met", "content=旧屋的情况"})
                                .at("id");
  s.county.server({"purge", s.member, "--reason", "本人要求删除"});
  CHECK(s.county.server({"retention"}).at("came_since").empty());
  s.county.settle({&s.worker, &s.colleague, &s.office});
  CHECK(s.county.server({"stats"}).at("pictures") == 0);
  for (const Laptop* laptop : {&s.worker, &s.office}) {
    CHECK(s.only_photo(*laptop).at("purged") == true);
    CHECK(laptop->dump().find("门口") == std::string::npos);
    CHECK(laptop->ctl({"verify"}).at("checked").at("pictures") == 0);
  }
  CHECK(s.county.dump({"--scope", kSanhe}).find("门口") == std::string::npos);
  CHECK(s.county.server({"audit"}).dump().find("record.purge_late") != std::string::npos);
  const Json since = s.county.server({"retention"}).at("came_since");
  REQUIRE(since.size() == 1);
  CHECK(since.at(0).at("record") == visit);
  CHECK(since.at(0).at("about") == s.member);
  s.county.server({"purge", visit, "--reason", "本人要求删除"});
  CHECK(s.county.server({"retention"}).at("came_since").empty());
  s.county.settle({&s.worker, &s.colleague, &s.office});
  CHECK(s.worker.dump().find("旧屋的情况") == std::string::npos);
}

TEST_CASE(
    "a backup holds the pictures, and a server put back without them gets what came since from the laptops") {
  PhotoStory s;
  const auto backup = s.county.folder() / "server.backup";
  const Json first = s.add(s.file("first.jpg", quarters_jpeg(900, 700, 30, 1)));
  s.worker.ctl({"sync"});
  s.county.server({"backup", backup.string()});
  const Json second = s.add(s.file("second.jpg", quarters_jpeg(900, 700, 30, 2)));
  s.worker.ctl({"sync"});
  CHECK(s.county.server({"stats"}).at("pictures") == 2);
  s.county.put_back(backup, true);
  CHECK(s.county.server({"stats"}).at("pictures") == 1);
  CHECK(s.county.server({"verify"}).at("checked").at("pictures") == 1);
  CHECK(s.worker.ctl({"status"}).at("unsent_pictures") == 0);  // it does not know yet
  for (int i = 0; i < 3 && s.county.server({"stats"}).at("pictures") != 2; ++i)
    s.worker.ctl({"sync"});
  CHECK(s.county.server({"stats"}).at("pictures") == 2);
  s.county.settle({&s.worker, &s.office});
}

TEST_CASE("pictures do not travel by stick: the file says how many wait, thumbnails go along") {
  PhotoStory s;
  s.worker.ctl({"sync"});
  (void)s.add(s.file("door.jpg", quarters_jpeg(900, 700, 30)));
  const auto out = s.county.folder() / "to-county.lxb";
  const auto answer = s.county.folder() / "answer.lxb";
  CHECK(s.worker.ctl({"bundle", "export", "--to", "server", "--out", out.string()}).at("pictures_unsent") ==
        1);
  s.county.server({"bundle", "import", out.string(), "--answer", answer.string()});
  s.worker.ctl({"bundle", "import", answer.string()});
  CHECK(s.worker.ctl({"status"}).at("unsent") == 0);
  CHECK(s.worker.ctl({"status"}).at("unsent_pictures") == 1);
  CHECK(s.worker.ctl({"status"}).at("may_be_handed_on") == false);
  CHECK(s.county.server({"stats"}).at("pictures") == 0);
  s.office.ctl({"sync"});
  const Json seen = s.only_photo(s.office);
  CHECK(seen.at("thumbnail_bytes").get<int>() > 100);
  const std::string id = seen.at("id");
  const Said early = s.office.try_ctl({"photo", "get", id, "--out", (s.county.folder() / "z.jpg").string()});
  CHECK(early.json.at("error").at("code") == "picture.not_there");
  CHECK(s.worker.ctl({"sync"}).at("pictures_sent") == 1);
  CHECK(s.office.ctl({"photo", "get", id, "--out", (s.county.folder() / "z.jpg").string()}).at("fetched") ==
        true);
}

TEST_CASE("a revoked laptop gets no picture") {
  PhotoStory s;
  const Json added = s.add(s.file("door.jpg", quarters_jpeg(900, 700, 30)));
  s.worker.ctl({"sync"});
  s.office.ctl({"sync"});
  for (const Json& device : s.county.server({"device", "list"})) {
    if (device.at("worker") == s.county.worker_id("书记"))
      s.county.server({"device", "revoke", device.at("device").get<std::string>()});
  }
  const std::string id = added.at("id");
  const Said refused =
      s.office.try_ctl({"photo", "get", id, "--out", (s.county.folder() / "w.jpg").string()});
  CHECK(refused.exit_code == 1);
  CHECK(refused.json.at("error").at("code") == "sync.revoked");
}

}  // namespace
