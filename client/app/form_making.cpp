#include "client/app/form_making.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "client/app/audit.hpp"
#include "client/app/left_file.hpp"
#include "client/figures/checks.hpp"
#include "client/figures/handed_over.hpp"
#include "client/figures/units.hpp"
#include "client/report/destination_changes.hpp"
#include "client/report/late.hpp"
#include "client/report/made_forms.hpp"
#include "client/report/moved_along.hpp"
#include "client/store/rights.hpp"
#include "shared/base/file.hpp"
#include "shared/base/log.hpp"

namespace lianxin::client::app {
namespace {

/// Classes that some scope of this unit does not come with.
Result<std::set<domain::PrivacyClass>> missing_classes(store::LaptopStore& store, figures::Ledger& ledger) {
  std::set<std::string> covered;
  auto units = ledger.prepare("SELECT id FROM scope_unit");
  while (true) {
    LX_TRY(const bool found, units.step());
    if (!found) break;
    covered.insert(units.text(0));
  }
  std::set<domain::PrivacyClass> missing;
  LX_TRY(const auto scopes, store.records().scopes());
  for (const store::HeldScope& scope : scopes) {
    if (covered.count(scope.scope.text()) == 0) continue;
    for (std::uint8_t number = 0; number < domain::kPrivacyClassCount; ++number) {
      if (std::count(scope.classes.begin(), scope.classes.end(), number) == 0)
        missing.insert(static_cast<domain::PrivacyClass>(number));
    }
  }
  return missing;
}

/// A worker in the field is given hardship files and notes of one's own members only (design.md 12).
Result<std::set<domain::PrivacyClass>> own_only_classes(store::LaptopStore& store) {
  LX_TRY(const bool is_office, has_role(store, ""));
  if (is_office) return std::set<domain::PrivacyClass>{};
  return std::set<domain::PrivacyClass>{domain::PrivacyClass::kHardship, domain::PrivacyClass::kNotes};
}

/// The record that stands for a person who was registered twice.
Result<std::string> standing_for(figures::Ledger& ledger, const std::string& member) {
  if (member.empty()) return member;
  LX_TRY(const Id id, Id::parse(member));
  auto same = ledger.prepare("SELECT stands FROM same WHERE id = ?");
  LX_TRY(const bool found, same.bind_text(1, id.text()).step());
  return found ? same.text(0) : id.text();
}

class Making {
 public:
  Making(store::LaptopStore& store, const Clock& clock, const FormAsked& asked, const FileKind& kind,
         const Messages& messages)
      : store_(store), clock_(clock), asked_(asked), kind_(kind), messages_(messages) {}

  Result<MadeForm> run(const std::optional<HandIn>& hand_in) {
    LX_TRY(const auto unit, figures::unit(store_.database(), asked_.asked.scope));
    if (unit) made_.unit_name = unit->name;
    LX_DO(judge_holding(hand_in.has_value()));
    LX_DO(hand_in ? begin(*hand_in) : tell_handed_in());
    LX_DO(asked_.form == "f9" ? make_narrative() : make_form());
    if (hand_in) LX_DO(count(*hand_in));
    return std::move(made_);
  }

 private:
  /// A table of records that are not here would say that there are none (K10): it is not made; of a part of
  /// them it is made with a warning, and not handed in.
  Status judge_holding(bool is_handed_in) {
    LX_TRY(const auto scopes, store_.records().scopes());
    LX_TRY(const figures::Holding holding,
           figures::holding_of(store_.database(), asked_.asked.scope, figures::held_units(scopes),
                               Date::of(clock_.now_ms()).text()));
    const auto problem = figures::holding_problem(holding, made_.unit_name);
    if (!problem) return {};
    if (is_handed_in || holding.is_nothing()) return *problem;
    made_.warnings.push_back(messages_.sentence(*problem));
    return {};
  }

