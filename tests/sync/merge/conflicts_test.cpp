// Hard, soft and delete conflicts (sync.md 3.4, 3.5), and that they end.
#include <algorithm>
#include <doctest/doctest.h>

#include "sync/merge/children.hpp"
#include "sync/merge/purge.hpp"
#include "tests/sync/merge/histories.hpp"

using namespace lianxin;
using namespace lianxin::test;
using namespace lianxin::sync::merge;

namespace {

std::vector<Conflict> conflicts_in(const RecordState& state) { return conflicts(state, small_catalogue()); }

std::size_t count_of(const RecordState& state, ConflictKind kind) {
  std::size_t count = 0;
  for (const Conflict& conflict : conflicts_in(state))
    count += conflict.kind == kind ? 1 : 0;
  return count;
}

void put(RecordState& state, const ChangeId& id, std::uint16_t field, std::vector<ChangeId> seen = {},
         std::vector<ChangeId> group_seen = {}, std::optional<std::string> value = "1",
         const std::string& element = "") {
  take(state, written(id, {{field, element, std::move(value), std::move(seen), std::move(group_seen), 0}}));
}

const ChangeId kAnna{{1}, 1};
const ChangeId kBo{{2}, 1};
const ChangeId kCai{{3}, 1};
const ChangeId kDing{{4}, 1};

/// What a person does about one conflict: writes with everything shown.
Written resolution(const RecordState& state, const Conflict& conflict, const ChangeId& id,
                   const std::string& value) {
  OneWrite write{conflict.key.field, conflict.key.element, value, {}, {}, conflict.privacy};
  const domain::Kind& kind = *small_catalogue().kind(1);
  if (conflict.kind == ConflictKind::kGroup) {
    write.field = domain::kFieldLookedAt;
    write.element = std::to_string(conflict.group);
    write.value = "1";
    write.group_seen = conflict.heads;
  } else if (conflict.kind == ConflictKind::kDelete) {
    write.value = "1";
    write.group_seen = test::ids_of(all_heads_of(state));
  } else if (const domain::Field* field = kind.field(conflict.key.field)) {
    write.group_seen = test::ids_of(group_heads_of(state, kind, *field));
  }
  write.seen = test::ids_of(heads_of(state, {write.field, write.element}));
  return written(id, {write});
}

/// Blind writes of many people to all kinds of fields, now and then a deletion.
RecordState quarrel(std::uint64_t seed) {
  std::mt19937_64 random(seed);
  RecordState state = empty_record();
  const std::uint16_t fields[] = {kReviewed, kLatest, kMost, kTown, kFirm, kDesk, domain::kFieldDeleted};
  for (std::uint64_t n = 1 + random() % 12; n > 0; --n) {
    const std::uint16_t field = fields[random() % 7];
    const bool removes = field == domain::kFieldDeleted;
    put(state, {{n}, 1}, field, {}, {}, removes ? "1" : std::to_string(random() % 3));
  }
  return state;
}

}  // namespace

TEST_CASE("Rivals of one register are one conflict with all heads") {
  RecordState state = empty_record();
  put(state, kBo, kReviewed, {}, {}, "b");
  put(state, kAnna, kReviewed, {}, {}, "a");
  put(state, kCai, kReviewed, {}, {}, "a");
  const auto found = conflicts_in(state);
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == ConflictKind::kValues);
  CHECK(found[0].key == RegisterKey{kReviewed, ""});
  CHECK(found[0].heads == std::vector{kAnna, kBo, kCai});
}

TEST_CASE("Only review asks a person; an unknown kind is reviewed throughout") {
  RecordState state = empty_record();
  for (const std::uint16_t field : {kLatest, kMost, kLeast}) {
    put(state, kAnna, field, {}, {}, "1");
    put(state, kBo, field, {}, {}, "2");
  }
  CHECK(conflicts_in(state).empty());
  state.kind = 999;
  CHECK(count_of(state, ConflictKind::kValues) == 3);
}

