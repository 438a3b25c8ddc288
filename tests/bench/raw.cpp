#include "tests/bench/raw.hpp"

#include <unordered_map>
#include <zstd.h>

#include "tests/bench/bench_catalogue.hpp"

namespace lianxin::bench {
namespace {

constexpr int kZstdLevel = 3;
constexpr std::size_t kPageRows = 5000;
constexpr std::size_t kVisitValues = 10;
constexpr std::size_t kDeliveryValues = 9;
constexpr std::size_t kKeyBytes = 32;

void put_number(Bytes& out, std::size_t number) {
  for (; number >= 0x80; number >>= 7)
    out += static_cast<char>(number | 0x80);
  out += static_cast<char>(number);
}

void put_text(Bytes& out, const std::string& text) {
  put_number(out, text.size());
  out += text;
}

class Cursor {
 public:
  explicit Cursor(BytesView bytes) : rest_(bytes) {}
  [[nodiscard]] bool is_done() const { return rest_.empty(); }
  std::string take(std::size_t size) {
    std::string out(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return out;
  }
  std::size_t number() {
    std::size_t out = 0;
    for (int shift = 0;; shift += 7) {
      const auto octet = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      out |= static_cast<std::size_t>(octet & 0x7F) << shift;
      if (octet < 0x80) return out;
    }
  }
  std::string text() { return take(number()); }

 private:
  BytesView rest_;
};

std::string columns(const std::string& prefix, std::size_t count, const std::string& type) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i)
    out += ", " + prefix + std::to_string(i) + type;
  return out;
}

std::string marks(std::size_t count) {
  std::string out = "?";
  for (std::size_t i = 1; i < count; ++i)
    out += ", ?";
  return out;
}

std::string octets(const std::string& hex) { return must(from_hex(hex)); }

}  // namespace

RawSide::RawSide(const std::filesystem::path& file) {
  store::OpenOptions options;
  options.path = file;
  options.key = Bytes(kKeyBytes, 'k');
  options.create = true;
  database_ = std::make_unique<store::Database>(must(store::Database::open(options)));
  must(database_->exec(
      "CREATE TABLE member(id BLOB PRIMARY KEY NOT NULL" + columns("f", kFieldCount, " TEXT") +
      "); CREATE TABLE visit(id BLOB PRIMARY KEY NOT NULL" + columns("a", kVisitValues, "") +
      "); CREATE TABLE delivery(id BLOB PRIMARY KEY NOT NULL" + columns("a", kDeliveryValues, "") + ")"));
}

void RawSide::load(const std::vector<MemberRow>& members, std::size_t from, std::size_t to) {
  auto insert = database_->prepare("INSERT INTO member VALUES(" + marks(kFieldCount + 1) + ")");
  for (std::size_t i = from; i < to; ++i) {
    insert.bind_blob(1, octets(members[i].id));
    for (std::size_t f = 0; f < kFieldCount; ++f)
      insert.bind_text(static_cast<int>(f) + 2, members[i].fields[f]);
    must(insert.run());
    insert.reset();
  }
}

void RawSide::put(const Operation& operation) {
  if (operation.kind == Operation::Kind::kEdit) {
    auto update =
        database_->prepare("UPDATE member SET f" + std::to_string(operation.field) + " = ? WHERE id = ?");
    must(update.bind_text(1, operation.values[0]).bind_blob(2, operation.id).run());
    return;
  }
  const bool visit = operation.kind == Operation::Kind::kVisit;
  static const std::string kVisit =
      "INSERT INTO visit VALUES(" + marks(kVisitValues + 1) + ") ON CONFLICT DO NOTHING";
  static const std::string kDelivery =
      "INSERT INTO delivery VALUES(" + marks(kDeliveryValues + 1) + ") ON CONFLICT DO NOTHING";
  auto insert = database_->prepare(visit ? kVisit : kDelivery);
  insert.bind_blob(1, operation.id).bind_blob(2, operation.values[0]);
  for (std::size_t i = 1; i < operation.values.size(); ++i)
    insert.bind_text(static_cast<int>(i) + 2, operation.values[i]);
  must(insert.run());
}

void RawSide::put_all(const std::vector<Operation>& operations) {
  auto transaction = must(store::Transaction::begin(*database_));
  for (const Operation& one : operations)
    put(one);
  must(transaction.commit());
}

namespace {

/// The workload's operations with their ids as octets.
std::vector<Operation> with_octets(std::vector<Operation> operations) {
  for (Operation& one : operations) {
    one.id = octets(one.id);
    if (one.kind != Operation::Kind::kEdit) one.values[0] = octets(one.values[0]);
  }
  return operations;
}

}  // namespace

Bytes raw_encode(const std::vector<Operation>& operations) {
  Bytes out;
  for (const Operation& one : operations) {
    out += static_cast<char>(one.kind);
    out += one.id;
    std::size_t i = 0;
    if (one.kind == Operation::Kind::kEdit) {
      out += static_cast<char>(one.field);
    } else {
      out += one.values[i++];
    }
    for (; i < one.values.size(); ++i)
      put_text(out, one.values[i]);
  }
  return out;
}