  /// A form made again counts what came since; what was handed in is reprinted.
  Status tell_handed_in() {
    if (asked_.asked.scope.is_nil()) return {};
    const std::string period = report::period_text(asked_.asked.from, asked_.asked.as_of);
    LX_TRY(const auto all, report::frozen_forms(store_.records(), asked_.asked.scope));
    const report::FrozenForm* last = nullptr;
    for (const report::FrozenForm& one : all) {
      const bool is_this = one.form == asked_.form && one.period == period;
      if (is_this && (last == nullptr || one.revision > last->revision)) last = &one;
    }
    if (last != nullptr)
      made_.warnings.push_back(messages_.get(
          "report.is_handed_in", {{"revision", std::to_string(last->revision)}, {"day", last->frozen_on}}));
    return {};
  }

  /// The number stands on the pages before they are made.
  Status begin(const HandIn& hand_in) {
    made_.period = report::period_text(asked_.asked.from, asked_.asked.as_of);
    if (hand_in.close_month) LX_DO(may_close());  // before anything is kept
    LX_TRY(made_.mark, report::next_mark(store_.records(), clock_, asked_.form, asked_.asked.scope,
                                         made_.period, hand_in.reason));
    mark_words_ = report::mark_words(*made_.mark, messages_);
    return {};
  }

  Status may_close() {
    LX_DO(report::must_be_month(made_.period));
    const domain::Kind* kind = domain::Catalogue::base().kind("month_close");
    LX_CHECK(kind != nullptr, "the catalogue has months");
    store::Rights rights(store_.database(), clock_);
    LX_TRY(const bool may, rights.may(domain::EditRoles::base().to_make(*kind), asked_.asked.scope));
    return may ? Status() : fail("report.close_right");
  }

  Status make_form() {
    const report::FormDefinition* form = report::form_definition(asked_.form);
    if (form == nullptr) return fail("report.form", {{"form", asked_.form}});
    LX_TRY(auto ledger, figures::Ledger::open(store_.database(), asked_.asked));
    report::FormFacts facts{made_.unit_name, Date::of(clock_.now_ms()), asked_.unmasked, asked_.language};
    LX_TRY(facts.missing, missing_classes(store_, ledger));
    LX_TRY(facts.own_only, own_only_classes(store_));
    LX_TRY(facts.member, standing_for(ledger, asked_.member));
    LX_TRY(facts.undecided, undecided());
    facts.record = asked_.record;
    if (form->name == "f8") LX_DO(report::fill_destination_changes(store_.records(), ledger));
    if (form->name == "f7") {
      LX_TRY(const auto checks, figures::checks(ledger));
      warn(figures::failed_checks(checks, messages_));
      if (asked_.asked.as_of < facts.today) {
        LX_TRY(not_heard_, report::not_heard_since(store_.database(), ledger));
      }
      facts.not_heard = not_heard_;
    }
    LX_TRY(snapshot_.sheets, report::make_form(store_.database(), ledger, *form, facts, messages_));
    if (form->name == "f7") {
      LX_TRY(late_, report::add_late_lines(store_.records(), store_.database(), asked_.asked, facts,
                                           messages_, snapshot_.sheets.front()));
    }
    for (report::Sheet& sheet : snapshot_.sheets)
      sheet.snapshot = mark_words_;
    LX_TRY(made_.file, form_file(*form, snapshot_.sheets, kind_));
    made_.sheets = snapshot_.sheets.size();
    for (const report::Sheet& sheet : snapshot_.sheets)
      made_.rows += sheet.rows.size();
    return {};
  }

