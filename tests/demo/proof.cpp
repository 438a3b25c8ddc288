#include "tests/demo/proof.hpp"

#include <algorithm>
#include <cstdio>
#include <signal.h>

namespace lianxin::demo {
namespace {

constexpr const char* kProofListen = "127.0.0.1:18444";
constexpr const char* kProofCounty = "220622";
constexpr const char* kSeed = "1";
constexpr const char* kAsOf = "2026-09-30";
constexpr const char* kQuarter = "2026Q3";
constexpr const char* kMonth = "2026-09";

}  // namespace

ProofCounty::ProofCounty(const std::filesystem::path& folder, std::filesystem::path samples,
                         const Messages& messages, std::string language)
    : home_(folder / "county-laptop"),
      data_(folder / "county-server"),
      report_(folder / "report"),
      samples_(std::move(samples)),
      messages_(messages),
      language_(std::move(language)) {}

void ProofCounty::say(const std::string& key, const std::vector<ErrorArg>& args) const {
  std::printf("%s\n", messages_.get("demo." + key, args).c_str());
  std::fflush(stdout);
}

std::string ProofCounty::file(const std::string& key, const std::string& unit) const {
  return messages_.get("demo.file." + key, {{"unit", unit}});
}

Json ProofCounty::ctl(std::vector<std::string> words) const {
  const std::vector<std::string> front = {
      test::program("lianxinctl").string(), "--home", home_.string(), "--lang", language_, "--json"};
  words.insert(words.begin(), front.begin(), front.end());
  return must(words);
}

Json ProofCounty::server(std::vector<std::string> words) const {
  words.insert(words.begin(), test::program("lianxin-server").string());
  words.insert(words.end(), {"--data", data_.string(), "--json"});
  return must(words);
}

void ProofCounty::make(const std::string& form, const std::string& file,
                       const std::vector<std::string>& more) const {
  std::vector<std::string> words = {"report", form, "--out", (report_ / file).string()};
  words.insert(words.end(), more.begin(), more.end());
  ctl(words);
}

/// A laptop of the county's office that holds the divisions and nothing else.
void ProofCounty::enrol() {
  server({"init", "--name", "靖宇", "--host", "127.0.0.1", "--listen", kProofListen});
  server({"division", "import", (samples_ / "assets/divisions/divisions-220622.csv").string()});
  test::Background serving = serve(data_, data_.string() + ".log");
  const Json worker =
      server({"worker", "add", "--name", "周明", "--role", "county_officer", "--scope", kProofCounty});
  const Json device = server({"device", "add", "--worker", worker.at("worker").get<std::string>()});
  ctl({"enrol", device.at("join").get<std::string>()});
  ctl({"sync"});
  serving.signal(SIGTERM);
  if (serving.wait() != 0) throw Broken{"lianxin-server: stop"};
}

void ProofCounty::make_county() {
  const Json made = ctl({"demo", "county", "--seed", kSeed, "--as-of", kAsOf});
  say("county", {{"townships", made.at("townships").dump()},
                 {"villages", made.at("villages").dump()},
                 {"entries", made.at("entries").dump()}});
}

void ProofCounty::make_report() {
  const std::string county = messages_.get("demo.county_name");
  for (const char* kind : {".docx", ".pdf"})
    make("f9", file("report", county) + kind, {"--as-of", kAsOf});
  make("f9", file("annex", county) + ".xlsx", {"--as-of", kAsOf});
  make("f7", file("month", county) + ".pdf", {"--period", kMonth});
  say("report", {{"report", file("report", county)},
                 {"annex", file("annex", county)},
                 {"month", file("month", county)}});
}

void ProofCounty::make_registers() {
  Json townships = ctl({"list", "org_unit", "--where", "kind=township"});
  std::vector<std::pair<std::string, std::string>> units;
  for (const Json& one : townships)
    units.emplace_back(one.at("fields").at("code").at("value").get<std::string>(),
                       one.at("fields").at("name").at("value").get<std::string>());
  std::sort(units.begin(), units.end());
  for (const auto& [code, name] : units)
    make("f2", file("register", name) + ".pdf", {"--scope", code, "--period", kQuarter});
  say("registers",
      {{"count", std::to_string(units.size())}, {"first", file("register", units.front().second)}});
}

void ProofCounty::make_tables() {
  const std::string name = file("tables", messages_.get("demo.county_name"));
  make("f1", name + ".pdf", {"--as-of", kAsOf});
  say("tables", {{"file", name}, {"folder", report_.string()}});
}

void ProofCounty::tell() {
  std::filesystem::create_directories(report_);
  enrol();
  make_county();
  make_report();
  make_registers();
  make_tables();
}

}  // namespace lianxin::demo
