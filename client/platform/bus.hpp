#pragma once
// As much of D-Bus as an input method needs, over libdbus: it also speaks to the private bus of IBus.
#include <dbus/dbus.h>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace lianxin::client::platform {

struct BusMessageFree {
  void operator()(DBusMessage* message) const { dbus_message_unref(message); }
};
using BusMessage = std::unique_ptr<DBusMessage, BusMessageFree>;

/// A private connection. Not shared by threads.
class Bus {
 public:
  using Listener = std::function<void(DBusMessage& signal)>;

  /// The session's bus, or the one at `address`; nothing when there is none.
  [[nodiscard]] static std::optional<Bus> open(const std::string& address = {});

  [[nodiscard]] bool has_owner(const std::string& name) const;
  /// Null when no answer came in time.
  [[nodiscard]] BusMessage call(DBusMessage& message, int timeout_ms) const;
  void send(DBusMessage& message) const;
  /// Signals of this interface and object go to `listener` from pump() and call(). One listener per bus.
  void listen(const std::string& interface, const std::string& object, Listener listener);
  void pump() const;
  [[nodiscard]] int descriptor() const;

 private:
  struct Close {
    void operator()(DBusConnection* connection) const {
      dbus_connection_close(connection);
      dbus_connection_unref(connection);
    }
  };
  explicit Bus(DBusConnection* connection) : connection_(connection) {}

  std::unique_ptr<DBusConnection, Close> connection_;
  std::unique_ptr<Listener> listener_;  ///< its address is known to the library
};

}  // namespace lianxin::client::platform
