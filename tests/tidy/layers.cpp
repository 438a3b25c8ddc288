#include "tests/tidy/layers.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <utility>

namespace lianxin::test::tidy {
namespace {

struct GuardedLibrary {
  std::string_view name;
  std::vector<std::string_view> headers;  ///< how its headers begin
};

const std::vector<GuardedLibrary>& guarded_libraries() {
  static const std::vector<GuardedLibrary> kTable = {
      {"sqlite", {"sqlite3"}},
      {"pq", {"libpq"}},
      {"imgui", {"imgui"}},
      {"glfw", {"GLFW/", "GL/", "KHR/", "X11/"}},
      {"freetype", {"ft2build.h", "freetype"}},
      {"stb", {"stb_", "stb/"}},
      {"dbus", {"dbus/"}},
      {"curl", {"curl/"}},
      {"microhttpd", {"microhttpd"}},
      {"gnutls", {"gnutls/"}},
      {"sodium", {"sodium"}},
      {"cereal", {"cereal/"}},
      {"zstd", {"zstd"}},
      {"zip", {"zip.h", "zipconf.h"}},
      {"expat", {"expat"}},
      {"turbojpeg", {"turbojpeg", "jpeglib"}},
      {"xlsxwriter", {"xlsxwriter"}},
      {"pango", {"pango/", "cairo", "hb"}},
      {"icu", {"unicode/"}},
      {"cli11", {"CLI/"}},
      {"json", {"nlohmann/"}},
      {"doctest", {"doctest/", "rapidcheck"}},
      {"openssl", {"openssl/"}},  // nobody's: sodium and GnuTLS do this work
  };
  return kTable;
}

const std::vector<LayerRule> kRules = {
    {"shared/base", {}, {"sodium"}},
    {"shared/domain", {"shared/base", "assets/assets.hpp"}},
    {"shared/codec", {"shared/base"}, {"cereal", "zstd"}},
    {"shared/store", {"shared/base"}, {"sqlite"}},
    {"shared/terminal", {"shared/base"}, {"cli11"}},

    {"sync/change", {"shared/base", "shared/codec"}},
    {"sync/merge", {"shared/base", "shared/domain", "shared/codec", "sync/change"}},
    {"sync/wire", {"shared/base", "shared/codec", "sync/change"}, {"sodium", "json"}},
    {"sync/laptop", {"shared/base", "sync/change", "sync/wire"}, {"curl", "sodium"}},
    {"sync/server/store", {"shared/base"}, {"sodium"}},
    {"sync/server/store/sql", {"shared/base", "sync/server/store"}},
    {"sync/server/store/sqlite", {"shared/store", "sync/server/store", "sync/server/store/sql"}},
    {"sync/server/store/postgres",
     {"shared/base", "shared/store", "sync/server/store/sql", "sync/server/store/sqlite"},
     {"pq"}},

    {"sync/server/service",
     {"shared/base", "shared/domain", "sync/change", "sync/merge", "sync/wire", "sync/server/store"},
     {"sodium"}},
    {"sync/server/web", {"shared/base", "sync/server/service", "assets/assets.hpp"}},
    {"sync/server/http", {"shared/base", "sync/wire", "sync/server/service"}, {"microhttpd", "gnutls"}},
    {"sync/server/admin",
     {"shared/base", "shared/domain/catalogue.hpp", "shared/domain/check.hpp", "shared/store/engine.hpp",
      "shared/terminal", "sync/wire", "sync/server/store", "sync/server/service", "sync/server/web",
      "sync/server/http", "assets/assets.hpp"},
     {"cli11", "sodium", "json"}},
    {"sync/server",  // main.cpp
     {"sync/server/admin"},
     {},
     false},

    {"client/text", {"shared/base"}, {"icu"}},
    {"client/store",
     {"shared/base", "shared/domain", "shared/codec", "shared/store", "sync/change", "sync/merge",
      "sync/wire/folding.hpp", "sync/wire/parts.hpp", "sync/wire/leaving.hpp", "sync/wire/purge_proofs.hpp",
      "sync/wire/signing.hpp", "sync/laptop/bundle_store.hpp", "sync/laptop/picture_store.hpp",
      "sync/laptop/replica.hpp", "client/text"},
     {"sodium"}},
    {"client/view", {"shared/base", "shared/domain", "client/store", "client/figures"}},
    {"client/figures", {"shared/base", "shared/domain", "shared/store", "client/store", "assets/assets.hpp"}},
    {"client/report",
     {"shared/base", "shared/domain", "shared/codec", "shared/store/each_row.hpp", "client/store",
      "client/figures", "client/import/workbook.hpp", "client/import/xlsx_package.hpp", "assets/assets.hpp"},
     {"xlsxwriter", "pango", "zip"}},
    {"client/import",
     {"shared/base", "shared/domain", "assets/assets.hpp"},
     {"zip", "expat", "json"}},  // a column map is a JSON file
    {"client/picture", {"shared/base"}, {"turbojpeg"}},
    {"client/county", {"shared/base", "shared/domain", "client/store", "assets/assets.hpp"}},
    {"client/app",
     {"shared/base", "shared/domain", "shared/store/engine.hpp", "sync/wire", "sync/laptop", "client/store",
      "client/view", "client/figures", "client/report", "client/import", "client/picture",
      "assets/assets.hpp"},
     {"json"}},
    {"client/ui", {"shared/base", "shared/domain", "client/view", "client/app/command.hpp"}, {"imgui"}},
    {"client/platform", {"shared/base", "client/ui"}, {"glfw", "imgui", "dbus"}},
    {"client/cli",
     {"shared/base", "shared/domain", "shared/terminal", "sync/wire", "sync/laptop", "client/store",
      "client/view", "client/figures", "client/report", "client/picture", "client/county", "client/app",
      "assets/assets.hpp"},
     {"cli11", "json"}},
    {"client",  // main.cpp
     {"shared/base", "shared/terminal", "client/app", "client/ui", "client/platform", "assets/assets.hpp"},
     {"cli11"},
     false},

    {"assets", {}},
    {"tests", {"*"}, {"*"}},
};

struct Include {
  size_t line;
  bool quoted;
  std::string path;
};

std::vector<Include> includes_of(const SourceFile& file) {
  static const std::regex kInclude(R"rx(^\s*#\s*include\s*(["<])([^">]+)[">])rx");
  std::vector<Include> found;
  const std::vector<std::string> lines = lines_of(without_comments(file.text));
  for (size_t i = 0; i < lines.size(); ++i) {
    std::smatch match;
    if (std::regex_search(lines[i], match, kInclude)) found.push_back({i + 1, match[1] == "\"", match[2]});
  }
  return found;
}

/// The row of a path: the longest folder that covers it.
const LayerRule* rule_for(std::string_view path) {
  const LayerRule* best = nullptr;
  for (const LayerRule& rule : layer_rules()) {
    const bool covers =
        rule.covers_below ? path.starts_with(std::string(rule.folder) + "/") : folder_of(path) == rule.folder;
    if (covers && (best == nullptr || rule.folder.size() > best->folder.size())) best = &rule;
  }
  return best;
}

std::optional<std::string_view> guarded_library(std::string_view header) {
  for (const GuardedLibrary& library : guarded_libraries()) {
    if (starts_with_any(header, library.headers)) return library.name;
  }
  return std::nullopt;
}

bool contains(const std::vector<std::string_view>& list, std::string_view what) {
  return std::find(list.begin(), list.end(), "*") != list.end() ||
         std::find(list.begin(), list.end(), what) != list.end();
}

using Edges = std::map<std::pair<std::string_view, std::string_view>, std::string>;

/// Rights that were used, as (folder of the rule, what it grants).
using Used = std::set<std::pair<std::string_view, std::string>>;

/// Notes which right of its rule an include makes use of.
void note_use(const LayerRule& rule, const Include& include, Used& used) {
  if (const auto library = guarded_library(include.path)) {
    used.emplace(rule.folder, *library);
  } else if (include.quoted) {
    used.emplace(rule.folder, include.path);
    const LayerRule* target = rule_for(include.path);
    if (target != nullptr) used.emplace(rule.folder, target->folder);
  }
}

/// "" when the include is allowed. Adds the edge between two rows to `edges`.
std::string why_not(const LayerRule& rule, const Include& include, const std::string& where, Edges& edges) {
  if (const auto library = guarded_library(include.path)) {
    return contains(rule.may_use, *library) ? "" : " may not use " + std::string(*library);
  }
  if (!include.quoted) return "";
  if (include.path.find('/') == std::string::npos) return ": includes are paths from the root";
  if (contains(rule.may_include, include.path)) return "";
  const LayerRule* target = rule_for(include.path);
  if (target == nullptr) return ": its folder has no row in the table of layers";
  if (target == &rule) return "";
  edges.emplace(std::pair(rule.folder, target->folder), where);
  return contains(rule.may_include, target->folder) ? "" : " is out of reach of " + std::string(rule.folder);
}

}  // namespace

