#include "sync/wire/columns.hpp"

namespace lianxin::sync::wire {
namespace {

/// Small for a short way in either direction.
std::uint64_t zigzag(std::uint64_t way) { return way << 1 ^ (0 - (way >> 63)); }
std::uint64_t way_of(std::uint64_t number) { return number >> 1 ^ (0 - (number & 1)); }

constexpr std::size_t kNameBytes = 64;  ///< of one in a list of names, about

}  // namespace

void ColumnWriter::step(Column column, std::uint64_t value, std::uint64_t before) {
  number(column, zigzag(value - before));
}

void ColumnWriter::id(Column column, const Id& id) {
  const std::uint64_t number_told = ids_.number_of(column, id);
  number(column, number_told);
  if (number_told == Names<Id>::kFresh) {
    octets(Column::kNewId, id.bytes());
    ids_.add(id);
  }
  ids_.expect(column, id);
}

void ColumnWriter::replica(Column column, ReplicaId replica) {
  const std::uint64_t number_told = replicas_.number_of(column, replica);
  number(column, number_told);
  if (number_told == Names<Id>::kFresh) {
    for (int i = 0; i < 8; ++i)
      columns_[place_of(Column::kNewReplica)] += static_cast<char>(replica.number >> (8 * i) & 0xFF);
    replicas_.add(replica);
  }
  replicas_.expect(column, replica);
}

ColumnReader::ColumnReader(const std::vector<Bytes>& columns, const codec::Limits& limits)
    : budget_(limits.memory_budget_bytes) {
  if (columns.size() != kColumns) throw codec::Malformed{"codec.malformed"};
  for (const Bytes& column : columns)
    readers_.emplace_back(column, limits);
}

void ColumnReader::charge(std::size_t bytes) {
  if (bytes > budget_) throw codec::Malformed{"codec.limit"};
  budget_ -= bytes;
}

void ColumnReader::lend(std::size_t bytes) {
  if (bytes > budget_ || lent_ > budget_ - bytes) throw codec::Malformed{"codec.limit"};
  lent_ += bytes;
}

std::size_t ColumnReader::count(Column column, std::uint64_t wanted, std::size_t element_bytes,
                                std::size_t elements_max) {
  if (wanted > elements_max) throw codec::Malformed{"codec.limit"};
  if (wanted > readers_[place_of(column)].left()) throw codec::Malformed{"codec.truncated"};
  lend(static_cast<std::size_t>(wanted) * element_bytes);
  return static_cast<std::size_t>(wanted);
}

bool ColumnReader::flag(Column column) {
  const std::uint64_t value = number(column);
  if (value > 1) throw codec::Malformed{"codec.malformed"};
  return value == 1;
}

std::uint64_t ColumnReader::step(Column column, std::uint64_t before) {
  return before + way_of(number(column));
}

Bytes ColumnReader::text(Column column, std::size_t bytes_max) {
  Bytes out(count(column, number(column), 1, bytes_max), '\0');
  octets(column, out.data(), out.size());
  return out;
}

Id ColumnReader::id(Column column) {
  const std::uint64_t told = number(column);
  if (told == Names<Id>::kSame) return ids_.before(column);
  Id id;
  if (told == Names<Id>::kFresh) {
    octets(Column::kNewId, id.octets.data(), id.octets.size());
    charge(kNameBytes);
  } else if (told != Names<Id>::kNone) {
    id = ids_.known(told);
  }
  if (ids_.number_of(column, id) != told) throw codec::Malformed{"codec.malformed"};
  if (told == Names<Id>::kFresh) ids_.add(id);
  ids_.expect(column, id);
  return id;
}

ReplicaId ColumnReader::replica(Column column) {
  const std::uint64_t told = number(column);
  if (told == Names<Id>::kSame) return replicas_.before(column);
  ReplicaId replica;
  if (told == Names<Id>::kFresh) {
    std::array<std::uint8_t, 8> octets_told{};
    octets(Column::kNewReplica, octets_told.data(), octets_told.size());
    for (std::size_t i = octets_told.size(); i-- > 0;)
      replica.number = replica.number << 8 | octets_told[i];
    charge(kNameBytes);
  } else if (told != Names<Id>::kNone) {
    replica = replicas_.known(told);
  }
  if (replicas_.number_of(column, replica) != told) throw codec::Malformed{"codec.malformed"};
  if (told == Names<Id>::kFresh) replicas_.add(replica);
  replicas_.expect(column, replica);
  return replica;
}

bool ColumnReader::is_done() const {
  for (const codec::Reader& reader : readers_) {
    if (reader.left() > 0) return false;
  }
  return true;
}

}  // namespace lianxin::sync::wire
