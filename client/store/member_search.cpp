// Records: which members a search finds, in their order. One letter or digit finds ten thousand, so nothing
// is read for each of them: who is left out or stands for another is struck from the marks of the search.
#include <algorithm>
#include <set>
#include <tuple>

#include "client/store/rare_flags.hpp"
#include "client/store/records_impl.hpp"
#include "client/store/search_index.hpp"
#include "shared/store/each_row.hpp"

namespace lianxin::client::store {
namespace {

class MemberSearch {
 public:
  MemberSearch(RecordsImpl& records, std::string_view typed) : records_(records), typed_(typed) {}

  Result<FoundMembers> run(std::size_t from, std::size_t limit) {
    const domain::Kind* member = records_.catalogue().kind("member");
    const auto needles = search_needles(typed_);
    if (member == nullptr || needles.empty()) return FoundMembers{};
    LX_TRY(texts_, records_.search().texts());
    marks_ = texts_->mark(needles);
    LX_DO(leave_out_other_kinds(*member));
    LX_DO(take_who_stands_for_all());
    LX_DO(leave_out_uncounted(*member));
    LX_DO(look_up_nameless());
    return in_order(from, limit);
  }

 private:
  void leave_out(const Id& id) {
    const auto number = texts_->number(id);
    if (number) marks_[*number] = 0;
  }

  /// Workers, units and whatever else has a name.
  Status leave_out_other_kinds(const domain::Kind& member) {
    for (const domain::Kind& kind : records_.catalogue().kinds()) {
      if (kind.wire == member.wire || kind.field("name") == nullptr) continue;
      auto select = records_.database().prepare("SELECT r_id FROM " + KindTables::table_of(kind));
      LX_DO(each_row(select, [&] { leave_out(select.id(0)); }));
    }
    return {};
  }

  Status take_who_stands_for_all() {
    auto select =
        records_.database().prepare("SELECT record, canonical FROM cluster WHERE record != canonical");
    while (true) {
      LX_TRY(const bool found, select.step());
      if (!found) return {};
      const auto record = texts_->number(select.id(0));
      if (!record || marks_[*record] == 0) continue;
      marks_[*record] = 0;
      const auto canonical = texts_->number(select.id(1));
      if (canonical)
        marks_[*canonical] = 1;
      else
        without_text_.insert(select.id(1));
    }
  }

  /// Voided, deleted, or another's record.
  Status leave_out_uncounted(const domain::Kind& member) {
    return each_flagged(records_.database(), member.wire, kVoided | kDeleted | kAliased,
                        [&](const Id& record) { leave_out(record); });
  }

  /// A telephone number may have come before its member.
  Status look_up_nameless() {
    auto select = records_.database().prepare("SELECT 1 FROM k_member WHERE r_id = ?");
    for (std::size_t i = 0; i < marks_.size(); ++i) {
      if (marks_[i] == 0 || !texts_->name(i).empty()) continue;
      LX_TRY(const bool is_here, select.bind(1, texts_->subject(i)).step());
      if (!is_here) marks_[i] = 0;
      select.reset();
    }
    return {};
  }

  struct Hit {
    int rank = 0;  ///< 0 = the name itself, 1 = begins with it, 2 = found otherwise
    std::string_view name;
    const Id* member = nullptr;
    bool operator<(const Hit& other) const {
      return std::tie(rank, name, *member) < std::tie(other.rank, other.name, *other.member);
    }
  };

  [[nodiscard]] FoundMembers in_order(std::size_t from, std::size_t limit) const {
    const std::string wanted = search_name(typed_);
    std::vector<Hit> hits;
    for (std::size_t i = 0; i < marks_.size(); ++i) {
      if (marks_[i] == 0) continue;
      const std::string_view name = texts_->name(i);
      hits.push_back({name == wanted ? 0 : name.starts_with(wanted) ? 1 : 2, name, &texts_->subject(i)});
    }
    for (const Id& member : without_text_)
      hits.push_back({2, {}, &member});
    FoundMembers out;
    out.matching = hits.size();
    const auto place = [&](std::size_t at) {
      return hits.begin() + static_cast<std::ptrdiff_t>(std::min(at, hits.size()));
    };
    const auto begin = place(from);
    const auto end = place(from + limit);
    if (begin != hits.begin() && begin != hits.end()) std::nth_element(hits.begin(), begin, hits.end());
    std::partial_sort(begin, end, hits.end());
    for (auto hit = begin; hit != end; ++hit)
      out.members.push_back(*hit->member);
    return out;
  }

  RecordsImpl& records_;
  std::string_view typed_;
  const SearchTexts* texts_ = nullptr;
  std::vector<std::uint8_t> marks_;
  std::set<Id> without_text_;  ///< who stands for one that is found, and has no name to be found by
};

}  // namespace

Result<FoundMembers> Records::find_members(std::string_view typed, std::size_t from, std::size_t limit) {
  return MemberSearch(impl_, typed).run(from, limit);
}

Result<bool> Records::load_texts(std::size_t records) { return impl_.search().load(records); }

}  // namespace lianxin::client::store