TEST_CASE("Two fields of a group changed apart are looked at; changed one after the other they are not") {
  RecordState state = empty_record();
  put(state, kAnna, kTown);
  put(state, kBo, kFirm);
  const auto found = conflicts_in(state);
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == ConflictKind::kGroup);
  CHECK(found[0].key.field == kTown);
  CHECK(found[0].group == 1);
  CHECK(found[0].heads == std::vector{kAnna, kBo});
  RecordState after = empty_record();
  put(after, kAnna, kTown);
  put(after, kBo, kFirm, {}, {kAnna});
  CHECK(conflicts_in(after).empty());
  RecordState alone = empty_record();
  put(alone, kAnna, kTown);
  put(alone, kBo, kReviewed);  // of no group
  CHECK(conflicts_in(alone).empty());
}

TEST_CASE("A soft conflict ends with a later write or a mark that knows both, and with no other") {
  RecordState state = empty_record();
  put(state, kAnna, kTown);
  put(state, kBo, kFirm);
  RecordState one_known = state;
  put(one_known, kCai, kDesk, {}, {kAnna});
  CHECK(count_of(one_known, ConflictKind::kGroup) == 1);
  RecordState both_known = state;
  put(both_known, kCai, kDesk, {}, {kAnna, kBo});
  CHECK(conflicts_in(both_known).empty());
  RecordState marked = state;
  put(marked, kCai, domain::kFieldLookedAt, {}, {kAnna, kBo}, "1", "1");
  CHECK(conflicts_in(marked).empty());
  put(marked, kDing, kDesk);  // a new rival that nobody has looked at
  CHECK(count_of(marked, ConflictKind::kGroup) == 1);
  for (const char* element : {"2", "01x", "257", ""}) {
    CAPTURE(element);
    RecordState other_group = state;
    put(other_group, kCai, domain::kFieldLookedAt, {}, {kAnna, kBo}, "1", element);
    CHECK(count_of(other_group, ConflictKind::kGroup) == 1);
  }
}

TEST_CASE(
    "Fields of a group that were all purged are no conflict; what their writer had seen still settles "
    "others") {
  RecordState state = empty_record();
  put(state, kAnna, kTown);
  put(state, kBo, kFirm);
  const auto purge = [](RecordState& of, std::vector<ChangeId> taken) {
    CHECK(purge_heads(of.classes[0], [&](const ChangeId& id, std::uint16_t) {
      return std::find(taken.begin(), taken.end(), id) != taken.end();
    }));
  };
  RecordState all_gone = state;
  purge(all_gone, {kAnna, kBo});
  CHECK(conflicts_in(all_gone).empty());
  RecordState one_left = state;
  purge(one_left, {kAnna});
  CHECK(count_of(one_left, ConflictKind::kGroup) == 1);  // a value is left, whatever it stood beside
  put(all_gone, kCai, kDesk);
  CHECK(count_of(all_gone, ConflictKind::kGroup) == 1);
  put(state, kCai, kDesk, {}, {kAnna, kBo});  // had both before its eyes
  purge(state, {kCai});
  CHECK(conflicts_in(state).empty());
}

TEST_CASE("A deletion that did not know a head waits for a person; one that knew all does not (3.5)") {
  RecordState state = empty_record();
  put(state, kAnna, kReviewed);
  RecordState known = state;
  put(known, kBo, domain::kFieldDeleted, {}, {kAnna});
  CHECK(conflicts_in(known).empty());
  put(known, kCai, kLatest);  // beside the deletion
  const auto found = conflicts_in(known);
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == ConflictKind::kDelete);
  CHECK(found[0].key.field == domain::kFieldDeleted);
  CHECK(found[0].heads == std::vector{kBo, kCai});
  RecordState voided = state;
  put(voided, kBo, domain::kFieldVoided, {}, {}, "写错了");
  CHECK(count_of(voided, ConflictKind::kDelete) == 1);
}

TEST_CASE("What was written by somebody who knew of the deletion is not beside it (3.5)") {
  RecordState state = empty_record();
  put(state, kAnna, kReviewed, {}, {}, "a");
  put(state, kBo, kReviewed, {}, {}, "b");
  put(state, kCai, domain::kFieldDeleted, {}, {kAnna, kBo});
  put(state, kDing, kReviewed, {kAnna, kBo}, {kCai}, "a");
  CHECK(conflicts_in(state).empty());
  put(state, {{5}, 1}, domain::kFieldDeleted, {kCai}, {kAnna, kBo});  // another one, which neither knew
  CHECK(count_of(state, ConflictKind::kDelete) == 1);
}

