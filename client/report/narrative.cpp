#include "client/report/narrative.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "assets/assets.hpp"
#include "client/figures/words.hpp"
#include "client/report/counted_words.hpp"
#include "client/report/paper.hpp"
#include "shared/base/text.hpp"

namespace lianxin::client::report {
namespace {

constexpr std::size_t kTemplateBytesMax = 200 * 1024;

std::string day_text(const Date& day, const Messages& messages) {
  return messages.get("report.day", {{"year", std::to_string(day.year)},
                                     {"month", std::to_string(day.month)},
                                     {"day", std::to_string(day.day)}});
}

bool is_whole(const figures::Figure& figure) {
  return figure.value && figure.of && *figure.of > 0 && *figure.value == *figure.of;
}

/// Fills one template; finds what it names.
class Writer {
 public:
  Writer(const std::vector<figures::Figure>& all, const NarrativeFacts& facts, const Messages& messages)
      : facts_(facts), messages_(messages), numbers_(number_words(messages)) {
    for (const figures::Figure& figure : all)
      figures_.emplace(figure.row, &figure);
    for (const std::string& word : split(messages.get("report.words_of_all"), ' '))
      sweeping_.push_back(word);
  }

  Result<Narrative> write(std::string_view text) {
    int number = 0;
    for (const std::string& line : split(text, '\n')) {
      ++number;
      const std::string words = trim(line);
      if (words.empty() || words.front() == ';') continue;
      auto paragraph = paragraph_of(words);
      if (!paragraph.ok()) {
        return fail("report.template", {{"line", std::to_string(number)}, {"why", paragraph.error().detail}});
      }
      out_.paragraphs.push_back(std::move(*paragraph));
    }
    for (const auto& [place, printed] : used_)
      out_.annex.push_back(annex_of(*figures_.at(place.first), place.second, printed));
    out_.unit = facts_.unit;
    out_.from = facts_.from;
    out_.as_of = facts_.as_of;
    return std::move(out_);
  }

 private:
  static Error unknown(const std::string& what) { return fail("report.template", {}, "{" + what + "}"); }

  Result<Paragraph> paragraph_of(const std::string& line) {
    Paragraph paragraph;
    std::string_view rest = line;
    if (rest.starts_with("## ")) {
      paragraph.kind = ParagraphKind::kHeading;
      rest.remove_prefix(3);
    } else if (rest.starts_with("# ")) {
      paragraph.kind = ParagraphKind::kTitle;
      rest.remove_prefix(2);
    }
    while (!rest.empty()) {
      const std::size_t open = rest.find('{');
      if (open != 0) {
        const std::string_view words = rest.substr(0, open);
        look_for_sweeping(words);
        add_words(paragraph, words);
        rest.remove_prefix(std::min(open, rest.size()));
        continue;
      }
      const std::size_t close = rest.find('}');
      if (close == std::string_view::npos) return unknown(std::string(rest.substr(1)));
      LX_TRY(Piece piece, piece_of(std::string(rest.substr(1, close - 1)), paragraph));
      paragraph.pieces.push_back(std::move(piece));
      rest.remove_prefix(close + 1);
    }
    return paragraph;
  }

  Result<Piece> piece_of(const std::string& name, const Paragraph& before) {
    if (name.empty()) return Piece{};
    if (name == "(") return Piece{"{", ""};
    if (name == "unit") return Piece{facts_.unit, name};
    if (name == "from") return Piece{day_text(facts_.from, messages_), name};
    if (name == "as_of") return Piece{day_text(facts_.as_of, messages_), name};
    if (name == "today") return Piece{day_text(facts_.today, messages_), name};
    if (name.starts_with("fig:")) return number_of(name.substr(4));
    if (name.starts_with("typed:")) return typed_of(name.substr(6), before);
    if (name.starts_with("all:")) return claim_of(name.substr(4));
    return unknown(name);
  }

  const figures::Figure* find(std::string_view row) const {
    int number = 0;
    const auto parsed = std::from_chars(row.data(), row.data() + row.size(), number);
    if (parsed.ec != std::errc() || parsed.ptr != row.data() + row.size()) return nullptr;
    const auto found = figures_.find(number);
    return found == figures_.end() ? nullptr : found->second;
  }

