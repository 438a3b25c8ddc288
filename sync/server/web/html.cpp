#include "sync/server/web/html.hpp"

#include "shared/base/text.hpp"

namespace lianxin::sync::server::web {

std::string element(std::string_view tag, std::string_view kind, std::string_view inner) {
  std::string out = "<";
  out += tag;
  if (!kind.empty()) out.append(" class=\"").append(markup_escaped(kind)).append("\"");
  return out.append(">").append(inner).append("</").append(tag).append(">");
}

std::string document(std::string_view language, std::string_view title, std::string_view style,
                     std::string_view body) {
  std::string out = "<!DOCTYPE html>\n<html lang=\"";
  out.append(markup_escaped(language)).append("\"><head><meta charset=\"utf-8\">");
  out += R"(<meta name="viewport" content="width=device-width, initial-scale=1">)";
  out.append(element("title", "", markup_escaped(title))).append(element("style", "", style));
  return out.append("</head><body>").append(body).append("</body></html>\n");
}

}  // namespace lianxin::sync::server::web
