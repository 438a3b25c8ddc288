#pragma once
// The office's page: who may see it.
#include "shared/base/message.hpp"
#include "sync/server/admin/command.hpp"
#include "sync/server/http/http_server.hpp"
#include "sync/server/service/overview.hpp"

namespace lianxin::sync::server::admin {

/// "page open ID": a worker's address, told once; --json {"worker","url","certificate"}.
[[nodiscard]] Result<int> page_open(const Context& context);
/// "page close ID".
[[nodiscard]] Result<int> page_close(const Context& context);

/// The page in the language a browser asks for, Chinese unless English comes first. Thread-safe.
class Pages {
 public:
  /// Errors of `load_messages`. `maker` must outlive it.
  [[nodiscard]] static Result<Pages> open(OverviewMaker& maker);
  [[nodiscard]] http::Response answer(const std::string& path, const std::string& languages) const;

 private:
  Pages(OverviewMaker& maker, Messages chinese, Messages english)
      : maker_(&maker), chinese_(std::move(chinese)), english_(std::move(english)) {}
  OverviewMaker* maker_;
  Messages chinese_;
  Messages english_;
};

}  // namespace lianxin::sync::server::admin
