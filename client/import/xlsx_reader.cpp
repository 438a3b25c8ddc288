#include "client/import/xlsx_reader.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "client/import/number_format.hpp"
#include "client/import/sheet_listener.hpp"
#include "client/import/xlsx_package.hpp"

namespace lianxin::client::import {
namespace {

/// Relationship id -> target, of one .rels part; also the target of the first relationship whose type ends
/// so.
class RelationListener final : public XmlListener {
 public:
  void on_start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || attributes.get("TargetMode") == "External") return;
    if (targets_.size() > 10'000) return stop(fail("import.too_large", {}, "relationships"));
    const std::string target(attributes.get("Target"));
    targets_.emplace(std::string(attributes.get("Id")), target);
    const std::string_view type = attributes.get("Type");
    by_type_.emplace(std::string(type.substr(type.rfind('/') + 1)), target);
  }
  void on_end(std::string_view) override {}
  void on_text(std::string_view) override {}

  [[nodiscard]] std::string target(const std::string& id) const { return find(targets_, id); }
  [[nodiscard]] std::string of_type(const std::string& type) const { return find(by_type_, type); }

 private:
  using Map = std::map<std::string, std::string>;
  [[nodiscard]] static std::string find(const Map& map, const std::string& key) {
    const auto at = map.find(key);
    return at == map.end() ? std::string() : at->second;
  }
  Map targets_;
  Map by_type_;
};

struct SheetEntry {
  std::string name;
  std::string relation;
  bool hidden = false;
};

class WorkbookListener final : public XmlListener {
 public:
  explicit WorkbookListener(const Limits& limits) : limits_(limits) {}
  void on_start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") epoch_1904 = attributes.is_true("date1904");
    if (name != "sheet") return;
    if (sheets.size() >= limits_.sheets) return stop(fail("import.too_large", {}, "sheets"));
    const std::string_view state = attributes.get("state");
    sheets.push_back({std::string(attributes.get("name")), std::string(attributes.get_prefixed("id")),
                      state == "hidden" || state == "veryHidden"});
  }
  void on_end(std::string_view) override {}
  void on_text(std::string_view) override {}

  std::vector<SheetEntry> sheets;
  bool epoch_1904 = false;

 private:
  const Limits& limits_;
};

/// Which cell styles show dates.
class StyleListener final : public XmlListener {
 public:
  void on_start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "numFmt") {
      custom_[number(attributes.get("numFmtId"))] = format_precision(attributes.get("formatCode"));
    } else if (name == "cellXfs") {
      inside_ = true;
    } else if (name == "xf" && inside_) {
      const unsigned id = number(attributes.get("numFmtId"));
      const auto at = custom_.find(id);
      styles.push_back(at != custom_.end() ? at->second : builtin_format_precision(id));
    }
    if (styles.size() > 100'000 || custom_.size() > 100'000) stop(fail("import.too_large", {}, "styles"));
  }
  void on_end(std::string_view name) override {
    if (name == "cellXfs") inside_ = false;
  }
  void on_text(std::string_view) override {}

  std::vector<DatePrecision> styles;

 private:
  static unsigned number(std::string_view text) {
    unsigned value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
  std::map<unsigned, DatePrecision> custom_;
  bool inside_ = false;
};

/// The string table. Reading aids (rPh) are no part of the text.
class StringListener final : public XmlListener {
 public:
  explicit StringListener(const Limits& limits) : limits_(limits) {}
  void on_start(std::string_view name, const XmlAttributes&) override {
    if (name == "si") current_.clear();
    if (name == "rPh") ++aid_depth_;
    in_text_ = name == "t" && aid_depth_ == 0;
  }
  void on_end(std::string_view name) override {
    if (name == "rPh") --aid_depth_;
    if (name == "t") in_text_ = false;
    if (name != "si") return;
    total_ += current_.size() + 32;
    if (total_ > limits_.text_bytes * 2) return stop(fail("import.too_large", {}, "string table"));
    strings.push_back(decode_escapes(current_));
  }
  void on_text(std::string_view text) override {
    if (!in_text_) return;
    current_.append(text);
    if (current_.size() > limits_.cell_text_bytes) stop(fail("import.too_large", {}, "one text"));
  }

