#include "tests/bench/workload.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_set>

#include "tests/bench/people.hpp"

namespace lianxin::bench {
namespace {

constexpr std::uint32_t kSeed = 20240701;

struct Cell {
  std::size_t member = 0;
  std::size_t field = 0;
  std::string value;
  [[nodiscard]] std::size_t key() const { return member * 32 + field; }
};

std::size_t village_of(std::size_t member) { return member % kLaptopCount; }

/// Fields people edit: all but village and township.
const std::vector<std::size_t>& editable() {
  static const std::vector<std::size_t> kFields = [] {
    std::vector<std::size_t> out;
    for (std::size_t field = 0; field < kFieldCount; ++field) {
      if (field != kVillageField && field != kTownshipField) out.push_back(field);
    }
    return out;
  }();
  return kFields;
}

std::size_t editable_after(std::size_t field, std::size_t steps) {
  const auto& all = editable();
  const auto at = static_cast<std::size_t>(std::find(all.begin(), all.end(), field) - all.begin());
  return all[(at + steps) % all.size()];
}

class Maker {
 public:
  Workload make() {
    make_members();
    make_day();
    make_mornings();
    make_rivals();
    return std::move(out_);
  }

 private:
  void make_members();
  void make_day();
  void make_mornings();
  void make_rivals();
  void edit_own_villages(Draws& draws);
  void edit_at_neighbours(Draws& draws);
  [[nodiscard]] std::string other_value(Draws& draws, std::size_t field, std::size_t village,
                                        const std::string& old,
                                        const std::optional<std::string>& rival = std::nullopt) const;
  [[nodiscard]] Operation edit(const Cell& cell) const;
  [[nodiscard]] Operation visit(Draws& draws, std::size_t member, const std::string& worker) const;
  [[nodiscard]] Operation delivery(Draws& draws, std::size_t member, const std::string& worker) const;
  [[nodiscard]] const std::string& value_of(std::size_t member, std::size_t field) const {
    return out_.members[member].fields[field];
  }

