#pragma once
// The clear header of a bundle as both programs show it by --json. `Json` is the library's type, which this
// folder does not need for anything else.
#include <string>

#include "sync/wire/bundle.hpp"

namespace lianxin::sync::wire {

/// `made` = the moment as the program writes moments.
template <class Json>
[[nodiscard]] Json header_json(const BundleHeader& header, const std::string& made) {
  const auto device = [](const Id& id) { return id.is_nil() ? std::string("server") : id.text(); };
  Json feeds = Json::array();
  for (const FeedRange& range : header.ranges)
    feeds.push_back(Json{
        {"scope", range.scope.text()}, {"class", range.privacy}, {"from", range.from}, {"to", range.to}});
  return Json{{"kind", word_of(header.kind)},
              {"bundle", header.bundle.text()},
              {"server", header.server.text()},
              {"epoch", header.epoch},
              {"made", made},
              {"from", device(header.from_device)},
              {"to", device(header.to_device)},
              {"enrols", header.enrols},
              {"more", header.more},
              {"changes", header.changes},
              {"first", header.first},
              {"last", header.last},
              {"entries", header.entries},
              {"feeds", std::move(feeds)}};
}

}  // namespace lianxin::sync::wire