std::vector<Operation> raw_decode(BytesView bytes) {
  constexpr std::size_t kIdBytes = 16;
  std::vector<Operation> out;
  for (Cursor at(bytes); !at.is_done();) {
    Operation one;
    one.kind = static_cast<Operation::Kind>(at.take(1)[0]);
    one.id = at.take(kIdBytes);
    std::size_t texts = 1;
    if (one.kind == Operation::Kind::kEdit) {
      one.field = static_cast<std::uint8_t>(at.take(1)[0]);
    } else {
      one.values.push_back(at.take(kIdBytes));
      texts = (one.kind == Operation::Kind::kVisit ? kVisitValues : kDeliveryValues) - 1;
    }
    for (; texts > 0; --texts)
      one.values.push_back(at.text());
    out.push_back(std::move(one));
  }
  return out;
}

Bytes zstd_pack(BytesView bytes) {
  Bytes out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), kZstdLevel));
  return out;
}

Bytes zstd_unpack(BytesView bytes) {
  Bytes out(ZSTD_getFrameContentSize(bytes.data(), bytes.size()), '\0');
  (void)ZSTD_decompress(out.data(), out.size(), bytes.data(), bytes.size());
  return out;
}

RawDay raw_day(const std::filesystem::path& folder, const Workload& work) {
  RawSide here(folder / "raw-laptop.db");
  RawSide there(folder / "raw-server.db");
  for (RawSide* side : {&here, &there}) {
    auto transaction = must(store::Transaction::begin(side->database()));
    side->load(work.members, 0, kKnownMemberCount);
    must(transaction.commit());
  }
  const auto mine = with_octets(work.day_of_laptop);
  const auto theirs = with_octets(work.day_of_server);
  here.put_all(mine);
  there.put_all(theirs);
  RawDay day;
  day.spent = spent_on([&] {
    const Bytes up = zstd_pack(raw_encode(mine));
    there.put_all(raw_decode(zstd_unpack(up)));
    const Bytes down = zstd_pack(raw_encode(theirs));
    here.put_all(raw_decode(zstd_unpack(down)));
    day.bytes_up = up.size();
    day.bytes_down = down.size();
  });
  return day;
}

namespace {

/// One laptop's turn: what it has goes up (once), what its township got comes down.
class RawHub {
 public:
  RawHub(const std::filesystem::path& folder, const Workload& work, std::size_t laptops)
      : work_(work), hub_(folder / "raw-hub.db") {
    must(hub_.database().exec("CREATE TABLE log(seq INTEGER PRIMARY KEY, origin INT, town INT, body BLOB)"));
    fill(hub_);
    for (std::size_t n = 0; n < laptops; ++n) {
      laptops_.push_back(std::make_unique<RawSide>(folder / ("raw-" + std::to_string(n) + ".db")));
      fill(*laptops_.back());
      mornings_.push_back(with_octets(work.mornings[n]));
      laptops_.back()->put_all(mornings_.back());
    }
    cursors_.assign(laptops, 0);
  }
  void push(std::size_t n) {
    const Bytes up = zstd_pack(raw_encode(mornings_[n]));
    auto transaction = must(store::Transaction::begin(hub_.database()));
    for (const Operation& one : raw_decode(zstd_unpack(up))) {
      hub_.put(one);
      auto insert = hub_.database().prepare("INSERT INTO log(origin, town, body) VALUES(?, ?, ?)");
      insert.bind(1, static_cast<std::int64_t>(n))
          .bind(2, static_cast<std::int64_t>(work_.townships[n]))
          .bind_blob(3, raw_encode({one}));
      must(insert.run());
    }
    must(transaction.commit());
  }
  std::size_t pull(std::size_t n) {
    Bytes news;
    {
      auto select = hub_.database().prepare(
          "SELECT seq, body FROM log WHERE seq > ? AND origin <> ? AND town = ? ORDER BY seq");
      select.bind(1, cursors_[n])
          .bind(2, static_cast<std::int64_t>(n))
          .bind(3, static_cast<std::int64_t>(work_.townships[n]));
      while (must(select.step())) {
        cursors_[n] = select.integer(0);
        news += select.blob(1);
      }
    }
    const auto operations = raw_decode(zstd_unpack(zstd_pack(news)));
    laptops_[n]->put_all(operations);
    return operations.size();
  }

 private:
  void fill(RawSide& side) {
    auto transaction = must(store::Transaction::begin(side.database()));
    side.load(work_.members, 0, kKnownMemberCount);
    must(transaction.commit());
  }
  const Workload& work_;
  RawSide hub_;
  std::vector<std::unique_ptr<RawSide>> laptops_;
  std::vector<std::vector<Operation>> mornings_;
  std::vector<std::int64_t> cursors_;
};

}  // namespace