  static std::string what_of(const std::string& name) {
    const std::size_t dot = name.find('.');
    return dot == std::string::npos ? std::string() : name.substr(dot + 1);
  }

  /// What "36.exact" prints; nothing where there is no such number.
  std::optional<std::string> printed_of(const std::string& name) const {
    const figures::Figure* figure = find(std::string_view(name).substr(0, name.find('.')));
    if (figure == nullptr) return std::nullopt;
    const std::string what = what_of(name);
    std::string text;
    if (what.empty() && figure->value) {
      text = figures::words_of(*figure, messages_).text;
    } else if (what == "exact" && figure->value) {
      text = figures::exact_words(*figure, *figure->value);
    } else if (what == "of" && figure->of) {
      text = std::to_string(*figure->of);
    } else if (what == "percent" && figure->value && figure->of) {
      text = std::to_string(*figure->of == 0 ? 0 : *figure->value * 100 / *figure->of) + "%";
    } else {
      const figures::Part* part = part_of(*figure, what);
      if (part == nullptr) return std::nullopt;
      text = figures::exact_words(*figure, *part, messages_);
    }
    return text;
  }

  Result<Piece> number_of(const std::string& name) {
    const std::optional<std::string> text = printed_of(name);
    if (!text) return unknown("fig:" + name);
    note_printed(name, *text);
    return Piece{*text, name};
  }

  /// Every number of the text has its line in the annex; the figure itself, rounded, exact or as a share, has
  /// one.
  void note_printed(const std::string& name, const std::string& text) {
    const int row = find(std::string_view(name).substr(0, name.find('.')))->row;
    std::string what = what_of(name);
    const bool is_share = what == "percent";
    if (what == "exact" || is_share) what.clear();
    std::string& printed = used_[{row, what}];
    if (printed.empty() || (what_of(name).empty() && printed.find(text) == std::string::npos))
      printed = text;
    else if (is_share && printed.find(text) == std::string::npos)
      printed += messages_.get("report.and_share", {{"share", text}});
  }

  static const figures::Part* part_of(const figures::Figure& figure, const std::string& what) {
    const auto part = std::find_if(figure.parts.begin(), figure.parts.end(),
                                   [&](const figures::Part& one) { return one.name == what; });
    return part == figure.parts.end() ? nullptr : &*part;
  }

  /// What a number of the text is called.
  std::string phrase_of(const figures::Figure& figure, const std::string& what) const {
    std::string phrase = figures::words_of(figure, messages_).phrase;
    if (what == "of") return messages_.get("report.phrase_of", {{"phrase", phrase}});
    const figures::Part* part = part_of(figure, what);
    if (part == nullptr) return phrase;
    const std::string name = figures::words_of(figure, *part, messages_, messages_.get("report.codes")).name;
    return messages_.get("report.phrase_part", {{"phrase", phrase}, {"part", name}});
  }

  /// "36|250次": what a person typed over figure 36. The same as the records say is no typed number.
  Result<Piece> typed_of(const std::string& rest, const Paragraph& before) {
    const std::size_t bar = rest.find('|');
    if (bar == std::string::npos) return unknown("typed:" + rest);
    const std::string name = rest.substr(0, bar);
    const std::string text = rest.substr(bar + 1);
    const std::optional<std::string> printed = printed_of(name);
    if (!printed) return typed_number(text);
    if (*printed == text) return number_of(name);
    const figures::Figure& figure = *find(std::string_view(name).substr(0, name.find('.')));
    const std::string what = what_of(name);
    out_.warnings.push_back(messages_.get(
        "report.typed_over",
        {{"text", words_before(before) + text}, {"phrase", phrase_of(figure, what)}, {"printed", *printed}}));
    used_[{figure.row, what == "exact" || what == "percent" ? "" : what}] =
        messages_.get("report.typed_printed", {{"text", text}});
    return Piece{text, "typed:" + name};
  }

