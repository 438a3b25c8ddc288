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

/// Once there was one `place`, of one `language`.
PlaceWords places_of(const Json& one) {
  PlaceWords places;
  if (const std::string place = text_of(one, "place"); !place.empty())
    places[text_of(one, "language")] = place;
  const auto found = one.find("places");
  if (found == one.end() || !found->is_object()) return places;
  for (const auto& [language, words] : found->items()) {
    if (words.is_string()) places[language] = words.get<std::string>();
  }
  return places;
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
    if (one.is_object()) known_.push_back({text_of(one, "store"), text_of(one, "person"), places_of(one)});
  }
}

Status LaptopFolder::write() const {
  Json people = Json::array();
  for (const Known& one : known_)
    people.push_back({{"store", one.store}, {"person", one.person}, {"places", one.places}});
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
    const auto known =
        std::find_if(known_.begin(), known_.end(), [&](const Known& one) { return one.store == store; });
    view::StoreOwner owner{store, store == kHere ? folder_.filename().string() : store, ""};
    if (known != known_.end()) {
      owner.person = known->person;
      if (const auto place = known->places.find(look_.language); place != known->places.end())
        owner.place = place->second;
    }
    out.push_back(std::move(owner));
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

Status LaptopFolder::remember_owner(const std::string& store, const std::string& person,
                                    const PlaceWords& places) {
  std::erase_if(known_, [&](const Known& known) { return known.store == store; });
  known_.push_back({store, person, places});
  return write();
}

}  // namespace lianxin::client::app