RawMorning raw_morning(const std::filesystem::path& folder, const Workload& work, std::size_t laptops) {
  RawHub hub(folder, work, laptops);
  RawMorning morning;
  morning.spent = spent_on([&] {
    for (const bool first : {true, false}) {
      for (std::size_t n = 0; n < laptops; ++n) {
        if (first) hub.push(n);
        morning.applies += hub.pull(n);
      }
    }
  });
  return morning;
}

Spent raw_download(const std::filesystem::path& folder, const Workload& work, std::size_t members) {
  RawSide there(folder / "raw-full.db");
  {
    auto transaction = must(store::Transaction::begin(there.database()));
    there.load(work.members, 0, members);
    must(transaction.commit());
  }
  RawSide here(folder / "raw-new.db");
  constexpr std::size_t kIdBytes = 16;
  return spent_on([&] {
    auto select = there.database().prepare("SELECT * FROM member");
    auto transaction = must(store::Transaction::begin(here.database()));
    auto insert = here.database().prepare("INSERT INTO member VALUES(" + marks(kFieldCount + 1) + ")");
    for (bool more = true; more;) {
      Bytes page;
      for (std::size_t n = 0; n < kPageRows && (more = must(select.step())); ++n) {
        page += select.blob(0);
        for (int f = 1; f <= static_cast<int>(kFieldCount); ++f)
          put_text(page, select.text(f));
      }
      const Bytes plain = zstd_unpack(zstd_pack(page));
      for (Cursor at(plain); !at.is_done();) {
        insert.bind_blob(1, at.take(kIdBytes));
        for (int f = 1; f <= static_cast<int>(kFieldCount); ++f)
          insert.bind_text(f + 1, at.text());
        must(insert.run());
        insert.reset();
      }
    }
    must(transaction.commit());
  });
}

namespace {

/// One rival's edit as the loop takes it.
struct RawEdit {
  std::string id;
  std::size_t field = 0;
  std::string value;
};

std::vector<RawEdit> edits_of(const Workload& work, std::size_t members, bool of_b) {
  std::vector<RawEdit> out;
  for (std::size_t i = 0; i < members; ++i) {
    const RivalEdit& both = work.rivals[i];
    out.push_back(
        {octets(both.member), of_b ? both.field_b : both.field_a, of_b ? both.value_b : both.value_a});
  }
  return out;
}

std::size_t merge_stored(RawSide& side, const std::vector<RawEdit>& edits) {
  std::size_t conflicts = 0;
  auto transaction = must(store::Transaction::begin(side.database()));
  auto known = side.database().prepare("SELECT ver FROM fv WHERE id = ? AND f = ?");
  auto version = side.database().prepare("INSERT INTO fv VALUES(?, ?, 1)");
  auto conflict = side.database().prepare("INSERT INTO conflict VALUES(?, ?, ?)");
  for (const RawEdit& one : edits) {
    known.bind_blob(1, one.id).bind(2, static_cast<std::int64_t>(one.field));
    const bool hit = must(known.step());
    known.reset();
    if (hit) {
      conflict.bind_blob(1, one.id).bind(2, static_cast<std::int64_t>(one.field)).bind_text(3, one.value);
      must(conflict.run());
      conflict.reset();
      ++conflicts;
    } else {
      side.put({Operation::Kind::kEdit, one.id, one.field, {one.value}});
      must(version.bind_blob(1, one.id).bind(2, static_cast<std::int64_t>(one.field)).run());
      version.reset();
    }
  }
  must(transaction.commit());
  return conflicts;
}

}  // namespace

RawMerge raw_merge(const std::filesystem::path& folder, const Workload& work, std::size_t members) {
  RawSide side(folder / "raw-merge.db");
  must(
      side.database().exec("CREATE TABLE fv(id BLOB, f INT, ver INT, PRIMARY KEY(id, f)) WITHOUT ROWID; "
                           "CREATE TABLE conflict(id BLOB, f INT, val TEXT)"));
  {
    auto transaction = must(store::Transaction::begin(side.database()));
    side.load(work.members, 0, members);
    must(transaction.commit());
  }
  const auto ours = edits_of(work, members, false);
  const auto theirs = edits_of(work, members, true);
  RawMerge out;
  (void)merge_stored(side, ours);
  must(side.database().checkpoint());
  out.stored = spent_on([&] { out.conflicts = merge_stored(side, theirs); });
  return out;
}

Spent raw_merge_in_memory(const Workload& work, std::size_t members) {
  const auto ours = edits_of(work, members, false);
  const auto theirs = edits_of(work, members, true);
  std::unordered_map<std::string, int> versions;
  versions.reserve(4 * members);
  for (const RawEdit& one : ours)
    versions[one.id + static_cast<char>(one.field)] = 1;
  std::vector<const RawEdit*> rivals;
  return spent_on([&] {
    for (const RawEdit& one : theirs) {
      const auto [at, fresh] = versions.try_emplace(one.id + static_cast<char>(one.field), 1);
      if (!fresh) rivals.push_back(&one);
    }
  });
}

}  // namespace lianxin::bench
