#pragma once
// Keys as the window library reports them, in the words of X11.
#include "client/platform/input_method.hpp"

namespace lianxin::client::platform {

/// `code` is GLFW's scancode (the X keycode), `mods` its modifier bits. Main thread, after GLFW began.
[[nodiscard]] KeyStroke key_stroke(int code, int mods, bool release);

}  // namespace lianxin::client::platform
