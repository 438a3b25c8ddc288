#include "client/report/snapshot.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "shared/base/hash.hpp"
#include "shared/base/text.hpp"
#include "shared/codec/codec.hpp"
#include "shared/codec/compressed.hpp"

// Field order is final for format 1.
namespace lianxin {

template <class A>
void serialize(A& a, Date& day) {
  a(day.year, day.month, day.day);
}

}  // namespace lianxin

namespace lianxin::client::report {

/// Widths are halves and tenths of a character.
template <class A>
void serialize_width(A& a, double& width) {
  auto hundredths = static_cast<std::int64_t>(std::llround(width * 100));
  a(hundredths);
  width = static_cast<double>(hundredths) / 100;
}

template <class A>
void serialize(A& a, Heading& heading) {
  a(heading.words, heading.below);
  serialize_width(a, heading.width);
  a(heading.kind);
}

template <class A>
void serialize(A& a, SheetRow& row) {
  a(row.cells, row.kind);
}

template <class A>
void serialize(A& a, CardCell& cell) {
  a(cell.label, cell.value, cell.label_columns, cell.value_columns);
  serialize_width(a, cell.lines);
}

template <class A>
void serialize(A& a, Sheet& sheet) {
  a(sheet.name, sheet.title, sheet.left, sheet.right, sheet.card, sheet.headings, sheet.rows, sheet.notes,
    sheet.signatures, sheet.footer, sheet.snapshot, sheet.page, sheet.rows_per_page, sheet.landscape,
    sheet.is_cover, sheet.goes_on);
}

template <class A>
void serialize(A& a, Piece& piece) {
  a(piece.text, piece.field);
}

template <class A>
void serialize(A& a, Paragraph& paragraph) {
  a(paragraph.kind, paragraph.pieces);
}

template <class A>
void serialize(A& a, AnnexRow& row) {
  auto records = static_cast<std::uint64_t>(row.records);
  a(row.row, row.phrase, row.exact, row.unit, row.printed, records);
  row.records = static_cast<std::size_t>(records);
}

template <class A>
void serialize(A& a, Narrative& narrative) {
  a(narrative.paragraphs, narrative.annex, narrative.warnings, narrative.unit, narrative.from,
    narrative.as_of, narrative.snapshot);
}

template <class A>
void serialize(A& a, FrozenRecord& record) {
  a(record.id.octets, record.version);
}

template <class A>
void serialize(A& a, FrozenNumber::Share& share) {
  a(share.record, share.amount);
}

template <class A>
void serialize(A& a, FrozenNumber& number) {
  a(number.row, number.part, number.value, number.shares);
}

template <class A>
void serialize(A& a, Snapshot& one) {
  a(one.form, one.scope.octets, one.from, one.as_of, one.current_divisions, one.unmasked, one.made_ms,
    one.kind, one.file, one.sheets, one.narrative, one.records, one.numbers);
}

namespace {

constexpr std::uint32_t kFormat = 1;
constexpr std::string_view kMark = "lianxin-snapshot";

/// A number behind `at` and a blank; -1 = there is none.
std::int64_t number_at(std::string_view text, std::size_t& at) {
  std::int64_t value = -1;
  const auto read = std::from_chars(text.data() + at, text.data() + text.size(), value);
  at = static_cast<std::size_t>(read.ptr - text.data()) + 1;
  return read.ec == std::errc() ? value : -1;
}

struct FirstLine {
  std::size_t parts = 0;
  std::size_t plain_bytes = 0;
  std::string hash;
  std::size_t ends = 0;
};

Result<FirstLine> first_line_of(std::string_view text) {
  const std::size_t end = text.find('\n');
  if (!text.starts_with(kMark) || end == std::string_view::npos) return fail("report.snapshot_damaged");
  std::size_t at = kMark.size() + 1;
  const std::string_view line = text.substr(0, end);
  const std::int64_t format = number_at(line, at);
  if (format > kFormat) return fail("report.snapshot_newer");
  const std::int64_t parts = at < end ? number_at(line, at) : -1;
  const std::int64_t bytes = at < end ? number_at(line, at) : -1;
  const bool sound = format == kFormat && parts > 0 && parts <= std::int64_t{kPartsMax} && bytes >= 0 &&
                     bytes <= std::int64_t{kSnapshotBytesMax};
  if (!sound) return fail("report.snapshot_damaged");
  return FirstLine{static_cast<std::size_t>(parts), static_cast<std::size_t>(bytes),
                   std::string(at < end ? line.substr(at) : ""), end + 1};
}

bool is_sound(const Snapshot& snapshot) {
  for (const FrozenNumber& number : snapshot.numbers) {
    for (const FrozenNumber::Share& share : number.shares) {
      if (share.record >= snapshot.records.size()) return false;
    }
  }
  for (const Sheet& sheet : snapshot.sheets) {
    for (const SheetRow& row : sheet.rows) {
      if (row.kind > RowKind::kTotal) return false;
    }
  }
  return true;
}

}  // namespace

Result<std::vector<std::string>> parts_of(const Snapshot& snapshot) {
  const Bytes plain = codec::encode(snapshot);
  const std::string text = plain.size() > kSnapshotBytesMax ? "" : to_base64(codec::compress(plain));
  constexpr std::size_t kFirstLineMax = 128;
  const std::size_t count = 1 + (text.size() + kFirstLineMax - 1) / kPartBytesMax;
  if (plain.size() > kSnapshotBytesMax || count > kPartsMax)
    return fail("report.snapshot_large", {{"mb", std::to_string(kPartsMax * kPartBytesMax >> 20U)}});
  const std::string whole = std::string(kMark) + " " + std::to_string(kFormat) + " " + std::to_string(count) +
                            " " + std::to_string(plain.size()) + " " + hash256(plain).hex() + "\n" + text;
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < whole.size(); at += kPartBytesMax)
    parts.push_back(whole.substr(at, kPartBytesMax));
  parts.resize(count);
  return parts;
}

Result<Snapshot> snapshot_of(const std::vector<std::string>& parts) {
  if (parts.empty() || parts.front().empty())
    return fail("report.snapshot_incomplete", {{"have", std::to_string(parts.size())}, {"of", "?"}});
  LX_TRY(const FirstLine line, first_line_of(parts.front()));
  if (parts.size() != line.parts)
    return fail("report.snapshot_incomplete",
                {{"have", std::to_string(parts.size())}, {"of", std::to_string(line.parts)}});
  std::string text = parts.front().substr(line.ends);
  for (std::size_t i = 1; i < parts.size(); ++i)
    text += parts[i];
  const auto packed = from_base64(text);
  if (!packed.ok()) return fail("report.snapshot_damaged");
  const auto plain = codec::decompress(*packed, line.plain_bytes);
  if (!plain.ok() || hash256(*plain).hex() != line.hash) return fail("report.snapshot_damaged");
  auto snapshot = codec::decode<Snapshot>(
      *plain,
      {.string_bytes_max = kSnapshotBytesMax, .elements_max = 4'000'000, .memory_budget_bytes = 256U << 20U});
  if (!snapshot.ok() || !is_sound(*snapshot)) return fail("report.snapshot_damaged");
  return std::move(*snapshot);
}

bool counted_in(const Snapshot& snapshot, const Id& record) {
  const auto at = std::lower_bound(snapshot.records.begin(), snapshot.records.end(), record,
                                   [](const FrozenRecord& one, const Id& wanted) { return one.id < wanted; });
  return at != snapshot.records.end() && at->id == record;
}

std::string digest_of(const Snapshot& snapshot) { return hash256(snapshot.file).hex(); }

}  // namespace lianxin::client::report
