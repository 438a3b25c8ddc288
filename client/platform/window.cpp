#include "client/platform/window.hpp"

#include <GLFW/glfw3.h>
#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>
#include <memory>
#include <mutex>
#include <utility>

#include "client/platform/bus_watch.hpp"
#include "client/platform/key_symbols.hpp"
#include "client/ui/key_order.hpp"
#include "client/ui/type_ahead.hpp"
#include "client/ui/window.hpp"

namespace lianxin::client::platform {
namespace {

/// Frames after something happened: popups and sizes settle in the second and third, a wished focus in the
/// fourth.
constexpr int kFramesAfterEvent = 5;

/// Guards the sleeping window against being woken after it is gone.
struct WakeGate {
  std::mutex mutex;
  bool open = false;
};

WakeGate& gate() {
  static WakeGate one;
  return one;
}

/// What a window's call-backs leave for the next frame.
struct Keyboard {
  std::unique_ptr<InputMethod> method;
  ui::KeyOrder order;
  bool wants_text = false;    ///< a text field has the focus
  bool swallow_text = false;  ///< the character of a key that was taken follows
  std::string dropped;        ///< path of a file let go over the window, until the next frame
};

Keyboard& keyboard_of(GLFWwindow* window) {
  return *static_cast<Keyboard*>(glfwGetWindowUserPointer(window));
}

bool is_modifier(int key) { return key >= GLFW_KEY_LEFT_SHIFT && key <= GLFW_KEY_RIGHT_SUPER; }

void on_key(GLFWwindow* window, int key, int code, int action, int mods) {
  Keyboard& keyboard = keyboard_of(window);
  keyboard.swallow_text = false;
  if (keyboard.method && keyboard.wants_text) {
    const bool release = action == GLFW_RELEASE;
    const bool taken = keyboard.method->key(key_stroke(code, mods, release));
    if (taken && !release) {
      keyboard.swallow_text = true;
      return;
    }
  }
  if (action != GLFW_REPEAT) keyboard.order.before(is_modifier(key), action == GLFW_PRESS);
  ImGui_ImplGlfw_KeyCallback(window, key, code, action, mods);
}

void on_char(GLFWwindow* window, unsigned character) {
  if (!keyboard_of(window).swallow_text) ImGui_ImplGlfw_CharCallback(window, character);
}

void on_drop(GLFWwindow* window, int count, const char** paths) {
  if (count > 0) keyboard_of(window).dropped = paths[0];  // one at a time: each is asked about
}

/// The library tells where the caret is; the input method puts its candidates there.
void put_candidates(GLFWwindow* window, const ImGuiPlatformImeData* data) {
  Keyboard& keyboard = keyboard_of(window);
  if (data->WantVisible != keyboard.wants_text && keyboard.method) keyboard.method->focus(data->WantVisible);
  keyboard.wants_text = data->WantVisible;
  if (!keyboard.method || !data->WantVisible) return;
  int x = 0;
  int y = 0;
  glfwGetWindowPos(window, &x, &y);
  keyboard.method->caret({x + static_cast<int>(data->InputPos.x), y + static_cast<int>(data->InputPos.y), 1,
                          static_cast<int>(data->InputLineHeight)});
}

#if IMGUI_VERSION_NUM >= 19110
void on_caret(ImGuiContext* /*context*/, ImGuiViewport* viewport, ImGuiPlatformImeData* data) {
  put_candidates(static_cast<GLFWwindow*>(viewport->PlatformHandle), data);
}
#else
void on_caret(ImGuiViewport* /*viewport*/, ImGuiPlatformImeData* data) {
  put_candidates(glfwGetCurrentContext(), data);  // there is one window
}
#endif

void use_locale() {
  const char* locale = std::setlocale(LC_CTYPE, "");
  if (locale == nullptr || std::strcmp(locale, "C") == 0) std::setlocale(LC_CTYPE, "C.UTF-8");
}

/// GLFW from beginning to end of its life.
class Glfw {
 public:
  Glfw() {
#if defined(GLFW_PLATFORM_X11)
    glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);  // Wayland windows get no input method
#endif
    glfwSetErrorCallback([](int, const char*) {});
    ready_ = glfwInit() != 0;
  }
  ~Glfw() {
    if (ready_) glfwTerminate();
  }
  Glfw(const Glfw&) = delete;
  Glfw& operator=(const Glfw&) = delete;
  [[nodiscard]] bool ready() const { return ready_; }

