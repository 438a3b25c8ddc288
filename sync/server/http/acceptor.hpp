#pragma once
// Takes new connections from a listening socket and hands them on. The library could do this itself, but its
// way to stop listening while it is busy (MHD_quiesce_daemon with epoll) can end the whole program: two of
// its threads remove the same socket.
#include <functional>
#include <thread>

#include "sync/server/http/address.hpp"

namespace lianxin::sync::server::http {

/// One accepted connection: not blocking, closed on exec; the socket is the receiver's.
struct Accepted {
  int fd = -1;
  sockaddr_storage address{};
  socklen_t address_size = 0;
};

class Acceptor {
 public:
  /// `may_take` false leaves newcomers waiting in the system's queue; both are called on the acceptor's
  /// thread and may not throw.
  Acceptor(ListenSocket socket, std::function<bool()> may_take, std::function<void(const Accepted&)> take);
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;
  ~Acceptor();
  /// When it returns nobody new is taken and the socket is closed: who waits in its queue is told at once.
  void stop();

 private:
  void run() noexcept;
  void take_waiting();

  ListenSocket socket_;
  std::function<bool()> may_take_;
  std::function<void(const Accepted&)> take_;
  int wake_ = -1;
  std::thread thread_;
};

}  // namespace lianxin::sync::server::http
