#include "client/report/docx_reader.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "client/import/workbook.hpp"
#include "client/import/xlsx_package.hpp"
#include "client/report/docx.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::report {
namespace {

using import::Limits;
using import::XlsxPackage;
using import::XmlAttributes;
using import::XmlListener;

constexpr std::size_t kWordsBytesMax = 200 * 1024;

Limits limits_of_report() {
  Limits limits;
  limits.file_bytes = 20U << 20U;
  limits.unpacked_bytes = 64U << 20U;
  return limits;
}

/// A package says what is wrong with it in the words of a roster.
Error in_words_of_report(const Error& error) {
  static const std::map<std::string_view, const char*> kCodes = {
      {"import.not_roster", "report.read.kind"},
      {"import.old_xls", "report.read.old"},
      {"import.encrypted", "report.read.locked"},
      {"import.too_large", "report.read.too_large"}};
  const auto found = kCodes.find(error.code);
  if (found != kCodes.end()) return fail(found->second, {}, error.detail);
  return error.code == "import.damaged" ? fail("report.read.damaged", {}, error.detail) : error;
}

/// Where the package keeps its document ("word/document.xml"; Word for the browser has another name).
class RootListener : public XmlListener {
 public:
  void on_start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || !attributes.get("Type").ends_with("/officeDocument")) return;
    std::string_view target = attributes.get("Target");
    if (target.starts_with("/")) target.remove_prefix(1);
    document = std::string(target);
  }
  void on_end(std::string_view /*name*/) override {}
  void on_text(std::string_view /*text*/) override {}

  std::string document;
};

/// Names of styles by their id: WPS numbers the ids anew.
class StyleListener : public XmlListener {
 public:
  void on_start(std::string_view name, const XmlAttributes& attributes) override {
    constexpr std::size_t kStylesMax = 5'000;
    if (name == "style") id_ = std::string(attributes.get_prefixed("styleId"));
    if (name == "name" && !id_.empty() && names.size() < kStylesMax)
      names[id_] = to_lower_ascii(attributes.get_prefixed("val"));
  }
  void on_end(std::string_view name) override {
    if (name == "style") id_.clear();
  }
  void on_text(std::string_view /*text*/) override {}

  std::map<std::string, std::string> names;

 private:
  std::string id_;
};

/// A control of the document and the text in it; the words outside are one without a tag.
struct Control {
  std::size_t number = 0;  ///< 0 = outside
  std::string tag;
  bool is_placeholder = false;  ///< emptied: Word shows a hint in it
};
struct RunOfWords {
  std::size_t control = 0;
  std::string tag;
  std::string text;
};

/// A word in braces that stands for itself in a template.
std::string words_in_template(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '{')
      out += "{(}";
    else
      out += c;
  }
  return out;
}

/// The day in "fig:36@2026-09-30#...".
std::optional<Date> day_of(std::string_view tag) {
  const std::size_t at = tag.rfind('@');
  if (!tag.starts_with("fig:") || at == std::string_view::npos) return std::nullopt;
  const auto day = Date::parse(tag.substr(at + 1, tag.rfind('#') - at - 1));
  return day.ok() ? std::optional(*day) : std::nullopt;
}

/// What stands in a template for the text of a control; words where the control is not the program's.
std::string field_in_template(const RunOfWords& run, bool& is_ours) {
  const std::size_t mark = run.tag.rfind('#');
  const std::string head = run.tag.substr(0, mark);
  const std::string field = head.substr(0, head.rfind('@'));
  const bool is_figure = field.starts_with("fig:");
  const bool is_typed = field.starts_with("typed:");
  static constexpr std::array<std::string_view, 4> kFacts = {"unit", "from", "as_of", "today"};
  const bool is_known = is_figure || is_typed || field.starts_with("all:") ||
                        std::find(kFacts.begin(), kFacts.end(), field) != kFacts.end();
  if (!is_known || field.find_first_of("{}\n") != std::string::npos) return words_in_template(run.text);
  is_ours = is_ours || is_figure || is_typed;
  const bool is_as_printed = mark != std::string::npos && run.tag.size() > mark + kBookmarkDigits &&
                             mark_of(run.text).starts_with(run.tag.substr(mark + 1));
  if (is_as_printed && !is_typed) return "{" + field + "}";
  if (!is_figure && !is_typed) return words_in_template(run.text);
  std::string typed = run.text;
  std::erase_if(typed, [](char c) { return c == '{' || c == '}'; });
  return "{typed:" + field.substr(field.find(':') + 1) + "|" + typed + "}";
}

/// Streams the document into lines of a template.
class DocumentListener : public XmlListener {
 public:
  explicit DocumentListener(const std::map<std::string, std::string>& styles) : styles_(styles) {}

  void on_start(std::string_view name, const XmlAttributes& attributes) override {
    if (skipped_ > 0 || is_left_out(name)) {
      ++skipped_;
      return;
    }
    if (name == "document") is_document_ = true;
    if (name == "p") style_.clear();
    if (name == "pStyle") style_ = style_name(std::string(attributes.get_prefixed("val")));
    if (name == "sdt") controls_.push_back({++control_count_, "", false});
    if (!controls_.empty() && name == "tag") controls_.back().tag = attributes.get_prefixed("val");
    if (!controls_.empty() && name == "showingPlcHdr") controls_.back().is_placeholder = true;
    if (name == "bookmarkStart") open_bookmark(attributes);
    if (name == "bookmarkEnd") close_bookmark(attributes.get_prefixed("id"));
    if (name == "t") in_text_ = true;
    if (name == "tab") add_text(" ");
    if (name == "noBreakHyphen") add_text("-");
    const std::string_view kind = attributes.get_prefixed("type");
    if (name == "cr" || (name == "br" && kind != "page" && kind != "column")) end_line();
  }

