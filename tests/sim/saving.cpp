#include "tests/sim/saving.hpp"

#include <algorithm>

#include "shared/domain/catalogue.hpp"
#include "sync/change/change.hpp"
#include "tests/sim/broken.hpp"
#include "tests/sim/checks.hpp"
#include "tests/sim/own.hpp"

namespace lianxin::sim {

namespace cs = client::store;
namespace change = sync::change;

namespace {

/// What a person is told and can live with.
bool is_polite(const std::string& code) {
  for (const char* known :
       {"record.read_only", "record.fact_author", "record.fact_closed", "record.unknown", "undo.too_late",
        "undo.copied", "conflict.unknown", "duplicate.through", "duplicate.unsaid"}) {
    if (code == known) return true;
  }
  return false;
}

std::uint16_t pairing_kind() { return domain::Catalogue::base().kind("support_pair")->wire; }

/// One change of a save, on its way into the truth.
class Noting {
 public:
  Noting(World& world, Laptop& laptop, const Screen& screen, const Intent& intent)
      : world_(world), laptop_(laptop), screen_(screen), intent_(intent) {}

  void note(const ChangeId& id) {
    const auto written = laptop_.written(id);
    require(written.has_value(), "a save whose change is not on the disk");
    const auto body = must(change::decode_body(written->body));
    const auto values = must(change::decode_values(written->values, body));
    TrueCommit commit;
    commit.hash = written->hash;
    commit.body = written->body;
    commit.values = written->values;
    commit.name = id;
    commit.action = body.action;
    commit.save = save_;
    commit.laptop = world_.index_of(laptop_);
    commit.author = body.author;
    commit.record = body.record;
    commit.kind = body.kind;
    commit.privacy = body.writes.front().privacy;
    commit.purge_number = body.purge_number;
    check_purge_number(body);
    // A pairing opens files to a worker: offices alone say so.
    const bool is_theirs = body.kind != pairing_kind() || laptop_.is_office();
    // Whoever says that two are one must still hold both when it comes.
    const bool joins = std::any_of(body.writes.begin(), body.writes.end(),
                                   [](const auto& write) { return write.field == domain::kFieldAliasOf; });
    commit.must_apply = is_theirs && !joins && !laptop_.revoked && world_.foreign.count(body.record) == 0;
    for (std::size_t i = 0; i < body.writes.size(); ++i)
      commit.writes.push_back(write_of(body, body.writes[i], values.values[i].value()));
    const Commit number = world_.truth.add(std::move(commit));
    laptop_.own.insert(number);
    saved_.insert(number);
  }

  /// Everything that was wanted is written, or stood there already.
  void check_whole() const {
    for (const Wanted& one : intent_.wanted) {
      require(one.may_stand || done_.count(one.place) > 0,
              "a value was typed and not saved: " + std::to_string(one.place.field));
    }
  }

 private:
  TrueWrite write_of(const change::ChangeBody& body, const change::WriteHead& write,
                     const std::optional<std::string>& value) {
    TrueWrite out;
    out.place = {body.record, write.field, write.element};
    out.value = value;
    const auto shown = screen_.find(out.place);
    if (shown != screen_.end()) out.shown = shown->second;
    require(resolved(write.seen) == out.shown, "a write names other heads than its author was shown: field " +
                                                   std::to_string(write.field) + ", " + laptop_.name + " " +
                                                   intent_.what);
    std::vector<change::SeenRef> named = write.group_seen;
    const auto is_mark = [](const change::SeenRef& ref) { return ref.id.replica.number == 0; };
    const bool names_children = std::erase_if(named, is_mark) > 0;
    out.knew = resolved(named);
    out.names_children = names_children;
    check_knowledge(body, write, less_children(body, write, value, names_children, out.knew));
    const auto wanted = std::find_if(intent_.wanted.begin(), intent_.wanted.end(),
                                     [&](const Wanted& one) { return one.place == out.place; });
    require(wanted != intent_.wanted.end() || !intent_.nothing_else,
            "a field was written that nobody touched: " + std::to_string(write.field));
    require(wanted == intent_.wanted.end() || wanted->value == value,
            "another value was saved than was typed: field " + std::to_string(write.field));
    done_.insert(out.place);
    return out;
  }

  static bool is_attachment(const change::ChangeBody& body) {
    return body.kind == domain::Catalogue::base().kind("attachment")->wire;
  }

  /// A laptop that has heard of a purge says so in what it writes from then on (2.1, 11).
  void check_purge_number(const change::ChangeBody& body) const {
    std::uint64_t heard = 0;
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < world_.truth.purges().size(); ++i) {
      const TruePurge& purge = world_.truth.purges()[i];
      const bool is_above = is_attachment(body) && purge.is_whole && purge.record == body.parent;
      if (purge.record != body.record && !is_above) continue;
      all = std::max(all, purge.number);
      if (i < laptop_.purges_heard && !laptop_.purges_unasked) heard = std::max(heard, purge.number);
    }
    require(body.purge_number >= heard && body.purge_number <= all,
            "a write says its author had heard of other purges than the laptop has");
  }

