#include "sync/server/admin/list_check.hpp"

#include <set>
#include <string>

#include "shared/base/log.hpp"

namespace lianxin::sync::server::admin {
namespace {

Result<std::vector<store::ListLine>> lines_of_store(const OpenCounty& county) {
  constexpr std::size_t kPage = 1000;
  std::vector<store::ListLine> lines;
  LX_TRY(const auto workers, county.office.workers());
  for (const WorkerEntry& worker : workers) {
    for (const store::GrantRow& grant : worker.grants)
      lines.push_back(store::line_of(grant));
  }
  LX_TRY(const auto reader, county.store->read());
  LX_TRY(const auto devices, reader->devices());
  for (const store::DeviceRow& device : devices)
    lines.push_back(store::line_of(device));
  for (std::uint64_t after = 0;;) {
    LX_TRY(const auto purges, reader->purges(after, kPage));
    if (purges.empty()) return lines;
    for (const store::PurgeRow& purge : purges)
      lines.push_back(store::line_of(purge));
    after = purges.back().sequence;
  }
}

/// What the list says last about each.
Result<std::set<std::string>> last_words(const store::Lists& lists) {
  LX_TRY(const store::Listed listed, lists.read());
  std::set<std::string> texts;
  for (const store::PurgeRow& row : listed.purges)
    texts.insert(store::line_of(row).text);
  for (const store::GrantRow& row : listed.grants)
    texts.insert(store::line_of(row).text);
  for (const store::DeviceRow& row : listed.devices)
    texts.insert(store::line_of(row).text);
  return texts;
}

std::vector<store::ListLine> lacking(std::vector<store::ListLine> lines, const std::set<std::string>& texts) {
  std::vector<store::ListLine> missing;
  for (store::ListLine& line : lines) {
    if (texts.count(line.text) == 0) missing.push_back(std::move(line));
  }
  return missing;
}

}  // namespace

Result<std::vector<store::ListLine>> missing_in_lists(const OpenCounty& county, const store::Lists& lists) {
  LX_TRY(std::vector<store::ListLine> lines, lines_of_store(county));  // first: a list is ahead of the store
  LX_TRY(const auto texts, lists.lines());
  return lacking(std::move(lines), std::set<std::string>(texts.begin(), texts.end()));
}

Status complete_lists(const OpenCounty& county, const store::Lists& lists) {
  LX_TRY(const auto nobody_else_writes, county.store->write());
  LX_TRY(std::vector<store::ListLine> lines, lines_of_store(county));
  LX_TRY(const auto texts, last_words(lists));
  const auto missing = lacking(std::move(lines), texts);
  if (missing.empty()) return {};
  log_event("lists.completed", {{"lines", std::to_string(missing.size())}});
  return lists.append(missing);
}

}  // namespace lianxin::sync::server::admin