 private:
  bool ready_ = false;
};

/// One context of Dear ImGui with its two backends.
class Drawing {
 public:
  explicit Drawing(GLFWwindow* window) {
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.ConfigInputTextCursorBlink = false;  // a blinking cursor would redraw for ever
    ImGui_ImplGlfw_InitForOpenGL(window, false);
    ready_ = ImGui_ImplOpenGL3_Init();
  }
  ~Drawing() {
    if (ready_) ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext();
  }
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;
  [[nodiscard]] bool ready() const { return ready_; }

 private:
  bool ready_ = false;
};

void listen(GLFWwindow* window, Keyboard& keyboard) {
  glfwSetWindowUserPointer(window, &keyboard);
  glfwSetKeyCallback(window, on_key);
  glfwSetCharCallback(window, on_char);
  glfwSetWindowFocusCallback(window, ImGui_ImplGlfw_WindowFocusCallback);
  glfwSetCursorEnterCallback(window, ImGui_ImplGlfw_CursorEnterCallback);
  glfwSetCursorPosCallback(window, ImGui_ImplGlfw_CursorPosCallback);
  glfwSetMouseButtonCallback(window, ImGui_ImplGlfw_MouseButtonCallback);
  glfwSetScrollCallback(window, ImGui_ImplGlfw_ScrollCallback);
  glfwSetDropCallback(window, on_drop);
#if IMGUI_VERSION_NUM >= 19110
  ImGui::GetPlatformIO().Platform_SetImeDataFn = on_caret;
#else
  ImGui::GetIO().SetPlatformImeDataFn = on_caret;
#endif
}

float dpi_scale(GLFWwindow* window) {
  float x = 1;
  float y = 1;
  glfwGetWindowContentScale(window, &x, &y);
  return std::max(1.0F, x);
}

struct Look {
  std::uint32_t text_percent = 0;
  view::Contrast contrast = view::Contrast::kLight;
  float dpi = 1;
  bool operator==(const Look&) const = default;
};

void clear(ImU32 colour) {
  const ImVec4 c = ImGui::ColorConvertU32ToFloat4(colour);
  glClearColor(c.x, c.y, c.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

class Loop {
 public:
  Loop(GLFWwindow* window, const ui::Fonts& fonts, Keyboard& keyboard, ui::FrameSource& source)
      : window_(window),
        keyboard_(keyboard),
        source_(source),
        ui_(ui::make_theme(view::Contrast::kLight, 100), fonts) {}

  void run() {
    while (glfwWindowShouldClose(window_) == 0 && !source_.should_close()) {
      wait();
      if (keyboard_.method) keyboard_.method->pump();
      if (glfwGetWindowAttrib(window_, GLFW_ICONIFIED) == 0) frame();
    }
  }

 private:
  /// Sleeps unless frames are due. Whatever ends the sleep is worth drawing.
  void wait() {
    if (frames_due_ > 0) {
      --frames_due_;
      glfwPollEvents();
      return;
    }
    if (ui_.next_wake() >= 0) {
      glfwWaitEventsTimeout(std::max(0.001, ui_.next_wake()));
    } else {
      glfwWaitEvents();
    }
    frames_due_ = kFramesAfterEvent - 1;
  }

  void follow_settings(const view::SettingsView& settings) {
    const Look wanted{settings.text_percent, settings.contrast, dpi_scale(window_)};
    if (wanted == look_) return;
    look_ = wanted;
    ui_.set_theme(ui::make_theme(wanted.contrast, wanted.text_percent, wanted.dpi));
  }

  void frame() {
    const std::shared_ptr<const view::ScreensView> view = source_.latest();
    const std::shared_ptr<const Messages> messages = source_.messages();
    follow_settings(view->settings);
    if (!keyboard_.dropped.empty()) ui::drop_file(state_, std::exchange(keyboard_.dropped, {}));
    app::CommandQueue commands;
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    ahead_.new_frame();
    keyboard_.order.frame();
    if (ui::KeyOrder::waits()) frames_due_ = std::max(frames_due_, 1);
    ui_.begin_frame(*messages);
    ui::draw_window(ui_, *view, state_, commands);
    ahead_.drawn(ui_, state_);
    ImGui::Render();
    int width = 0;
    int height = 0;
    glfwGetFramebufferSize(window_, &width, &height);
    glViewport(0, 0, width, height);
    clear(ui_.colour().background);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glfwSwapBuffers(window_);
    if (commands.empty()) return;
    source_.take(commands.take());
    frames_due_ = kFramesAfterEvent;
  }

  GLFWwindow* window_;
  Keyboard& keyboard_;
  ui::FrameSource& source_;
  ui::Ui ui_;
  ui::WindowState state_;
  ui::TypeAhead ahead_;
  Look look_;
  int frames_due_ = kFramesAfterEvent;
};

class OpenGate {
 public:
  OpenGate() {
    const std::lock_guard lock(gate().mutex);
    gate().open = true;
  }
  ~OpenGate() {
    const std::lock_guard lock(gate().mutex);
    gate().open = false;
  }
  OpenGate(const OpenGate&) = delete;
  OpenGate& operator=(const OpenGate&) = delete;
};

using GlfwWindow = std::unique_ptr<GLFWwindow, decltype(&glfwDestroyWindow)>;

/// Not larger than the screen has room for: nothing would bring back what is cut off where no window manager
/// does.
void fit_to_screen(int& width, int& height) {
  GLFWmonitor* const screen = glfwGetPrimaryMonitor();
  if (screen == nullptr) return;
  int x = 0;
  int y = 0;
  int room_x = 0;
  int room_y = 0;
  glfwGetMonitorWorkarea(screen, &x, &y, &room_x, &room_y);
  if (room_x <= 0 || room_y <= 0) return;
  width = std::min(width, room_x);
  height = std::min(height, room_y);
}

GlfwWindow open_window(const WindowSettings& settings) {
  int width = settings.width;
  int height = settings.height;
  fit_to_screen(width, height);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, "lianxin");
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "lianxin");
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 0);
  return {glfwCreateWindow(width, height, settings.title.c_str(), nullptr, nullptr), &glfwDestroyWindow};
}

}  // namespace

