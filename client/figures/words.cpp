#include "client/figures/words.hpp"

#include "shared/base/text.hpp"
#include "shared/domain/codes.hpp"
#include "shared/domain/counting.hpp"

namespace lianxin::client::figures {
namespace {

/// A number that is kept in tenths.
std::string decimal(std::int64_t tenths) {
  const std::string sign = tenths < 0 ? "-" : "";
  const std::int64_t size = tenths < 0 ? -tenths : tenths;
  return sign + std::to_string(size / 10) + (size % 10 == 0 ? "" : "." + std::to_string(size % 10));
}

std::string yuan(std::int64_t fen) {
  std::string text = std::to_string(fen / 100);
  if (fen % 100 != 0) text += (fen % 100 < 10 ? ".0" : ".") + std::to_string(fen % 100);
  return text;
}

std::string number_text(const Figure& figure, const Messages& messages) {
  if (figure.unit == "tenth") return decimal(*figure.value);
  if (!figure.is_rounded) return std::to_string(*figure.value);
  const domain::RoundedCount rounded = domain::rounded_count(*figure.value);
  const std::string number = std::to_string(rounded.number);
  return rounded.is_over ? messages.get("figures.over", {{"number", number}}) : number;
}

}  // namespace

FigureWords words_of(const Figure& figure, const Messages& messages) {
  FigureWords out;
  out.phrase = messages.get("figure." + std::to_string(figure.row));
  // In a share the unit follows the whole.
  const std::int64_t many = figure.of ? *figure.of : figure.value.value_or(0);
  const char* one = exact_words(figure, many) == "1" ? ".one" : "";
  if (figure.unit != "none") out.unit = messages.get("unit." + figure.unit + one);
  if (!figure.value && figure.of)
    out.text = messages.get("figures.of", {{"of", std::to_string(*figure.of)}, {"unit", out.unit}});
  if (!figure.value) return out;
  const std::string number = number_text(figure, messages);
  if (!figure.of) {
    out.text = messages.get("figures.count", {{"number", number}, {"unit", out.unit}});
  } else if (*figure.of == 0) {
    out.text = messages.get("figures.share_none", {{"number", number}, {"unit", out.unit}});
  } else {
    // Rounded down: only what is whole says 100%.
    const std::string percent = std::to_string(*figure.value * 100 / *figure.of);
    out.text = messages.get(
        "figures.share",
        {{"number", number}, {"of", std::to_string(*figure.of)}, {"unit", out.unit}, {"percent", percent}});
  }
  return out;
}

PartWords words_of(const Figure& figure, const Part& part, const Messages& messages,
                   const std::string& language) {
  PartWords out;
  out.name = part.list.empty() ? messages.get("figure." + std::to_string(figure.row) + ".part." + part.name)
                               : domain::code_name(part.list, part.name, language);
  out.text = exact_words(figure, part, messages);
  if (part.is_hundred && figure.value && part.value > 0) {
    const std::string rate = decimal(*figure.value * 1000 / part.value);
    out.text = messages.get("figures.per_hundred", {{"text", out.text}, {"rate", rate}});
  }
  // A figure that is nothing but its parts has no other place for what they are shares of.
  if (!figure.value && figure.of) out.text += "/" + std::to_string(*figure.of);
  return out;
}

std::string note_of(const Figure& figure, const std::string& handed_over, const Messages& messages) {
  std::vector<std::string> notes;
  if (figure.needs) notes.push_back(messages.get("figures.needs"));
  const std::string own = "figure." + std::to_string(figure.row) + ".note";
  if (messages.has(own)) notes.push_back(messages.get(own));
  if (figure.goes_along && !handed_over.empty()) notes.push_back(handed_over);
  return join(notes, " ");
}

std::string exact_words(const Figure& figure, std::int64_t number) {
  return figure.unit == "tenth" ? decimal(number) : std::to_string(number);
}

std::string exact_words(const Figure& figure, const Part& part, const Messages& messages) {
  if (part.name.ends_with("money_fen")) return messages.get("figures.money", {{"yuan", yuan(part.value)}});
  return exact_words(figure, part.value);
}

}  // namespace lianxin::client::figures