  /// The words right before a number, so that a person finds it: back to the last mark.
  static std::string words_before(const Paragraph& paragraph) {
    constexpr std::size_t kCharactersMax = 10;
    if (paragraph.pieces.empty()) return {};
    const std::u32string all = to_utf32(paragraph.pieces.back().text);
    const std::size_t mark =
        all.find_last_of(U"\uFF0C\u3002\uFF1B\u3001\uFF1A\u201C\u201D\uFF08\uFF09\u300A\u300B,.;:()\" ");
    const std::u32string tail = mark == std::u32string::npos ? all : all.substr(mark + 1);
    return to_utf8(tail.size() > kCharactersMax ? tail.substr(tail.size() - kCharactersMax) : tail);
  }

  Piece typed_number(const std::string& text) {
    out_.warnings.push_back(messages_.get("report.typed", {{"text", text}}));
    return Piece{text, "typed:"};
  }

  /// Words of a template or a person; a number with a measure word in them has no records behind it.
  void add_words(Paragraph& paragraph, std::string_view words) {
    while (!words.empty()) {
      const CountedWords typed = find_counted(words, numbers_);
      if (typed.begin > 0) paragraph.pieces.push_back({std::string(words.substr(0, typed.begin)), ""});
      if (typed.length > 0)
        paragraph.pieces.push_back(typed_number(std::string(words.substr(typed.begin, typed.length))));
      words.remove_prefix(typed.begin + typed.length);
    }
  }

  /// "31|每名": said whatever the figure says, but not without a warning.
  Result<Piece> claim_of(const std::string& name) {
    const std::size_t bar = name.find('|');
    const figures::Figure* figure = find(std::string_view(name).substr(0, bar));
    if (bar == std::string::npos || figure == nullptr) return unknown("all:" + name);
    const std::string words = name.substr(bar + 1);
    if (!is_whole(*figure)) {
      const figures::FigureWords says = figures::words_of(*figure, messages_);
      out_.warnings.push_back(
          messages_.get("report.not_all", {{"words", words}, {"phrase", says.phrase}, {"text", says.text}}));
    }
    used_.try_emplace({figure->row, ""});
    return Piece{words, "all:" + name};
  }

  /// Words that mean everybody and are tied to no figure.
  void look_for_sweeping(std::string_view words) {
    for (const std::string& word : sweeping_) {
      if (words.find(word) != std::string_view::npos)
        out_.warnings.push_back(messages_.get("report.unbound", {{"words", word}}));
    }
  }

  AnnexRow annex_of(const figures::Figure& figure, const std::string& what,
                    const std::string& printed) const {
    const figures::FigureWords words = figures::words_of(figure, messages_);
    AnnexRow row;
    row.row = figure.row;
    row.phrase = phrase_of(figure, what);
    if (!what.empty()) {
      const figures::Part* part = part_of(figure, what);
      row.exact = part != nullptr ? figures::exact_words(figure, *part, messages_)
                                  : std::to_string(figure.of.value_or(0));
      row.printed = printed;
      row.records = part != nullptr ? part->counted.size() : 0;
      if (part != nullptr) row.source = source_of(part->kinds);
      return row;
    }
    row.exact = figure.value ? figures::exact_words(figure, *figure.value) : "";
    if (figure.value && figure.of) row.exact += "/" + std::to_string(*figure.of);
    row.unit = words.unit;
    row.printed = printed.empty() ? words.text : printed;
    row.records = figure.counted.size();
    row.source = source_of(figure.kinds);
    return row;
  }

  [[nodiscard]] std::string source_of(const std::set<std::string>& kinds) const {
    std::string out;
    for (const std::string& kind : kinds)
      out += (out.empty() ? "" : messages_.get("form.list_separator")) + messages_.get("kind." + kind);
    return out;
  }