  /// A removal names what hangs on its record as it is shown here, and says that it does (3.5). What is left
  /// of `knew` is of the record itself.
  Commits less_children(const change::ChangeBody& body, const change::WriteHead& write,
                        const std::optional<std::string>& value, bool names_children, const Commits& knew) {
    const bool is_mark = write.field == domain::kFieldVoided || write.field == domain::kFieldDeleted;
    const bool is_new = world_.name_of(body.record) == body.record.text();
    require(names_children == (is_mark && value && !is_new),
            "a write speaks of children, or a removal does not");
    if (!names_children) return knew;
    Commits below;
    for (const Truth::TrueRecord& record : world_.truth.records()) {
      if (record.parent != body.record || !is_here(record.id)) continue;
      for (const auto& [place, heads] : screen_of(world_, laptop_, record.id).screen)
        below.insert(heads.begin(), heads.end());
    }
    Commits left = knew;
    for (const Commit head : below)
      require(left.erase(head) > 0, "a removal does not name what hangs on its record");
    return left;
  }

  [[nodiscard]] bool is_here(const Id& record) { return must(laptop_.records().get(record)).has_value(); }

  /// What a write of a group, or a removal, says its author knew (2.4).
  void check_knowledge(const change::ChangeBody& body, const change::WriteHead& write, const Commits& knew) {
    const domain::Kind* kind = domain::Catalogue::base().kind(body.kind);
    const domain::Field* field = kind == nullptr ? nullptr : kind->field(write.field);
    const bool removes = write.field == domain::kFieldVoided || write.field == domain::kFieldDeleted;
    Commits on_screen;
    Commits removals;  // who decides about a removed record also names what removed it (3.5)
    for (const auto& [place, heads] : screen_) {
      if (place.record != body.record) continue;
      if (place.field == domain::kFieldVoided || place.field == domain::kFieldDeleted)
        removals.insert(heads.begin(), heads.end());
      const domain::Field* other = kind == nullptr ? nullptr : kind->field(place.field);
      const bool in_group = field != nullptr && field->group != 0 && other != nullptr && other != field &&
                            other->group == field->group;
      if (removes || in_group) on_screen.insert(heads.begin(), heads.end());
    }
    if (removes || (field != nullptr && field->group != 0)) {
      Commits with_removals = on_screen;
      with_removals.insert(removals.begin(), removals.end());
      require(knew == on_screen || (!removes && knew == with_removals),
              "a write says its author knew other heads than the screen showed: field " +
                  std::to_string(write.field));
      return;
    }
    for (const Commit one : knew)
      require(saved_.count(one) > 0 || is_on_screen(one), "a write knows what was on no screen");
  }

  [[nodiscard]] bool is_on_screen(Commit commit) const {
    return std::any_of(screen_.begin(), screen_.end(),
                       [&](const auto& one) { return one.second.count(commit) > 0; });
  }

  Commits resolved(const std::vector<change::SeenRef>& refs) {
    Commits out;
    for (const change::SeenRef& ref : refs)
      out.insert(world_.resolve(laptop_, ref.id));
    return out;
  }

  World& world_;
  Laptop& laptop_;
  const Screen& screen_;
  const Intent& intent_;
  const std::size_t save_ = world_.truth.size();
  Commits saved_;
  std::set<Place> done_;
};

}  // namespace

bool note_save(World& world, Laptop& laptop, const Result<cs::Saved>& saved, const Screen& screen,
               const Intent& intent) {
  if (!saved.ok()) {
    require(is_polite(saved.error().code), "a save failed: " + intent.what + ": " + words_of(saved.error()));
    world.say(laptop.name + ": " + intent.what + ", refused: " + saved.error().code);
    return false;
  }
  if (!saved->ok && laptop.name != "office" && saved->problems.front().code.starts_with("role_")) {
    require(saved->changes.empty(), "a save was turned away and kept: " + intent.what);
    world.say(laptop.name + ": " + intent.what +
              ", not this person's to write: " + saved->problems.front().field);
    return false;
  }
  if (!saved->ok) {
    throw Broken(laptop.name + ": a save was turned away: " + intent.what + ": " +
                 saved->problems.front().field + " " + saved->problems.front().code);
  }
  Noting noting(world, laptop, screen, intent);
  std::string names;
  for (const ChangeId& id : saved->changes) {
    noting.note(id);
    names += " " + id.text();
  }
  noting.check_whole();
  laptop.undo = saved->undo_token;
  laptop.undo_records = saved->records;
  world.say(laptop.name + ": " + intent.what + names);
  return true;
}

std::uint16_t wire_of(const std::string& kind, const std::string& field) {
  for (const OwnField& own : own_fields()) {
    // A county that was restored knows nothing of a field that it gave out since its backup.
    if (field == own.name || field == "#" + std::to_string(own.wire)) return own.wire;
  }
  const domain::Kind* known = domain::Catalogue::base().kind(kind);
  const domain::Field* row = known == nullptr ? nullptr : known->field(field);
  require(row != nullptr, "no field " + kind + "." + field);
  return row->wire;
}

}  // namespace lianxin::sim
