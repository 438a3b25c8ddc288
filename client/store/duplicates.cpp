// Records: who may be one person, and what people said about it (sync.md 3.8).
#include <algorithm>
#include <cstdlib>
#include <set>
#include <tuple>
#include <unordered_map>

#include "client/store/action.hpp"
#include "shared/base/text.hpp"
#include "sync/merge/dump_line.hpp"

namespace lianxin::client::store {

namespace merge = sync::merge;

namespace {

using domain::Likeness;

/// People join so few that more is a mistake; the server takes more.
constexpr std::size_t kJoinedMax = 16;
/// So many meetings are looked at for one list.
constexpr std::size_t kMeetingsMax = 5000;
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
    while (true) {
      LX_TRY(const bool found, clusters.step());
      if (!found) break;
      canonical_.emplace(clusters.id(0), clusters.id(1));
      records_[clusters.id(1)].push_back(clusters.id(0));
    }
    auto said = database.prepare("SELECT record, other FROM alias");
    while (true) {
      LX_TRY(const bool found, said.step());
      if (!found) return {};
      said_.insert(std::minmax(said.id(0), said.id(1)));
    }
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

class Finder {
 public:
  Finder(RecordsImpl& records, std::size_t limit) : records_(records), limit_(limit) {}

  Result<Twins> run() {
    LX_DO(decisions_.read(records_.database()));
    LX_DO(look_at_keys());
    std::stable_sort(out_.pairs.begin(), out_.pairs.end(), [](const TwinPair& a, const TwinPair& b) {
      return std::tuple(b.likeness, a.kind) < std::tuple(a.likeness, b.kind);
    });
    if (out_.pairs.size() > limit_) {
      out_.pairs.resize(limit_);
      out_.more = true;
    }
    return std::move(out_);
  }

 private:
  /// Keys that were shared at some time, strongest first, and whom each speaks for now.
  Status look_at_keys() {
    auto select = records_.database().prepare(
        "SELECT DISTINCT s.key, k.subject FROM twin_shared s CROSS JOIN twin_key k ON k.key = s.key ORDER BY "
        "s.key, k.subject");
    Bytes key;
    std::vector<Id> subjects;
    while (true) {
      LX_TRY(const bool found, select.step());
      if (!found || select.blob(0) != key) {
        LX_DO(look_at(key, subjects));
        if (!found || out_.more) return {};
        key = select.blob(0);
        subjects.clear();
      }
      subjects.push_back(select.id(1));
    }
  }

  Status look_at(const Bytes& key, const std::vector<Id>& subjects) {
    if (subjects.size() < 2 || subjects.size() > kTwinSubjectsMax) return {};
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
    TwinPair pair;
    pair.one = one;
    pair.other = other;
    LX_DO(compare(pair, key));
    if (pair.likeness != Likeness::kNone && !decisions_.is_said(one, other))
      out_.pairs.push_back(std::move(pair));
    return {};
  }