  Workload out_;
  // W2
  std::vector<std::vector<std::size_t>> own_ = std::vector<std::vector<std::size_t>>(kLaptopCount);
  std::vector<std::vector<std::optional<Cell>>> edits_ =
      std::vector<std::vector<std::optional<Cell>>>(kLaptopCount, std::vector<std::optional<Cell>>(50));
  std::unordered_set<std::size_t> cells_;
};

void shuffle(Draws& draws, std::vector<Operation>& operations) {
  for (std::size_t i = operations.size() - 1; i > 0; --i)
    std::swap(operations[i], operations[draws.below(i + 1)]);
}

void Maker::make_members() {
  Draws draws(kSeed);
  out_.members.resize(kMemberCount);
  for (std::size_t i = 0; i < kMemberCount; ++i) {
    MemberRow& row = out_.members[i];
    row.id = hex_id(draws);
    for (std::size_t field = 0; field < kFieldCount; ++field)
      row.fields[field] = field_value(draws, field, village_of(i));
  }
}

std::string Maker::other_value(Draws& draws, std::size_t field, std::size_t village, const std::string& old,
                               const std::optional<std::string>& rival) const {
  constexpr int kTries = 50;
  for (int i = 0; i < kTries; ++i) {
    std::string value = field_value(draws, field, village);
    if (value != old && value != rival) return value;
  }
  return old + "改" + std::to_string(draws.below(1000));
}

Operation Maker::edit(const Cell& cell) const {
  return {Operation::Kind::kEdit, out_.members[cell.member].id, cell.field, {cell.value}};
}

Operation Maker::visit(Draws& draws, std::size_t member, const std::string& worker) const {
  static const std::vector<std::string> kModes = {"上门", "电话", "微信"};
  static const std::vector<std::string> kStates = {"平稳", "需关注", "困难"};
  Operation out{Operation::Kind::kVisit, hex_id(draws), 0, {}};
  out.values = {out_.members[member].id, value_of(member, kVillageField), worker};
  std::string at = date_between(draws, 2024, 2024) + "T";
  at += padded(8 + draws.below(11), 2) + ":";
  at += padded(draws.below(60), 2);
  out.values.push_back(std::move(at));
  out.values.push_back(pick(draws, kModes));
  out.values.push_back(province(draws));
  out.values.push_back(remark(draws, 40, 120));
  out.values.push_back(std::to_string(5 + draws.below(90)));
  out.values.push_back(pick(draws, kStates));
  out.values.push_back(remark(draws, 5, 20));
  return out;
}

Operation Maker::delivery(Draws& draws, std::size_t member, const std::string& worker) const {
  Operation out{Operation::Kind::kDelivery, hex_id(draws), 0, {}};
  out.values = {out_.members[member].id, "C2024-" + std::to_string(1 + draws.below(4)), worker};
  out.values.push_back(date_between(draws, 2024, 2024));
  out.values.push_back(draws.below(20) != 0 ? "学习资料包" : "红色包裹");
  out.values.push_back(std::to_string(1 + draws.below(3)));
  out.values.push_back(person_name(draws));
  out.values.push_back("SF" + padded(draws.below(1'000'000'000), 10));
  out.values.push_back(remark(draws, 5, 15));
  return out;
}

void Maker::make_day() {
  Draws draws(kSeed + 1);
  std::set<std::size_t> used;
  std::vector<Cell> of_laptop;
  const auto edits_of = [&](bool server) {
    std::vector<Operation> out;
    for (std::size_t k = 0; k < 20; ++k) {
      Cell cell;
      std::optional<std::string> rival;
      if (server && k == 0) {  // the same cell on both sides
        cell = of_laptop[0];
        rival = of_laptop[0].value;
      } else if (server && k == 1) {  // the same member, the next field
        cell = of_laptop[1];
        cell.field = editable_after(cell.field, 1);
      } else {
        do {
          cell.member = draws.below(kKnownMemberCount);
          cell.field = pick(draws, editable());
        } while (used.count(cell.member) > 0);
        used.insert(cell.member);
      }
      cell.value =
          other_value(draws, cell.field, village_of(cell.member), value_of(cell.member, cell.field), rival);
      if (!server) of_laptop.push_back(cell);
      out.push_back(edit(cell));
    }
    return out;
  };
  out_.day_of_laptop = edits_of(false);
  out_.day_of_server = edits_of(true);
  for (const bool server : {false, true}) {
    std::vector<Operation>& day = server ? out_.day_of_server : out_.day_of_laptop;
    const std::string worker = server ? "w_server" : "w_client";
    for (int k = 0; k < 50; ++k) {
      const std::size_t member = draws.below(kKnownMemberCount);
      day.push_back(visit(draws, member, worker));
    }
    for (int k = 0; k < 30; ++k)
      day.push_back(delivery(draws, draws.below(kKnownMemberCount), worker));
    shuffle(draws, day);
  }
}

/// Most edits are in the own village, each cell once.
void Maker::edit_own_villages(Draws& draws) {
  for (std::size_t n = 0; n < kLaptopCount; ++n) {
    for (std::size_t k = 0; k < 50; ++k) {
      const std::size_t number = n * 50 + k;
      if (number % 10 == 0) continue;
      Cell cell;
      do {
        cell.member = pick(draws, own_[n]);
        cell.field = pick(draws, editable());
      } while (cells_.count(cell.key()) > 0);
      cells_.insert(cell.key());
      cell.value = other_value(draws, cell.field, n, value_of(cell.member, cell.field));
      edits_[n][k] = std::move(cell);
    }
  }
}

/// Every 20th edit hits a cell that the neighbour edits too, every 20th another field of the neighbour's
/// member.
void Maker::edit_at_neighbours(Draws& draws) {
  std::unordered_set<std::size_t> targets;
  for (std::size_t n = 0; n < kLaptopCount; ++n) {
    const bool has_next = n + 1 < kLaptopCount && township_of((n + 1) % kLaptopCount) == township_of(n);
    const std::size_t neighbour = has_next ? n + 1 : n - 1;
    for (std::size_t k = 0; k < 50; k += 10) {
      std::vector<Cell> theirs;
      for (std::size_t q = 0; q < 50; ++q) {
        if (edits_[neighbour][q] && (neighbour * 50 + q) % 10 != 0) theirs.push_back(*edits_[neighbour][q]);
      }
      Cell cell;
      do {
        cell = pick(draws, theirs);
      } while (targets.count(cell.key()) > 0);
      if ((n * 50 + k) % 20 == 0) {
        targets.insert(cell.key());
        cell.value = other_value(draws, cell.field, neighbour, value_of(cell.member, cell.field), cell.value);
      } else {
        do {
          cell.field = pick(draws, editable());
        } while (cells_.count(cell.key()) > 0);
        cells_.insert(cell.key());
        cell.value = other_value(draws, cell.field, neighbour, value_of(cell.member, cell.field));
      }
      edits_[n][k] = std::move(cell);
    }
  }
}

void Maker::make_mornings() {
  Draws draws(kSeed + 2);
  for (std::size_t i = 0; i < kKnownMemberCount; ++i)
    own_[village_of(i)].push_back(i);
  edit_own_villages(draws);
  edit_at_neighbours(draws);
  for (std::size_t n = 0; n < kLaptopCount; ++n) {
    const std::string worker = "w_" + std::to_string(n);
    std::vector<Operation>& morning = out_.mornings.emplace_back();
    for (const auto& cell : edits_[n])
      morning.push_back(edit(*cell));
    for (int k = 0; k < 125; ++k)
      morning.push_back(visit(draws, pick(draws, own_[n]), worker));
    for (int k = 0; k < 75; ++k)
      morning.push_back(delivery(draws, pick(draws, own_[n]), worker));
    shuffle(draws, morning);
    out_.townships.push_back(township_of(n));
  }
}

void Maker::make_rivals() {
  Draws draws(kSeed + 4);
  for (std::size_t i = 0; i < kMemberCount; ++i) {
    RivalEdit both;
    both.member = out_.members[i].id;
    both.field_a = pick(draws, editable());
    both.field_b =
        i % 2 == 1 ? editable_after(both.field_a, 1 + draws.below(editable().size() - 1)) : both.field_a;
    both.value_a = other_value(draws, both.field_a, village_of(i), value_of(i, both.field_a));
    std::optional<std::string> rival;
    if (both.field_a == both.field_b) rival = both.value_a;
    both.value_b = other_value(draws, both.field_b, village_of(i), value_of(i, both.field_b), rival);
    out_.rivals.push_back(std::move(both));
  }
}

}  // namespace

std::string Operation::line() const {
  std::string out = kind == Kind::kEdit ? "E\t" : kind == Kind::kVisit ? "V\t" : "D\t";
  out += id;
  if (kind == Kind::kEdit) out += "\t" + std::to_string(field);
  for (const std::string& value : values)
    out += "\t" + value;
  return out;
}

std::string lines_of(const std::vector<MemberRow>& members) {
  std::string out;
  for (const MemberRow& row : members) {
    out += row.id;
    for (const std::string& field : row.fields)
      out += "\t" + field;
    out += "\n";
  }
  return out;
}

Workload make_workload() { return Maker().make(); }

}  // namespace lianxin::bench