Status run_window(const WindowSettings& settings, ui::FrameSource& source) {
  use_locale();
  Keyboard keyboard;
  keyboard.method = InputMethod::connect(
      [](const std::string& utf8) { ImGui::GetIO().AddInputCharactersUTF8(utf8.c_str()); });
  // The window system's own way to the same input method would type everything twice.
  if (keyboard.method) setenv("XMODIFIERS", "@im=none", 1);
  const Glfw glfw;
  if (!glfw.ready()) return fail("ui.no_display");
  const GlfwWindow window = open_window(settings);
  if (window == nullptr) return fail("ui.no_graphics");
  glfwMakeContextCurrent(window.get());
  glfwSwapInterval(1);
  const Drawing drawing(window.get());
  if (!drawing.ready()) return fail("ui.no_graphics");
  LX_TRY(const ui::Fonts fonts, ui::Fonts::load(ui::find_fonts(ui::font_folders())));
  listen(window.get(), keyboard);
  const OpenGate open;
  const BusWatch watch(keyboard.method ? keyboard.method->descriptor() : -1);
  Loop(window.get(), fonts, keyboard, source).run();
  return {};
}

void wake_window() {
  const std::lock_guard lock(gate().mutex);
  if (gate().open) glfwPostEmptyEvent();
}

}  // namespace lianxin::client::platform
