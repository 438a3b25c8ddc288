#include "client/platform/bus.hpp"

namespace lianxin::client::platform {
namespace {

DBusHandlerResult deliver(DBusConnection* /*connection*/, DBusMessage* message, void* listener) {
  if (dbus_message_get_type(message) != DBUS_MESSAGE_TYPE_SIGNAL) return DBUS_HANDLER_RESULT_NOT_YET_HANDLED;
  (*static_cast<Bus::Listener*>(listener))(*message);
  return DBUS_HANDLER_RESULT_HANDLED;
}

}  // namespace

std::optional<Bus> Bus::open(const std::string& address) {
  DBusConnection* connection = nullptr;
  if (address.empty()) {
    connection = dbus_bus_get_private(DBUS_BUS_SESSION, nullptr);
  } else {
    connection = dbus_connection_open_private(address.c_str(), nullptr);
  }
  if (connection == nullptr) return std::nullopt;
  Bus bus(connection);
  if (!address.empty() && dbus_bus_register(connection, nullptr) == 0) return std::nullopt;
  dbus_connection_set_exit_on_disconnect(connection, 0);
  return bus;
}

bool Bus::has_owner(const std::string& name) const {
  return dbus_bus_name_has_owner(connection_.get(), name.c_str(), nullptr) != 0;
}

BusMessage Bus::call(DBusMessage& message, int timeout_ms) const {
  BusMessage answer(
      dbus_connection_send_with_reply_and_block(connection_.get(), &message, timeout_ms, nullptr));
  pump();
  return answer;
}

void Bus::send(DBusMessage& message) const {
  dbus_message_set_no_reply(&message, 1);
  dbus_connection_send(connection_.get(), &message, nullptr);
  dbus_connection_flush(connection_.get());
}

void Bus::listen(const std::string& interface, const std::string& object, Listener listener) {
  listener_ = std::make_unique<Listener>(std::move(listener));
  dbus_connection_add_filter(connection_.get(), deliver, listener_.get(), nullptr);
  const std::string rule = "type='signal',interface='" + interface + "',path='" + object + "'";
  dbus_bus_add_match(connection_.get(), rule.c_str(), nullptr);
  dbus_connection_flush(connection_.get());
}

void Bus::pump() const {
  dbus_connection_read_write(connection_.get(), 0);
  while (dbus_connection_dispatch(connection_.get()) == DBUS_DISPATCH_DATA_REMAINS) {
  }
}

int Bus::descriptor() const {
  int descriptor = -1;
  return dbus_connection_get_unix_fd(connection_.get(), &descriptor) != 0 ? descriptor : -1;
}

}  // namespace lianxin::client::platform
