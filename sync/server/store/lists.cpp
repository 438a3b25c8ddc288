#include "sync/server/store/lists.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>

#include "shared/base/file.hpp"
#include "shared/base/text.hpp"

namespace lianxin::sync::server::store {
namespace {

constexpr std::uint64_t kBytesMax = 256ULL * 1024 * 1024;
constexpr std::size_t kCheckLetters = 16;
constexpr std::string_view kNothing = "-";

std::string or_nothing(const std::string& text) { return text.empty() ? std::string(kNothing) : text; }
std::string or_empty(const std::string& word) { return word == kNothing ? std::string() : word; }

std::string check_of(std::string_view text) { return hash256(text).hex().substr(0, kCheckLetters); }

template <class Number>
bool read_number(const std::string& word, Number& number) {
  const char* end = word.data() + word.size();
  const auto [rest, error] = std::from_chars(word.data(), end, number);
  return error == std::errc{} && rest == end;
}

bool read_id(const std::string& word, Id& id) {
  const auto read = Id::parse(word);
  if (read.ok()) id = *read;
  return read.ok();
}

bool read_hex(const std::string& word, Bytes& bytes) {
  auto read = from_hex(or_empty(word));
  if (read.ok()) bytes = std::move(*read);
  return read.ok();
}

bool read_purge(const std::vector<std::string>& words, PurgeRow& row) {
  if (words.size() != 7 || words[0] != "purge") return false;
  for (const std::string& word : split(or_empty(words[4]), ',')) {
    if (word.empty()) continue;
    if (!read_number(word, row.fields.emplace_back())) return false;
  }
  Bytes reason;
  const bool right = read_number(words[1], row.sequence) && read_id(words[2], row.record) &&
                     read_number(words[3], row.number) && read_number(words[5], row.at_ms) &&
                     read_hex(words[6], reason);
  row.reason = reason;
  return right;
}

bool read_grant(const std::vector<std::string>& words, GrantRow& row) {
  if (words.size() != 7 || words[0] != "grant") return false;
  row.role = or_empty(words[4]);
  row.from = or_empty(words[5]);
  row.to = or_empty(words[6]);
  return read_id(words[1], row.id) && read_id(words[2], row.worker) && read_id(words[3], row.division);
}

bool read_device(const std::vector<std::string>& words, DeviceRow& row) {
  return words.size() == 9 && words[0] == "device" && read_id(words[1], row.id) &&
         read_id(words[2], row.worker) && read_hex(words[3], row.sign_key) &&
         read_hex(words[4], row.seal_key) && read_number(words[5], row.replica.number) &&
         read_number(words[6], row.added_ms) && read_number(words[7], row.enrolled_ms) &&
         read_number(words[8], row.revoked_ms);
}

/// `damaged` counts the lines that are not whole.
Result<std::vector<std::string>> lines_in(const std::filesystem::path& file, std::uint64_t& damaged) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return std::vector<std::string>();
  const auto text = read_file(file, kBytesMax);
  if (!text.ok()) return fail("server.list", {{"path", file.string()}}, text.error().detail);
  std::vector<std::string> lines;
  for (const std::string& line : split(*text, '\n')) {
    if (line.empty()) continue;
    const std::size_t blank = std::min(line.rfind(' '), line.size());
    std::string said = line.substr(0, blank);
    if (blank < line.size() && line.substr(blank + 1) == check_of(said))
      lines.push_back(std::move(said));
    else
      ++damaged;
  }
  return lines;
}

/// Whether the last line lacks its end, because a power cut or a full disk tore it.
bool ends_torn(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return in.seekg(-1, std::ios::end) && in.get() != '\n';
}

Status append_to(const std::filesystem::path& file, const std::string& text) {
  if (text.empty()) return {};
  const Status written = [&]() -> Status {
    LX_TRY(AppendFile out, AppendFile::open(file));
    return out.append(ends_torn(file) ? "\n" + text : text);
  }();
  if (!written.ok()) return fail("server.list", {{"path", file.string()}}, written.error().detail);
  return {};
}

}  // namespace

ListLine line_of(const PurgeRow& row) {
  std::string fields;
  for (const std::uint16_t field : row.fields)
    fields += (fields.empty() ? "" : ",") + std::to_string(field);
  return {true, std::to_string(row.sequence),
          "purge " + std::to_string(row.sequence) + " " + row.record.text() + " " +
              std::to_string(row.number) + " " + or_nothing(fields) + " " + std::to_string(row.at_ms) + " " +
              or_nothing(to_hex(row.reason))};
}

ListLine line_of(const GrantRow& row) {
  return {false, row.id.text(),
          "grant " + row.id.text() + " " + row.worker.text() + " " + row.division.text() + " " +
              or_nothing(row.role) + " " + or_nothing(row.from) + " " + or_nothing(row.to)};
}

ListLine line_of(const DeviceRow& row) {
  return {false, row.id.text(),
          "device " + row.id.text() + " " + row.worker.text() + " " + or_nothing(to_hex(row.sign_key)) + " " +
              or_nothing(to_hex(row.seal_key)) + " " + std::to_string(row.replica.number) + " " +
              std::to_string(row.added_ms) + " " + std::to_string(row.enrolled_ms) + " " +
              std::to_string(row.revoked_ms)};
}

Status Lists::append(const std::vector<ListLine>& lines) const {
  std::string purge_text;
  std::string grant_text;
  for (const ListLine& line : lines)
    (line.is_purge ? purge_text : grant_text) += line.text + " " + check_of(line.text) + "\n";
  LX_DO(append_to(purges(), purge_text));
  return append_to(grants(), grant_text);
}

Status Lists::bring_from(const Lists& theirs) const {
  for (const auto& [source, target] :
       {std::pair(theirs.purges(), purges()), std::pair(theirs.grants(), grants())}) {
    if (!is_there(source) || is_there(target)) continue;
    const auto text = read_file(source, kBytesMax);
    if (!text.ok()) return fail("server.list", {{"path", source.string()}}, text.error().detail);
    LX_DO(replace_file(target, *text));
  }
  return {};
}

Result<std::vector<std::string>> Lists::lines() const {
  std::uint64_t damaged = 0;
  LX_TRY(std::vector<std::string> all, lines_in(purges(), damaged));
  LX_TRY(const std::vector<std::string> more, lines_in(grants(), damaged));
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

Result<Listed> Lists::read() const {
  std::map<std::uint64_t, PurgeRow> purge_rows;
  std::map<Id, GrantRow> grant_rows;
  std::map<Id, DeviceRow> device_rows;
  Listed out;
  LX_TRY(const auto purge_lines, lines_in(purges(), out.passed_over));
  for (const std::string& line : purge_lines) {
    PurgeRow row;
    if (read_purge(split(line, ' '), row))
      purge_rows[row.sequence] = std::move(row);
    else
      ++out.passed_over;
  }
  LX_TRY(const auto grant_lines, lines_in(grants(), out.passed_over));
  for (const std::string& line : grant_lines) {
    const auto words = split(line, ' ');
    GrantRow grant;
    DeviceRow device;
    if (read_grant(words, grant)) {
      grant_rows[grant.id] = std::move(grant);
    } else if (read_device(words, device)) {
      device_rows[device.id] = std::move(device);
    } else {
      ++out.passed_over;
    }
  }
  for (auto& [key, row] : purge_rows)
    out.purges.push_back(std::move(row));
  for (auto& [key, row] : grant_rows)
    out.grants.push_back(std::move(row));
  for (auto& [key, row] : device_rows)
    out.devices.push_back(std::move(row));
  return out;
}

}  // namespace lianxin::sync::server::store
