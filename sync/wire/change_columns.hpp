#pragma once
// Changes as columns and back, byte for byte: a body and its values have one encoding each (shared/codec), so
// what is told of their fields gives back just these bytes. Whatever has another shape, be it a newer
// program's or nobody's, travels as it is. Internal to this folder.
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "sync/change/change.hpp"
#include "sync/wire/columns.hpp"
#include "sync/wire/messages.hpp"

namespace lianxin::sync::wire {

/// What stands beside a change may refer to it; nullopt = it travels as it is.
struct ToldChange {
  ChangeId id;
  WallMs wall_ms = 0;
};

/// The fields of the change before.
struct ChangeBefore {
  std::uint64_t counter = 0;
  std::uint64_t wall = 0;
  std::uint64_t stamp_count = 0;
  std::uint64_t seen = 0;
  std::uint64_t group_seen = 0;
};

class ChangeColumnWriter {
 public:
  explicit ChangeColumnWriter(ColumnWriter& out) : out_(out) {}
  std::optional<ToldChange> put(BytesView body, BytesView values);

 private:
  void put_head(const change::ChangeBody& body);
  void put_shape(const change::ChangeBody& body);
  void put_seen(const std::vector<change::SeenRef>& seen, bool of_group);
  void put_values(const change::ChangeValues& values);

  ColumnWriter& out_;
  ChangeBefore before_;
  std::unordered_map<std::string, std::size_t> shapes_;
};

class ChangeColumnReader {
 public:
  explicit ChangeColumnReader(ColumnReader& in) : in_(in) {}
  /// All of them together are no more than one message may hold as they are.
  std::optional<ToldChange> get(PackedChange& change);

 private:
  [[nodiscard]] std::optional<ToldChange> read(PackedChange& change);
  [[nodiscard]] change::ChangeBody head();
  void shape(change::ChangeBody& body);
  [[nodiscard]] std::vector<change::WriteHead> fresh_shape();
  [[nodiscard]] std::vector<change::SeenRef> seen(bool of_group);
  [[nodiscard]] change::ChangeValues values(std::size_t count);

  ColumnReader& in_;
  std::size_t left_ = kMessageBytesMax;
  ChangeBefore before_;
  std::vector<std::vector<change::WriteHead>> shapes_;
  std::unordered_map<std::string, std::size_t> known_shapes_;
};

}  // namespace lianxin::sync::wire
