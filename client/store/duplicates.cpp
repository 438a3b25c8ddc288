// Records: who may be one person, and what people said about it (sync.md 3.8).
#include <algorithm>
#include <cstdlib>
#include <set>
#include <tuple>

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

class Finder {
 public:
  Finder(RecordsImpl& records, std::size_t limit) : records_(records), limit_(limit) {}

  Result<Twins> run() {
    LX_TRY(const std::vector<Bytes> keys, records_.twins().shared_keys());
    for (const Bytes& key : keys) {
      if (out_.more) break;
      LX_DO(look_at(key));
    }
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
  Status look_at(const Bytes& key) {
    LX_TRY(const std::vector<Id> subjects, records_.twins().subjects_of(key));
    if (subjects.size() > kTwinSubjectsMax) return {};
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
    LX_TRY(const Id first, records_.clusters().canonical_of(one));
    LX_TRY(const Id second, records_.clusters().canonical_of(other));
    if (first == second || !met_.insert({std::min(first, second), std::max(first, second)}).second) return {};
    TwinPair pair;
    pair.one = one;
    pair.other = other;
    LX_DO(compare(pair, key));
    if (pair.likeness == Likeness::kNone) return {};
    LX_TRY(const bool said, is_said(one, other));
    if (!said) out_.pairs.push_back(std::move(pair));
    return {};
  }

  /// Whoever is not the same as one of a cluster is none of it.
  Result<bool> is_said(const Id& one, const Id& other) {
    LX_TRY(const std::vector<Id> ours, records_.clusters().records_of(one));
    LX_TRY(const std::vector<Id> theirs, records_.clusters().records_of(other));
    for (const Id& a : ours) {
      for (const Id& b : theirs) {
        LX_TRY(const auto said, records_.clusters().said_of(a, b));
        if (said) return true;
      }
    }
    return false;
  }

  Status compare(TwinPair& pair, char key) {
    if (key == static_cast<char>(TwinKey::kDelivery)) return compare_deliveries(pair);
    if (key == static_cast<char>(TwinKey::kVisit)) return compare_visits(pair);
    return compare_members(pair);
  }

  Status compare_members(TwinPair& pair) {
    pair.kind = "member";
    LX_TRY(const auto one, records_.twins().person(pair.one));
    LX_TRY(const auto other, records_.twins().person(pair.other));
    if (!one || !other) return {};
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
    if (!one || !other || one->person != other->person) return {};
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
  std::set<std::pair<Id, Id>> met_;
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