  Status make_narrative() {
    const report::NarrativeFacts facts{made_.unit_name, asked_.asked.from, asked_.asked.as_of,
                                       Date::of(clock_.now_ms())};
    LX_TRY(auto ledger, figures::Ledger::open(store_.database(), asked_.asked));
    LX_TRY(std::vector<figures::Figure> all, figures::all_figures(ledger));
    LX_DO(figures::name_kinds(store_.database(), all));
    const std::string_view text =
        asked_.template_text.empty() ? report::narrative_template() : std::string_view(asked_.template_text);
    LX_TRY(report::Narrative narrative, report::write_narrative(text, all, facts, messages_));
    LX_DO(warn_of_undecided(all, narrative));
    LX_TRY(const auto checks, figures::checks(ledger));
    for (std::string& sentence : figures::failed_checks(checks, messages_))
      narrative.warnings.push_back(std::move(sentence));
    LX_TRY(const std::size_t moved, figures::handed_over_since(store_.database(), ledger, asked_.asked.from));
    if (std::string words = figures::handed_over_words(moved, asked_.asked.from, messages_); !words.empty())
      narrative.warnings.push_back(std::move(words));
    narrative.snapshot = mark_words_;
    LX_TRY(made_.file, narrative_file(narrative, kind_.path, messages_));
    warn(narrative.warnings);
    made_.rows = narrative.annex.size();
    snapshot_.narrative = std::move(narrative);
    return {};
  }

  void warn(const std::vector<std::string>& sentences) {
    made_.warnings.insert(made_.warnings.end(), sentences.begin(), sentences.end());
  }

  Result<std::vector<figures::Undecided>> undecided() {
    return figures::undecided(store_.records(), store_.database(), asked_.asked.scope);
  }

  /// Which numbers of the text may count one thing twice.
  Status warn_of_undecided(const std::vector<figures::Figure>& all, report::Narrative& narrative) {
    LX_TRY(const auto pairs, undecided());
    int told = 0;  // rows stand together
    for (const report::AnnexRow& row : narrative.annex) {
      if (std::exchange(told, row.row) == row.row) continue;
      const auto figure = std::find_if(all.begin(), all.end(),
                                       [&](const figures::Figure& one) { return one.row == row.row; });
      if (figure == all.end()) continue;
      const std::string words = figures::undecided_words(figures::undecided_in(*figure, pairs), messages_);
      if (!words.empty())
        narrative.warnings.push_back(
            messages_.get("report.undecided", {{"phrase", row.phrase}, {"words", words}}));
    }
    return {};
  }

  /// All that will be kept.
  Status count(const HandIn& hand_in) {
    snapshot_.form = asked_.form;
    snapshot_.scope = asked_.asked.scope;
    snapshot_.from = asked_.asked.from;
    snapshot_.as_of = asked_.asked.as_of;
    snapshot_.current_divisions = asked_.asked.current_divisions;
    snapshot_.unmasked = asked_.unmasked;
    snapshot_.made_ms = clock_.now_ms();
    snapshot_.kind = std::filesystem::path(kind_.path).extension().string();
    snapshot_.file = made_.file;
    LX_TRY(auto ledger, figures::Ledger::open(store_.database(), asked_.asked));
    report::ColumnShares columns;
    if (const report::FormDefinition* form = report::form_definition(asked_.form)) {
      LX_TRY(columns, report::column_shares(ledger, *form));
    }
    LX_TRY(report::Counting counting, report::count_all(ledger, store_.database(), columns));
    snapshot_.records = std::move(counting.records);
    snapshot_.numbers = std::move(counting.numbers);
    made_.records = snapshot_.records.size();
    made_.digest = report::digest_of(snapshot_);
    const report::ToFreeze what{
        *made_.mark, asked_.asked.scope, made_.period, store_.identity().worker, hand_in.reason,
        late_,       not_heard_};
    made_.handed_in = HandedIn{what, std::move(snapshot_), hand_in.close_month};
    return {};
  }

