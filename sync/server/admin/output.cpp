#include "sync/server/admin/output.hpp"

#include "assets/assets.hpp"
#include "shared/base/date.hpp"
#include "shared/terminal/shown.hpp"

namespace lianxin::sync::server::admin {

namespace {

std::string text_of(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

void Output::value(const Json& value) {
  if (json_) raw(text_of(value));
}

void Output::item(const Json& value) {
  if (!json_) return;
  out_ << (first_item_ ? "[" : ",\n") << text_of(value);
  first_item_ = false;
}

void Output::end_items() {
  if (!json_) return;
  out_ << (first_item_ ? "[]\n" : "]\n");
  first_item_ = true;
}

void Output::line(const std::string& text) {
  if (!json_) raw(shown(text));
}

void Output::raw(const std::string& line) { out_ << line << '\n'; }

void Output::aside(std::string_view key, const std::vector<ErrorArg>& args) {
  err_ << shown(messages_.get(key, args)) << '\n';
}

/// What a laptop mends by itself an administrator has to: "error.server.store.damaged" beside
/// "error.store.damaged".
std::string Output::sentence(const Error& error) const {
  Error ours = error;
  ours.code = "server." + error.code;
  return messages_.sentence(messages_.has("error." + ours.code) ? ours : error);
}

int Output::failure(const Error& error) {
  const std::string sentence = this->sentence(error);
  if (json_) {
    const Json inner = {{"code", error.code}, {"message", sentence}, {"record", error.record}};
    value(Json{{"error", inner}});
  }
  err_ << shown(sentence);
  if (!error.detail.empty()) err_ << " (" << shown(error.detail) << ")";
  err_ << '\n';
  out_.flush();
  return 1;
}

Status Output::flush() {
  out_.flush();
  return out_.good() ? Status{} : fail("output.lost");
}

Result<Messages> load_messages(std::string_view language) {
  return Messages::parse(assets::texts(language == "en" ? "en" : "zh-CN"));
}

std::string moment_text(WallMs instant) {
  if (instant == 0) return "";
  return Date::of(instant).text() + " " + local_time_text(instant);
}

}  // namespace lianxin::sync::server::admin
