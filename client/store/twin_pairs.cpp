#include "client/store/twin_pairs.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <set>
#include <tuple>
#include <unordered_set>

#include "client/store/records_impl.hpp"
#include "client/store/touched.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

namespace {

using domain::Likeness;

/// So many meetings are looked at for one list.
constexpr std::size_t kMeetingsMax = 5000;
/// Reading a key takes a fifth of the time of comparing two.
constexpr std::size_t kKeysOfPair = 5;
constexpr std::size_t kKeysAtOnce = 500;
constexpr std::size_t kAllKeys = std::numeric_limits<std::size_t>::max();
/// Days between two deliveries that make them likely one.
constexpr std::int64_t kLikelyDaysMax = 3;

/// Who made the record: the author of its oldest head.
Id maker_of(const RecordBox& box) {
  const merge::HeadMeta* first = nullptr;
  for (const auto& [privacy, owner] : box.shown.classes) {
    for (const auto& [id, meta] : owner.metas) {
      if (first == nullptr || meta.hlc < first->hlc) first = &meta;
    }
  }
  return first == nullptr ? Id{} : first->author;
}

/// Which records are one, and what people said of two, as it stands while a list is made: a county asks for
/// thousands of pairs.
class Decisions {
 public:
  Status read(lianxin::store::Database& database) {
    auto clusters = database.prepare("SELECT record, canonical FROM cluster");
    LX_DO(each_row(clusters, [&] {
      canonical_.emplace(clusters.id(0), clusters.id(1));
      records_[clusters.id(1)].push_back(clusters.id(0));
    }));
    auto said = database.prepare("SELECT record, other FROM alias");
    return each_row(said, [&] { said_.insert(std::minmax(said.id(0), said.id(1))); });
  }
  [[nodiscard]] Id canonical_of(const Id& record) const {
    const auto found = canonical_.find(record);
    return found == canonical_.end() ? record : found->second;
  }
  /// Whoever is not the same as one of a cluster is none of it.
  [[nodiscard]] bool is_said(const Id& one, const Id& other) const {
    if (said_.empty()) return false;
    for (const Id& a : records_of(one)) {
      for (const Id& b : records_of(other)) {
        if (said_.count(std::minmax(a, b)) > 0) return true;
      }
    }
    return false;
  }

 private:
  [[nodiscard]] std::vector<Id> records_of(const Id& record) const {
    const auto found = records_.find(canonical_of(record));
    return found == records_.end() ? std::vector<Id>{record} : found->second;
  }

  std::unordered_map<Id, Id> canonical_;
  std::unordered_map<Id, std::vector<Id>> records_;
  std::set<std::pair<Id, Id>> said_;
};

}  // namespace

/// One look through the keys.
class TwinPairs::Finder {
 public:
  Finder(TwinPairs& known, std::size_t limit, std::size_t compared)
      : known_(known),
        records_(known.records_),
        limit_(limit),
        may_compare_(compared),
        may_read_(compared > kAllKeys / kKeysOfPair ? kAllKeys : compared * kKeysOfPair) {}

  Result<Twins> run() {
    LX_DO(decisions_.read(records_.database()));
    LX_DO(look_at_keys());
    known_.compared_ = std::move(compared_);
    std::stable_sort(out_.pairs.begin(), out_.pairs.end(), [](const TwinPair& a, const TwinPair& b) {
      return std::tuple(b.likeness, a.kind) < std::tuple(a.likeness, b.kind);
    });
    if (out_.pairs.size() > limit_) {
      out_.pairs.resize(limit_);
      out_.more = true;
    }
    for (TwinPair& pair : out_.pairs)
      LX_DO(name_material(pair));
    return std::move(out_);
  }

 private:
  /// As far as they are read, and on from there while there is room and something may be read.
  Status look_at_keys() {
    for (const auto& [key, subjects] : known_.keys_) {
      if (!out_.more) LX_DO(look_at(key, subjects));
    }
    while (!out_.more && !known_.is_read_) {
      if (may_read_ == 0) {
        out_.uncompared = true;
        return {};
      }
      const std::size_t slice = std::min(may_read_, kKeysAtOnce);
      may_read_ -= slice;
      const Bytes before = known_.read_to_;
      LX_DO(known_.read_keys(slice));
      for (auto at = known_.keys_.upper_bound(before); at != known_.keys_.end() && !out_.more; ++at)
        LX_DO(look_at(at->first, at->second));
    }
    return {};
  }

