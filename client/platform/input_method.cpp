#include "client/platform/input_method.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

namespace lianxin::client::platform {
namespace {

/// The first key of a day loads the dictionary.
constexpr int kKeyTimeoutMs = 1000;
constexpr int kOpenTimeoutMs = 2000;
constexpr dbus_uint32_t kIbusFocus = 8;  ///< capability: focus events, no preedit of our own
constexpr dbus_uint32_t kIbusRelease = 1U << 30U;
constexpr std::uint32_t kIbusKeycodeOffset = 8;

constexpr const char* kProgram = "lianxin";

struct Service {
  const char* destination;
  const char* root;
  const char* factory;
  const char* context;
};
constexpr Service kFcitx = {"org.fcitx.Fcitx5", "/org/freedesktop/portal/inputmethod",
                            "org.fcitx.Fcitx.InputMethod1", "org.fcitx.Fcitx.InputContext1"};
constexpr Service kIbus = {"org.freedesktop.IBus", "/org/freedesktop/IBus", "org.freedesktop.IBus",
                           "org.freedesktop.IBus.InputContext"};

const Service& service_of(bool ibus) { return ibus ? kIbus : kFcitx; }

BusMessage to_context(bool ibus, const std::string& context, const char* method) {
  const Service& service = service_of(ibus);
  return BusMessage(
      dbus_message_new_method_call(service.destination, context.c_str(), service.context, method));
}

/// Fcitx wants pairs of text about the program.
void append_fcitx_arguments(DBusMessage& message) {
  DBusMessageIter all;
  DBusMessageIter list;
  DBusMessageIter pair;
  const char* key = "program";
  dbus_message_iter_init_append(&message, &all);
  dbus_message_iter_open_container(&all, DBUS_TYPE_ARRAY, "(ss)", &list);
  dbus_message_iter_open_container(&list, DBUS_TYPE_STRUCT, nullptr, &pair);
  dbus_message_iter_append_basic(&pair, DBUS_TYPE_STRING, &key);
  dbus_message_iter_append_basic(&pair, DBUS_TYPE_STRING, &kProgram);
  dbus_message_iter_close_container(&list, &pair);
  dbus_message_iter_close_container(&all, &list);
}

/// Path of a new context; empty when refused.
std::string create_context(const Bus& bus, bool ibus) {
  const Service& service = service_of(ibus);
  const BusMessage message(
      dbus_message_new_method_call(service.destination, service.root, service.factory, "CreateInputContext"));
  if (ibus) {
    dbus_message_append_args(message.get(), DBUS_TYPE_STRING, &kProgram, DBUS_TYPE_INVALID);
  } else {
    append_fcitx_arguments(*message);
  }
  const BusMessage answer = bus.call(*message, kOpenTimeoutMs);
  DBusMessageIter first;
  if (answer == nullptr || dbus_message_get_type(answer.get()) != DBUS_MESSAGE_TYPE_METHOD_RETURN ||
      dbus_message_iter_init(answer.get(), &first) == 0 ||
      dbus_message_iter_get_arg_type(&first) != DBUS_TYPE_OBJECT_PATH) {
    return {};
  }
  const char* path = nullptr;
  dbus_message_iter_get_basic(&first, &path);
  return path;
}

/// IBus writes the address of its private bus into a file of the person's configuration.
std::string ibus_address() {
  if (const char* given = std::getenv("IBUS_ADDRESS"); given != nullptr && *given != '\0') return given;
  const char* config = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  std::filesystem::path folder;
  if (config != nullptr && *config != '\0') {
    folder = config;
  } else if (home != nullptr) {
    folder = std::filesystem::path(home) / ".config";
  }
  constexpr std::string_view kKey = "IBUS_ADDRESS=";
  std::string newest;
  auto newest_time = std::filesystem::file_time_type::min();
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder / "ibus/bus", error), end; !error && it != end;
       it.increment(error)) {
    std::ifstream file(it->path());
    std::string address;
    for (std::string line; std::getline(file, line);) {
      if (line.starts_with(kKey)) address = line.substr(kKey.size());
    }
    std::error_code unread;
    const auto written = it->last_write_time(unread);
    if (address.empty() || unread || written < newest_time) continue;
    newest = address;
    newest_time = written;
  }
  return newest;
}

/// IBus wraps the text: variant of a structure whose third member it is.
std::string ibus_text(DBusMessage& message) {
  DBusMessageIter outer;
  DBusMessageIter variant;
  DBusMessageIter members;
  if (dbus_message_iter_init(&message, &outer) == 0 ||
      dbus_message_iter_get_arg_type(&outer) != DBUS_TYPE_VARIANT)
    return {};
  dbus_message_iter_recurse(&outer, &variant);
  if (dbus_message_iter_get_arg_type(&variant) != DBUS_TYPE_STRUCT) return {};
  dbus_message_iter_recurse(&variant, &members);
  dbus_message_iter_next(&members);
  dbus_message_iter_next(&members);
  if (dbus_message_iter_get_arg_type(&members) != DBUS_TYPE_STRING) return {};
  const char* text = nullptr;
  dbus_message_iter_get_basic(&members, &text);
  return text;
}

