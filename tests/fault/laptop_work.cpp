#include "tests/fault/laptop_work.hpp"

#include "shared/base/check.hpp"

namespace lianxin::test {

namespace fs = std::filesystem;
namespace cs = client::store;

LaptopWork::LaptopWork(std::uint64_t seed) : random_(seed) {
  fs::create_directories(folder_.path() / "laptop");
  home_ = folder_.path() / "laptop" / "mine";
  enrolled_ = county_.enrol(home_);
  auto made = cs::LaptopStore::create(county_.enrol(folder_.path() / "colleague"), county_.clock);
  LX_CHECK(made.ok(), "the colleague's disk is whole");
  colleague_ = std::move(*made);
}

/// A folder of which nobody said that it was made: the person opens it, or makes it once more.
Status LaptopWork::make(cs::OpenReport& report) {
  auto opened = cs::LaptopStore::open(home_, kPassphrase, county_.clock, report);
  if (!opened.ok() && opened.error().code != "store.missing") return std::move(opened).error();
  if (opened.ok()) {
    store_ = std::move(*opened);
    // What enrolment had brought and the cut took comes with the first sync.
    LX_DO(sync_once());
    report = {};
  } else {
    LX_TRY(store_, cs::LaptopStore::create(enrolled_, county_.clock));
  }
  was_made_ = true;
  return {};
}

Status LaptopWork::start(cs::OpenReport& report) {
  if (!was_made_) return make(report);
  LX_TRY(store_, cs::LaptopStore::open(home_, kPassphrase, county_.clock, report));
  return {};
}

std::string LaptopWork::next_name(std::string_view kind) {
  return std::string(kind) + std::to_string(++names_);
}

cs::Edit LaptopWork::member_edit(const Id& record, const std::string& name) const {
  cs::Edit edit;
  edit.kind = "member";
  edit.record = record;
  edit.fields = {{"name", cs::FieldEdit::Op::kSet, name}};
  if (record.is_nil()) edit.fields.push_back({"home_village_id", cs::FieldEdit::Op::kSet, kVillageOfTests});
  return edit;
}

Status LaptopWork::add_members(std::size_t count) {
  std::vector<cs::Edit> edits;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    names.push_back(next_name(i == 0 ? "新来" : "同来"));
    edits.push_back(member_edit(Id{}, names.back()));
  }
  if (count == 2) pairs_[names[0]] = names[1];
  LX_TRY(const cs::Saved saved, store_->records().save(edits));
  LX_CHECK(saved.ok, "a plain member is never blocked");
  for (std::size_t i = 0; i < count; ++i)
    told_[saved.records[i]] = {names[i]};
  last_saved_ = saved.changes.back().counter;
  ++saves_;
  return {};
}

Status LaptopWork::rename_member() {
  if (told_.empty()) return add_members(1);
  const auto chosen = std::next(told_.begin(), static_cast<std::ptrdiff_t>(random_() % told_.size()));
  const std::string name = next_name("改名");
  // The partner of a pair keeps its name, so that "both or none" can still be told.
  for (const auto& [one, other] : pairs_) {
    if (chosen->second.count(one) > 0 || chosen->second.count(other) > 0) return add_members(1);
  }
  const auto saved = store_->records().save({member_edit(chosen->first, name)});
  if (!saved.ok()) {
    chosen->second.insert(name);
    return saved.error();
  }
  chosen->second = {name};
  last_saved_ = saved->changes.back().counter;
  ++saves_;
  return {};
}

Status LaptopWork::stash_draft() {
  cs::Draft draft{Id::make(county_.clock.now_ms()), "visit", Id{}, "", next_name("没写完"), "", 1};
  LX_DO(store_->drafts().stash(draft));
  drafts_[draft.id] = draft.content;
  return {};
}

void LaptopWork::colleague_works() {
  (void)put_member(*colleague_, next_name("同事的"));
  (void)county_.sync(*colleague_);
}

Status LaptopWork::sync_once() {
  const auto receipt = county_.try_sync(*store_);
  if (!receipt.ok()) return receipt.error();
  LX_CHECK(receipt->complete, "a sync with a whole county ends complete");
  return {};
}

Status LaptopWork::sync() {
  county_.loses_answers = random_() % 8 == 0;
  Status done = sync_once();
  const bool lost = county_.loses_answers && !done.ok() && done.error().code == "net.unreachable";
  county_.loses_answers = false;
  return lost ? Status() : done;
}

Status LaptopWork::do_something() {
  county_.clock.advance(1000);
  switch (random_() % 8) {
    case 0:
    case 1:
      return add_members(1);
    case 2:
    case 3:
      return add_members(2);
    case 4:
      return rename_member();
    case 5:
      return stash_draft();
    case 6:
      if (random_() % 2 == 0) colleague_works();
      return sync();
    default:
      return store_->database().checkpoint();
  }
}

std::uint64_t LaptopWork::at_home(ReplicaId replica) {
  while (county_.has({replica, at_home_ + 1}))
    ++at_home_;
  return at_home_;
}

std::set<std::string> LaptopWork::names_here() {
  std::set<std::string> names;
  const auto rows = store_->records().list({"member", {}, "", 0, false, std::nullopt});
  if (!rows.ok()) return names;
  for (const cs::ListRow& row : *rows) {
    const auto shown = store_->records().get(row.id);
    if (shown.ok() && shown->has_value()) names.insert((*shown)->value("name"));
  }
  return names;
}

std::string LaptopWork::complaint() {
  for (auto& [record, names] : told_) {
    const auto shown = store_->records().get(record);
    if (!shown.ok()) return record.text() + " cannot be read: " + shown.error().code;
    if (!shown->has_value()) return "lost: " + *names.begin();
    const std::string name = (*shown)->value("name");
    if (names.count(name) == 0) return "shows " + name + " instead of " + *names.begin();
    names = {name};
  }
  const std::set<std::string> here = names_here();
  for (const auto& [one, other] : pairs_) {
    if (here.count(one) != here.count(other)) return "half an action: " + one + ", " + other;
  }
  for (const auto& [id, content] : drafts_) {
    const auto draft = store_->drafts().get(id);
    if (!draft.ok()) return "drafts cannot be read: " + draft.error().code;
    if (!draft->has_value() || (*draft)->content != content) return "lost draft: " + content;
  }
  return {};
}

std::string LaptopWork::final_complaint() {
  if (std::string wrong = complaint(); !wrong.empty()) return wrong;
  if (std::string wrong = problems_of(*store_); !wrong.empty()) return wrong;
  for (int i = 0; i < 2; ++i) {
    const auto receipt = county_.try_sync(*store_);
    if (!receipt.ok()) return "sync: " + receipt.error().code + " " + receipt.error().detail;
    if (!receipt->complete) return "a sync that is not complete";
  }
  (void)county_.sync(*colleague_);
  if (dump_of(*colleague_) != dump_of(*store_)) return "laptop and colleague differ";
  if (std::string wrong = problems_of(*store_); !wrong.empty()) return "after the sync: " + wrong;
  return complaint();
}

}  // namespace lianxin::test