  void on_end(std::string_view name) override {
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    if (name == "t") in_text_ = false;
    if (name == "sdt" && !controls_.empty()) controls_.pop_back();
    if (name == "p") end_line();
  }

  void on_text(std::string_view text) override {
    if (skipped_ == 0 && in_text_) add_text(text);
  }

  [[nodiscard]] bool is_document() const { return is_document_; }
  [[nodiscard]] bool has_fields() const { return has_fields_; }
  EditedReport take() {
    if (!out_.as_of) out_.as_of = day_;
    return std::move(out_);
  }

 private:
  /// What is not words of the report: struck out or moved away, hints for reading a character, pictures,
  /// tables. The annex is the program's and is written anew.
  bool is_left_out(std::string_view name) {
    if (name == "del" || name == "moveFrom" || name == "rt") return true;
    const bool is_lost = name == "drawing" || name == "pict" || name == "object" || name == "tbl" ||
                         name == "AlternateContent" || name == "footnoteReference" ||
                         name == "endnoteReference";
    if (is_lost && !(name == "tbl" && in_annex_)) ++out_.left_out;
    return is_lost;
  }

  [[nodiscard]] std::string style_name(const std::string& id) const {
    const auto found = styles_.find(id);
    return found == styles_.end() ? to_lower_ascii(id) : found->second;
  }

  /// What was written by LibreOffice has bookmarks only.
  void open_bookmark(const XmlAttributes& attributes) {
    if (!day_) day_ = day_of_bookmark(attributes.get_prefixed("name"));
    std::string tag = tag_of_bookmark(attributes.get_prefixed("name"));
    if (tag.empty()) return;
    bookmark_ = {++control_count_, std::move(tag), false};
    bookmark_id_ = attributes.get_prefixed("id");
  }
  void close_bookmark(std::string_view id) {
    if (id == bookmark_id_) bookmark_ = {};
  }

  /// The innermost control with a tag, else the bookmark. One around a whole paragraph stands outside it.
  [[nodiscard]] Control control() const {
    for (auto one = controls_.rbegin(); one != controls_.rend(); ++one) {
      if (!one->tag.empty() || one->is_placeholder) return *one;
    }
    return bookmark_;
  }

  void add_text(std::string_view text) {
    const Control inside = control();
    if (inside.is_placeholder) return;
    words_bytes_ += text.size();
    if (words_bytes_ > kWordsBytesMax) {
      stop(fail("report.read.too_large"));
      return;
    }
    if (line_.empty() || line_.back().control != inside.number)
      line_.push_back({inside.number, inside.tag, ""});
    for (const char c : text)
      line_.back().text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }

  void end_line() {
    std::string words;
    for (const RunOfWords& run : line_) {
      if (run.tag == kAnnexTag) in_annex_ = true;
      if (!out_.as_of) out_.as_of = day_of(run.tag);
      words += run.tag.empty() ? words_in_template(run.text) : field_in_template(run, has_fields_);
    }
    const bool is_annex_heading = !line_.empty() && line_.back().tag == kAnnexTag;
    const bool is_annex = in_annex_ && (is_annex_heading || style_ == "cell");
    line_.clear();
    bookmark_ = {};
    words = trim(words);
    if (words.empty() || is_annex) return;
    if (style_ == "title")
      out_.template_text += "# ";
    else if (style_.starts_with("heading"))
      out_.template_text += "## ";
    else if (words.front() == '#' || words.front() == ';')
      out_.template_text += "{}";
    out_.template_text += words + "\n";
  }

  const std::map<std::string, std::string>& styles_;
  EditedReport out_;
  std::vector<Control> controls_;
  Control bookmark_;
  std::optional<Date> day_;  ///< where no tag says it
  std::string bookmark_id_;
  std::vector<RunOfWords> line_;
  std::string style_;
  std::size_t control_count_ = 0;
  std::size_t words_bytes_ = 0;
  int skipped_ = 0;  ///< depth below what is left out
  bool in_text_ = false;
  bool in_annex_ = false;
  bool is_document_ = false;
  bool has_fields_ = false;
};

Result<EditedReport> read(BytesView bytes) {
  LX_TRY(XlsxPackage package, XlsxPackage::open(bytes, limits_of_report()));
  if (!package.has("_rels/.rels")) return fail("report.read.kind");
  RootListener root;
  LX_DO(package.read("_rels/.rels", root));
  if (root.document.empty()) return fail("report.read.kind");
  StyleListener styles;
  const std::string beside = root.document.substr(0, root.document.rfind('/') + 1) + "styles.xml";
  if (package.has(beside)) LX_DO(package.read(beside, styles));
  DocumentListener document(styles.names);
  LX_DO(package.read(root.document, document));
  if (!document.is_document()) return fail("report.read.kind");
  if (!document.has_fields()) return fail("report.read.foreign");
  return document.take();
}

}  // namespace

Result<EditedReport> read_docx(BytesView bytes) {
  auto report = read(bytes);
  if (!report.ok()) return in_words_of_report(report.error());
  return report;
}

}  // namespace lianxin::client::report
