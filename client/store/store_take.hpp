#pragma once
// Everything of one answer, inside the transaction of StoreReplica::take. Internal to this folder.
//
// An acknowledgement moves the outbox only as far as its hash is the hash of our bytes.
#include "client/store/exchange_parts.hpp"
#include "client/store/feed_writer.hpp"
#include "client/store/own_chains.hpp"
#include "client/store/peer_changes.hpp"
#include "client/store/records_impl.hpp"
#include "sync/laptop/replica.hpp"

namespace lianxin::client::store {

/// How an answer came.
struct AnswerWay {
  const sync::laptop::FileAnswer* file = nullptr;    ///< set: in a bundle
  std::optional<sync::laptop::ClockSpan> under_way;  ///< over the line, where that took time
};

class AnswerTaking {
 public:
  /// `speaking` = the chain whose exchange this answers.
  AnswerTaking(RecordsImpl& records, const sync::wire::ExchangeAnswer& answer, ReplicaId speaking,
               ExchangeParts& parts, PeerChanges& peers, const AnswerWay& way)
      : records_(records),
        answer_(answer),
        speaking_(speaking),
        parts_(parts),
        peers_(peers),
        file_(way.file),
        under_way_(way.under_way),
        chains_(records.database()),
        feeds_(records, way.file != nullptr),
        removed_before_(records.removed()) {}

  /// Error "bundle.other_copy": nothing is to be taken.
  [[nodiscard]] Status run();
  [[nodiscard]] const sync::laptop::Taken& taken() const { return taken_; }
  /// Some record or class has left this laptop.
  [[nodiscard]] bool erased() const { return erased_ || records_.removed() != removed_before_; }
  /// What the server keeps of `speaking` now.
  [[nodiscard]] std::uint64_t acknowledged() const { return acknowledged_; }
  [[nodiscard]] bool moved() const { return moved_; }
  /// Everything is offered again, to another life of the server (7.1).
  [[nodiscard]] bool offers_all() const { return offers_all_; }
  /// The county knows more of the present chain than is here: this store was put back in time.
  [[nodiscard]] bool is_copy() const { return is_copy_; }
  /// First counter of `speaking` that goes by a branch's name now; 0 = none does.
  [[nodiscard]] std::uint64_t renamed_from() const { return renamed_from_; }

 private:
  [[nodiscard]] bool is_newest() const { return file_ == nullptr || file_->newest; }
  [[nodiscard]] Result<bool> answers_another_copy();
  [[nodiscard]] Status note_newest();
  struct Reach;
  [[nodiscard]] Result<Reach> reach_of(const sync::wire::FeedPage& page);
  [[nodiscard]] Status note_epoch();
  [[nodiscard]] Status offer_what_is_lost();
  [[nodiscard]] Status note_clock();
  [[nodiscard]] Status absorb_stamps();
  [[nodiscard]] Status take_returned(const OwnChain& chain);
  [[nodiscard]] Status take_acknowledgement();
  [[nodiscard]] Result<std::uint64_t> provably_kept(const OwnChain& chain);
  [[nodiscard]] Status take_outcomes();
  [[nodiscard]] Status note_branch();
  [[nodiscard]] Status rename_branch(const OwnChain& chain);
  [[nodiscard]] Status take_scopes();
  [[nodiscard]] Status take_backup();
  [[nodiscard]] Result<bool> may_hold(const FeedPlace& place);
  [[nodiscard]] Status begin_views();
  [[nodiscard]] Status read_to(const FeedPlace& place, std::uint64_t position);
  [[nodiscard]] Result<std::size_t> end_of_plain(std::size_t first);
  [[nodiscard]] Status take_pages();
  [[nodiscard]] Status take_page(const sync::wire::FeedPage& page);
  /// One of others' changes, as a feed tells it.
  struct ToldChange {
    FeedPlace place;
    const sync::wire::FeedEntry* entry = nullptr;
  };
  [[nodiscard]] Status take_changes(const std::vector<ToldChange>& told);
  [[nodiscard]] Status make_way(const sync::wire::FeedEntry& entry);
  [[nodiscard]] Result<bool> take_entry(const FeedPlace& place, const sync::wire::FeedEntry& entry);
  [[nodiscard]] Result<std::size_t> passed_over(const FeedPlace& place,
                                                const std::vector<sync::wire::FeedEntry>& entries,
                                                std::size_t i);
  [[nodiscard]] Status begin_all_anew();
  [[nodiscard]] Status begin_feed_anew(const FeedPlace& place, std::uint64_t to);
  [[nodiscard]] Status settle();
  [[nodiscard]] Status settle_record(const Id& record);
  [[nodiscard]] Status sweep();

  RecordsImpl& records_;
  const sync::wire::ExchangeAnswer& answer_;
  ReplicaId speaking_;
  ExchangeParts& parts_;
  PeerChanges& peers_;
  const sync::laptop::FileAnswer* file_;
  std::optional<sync::laptop::ClockSpan> under_way_;
  bool has_peers_ = false;
  bool is_view_ = false;  ///< the page at hand is of a view, not of the whole class
  OwnChains chains_;
  FeedWriter feeds_;
  sync::laptop::Taken taken_;
  std::uint64_t acknowledged_ = 0;
  std::uint64_t own_settled_ = 0;
  std::uint64_t renamed_from_ = 0;
  bool moved_ = false;
  bool offers_all_ = false;
  bool is_copy_ = false;
  bool erased_ = false;
  std::uint64_t removed_before_;
};

}  // namespace lianxin::client::store