  const NarrativeFacts& facts_;
  const Messages& messages_;
  std::map<int, const figures::Figure*> figures_;
  std::vector<std::string> sweeping_;
  NumberWords numbers_;
  std::map<std::pair<int, std::string>, std::string> used_;  ///< of a figure's number, as it is printed
  Narrative out_;
};

}  // namespace

std::string Paragraph::text(std::string_view after_typed) const {
  std::string all;
  for (const Piece& piece : pieces) {
    all += piece.text;
    if (piece.is_typed()) all += after_typed;
  }
  return all;
}

std::string_view narrative_template() { return assets::file("assets/reports/f9.txt"); }

Result<Narrative> write_narrative(std::string_view template_text, const std::vector<figures::Figure>& figures,
                                  const NarrativeFacts& facts, const Messages& messages) {
  if (template_text.size() > kTemplateBytesMax || !is_valid_text(template_text))
    return fail("report.template", {{"line", "1"}, {"why", messages.get("report.template_size")}});
  return Writer(figures, facts, messages).write(template_text);
}

std::string foot_of(const Narrative& narrative, const Messages& messages) {
  const std::string period = messages.get(
      "report.footer",
      {{"unit", narrative.unit}, {"from", narrative.from.text()}, {"as_of", narrative.as_of.text()}});
  return narrative.snapshot.empty() ? period : period + "  " + narrative.snapshot;
}

std::vector<std::string> annex_headings(const Messages& messages) {
  std::vector<std::string> out;
  for (const char* key : {"row", "phrase", "exact", "unit", "printed", "source", "records"})
    out.push_back(messages.get(std::string("report.annex.") + key));
  return out;
}

std::vector<std::string> annex_cells(const AnnexRow& row) {
  return {std::to_string(row.row), row.phrase, row.exact, row.unit, row.printed, row.source,
          row.records_text()};
}

Sheet narrative_annex(const Narrative& narrative, const Messages& messages) {
  Sheet out;
  out.name = messages.get("report.annex.tab");
  out.title = messages.get("report.annex");
  out.left = messages.get("form.unit", {{"unit", narrative.unit}});
  constexpr std::array<double, 7> kWidths = {8, 40, 14, 10, 20, 18, 12};
  const std::vector<std::string> headings = annex_headings(messages);
  for (std::size_t i = 0; i < headings.size(); ++i) {
    const bool is_number = i == 0 || i + 1 == headings.size();
    out.headings.push_back({headings[i], {}, kWidths.at(i), is_number ? CellKind::kNumber : CellKind::kText});
  }
  for (const AnnexRow& row : narrative.annex)
    out.rows.push_back({annex_cells(row)});
  out.notes = narrative.warnings;
  out.signatures = {messages.get("form.prepared_by"), messages.get("form.checked_by"),
                    messages.get("form.phone")};
  out.footer =
      messages.get("form.footer", {{"from", narrative.from.text()}, {"as_of", narrative.as_of.text()}});
  out.snapshot = narrative.snapshot;
  out.page = messages.get("form.page");
  return out;
}

Result<Bytes> narrative_pdf(const Narrative& narrative, const Messages& messages) {
  Paper paper;
  for (const Paragraph& paragraph : narrative.paragraphs) {
    if (paragraph.kind == ParagraphKind::kTitle && paper.title.empty()) {
      paper.title = paragraph.text();
      continue;
    }
    // Two characters in: how a Chinese paragraph begins.
    paper.facts.push_back((paragraph.kind == ParagraphKind::kText ? "\u3000\u3000" : "") +
                          paragraph.text(messages.get("report.typed_mark")));
  }
  paper.facts.push_back("");
  paper.facts.push_back(messages.get("report.annex"));
  constexpr std::array<double, 7> kShares = {0.7, 2.5, 1.4, 0.7, 1.5, 1.3, 1.2};
  const std::vector<std::string> headings = annex_headings(messages);
  for (std::size_t i = 0; i < headings.size(); ++i)
    paper.columns.push_back({headings[i], kShares.at(i)});
  for (const AnnexRow& row : narrative.annex)
    paper.rows.push_back(annex_cells(row));
  paper.notes = narrative.warnings;
  paper.footer = foot_of(narrative, messages);
  paper.page = messages.get("form.page");
  paper.made_ms = narrative.as_of.day_number() * kDayMs;
  return paper_pdf(paper);
}

}  // namespace lianxin::client::report
