#include "sync/server/http/metrics.hpp"

#include <string_view>

namespace lianxin::sync::server::http {
namespace {

void add(std::string& text, std::string_view name, std::string_view type, std::uint64_t value) {
  text.append("# TYPE lianxin_").append(name).append(" ").append(type).append("\nlianxin_").append(name);
  text.append(" ").append(std::to_string(value)).append("\n");
}

}  // namespace

std::string Metrics::text() const {
  std::string text = "# TYPE lianxin_http_answers_total counter\n";
  for (std::size_t digit = 2; digit < answers_by_class.size(); ++digit) {
    text += "lianxin_http_answers_total{class=\"" + std::to_string(digit) + "xx\"} " +
            std::to_string(answers_by_class[digit].load()) + "\n";
  }
  add(text, "http_bytes_in_total", "counter", bytes_in);
  add(text, "http_bytes_out_total", "counter", bytes_out);
  add(text, "http_connections_total", "counter", connections);
  add(text, "http_connections", "gauge", connections_open);
  add(text, "http_cut_slow_total", "counter", cut_slow);
  add(text, "http_cut_large_total", "counter", cut_large);
  add(text, "exchanges_total", "counter", exchanges);
  add(text, "exchanges_failed_total", "counter", exchanges_failed);
  add(text, "changes_total", "counter", changes);
  add(text, "commits_total", "counter", commits);
  add(text, "turned_away_total", "counter", turned_away);
  add(text, "queued", "gauge", queued);
  add(text, "enrolments_total", "counter", enrolments);
  add(text, "picture_pieces_in_total", "counter", picture_pieces_in);
  add(text, "picture_pieces_out_total", "counter", picture_pieces_out);
  return text;
}

}  // namespace lianxin::sync::server::http