  store::LaptopStore& store_;
  const Clock& clock_;
  const FormAsked& asked_;
  const FileKind& kind_;
  const Messages& messages_;
  std::string mark_words_;
  std::int64_t late_ = 0;               ///< f7: records of earlier months
  std::vector<std::string> not_heard_;  ///< f7: who has brought nothing since the month ended
  report::Snapshot snapshot_;
  MadeForm made_;
};

/// What a file holds; nullopt = there is none.
Result<std::optional<Bytes>> content_of(const std::filesystem::path& file) {
  constexpr std::uint64_t kBytesMax = 256ULL << 20U;
  auto content = read_file(file, kBytesMax);
  if (content.ok()) return std::optional(std::move(*content));
  if (content.error().code == "file.missing") return std::optional<Bytes>();
  return content.error();
}

/// `kept` = what was there lies there now. Says where it lies afterwards, if not in its own place.
std::filesystem::path put_back(const std::filesystem::path& file, const std::optional<Bytes>& before,
                               const std::filesystem::path& kept) {
  std::error_code failed;
  if (!kept.empty()) {
    std::filesystem::rename(kept, file, failed);
    if (failed) log_event("form.kept_aside", {{"why", failed.message()}});
    return failed ? kept : std::filesystem::path();
  }
  if (!before) {
    std::filesystem::remove(file, failed);
    return {};
  }
  const Status back = replace_file(file, *before);
  if (!back.ok()) log_error("form.older_file", back.error());
  return {};
}

/// The form itself is handed in, and that is said as well.
Error not_closed(const Error& why, const std::filesystem::path& file, const Messages& messages) {
  return fail("report.not_closed", {{"file", file.string()}, {"why", messages.sentence(why)}},
              why.code + " " + why.detail);
}

}  // namespace

Result<report::EditedReport> read_edited(const std::string& path) {
  constexpr std::size_t kEditedBytesMax = 21U << 20U;  // above the reader's own limit, which has the words
  LX_TRY(const Bytes bytes, read_file(path, kEditedBytesMax));
  return report::read_docx(bytes);
}

Result<MadeForm> make_file(store::LaptopStore& store, const Clock& clock, const FormAsked& asked,
                           const FileKind& kind, const std::optional<HandIn>& hand_in,
                           const Messages& messages) {
  return Making(store, clock, asked, kind, messages).run(hand_in);
}

HandedOut hand_out(store::LaptopStore& store, const Clock& clock, const MadeForm& made,
                   const std::filesystem::path& file, const Messages& messages) {
  Result<std::optional<Bytes>> before = std::optional<Bytes>();
  if (made.handed_in) before = content_of(file);
  if (!before.ok()) return {{}, std::move(before).error()};
  auto left = leave_file(store, file, made.file, messages);
  if (!left.ok()) return {{}, std::move(left).error()};
  if (!made.handed_in) return {std::move(*left), {}};
  const HandedIn& handed_in = *made.handed_in;
  Status kept = report::keep_snapshot(store.records(), clock, handed_in.what, handed_in.snapshot);
  if (!kept.ok()) return {put_back(file, *before, *left), std::move(kept)};
  if (!handed_in.close_month) return {std::move(*left), {}};
  const Status closed = report::close_month(store.records(), clock, handed_in.what);
  return {std::move(*left), closed.ok() ? Status() : not_closed(closed.error(), file, messages)};
}

Result<Bytes> file_again(const report::Snapshot& snapshot, const FileKind& kind, const Messages& messages) {
  if (kind.path.ends_with(snapshot.kind)) return snapshot.file;
  if (snapshot.narrative) return narrative_file(*snapshot.narrative, kind.path, messages);
  const report::FormDefinition* form = report::form_definition(snapshot.form);
  if (form == nullptr) return fail("report.form", {{"form", snapshot.form}});
  return form_file(*form, snapshot.sheets, kind);
}

Result<report::Counting> counting_now(store::LaptopStore& store, const report::Snapshot& then) {
  const figures::Asked asked{then.scope, then.from, then.as_of, then.current_divisions};
  LX_TRY(auto ledger, figures::Ledger::open(store.database(), asked));
  return report::count_all(ledger, store.database());
}

}  // namespace lianxin::client::app