  std::vector<std::string> strings;

 private:
  const Limits& limits_;
  std::string current_;
  std::uint64_t total_ = 0;
  int aid_depth_ = 0;
  bool in_text_ = false;
};

/// "worksheets/sheet1.xml" seen from "xl/" -> "xl/worksheets/sheet1.xml"; "/xl/x.xml" is from the root; ".."
/// goes up.
std::string resolve(const std::string& folder, const std::string& target) {
  if (!target.empty() && target.front() == '/') return target.substr(1);
  std::string base = folder;
  std::string rest = target;
  while (rest.rfind("../", 0) == 0) {
    rest.erase(0, 3);
    const auto slash = base.size() < 2 ? std::string::npos : base.rfind('/', base.size() - 2);
    base = slash == std::string::npos ? std::string() : base.substr(0, slash + 1);
  }
  return base + rest;
}

/// Where the parts are: writers differ ("xl/workbook.xml" is only a habit).
struct Parts {
  std::string folder;
  std::string workbook;
  RelationListener relations;
};

Result<Parts> find_parts(XlsxPackage& package) {
  Parts parts;
  if (!package.has("_rels/.rels")) return fail("import.not_roster");
  RelationListener root;
  LX_DO(package.read("_rels/.rels", root));
  parts.workbook = resolve("", root.of_type("officeDocument"));
  // A Word file or a presentation is the same kind of zip, so the workbook's own relations decide.
  if (parts.workbook.empty() || !package.has(parts.workbook)) return fail("import.not_roster");
  const auto slash = parts.workbook.rfind('/');
  parts.folder = slash == std::string::npos ? std::string() : parts.workbook.substr(0, slash + 1);
  const std::string name = slash == std::string::npos ? parts.workbook : parts.workbook.substr(slash + 1);
  LX_DO(package.read(parts.folder + "_rels/" + name + ".rels", parts.relations));
  if (parts.relations.of_type("worksheet").empty()) return fail("import.not_roster");
  return parts;
}

}  // namespace

Result<Workbook> read_xlsx(BytesView bytes, const Limits& limits) {
  LX_TRY(XlsxPackage package, XlsxPackage::open(bytes, limits));
  LX_TRY(const Parts parts, find_parts(package));
  WorkbookListener book(limits);
  LX_DO(package.read(parts.workbook, book));
  SheetContext context{limits, {}, {}, {}};
  if (const auto styles = parts.relations.of_type("styles"); !styles.empty()) {
    StyleListener listener;
    LX_DO(package.read(resolve(parts.folder, styles), listener));
    context.styles = std::move(listener.styles);
  }
  if (const auto strings = parts.relations.of_type("sharedStrings"); !strings.empty()) {
    StringListener listener(limits);
    LX_DO(package.read(resolve(parts.folder, strings), listener));
    context.strings = std::move(listener.strings);
  }
  Workbook workbook;
  workbook.encoding = "xlsx";
  workbook.epoch_1904 = book.epoch_1904;
  for (const SheetEntry& entry : book.sheets) {
    const std::string target = parts.relations.target(entry.relation);
    // Sheets of charts and dialogs hold no cells.
    if (target.find("worksheets/") == std::string::npos) continue;
    SheetListener listener(context);
    LX_DO(package.read(resolve(parts.folder, target), listener));
    LX_TRY(Sheet sheet, std::move(listener).finish());
    sheet.name = entry.name;
    sheet.hidden = entry.hidden;
    workbook.sheets.push_back(std::move(sheet));
  }
  if (workbook.sheets.empty()) return fail("import.not_roster");
  return workbook;
}

}  // namespace lianxin::client::import
