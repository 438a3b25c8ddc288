#pragma once
// Chinese input: the person's input method (Fcitx5, else IBus) spoken to directly over D-Bus, so that keys it
// takes never reach a field and its candidates stand at the caret.
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "client/platform/bus.hpp"

namespace lianxin::client::platform {

/// One key as the window system reports it.
struct KeyStroke {
  std::uint32_t symbol = 0;  ///< X keysym
  std::uint32_t code = 0;    ///< X keycode
  std::uint32_t state = 0;   ///< X modifier mask before the key
  bool release = false;
};

/// Screen pixels.
struct CaretBox {
  int x = 0;
  int y = 0;
  int width = 1;
  int height = 1;
  bool operator==(const CaretBox&) const = default;
};

/// Belongs to the window's thread.
class InputMethod {
 public:
  using Commit = std::function<void(const std::string& utf8)>;

  /// Null when neither is running; the window then takes what the system gives it.
  [[nodiscard]] static std::unique_ptr<InputMethod> connect(const Commit& commit);
  InputMethod(const InputMethod&) = delete;
  InputMethod& operator=(const InputMethod&) = delete;

  /// A text field took or lost the focus.
  void focus(bool in);
  /// True: the input method took the key, the field must not see it. Waits at most a second, usually some
  /// milliseconds; text committed by the key has been given when it returns.
  [[nodiscard]] bool key(const KeyStroke& stroke);
  void caret(const CaretBox& box);
  /// Delivers what came by itself (a candidate chosen by mouse).
  void pump();
  /// Readable when pump() has something to do; -1 = none.
  [[nodiscard]] int descriptor() const;

 private:
  InputMethod(Bus bus, bool ibus, Commit commit);
  [[nodiscard]] static std::unique_ptr<InputMethod> open_fcitx(const Commit& commit);
  [[nodiscard]] static std::unique_ptr<InputMethod> open_ibus(const Commit& commit);
  void start();
  void on_signal(DBusMessage& signal);

  Bus bus_;
  bool ibus_;
  Commit commit_;
  std::string context_;
  CaretBox caret_;
};

}  // namespace lianxin::client::platform
