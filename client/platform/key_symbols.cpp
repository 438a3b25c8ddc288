#include "client/platform/key_symbols.hpp"

// X11 defines None, Success and the like as macros: this file includes nothing that knows those words.
#include <GLFW/glfw3.h>
#include <X11/XKBlib.h>
#include <X11/Xlib.h>

// glfw3native.h asks for headers of extensions that are not used here.
extern "C" Display* glfwGetX11Display(void);  // NOLINT(readability-identifier-naming)

namespace lianxin::client::platform {

KeyStroke key_stroke(int code, int mods, bool release) {
  KeyStroke stroke;
  stroke.release = release;
  stroke.code = static_cast<std::uint32_t>(code);
  unsigned state = 0;
  if ((mods & GLFW_MOD_SHIFT) != 0) state |= ShiftMask;
  if ((mods & GLFW_MOD_CONTROL) != 0) state |= ControlMask;
  if ((mods & GLFW_MOD_ALT) != 0) state |= Mod1Mask;
  if ((mods & GLFW_MOD_SUPER) != 0) state |= Mod4Mask;
  stroke.state = state;
  if (Display* display = glfwGetX11Display()) {
    const int level = (mods & GLFW_MOD_SHIFT) != 0 ? 1 : 0;
    KeySym symbol = XkbKeycodeToKeysym(display, static_cast<KeyCode>(code), 0, level);
    if (symbol == NoSymbol) symbol = XkbKeycodeToKeysym(display, static_cast<KeyCode>(code), 0, 0);
    stroke.symbol = static_cast<std::uint32_t>(symbol);
  }
  return stroke;
}

}  // namespace lianxin::client::platform