  /// Each is read once, whomever he meets.
  Result<const domain::PersonFacts*> person(const Id& member) {
    const auto [known, is_new] = persons_.try_emplace(member);
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
    LX_TRY(std::string name, name_of_material(material));
    pair.reasons.push_back({"delivery", {{"material", std::move(name)}, {"days", std::to_string(days)}}});
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

  Result<std::string> name_of_material(const std::string& material) {
    LX_TRY(const Id id, Id::parse(material));
    auto select = records_.database().prepare("SELECT name FROM k_material WHERE r_id = ?");
    LX_TRY(const bool found, select.bind(1, id).step());
    return found ? select.text(0) : material;
  }

  RecordsImpl& records_;
  std::size_t limit_;
  std::size_t meetings_ = 0;
  Decisions decisions_;
  std::set<std::pair<Id, Id>> met_;
  std::unordered_map<Id, std::optional<domain::PersonFacts>> persons_;
  Twins out_;
};

Result<std::vector<Id>> records_that_say(RecordsImpl& records) {
  auto select = records.database().prepare("SELECT DISTINCT record FROM alias ORDER BY record");
  std::vector<Id> out;
  while (true) {
    LX_TRY(const bool found, select.step());
    if (!found) return out;
    out.push_back(select.id(0));
  }
}

/// The two records of a word, and the one it stands on.
Result<RecordBox> box_to_say_on(RecordsImpl& records, const Id& one, const Id& other) {
  if (one == other) return fail("duplicate.self");
  RecordBox boxes[2];
  for (int i = 0; i < 2; ++i) {
    const Id& id = i == 0 ? one : other;
    LX_TRY(boxes[i], records.load(id));
    if (!boxes[i].is_known) return fail("record.unknown", {{"id", id.text()}});
  }
  if (boxes[0].shown.kind != boxes[1].shown.kind || !records.clusters().may_join(boxes[0].shown.kind))
    return fail("duplicate.kinds");
  RecordBox& greater = boxes[one < other ? 1 : 0];
  RecordBox& smaller = boxes[one < other ? 0 : 1];
  // What somebody said on the other of the two is answered there.
  const bool stands_there =
      smaller.shown.find(domain::kFieldAliasOf, std::max(one, other).text()) != nullptr &&
      greater.shown.find(domain::kFieldAliasOf, std::min(one, other).text()) == nullptr;
  RecordBox& box = stands_there ? smaller : greater;
  if ((box.flags & kLeaving) != 0) return fail("record.read_only", {{"id", box.base.record.text()}});
  return std::move(box);
}

/// The neighbours through which a record is in its cluster.
Result<std::string> joined_with(RecordsImpl& records, const Id& record) {
  auto select = records.database().prepare(
      "SELECT other FROM alias WHERE record = ?1 AND same UNION SELECT record FROM alias WHERE other = ?1 "
      "AND same");
  select.bind(1, record);
  std::vector<std::string> ids;
  while (true) {
    LX_TRY(const bool found, select.step());
    if (!found) return join(ids, ", ");
    ids.push_back(select.id(0).text());
  }
}

Status check_word(RecordsImpl& records, const Id& one, const Id& other, TwinWord word) {
  LX_TRY(const std::vector<Id> ours, records.clusters().records_of(one));
  const bool are_one = std::find(ours.begin(), ours.end(), other) != ours.end();
  LX_TRY(const auto said, records.clusters().said_of(one, other));
  if (word == TwinWord::kSame && !are_one) {
    LX_TRY(const std::vector<Id> theirs, records.clusters().records_of(other));
    if (ours.size() + theirs.size() > kJoinedMax)
      return fail("duplicate.many", {{"max", std::to_string(kJoinedMax)}});
  }
  const bool only_through = are_one && said != std::optional(true);
  if (word != TwinWord::kSame && only_through) {
    LX_TRY(const std::string ids, joined_with(records, one));
    return fail("duplicate.through", {{"id", one.text()}, {"ids", ids}});
  }
  if (word == TwinWord::kUnsaid && !said)
    return fail("duplicate.unsaid", {{"id", one.text()}, {"other", other.text()}});
  return {};
}

}  // namespace

Result<bool> Records::read_twins(std::size_t records) { return impl_.twins().refresh(records); }

Result<Twins> Records::twins(std::size_t limit) {
  LX_TRY(Twins out, Finder(impl_, limit).run());
  auto todo = impl_.database().prepare("SELECT 1 FROM twin_todo LIMIT 1");
  LX_TRY(out.unread, todo.step());
  return out;
}

Result<std::vector<Id>> Records::cluster(const Id& record) {
  LX_TRY(std::vector<Id> ids, impl_.clusters().records_of(record));
  LX_TRY(const Id canonical, impl_.clusters().canonical_of(record));
  std::stable_partition(ids.begin(), ids.end(), [&](const Id& id) { return id == canonical; });
  return ids;
}

Result<std::vector<TwinSaid>> Records::said_of_twins() {
  LX_TRY(const std::vector<Id> records, records_that_say(impl_));
  std::vector<TwinSaid> out;
  for (const Id& record : records) {
    LX_TRY(const RecordBox box, impl_.load(record));
    if (!box.is_known) continue;
    const merge::ClassState& owner = box.shown.classes.at(0);
    for (const auto& [other, reg] : said_on(box.shown)) {
      const merge::Shown now = merge::shown(*reg, domain::Policy::kReview, owner);
      if (!now.value) continue;
      TwinSaid said{merge::dump_kind(impl_.catalogue(), box.shown.kind),
                    std::min(record, other),
                    std::max(record, other),
                    *now.value == "1",
                    now.in_dispute,
                    Id{},
                    0};
      if (const auto meta = owner.metas.find(now.head); meta != owner.metas.end()) {
        said.author = meta->second.author;
        said.effective_ms = meta->second.effective_ms;
      }
      out.push_back(std::move(said));
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const TwinSaid& a, const TwinSaid& b) { return a.effective_ms > b.effective_ms; });
  return out;
}

Result<Saved> Records::say_twins(const Id& one, const Id& other, TwinWord word, const ShownHeads* shown) {
  LX_TRY(RecordBox box, box_to_say_on(impl_, one, other));
  LX_DO(check_word(impl_, one, other, word));
  NewWrite write;
  write.field = domain::kFieldAliasOf;
  write.element = (box.base.record == one ? other : one).text();
  write.seen = seen_of(box, shown, write.field, write.element);
  if (word != TwinWord::kUnsaid) write.value = word == TwinWord::kSame ? "1" : "0";
  Saved saved;
  saved.records.push_back(box.base.record);
  LX_TRY(Action action, Action::begin(impl_));
  const merge::Register* present = box.shown.find(write.field, write.element);
  const bool stands =
      present != nullptr && present->heads.size() == 1 && present->heads.front().value == write.value;
  if (!stands) LX_DO(action.write(box, box.scope, {write}, {}));
  return action.commit(std::move(saved));
}

}  // namespace lianxin::client::store