  Status look_at(const Bytes& key, const std::vector<Id>& subjects) {
    const char kind = key.front();
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      for (std::size_t k = i + 1; k < subjects.size(); ++k) {
        if (++meetings_ > kMeetingsMax) {
          out_.more = true;
          return {};
        }
        LX_DO(meet(subjects[i], subjects[k], kind));
      }
    }
    return {};
  }

  Status meet(const Id& one, const Id& other, char key) {
    const Id first = decisions_.canonical_of(one);
    const Id second = decisions_.canonical_of(other);
    if (first == second || !met_.insert(std::minmax(first, second)).second) return {};
    LX_TRY(const TwinPair* pair, compared(one, other, key));
    if (pair != nullptr && pair->likeness != Likeness::kNone && !decisions_.is_said(one, other))
      out_.pairs.push_back(*pair);
    return {};
  }

  /// As it was compared before; nullptr = it waits.
  Result<const TwinPair*> compared(const Id& one, const Id& other, char key) {
    if (auto before = known_.compared_.extract({one, other}); !before.empty())
      return &compared_.insert(std::move(before)).position->second;
    if (may_compare_ == 0) {
      out_.uncompared = true;
      return nullptr;
    }
    --may_compare_;
    TwinPair pair;
    pair.one = one;
    pair.other = other;
    LX_DO(compare(pair, key));
    return &compared_.insert_or_assign({one, other}, std::move(pair)).first->second;
  }

  /// Each is read once, whomever he meets.
  Result<const domain::PersonFacts*> person(const Id& member) {
    const auto [known, is_new] = known_.persons_.try_emplace(member);
    if (is_new) {
      LX_TRY(known->second, records_.twins().person(member));
    }
    return known->second ? &*known->second : nullptr;
  }

  Status compare(TwinPair& pair, char key) {
    if (key == static_cast<char>(TwinKey::kDelivery) || key == static_cast<char>(TwinKey::kTracking))
      return compare_deliveries(pair);
    if (key == static_cast<char>(TwinKey::kVisit)) return compare_visits(pair);
    return compare_members(pair);
  }

  Status compare_members(TwinPair& pair) {
    pair.kind = "member";
    LX_TRY(const domain::PersonFacts* one, person(pair.one));
    LX_TRY(const domain::PersonFacts* other, person(pair.other));
    if (one == nullptr || other == nullptr) return {};
    const domain::LookAlike alike = domain::compare_people(*one, *other);
    pair.likeness = alike.likeness;
    for (const std::string& reason : alike.reasons)
      pair.reasons.push_back({reason, {}});
    return {};
  }

  /// One thing for one person about one time, entered by two people, and neither the other sent again.
  Status compare_deliveries(TwinPair& pair) {
    pair.kind = "delivery";
    LX_TRY(const auto one, records_.twins().delivery(pair.one));
    LX_TRY(const auto other, records_.twins().delivery(pair.other));
    if (!one || !other) return {};
    if (is_one_number(*one, *other)) {
      pair.likeness = Likeness::kLikely;
      pair.reasons.push_back({"tracking", {{"number", one->tracking_no}}});
      return {};
    }
    if (one->person.is_nil() || one->person != other->person) return {};
    if (one->resend_of == pair.other || other->resend_of == pair.one) return {};
    const auto day = Date::parse(one->on);
    const auto other_day = Date::parse(other->on);
    if (!day.ok() || !other_day.ok()) return {};
    const std::int64_t days = std::abs(day->day_number() - other_day->day_number());
    const std::string material = shared_material(*one, *other);
    if (days > kTwinDaysMax || material.empty()) return {};
    LX_TRY(const RecordBox box, records_.load(pair.one));
    LX_TRY(const RecordBox other_box, records_.load(pair.other));
    if (maker_of(box) == maker_of(other_box)) return {};
    pair.likeness = days <= kLikelyDaysMax ? Likeness::kLikely : Likeness::kWeak;
    pair.reasons.push_back({"delivery", {{"material", material}, {"days", std::to_string(days)}}});
    return {};
  }

  /// One person on one day, by two workers or by one twice, unless the hours say that it was twice
  /// (domain.md 5.6).
  Status compare_visits(TwinPair& pair) {
    pair.kind = "visit";
    LX_TRY(const auto one, records_.twins().visit(pair.one));
    LX_TRY(const auto other, records_.twins().visit(pair.other));
    if (!one || !other || one->on != other->on || are_apart(*one, *other)) return {};
    LX_TRY(const RecordBox box, records_.load(pair.one));
    LX_TRY(const RecordBox other_box, records_.load(pair.other));
    const bool by_two = maker_of(box) != maker_of(other_box);
    const bool of_all = one->people == other->people;
    pair.likeness = by_two && of_all ? Likeness::kLikely : Likeness::kWeak;
    pair.reasons.push_back({of_all ? "visit" : "visit_some", {{"day", one->on}}});
    pair.reasons.push_back({by_two ? "visit_by_two" : "visit_by_one", {}});
    return {};
  }

  /// The hours of both are known, and one had ended before the other began.
  static bool are_apart(const TwinVisit& one, const TwinVisit& other) {
    const auto before = [](const TwinVisit& first, const TwinVisit& second) {
      return !first.ended.empty() && !second.began.empty() && first.ended <= second.began;
    };
    return before(one, other) || before(other, one);
  }

  /// A courier's number is on one parcel (domain.md 2.5).
  static bool is_one_number(const TwinDelivery& one, const TwinDelivery& other) {
    const bool one_carrier = one.carrier.empty() || other.carrier.empty() || one.carrier == other.carrier;
    return !one.tracking_no.empty() && one.tracking_no == other.tracking_no && one_carrier;
  }

  static std::string shared_material(const TwinDelivery& one, const TwinDelivery& other) {
    for (const TwinDelivery::Line& line : one.lines) {
      for (const TwinDelivery::Line& same : other.lines) {
        const bool one_edition = line.version.empty() || same.version.empty() || line.version == same.version;
        if (line.material == same.material && one_edition) return line.material;
      }
    }
    return "";
  }

  /// Only of what is handed out: a name may change.
  Status name_material(TwinPair& pair) {
    if (pair.kind != "delivery" || pair.reasons.front().key != "delivery") return {};
    std::string& material = pair.reasons.front().args.front().value;
    LX_TRY(const Id id, Id::parse(material));
    auto select = records_.database().prepare("SELECT name FROM k_material WHERE r_id = ?");
    LX_TRY(const bool found, select.bind(1, id).step());
    if (found) material = select.text(0);
    return {};
  }

  TwinPairs& known_;
  RecordsImpl& records_;
  std::size_t limit_;
  std::size_t may_compare_;
  std::size_t may_read_;
  std::size_t meetings_ = 0;
  Decisions decisions_;
  std::set<std::pair<Id, Id>> met_;
  std::map<std::pair<Id, Id>, TwinPair> compared_;
  Twins out_;
};

