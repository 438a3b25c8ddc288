#include "sync/server/admin/page_commands.hpp"

#include "shared/base/log.hpp"
#include "sync/server/service/page_links.hpp"
#include "sync/server/web/overview_page.hpp"

namespace lianxin::sync::server::admin {
namespace {

constexpr int kOk = 200;
constexpr int kNotFound = 404;
constexpr int kFailed = 500;

}  // namespace

Result<int> page_open(const Context& context) {
  LX_TRY(const OpenCounty county, open_county(context));
  LX_TRY(const Id worker, typed_id(context.options.id));
  const auto path = open_page(*county.store, domain::Catalogue::base(), context.clock, worker);
  if (!path.ok()) return about(path.error(), context.options.id);
  const std::string url = context.folder().serving_url().value_or(county.office.county().url) + *path;
  const std::string certificate = context.folder().authority().string();
  context.out.value(Json{{"worker", worker.text()}, {"url", url}, {"certificate", certificate}});
  context.out.line(url);
  context.out.say("server.page.opened");
  context.out.say("server.page.certificate", {{"file", certificate}});
  return 0;
}

Result<int> page_close(const Context& context) {
  LX_TRY(const OpenCounty county, open_county(context));
  LX_TRY(const Id worker, typed_id(context.options.id));
  if (const Status done = close_page(*county.store, context.clock, worker); !done.ok())
    return about(done.error(), context.options.id);
  context.out.value(Json{{"worker", worker.text()}, {"closed", true}});
  context.out.say("server.page.closed");
  return 0;
}

Result<Pages> Pages::open(OverviewMaker& maker) {
  LX_TRY(Messages chinese, load_messages("zh"));
  LX_TRY(Messages english, load_messages("en"));
  return Pages(maker, std::move(chinese), std::move(english));
}

http::Response Pages::answer(const std::string& path, const std::string& languages) const {
  const bool is_english = languages.starts_with("en");
  const Messages& messages = is_english ? english_ : chinese_;
  const std::string_view language = is_english ? "en" : "zh-CN";
  http::Response response;
  response.content_type = "text/html; charset=utf-8";
  response.is_page = true;
  const auto overview = maker_->at(path);
  if (overview.ok()) {
    response.status = kOk;
    response.body = web::overview_page(*overview, messages, language);
    return response;
  }
  const bool is_unknown = overview.error().code == "page.unknown";
  if (!is_unknown) log_error("page", overview.error());
  response.status = is_unknown ? kNotFound : kFailed;
  response.body = web::refusal_page(is_unknown ? overview.error() : fail("page.failed"), messages, language);
  return response;
}

}  // namespace lianxin::sync::server::admin
