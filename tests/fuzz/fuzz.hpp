#pragma once
// Decoders of bytes that come from elsewhere, one target each: whatever the bytes, an answer within bounds
// and no crash. A broken promise stops the program (LX_CHECK), so that libFuzzer and ./test see the same.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "shared/base/bytes.hpp"

namespace lianxin::test::fuzz {

/// 0, or -1: of no use as a seed. `bytes` may be anything.
int fuzz_wire(BytesView bytes);       ///< first octet: which message
int fuzz_json(BytesView bytes);       ///< first octet: which message, as JSON
int fuzz_parts(BytesView bytes);      ///< first octet: which part of a message
int fuzz_change(BytesView bytes);     ///< body and values of a change, and the link of a chain
int fuzz_state(BytesView bytes);      ///< a record's class state, as snapshots bring it
int fuzz_key_file(BytesView bytes);   ///< the parser before any derivation
int fuzz_roster(BytesView bytes);     ///< .xlsx, and separated text
int fuzz_divisions(BytesView bytes);  ///< a list of divisions
int fuzz_catalogue(BytesView bytes);  ///< a catalogue
int fuzz_extension(BytesView bytes);  ///< own fields of a county, as files and records bring them
int fuzz_journal(BytesView bytes);    ///< journal and head mark, frames damaged or sealed around anything
int fuzz_backup(BytesView bytes);     ///< a laptop's backup
int fuzz_bundle(BytesView bytes);     ///< a file on a stick, and what travels in it
int fuzz_pictures(BytesView bytes);   ///< first octet: which message about a picture
int fuzz_report(BytesView bytes);     ///< a report edited in a word processor
int fuzz_photo(BytesView bytes);      ///< a file a person chose as a photo
int fuzz_join_line(BytesView bytes);  ///< what a person pastes when enrolling

struct Target {
  std::string_view name;  ///< of its folder in tests/fuzz/corpus
  int (*run)(BytesView bytes) = nullptr;
  std::size_t bytes_max = 0;  ///< longer inputs find nothing new
};
[[nodiscard]] const std::vector<Target>& targets();
/// nullptr = no such target.
[[nodiscard]] const Target* find_target(std::string_view name);

}  // namespace lianxin::test::fuzz