/// Something that hangs on the record, made by one change.
RecordState child_of(const ChangeId& made) {
  RecordState child = empty_record();
  child.record.octets[0] = 9;
  put(child, made, kReviewed);
  return child;
}

TEST_CASE(
    "What hangs on a record beside its removal waits for a person, unless its remover was shown it (3.5)") {
  RecordState state = empty_record();
  put(state, kAnna, kReviewed);
  RecordState child = child_of(kCai);
  RecordState older = state;  // by a program that names no children
  put(older, kBo, domain::kFieldVoided, {}, {kAnna}, "写错了");
  CHECK_FALSE(beside_removal(older, domain::kFieldVoided, child));
  put(state, kBo, domain::kFieldVoided, {}, {kNamesChildren, kAnna}, "写错了");
  CHECK_FALSE(beside_removal(state, domain::kFieldDeleted, child));
  const auto conflict = beside_removal(state, domain::kFieldVoided, child);
  REQUIRE(conflict);
  CHECK(conflict->kind == ConflictKind::kDelete);
  CHECK(conflict->key == RegisterKey{domain::kFieldVoided, child.record.text()});
  CHECK(conflict->heads == std::vector{kBo, kCai});
  CHECK(conflicts_in(state).empty());  // the record itself is settled

  put(state, kDing, domain::kFieldVoided, {kBo}, {kNamesChildren, kAnna, kCai}, "写错了");  // looked at
  CHECK_FALSE(beside_removal(state, domain::kFieldVoided, child));
  put(child, {{5}, 1}, kLatest);  // later work on what was shown
  CHECK_FALSE(beside_removal(state, domain::kFieldVoided, child));
  put(child, {{6}, 1}, kReviewed, {kCai});  // nothing of what was shown is left
  CHECK(beside_removal(state, domain::kFieldVoided, child));
  put(state, {{7}, 1}, domain::kFieldVoided, {kDing}, {kAnna}, std::nullopt);
  CHECK_FALSE(beside_removal(state, domain::kFieldVoided, child));
}

/// A removal by `id` that names `below`, with the marks that go on with it.
void remove_naming(RecordState& state, const ChangeId& id, const std::vector<sync::change::SeenRef>& below) {
  std::vector<sync::change::SeenRef> named = all_heads_of(state);
  const auto pieces = name_children(named, below);
  std::vector<OneWrite> writes{{domain::kFieldVoided, "", "写错了", {}, test::ids_of(named), 0}};
  for (std::size_t i = 0; i < pieces.size(); ++i)
    writes.push_back({domain::kFieldLookedAt, naming_element(i), "1", {}, test::ids_of(pieces[i]), 0});
  take(state, written(id, writes));
}

TEST_CASE("A removal names all that hangs on its record, with marks beside it where that is much") {
  constexpr std::uint64_t kMany = 3 * sync::change::kSeenMax;
  std::vector<sync::change::SeenRef> below;
  for (std::uint64_t n = 1; n <= kMany; ++n)
    below.push_back({{{9}, n}, std::nullopt});
  RecordState state = empty_record();
  put(state, kAnna, kReviewed);
  remove_naming(state, kBo, below);
  CHECK(conflicts_in(state).empty());
  for (const std::uint64_t n : {std::uint64_t{1}, std::uint64_t{sync::change::kSeenMax}, kMany})
    CHECK_FALSE(beside_removal(state, domain::kFieldVoided, child_of({{9}, n})));
  CHECK(beside_removal(state, domain::kFieldVoided, child_of({{9}, kMany + 1})));
  CHECK(decode_class_state(encode_class_state(state.classes.at(0))).value() == state.classes.at(0));

  // Another removal, by somebody who was shown less, speaks for itself alone.
  remove_naming(state, kCai, {});
  CHECK(beside_removal(state, domain::kFieldVoided, child_of({{9}, kMany})));
}

