// Keys that are quicker than the frames of a slow laptop.
#include "client/ui/key_order.hpp"

#include <doctest/doctest.h>

#include "tests/ui/headless.hpp"

namespace lianxin::test::ui {
namespace {

/// What a frame saw pressed, of Ctrl+N, Ctrl+F and the plain keys.
struct Board {
  client::ui::KeyOrder order;
  std::string seen;
  Headless screen{[this](client::ui::Ui& ui, client::app::CommandQueue&) {
    order.frame();
    if (ui.pressed(ImGuiMod_Ctrl | ImGuiKey_N)) seen += "Ctrl+N ";
    if (ui.pressed(ImGuiMod_Ctrl | ImGuiKey_F)) seen += "Ctrl+F ";
    if (ui.pressed(ImGuiKey_N)) seen += "N ";
    if (ui.pressed(ImGuiKey_F)) seen += "F ";
  }};

  void ctrl(bool is_down) {
    order.before(true, is_down);
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, is_down);
    ImGui::GetIO().AddKeyEvent(ImGuiKey_LeftCtrl, is_down);
  }
  void key(ImGuiKey which, bool is_down) {
    order.before(false, is_down);
    ImGui::GetIO().AddKeyEvent(which, is_down);
  }
  /// Frames until nothing waits; how many it took.
  int settle() {
    int count = 0;
    do {
      screen.frames(1);
      ++count;
    } while (client::ui::KeyOrder::waits() && count < 100);
    return count;
  }
};

}  // namespace

TEST_CASE("the key pressed and Ctrl let go between two frames: it was pressed with Ctrl") {
  Board board;
  board.screen.frames(2);
  board.ctrl(true);
  board.screen.frames(1);
  board.key(ImGuiKey_N, true);
  board.ctrl(false);
  board.key(ImGuiKey_N, false);
  board.settle();
  CHECK(board.seen == "Ctrl+N ");
}

TEST_CASE("two of them and a plain key between two frames keep their order and their Ctrl") {
  Board board;
  board.screen.frames(2);
  for (const ImGuiKey which : {ImGuiKey_N, ImGuiKey_F}) {
    board.ctrl(true);
    board.key(which, true);
    board.ctrl(false);
    board.key(which, false);
  }
  board.key(ImGuiKey_N, true);
  board.key(ImGuiKey_N, false);
  CHECK(board.settle() < 12);
  CHECK(board.seen == "Ctrl+N Ctrl+F N ");
}

TEST_CASE(
    "a plain key before Ctrl goes down is plain; a key that waits is not overtaken by what comes later") {
  Board board;
  board.screen.frames(2);
  board.key(ImGuiKey_F, true);
  board.ctrl(true);
  board.key(ImGuiKey_F, false);
  board.key(ImGuiKey_N, true);
  board.screen.frames(1);
  board.ctrl(false);
  board.key(ImGuiKey_N, false);
  board.settle();
  CHECK(board.seen == "F Ctrl+N ");
}

TEST_CASE("keys held longer than a frame are as ever") {
  Board board;
  board.screen.frames(2);
  board.ctrl(true);
  board.screen.frames(1);
  board.key(ImGuiKey_N, true);
  board.screen.frames(3);
  board.key(ImGuiKey_N, false);
  board.ctrl(false);
  CHECK(board.settle() == 1);
  CHECK(board.seen == "Ctrl+N ");
}

}  // namespace lianxin::test::ui