Result<Twins> TwinPairs::find(std::size_t limit, std::size_t compared) {
  LX_DO(forget_touched());
  auto found = Finder(*this, limit, compared).run();
  // What is read inside a transaction may be taken back with it.
  if (!found.ok() || records_.database().in_transaction()) forget();
  return found;
}

void TwinPairs::forget() {
  keys_.clear();
  read_to_.clear();
  is_read_ = false;
  compared_.clear();
  persons_.clear();
}

/// When more keys were written than are noted, all are read again.
Status TwinPairs::forget_touched() {
  LX_TRY(const auto touched, take_touched_twins(records_.database(), records_.catalogue()));
  if (!touched) {
    forget();
    return {};
  }
  std::unordered_set<Id> gone;
  for (const TouchedTwin& one : *touched) {
    gone.insert(one.subject);
    persons_.erase(one.subject);
    if (is_read_ || one.key <= read_to_) LX_DO(read_key(one.key));
  }
  if (gone.empty()) return {};
  std::erase_if(compared_, [&](const auto& pair) {
    return gone.count(pair.first.first) > 0 || gone.count(pair.first.second) > 0;
  });
  return {};
}

Status TwinPairs::read_key(const Bytes& key) {
  auto select = records_.database().prepare(
      "SELECT DISTINCT k.subject FROM twin_shared s CROSS JOIN twin_key k ON k.key = s.key WHERE s.key = ? "
      "ORDER BY k.subject LIMIT ?");
  select.bind_blob(1, key).bind(2, static_cast<std::int64_t>(kTwinSubjectsMax) + 1);
  std::vector<Id> subjects;
  LX_DO(each_row(select, [&] { subjects.push_back(select.id(0)); }));
  if (subjects.size() < 2 || subjects.size() > kTwinSubjectsMax)
    keys_.erase(key);
  else
    keys_.insert_or_assign(key, std::move(subjects));
  return {};
}

Status TwinPairs::read_keys(std::size_t keys) {
  std::vector<Bytes> next;
  auto select = records_.database().prepare("SELECT key FROM twin_shared WHERE key > ? ORDER BY key LIMIT ?");
  select.bind_blob(1, read_to_).bind(2, static_cast<std::int64_t>(keys));
  LX_DO(each_row(select, [&] { next.push_back(select.blob(0)); }));
  for (const Bytes& key : next)
    LX_DO(read_key(key));
  is_read_ = next.size() < keys;
  if (!next.empty()) read_to_ = next.back();
  return {};
}

}  // namespace lianxin::client::store