TEST_CASE("What a removal can name has an end, and beyond it a person is asked") {
  std::vector<sync::change::SeenRef> named;
  std::vector<sync::change::SeenRef> below;
  for (std::uint64_t n = 1; n <= (kNamingMarksMax + 2) * sync::change::kSeenMax; ++n)
    below.push_back({{{9}, n}, std::nullopt});
  CHECK(name_children(named, below).size() == kNamingMarksMax);
  CHECK(named.size() == sync::change::kSeenMax);
}

TEST_CASE("A record of more heads than one write can name is removed without a dispute") {
  RecordState state = empty_record();
  for (std::uint64_t n = 1; n <= sync::change::kSeenMax + 5; ++n)
    put(state, {{9}, n}, kTags, {}, {}, "1", std::to_string(n));
  remove_naming(state, kBo, {});
  CHECK(conflicts_in(state).empty());
}

TEST_CASE("A deletion beside an edit says in which class its mark stands") {
  RecordState state = empty_record();
  take(state, written(kAnna, {{kTalk, "", "x", {}, {}, 4}}));
  take(state, written(kBo, {{domain::kFieldVoided, "", "写错了", {}, {}, 4}}));
  const auto found = conflicts_in(state);
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == ConflictKind::kDelete);
  CHECK(found[0].privacy == 4);
}

TEST_CASE("An undelete is no deletion, whether cleared or 0") {
  for (const std::optional<std::string>& value :
       {std::optional<std::string>{}, std::optional<std::string>{"0"}}) {
    RecordState state = empty_record();
    put(state, kAnna, kReviewed);
    put(state, kBo, domain::kFieldDeleted, {}, {kAnna}, "1");
    put(state, kCai, domain::kFieldDeleted, {kBo}, {kAnna}, value);
    put(state, kDing, kLatest);
    CHECK(conflicts_in(state).empty());
  }
}

TEST_CASE("Fields of every class count beside a deletion") {
  RecordState state = empty_record();
  take(state, written(kAnna, {{kTalk, "", "x", {}, {}, 4}}));
  put(state, kBo, domain::kFieldDeleted);
  CHECK(count_of(state, ConflictKind::kDelete) == 1);
}

TEST_CASE("Two people who resolve apart and differ are rivals; one who agrees is not") {
  RecordState state = empty_record();
  put(state, kAnna, kReviewed, {}, {}, "a");
  put(state, kBo, kReviewed, {}, {}, "b");
  const Conflict conflict = conflicts_in(state).at(0);
  const Written mine = resolution(state, conflict, kCai, "a");
  RecordState differ = state;
  take(differ, mine);
  CHECK(conflicts_in(differ).empty());
  take(differ, resolution(state, conflict, kDing, "b"));
  CHECK(count_of(differ, ConflictKind::kValues) == 1);
  RecordState agree = state;
  take(agree, mine);
  take(agree, resolution(state, conflict, kDing, "a"));
  CHECK(conflicts_in(agree).empty());
}

TEST_CASE("k conflicts end after at most k resolutions in the order they are told (12)") {
  std::size_t most = 0;
  for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
    CAPTURE(seed);
    RecordState state = quarrel(seed);
    std::size_t left = conflicts_in(state).size();
    most = std::max(most, left);
    for (std::uint64_t counter = 1; left > 0; ++counter) {
      take(state, resolution(state, conflicts_in(state).front(), {{99}, counter}, "decided"));
      const std::size_t now = conflicts_in(state).size();
      REQUIRE(now < left);
      left = now;
    }
  }
  CHECK(most >= 4);  // the histories do hold several at once
}

TEST_CASE("A resolution that did not name all heads does not end a conflict") {
  RecordState state = quarrel(0);
  std::uint64_t seed = 0;
  while (count_of(state, ConflictKind::kValues) == 0)
    state = quarrel(++seed);
  const Conflict conflict = conflicts_in(state).front();
  REQUIRE(conflict.kind == ConflictKind::kValues);
  Written careless = resolution(state, conflict, {{99}, 1}, "decided");
  careless.body.writes[0].seen.pop_back();
  take(state, careless);
  CHECK(count_of(state, ConflictKind::kValues) >= 1);
}
