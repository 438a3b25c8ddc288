#include "client/app/laptop_folder.hpp"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "client/store/home_check.hpp"
#include "shared/base/file.hpp"

namespace lianxin::client::app {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

constexpr std::uint64_t kFileMax = 64 * 1024;
constexpr const char* kHere = ".";

std::string text_of(const Json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool holds_store(const fs::path& folder) { return store::holds_work(store::HomePaths(folder)); }

}  // namespace

Result<fs::path> home_folder(const std::string& given) {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  const std::string wished = given.empty() ? set("LIANXIN_HOME") : given;
  std::error_code unknown;  // the folder one stands in is gone
  if (!wished.empty()) {
    const fs::path whole = fs::absolute(wished, unknown);
    return unknown ? fs::path(wished) : whole;
  }
  if (const std::string data = set("XDG_DATA_HOME"); !data.empty()) return fs::path(data) / "lianxin";
  const std::string person = set("HOME");
  if (person.empty()) return fail("cli.no_home");
  return fs::path(person) / ".local/share/lianxin";
}

fs::path documents_folder() {
  const char* home = std::getenv("HOME");
  return home != nullptr && *home != '\0' ? fs::path(home) : fs::path("/");
}

LaptopFolder::LaptopFolder(fs::path folder) : folder_(std::move(folder)) {
  const auto bytes = read_file(folder_ / "laptop.json", kFileMax);
  if (!bytes.ok()) return;
  const Json json = Json::parse(*bytes, nullptr, false);
  if (!json.is_object()) return;
  if (text_of(json, "language") == "en") look_.language = "en";
  if (const auto percent = json.find("text_percent"); percent != json.end() && percent->is_number_unsigned())
    look_.text_percent = std::clamp(percent->get<std::uint32_t>(), 100U, 150U);
  if (text_of(json, "contrast") == "high") look_.contrast = view::Contrast::kHigh;
  const auto people = json.find("people");
  if (people == json.end() || !people->is_array()) return;
  for (const Json& one : *people) {
    if (one.is_object())
      known_.push_back(
          {{text_of(one, "store"), text_of(one, "person"), text_of(one, "place")}, text_of(one, "language")});
  }
}

Status LaptopFolder::write() const {
  Json people = Json::array();
  for (const auto& [owner, language] : known_) {
    people.push_back(
        {{"store", owner.store}, {"person", owner.person}, {"place", owner.place}, {"language", language}});
  }
  const Json json = {{"language", look_.language},
                     {"text_percent", look_.text_percent},
                     {"contrast", look_.contrast == view::Contrast::kHigh ? "high" : "light"},
                     {"people", std::move(people)}};
  LX_DO(make_private_folder(folder_));
  return replace_file(folder_ / "laptop.json", json.dump(2, ' ', false, Json::error_handler_t::replace));
}

Status LaptopFolder::set_look(const ScreenLook& look) {
  look_ = look;
  return write();
}

std::vector<view::StoreOwner> LaptopFolder::owners() const {
  std::vector<std::string> stores;
  if (holds_store(folder_)) stores.emplace_back(kHere);
  std::error_code ignored;
  for (fs::directory_iterator at(folder_, ignored), end; !ignored && at != end; at.increment(ignored)) {
    if (holds_store(at->path())) stores.push_back(at->path().filename().string());
  }
  std::vector<view::StoreOwner> out;
  for (const std::string& store : stores) {
    const auto known = std::find_if(known_.begin(), known_.end(),
                                    [&](const Known& one) { return one.owner.store == store; });
    const std::string name = store == kHere ? folder_.filename().string() : store;
    out.push_back(known != known_.end() ? known->owner : view::StoreOwner{store, name, ""});
    if (known != known_.end() && !known->language.empty() && known->language != look_.language)
      out.back().place.clear();
  }
  std::sort(out.begin(), out.end(), [](const view::StoreOwner& a, const view::StoreOwner& b) {
    return std::tie(a.person, a.store) < std::tie(b.person, b.store);
  });
  return out;
}

fs::path LaptopFolder::store_folder(const std::string& store) const {
  return store == kHere ? folder_ : folder_ / fs::path(store).filename();
}

fs::path LaptopFolder::next_folder() const {
  if (owners().empty()) return folder_;
  for (int number = 2;; ++number) {
    fs::path next = folder_ / ("person-" + std::to_string(number));
    std::error_code ignored;
    if (!fs::exists(next, ignored)) return next;
  }
}

std::string LaptopFolder::name_of(const fs::path& folder) const {
  return folder == folder_ ? std::string(kHere) : folder.filename().string();
}

Status LaptopFolder::remember_owner(const view::StoreOwner& owner) {
  std::erase_if(known_, [&](const Known& known) { return known.owner.store == owner.store; });
  known_.push_back({owner, look_.language});
  return write();
}

}  // namespace lianxin::client::app