const std::vector<LayerRule>& layer_rules() { return kRules; }

Problems check_layers(const Tree& tree) {
  Problems problems;
  Edges edges;
  for (const SourceFile& file : tree) {
    if (!is_source(file)) continue;
    const LayerRule* rule = rule_for(file.path);
    if (rule == nullptr) {
      problems.push_back(file.path + ": its folder has no row in the table of layers");
      continue;
    }
    for (const Include& include : includes_of(file)) {
      const std::string where = file.path + ":" + std::to_string(include.line);
      const std::string reason = why_not(*rule, include, where, edges);
      if (!reason.empty()) problems.push_back(where + ": " + include.path + reason);
    }
  }
  for (const auto& [edge, where] : edges) {
    const auto back = edges.find({edge.second, edge.first});
    if (edge.first < edge.second && back != edges.end()) {
      problems.push_back(std::string(edge.first) + " and " + std::string(edge.second) +
                         " include each other (" + where + ", " + back->second + ")");
    }
  }
  return problems;
}

Problems check_rights(const Tree& tree) {
  Used used;
  for (const SourceFile& file : tree) {
    const LayerRule* rule = is_source(file) ? rule_for(file.path) : nullptr;
    if (rule == nullptr) continue;
    for (const Include& include : includes_of(file))
      note_use(*rule, include, used);
  }
  Problems problems;
  for (const LayerRule& rule : layer_rules()) {
    for (const auto* rights : {&rule.may_include, &rule.may_use}) {
      for (const std::string_view right : *rights) {
        if (right != "*" && !used.contains({rule.folder, std::string(right)}))
          problems.push_back(std::string(rule.folder) + ": nothing in it makes use of its right to " +
                             std::string(right));
      }
    }
  }
  return problems;
}

}  // namespace lianxin::test::tidy
