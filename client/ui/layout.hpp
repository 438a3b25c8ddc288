#pragma once
// Where things stand: cards, rows of a form, and what a list shows when there is nothing to list.
#include <cstdint>
#include <string>
#include <string_view>

#include "client/ui/ui.hpp"
#include "client/view/part_view.hpp"

namespace lianxin::client::ui {

/// A white plate with a thin border; as high as what is in it, or `height` pixels. Width in pixels, 0 = what
/// is left.
class Card {
 public:
  Card(Ui& ui, std::string_view id, float width = 0, ImU32 fill = 0, ImU32 edge = 0, float height = 0);
  ~Card();
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;
};

/// ImGui::BeginChild with an edge or without, through which focus passes as if it were not there.
void begin_child(const char* name, ImVec2 size, bool edge = false, ImGuiChildFlags flags = 0,
                 ImGuiWindowFlags window_flags = 0);

/// A part that scrolls by itself: `height` pixels, 0 = down to the end of the window. Focus passes through
/// it.
class ScrollArea {
 public:
  ScrollArea(Ui& ui, std::string_view id, float height = 0);
  ~ScrollArea();
  ScrollArea(const ScrollArea&) = delete;
  ScrollArea& operator=(const ScrollArea&) = delete;
};

/// Height of a card that begins here and ends where the page does, when nothing is scrolled.
[[nodiscard]] float page_height(const Ui& ui);

enum class AboveHeight : std::uint8_t {
  kWhole,    ///< the foot stands at the end of the page
  kContent,  ///< it stands higher where what is above needs less; nothing there takes the focus: PgDn scrolls
};

/// In a card down to the end of the page whose foot (its buttons) stays in sight: what stands above the foot
/// takes the rest, and scrolls when that is not enough.
class AboveFoot {
 public:
  AboveFoot(Ui& ui, std::string_view id, AboveHeight wanted = AboveHeight::kWhole);
  ~AboveFoot();
  AboveFoot(const AboveFoot&) = delete;
  AboveFoot& operator=(const AboveFoot&) = delete;
  /// Height of a list that is `whole` pixels high: what is left down to the foot, where it scrolls by itself;
  /// where less than so much at 100 % is left, all of it, scrolled with what stands above it.
  [[nodiscard]] float room(float least_at_100, float whole) const;
  /// What is drawn from here on is the foot.
  void foot();

 private:
  Ui& ui_;
  ImGuiStorage* kept_;
  ImGuiID key_;
  ImGuiID content_key_;
  AboveHeight wanted_;
  float height_;
  bool is_above_ = true;
};

/// Widths of a page of two columns: `side` at 100 % text beside the main one; at large text the side stands
/// below.
struct TwoColumns {
  float main = 0;
  float side = 0;
  bool stacked = false;

  TwoColumns(const Ui& ui, float side_at_100);
  /// Between the columns: the next card stands beside or below.
  void next(const Ui& ui) const;
};

/// One row of a form: label left (or above when `above`), the control beside it, the problem under it. What
/// is drawn while it lives is the control.
class FormRow {
 public:
  FormRow(Ui& ui, const std::string& label, std::string problem = {}, bool above = false);
  ~FormRow();
  FormRow(const FormRow&) = delete;
  FormRow& operator=(const FormRow&) = delete;

 private:
  Ui& ui_;
  std::string problem_;
};

/// The sentence of `field` in `problems`; empty when there is none. `record` only in member files.
[[nodiscard]] std::string problem_of(const view::Problems& problems, std::string_view field,
                                     const Id& record = Id());
/// A red sentence with its mark.
void problem_line(Ui& ui, const std::string& sentence);
/// A framed sentence over the whole width: settled green, red, or plain.
void banner(Ui& ui, const view::Words& words);
/// How far something is, 0..1.
void progress_bar(Ui& ui, float fraction, ImU32 colour, float height_at_100 = 10);
/// Room between parts, in pixels at 100 %.
void gap(const Ui& ui, float at_100);
/// Pixels from here to the end of a card that reaches down to the status line when nothing is scrolled: for
/// lists that scroll by themselves.
[[nodiscard]] float room_below(const Ui& ui);
/// Height of a list of so many rows under a card that is to stay in sight: what is left of the page, and at
/// least five rows; it scrolls by itself.
[[nodiscard]] float list_height(const Ui& ui, std::size_t rows);
/// A thin line across.
void rule(Ui& ui);

/// Draws loading, failure or emptiness on purpose. True: draw the rows.
[[nodiscard]] bool list_ready(Ui& ui, const view::ListState& state, bool empty,
                              const std::string& empty_text);

}  // namespace lianxin::client::ui
