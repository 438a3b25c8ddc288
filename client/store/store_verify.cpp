#include "client/store/store_verify.hpp"

#include <map>

namespace lianxin::client::store {

namespace change = sync::change;

namespace {

class Verifier {
 public:
  Verifier(RecordsImpl& records, const JournalTail& tail) : records_(records), tail_(tail) {}

  [[nodiscard]] Status file();
  [[nodiscard]] Status chains();
  [[nodiscard]] Status journal();
  [[nodiscard]] Status head_mark(const HomePaths& home, BytesView key);
  [[nodiscard]] Status derived();
  [[nodiscard]] Status pictures();
  [[nodiscard]] LaptopStore::Verified take() { return std::move(out_); }

 private:
  [[nodiscard]] Result<std::uint64_t> chain(const OwnChain& chain);
  void problem(std::string_view invariant, std::string_view record, std::string_view what) {
    out_.problems.push_back({std::string(invariant), std::string(record), std::string(what)});
  }
  void checked(std::string_view what, std::uint64_t count) {
    out_.checked.emplace_back(std::string(what), count);
  }

  RecordsImpl& records_;
  const JournalTail& tail_;
  LaptopStore::Verified out_;
};

/// SQLite's own check of every page and index.
Status Verifier::file() {
  Status whole = records_.database().integrity_check();
  if (!whole.ok() && whole.error().code != "store.damaged") return whole;
  if (!whole.ok()) problem("database", "", whole.error().detail);
  checked("database", 1);
  return {};
}

/// Every link of one chain: dense counters, each head hash made anew from bytes and values.
Result<std::uint64_t> Verifier::chain(const OwnChain& chain) {
  auto select = records_.database().prepare(
      "SELECT counter, hash, body, vals FROM change WHERE replica = ? AND hash IS NOT NULL ORDER BY counter");
  select.bind(1, chain.end.replica.number);
  change::ChainEnd end = chain.base;
  bool knows_previous = chain.knows_base;
  std::uint64_t links = 0;
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) break;
    const ChangeId id{chain.end.replica, select.natural(0)};
    if (id.counter != end.counter + 1) {
      problem("chain", id.text(), "the change before it is not here");
      knows_previous = false;
    }
    end.counter = id.counter - 1;
    LX_TRY(const Hash256 hash, Hash256::from_bytes(select.blob(1)));
    const auto linked = change::follow(end, select.blob(2), select.blob(3));
    if (!linked.ok()) problem("chain", id.text(), linked.error().code);
    if (linked.ok() && knows_previous && linked->hash != hash)
      problem("chain", id.text(), "its hash is not that of its bytes");
    end = {chain.end.replica, id.counter, hash};
    knows_previous = true;
    ++links;
  }
  // The end of an earlier chain may have been a branch: the server keeps it, and here it has the branch's
  // name.
  const bool is_branch_gone =
      !chain.is_present && chain.acknowledged >= chain.end.counter && end.counter < chain.end.counter;
  const bool ends_there =
      links == 0 || is_branch_gone || (end.counter == chain.end.counter && end.hash == chain.end.hash);
  if (!ends_there || (links == 0 && chain.is_present && chain.end.counter > 0))
    problem("chain", chain.end.replica.text(), "does not end where the store says");
  if (chain.acknowledged > chain.end.counter)
    problem("chain", chain.end.replica.text(), "acknowledged beyond its end");
  return links;
}

Status Verifier::chains() {
  LX_TRY(const auto all, OwnChains(records_.database()).all());
  std::uint64_t links = 0;
  for (const OwnChain& one : all) {
    LX_TRY(const std::uint64_t of_one, chain(one));
    links += of_one;
  }
  checked("chain", links);
  return {};
}

/// Everything unsent stands in the journal, byte for byte; nothing stands there that the log does not have.
Status Verifier::journal() {
  const Journal* journal = tail_.journal();
  if (journal == nullptr) {
    checked("journal", 0);
    return {};
  }
  LX_TRY(const auto entries, journal->entries());
  std::map<ChangeId, const JournalEntry*> by_id;
  for (const JournalEntry& entry : entries)
    by_id[entry.id] = &entry;
  OwnChains chains(records_.database());
  LX_TRY(const auto unsent, chains.unsent());
  for (const JournalEntry& entry : unsent) {
    const auto found = by_id.find(entry.id);
    if (found == by_id.end()) {
      problem("journal", entry.id.text(), "not in the journal");
    } else if (found->second->body != entry.body || found->second->values != entry.values ||
               found->second->hash != entry.hash) {
      problem("journal", entry.id.text(), "differs from the journal");
    }
  }
  for (const auto& [id, entry] : by_id) {
    LX_TRY(const auto known, chains.hash_at(id));
    if (!known) problem("journal", id.text(), "only in the journal");
  }
  checked("journal", entries.size());
  return {};
}

Status Verifier::head_mark(const HomePaths& home, BytesView key) {
  checked("head_mark", 1);
  const auto mark = read_head_mark(home.head_mark(), key);
  if (!mark.ok() || !*mark) {
    problem("head_mark", "", mark.ok() ? "missing" : mark.error().code);
    return {};
  }
  LX_TRY(const OwnState own, records_.own());
  if ((*mark)->end != own.end) problem("head_mark", own.end.replica.text(), "differs from the database");
  if ((*mark)->acknowledged > own.acknowledged)
    problem("head_mark", own.end.replica.text(), "acknowledged more than the database knows");
  return {};
}

Status Verifier::derived() {
  return records_.verify([this](std::string_view invariant, std::string_view record,
                                std::string_view what) { problem(invariant, record, what); },
                         [this](std::string_view what, std::uint64_t count) { checked(what, count); });
}

/// Every picture is what its name says, and some attachment names it.
Status Verifier::pictures() {
  auto select = records_.database().prepare(
      "SELECT sha256, whole, size, content, EXISTS (SELECT 1 FROM picture_of o JOIN record r ON r.id = "
      "o.record WHERE "
      "o.sha256 = p.sha256) FROM picture p");
  std::uint64_t count = 0;
  for (;;) {
    LX_TRY(const bool found, select.step());
    if (!found) break;
    ++count;
    const Bytes name = select.blob(0);
    const Bytes content = select.blob(3);
    const bool is_whole = select.integer(1) != 0;
    if (is_whole && sha256(content).bytes() != name)
      problem("picture", to_hex(name), "is not what its name says");
    if (is_whole != (content.size() == select.natural(2)))
      problem("picture", to_hex(name), "is not of its size");
    if (select.integer(4) == 0) problem("picture", to_hex(name), "no record names it");
  }
  checked("pictures", count);
  return {};
}

}  // namespace

Result<LaptopStore::Verified> verify_store(RecordsImpl& records, const JournalTail& tail,
                                           const HomePaths& home, BytesView head_key) {
  Verifier verifier(records, tail);
  LX_DO(verifier.file());
  // One look: nothing is written in between, and no statement has to lock the file by itself.
  LX_TRY(const auto transaction, lianxin::store::Transaction::begin(records.database()));
  LX_DO(verifier.chains());
  LX_DO(verifier.journal());
  LX_DO(verifier.head_mark(home, head_key));
  LX_DO(verifier.derived());
  LX_DO(verifier.pictures());
  return verifier.take();
}

}  // namespace lianxin::client::store