std::string fcitx_text(DBusMessage& message) {
  const char* text = nullptr;
  if (dbus_message_get_args(&message, nullptr, DBUS_TYPE_STRING, &text, DBUS_TYPE_INVALID) == 0) return {};
  return text;
}

}  // namespace

InputMethod::InputMethod(Bus bus, bool ibus, Commit commit)
    : bus_(std::move(bus)), ibus_(ibus), commit_(std::move(commit)) {}

std::unique_ptr<InputMethod> InputMethod::connect(const Commit& commit) {
  if (std::unique_ptr<InputMethod> fcitx = open_fcitx(commit)) return fcitx;
  return open_ibus(commit);
}

std::unique_ptr<InputMethod> InputMethod::open_fcitx(const Commit& commit) {
  std::optional<Bus> bus = Bus::open();
  if (!bus || !bus->has_owner(kFcitx.destination)) return nullptr;
  std::unique_ptr<InputMethod> method(new InputMethod(std::move(*bus), false, commit));
  method->context_ = create_context(method->bus_, false);
  if (method->context_.empty()) return nullptr;
  method->start();
  return method;
}

std::unique_ptr<InputMethod> InputMethod::open_ibus(const Commit& commit) {
  const std::string address = ibus_address();
  if (address.empty()) return nullptr;
  std::optional<Bus> bus = Bus::open(address);
  if (!bus) return nullptr;
  std::unique_ptr<InputMethod> method(new InputMethod(std::move(*bus), true, commit));
  method->context_ = create_context(method->bus_, true);
  if (method->context_.empty()) return nullptr;
  method->start();
  const BusMessage message = to_context(true, method->context_, "SetCapabilities");
  dbus_message_append_args(message.get(), DBUS_TYPE_UINT32, &kIbusFocus, DBUS_TYPE_INVALID);
  method->bus_.send(*message);
  return method;
}

void InputMethod::start() {
  bus_.listen(service_of(ibus_).context, context_, [this](DBusMessage& signal) { on_signal(signal); });
}

void InputMethod::on_signal(DBusMessage& signal) {
  const char* path = dbus_message_get_path(&signal);
  const char* member = dbus_message_get_member(&signal);
  if (path == nullptr || member == nullptr || context_ != path) return;
  std::string text;
  if (std::strcmp(member, "CommitString") == 0) text = fcitx_text(signal);
  if (std::strcmp(member, "CommitText") == 0) text = ibus_text(signal);
  if (!text.empty()) commit_(text);
}

void InputMethod::focus(bool in) {
  const BusMessage message = to_context(ibus_, context_, in ? "FocusIn" : "FocusOut");
  bus_.send(*message);
  caret_ = {};
}

bool InputMethod::key(const KeyStroke& stroke) {
  const BusMessage message = to_context(ibus_, context_, "ProcessKeyEvent");
  const dbus_uint32_t symbol = stroke.symbol;
  if (ibus_) {
    const dbus_uint32_t code = stroke.code - kIbusKeycodeOffset;
    const dbus_uint32_t state = stroke.release ? stroke.state | kIbusRelease : stroke.state;
    dbus_message_append_args(message.get(), DBUS_TYPE_UINT32, &symbol, DBUS_TYPE_UINT32, &code,
                             DBUS_TYPE_UINT32, &state, DBUS_TYPE_INVALID);
  } else {
    const dbus_uint32_t code = stroke.code;
    const dbus_uint32_t state = stroke.state;
    const dbus_bool_t release = stroke.release ? 1 : 0;
    const dbus_uint32_t time = 0;
    dbus_message_append_args(message.get(), DBUS_TYPE_UINT32, &symbol, DBUS_TYPE_UINT32, &code,
                             DBUS_TYPE_UINT32, &state, DBUS_TYPE_BOOLEAN, &release, DBUS_TYPE_UINT32, &time,
                             DBUS_TYPE_INVALID);
  }
  const BusMessage answer = bus_.call(*message, kKeyTimeoutMs);
  dbus_bool_t taken = 0;
  if (answer == nullptr ||
      dbus_message_get_args(answer.get(), nullptr, DBUS_TYPE_BOOLEAN, &taken, DBUS_TYPE_INVALID) == 0)
    return false;
  return taken != 0;
}

void InputMethod::caret(const CaretBox& box) {
  if (box == caret_) return;
  caret_ = box;
  const BusMessage message = to_context(ibus_, context_, ibus_ ? "SetCursorLocation" : "SetCursorRect");
  const std::array<dbus_int32_t, 4> v = {box.x, box.y, box.width, box.height};
  dbus_message_append_args(message.get(), DBUS_TYPE_INT32, &v[0], DBUS_TYPE_INT32, &v[1], DBUS_TYPE_INT32,
                           &v[2], DBUS_TYPE_INT32, &v[3], DBUS_TYPE_INVALID);
  bus_.send(*message);
}

void InputMethod::pump() { bus_.pump(); }

int InputMethod::descriptor() const { return bus_.descriptor(); }

}  // namespace lianxin::client::platform
